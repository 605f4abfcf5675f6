//! How a type reads from and writes to Article JSON: one table per type serves the struct, the lenient
//! reader, the writer and the JSON Schema, so that the four cannot drift apart.
//!
//! Matching values by hand instead of deriving serde keeps the payload of what is not
//! understood, gives every warning its path, and is a fraction of the code in wasm.

mod declare;

use crate::json::{Object, Value, decimal, json};

pub use declare::{define, describe, extension_schema, object_schema, one_of};
pub(crate) use declare::{keyword, payload, record, tagged};

use crate::warning::Warnings;

/// Blocks and inlines nested deeper than this are read as text.
pub const MAX_DEPTH: u32 = 64;

/// Marks within them go so deep.
pub const MAX_INLINE_DEPTH: u32 = 80;

/// What is kept as it is goes so deep itself, wherever it is: what is written, with the sections that headings make and
/// the blocks that are put around others, can be read again, which has an end at [`crate::json::MOST_DEPTH`].
pub const MAX_KEPT_DEPTH: u32 = 32;

/// A type with a form in Article JSON.
pub trait Json: Sized {
    /// Whether `null` has a meaning between items of an array.
    const IS_OPTIONAL: bool = false;

    /// Reads leniently: `None`, and a warning at the current path, when nothing can be made of `value`.
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self>;

    /// Reads over a default, in place; tells whether something could be made of `value`.
    #[inline(never)]
    fn read_into(&mut self, value: &Value<'_>, warnings: &mut Warnings) -> bool {
        Self::read(value, warnings).map(|read| *self = read).is_some()
    }

    /// The JSON form; `Value::Null` stands for a member that is left out.
    fn write(&self) -> Value<'_>;

    /// The JSON Schema (draft 2020-12) of what [`Json::read`] accepts without a warning.
    fn schema(definitions: &mut Object<'static>) -> Value<'static>;
}

/// The members of a JSON object that make up a value: a record, or the payload of a tagged node.
pub trait Fields: Members + Default {
    /// Member names, in order; for noticing misspelt ones, too.
    const KEYS: &'static [&'static str];

    /// Reads the members; missing ones take their default.
    fn read_fields(object: &Object<'_>, warnings: &mut Warnings) -> Self {
        let mut fields = Self::default();
        read_members(&mut fields, object, Self::KEYS, warnings);
        fields
    }

    /// Writes the members that are not at their default.
    fn write_fields<'a>(&'a self, object: &mut Object<'a>);

    /// Adds the members' schemas to `properties`, and names to `required`.
    fn schema_fields(
        properties: &mut Object<'static>,
        required: &mut Vec<Value<'static>>,
        definitions: &mut Object<'static>,
    );
}

/// The reading side of [`Fields`], so that one loop serves every type: a loop for each would be a third of all code.
pub trait Members {
    /// Reads the member with the name of that index in [`Fields::KEYS`].
    fn read_member(&mut self, index: usize, value: &Value<'_>, warnings: &mut Warnings);

    /// Names of those that have to be there.
    fn required(&self) -> &'static [&'static str] {
        &[]
    }
}

/// Reads the members `keys` of `object` that are there.
pub fn read_members(members: &mut dyn Members, object: &Object<'_>, keys: &[&str], warnings: &mut Warnings) {
    for key in members.required() {
        if !object.contains_key(key) {
            warnings.warn(format!("`{key}` is missing"));
        }
    }
    for (index, key) in keys.iter().enumerate() {
        if let Some(value) = object.get(key).filter(|value| !value.is_null()) {
            warnings.at(key, |warnings| members.read_member(index, value, warnings));
        }
    }
}

/// Reads an object whose members are `keys`, and warns about others; tells whether it is an object.
pub fn read_record(members: &mut dyn Members, value: &Value<'_>, keys: &[&str], warnings: &mut Warnings) -> bool {
    let Value::Object(object) = value else {
        warn_kind("an object", value, warnings);
        return false;
    };
    read_members(members, object, keys, warnings);
    warn_unknown_keys(object, &[keys, &["type"]], warnings);
    true
}

/// Reads the payload of a tagged node, which has `common` members beside it, its type, and its place in a source.
pub fn read_payload(
    payload: &mut dyn Members,
    object: &Object<'_>,
    keys: &[&str],
    common: &[&str],
    warnings: &mut Warnings,
) {
    read_members(payload, object, keys, warnings);
    warn_unknown_keys(object, &[keys, common, &["type", "position"]], warnings);
}

