//! Article -> page: everything that showing an article takes, derived once.
//!
//! The part of the program that reads is apart from the interface, so that an article can be read before the interface
//! has arrived; this is what the one hands to the other, as JSON, with the markup beside it.

use crate::article::json::{Json, record};
use crate::article::{Article, CommentEntry, CommentFields, CommentStatus, Date, Direction, Inlines, Show};
use crate::comments::{Author, Body, Comment, Moment, State, Thread, draft};
use crate::html::{self, Options, SafeHtml};
use crate::json::Value;
use crate::outline::{self, Anchors, Entry};
use crate::reader::Format;
use crate::reading_time::reading_time;
use crate::warning::{Warning, Warnings};
use crate::{article, json};

record! {
    /// An article as the interface knows it.
    pub struct Page {
        /// Its title as plain text.
        pub title: String => "title",
        /// Its language, as a BCP 47 tag.
        pub language: String => "language",
        /// Its direction.
        pub direction: Direction => "direction",
        /// Characters of running text.
        pub characters: u32 => "characters",
        /// Minutes it takes to read.
        pub minutes: u32 => "minutes",
        /// Its contents list has a place beside the text.
        pub has_contents: bool => "hasContents",
        /// Title of the contents list, where it has one of its own.
        pub contents_title: String => "contentsTitle",
        /// The contents list.
        pub outline: Vec<Entry> => "outline",
        /// Where fragments lead.
        pub anchors: Anchors => "anchors",
        /// The comments on it.
        pub discussion: Discussion => "discussion",
        /// As what it was read.
        pub format: Format => "format",
        /// What could not be used.
        pub warnings: Vec<Warning> => "warnings",
    }
}

record! {
    /// Comments on an article: how they are made, and those that come with it.
    pub struct Discussion {
        /// What they belong to.
        pub thread: Thread => "thread",
        /// Where the article says that they are kept.
        pub endpoint: String => "endpoint",
        /// The post of a WordPress site that they are on.
        pub post: Option<u32> => "post",
        /// Whether there are comments at all; default true.
        pub enabled: Option<bool> => "enabled",
        /// No new ones are accepted.
        pub closed: bool => "closed",
        /// Which fields the form has.
        pub fields: CommentFields => "fields",
        /// Longest text accepted, in bytes of UTF-8.
        pub max_length: Option<u32> => "maxLength",
        /// How deep replies nest.
        pub thread_depth: Option<u32> => "threadDepth",
        /// What is welcome, shown above the form.
        pub policy: SafeHtml => "policy",
        /// Those that come with the article.
        pub items: Vec<Comment> => "items",
    }
}

/// Derives the page of a normalised article, and its markup.
pub fn page(article: &Article, format: Format, warnings: Vec<Warning>, options: &Options) -> (Page, SafeHtml) {
    let (entries, characters) = outline::measured(article);
    let time = reading_time(characters, &article.language);
    let count = outline::count(&entries);
    let page = Page {
        title: article.title.plain_text(),
        language: article.language.clone(),
        direction: article.direction,
        characters,
        minutes: article.reading_time_minutes.unwrap_or((time.slow + time.fast).div_ceil(2)),
        has_contents: match article.toc.show {
            Show::Auto => count >= 2,
            Show::Always => count >= 1,
            Show::Never => false,
        },
        contents_title: article.toc.title.clone(),
        outline: entries,
        anchors: outline::anchors(article),
        discussion: discussion(article),
        format,
        warnings,
    };
    (page, html::measured_article(article, characters, options))
}

impl Page {
    /// As text for another part of the program.
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }

    /// What [`Page::to_text`] wrote; from anywhere else it is not to be believed.
    pub fn from_text(text: &str) -> Option<Self> {
        let value: Value<'_> = json::parse(text).ok()?;
        Self::read(&value, &mut Warnings::default())
    }
}

/// An article of a file of several, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its title as plain text.
    pub title: String,
    /// When it was published.
    pub published: Option<Date>,
    /// Its language.
    pub language: String,
    /// The article, as Article JSON.
    pub json: String,
}

impl Choice {
    /// What there is to say about a normalised article.
    pub fn of(article: &Article) -> Self {
        Self {
            title: article.title.plain_text(),
            published: article.published,
            language: article.language.clone(),
            json: json::text(&Value::Object(article.to_json())),
        }
    }
}

