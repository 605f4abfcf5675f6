//! Text -> JSON value, and back.
//!
//! In place of serde_json's own parser, which brings 18 KB of code and 20 KB of tables for floating-point numbers:
//! here a number stays the text it was written as.

use std::fmt;

use serde_json::{Map, Number, Value};

/// Objects and arrays nested deeper than this are refused.
pub const MOST_DEPTH: u32 = 128;

/// Why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotJson {
    /// Nested deeper than [`MOST_DEPTH`].
    TooDeep,
    /// Something else stands where JSON has its next part.
    Syntax {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What was expected there, as in `expected a value`.
        message: &'static str,
    },
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => f.write_str("nested deeper than is read"),
            Self::Syntax { line, column, message } => {
                write!(f, "not valid JSON at line {line}, column {column}: {message}")
            }
        }
    }
}

impl std::error::Error for NotJson {}

/// Parses JSON. What the standard forbids in strings and real files have is replaced: lone surrogates by U+FFFD,
/// raw control characters other than line breaks and tabs by spaces. Of members with one name, the last one counts.
///
/// # Errors
/// Where the text is anything else than one JSON value, which a byte order mark may precede.
pub fn parse(text: &str) -> Result<Value, NotJson> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut parser = Parser { text, at: 0, depth: 0, message: "" };
    let value = parser.value().filter(|_| {
        parser.skip_space();
        parser.at == text.len() || parser.expected::<()>("expected the end").is_some()
    });
    value.ok_or_else(|| parser.mistake())
}

/// The text of a value, without spaces. In place of serde_json's own, which brings 8 KB of code for errors of writing.
pub fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(number.as_str()),
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

/// The number that decimal digits stand for, with sign, fraction and exponent as in JSON. Exact up to 15 digits;
/// of more, the last bit may differ from what the standard library parses, which takes 13 KB.
pub fn decimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut exponent = exponent.parse::<i32>().ok()?;
    let digits = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let mut value = 0.0;
    let mut is_fraction = false;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10.0 + f64::from(byte - b'0');
                exponent -= i32::from(is_fraction);
            }
            b'.' if !is_fraction => is_fraction = true,
            _ => return None,
        }
    }
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = (0..exponent.unsigned_abs().min(400)).fold(1.0, |scale, _| scale * 10.0);
    let value = match value {
        0.0 => 0.0,
        _ if exponent < 0 => value / scale,
        _ => value * scale,
    };
    Some(if mantissa.starts_with('-') { -value } else { value })
}

/// Each function returns `None` after noting the mistake at `at`.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    message: &'static str,
}

const TOO_DEEP: &str = "";

