//! The formats that are read, and their names.

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Article JSON 1.x, or an mdast tree alone.
    Native,
    /// WordPress REST API, v2.
    WordPress,
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
    pub const ALL: &'static [Self] =
        &[Self::Native, Self::WordPress, Self::Html, Self::Markdown, Self::PlainText, Self::Generic];

    /// The word in addresses and files, as in `?format=wordpress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "article-json",
            Self::WordPress => "wordpress",
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

    /// What people call a file in this format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "Article JSON",
            Self::WordPress => "WordPress post",
            Self::Html => "HTML page",
            Self::Markdown => "Markdown",
            Self::PlainText => "plain text",
            Self::Generic => "JSON with a title and a text",
        }
    }
}
