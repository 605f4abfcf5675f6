//! How types declare their JSON form: a table of members, types or words, of which macros make the type, the lenient
//! reader, the writer and the schema.

use super::Fields;
use crate::json::{Object, Value, json};

/// Puts the schema of a named type under `$defs` once, and refers to it.
pub fn define(
    name: &'static str,
    definitions: &mut Object<'static>,
    make: impl FnOnce(&mut Object<'static>) -> Value<'static>,
) -> Value<'static> {
    if !definitions.contains_key(name) {
        definitions.insert(name, Value::Null); // ends the recursion of recursive types
        let schema = make(definitions);
        definitions.insert(name, schema);
    }
    json!({"$ref": format!("#/$defs/{name}")})
}

/// Declares a struct whose JSON form is an object: `pub field: Type => "member" [required]`.
/// With `: "name"` after the struct's name, the object also carries that `type`.
macro_rules! record {
    (
        $(#[doc = $doc:expr])*
        pub struct $name:ident $(: $tag:literal)? {
            $( $(#[doc = $field_doc:expr])* pub $field:ident : $type:ty => $key:literal $($required:ident)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }

        impl $crate::article::json::Members for $name {
            fn read_member(
                &mut self,
                index: usize,
                value: &$crate::json::Value<'_>,
                warnings: &mut $crate::warning::Warnings,
            ) {
                #[expect(non_camel_case_types, reason = "named as the fields are")]
                enum Index { $($field),* }
                match index {
                    $( index if index == Index::$field as usize => {
                        $crate::article::json::Json::read_into(&mut self.$field, value, warnings);
                    } )*
                    _ => {}
                }
            }

            fn required(&self) -> &'static [&'static str] {
                &[$( $( { let _ = stringify!($required); $key }, )? )*]
            }
        }

        impl $crate::article::json::Fields for $name {
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn write_fields<'a>(&'a self, object: &mut $crate::json::Object<'a>) {
                $( $crate::article::json::write_field(object, $key, &self.$field); )*
            }

            fn schema_fields(
                properties: &mut $crate::json::Object<'static>,
                required: &mut Vec<$crate::json::Value<'static>>,
                definitions: &mut $crate::json::Object<'static>,
            ) {
                let _ = &required;
                $(
                    let schema = <$type as $crate::article::json::Json>::schema(definitions);
                    properties.insert($key, $crate::article::json::describe(schema, &[$($field_doc),*]));
                    $( let _ = stringify!($required); required.push($key.into()); )?
                )*
            }
        }

        impl $crate::article::json::Json for $name {
            fn read(
                value: &$crate::json::Value<'_>,
                warnings: &mut $crate::warning::Warnings,
            ) -> Option<Self> {
                let mut record = Self::default();
                record.read_into(value, warnings).then_some(record)
            }

            fn read_into(&mut self, value: &$crate::json::Value<'_>, warnings: &mut $crate::warning::Warnings) -> bool {
                let keys = <Self as $crate::article::json::Fields>::KEYS;
                $crate::article::json::read_record(self, value, keys, warnings)
            }

            fn write(&self) -> $crate::json::Value<'_> {
                #[allow(unused_mut, reason = "only some records carry a type")]
                let mut object = $crate::json::Object::new();
                $( object.insert("type", $tag.into()); )?
                <Self as $crate::article::json::Fields>::write_fields(self, &mut object);
                $crate::json::Value::Object(object)
            }

            fn schema(definitions: &mut $crate::json::Object<'static>) -> $crate::json::Value<'static> {
                $crate::article::json::define(stringify!($name), definitions, |definitions| {
                    let properties = $crate::json::Object::new();
                    #[allow(unused_mut, reason = "only some records carry a type")]
                    let mut schema = $crate::article::json::object_schema::<Self>(properties, &[$($doc),*], definitions);
                    // Where only one type can stand, it may be left out.
                    $( schema["properties"]["type"] = $crate::article::json::one_of(&[$tag]); )?
                    schema
                })
            }
        }
    };
}

/// Declares an enum of which each variant is a `type` of JSON object, with its payload's members beside it.
macro_rules! tagged {
    (
        $(#[doc = $doc:expr])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:expr])* $variant:ident($payload:ty) = $tag:literal $(| $alias:literal)* ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant($payload), )*
            /// A type that this version does not know, with what text could be recovered from it.
            Unknown(Unknown),
        }

        impl $name {
            /// Whether `tag` names one of these types.
            pub fn knows(tag: &str) -> bool {
                match tag {
                    $( $tag $(| $alias)* => true, )*
                    _ => false,
                }
            }

            /// The `type` in JSON.
            pub fn tag(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $tag, )*
                    Self::Unknown(unknown) => &unknown.tag,
                }
            }

            fn read_tagged(
                tag: &str,
                object: &$crate::json::Object<'_>,
                common: &[&str],
                warnings: &mut $crate::warning::Warnings,
            ) -> Option<Self> {
                match tag {
                    $( $tag $(| $alias)* => {
                        let mut payload = <$payload>::default();
                        let keys = <$payload as $crate::article::json::Fields>::KEYS;
                        $crate::article::json::read_payload(&mut payload, object, keys, common, warnings);
                        Some(Self::$variant(payload))
                    } )*
                    _ => None,
                }
            }

            fn write_tagged(&self) -> $crate::json::Object<'_> {
                let mut object = $crate::json::Object::new();
                match self {
                    $( Self::$variant(payload) => {
                        object.insert("type", $tag.into());
                        $crate::article::json::Fields::write_fields(payload, &mut object);
                    } )*
                    Self::Unknown(unknown) => object = unknown.source.clone(),
                }
                object
            }

            fn schema_variants(common: &$crate::json::Object<'static>, definitions: &mut $crate::json::Object<'static>) -> Vec<$crate::json::Value<'static>> {
                vec![$({
                    let mut properties = common.clone();
                    properties.insert("type", $crate::article::json::one_of(&[$tag $(, $alias)*]));
                    $crate::article::json::object_schema::<$payload>(properties, &[$($variant_doc),*], definitions)
                }),*]
            }
        }
    };
}