/// Reads the member `key` of `object`, or the default.
pub fn read_field<T: Json + Default>(object: &Object<'_>, key: &'static str, warnings: &mut Warnings) -> T {
    let mut field = T::default();
    if let Some(value) = object.get(key).filter(|value| !value.is_null()) {
        warnings.at(key, |warnings| field.read_into(value, warnings));
    }
    field
}

/// Reads each item of an array, or a single value; tells whether one of them could be read, or there are none.
fn read_items(
    value: &Value<'_>,
    warnings: &mut Warnings,
    read: &mut dyn FnMut(&Value<'_>, &mut Warnings) -> bool,
) -> bool {
    let Value::Array(items) = value else { return read(value, warnings) };
    for (index, item) in items.iter().enumerate() {
        warnings.at_index(index, |warnings| read(item, warnings));
    }
    true
}

/// Warns that something else was expected than what was found.
pub fn warn_kind(expected: &str, found: &Value<'_>, warnings: &mut Warnings) {
    warnings.warn(format!("expected {expected}, found {}", kind_of(found)));
}

/// Writes the member `key` unless it is at its default.
pub fn write_field<'a, T: Json + Default + PartialEq>(object: &mut Object<'a>, key: &'static str, field: &'a T) {
    if *field != T::default() {
        object.insert(key, field.write());
    }
}

/// Warns about each member of `object` that is in none of `known`, suggesting the nearest name.
/// Names starting with `x-` or `_`, and `$schema`, are anybody's to use.
pub fn warn_unknown_keys(object: &Object<'_>, known: &[&[&str]], warnings: &mut Warnings) {
    for key in object.keys() {
        let is_known = known.iter().any(|keys| keys.contains(&key));
        if is_known || key.starts_with("x-") || key.starts_with('_') || key == "$schema" {
            continue;
        }
        let near = known.iter().copied().flatten().find(|name| is_near(key, name));
        warnings.at(key, |warnings| match near {
            Some(name) => warnings.info(format!("unknown member; did you mean `{name}`?")),
            None => warnings.info("unknown member, kept but not used"),
        });
    }
}

/// Whether two names differ by one typo: a letter more, less, other, or two swapped.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let start = a.iter().zip(b).take_while(|(x, y)| x.eq_ignore_ascii_case(y)).count();
    let rest = |s: &[u8]| s.len() - start;
    let end = (a[start..].iter().rev()).zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (in_a, in_b) = (rest(a).saturating_sub(end), rest(b).saturating_sub(end));
    let swapped = in_a == 2 && in_b == 2 && a[start] == b[start + 1] && a[start + 1] == b[start];
    a.len() > 2 && b.len() > 2 && ((in_a <= 1 && in_b <= 1) || swapped)
}

/// What a value is called in a warning.
pub fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Json for String {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.to_string()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                warn_kind("a string", other, warnings);
                None
            }
        }
    }
    fn write(&self) -> Value<'_> {
        self.as_str().into()
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "string"})
    }
}

impl Json for bool {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            other => {
                warn_kind("true or false", other, warnings);
                None
            }
        }
    }
    fn write(&self) -> Value<'_> {
        Value::Bool(*self)
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "boolean"})
    }
}

impl Json for u32 {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let number = match value {
            Value::Number(number) => decimal(number),
            Value::String(text) => decimal(text.trim().trim_end_matches("px")),
            _ => None,
        };
        let whole = number.filter(|n| *n >= 0.0 && *n <= f64::from(u32::MAX)).map(|n| n.round() as u32);
        if whole.is_none() {
            warn_kind("a whole number from 0", value, warnings);
        }
        whole
    }
    fn write(&self) -> Value<'_> {
        Value::from(*self)
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "integer", "minimum": 0})
    }
}

impl<T: Json> Json for Option<T> {
    const IS_OPTIONAL: bool = true;
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        if value.is_null() { Some(None) } else { Some(T::read(value, warnings)) }
    }
    fn write(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::write)
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        T::schema(definitions)
    }
}

impl<T: Json> Json for Box<T> {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        T::read(value, warnings).map(Box::new)
    }
    fn write(&self) -> Value<'_> {
        T::write(self)
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        T::schema(definitions)
    }
}

