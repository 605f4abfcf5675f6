//! The typed article, which every reader produces and every stage after it consumes: Article JSON 1.0,
//! an mdast superset in a small envelope with explicit, nested sections.
//!
//! Texts are plain strings; an empty string, list or object stands for an absent member.

mod block;
mod date;
mod inline;
pub mod json;
pub mod normal;
pub mod walk;

use crate::json::{Object, Value};

pub use block::{
    Admonition, AdmonitionKind, Align, Aside, Attributes, Block, Blocks, Button, ButtonStyle, Buttons, Code, Column,
    Columns, Content, Definition, DefinitionItem, DefinitionList, Details, Embed, Figure, FileLink, FootnoteDefinition,
    Gallery, GalleryLayout, Heading, Image, Kind, Layout, LinkCard, List, ListItem, ListStyle, Math, Media,
    MediaSource, MediaTrack, Paragraph, Placement, PullQuote, Question, Quote, Section, Table, TableCell, TableRow,
    ThematicBreak,
};
pub use date::Date;
pub use inline::{
    Abbreviation, Citation, FootnoteReference, Highlight, HighlightColor, Inline, InlineImage, InlineMath, Inlines,
    Link, Mention, Quotation, Reference, Ruby, Span, TimeSpan,
};
use json::{Fields, Json, keyword, record};

use crate::warning::Warnings;

/// The version this crate writes; it reads any 1.x.
pub const VERSION: &str = "1.0";

/// What could be kept of a node of unknown type.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// Its `type`.
    pub tag: String,
    /// The node as it was.
    pub source: Object<'static>,
    /// The text found inside, one paragraph for each run.
    pub text: Vec<String>,
}

keyword! {
    /// Direction of text.
    pub enum Direction {
        /// Decided by the language, else by the text's first strong letter.
        Auto = "auto",
        /// Left to right.
        LeftToRight = "ltr",
        /// Right to left.
        RightToLeft = "rtl",
    }
}

keyword! {
    /// What a person did for the article.
    pub enum Role {
        /// Wrote it.
        Author = "author",
        /// Edited it.
        Editor = "editor",
        /// Translated it.
        Translator = "translator",
        /// Took its photographs.
        Photographer = "photographer",
        /// Drew its pictures.
        Illustrator = "illustrator",
        /// Anything else.
        Contributor = "contributor",
    }
}

record! {
    /// A person or organisation of the byline.
    pub struct Person {
        /// Display name.
        pub name: String => "name" required,
        /// Their page.
        pub url: String => "url",
        /// Address of a picture of them.
        pub avatar: String => "avatar",
        /// A sentence about them.
        pub bio: String => "bio",
        /// What they did.
        pub role: Role => "role",
        /// Where they work.
        pub affiliation: String => "affiliation",
        /// ORCID identifier.
        pub orcid: String => "orcid",
        /// Further pages.
        pub links: Vec<TitledUrl> => "links",
    }
}

record! {
    /// A link with its text.
    pub struct TitledUrl {
        /// Text.
        pub title: String => "title",
        /// Address.
        pub url: String => "url",
    }
}

record! {
    /// The site the article comes from.
    pub struct Site {
        /// Its name.
        pub name: String => "name",
        /// Its address.
        pub url: String => "url",
        /// Address of its logo.
        pub logo: String => "logo",
    }
}

keyword! {
    /// What the hero is.
    pub enum HeroKind {
        /// A picture.
        Image = "image",
        /// A video.
        Video = "video",
    }
}

record! {
    /// The large picture or video under the title.
    pub struct Hero {
        /// Picture or video.
        pub kind: HeroKind => "kind",
        /// Address.
        pub src: String => "src" required,
        /// Candidates for other sizes, as in HTML.
        pub srcset: String => "srcset",
        /// Sizes, as in HTML.
        pub sizes: String => "sizes",
        /// Text for those who do not see it.
        pub alt: String => "alt",
        /// Width in pixels.
        pub width: Option<u32> => "width",
        /// Height in pixels.
        pub height: Option<u32> => "height",
        /// Caption.
        pub caption: Inlines => "caption",
        /// Who made it.
        pub credit: String => "credit",
        /// Still picture of a video.
        pub poster: String => "poster",
    }
}

/// A tag, with the address of its page if it has one. In JSON a string, or `{"name", "url"}`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    /// Text.
    pub name: String,
    /// Address.
    pub url: String,
}

/// A licence: an SPDX identifier or a name, with an address if it has one. In JSON a string, or `{"name", "url"}`.
pub type License = Tag;

impl Json for Tag {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let Value::Object(object) = value else {
            return String::read(value, warnings).map(|name| Self { name, url: String::new() });
        };
        Some(Self { name: json::read_field(object, "name", warnings), url: json::read_field(object, "url", warnings) })
    }
    fn write(&self) -> Value<'_> {
        if self.url.is_empty() {
            return self.name.write();
        }
        crate::json::json!({"name": self.name, "url": self.url})
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        crate::json::json!({"anyOf": [
            {"type": "string"},
            {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}, "required": ["name"]},
        ]})
    }
}