impl Parser<'_> {
    fn value(&mut self) -> Option<Value> {
        self.skip_space();
        match self.peek() {
            b'"' => {
                self.at += 1;
                self.string().map(Value::String)
            }
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.expected("expected a value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == MOST_DEPTH {
            return self.expected(TOO_DEEP);
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        self.skip_space();
        if !self.take(b']') {
            loop {
                items.push(self.value()?);
                self.skip_space();
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return self.expected("expected `,` or `]`");
                }
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self) -> Option<Value> {
        let mut members = Map::new();
        self.skip_space();
        if !self.take(b'}') {
            loop {
                self.skip_space();
                if !self.take(b'"') {
                    return self.expected("expected a name in double quotes");
                }
                let name = self.string()?;
                self.skip_space();
                if !self.take(b':') {
                    return self.expected("expected `:`");
                }
                let value = self.value()?;
                members.insert(name, value);
                self.skip_space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return self.expected("expected `,` or `}`");
                }
            }
        }
        Some(Value::Object(members))
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'-') || self.take(b'+');
            self.digits()?;
        }
        // Hidden in serde_json's documentation, and the one way to a number that does not parse it again.
        Some(Value::Number(Number::from_string_unchecked(self.text[start..self.at].to_owned())))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.expected("expected a digit") } else { Some(()) }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Some(value);
        }
        self.expected("expected a value")
    }

    /// Reads on from behind the opening quote.
    fn string(&mut self) -> Option<String> {
        // Most have nothing to replace: they are copied in one go, to a place of their size.
        let mut string = self.plain().to_owned();
        loop {
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Some(string);
                }
                b'\\' => {
                    self.at += 1;
                    string.push(self.escaped()?);
                }
                _ if self.at == self.text.len() => return self.expected("expected the end of the string"),
                control => {
                    self.at += 1;
                    string.push(if matches!(control, b'\n' | b'\t') { control.into() } else { ' ' });
                }
            }
            string.push_str(self.plain());
        }
    }

    /// The text from here to what ends a string or means something else in it.
    fn plain(&mut self) -> &str {
        let rest = &self.text[self.at..];
        // Small letters, which are most, take one comparison.
        let is_plain = |byte: u8| byte > b'\\' || !matches!(byte, b'"' | b'\\' | 0..=0x1F);
        let length = rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = match self.peek() {
            quoted @ (b'"' | b'\\' | b'/') => quoted.into(),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return self.expected("expected an escape such as `\\n`"),
        };
        self.at += 1;
        Some(letter)
    }

    fn code_point(&mut self) -> Option<char> {
        let Some(high) = self.unit() else { return self.expected("expected `u` and four hexadecimal digits") };
        self.at += 5;
        let mut code = high;
        if matches!(high, 0xD800..=0xDBFF) && self.peek() == b'\\' {
            self.at += 1;
            match self.unit() {
                Some(low @ 0xDC00..=0xDFFF) => {
                    code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    self.at += 5;
                }
                _ => self.at -= 1,
            }
        }
        Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The UTF-16 unit of `uXXXX` here.
    fn unit(&self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 5)?.strip_prefix(b"u")?;
        digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// The next byte; 0 at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn expected<T>(&mut self, message: &'static str) -> Option<T> {
        self.message = message;
        None
    }

    fn mistake(&self) -> NotJson {
        if self.message == TOO_DEEP {
            return NotJson::TooDeep;
        }
        let before = &self.text.as_bytes()[..self.at];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let is_letter_start = |byte: &&u8| (**byte as i8) >= -0x40;
        NotJson::Syntax {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: before[line_start..].iter().filter(is_letter_start).count() + 1,
            message: self.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_mistake(text: &str, line: usize, column: usize, message: &'static str) {
        assert_eq!(parse(text), Err(NotJson::Syntax { line, column, message }), "{text}");
    }

    #[test]
    fn every_kind_of_value_is_read() {
        for text in [
            "null",
            " [true, false, null]\r\n",
            "{}",
            "[]",
            r#"{"a": [{"b": "c"}, []], "": {}}"#,
            r#""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00 é 😀""#,
            "[0, -0, 12, -3.50, 1e+9, 2e-3, 0.1e+2, 123456789012345678901234567890]",
        ] {
            let value: Value = serde_json::from_str(text).expect("valid");
            assert_eq!(parse(text).as_ref(), Ok(&value), "{text}");
            assert_eq!(parse(&super::text(&value)), Ok(value), "{text}");
        }
        assert_eq!(parse("\u{FEFF}1"), Ok(json!(1)));
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        check_mistake("", 1, 1, "expected a value");
        check_mistake("{\n  \"é\": tru}", 2, 8, "expected a value");
        check_mistake("[1 2]", 1, 4, "expected `,` or `]`");
        check_mistake("{\"a\" 1}", 1, 6, "expected `:`");
        check_mistake("{\"a\": 1,}", 1, 9, "expected a name in double quotes");
        check_mistake("[1,]", 1, 4, "expected a value");
        check_mistake("{} {}", 1, 4, "expected the end");
        check_mistake("01", 1, 2, "expected the end");
        check_mistake("1.", 1, 3, "expected a digit");
        check_mistake("\"a", 1, 3, "expected the end of the string");
        check_mistake(r#""\x""#, 1, 3, "expected an escape such as `\\n`");
        check_mistake(r#""\u12é""#, 1, 3, "expected `u` and four hexadecimal digits");
    }

    #[test]
    fn nesting_has_an_end() {
        assert_eq!(parse(&"[".repeat(1_000_000)), Err(NotJson::TooDeep));
        let deep = MOST_DEPTH as usize;
        assert!(parse(&("[".repeat(deep) + &"]".repeat(deep))).is_ok());
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        assert_eq!(
            parse(r#"["\ud800", "a\udc00b", "\ud83d\ude00", "\\ud800", "\ud800\n"]"#),
            Ok(json!(["\u{fffd}", "a\u{fffd}b", "😀", "\\ud800", "\u{fffd}\n"]))
        );
        assert_eq!(parse(r#"["\ud800\ud83d\ude00"]"#), Ok(json!(["\u{fffd}😀"])));
    }

    #[test]
    fn raw_control_characters_are_read() {
        assert_eq!(parse("{\"a\": \"x\ny\u{1}\"}"), Ok(json!({"a": "x\ny "})));
    }

    #[test]
    fn of_equal_names_the_last_counts() {
        assert_eq!(parse(r#"{"a": 1, "a": 2}"#), Ok(json!({"a": 2})));
    }

    #[test]
    fn decimals_are_what_the_standard_library_parses() {
        for text in ["0", "-0.5", "12", "1.55", "16.0", "1e3", "2.5E-3", "1700000000.123", "1e400", "0e999", "1e-999"] {
            assert_eq!(decimal(text), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1e", "x", "1.2.3", "NaN", "inf"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
