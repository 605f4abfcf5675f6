//! Text -> JSON value, forgiving what damaged writers produce.

use serde_json::Value;
use serde_json::error::Category;

use super::{ReadError, ReadErrorKind};

/// Members named in a description of an unknown shape.
const NAMED: usize = 6;

/// Parses JSON. Lone surrogates and raw control characters in strings, which the standard forbids and real files
/// have, are replaced.
pub(super) fn parse(text: &str) -> Result<Value, ReadError> {
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if error.classify() == Category::Syntax
        && let Ok(value) = serde_json::from_str(&repair(text))
    {
        return Ok(value);
    }
    let message = error.to_string();
    if message.starts_with("recursion limit exceeded") {
        return Err(ReadErrorKind::TooDeep.into());
    }
    // The position follows in numbers of its own.
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned();
    Err(ReadErrorKind::NotJson { line: error.line(), column: error.column(), message }.into())
}

/// What a value of unknown shape is, in a few words.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Object(object) if object.is_empty() => "an empty object".to_owned(),
        Value::Object(object) => {
            let names: Vec<String> = object.keys().take(NAMED).map(|key| format!("`{}`", clip(key))).collect();
            let more = if object.len() > NAMED { "…" } else { "" };
            format!("an object with {}{more}", names.join(", "))
        }
        Value::Array(items) => match items.first() {
            None => "an empty array".to_owned(),
            Some(Value::Array(_)) => "an array of arrays".to_owned(),
            Some(first) => format!("an array; its first item is {}", describe(first)),
        },
        other => crate::article::json::kind_of(other).to_owned(),
    }
}

fn clip(key: &str) -> String {
    key.chars().take(30).filter(|letter| !letter.is_control()).collect()
}

/// Replaces lone surrogate escapes by U+FFFD, and writes control characters within strings as escapes.
fn repair(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '"' => in_string = !in_string,
            '\\' if in_string => match surrogate(rest) {
                Some(0xD800..=0xDBFF) if matches!(rest.get(6..).and_then(surrogate), Some(0xDC00..=0xDFFF)) => {
                    length = 12;
                }
                Some(_) => {
                    repaired.push_str("\\ufffd");
                    rest = &rest[6..];
                    continue;
                }
                None => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            },
            '\0'..='\u{1F}' if in_string => {
                repaired.push_str(match letter {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ => " ",
                });
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        repaired.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    repaired
}

/// The surrogate that an escape at the start of `text` stands for.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok().filter(|unit| (0xD800..=0xDFFF).contains(unit))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lone_surrogates_are_replaced() {
        assert_eq!(
            parse(r#"["\ud800", "a\udc00b", "\ud83d\ude00", "\\ud800"]"#),
            Ok(json!(["\u{fffd}", "a\u{fffd}b", "😀", "\\ud800"]))
        );
        assert_eq!(parse(r#"["\ud800\ud83d\ude00"]"#), Ok(json!(["\u{fffd}😀"])));
    }

    #[test]
    fn raw_control_characters_are_read() {
        assert_eq!(parse("{\"a\": \"x\ny\u{1}\"}"), Ok(json!({"a": "x\ny "})));
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let error = parse("{\n  \"a\": tru}").unwrap_err();
        assert_eq!(error.to_string(), "not valid JSON at line 2, column 11: expected ident");
        assert_eq!(parse(&"[".repeat(1_000_000)).unwrap_err().kind(), &ReadErrorKind::TooDeep);
    }

    #[test]
    fn unknown_shapes_are_described() {
        assert_eq!(describe(&json!([{"a": 1, "b": 2}])), "an array; its first item is an object with `a`, `b`");
        assert_eq!(describe(&json!(true)), "a boolean");
    }
}
