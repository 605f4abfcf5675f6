//! Comments on an article: what they are, how they form threads, how one is written and checked, and where they
//! are kept.
//!
//! ```text
//! Draft ──problems──▶ Submission ──provider──▶ Call ⇄ Answer ──provider──▶ Comment ──forest──▶ the thread
//! ```
//!
//! Nothing here knows the browser or the clock: a [`provider`] says what to ask for as plain data and reads the
//! answer; who asks passes moments and fresh identifiers in.

pub mod avatar;
pub mod caps;
pub mod draft;
pub mod file;
pub mod flatten;
pub mod foreign;
pub mod forest;
pub mod markdown;
mod moment;
pub mod outbox;
pub mod provider;
pub mod sent;
pub mod votes;

pub use caps::Caps;
pub use draft::Draft;
pub use moment::{Age, Moment};

use crate::article::json::{Json, keyword, record};
use crate::html::{self, SafeHtml};
use crate::json::{Object, Value, json};
use crate::warning::Warnings;

record! {
    /// What the comments of one article are kept under.
    pub struct Thread {
        /// Names it: the article's identifier, never the address of the page it happens to be read on.
        pub key: String => "key",
        /// The article's canonical address, which may be empty.
        pub url: String => "url",
        /// The article's title.
        pub title: String => "title",
    }
}

record! {
    /// Who wrote a comment, as everyone may see it.
    pub struct Author {
        /// Name, as text.
        pub name: String => "name",
        /// Website: http or https, or empty.
        pub url: String => "url",
    }
}

keyword! {
    /// Where a comment stands.
    pub enum State {
        /// Everyone who can see the thread sees it.
        Published = "published",
        /// It awaits moderation.
        Held = "held",
        /// It was deleted; replies to it remain.
        Deleted = "deleted",
        /// It awaited moderation, and is not there any more.
        Refused = "refused",
    }
}

record! {
    /// One comment.
    pub struct Comment {
        /// Its identifier, which servers may use again once it is deleted.
        pub id: String => "id",
        /// The comment it answers; empty at the top level.
        pub parent: String => "parent",
        /// Who wrote it.
        pub author: Author => "author",
        /// When; the beginning of 1970 where nobody knows.
        pub created: Moment => "created",
        /// When it was last changed.
        pub modified: Option<Moment> => "modified",
        /// What it says.
        pub body: Body => "body",
        /// Where it stands.
        pub state: State => "state",
        /// It was written in this browser, and may be edited and deleted here.
        pub mine: bool => "mine",
    }
}

/// What a comment says.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The Markdown it was written as.
    Markdown(String),
    /// What was made of what came with an article or from a server.
    Html(SafeHtml),
    /// HTML from a server, which is shown only after markup of ours was made of it: see [`foreign`].
    Foreign(String),
}

impl Body {
    /// The Markdown, where it is known.
    pub fn markdown(&self) -> Option<&str> {
        match self {
            Self::Markdown(source) => Some(source),
            Self::Html(_) | Self::Foreign(_) => None,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Markdown(String::new())
    }
}

impl Json for Body {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value.get("html") {
            Some(html) => SafeHtml::read(html, warnings).map(Self::Html),
            None => String::read(value, warnings).map(Self::Markdown),
        }
    }
    fn write(&self) -> Value<'_> {
        match self {
            Self::Markdown(source) => source.write(),
            Self::Html(html) => json!({"html": html.as_str()}),
            Self::Foreign(_) => Value::Null,
        }
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"anyOf": [{"type": "string"}, {"type": "object"}]})
    }
}

/// The markup of a comment's Markdown.
pub fn html(markdown: &str) -> SafeHtml {
    html::foreign_blocks(&markdown::blocks(markdown))
}