keyword! {
    /// When the contents list is shown.
    pub enum Show {
        /// When there are at least two headings.
        Auto = "auto",
        /// Whenever there is a heading.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

record! {
    /// How the contents list is made.
    pub struct ContentsSettings {
        /// When it is shown.
        pub show: Show => "show",
        /// The highest heading listed; default 2.
        pub min_depth: Option<u32> => "minDepth",
        /// The deepest heading listed; default 3.
        pub max_depth: Option<u32> => "maxDepth",
        /// Its title, in place of "Contents".
        pub title: String => "title",
    }
}

record! {
    /// An entry of the list of references, cited by its id.
    pub struct ReferenceEntry {
        /// What a citation names it by.
        pub id: String => "id" required,
        /// The reference as it is printed.
        pub text: Inlines => "text",
        /// Address.
        pub url: String => "url",
        /// Digital object identifier.
        pub doi: String => "doi",
    }
}

keyword! {
    /// How a comment reaches `endpoint`.
    pub enum CommentMethod {
        /// As a JSON body.
        Json = "json",
        /// As form fields.
        Form = "form",
    }
}

keyword! {
    /// Whether a field of the comment form is asked for.
    pub enum FieldRule {
        /// May be left empty.
        Optional = "optional",
        /// Must be filled in.
        Required = "required",
        /// Is not shown.
        Hidden = "hidden",
    }
}

record! {
    /// The fields of the comment form beside the text.
    pub struct CommentFields {
        /// Name.
        pub name: Option<FieldRule> => "name",
        /// Email address.
        pub email: Option<FieldRule> => "email",
        /// Website.
        pub url: Option<FieldRule> => "url",
    }
}

record! {
    /// Comments on this article: how they are made, and those that come with it.
    pub struct CommentSettings {
        /// Whether there are comments at all; default true.
        pub enabled: Option<bool> => "enabled",
        /// No new ones are accepted.
        pub closed: bool => "closed",
        /// Since when.
        pub closed_at: Option<Date> => "closedAt",
        /// Where they are posted.
        pub endpoint: String => "endpoint",
        /// How they are posted.
        pub method: CommentMethod => "method",
        /// Which fields the form has.
        pub fields: CommentFields => "fields",
        /// Longest text accepted, in bytes of UTF-8.
        pub max_length: Option<u32> => "maxLength",
        /// They appear after approval.
        pub moderated: bool => "moderated",
        /// How deep replies nest.
        pub thread_depth: Option<u32> => "threadDepth",
        /// What is welcome, shown above the form.
        pub policy: Inlines => "policy",
        /// How many there are.
        pub count: Option<u32> => "count",
        /// Those that come with the article, read-only.
        pub items: Vec<CommentEntry> => "items",
    }
}

keyword! {
    /// Whether a comment is public.
    pub enum CommentStatus {
        /// Everyone sees it.
        Published = "published",
        /// It awaits approval.
        Pending = "pending",
    }
}

record! {
    /// A comment that comes with the article.
    pub struct CommentEntry {
        /// Its identifier.
        pub id: String => "id",
        /// The comment it answers.
        pub parent: String => "parent",
        /// Who wrote it.
        pub author: Person => "author",
        /// When.
        pub published: Option<Date> => "published",
        /// What it says.
        pub body: Blocks => "body",
        /// Whether it is public.
        pub status: CommentStatus => "status",
    }
}

record! {
    /// The series the article is part of.
    pub struct Series {
        /// Its title.
        pub title: String => "title",
        /// Its page.
        pub url: String => "url",
        /// Which part this is, from 1.
        pub index: Option<u32> => "index",
        /// How many parts there are.
        pub total: Option<u32> => "total",
    }
}

record! {
    /// The neighbours of the article.
    pub struct Navigation {
        /// The article before.
        pub previous: Option<TitledUrl> => "previous",
        /// The article after.
        pub next: Option<TitledUrl> => "next",
        /// The list it is part of.
        pub up: Option<TitledUrl> => "up",
        /// The series it is part of.
        pub series: Option<Series> => "series",
    }
}

record! {
    /// An article worth reading after this one.
    pub struct Related {
        /// Its title.
        pub title: String => "title",
        /// Its address.
        pub url: String => "url",
        /// Address of a picture.
        pub image: String => "image",
        /// A sentence about it.
        pub description: String => "description",
    }
}

record! {
    /// Where the article was read from; written by readers of other formats.
    pub struct Source {
        /// Name of the format.
        pub format: String => "format",
        /// Address.
        pub url: String => "url",
        /// When.
        pub imported_at: String => "importedAt",
    }
}

record! {
    /// Everything about the article but the version and extensions.
    pub struct Article {
        /// Stable identifier; names the article in storage.
        pub id: String => "id",
        /// Canonical address; relative addresses inside are resolved against it.
        pub url: String => "url",
        /// Title.
        pub title: Inlines => "title" required,
        /// A second line under the title.
        pub subtitle: Inlines => "subtitle",
        /// The label above the title.
        pub kicker: String => "kicker",
        /// A plain-text summary, for lists and search engines.
        pub description: String => "description",
        /// Language, as a BCP 47 tag.
        pub language: String => "language",
        /// Direction of text.
        pub direction: Direction => "direction",
        /// Who made it.
        pub authors: Vec<Person> => "authors",
        /// Free text in place of the authors' names.
        pub byline: String => "byline",
        /// When it was published.
        pub published: Option<Date> => "published",
        /// When it was last changed.
        pub updated: Option<Date> => "updated",
        /// Whether it is not to be published yet.
        pub draft: bool => "draft",
        /// The site it comes from.
        pub site: Option<Site> => "site",
        /// The large picture or video under the title.
        pub hero: Option<Hero> => "hero",
        /// Tags.
        pub tags: Vec<Tag> => "tags",
        /// Categories.
        pub categories: Vec<Tag> => "categories",
        /// Licence.
        pub license: License => "license",
        /// Copyright notice.
        pub copyright: String => "copyright",
        /// Minutes it takes to read, in place of our estimate.
        pub reading_time_minutes: Option<u32> => "readingTimeMinutes",
        /// Words, in place of our count.
        pub word_count: Option<u32> => "wordCount",
        /// How the contents list is made.
        pub toc: ContentsSettings => "toc",
        /// The standfirst.
        pub lead: Blocks => "lead",
        /// The text.
        pub body: Blocks => "body" required,
        /// Footnotes, in the order of their first reference once normalised.
        pub footnotes: Footnotes => "footnotes",
        /// References.
        pub references: Vec<ReferenceEntry> => "references",
        /// Comments.
        pub comments: CommentSettings => "comments",
        /// Neighbours.
        pub navigation: Navigation => "navigation",
        /// Further reading.
        pub related: Vec<Related> => "related",
        /// Where it was read from.
        pub source: Source => "source",
        /// Members this version does not know: extensions (`x-…`, `_…`) and misspelt names.
        pub extra: Extra => "extra",
    }
}

/// Members of the envelope that this version does not know, kept as they are. Not a member itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(pub Object<'static>);

impl Json for Extra {
    fn read(_: &Value<'_>, _: &mut Warnings) -> Option<Self> {
        None
    }
    fn write(&self) -> Value<'_> {
        Value::Null
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        crate::json::json!({})
    }
}

/// A footnote's text under the identifier that references name.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// What a reference names it by.
    pub identifier: String,
    /// Its text.
    pub children: Blocks,
}

