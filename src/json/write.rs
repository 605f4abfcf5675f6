//! JSON value -> text.

use super::Value;

/// The text of a value for people: a line for each item and member, and a line break at the end.
pub fn pretty(value: &Value<'_>) -> String {
    let mut text = String::new();
    write_lines(value, &mut text, "\n");
    text.push('\n');
    text
}

fn write_lines(value: &Value<'_>, text: &mut String, line: &str) {
    let inner = [line, "  "].concat();
    let mut separator = "";
    let mut next = |text: &mut String| {
        text.extend([separator, &inner]);
        separator = ",";
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            text.push('[');
            for item in items {
                next(text);
                write_lines(item, text, &inner);
            }
            text.extend([line, "]"]);
        }
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (name, member) in members {
                next(text);
                write_string(name, text);
                text.push_str(": ");
                write_lines(member, text, &inner);
            }
            text.extend([line, "}"]);
        }
        other => write(other, text),
    }
}

/// The text of a value, without spaces.
pub fn text(value: &Value<'_>) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value<'_>, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(number),
        Value::String(string) => write_string(string, text),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(name, text);
                text.push(':');
                write(member, text);
            }
            text.push('}');
        }
    }
}

fn write_string(string: &str, text: &mut String) {
    text.push('"');
    let mut start = 0;
    for (at, byte) in string.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        text.push_str(&string[start..at]);
        start = at + 1;
        match byte {
            b'\n' => text.push_str("\\n"),
            b'"' | b'\\' => text.extend(['\\', byte.into()]),
            _ => {
                text.push_str("\\u00");
                text.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])));
            }
        }
    }
    text.push_str(&string[start..]);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn values_are_written_for_people() {
        let value = json!({"a": [1, {"b": "x\n"}], "c": [], "d": {}});
        let lines = ["{", "  \"a\": [", "    1,", "    {", "      \"b\": \"x\\n\"", "    }", "  ],", "  \"c\": [],"];
        assert_eq!(pretty(&value), lines.join("\n") + "\n  \"d\": {}\n}\n");
    }
}
