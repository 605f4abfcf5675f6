//! Why there is nothing to show.

use std::fmt;

use crate::warning::printable;

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// There are no bytes, or only white space.
    Empty,
    /// More bytes than are read.
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many are read at most.
        limit: usize,
    },
    /// A picture, a program, an archive.
    NotText {
        /// What it is.
        found: &'static str,
    },
    /// Nested deeper than is read.
    TooDeep,
    /// It starts like JSON and is not.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the parser says.
        message: &'static str,
    },
    /// An HTML page came where JSON was asked for.
    HtmlPage,
    /// JSON of no known shape.
    UnknownShape {
        /// What was found, in a few words: the type, and its first members.
        found: String,
    },
    /// Article JSON of a major version that this reader does not know.
    NewerVersion {
        /// The version.
        version: String,
    },
    /// A post that its site shows only with a password.
    Protected {
        /// Its title.
        title: String,
    },
}

/// Nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
}

impl ReadError {
    /// An error of this kind.
    pub fn new(kind: ReadErrorKind) -> Self {
        Self { kind }
    }

    /// Why.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }

    /// A stable word for why, by which other parts of the program know it.
    pub fn word(&self) -> &'static str {
        match self.kind {
            ReadErrorKind::Empty => "empty",
            ReadErrorKind::TooLarge { .. } => "too-large",
            ReadErrorKind::NotText { .. } => "not-text",
            ReadErrorKind::TooDeep => "too-deep",
            ReadErrorKind::NotJson { .. } => "not-json",
            ReadErrorKind::HtmlPage => "html-page",
            ReadErrorKind::UnknownShape { .. } => "unknown-shape",
            ReadErrorKind::NewerVersion { .. } => "newer-version",
            ReadErrorKind::Protected { .. } => "protected",
        }
    }
}

impl From<ReadErrorKind> for ReadError {
    fn from(kind: ReadErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ReadErrorKind::Empty => f.write_str("there is nothing to read"),
            ReadErrorKind::TooLarge { bytes, limit } => {
                write!(f, "{bytes} bytes are more than the {limit} that are read")
            }
            ReadErrorKind::NotText { found } => write!(f, "expected text, found {found}"),
            ReadErrorKind::TooDeep => f.write_str("nested deeper than is read"),
            ReadErrorKind::NotJson { line, column, message } => {
                write!(f, "not valid JSON at line {line}, column {column}: {message}")
            }
            ReadErrorKind::HtmlPage => f.write_str("expected JSON, found an HTML page"),
            ReadErrorKind::UnknownShape { found } => write!(f, "expected an article, found {found}"),
            ReadErrorKind::NewerVersion { version } => {
                write!(f, "expected Article JSON of version 1, found version {}", printable(version))
            }
            ReadErrorKind::Protected { title } if title.is_empty() => {
                f.write_str("the post is protected by a password")
            }
            ReadErrorKind::Protected { title } => {
                write!(f, "the post “{}” is protected by a password", printable(title))
            }
        }
    }
}

impl std::error::Error for ReadError {}
