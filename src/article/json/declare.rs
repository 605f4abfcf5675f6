//! How types declare their JSON form: a table of members, types or words, of which macros make the type, the lenient
//! reader, the writer and the schema.

use serde_json::{Value, json};

use super::{Fields, Object};

/// Puts the schema of a named type under `$defs` once, and refers to it.
pub fn define(name: &str, definitions: &mut Object, make: impl FnOnce(&mut Object) -> Value) -> Value {
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null); // ends the recursion of recursive types
        let schema = make(definitions);
        definitions.insert(name.to_owned(), schema);
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
                value: &serde_json::Value,
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

            fn write_fields(&self, object: &mut $crate::article::json::Object) {
                $( $crate::article::json::write_field(object, $key, &self.$field); )*
            }

            fn schema_fields(
                properties: &mut $crate::article::json::Object,
                required: &mut Vec<serde_json::Value>,
                definitions: &mut $crate::article::json::Object,
            ) {
                let _ = &required;
                $(
                    let schema = <$type as $crate::article::json::Json>::schema(definitions);
                    properties.insert($key.to_owned(), $crate::article::json::describe(schema, &[$($field_doc),*]));
                    $( let _ = stringify!($required); required.push($key.into()); )?
                )*
            }
        }

        impl $crate::article::json::Json for $name {
            fn read(
                value: &serde_json::Value,
                warnings: &mut $crate::warning::Warnings,
            ) -> Option<Self> {
                let mut record = Self::default();
                record.read_into(value, warnings).then_some(record)
            }

            fn read_into(&mut self, value: &serde_json::Value, warnings: &mut $crate::warning::Warnings) -> bool {
                let keys = <Self as $crate::article::json::Fields>::KEYS;
                $crate::article::json::read_record(self, value, keys, warnings)
            }

            fn write(&self) -> serde_json::Value {
                #[allow(unused_mut, reason = "only some records carry a type")]
                let mut object = $crate::article::json::Object::new();
                $( object.insert("type".to_owned(), $tag.into()); )?
                <Self as $crate::article::json::Fields>::write_fields(self, &mut object);
                serde_json::Value::Object(object)
            }

            fn schema(definitions: &mut $crate::article::json::Object) -> serde_json::Value {
                $crate::article::json::define(stringify!($name), definitions, |definitions| {
                    let properties = $crate::article::json::Object::new();
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
                object: &$crate::article::json::Object,
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

            fn write_tagged(&self) -> $crate::article::json::Object {
                let mut object = $crate::article::json::Object::new();
                match self {
                    $( Self::$variant(payload) => {
                        object.insert("type".to_owned(), $tag.into());
                        $crate::article::json::Fields::write_fields(payload, &mut object);
                    } )*
                    Self::Unknown(unknown) => object.clone_from(&unknown.source),
                }
                object
            }

            fn schema_variants(common: &$crate::article::json::Object, definitions: &mut $crate::article::json::Object) -> Vec<serde_json::Value> {
                vec![$({
                    let mut properties = common.clone();
                    properties.insert("type".to_owned(), $crate::article::json::one_of(&[$tag $(, $alias)*]));
                    $crate::article::json::object_schema::<$payload>(properties, &[$($variant_doc),*], definitions)
                }),*]
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
                value: &serde_json::Value,
                warnings: &mut $crate::warning::Warnings,
            ) -> Option<Self> {
                let word = value.as_str().and_then(Self::from_word);
                if word.is_none() {
                    warnings.warn(concat!("expected one of" $(, " `", $word, "`")*));
                }
                word
            }

            fn write(&self) -> serde_json::Value {
                self.as_str().into()
            }

            fn schema(_: &mut $crate::article::json::Object) -> serde_json::Value {
                serde_json::json!({"enum": [$($word $(, $alias)*),*]})
            }
        }
    };
}

pub(crate) use {keyword, record, tagged};

/// The schema of an object with the members of `T` beside the `properties` given.
pub fn object_schema<T: Fields>(mut properties: Object, doc: &[&str], definitions: &mut Object) -> Value {
    let mut required: Vec<Value> = properties.contains_key("type").then(|| "type".into()).into_iter().collect();
    T::schema_fields(&mut properties, &mut required, definitions);
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = Value::Array(required);
    }
    describe(schema, doc)
}

/// The schema of a node of somebody's own type, `x-…`; its text is shown.
pub fn extension_schema() -> Value {
    json!({
        "description": "A node of a type of one's own; the text found in it is shown.",
        "type": "object",
        "properties": {"type": {"type": "string", "pattern": "^x-"}},
        "required": ["type"],
    })
}

/// The schema of a word that is one of a few.
pub fn one_of(words: &[&str]) -> Value {
    match words {
        [word] => json!({"const": word}),
        words => json!({"enum": words}),
    }
}

/// Adds doc-comment lines as the schema's description.
pub fn describe(mut schema: Value, doc: &[&str]) -> Value {
    let text: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
    let text = text.join(" ");
    if !text.is_empty() {
        schema["description"] = Value::String(text.trim().to_owned());
    }
    schema
}
