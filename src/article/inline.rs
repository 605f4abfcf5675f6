//! Text-level content.

use std::ops::{Deref, DerefMut};

use super::json::{
    Empty, Json, MAX_DEPTH, MAX_INLINE_DEPTH, MAX_KEPT_DEPTH, define, extension_schema, keyword, payload, record,
    tagged, warn_kind,
};
use super::{Date, Direction, Unknown};
use crate::json::{Object, Value, json};
use crate::warning::Warnings;

/// A run of text-level content. In JSON an array, a single inline, or a bare string.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inlines(pub Vec<Inline>);

tagged! {
    /// Text, or a mark around text.
    pub enum Inline {
        /// Plain text; a bare string in JSON is the same.
        Text(String) = "text",
        /// Emphasis.
        Emphasis(Inlines) = "emphasis" | "em" | "italic",
        /// Importance.
        Strong(Inlines) = "strong" | "bold",
        /// Text that no longer holds.
        Delete(Inlines) = "delete" | "strikethrough",
        /// Text that was added.
        Insert(Inlines) = "insert",
        /// Underlined.
        Underline(Inlines) = "underline",
        /// Lowered.
        Subscript(Inlines) = "subscript",
        /// Raised.
        Superscript(Inlines) = "superscript",
        /// Small capitals.
        SmallCaps(Inlines) = "smallcaps",
        /// Side remarks.
        Small(Inlines) = "small",
        /// Highlighted.
        Mark(Highlight) = "mark",
        /// Code.
        InlineCode(String) = "inlineCode",
        /// Keys to press.
        Keyboard(Inlines) = "keyboard",
        /// What a program prints.
        Sample(Inlines) = "sample",
        /// A variable.
        Variable(Inlines) = "variable",
        /// A quotation within a sentence.
        Quote(Quotation) = "quote",
        /// Title of a work.
        CiteTitle(Inlines) = "citeTitle",
        /// An abbreviation and what it stands for.
        Abbreviation(Abbreviation) = "abbreviation",
        /// A date or time that machines can read.
        Time(TimeSpan) = "time",
        /// A link.
        Link(Link) = "link",
        /// A picture within a line: an emoji, an icon.
        Image(InlineImage) = "image",
        /// A line break.
        Break(Empty) = "break",
        /// Where a long word may break.
        WordBreak(Empty) = "wordBreak",
        /// A formula within a line.
        Math(InlineMath) = "inlineMath",
        /// A reference to a footnote.
        FootnoteReference(FootnoteReference) = "footnoteReference",
        /// A citation of entries of the references.
        Citation(Citation) = "citation" | "cite",
        /// A reference to another part of the article.
        CrossReference(Reference) = "crossReference",
        /// Text with an id, a language or a direction of its own.
        Span(Span) = "span",
        /// Text with its reading beside it.
        Ruby(Ruby) = "ruby",
        /// A person or account.
        Mention(Mention) = "mention",
        /// Raw HTML, read like any foreign HTML and never inserted.
        Html(String) = "html",
    }
}

payload!(Inlines => "children");

keyword! {
    /// Colour of a highlight.
    pub enum HighlightColor {
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Blue.
        Blue = "blue",
        /// Pink.
        Pink = "pink",
    }
}

record! {
    /// Highlighted text.
    pub struct Highlight {
        /// The text.
        pub children: Inlines => "children",
        /// Colour.
        pub color: HighlightColor => "color",
    }
}

record! {
    /// A quotation within a sentence.
    pub struct Quotation {
        /// The text.
        pub children: Inlines => "children",
        /// Address of its source.
        pub cite: String => "cite",
    }
}

record! {
    /// An abbreviation.
    pub struct Abbreviation {
        /// The short form.
        pub children: Inlines => "children",
        /// The long form.
        pub title: String => "title",
    }
}

record! {
    /// A date or time.
    pub struct TimeSpan {
        /// As people write it.
        pub children: Inlines => "children",
        /// As machines do.
        pub datetime: Option<Date> => "datetime",
    }
}

record! {
    /// A link.
    pub struct Link {
        /// Address.
        pub url: String => "url" required,
        /// A remark shown with it.
        pub title: String => "title",
        /// Text.
        pub children: Inlines => "children",
    }
}

record! {
    /// A picture within a line.
    pub struct InlineImage {
        /// Address.
        pub url: String => "url" required,
        /// Text for those who do not see it.
        pub alt: String => "alt",
        /// A remark shown with it.
        pub title: String => "title",
        /// Width in pixels.
        pub width: Option<u32> => "width",
        /// Height in pixels.
        pub height: Option<u32> => "height",
    }
}

record! {
    /// A formula within a line.
    pub struct InlineMath {
        /// TeX source.
        pub value: String => "value",
        /// Presentation MathML.
        pub mathml: String => "mathml",
    }
}

record! {
    /// A reference to a footnote.
    pub struct FootnoteReference {
        /// The footnote's identifier.
        pub identifier: String => "identifier" required,
        /// Its mark, where it is not its number.
        pub label: String => "label",
    }
}

record! {
    /// A citation.
    pub struct Citation {
        /// Ids of the references cited.
        pub identifiers: Vec<String> => "identifiers",
        /// Its text, where it is not their numbers.
        pub label: String => "label",
    }
}

record! {
    /// A reference to another part of the article.
    pub struct Reference {
        /// The part's id.
        pub identifier: String => "identifier" required,
        /// Text.
        pub children: Inlines => "children",
    }
}

record! {
    /// Text with attributes of its own.
    pub struct Span {
        /// Anchor.
        pub id: String => "id",
        /// Language, as a BCP 47 tag.
        pub lang: String => "lang",
        /// Direction.
        pub dir: Option<Direction> => "dir",
        /// Classes, for extensions.
        pub class: Vec<String> => "class",
        /// Text.
        pub children: Inlines => "children",
    }
}

