//! Bytes -> articles and warnings. The only place that looks at bytes: detects the format once, then one file reads
//! it; those files do not know each other.

use crate::article::Article;
use crate::markup::ParseHtml;
use crate::warning::Warning;

mod error;

pub use error::{ReadError, ReadErrorKind};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Article JSON 1.x.
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

/// What is known about the bytes from outside.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// File name or last part of the address.
    pub name: &'a str,
    /// Media type, as a server declared it.
    pub media_type: &'a str,
    /// Where they came from; addresses inside are resolved against it where the article has none of its own.
    pub url: &'a str,
    /// The format that the user says it is.
    pub format: Option<Format>,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// In normal form; at least one.
    pub articles: Vec<Article>,
    /// As what they were read.
    pub format: Format,
    /// What could not be used, and what was left out.
    pub warnings: Vec<Warning>,
}

/// Reads the articles in `bytes`.
///
/// # Errors
/// Only where there is nothing to show; a damaged article is read with warnings.
pub fn read(_bytes: &[u8], _hint: &Hint<'_>, _parse: ParseHtml) -> Result<Reading, ReadError> {
    Err(ReadError::new(ReadErrorKind::Empty))
}