/// Makes a payload of a type whose whole form is one member of a tagged node: `Type => "member"`.
macro_rules! payload {
    ($type:ty => $key:literal) => {
        impl $crate::article::json::Members for $type {
            fn read_member(
                &mut self,
                _: usize,
                value: &$crate::json::Value<'_>,
                warnings: &mut $crate::warning::Warnings,
            ) {
                $crate::article::json::Json::read_into(self, value, warnings);
            }
        }

        impl $crate::article::json::Fields for $type {
            const KEYS: &'static [&'static str] = &[$key];

            fn write_fields<'a>(&'a self, object: &mut $crate::json::Object<'a>) {
                object.insert($key, $crate::article::json::Json::write(self));
            }

            fn schema_fields(
                properties: &mut $crate::json::Object<'static>,
                required: &mut Vec<$crate::json::Value<'static>>,
                definitions: &mut $crate::json::Object<'static>,
            ) {
                properties.insert($key, <Self as $crate::article::json::Json>::schema(definitions));
                required.push($key.into());
            }
        }
    };
}

/// Declares an enum whose JSON form is one of a few words; the first one is the default.
macro_rules! keyword {
    (
        $(#[doc = $doc:expr])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:expr])* $variant:ident = $word:literal $(| $alias:literal)* ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant, )*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in JSON.
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }

            /// The value that `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $( $word $(| $alias)* => Some(Self::$variant), )*
                    _ => None,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $crate::article::json::Json for $name {
            fn read(
                value: &$crate::json::Value<'_>,
                warnings: &mut $crate::warning::Warnings,
            ) -> Option<Self> {
                let word = value.as_str().and_then(Self::from_word);
                if word.is_none() {
                    warnings.warn(concat!("expected one of" $(, " `", $word, "`")*));
                }
                word
            }

            fn write(&self) -> $crate::json::Value<'_> {
                self.as_str().into()
            }

            fn schema(_: &mut $crate::json::Object<'static>) -> $crate::json::Value<'static> {
                crate::json::json!({"enum": [$($word $(, $alias)*),*]})
            }
        }
    };
}

pub(crate) use {keyword, payload, record, tagged};

/// The schema of an object with the members of `T` beside the `properties` given.
pub fn object_schema<T: Fields>(
    mut properties: Object<'static>,
    doc: &[&str],
    definitions: &mut Object<'static>,
) -> Value<'static> {
    let mut required: Vec<Value<'static>> =
        properties.contains_key("type").then(|| "type".into()).into_iter().collect();
    T::schema_fields(&mut properties, &mut required, definitions);
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = Value::Array(required);
    }
    describe(schema, doc)
}

/// The schema of a node of somebody's own type, `x-…`; its text is shown.
pub fn extension_schema() -> Value<'static> {
    json!({
        "description": "A node of a type of one's own; the text found in it is shown.",
        "type": "object",
        "properties": {"type": {"type": "string", "pattern": "^x-"}},
        "required": ["type"],
    })
}

/// The schema of a word that is one of a few.
pub fn one_of(words: &[&str]) -> Value<'static> {
    match words {
        [word] => json!({"const": word}),
        words => json!({"enum": words}),
    }
}

/// Adds doc-comment lines as the schema's description.
pub fn describe(mut schema: Value<'static>, doc: &[&str]) -> Value<'static> {
    let text: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
    let text = text.join(" ");
    if !text.is_empty() {
        schema["description"] = text.trim().to_owned().into();
    }
    schema
}
