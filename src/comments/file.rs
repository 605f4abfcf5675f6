//! Comments as JSON: what is stored in this browser, exported and imported. One form serves all three.
//!
//! ```json
//! {"rectoComments": "1.0", "threads": [{"key": "article-1", "url": "", "title": "…", "comments": [
//!   {"id": "…", "parent": "", "author": {"name": "Ann", "email": "", "url": ""},
//!    "created": "2026-11-22T19:16:06.000Z", "markdown": "Hello *world*", "state": "published"}]}]}
//! ```

use super::avatar::fingerprint;
use super::{Author, Body, Comment, Moment, State, Thread, draft};
use crate::article::json::{Json, record};
use crate::json::{self, Value};
use crate::warning::{Warning, Warnings};

/// The version written; any 1.x is read.
const VERSION: &str = "1.0";

record! {
    /// A file of comments.
    pub struct File {
        /// Its version.
        pub version: String => "rectoComments",
        /// Comments by article.
        pub threads: Vec<Entries> => "threads",
    }
}

record! {
    /// The comments on one article.
    pub struct Entries {
        /// Names the thread.
        pub key: String => "key" required,
        /// The article's address.
        pub url: String => "url",
        /// The article's title.
        pub title: String => "title",
        /// The comments.
        pub comments: Vec<Entry> => "comments",
    }
}

record! {
    /// One comment.
    pub struct Entry {
        /// Its identifier.
        pub id: String => "id",
        /// The comment it answers.
        pub parent: String => "parent",
        /// Who wrote it.
        pub author: EntryAuthor => "author",
        /// When.
        pub created: Option<Moment> => "created",
        /// When it was last changed.
        pub modified: Option<Moment> => "modified",
        /// What it says.
        pub markdown: String => "markdown",
        /// Where it stands.
        pub state: State => "state",
    }
}

record! {
    /// Who wrote a comment.
    pub struct EntryAuthor {
        /// Name.
        pub name: String => "name",
        /// Email address, which is never shown.
        pub email: String => "email",
        /// Website.
        pub url: String => "url",
    }
}

/// A file that nothing can be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// It is not JSON.
    NotJson,
    /// It is JSON of another kind.
    NotComments,
    /// It was written by a later version of this kind of file.
    Newer(String),
}

impl File {
    /// A file of one thread.
    pub fn of(entries: Entries) -> Self {
        Self { version: VERSION.to_owned(), threads: vec![entries] }
    }

    /// The file as JSON.
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }
}

impl Entries {
    /// No comments on an article.
    pub fn empty(thread: &Thread) -> Self {
        let Thread { key, url, title } = thread.clone();
        Self { key, url, title, comments: Vec::new() }
    }

    /// Adds what is missing here and takes what is newer there. Says how many comments were new.
    pub fn merge(&mut self, others: &[Entry]) -> usize {
        let mut added = 0;
        for other in others {
            match self.comments.iter_mut().find(|entry| entry.id == other.id) {
                None => {
                    added += 1;
                    self.comments.push(other.clone());
                }
                Some(entry) if other.modified > entry.modified => entry.clone_from(other),
                Some(_) => {}
            }
        }
        added
    }
}

impl Entry {
    /// The comment, as one that was written here.
    pub fn to_comment(&self) -> Comment {
        let url = draft::website(&self.author.url).unwrap_or_default();
        Comment {
            id: self.id.clone(),
            parent: self.parent.clone(),
            author: Author { name: self.author.name.clone(), url },
            created: self.created.unwrap_or_default(),
            modified: self.modified,
            body: Body::Markdown(self.markdown.clone()),
            state: self.state,
            mine: self.state != State::Deleted,
        }
    }
}

