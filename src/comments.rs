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
pub mod forest;
pub mod markdown;
mod moment;
pub mod provider;

pub use caps::Caps;
pub use draft::Draft;
pub use moment::{Age, Moment};

use crate::article::{Article, Blocks, CommentEntry, CommentSettings, CommentStatus};

/// What the comments of one article are kept under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// Names it: the article's identifier, never the address of the page it happens to be read on.
    pub key: String,
    /// The article's canonical address, which may be empty.
    pub url: String,
    /// The article's title.
    pub title: String,
}

/// Who wrote a comment, as everyone may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// Name, as text.
    pub name: String,
    /// Website: http or https, or empty.
    pub url: String,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Everyone who can see the thread sees it.
    #[default]
    Published,
    /// It awaits moderation.
    Held,
    /// It was deleted; replies to it remain.
    Deleted,
}

/// One comment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comment {
    /// Its identifier, which servers may use again once it is deleted.
    pub id: String,
    /// The comment it answers; empty at the top level.
    pub parent: String,
    /// Who wrote it.
    pub author: Author,
    /// When; the beginning of 1970 where nobody knows.
    pub created: Moment,
    /// When it was last changed.
    pub modified: Option<Moment>,
    /// What it says.
    pub body: Blocks,
    /// The Markdown it was written as, where that is known.
    pub source: Option<String>,
    /// Where it stands.
    pub state: State,
    /// It was written in this browser, and may be edited and deleted here.
    pub mine: bool,
}

impl Thread {
    /// The thread of an article.
    pub fn of(article: &Article) -> Self {
        let title = article.title.plain_text();
        let key = [&article.id, &article.url, &title].into_iter().find(|key| !key.is_empty());
        Self { key: key.cloned().unwrap_or_default(), url: article.url.clone(), title }
    }
}

/// The comments that come with the article, read-only.
pub fn enclosed(settings: &CommentSettings) -> Vec<Comment> {
    settings.items.iter().enumerate().map(|(index, entry)| enclosed_comment(entry, index)).collect()
}

fn enclosed_comment(entry: &CommentEntry, index: usize) -> Comment {
    Comment {
        id: if entry.id.is_empty() { format!("article-{}", index + 1) } else { entry.id.clone() },
        parent: entry.parent.clone(),
        author: Author { name: entry.author.name.clone(), url: draft::website(&entry.author.url).unwrap_or_default() },
        created: entry.published.as_ref().map(Moment::from).unwrap_or_default(),
        modified: None,
        body: entry.body.clone(),
        source: None,
        state: match entry.status {
            CommentStatus::Published => State::Published,
            CommentStatus::Pending => State::Held,
        },
        mine: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Person};

    #[test]
    fn thread_is_named_by_the_article_before_its_address() {
        let mut article = Article { url: "https://example.org/a".to_owned(), ..Article::default() };
        assert_eq!(Thread::of(&article).key, "https://example.org/a");
        article.id = "a".to_owned();
        assert_eq!(Thread::of(&article).key, "a");
    }

    #[test]
    fn comments_of_the_article_are_read_only() {
        let author = Person { name: "Ann".to_owned(), url: "javascript:x()".to_owned(), ..Person::default() };
        let body = vec![Block::paragraph("Hello")].into();
        let pending = CommentEntry { author, body, status: CommentStatus::Pending, ..CommentEntry::default() };
        let settings = CommentSettings { items: vec![pending], ..CommentSettings::default() };
        let [comment] = &enclosed(&settings)[..] else { panic!("one comment") };
        assert_eq!((comment.id.as_str(), comment.author.name.as_str(), comment.mine), ("article-1", "Ann", false));
        assert_eq!((comment.author.url.as_str(), comment.state), ("", State::Held));
    }
}
