//! Where comments are kept. A provider does no IO: it says what to ask for as a [`Call`], plain data that the
//! browser executes, and reads the [`Answer`]. So each can be tested natively, against recorded answers.

mod choice;
pub mod http;
mod isso;
mod json;
mod local;
mod wordpress;

use super::caps::Sort;
use super::draft::Problem;
use super::file::{Entries, File};
use super::votes::{Vote, Votes};
use super::{Caps, Comment, Draft, Moment, Thread};
use crate::article::FieldRule;
use http::{Request, Response};
use local::Change;
pub use local::{Amendment, Damaged, STORAGE_PREFIX};

/// Where the comments of a thread are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// In this browser.
    Local,
    /// On an Isso server at an address.
    Isso(String),
    /// On a WordPress site: its route for comments, and the post they are on.
    WordPress(String, u32),
    /// On a server of our own contract, at an address.
    Json(String),
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
    /// Asks a server.
    Http(Request),
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
    /// What the server answered.
    Http(Response),
    /// The browser had no network when it was asked for: nothing was sent.
    Offline,
    /// No answer that this page may read: the server is down, or does not allow this page.
    Unreachable,
    /// The server let too much time pass.
    Silent,
}

/// Comments as they were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The comments, in no particular order.
    pub comments: Vec<Comment>,
    /// There are more.
    pub has_more: bool,
    /// How many threads these are, where that leads to the next page.
    pub threads: usize,
    /// What the server calls the next page, where it has a name for it.
    pub cursor: String,
    /// How many comments there are in all, where that is known.
    pub total: Option<u32>,
    /// Votes on comments, by their identifiers, where votes are counted.
    pub votes: Vec<(String, Votes)>,
    /// Whether the server asks for a name and an email address, where it says so.
    pub asks: Option<[FieldRule; 2]>,
}

/// A draft on its way, with what only the outside can give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// What was written, tidied.
    pub draft: Draft,
    /// The comment in the form that the server keeps: see [`super::caps::Format`].
    pub text: String,
    /// An identifier that nothing else has.
    pub id: String,
    /// When it was submitted.
    pub at: Moment,
}

/// A comment that was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// The comment: published, or held.
    pub comment: Comment,
    /// What proves later on that it is the author's own; empty where that is a cookie, or nothing.
    pub token: String,
    /// Milliseconds in which it can be changed.
    pub change_for: i64,
}

/// What became of a comment that was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Everyone sees it.
    Published,
    /// It still awaits moderation, or was refused: there is no telling.
    Held,
    /// It is not there any more.
    Gone,
    /// The server did not say.
    Unknown,
}

/// What became of a submission whose answer was lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// It is there.
    Found(Box<Comment>),
    /// It is not there.
    Nowhere,
    /// It is not shown, but the server may hold it back.
    Hidden,
    /// The server did not say.
    Unanswered(Refusal),
}

