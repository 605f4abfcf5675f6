//! Text -> JSON value, or what to say where it is none or of unknown shape.

use super::{ReadError, ReadErrorKind};
use crate::json::Value;
use crate::json::{self, NotJson};

/// Members named in a description of an unknown shape.
const NAMED: usize = 6;

/// Parses JSON.
pub(super) fn parse(text: &str) -> Result<Value<'_>, ReadError> {
    json::parse(text).map_err(|mistake| match mistake {
        NotJson::TooDeep => ReadErrorKind::TooDeep.into(),
        NotJson::Syntax { line, column, message } => ReadErrorKind::NotJson { line, column, message }.into(),
    })
}

/// What a value of unknown shape is, in a few words.
pub(super) fn describe(value: &Value<'_>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn unknown_shapes_are_described() {
        assert_eq!(describe(&json!([{"a": 1, "b": 2}])), "an array; its first item is an object with `a`, `b`");
        assert_eq!(describe(&json!(true)), "a boolean");
    }
}
