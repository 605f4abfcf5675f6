//! Where comments are kept. A provider does no IO: it says what to ask for as a [`Call`], plain data that the
//! browser executes, and reads the [`Answer`]. So each can be tested natively, against recorded answers.
//!
//! A server's provider will be one more variant of [`Provider`], and its requests one more kind of call.

mod local;

use super::file::{Entries, File};
use super::{Caps, Comment, Draft, Moment, Thread};
use local::Change;
pub use local::{Amendment, Damaged, STORAGE_PREFIX};

/// Where the comments of a thread are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// In this browser.
    Local,
}

/// Something to ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// Reads what is stored under a key.
    Read {
        /// The key.
        key: String,
    },
    /// Reads what is stored under a key at this moment, amends it and stores the result, with nothing in between.
    Amend {
        /// The key.
        key: String,
        /// What becomes of it.
        amendment: Amendment,
    },
}

/// What came of a [`Call`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What is stored now; nothing where the key is not there.
    Stored(Option<String>),
    /// There is no room left; nothing changed.
    Full,
    /// What is stored cannot be read, and was left alone.
    Damaged,
}

/// Comments as they were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The comments, in no particular order.
    pub comments: Vec<Comment>,
}

/// A draft on its way, with what only the outside can give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// What was written, tidied.
    pub draft: Draft,
    /// An identifier that nothing else has.
    pub id: String,
    /// When it was submitted.
    pub at: Moment,
}

/// Why an operation did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The browser has no room left.
    Full,
    /// What is stored here cannot be read.
    Damaged,
    /// The comment is not there any more.
    Gone,
}

impl Provider {
    /// Comments in this browser alone.
    pub const fn local() -> Self {
        Self::Local
    }

    /// What it allows.
    pub fn caps(&self) -> Caps {
        match self {
            Self::Local => local::caps(),
        }
    }

    /// Asks for the comments of a thread.
    pub fn list(&self, thread: &Thread) -> Call {
        match self {
            Self::Local => Call::Read { key: local::key(&thread.key) },
        }
    }

    /// The comments of a thread, from the answer to [`Provider::list`] or to any other call.
    pub fn listed(&self, answer: &Answer) -> Result<Page, Refusal> {
        match self {
            Self::Local => local::page(answer),
        }
    }

    /// Asks to add a comment.
    pub fn create(&self, thread: &Thread, submission: &Submission) -> Call {
        match self {
            Self::Local => local::amend(thread, Change::Merge(vec![local::entry(submission)])),
        }
    }

    /// The comment that was added.
    pub fn created(&self, submission: &Submission, answer: &Answer) -> Result<Comment, Refusal> {
        match self {
            Self::Local => local::find(answer, &submission.id),
        }
    }

    /// Asks to change the text of a comment.
    pub fn update(&self, thread: &Thread, id: &str, markdown: &str, at: Moment) -> Call {
        match self {
            Self::Local => local::amend(thread, Change::Edit { id: id.to_owned(), markdown: markdown.to_owned(), at }),
        }
    }

    /// The comment that was changed.
    pub fn updated(&self, id: &str, answer: &Answer) -> Result<Comment, Refusal> {
        match self {
            Self::Local => local::find(answer, id),
        }
    }

    /// Asks to delete a comment.
    pub fn delete(&self, thread: &Thread, id: &str, at: Moment) -> Call {
        match self {
            Self::Local => local::amend(thread, Change::Delete { id: id.to_owned(), at }),
        }
    }

    /// Asks to delete every comment of a thread.
    pub fn delete_all(&self, thread: &Thread) -> Call {
        match self {
            Self::Local => local::amend(thread, Change::Clear),
        }
    }

    /// Asks to add comments from a file, each to the thread it names.
    pub fn import(&self, entries: &Entries) -> Call {
        match self {
            Self::Local => {
                let Entries { key, url, title, comments } = entries.clone();
                local::amend(&Thread { key, url, title }, Change::Merge(comments))
            }
        }
    }

    /// The comments of a thread as the text of a file, from the answer to [`Provider::list`].
    pub fn exported(&self, thread: &Thread, answer: &Answer) -> Result<String, Refusal> {
        match self {
            Self::Local => local::entries(thread, answer).map(|entries| File::of(entries).to_text()),
        }
    }
}