/// An array; a single value is read as an array of one.
impl<T: Json> Json for Vec<T> {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let mut items = Self::new();
        items.read_into(value, warnings).then_some(items)
    }
    #[inline(never)]
    fn read_into(&mut self, value: &Value<'_>, warnings: &mut Warnings) -> bool {
        read_items(value, warnings, &mut |item, warnings| T::read(item, warnings).map(|item| self.push(item)).is_some())
    }
    fn write(&self) -> Value<'_> {
        Value::Array(self.iter().map(T::write).collect())
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        let item = T::schema(definitions);
        let items = if T::IS_OPTIONAL { json!({"anyOf": [item, {"type": "null"}]}) } else { item };
        json!({"type": "array", "items": items})
    }
}

/// Any JSON object, kept as it is unless it goes deeper than [`MAX_KEPT_DEPTH`].
impl Json for Object<'static> {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        if let Value::Object(object) = value {
            if object.is_within(MAX_KEPT_DEPTH) {
                return Some(object.clone().into_owned());
            }
            warnings.warn("nested too deep; left out");
            return None;
        }
        warn_kind("an object", value, warnings);
        None
    }
    fn write(&self) -> Value<'_> {
        Value::Object(self.clone())
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "object"})
    }
}

/// A payload without members.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Empty;

impl Members for Empty {
    fn read_member(&mut self, _: usize, _: &Value<'_>, _: &mut Warnings) {}
}

impl Fields for Empty {
    const KEYS: &'static [&'static str] = &[];
    fn write_fields<'a>(&'a self, _: &mut Object<'a>) {}
    fn schema_fields(_: &mut Object<'static>, _: &mut Vec<Value<'static>>, _: &mut Object<'static>) {}
}

// A payload that is one string, as mdast has it.
payload!(String => "value");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    /// Reads an envelope, and checks its body and the warnings, each as `path: message`.
    #[track_caller]
    fn check(envelope: &Value<'_>, body: &Value<'_>, expect: &[&str]) -> Article {
        let mut warnings = Warnings::default();
        let article = Article::from_json(envelope.as_object().expect("an envelope"), &mut warnings);
        let found: Vec<String> = (warnings.into_list().into_iter())
            .map(|warning| format!("{}: {}", warning.path, warning.message))
            .collect();
        assert_eq!((&article.body.write(), found), (body, expect.iter().map(|text| (*text).to_owned()).collect()));
        article
    }

    #[test]
    fn suggests_names_one_typo_away() {
        for (typo, name) in [("auther", "author"), ("titel", "title"), ("langage", "language"), ("Byline", "byline")] {
            assert!(is_near(typo, name), "{typo} is near {name}");
        }
        for (other, name) in [("id", "url"), ("bodies", "body"), ("x", "y")] {
            assert!(!is_near(other, name), "{other} is not near {name}");
        }
    }

    #[test]
    fn strings_stand_for_inlines_and_blocks() {
        check(
            &json!({"title": "T", "body": "one\n\ntwo"}),
            &json!([{"type": "paragraph", "children": "one"}, {"type": "paragraph", "children": "two"}]),
            &[],
        );
        check(
            &json!({"title": "T", "body": ["one", {"type": "strong", "children": "two"}, " three"]}),
            &json!([
                {"type": "paragraph", "children": "one"},
                {"type": "paragraph", "children": [{"type": "strong", "children": "two"}, " three"]},
            ]),
            &[],
        );
        check(
            &json!({"title": "T", "body": {"type": "root", "children": [{"type": "paragraph", "children": "p"}]}}),
            &json!([{"type": "paragraph", "children": "p"}]),
            &[],
        );
        check(&json!({"title": "T", "body": {"html": "<p>"}}), &json!([{"type": "html", "value": "<p>"}]), &[]);
    }

    #[test]
    fn misspelt_and_wrong_members_are_told_with_their_path() {
        let article = check(
            &json!({
                "title": "T", "auther": "A", "langage": "en", "x-own": 1, "published": "soon",
                "body": [{"type": "image", "src": "a.png"}, {"type": "list", "ordered": "yes", "children": 7}],
            }),
            &json!([
                {"type": "image"},
                {"type": "list"},
            ]),
            &[
                "/published: expected a date such as `2024-10-16` or `2024-10-16T09:30:00Z`",
                "/body/0: `url` is missing",
                "/body/0/src: unknown member, kept but not used",
                "/body/1/ordered: expected true or false, found a string",
                "/body/1/children: expected an object, found a number",
                "/auther: unknown member, kept but not used",
                "/langage: unknown member; did you mean `language`?",
            ],
        );
        assert_eq!(article.extra.0.keys().collect::<Vec<_>>(), ["auther", "langage", "x-own"]);
    }