/// Why an operation did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The browser has no room left.
    Full,
    /// What is stored here cannot be read.
    Damaged,
    /// The comment is not there any more.
    Gone,
    /// Something is wrong with fields.
    Fields(Vec<Problem>),
    /// The server has this comment already.
    Duplicate,
    /// So many seconds have to pass first.
    TooFast(u32),
    /// This reader has posted as much as the server allows.
    Quota,
    /// Only people who are logged in may post.
    LoginRequired,
    /// No more comments are accepted.
    Closed,
    /// The server does not take this browser for the author's.
    NotYours,
    /// The browser has no network.
    Offline,
    /// The server cannot be reached from this page.
    Unreachable,
    /// The server may or may not have taken it.
    Unsure,
    /// Another reason, in the server's words, which may be none.
    Other(String),
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
            Self::Isso(_) => isso::caps(),
            Self::WordPress(..) => wordpress::caps(),
            Self::Json(server) => json::caps(server),
        }
    }

    /// Asks for the comments of a thread: the first page where `next` is empty.
    pub fn list(&self, thread: &Thread, sort: Sort, next: &str) -> Call {
        match self {
            Self::Local => Call::Read { key: local::key(&thread.key) },
            Self::Isso(server) => isso::list(server, thread, sort, next),
            Self::WordPress(route, post) => wordpress::list(route, *post, sort, next),
            Self::Json(server) => json::list(server, thread, sort, next),
        }
    }

    /// Whether a reply may be on another page than what it answers.
    pub fn parts_threads(&self) -> bool {
        matches!(self, Self::WordPress(..))
    }

    /// Asks for comments by their identifiers; [`Provider::listed`] reads the answer. Nothing where there is no need to:
    /// see [`Provider::parts_threads`].
    pub fn these(&self, ids: &[&str]) -> Option<Call> {
        match self {
            Self::WordPress(route, post) if !ids.is_empty() => Some(wordpress::these(route, *post, ids)),
            _ => None,
        }
    }

    /// The comments of a thread, from the answer to [`Provider::list`]; of one in this browser, from any answer.
    ///
    /// # Errors
    /// When there are none to read.
    pub fn listed(&self, next: &str, answer: &Answer) -> Result<Page, Refusal> {
        match self {
            Self::Local => local::page(answer),
            Self::Isso(_) => isso::listed(answer),
            Self::WordPress(..) => wordpress::listed(answer, next),
            Self::Json(_) => json::listed(answer),
        }
    }

    /// What the page after this one is asked for by; nothing where there is none.
    pub fn next(&self, current: &str, page: &Page) -> Option<String> {
        let number = |least| current.parse::<usize>().unwrap_or(least);
        page.has_more.then(|| match self {
            Self::Isso(_) => (number(0) + page.threads).to_string(),
            Self::WordPress(..) => (number(1) + 1).to_string(),
            Self::Local | Self::Json(_) => page.cursor.clone(),
        })
    }

    /// Asks to add a comment.
    pub fn create(&self, thread: &Thread, submission: &Submission) -> Call {
        match self {
            Self::Local => local::amend(thread, Change::Merge(vec![local::entry(submission)])),
            Self::Isso(server) => isso::create(server, thread, submission),
            Self::WordPress(route, post) => wordpress::create(route, *post, submission),
            Self::Json(server) => json::create(server, thread, submission),
        }
    }

    /// The comment that was added.
    ///
    /// # Errors
    /// When it was not.
    pub fn created(&self, submission: &Submission, answer: &Answer) -> Result<Created, Refusal> {
        let created = match self {
            Self::Local => local::find(answer, &submission.id).map(|comment| Created {
                comment,
                token: String::new(),
                change_for: i64::MAX,
            }),
            Self::Isso(_) => isso::created(answer),
            Self::WordPress(..) => wordpress::created(submission, answer),
            Self::Json(_) => json::created(answer),
        };
        // What is new cannot be gone: nothing at this address keeps comments.
        created.map_err(|refusal| if refusal == Refusal::Gone { Refusal::Unreachable } else { refusal })
    }

    /// Asks for what tells whether a submission to a thread, answering `parent`, has arrived although its answer was
    /// lost; nothing where sending it again does no harm, because the server knows it again.
    pub fn seek(&self, thread: &Thread, parent: &str) -> Vec<Call> {
        match self {
            Self::Isso(server) => isso::seek(server, thread, parent),
            Self::Local | Self::WordPress(..) | Self::Json(_) => Vec::new(),
        }
    }

    /// What has become of a submission, from the answers to [`Provider::seek`]. `server_at` is when it was written, by
    /// the server's clock, where that is known; comments that `is_known` are others.
    pub fn sought(
        &self,
        submission: &Submission,
        server_at: Option<Moment>,
        answers: &[Answer],
        is_known: &dyn Fn(&Comment) -> bool,
    ) -> Sought {
        match self {
            Self::Isso(_) => isso::sought(submission, server_at, answers, is_known),
            Self::Local | Self::WordPress(..) | Self::Json(_) => Sought::Nowhere,
        }
    }

    /// Asks to change the text of a comment.
    pub fn update(&self, thread: &Thread, id: &str, markdown: &str, at: Moment, token: &str) -> Option<Call> {
        Some(match self {
            Self::Local => local::amend(thread, Change::Edit { id: id.to_owned(), markdown: markdown.to_owned(), at }),
            Self::Isso(server) => isso::update(server, id, markdown),
            Self::WordPress(..) => return None,
            Self::Json(server) => json::update(server, id, markdown, token),
        })
    }

    /// Asks to delete a comment.
    pub fn delete(&self, thread: &Thread, id: &str, at: Moment, token: &str) -> Option<Call> {
        Some(match self {
            Self::Local => local::amend(thread, Change::Delete { id: id.to_owned(), at }),
            Self::Isso(server) => isso::delete(server, id),
            Self::WordPress(..) => return None,
            Self::Json(server) => json::delete(server, id, token),
        })
    }

    /// The comment as it is now that it was changed; nothing where it was deleted.
    ///
    /// # Errors
    /// When nothing changed.
    pub fn changed(&self, id: &str, answer: &Answer) -> Result<Option<Comment>, Refusal> {
        match self {
            Self::Local => local::find(answer, id).map(Some),
            Self::Isso(_) => isso::changed(answer),
            Self::WordPress(..) => Err(Refusal::NotYours),
            Self::Json(_) => json::changed(answer),
        }
    }

    /// Asks to count a vote; nothing where votes are not counted.
    pub fn vote(&self, id: &str, vote: Vote) -> Option<Call> {
        match self {
            Self::Local | Self::WordPress(..) => None,
            Self::Isso(server) => Some(isso::vote(server, id, vote)),
            Self::Json(server) => Some(json::vote(server, id, vote)),
        }
    }

    /// The votes of a comment now that one was counted.
    ///
    /// # Errors
    /// When it was not; [`Refusal::Duplicate`] where another was before.
    pub fn voted(&self, answer: &Answer) -> Result<Votes, Refusal> {
        match self {
            Self::Local | Self::WordPress(..) => Err(Refusal::Gone),
            Self::Isso(_) => isso::voted(answer),
            Self::Json(_) => json::voted(answer),
        }
    }

    /// Asks what became of a comment that was held.
    pub fn look(&self, id: &str, token: &str) -> Option<Call> {
        match self {
            Self::Local => None,
            Self::Isso(server) => Some(isso::look(server, id)),
            // Of what it did not name there is nothing to ask.
            Self::WordPress(route, _) => id.parse::<u64>().is_ok().then(|| wordpress::look(route, id)),
            Self::Json(server) => Some(json::look(server, id, token)),
        }
    }

    /// What became of it.
    pub fn fate(&self, answer: &Answer) -> Fate {
        match self {
            Self::Local => Fate::Unknown,
            Self::Isso(_) => isso::fate(answer),
            Self::WordPress(..) => wordpress::fate(answer),
            Self::Json(_) => json::fate(answer),
        }
    }

    /// Asks to delete every comment of a thread in this browser.
    pub fn delete_all(&self, thread: &Thread) -> Call {
        local::amend(thread, Change::Clear)
    }

    /// Asks to add comments from a file to this browser's, each to the thread it names.
    pub fn import(&self, entries: &Entries) -> Call {
        let Entries { key, url, title, comments } = entries.clone();
        local::amend(&Thread { key, url, title }, Change::Merge(comments))
    }

    /// The comments of a thread in this browser as the text of a file, from the answer to [`Provider::list`].
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn exported(&self, thread: &Thread, answer: &Answer) -> Result<String, Refusal> {
        local::entries(thread, answer).map(|entries| File::of(entries).to_text())
    }
}
