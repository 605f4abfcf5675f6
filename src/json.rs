//! Text -> JSON value, and back.
//!
//! In place of serde_json, whose values own each name and text that they hold: building and dropping those took most of
//! the time that reading takes. Here a value borrows what stands in the text as it is meant, and a number stays the
//! text that it was written as: parsing numbers takes 18 KB of code and 20 KB of tables.

mod literal;
mod object;
mod parse;
mod write;

use std::borrow::Cow;
use std::ops::{Index, IndexMut};

pub use literal::{ToValue, json};
pub use object::Object;
pub use parse::{MOST_DEPTH, NotJson, parse};
pub use write::{pretty, text};

/// A JSON value, which may borrow from the text that it was read from.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value<'a> {
    /// `null`, or what stands for a member that is not there.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written: of any size, and not yet parsed.
    Number(Cow<'a, str>),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// What is found where there is nothing.
static NOTHING: Value<'static> = Value::Null;

impl<'a> Value<'a> {
    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.as_object()?.get(name)
    }

    /// The item at that place, if this is an array that has it.
    pub fn item(&self, place: usize) -> Option<&Value<'a>> {
        self.as_array()?.get(place)
    }

    /// The member of that name, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value<'a>> {
        self.as_object_mut()?.get_mut(name)
    }

    /// The value at the end of a JSON Pointer (RFC 6901) without `~`; numbers are places in arrays.
    pub fn pointer(&self, pointer: &str) -> Option<&Value<'a>> {
        pointer.split('/').skip(1).try_fold(self, |value, key| match value {
            Value::Array(_) => value.item(key.parse().ok()?),
            other => other.get(key),
        })
    }

    /// The string that this is.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self { Some(text) } else { None }
    }

    /// The number that this is, as it was written.
    pub fn as_number(&self) -> Option<&str> {
        if let Value::Number(text) = self { Some(text) } else { None }
    }

    /// The whole number from 0 that this is; `None` for one with a fraction or an exponent.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.parse().ok()
    }

    /// The whole number that this is; `None` for one with a fraction or an exponent.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// The number that this is; see [`decimal`].
    pub fn as_f64(&self) -> Option<f64> {
        decimal(self.as_number()?)
    }

    /// The truth value that this is.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(flag) = self { Some(*flag) } else { None }
    }

    /// The items of the array that this is.
    pub fn as_array(&self) -> Option<&Vec<Value<'a>>> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    /// The same, to change them.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value<'a>>> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    /// The object that this is.
    pub fn as_object(&self) -> Option<&Object<'a>> {
        if let Value::Object(object) = self { Some(object) } else { None }
    }

    /// The same, to change it.
    pub fn as_object_mut(&mut self) -> Option<&mut Object<'a>> {
        if let Value::Object(object) = self { Some(object) } else { None }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether this is a string.
    pub fn is_string(&self) -> bool {
        matches!(self, Value::String(_))
    }

    /// Whether this is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Value::Number(_))
    }

    /// Whether this is an array.
    pub fn is_array(&self) -> bool {
        matches!(self, Value::Array(_))
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Value::Object(_))
    }

    /// Whether arrays and objects in this value are nested no deeper than so many levels.
    pub fn is_within(&self, levels: u32) -> bool {
        match self {
            Value::Array(items) => levels > 0 && items.iter().all(|item| item.is_within(levels - 1)),
            Value::Object(object) => object.is_within(levels),
            _ => true,
        }
    }

    /// The same value, borrowing nothing.
    pub fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Value::Null => Value::Null,
            Value::Bool(flag) => Value::Bool(flag),
            Value::Number(text) => Value::Number(owned(text)),
            Value::String(text) => Value::String(owned(text)),
            Value::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Value::Object(object) => Value::Object(object.into_owned()),
        }
    }
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

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&text(self))
    }
}

impl<'a> Index<&str> for Value<'a> {
    type Output = Value<'a>;
    /// The member of that name; `null` where there is none.
    fn index(&self, name: &str) -> &Value<'a> {
        self.get(name).unwrap_or(&NOTHING)
    }
}

impl<'a> Index<usize> for Value<'a> {
    type Output = Value<'a>;
    /// The item at that place; `null` where there is none.
    fn index(&self, place: usize) -> &Value<'a> {
        self.item(place).unwrap_or(&NOTHING)
    }
}

impl<'a> IndexMut<&str> for Value<'a> {
    /// The member of that name, which is made where there is none; what is no object becomes one.
    fn index_mut(&mut self, name: &str) -> &mut Value<'a> {
        if !self.is_object() {
            *self = Value::Object(Object::new());
        }
        match self {
            Value::Object(object) => object.member(name),
            other => other,
        }
    }
}

impl<'a> IndexMut<usize> for Value<'a> {
    /// The item at that place.
    ///
    /// # Panics
    /// Where there is none.
    fn index_mut(&mut self, place: usize) -> &mut Value<'a> {
        &mut self.as_array_mut().map_or(&mut [][..], Vec::as_mut_slice)[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