    #[test]
    fn unknown_nodes_are_kept_with_their_text() {
        let poll = json!({"type": "poll", "title": "Which?", "items": [{"text": "this"}, {"text": "that"}]});
        let article = check(
            &json!({"title": "T", "body": [poll, {"type": "paragraph", "children": [{"type": "glow", "children": "g"}]}]}),
            &json!([poll, {"type": "paragraph", "children": [{"type": "glow", "children": "g"}]}]),
            &[
                "/body/0: unknown block `poll`; shown as text",
                "/body/1/children/0: unknown inline `glow`; shown as text",
            ],
        );
        let crate::article::Kind::Unknown(unknown) = &article.body[0].kind else { panic!("an unknown block") };
        assert_eq!(unknown.text, ["Which?", "this", "that"]);
    }

    #[test]
    fn blocks_and_text_in_cells_are_told_apart() {
        let cells = json!([{"type": "table", "children": [{"type": "tableRow", "children": [
            {"type": "tableCell", "children": "text"},
            {"type": "tableCell", "children": [{"type": "paragraph", "children": "p"}]},
            {"type": "tableCell", "children": {"type": "root", "children": [{"type": "image", "url": "a.png", "link": "/b"}]}},
        ]}]}]);
        check(&json!({"title": "T", "body": cells}), &cells, &[]);
    }

    #[test]
    fn what_is_kept_as_it_is_can_be_read_again_under_headings() {
        let deep = |levels| (0..levels).fold(json!("bottom"), |inner, _| json!([inner]));
        let mark =
            |levels| (0..levels).fold(json!("marked"), |inner, _| json!({"type": "strong", "children": [inner]}));
        let headings = (1..7).map(|depth| json!({"type": "heading", "depth": depth, "children": "H"}));
        let nodes = [
            json!({"type": "x-own", "value": "shown", "deep": deep(120)}),
            json!({"type": "paragraph", "data": {"deep": deep(120)}, "children": [mark(10), {"type": "x", "deep": deep(110)}]}),
        ];
        let envelope = json!({"title": "T", "body": headings.chain(nodes).collect::<Value<'_>>(), "x-deep": deep(126)});
        let article = Article::from_json(envelope.as_object().expect("an envelope"), &mut Warnings::default());
        let article = crate::article::normal::normalise(article, &mut Warnings::default());
        let text = crate::json::text(&article.to_json().into());
        assert!(text.contains("shown") && text.contains("marked"));
        let again = crate::json::parse(&text).expect("it is read again");
        let again = Article::from_json(again.as_object().expect("an envelope"), &mut Warnings::default());
        assert_eq!(crate::article::normal::normalise(again, &mut Warnings::default()), article);
    }

    #[test]
    fn nodes_nested_too_deep_become_text() {
        let mut deep = json!({"type": "paragraph", "children": "bottom"});
        for _ in 0..60 {
            deep = json!({"type": "blockquote", "children": [deep]});
        }
        let mut warnings = Warnings::default();
        let envelope = json!({"title": "T", "body": [deep]});
        let article = Article::from_json(envelope.as_object().expect("an envelope"), &mut warnings);
        assert!(format!("{:?}", article.body).contains("text: [\"bottom\"]"));
        assert_eq!(warnings.into_list()[0].message, "nested too deep; shown as text");
    }

    #[test]
    fn nodes_that_nobody_knows_are_kept_by_their_own_depth_wherever_they_are() {
        for (levels, is_kept) in [(MAX_KEPT_DEPTH - 2, true), (MAX_KEPT_DEPTH + 2, false)] {
            for quotes in [0, 25] {
                let data = (0..levels).fold(json!("deep"), |inner, _| json!([inner]));
                let node = json!({ "type": "strange", "text": "words", "data": data });
                let body = (0..quotes).fold(node, |inner, _| json!({ "type": "blockquote", "children": [inner] }));
                let file = json!({ "title": "T", "body": [body] });
                let article = Article::from_json(file.as_object().expect("an object"), &mut Warnings::default());
                let written = Value::Object(article.to_json()).to_string();
                assert!(written.contains("words"));
                assert_eq!(written.contains("deep"), is_kept, "{levels} levels in {quotes} quotations");
            }
        }
    }
}