/// The footnotes of an article. In JSON an object from identifier to blocks or a string.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Footnotes(pub Vec<Footnote>);

impl Json for Footnotes {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let Value::Object(object) = value else {
            json::warn_kind("an object", value, warnings);
            return None;
        };
        let read = |(identifier, value): (&str, &Value<'_>)| {
            let children = warnings.at(identifier, |warnings| Blocks::read(value, warnings))?;
            Some(Footnote { identifier: identifier.to_owned(), children })
        };
        Some(Self(object.iter().filter_map(read).collect()))
    }
    fn write(&self) -> Value<'_> {
        self.0.iter().map(|note| (&*note.identifier, note.children.write())).collect::<Object<'_>>().into()
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        crate::json::json!({"type": "object", "additionalProperties": Blocks::schema(definitions)})
    }
}

impl Article {
    /// Reads an Article JSON envelope. Bodies given as `{"html"}` or `{"markdown"}` become a block of that type,
    /// which the reader resolves; nothing is normalised yet.
    pub fn from_json(object: &Object<'_>, warnings: &mut Warnings) -> Self {
        let mut article = Self::read_fields(object, warnings);
        let known = |key: &str| key == "articleJson" || (key != "extra" && Self::KEYS.contains(&key));
        json::warn_unknown_keys(object, &[Self::KEYS, &["articleJson", "x-"]], warnings);
        let unknown = object.iter().filter(|(key, _)| !known(key) && *key != "$schema");
        article.extra = Extra(unknown.map(|(key, value)| (key.to_owned(), value.clone().into_owned())).collect());
        article
    }

    /// The Article JSON envelope; reading it gives this article again.
    pub fn to_json(&self) -> Object<'_> {
        let mut object = Object::new();
        object.insert("articleJson".to_owned(), VERSION.into());
        self.write_fields(&mut object);
        object.remove("extra");
        for (required, empty) in [("title", "".into()), ("body", Value::Array(Vec::new()))] {
            if !object.contains_key(required) {
                object.insert(required, empty);
            }
        }
        object.extend(self.extra.0.clone());
        object
    }

    /// The JSON Schema of Article JSON 1.x, generated from these types.
    pub fn json_schema() -> Value<'static> {
        let mut definitions = Object::new();
        let mut properties = Object::new();
        let version =
            crate::json::json!({"type": "string", "pattern": "^1\\.[0-9]+$", "description": "Version of the format."});
        properties.insert("articleJson".to_owned(), version);
        let mut schema = json::object_schema::<Self>(properties, &["An article."], &mut definitions);
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.remove("extra");
        }
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
            required.insert(0, "articleJson".into());
        }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["title"] = "Article JSON 1".into();
        schema["$defs"] = Value::Object(definitions);
        schema
    }
}