record! {
    /// Text with its reading.
    pub struct Ruby {
        /// Text.
        pub children: Inlines => "children",
        /// Its reading.
        pub annotation: Inlines => "annotation",
    }
}

record! {
    /// A person or account.
    pub struct Mention {
        /// Name.
        pub name: String => "name",
        /// Page.
        pub url: String => "url",
        /// What kind of thing it is.
        pub kind: String => "kind",
    }
}

impl Inlines {
    /// No content.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The text without its marks, line breaks as spaces.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        crate::text::push_inlines(self, &mut text);
        text.trim().to_owned()
    }
}

impl Json for Inlines {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value {
            Value::Array(items) => {
                let mut inlines = Self(Vec::with_capacity(items.len()));
                for (index, item) in items.iter().enumerate() {
                    inlines.extend(warnings.at_index(index, |warnings| Inline::read(item, warnings)));
                }
                Some(inlines)
            }
            single => Inline::read(single, warnings).map(|inline| Self(vec![inline])),
        }
    }
    fn write(&self) -> Value<'_> {
        match self.as_slice() {
            [Inline::Text(text)] => text.write(),
            inlines => inlines.iter().map(Inline::write).collect(),
        }
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        define("Inlines", definitions, |definitions| {
            json!({
                "description": "Text-level content: a string, an inline, or an array of them.",
                "anyOf": [Inline::schema(definitions), {"type": "array", "items": Inline::schema(definitions)}],
            })
        })
    }
}

impl Json for Inline {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let object = match value {
            Value::String(text) => return Some(Self::Text(text.to_string())),
            Value::Number(number) => return Some(Self::Text(number.to_string())),
            Value::Null => return None,
            Value::Object(object) => object,
            other => {
                warn_kind("text or an inline", other, warnings);
                return None;
            }
        };
        let tag = object.get("type").and_then(Value::as_str).unwrap_or_default();
        let too_deep = warnings.depth() > MAX_INLINE_DEPTH;
        if !too_deep && let Some(inline) = Self::read_tagged(tag, object, &["data"], warnings) {
            return Some(inline);
        }
        if too_deep {
            warnings.warn("nested too deep; shown as text");
        } else if tag.is_empty() {
            warnings.warn("an inline without `type`; shown as text");
        } else if !matches!(tag, "linkReference" | "imageReference") {
            // Those two are resolved when the article is normalised.
            warnings.warn(format!("unknown inline `{tag}`; shown as text"));
        }
        Some(Self::Unknown(Unknown::recover(tag, object, &[])))
    }
    fn write(&self) -> Value<'_> {
        match self {
            Self::Text(text) => text.write(),
            other => Value::Object(other.write_tagged()),
        }
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        define("Inline", definitions, |definitions| {
            let mut variants = vec![json!({"type": "string"})];
            variants.extend(Self::schema_variants(&Object::new(), definitions));
            variants.push(extension_schema());
            json!({"anyOf": variants})
        })
    }
}

impl Unknown {
    /// Keeps a node, and finds the text inside it, which with the members of those `keys` is all that is kept where the
    /// node goes too deep.
    pub(super) fn recover(tag: &str, object: &Object<'_>, keys: &[&str]) -> Self {
        let mut text = Vec::new();
        recover_text(object, &mut text, 0);
        if object.is_within(MAX_KEPT_DEPTH) {
            return Self { tag: tag.to_owned(), source: object.clone().into_owned(), text };
        }
        let mut source = Object::new();
        source.insert("type", tag.to_owned().into());
        for key in keys {
            if let Some(value) = object.get(key).filter(|value| value.is_within(MAX_KEPT_DEPTH)) {
                source.insert((*key).to_owned(), value.clone());
            }
        }
        source.insert("text", text.iter().cloned().collect::<Value<'_>>());
        let source = source.into_owned();
        Self { tag: tag.to_owned(), source, text }
    }
}

/// Members that hold words people read, in nodes of formats we know.
const TEXT_MEMBERS: &[&str] =
    &["title", "text", "value", "label", "caption", "summary", "alt", "children", "content", "body", "items"];

fn recover_text(object: &Object<'_>, text: &mut Vec<String>, depth: u32) {
    for key in TEXT_MEMBERS {
        match object.get(key) {
            Some(value) if depth < MAX_DEPTH => recover_value(value, text, depth),
            _ => {}
        }
    }
}

fn recover_value(value: &Value<'_>, text: &mut Vec<String>, depth: u32) {
    match value {
        Value::String(run) if !run.trim().is_empty() => text.push(run.to_string()),
        Value::Array(items) => items.iter().for_each(|item| recover_value(item, text, depth + 1)),
        Value::Object(object) => recover_text(object, text, depth + 1),
        _ => {}
    }
}

impl Deref for Inlines {
    type Target = Vec<Inline>;
    fn deref(&self) -> &Vec<Inline> {
        &self.0
    }
}

impl DerefMut for Inlines {
    fn deref_mut(&mut self) -> &mut Vec<Inline> {
        &mut self.0
    }
}

impl FromIterator<Inline> for Inlines {
    fn from_iter<I: IntoIterator<Item = Inline>>(inlines: I) -> Self {
        Self(inlines.into_iter().collect())
    }
}

impl From<&str> for Inlines {
    fn from(text: &str) -> Self {
        Self(if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned())] })
    }
}

impl From<Vec<Inline>> for Inlines {
    fn from(inlines: Vec<Inline>) -> Self {
        Self(inlines)
    }
}

impl<'a> IntoIterator for &'a Inlines {
    type Item = &'a Inline;
    type IntoIter = std::slice::Iter<'a, Inline>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