/// Reads a file of comments leniently: what has no text is left out with a warning, what has no identifier gets
/// one that is the same whenever the file is read again.
pub fn read(text: &str) -> Result<(File, Vec<Warning>), FileError> {
    let value: Value<'_> = json::parse(text).map_err(|_| FileError::NotJson)?;
    let version = value.get("rectoComments").ok_or(FileError::NotComments)?;
    let version = version.as_str().map_or_else(|| json::text(version), str::to_owned);
    if version.split('.').next() != Some("1") {
        return Err(FileError::Newer(version));
    }
    let mut warnings = Warnings::default();
    let mut file = File::read(&value, &mut warnings).ok_or(FileError::NotComments)?;
    for (index, thread) in file.threads.iter_mut().enumerate() {
        let path = index.to_string();
        warnings.at("threads", |warnings| warnings.at(&path, |warnings| complete(thread, warnings)));
    }
    file.threads.retain(|thread| !thread.key.is_empty());
    Ok((file, warnings.into_list()))
}

fn complete(thread: &mut Entries, warnings: &mut Warnings) {
    if thread.key.is_empty() {
        warnings.warn(format!("comments of no article, left out: {}", thread.comments.len()));
    }
    thread.comments.retain(|entry| {
        let is_empty = entry.markdown.trim().is_empty() && entry.state != State::Deleted;
        if is_empty {
            warnings.warn(format!("comment `{}` has no text; left out", entry.id));
        }
        !is_empty
    });
    for entry in &mut thread.comments {
        if entry.id.is_empty() {
            let created = entry.created.unwrap_or_default().to_string();
            let hash = fingerprint(&[&entry.author.name, "\n", &created, "\n", &entry.markdown].concat());
            entry.id = format!("i{hash:x}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"rectoComments": "1.0", "threads": [{"key": "a", "comments": [
        {"id": "1", "author": {"name": "Ann"}, "created": "2026-11-22T19:16:06.500Z", "markdown": "One"},
        {"id": "2", "parent": "1", "author": {"name": "Bob"}, "markdown": "Two", "modified": "2026-11-22T20:00:00Z"}
    ]}]}"#;

    fn entries(text: &str) -> Entries {
        read(text).unwrap().0.threads.remove(0)
    }

    #[test]
    fn file_is_read_as_it_was_written() {
        let (file, warnings) = read(FILE).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(read(&file.to_text()).unwrap().0, file);
    }

    #[test]
    fn comments_from_a_file_are_my_own() {
        let comment = entries(FILE).comments[0].to_comment();
        assert!(comment.mine);
        assert_eq!((comment.author.name.as_str(), comment.body.markdown()), ("Ann", Some("One")));
        assert_eq!(comment.created.to_string(), "2026-11-22T19:16:06.500Z");
    }

    #[test]
    fn importing_twice_adds_nothing() {
        let mut mine = entries(FILE);
        assert_eq!(mine.merge(&entries(FILE).comments), 0);
        let unnamed = entries(&FILE.replace(r#""id": "1", "#, "")).comments;
        assert_eq!(mine.merge(&unnamed[..1]), 1);
        assert_eq!(mine.merge(&unnamed[..1]), 0);
        assert_eq!(mine.comments.len(), 3);
    }

    #[test]
    fn later_edit_wins_whichever_way_it_is_merged() {
        let newer = entries(&FILE.replace("Two", "Second").replace("20:00", "21:00"));
        let mut mine = entries(FILE);
        assert_eq!(mine.merge(&newer.comments), 0);
        assert_eq!(mine.comments[1].markdown, "Second");
        mine.merge(&entries(FILE).comments);
        assert_eq!(mine.comments[1].markdown, "Second");
    }

    #[test]
    fn damaged_entries_are_left_out_with_a_warning() {
        let text = FILE.replace("\"One\"", "[]").replace("Bob\"", "Bob\", \"nick\": 1");
        let (file, warnings) = read(&text).unwrap();
        assert_eq!(file.threads[0].comments.len(), 1);
        let paths: Vec<&str> = warnings.iter().map(|warning| warning.path.as_str()).collect();
        assert!(paths.contains(&"/threads/0/comments/0/markdown"), "{paths:?}");
        assert!(paths.contains(&"/threads/0"), "{paths:?}");
    }

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(read("hello"), Err(FileError::NotJson));
        assert_eq!(read("[]"), Err(FileError::NotComments));
        assert_eq!(read("{\"articleJson\": \"1.0\"}"), Err(FileError::NotComments));
        assert_eq!(read("{\"rectoComments\": \"2.0\"}"), Err(FileError::Newer("2.0".to_owned())));
    }
}
