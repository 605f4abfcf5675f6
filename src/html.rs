//! Article -> `SafeHtml`. Escaping is decided here and nowhere else.

use crate::article::{Article, Blocks, Date};

/// Prefix of every id in the page, so that no heading can take the name of something else (DOM clobbering).
pub const ID_PREFIX: &str = "recto-";

/// HTML written by this module only, from typed content: safe to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What depends on where the HTML is shown.
#[derive(Clone, Copy)]
pub struct Options {
    /// Words a date for people, in the language given (BCP 47, may be empty).
    pub format_date: fn(&Date, &str) -> String,
    /// Level of the article's title: 1 on a page of its own.
    pub heading_level: u8,
}

/// Writes a normalised article: header, lead, sections, footnotes, references, footer.
pub fn article(_article: &Article, _options: &Options) -> SafeHtml {
    SafeHtml(String::new())
}

/// Writes blocks alone, such as a comment's body: links are `nofollow ugc`, ids are left out.
pub fn foreign_blocks(_blocks: &Blocks) -> SafeHtml {
    SafeHtml(String::new())
}
