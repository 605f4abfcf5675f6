//! Values of Rust -> JSON values, and JSON that is written in Rust.

use std::borrow::Cow;

use super::{Object, Value};

/// A JSON value written as JSON, in which any expression of a type with a form in JSON may stand for a value or, in
/// parentheses, for a name: `json!({"title": title, "tags": ["a", null]})`. It owns what it holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    (null) => { $crate::json::Value::Null };
    ([ $($items:tt)* ]) => {{
        #[allow(unused_mut, reason = "there may be no items")]
        let mut array: Vec<$crate::json::Value<'static>> = Vec::new();
        $crate::__json!(@items array $($items)*);
        $crate::json::Value::Array(array)
    }};
    ({ $($members:tt)* }) => {{
        #[allow(unused_mut, reason = "there may be no members")]
        let mut object = $crate::json::Object::new();
        $crate::__json!(@members object $($members)*);
        $crate::json::Value::Object(object)
    }};
    (@items $array:ident) => {};
    (@items $array:ident null $(, $($rest:tt)*)?) => {
        $crate::__json!(@item $array (null) $($($rest)*)?);
    };
    (@items $array:ident [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::__json!(@item $array ([ $($inner)* ]) $($($rest)*)?);
    };
    (@items $array:ident { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::__json!(@item $array ({ $($inner)* }) $($($rest)*)?);
    };
    (@items $array:ident $value:expr $(, $($rest:tt)*)?) => {
        $crate::__json!(@item $array ($value) $($($rest)*)?);
    };
    (@item $array:ident ($($value:tt)*) $($rest:tt)*) => {
        $array.extend([$crate::__json!($($value)*)]);
        $crate::__json!(@items $array $($rest)*);
    };
    (@members $object:ident) => {};
    (@members $object:ident $name:tt : null $(, $($rest:tt)*)?) => {
        $crate::__json!(@member $object $name (null) $($($rest)*)?);
    };
    (@members $object:ident $name:tt : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::__json!(@member $object $name ([ $($inner)* ]) $($($rest)*)?);
    };
    (@members $object:ident $name:tt : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::__json!(@member $object $name ({ $($inner)* }) $($($rest)*)?);
    };
    (@members $object:ident $name:tt : $value:expr $(, $($rest:tt)*)?) => {
        $crate::__json!(@member $object $name ($value) $($($rest)*)?);
    };
    (@member $object:ident $name:tt ($($value:tt)*) $($rest:tt)*) => {
        let _ = $object.insert(String::from($name), $crate::__json!($($value)*));
        $crate::__json!(@members $object $($rest)*);
    };
    ($value:expr) => { $crate::json::ToValue::to_value(&$value) };
}

pub use __json as json;

/// A type with a form in JSON, for [`json!`].
pub trait ToValue {
    /// The form, which borrows nothing.
    fn to_value(&self) -> Value<'static>;
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'static> {
        T::to_value(self)
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'static> {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: ToValue> ToValue for [T] {
    fn to_value(&self) -> Value<'static> {
        Value::Array(self.iter().map(T::to_value).collect())
    }
}

impl<T: ToValue, const N: usize> ToValue for [T; N] {
    fn to_value(&self) -> Value<'static> {
        self.as_slice().to_value()
    }
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value<'static> {
        self.as_slice().to_value()
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'static> {
        Value::String(Cow::Owned(self.to_owned()))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'static> {
        self.as_str().to_value()
    }
}

impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'static> {
        (**self).to_value()
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'static> {
        self.clone().into_owned()
    }
}

impl ToValue for Object<'_> {
    fn to_value(&self) -> Value<'static> {
        Value::Object(self.clone().into_owned())
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'static> {
        Value::Bool(*self)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Value::Bool(flag)
    }
}

impl PartialEq<bool> for Value<'_> {
    fn eq(&self, flag: &bool) -> bool {
        self.as_bool() == Some(*flag)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl ToValue for $number {
            fn to_value(&self) -> Value<'static> {
                Value::from(*self)
            }
        }

        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Value::Number(Cow::Owned(number.to_string()))
            }
        }

        impl PartialEq<$number> for Value<'_> {
            fn eq(&self, number: &$number) -> bool {
                self.as_number().is_some_and(|text| text == number.to_string())
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 usize i32 i64 isize);

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::String(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::String(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Value::String(text)
    }
}

impl<'a> From<Object<'a>> for Value<'a> {
    fn from(object: Object<'a>) -> Self {
        Value::Object(object)
    }
}

impl<'a, T: Into<Value<'a>>> From<Vec<T>> for Value<'a> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, T::into)
    }
}

impl<'a, T: Into<Value<'a>>> FromIterator<T> for Value<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Value::Array(items.into_iter().map(T::into).collect())
    }
}

impl PartialEq<str> for Value<'_> {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Value<'_> {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

impl PartialEq<String> for Value<'_> {
    fn eq(&self, text: &String) -> bool {
        self == text.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_their_text_is() {
        let name = "n".to_owned();
        let literal = json!({
            "a": [null, true, -1, "x", [], {}, [1, 2].len(), {"b": null,},],
            "c": {"d": [[1], [2]]}, (name.clone()): Some(&name), "none": None::<bool>,
        });
        let text = r#"{"a":[null,true,-1,"x",[],{},2,{"b":null}],"c":{"d":[[1],[2]]},"n":"n","none":null}"#;
        assert_eq!(literal.to_string(), text);
        assert_eq!(json!([1, 2,]).to_string(), "[1,2]");
        assert_eq!(json!("x"), "x");
    }
}