fn discussion(article: &Article) -> Discussion {
    let settings = &article.comments;
    let policy = |policy: &Inlines| match policy.is_empty() {
        true => SafeHtml::default(),
        false => html::foreign_blocks(&vec![article::Block::paragraph(policy.clone())].into()),
    };
    Discussion {
        thread: thread(article),
        endpoint: settings.endpoint.clone(),
        post: post(article),
        enabled: settings.enabled,
        closed: settings.closed,
        fields: settings.fields.clone(),
        max_length: settings.max_length,
        thread_depth: settings.thread_depth,
        policy: policy(&settings.policy),
        items: settings.items.iter().enumerate().map(|(index, entry)| comment(entry, index)).collect(),
    }
}

/// What the comments on an article belong to: what stays the same when its file moves.
fn thread(article: &Article) -> Thread {
    let title = article.title.plain_text();
    let key = [&article.id, &article.url, &title].into_iter().find(|key| !key.is_empty());
    Thread { key: key.cloned().unwrap_or_default(), url: article.url.clone(), title }
}

/// The post of a WordPress site that an article was read from.
fn post(article: &Article) -> Option<u32> {
    json::decimal(article.extra.0.get("x-wordpress")?.get("post")?.as_number()?).map(|id| id as u32)
}

fn comment(entry: &CommentEntry, index: usize) -> Comment {
    Comment {
        id: if entry.id.is_empty() { format!("article-{}", index + 1) } else { entry.id.clone() },
        parent: entry.parent.clone(),
        author: Author { name: entry.author.name.clone(), url: draft::website(&entry.author.url).unwrap_or_default() },
        created: entry.published.as_ref().map(Moment::from).unwrap_or_default(),
        modified: None,
        body: Body::Html(html::foreign_blocks(&entry.body)),
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
    use crate::json::json;

    #[track_caller]
    fn page_of(article: &Value<'_>) -> (Page, SafeHtml) {
        let article = Article::from_json(article.as_object().expect("an article"), &mut Warnings::default());
        let article = article::normal::normalise(article, &mut Warnings::default());
        page(&article, Format::Native, Vec::new(), &Options::default())
    }

    #[test]
    fn pages_come_over_whole() {
        let (page, html) = page_of(&json!({
            "id": "a", "title": "T *", "language": "de", "direction": "ltr",
            "body": [{"type": "heading", "depth": 2, "children": "A"}, "text", {"type": "heading", "depth": 2, "children": "B"}],
            "comments": {"policy": "be kind", "maxLength": 9, "fields": {"email": "hidden"},
                "items": [{"author": {"name": "Ann"}, "published": "2024-10-16", "body": "Hello"}]},
        }));
        assert!(html.as_str().contains("<p>text</p>"));
        assert_eq!((page.title.as_str(), page.has_contents, page.outline.len()), ("T *", true, 2));
        assert_eq!(page.anchors.find("B"), Some("b"));
        assert!(page.discussion.policy.as_str().contains("be kind"));
        let text = page.to_text();
        assert_eq!(Page::from_text(&text).as_ref(), Some(&page), "{text}");
    }

    #[test]
    fn threads_are_named_by_the_article_before_its_address() {
        let key = |article: &Value<'_>| page_of(article).0.discussion.thread.key;
        assert_eq!(key(&json!({"title": "T", "url": "https://example.org/a", "id": "a"})), "a");
        assert_eq!(key(&json!({"title": "T", "url": "https://example.org/a"})), "https://example.org/a");
        assert_eq!(key(&json!({"title": "T"})), "T");
    }

    #[test]
    fn comments_of_the_article_are_read_only() {
        let (page, _) = page_of(&json!({"title": "T", "comments": {"items": [
            {"author": {"name": "Ann", "url": "javascript:x()"}, "body": "Hello", "status": "pending"}]}}));
        let [comment] = &page.discussion.items[..] else { panic!("one comment") };
        assert_eq!((comment.id.as_str(), comment.author.name.as_str(), comment.mine), ("article-1", "Ann", false));
        assert_eq!((comment.author.url.as_str(), comment.state), ("", State::Held));
        assert_eq!(comment.body.markdown(), None);
    }
}
