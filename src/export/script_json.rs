//! JSON -> the content of a `script` element. Inside of one, HTML knows no escaping but its own end: so what could
//! begin a tag, a comment or an entity is written the way JSON writes any letter.

use crate::json::Value;

/// The JSON text of `value`, which cannot leave a `script` element.
pub fn script_json(value: &Value<'_>) -> String {
    let mut out = String::new();
    for letter in value.to_string().chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            // Ends of lines to older scripts.
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn nothing_leaves_the_script() {
        let value = json!({"a": "</script><!--&amp;\u{2028}\u{2029}\"\\"});
        let written = script_json(&value);
        assert_eq!(written, r#"{"a":"\u003c/script\u003e\u003c!--\u0026amp;\u2028\u2029\"\\"}"#);
        assert_eq!(crate::json::parse(&written), Ok(value));
    }
}
