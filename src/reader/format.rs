//! The formats that are read, and their names.

use crate::article::json::Json;
use crate::json::{Object, Value, json};
use crate::warning::Warnings;

/// A format that is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Article JSON 1.x, or an mdast tree alone.
    #[default]
    Native,
    /// WordPress REST API, v2.
    WordPress,
    /// A ProseMirror document: of Tiptap, Storyblok, Atlassian and others.
    ProseMirror,
    /// A Lexical editor state, Ghost's among them.
    Lexical,
    /// A Mobiledoc document, as Ghost kept them.
    Mobiledoc,
    /// A Contentful entry, or a rich text alone.
    Contentful,
    /// Portable Text, as Sanity has it.
    PortableText,
    /// A Slate or Plate document.
    Slate,
    /// Strapi's blocks, or a dynamic zone.
    Strapi,
    /// A Quill Delta.
    Quill,
    /// Draft.js raw content.
    Draft,
    /// An Editor.js document.
    EditorJs,
    /// Blocks of the Notion API.
    Notion,
    /// Parsed blocks of WordPress.
    Gutenberg,
    /// JSON Feed 1.x; each item is an article.
    JsonFeed,
    /// Ghost's Content and Admin API, and its exports.
    Ghost,
    /// WordPress.com's own API, v1.1.
    WordPressCom,
    /// What Readability or Mercury extracted from a page.
    Readability,
    /// schema.org article in JSON-LD.
    JsonLd,
    /// ActivityPub article, page or note.
    ActivityPub,
    /// Discourse topic; posts after the first are comments.
    Discourse,
    /// Forem (dev.to) article.
    Forem,
    /// MediaWiki page, in four forms.
    Wikipedia,
    /// IPTC ninjs 1 to 3.
    Ninjs,
    /// eLife's API.
    ELife,
    /// Mic's flat "article-json".
    Mic,
    /// Jupyter notebook.
    Jupyter,
    /// hast, the tree of HTML.
    Hast,
    /// MyST page, or its tree.
    Myst,
    /// Pandoc's JSON.
    Pandoc,
    /// An HTML document or fragment.
    Html,
    /// Markdown, with front matter or without.
    Markdown,
    /// Plain text.
    PlainText,
    /// An object with a title and a body under usual names; always a guess.
    Generic,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::Native,
        Self::WordPress,
        Self::ProseMirror,
        Self::Lexical,
        Self::Mobiledoc,
        Self::Contentful,
        Self::PortableText,
        Self::Slate,
        Self::Strapi,
        Self::Quill,
        Self::Draft,
        Self::EditorJs,
        Self::Notion,
        Self::Gutenberg,
        Self::JsonFeed,
        Self::Ghost,
        Self::WordPressCom,
        Self::Readability,
        Self::JsonLd,
        Self::ActivityPub,
        Self::Discourse,
        Self::Forem,
        Self::Wikipedia,
        Self::Ninjs,
        Self::ELife,
        Self::Mic,
        Self::Jupyter,
        Self::Hast,
        Self::Myst,
        Self::Pandoc,
        Self::Html,
        Self::Markdown,
        Self::PlainText,
        Self::Generic,
    ];

    /// The word in addresses and files, as in `?format=wordpress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "article-json",
            Self::WordPress => "wordpress",
            Self::ProseMirror => "prosemirror",
            Self::Lexical => "lexical",
            Self::Mobiledoc => "mobiledoc",
            Self::Contentful => "contentful",
            Self::PortableText => "portable-text",
            Self::Slate => "slate",
            Self::Strapi => "strapi",
            Self::Quill => "quill",
            Self::Draft => "draft",
            Self::EditorJs => "editorjs",
            Self::Notion => "notion",
            Self::Gutenberg => "gutenberg",
            Self::JsonFeed => "jsonfeed",
            Self::Ghost => "ghost",
            Self::WordPressCom => "wordpress.com",
            Self::Readability => "readability",
            Self::JsonLd => "json-ld",
            Self::ActivityPub => "activitypub",
            Self::Discourse => "discourse",
            Self::Forem => "forem",
            Self::Wikipedia => "wikipedia",
            Self::Ninjs => "ninjs",
            Self::ELife => "elife",
            Self::Mic => "mic",
            Self::Jupyter => "jupyter",
            Self::Hast => "hast",
            Self::Myst => "myst",
            Self::Pandoc => "pandoc",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::PlainText => "text",
            Self::Generic => "generic",
        }
    }

    /// The format that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str().eq_ignore_ascii_case(word))
    }

    /// Whether files of it are documents, known by their names where they have no title: what services give has none where
    /// it was given none.
    pub fn is_document(self) -> bool {
        !matches!(
            self,
            Self::Native
                | Self::WordPress
                | Self::JsonFeed
                | Self::Ghost
                | Self::WordPressCom
                | Self::Readability
                | Self::JsonLd
                | Self::ActivityPub
                | Self::Discourse
                | Self::Forem
                | Self::Wikipedia
                | Self::Ninjs
                | Self::ELife
                | Self::Mic
                | Self::Generic
        )
    }

    /// What people call a file in this format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "Article JSON",
            Self::WordPress => "WordPress post",
            Self::ProseMirror => "Tiptap or ProseMirror document",
            Self::Lexical => "Lexical document",
            Self::Mobiledoc => "Mobiledoc document",
            Self::Contentful => "Contentful entry",
            Self::PortableText => "Portable Text",
            Self::Slate => "Slate document",
            Self::Strapi => "Strapi blocks",
            Self::Quill => "Quill document",
            Self::Draft => "Draft.js document",
            Self::EditorJs => "Editor.js document",
            Self::Notion => "Notion page",
            Self::Gutenberg => "WordPress blocks",
            Self::JsonFeed => "JSON Feed",
            Self::Ghost => "Ghost post",
            Self::WordPressCom => "WordPress.com post",
            Self::Readability => "extracted page",
            Self::JsonLd => "schema.org article",
            Self::ActivityPub => "ActivityPub post",
            Self::Discourse => "Discourse topic",
            Self::Forem => "Forem article",
            Self::Wikipedia => "wiki page",
            Self::Ninjs => "news item (ninjs)",
            Self::ELife => "eLife article",
            Self::Mic => "Mic article",
            Self::Jupyter => "Jupyter notebook",
            Self::Hast => "hast tree",
            Self::Myst => "MyST page",
            Self::Pandoc => "Pandoc document",
            Self::Html => "HTML page",
            Self::Markdown => "Markdown",
            Self::PlainText => "plain text",
            Self::Generic => "JSON with a title and a text",
        }
    }
}

impl Json for Format {
    fn read(value: &Value<'_>, _: &mut Warnings) -> Option<Self> {
        value.as_str().and_then(Self::from_word)
    }
    fn write(&self) -> Value<'_> {
        self.as_str().into()
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "string"})
    }
}
