//! The formats that are read, and their names.

use serde_json::{Value, json};

use crate::article::json::{Json, Object};
use crate::warning::Warnings;

/// A format that is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Article JSON 1.x, or an mdast tree alone.
    #[default]
    Native,
    /// WordPress REST API, v2.
    WordPress,
    /// An HTML document or fragment.
    Html,
    /// Plain text.
    PlainText,
    /// An object with a title and a body under usual names; always a guess.
    Generic,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Native, Self::WordPress, Self::Html, Self::PlainText, Self::Generic];

    /// The word in addresses and files, as in `?format=wordpress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "article-json",
            Self::WordPress => "wordpress",
            Self::Html => "html",
            Self::PlainText => "text",
            Self::Generic => "generic",
        }
    }

    /// The format that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str().eq_ignore_ascii_case(word))
    }

    /// What people call a file in this format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "Article JSON",
            Self::WordPress => "WordPress post",
            Self::Html => "HTML page",
            Self::PlainText => "plain text",
            Self::Generic => "JSON with a title and a text",
        }
    }
}

impl Json for Format {
    fn read(value: &Value, _: &mut Warnings) -> Option<Self> {
        value.as_str().and_then(Self::from_word)
    }
    fn write(&self) -> Value {
        self.as_str().into()
    }
    fn schema(_: &mut Object) -> Value {
        json!({"type": "string"})
    }
}
