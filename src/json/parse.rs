//! Text -> JSON value. Strings without escapes, which are nearly all, are borrowed from the text.

use std::borrow::Cow;
use std::fmt;

use super::{Object, Value};
use crate::scan;

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
pub fn parse(text: &str) -> Result<Value<'_>, NotJson> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut parser = Parser { text, at: 0, depth: 0, message: "" };
    let mut value = Value::Null;
    match parser.value(&mut value).and_then(|()| parser.end()) {
        Some(()) => Ok(value),
        None => Err(parser.mistake()),
    }
}

/// Each function returns `None` after noting the mistake at `at`.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    message: &'static str,
}

const TOO_DEEP: &str = "";

impl<'a> Parser<'a> {
    /// Reads a value to its place: handing it up through results would cost more than reading it.
    fn value(&mut self, place: &mut Value<'a>) -> Option<()> {
        *place = match self.next() {
            b'"' => {
                self.at += 1;
                Value::String(self.string()?)
            }
            b'{' => return self.nested(Self::object, place),
            b'[' => return self.nested(Self::array, place),
            b'-' | b'0'..=b'9' => Value::Number(Cow::Borrowed(self.number()?)),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => return self.expected("expected a value"),
        };
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        self.next();
        if self.at == self.text.len() { Some(()) } else { self.expected("expected the end") }
    }

    fn nested(&mut self, read: fn(&mut Self, &mut Value<'a>) -> Option<()>, place: &mut Value<'a>) -> Option<()> {
        if self.depth == MOST_DEPTH {
            return self.expected(TOO_DEEP);
        }
        self.at += 1;
        self.depth += 1;
        let end = read(self, place);
        self.depth -= 1;
        end
    }

    fn array(&mut self, place: &mut Value<'a>) -> Option<()> {
        let mut items = Vec::new();
        if self.next() == b']' {
            self.at += 1;
        } else {
            loop {
                items.push(Value::Null);
                self.value(items.last_mut()?)?;
                match self.next() {
                    b',' => self.at += 1,
                    b']' => {
                        self.at += 1;
                        break;
                    }
                    _ => return self.expected("expected `,` or `]`"),
                }
            }
        }
        *place = Value::Array(items);
        Some(())
    }

    fn object(&mut self, place: &mut Value<'a>) -> Option<()> {
        let mut members = Vec::new();
        if self.next() == b'}' {
            self.at += 1;
        } else {
            loop {
                if self.next() != b'"' {
                    return self.expected("expected a name in double quotes");
                }
                self.at += 1;
                members.push((self.string()?, Value::Null));
                if self.next() != b':' {
                    return self.expected("expected `:`");
                }
                self.at += 1;
                self.value(&mut members.last_mut()?.1)?;
                match self.next() {
                    b',' => self.at += 1,
                    b'}' => {
                        self.at += 1;
                        break;
                    }
                    _ => return self.expected("expected `,` or `}`"),
                }
            }
        }
        *place = Value::Object(Object::of(members));
        Some(())
    }

    fn number(&mut self) -> Option<&'a str> {
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
        Some(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.expected("expected a digit") } else { Some(()) }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Some(value);
        }
        self.expected("expected a value")
    }

    /// Reads on from behind the opening quote.
    #[inline]
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let plain = self.plain();
        if self.peek() == b'"' {
            self.at += 1;
            return Some(Cow::Borrowed(plain));
        }
        self.escaped_string(plain).map(Cow::Owned)
    }

    /// Reads on from behind the start of a string, which has something to replace.
    #[inline(never)]
    fn escaped_string(&mut self, start: &str) -> Option<String> {
        let mut string = start.to_owned();
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
    fn plain(&mut self) -> &'a str {
        let start = self.at;
        let marks = |word| scan::below(word, 0x20) | scan::is(word, b'"') | scan::is(word, b'\\');
        self.at = scan::find(self.text.as_bytes(), start, marks);
        &self.text[start..self.at]
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

    /// Skips space, and gives back the byte after it; 0 at the end.
    fn next(&mut self) -> u8 {
        loop {
            match self.peek() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// The next byte; 0 at the end.
    fn peek(&self) -> u8 {
        let bytes = self.text.as_bytes();
        if self.at < bytes.len() { bytes[self.at] } else { 0 }
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
    use super::*;
    use crate::json::json;

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
            let value = parse(text).expect("valid");
            let other: serde_json::Value = serde_json::from_str(text).expect("valid");
            assert_eq!(serde_json::from_str(&crate::json::text(&value)).ok(), Some(other), "{text}");
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
}
