//! Comments in this browser alone: one stored file of comments for each article.
//!
//! Every change is a read-modify-write on what is stored at that moment, so that two tabs do not undo each other.

use super::{Answer, Call, Page, Refusal, Submission};
use crate::article::FieldRule;
use crate::comments::caps::{Format, Kept, Post, Sort, Unit};
use crate::comments::draft::Field;
use crate::comments::file::{self, Entries, Entry, EntryAuthor, File};
use crate::comments::{Caps, Comment, Moment, State, Thread};

/// What the keys of stored comments begin with; the thread's key follows.
pub const STORAGE_PREFIX: &str = "recto:comments:";

/// What becomes of the stored comments of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Amendment {
    thread: Thread,
    change: Change,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    Merge(Vec<Entry>),
    Edit { id: String, markdown: String, at: Moment },
    Delete { id: String, at: Moment },
    Clear,
}

/// What is stored cannot be read, so that changing it would lose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl Amendment {
    /// What is to be stored in place of `stored`; `None` for nothing.
    pub fn apply(&self, stored: Option<&str>) -> Result<Option<String>, Damaged> {
        if self.change == Change::Clear {
            return Ok(None);
        }
        let mut entries = read(&self.thread, stored)?;
        match &self.change {
            Change::Merge(others) => {
                entries.merge(others);
            }
            Change::Edit { id, markdown, at } => {
                if let Some(entry) = entries.comments.iter_mut().find(|entry| entry.id == *id) {
                    entry.markdown.clone_from(markdown);
                    entry.modified = Some(*at);
                }
            }
            Change::Delete { id, at } => delete(&mut entries.comments, id, *at),
            Change::Clear => entries.comments.clear(),
        }
        Ok((!entries.comments.is_empty()).then(|| File::of(entries).to_text()))
    }
}

/// WordPress's fields, rules and limits, so that the form is the one that people know.
pub(super) fn caps() -> Caps {
    Caps {
        post: Post::Open,
        kept: Kept::Here,
        name: FieldRule::Required,
        email: FieldRule::Required,
        website: FieldRule::Optional,
        longest: [65_525, 245, 100, 200],
        unit: Unit::Bytes,
        shortest: 1,
        edit: true,
        delete: true,
        depth: 5,
        format: Format::Markdown,
        sorts: &[Sort::Oldest, Sort::Newest],
    }
}

pub(super) fn key(thread: &str) -> String {
    [STORAGE_PREFIX, thread].concat()
}

pub(super) fn amend(thread: &Thread, change: Change) -> Call {
    Call::Amend { key: key(&thread.key), amendment: Amendment { thread: thread.clone(), change } }
}

/// The entry that a submission becomes.
pub(super) fn entry(submission: &Submission) -> Entry {
    let text = |field| submission.draft.get(field).to_owned();
    Entry {
        id: submission.id.clone(),
        parent: submission.draft.parent.clone(),
        author: EntryAuthor { name: text(Field::Name), email: text(Field::Email), url: text(Field::Website) },
        created: Some(submission.at),
        modified: None,
        markdown: text(Field::Comment),
        state: State::Published,
    }
}

pub(super) fn entries(thread: &Thread, answer: &Answer) -> Result<Entries, Refusal> {
    match answer {
        Answer::Stored(stored) => read(thread, stored.as_deref()).map_err(|Damaged| Refusal::Damaged),
        Answer::Full => Err(Refusal::Full),
        _ => Err(Refusal::Damaged),
    }
}

pub(super) fn page(answer: &Answer) -> Result<Page, Refusal> {
    let entries = entries(&Thread::default(), answer)?;
    Ok(Page { comments: entries.comments.iter().map(Entry::to_comment).collect(), ..Page::default() })
}

pub(super) fn find(answer: &Answer, id: &str) -> Result<Comment, Refusal> {
    let entries = entries(&Thread::default(), answer)?;
    let entry = entries.comments.iter().find(|entry| entry.id == id && entry.state != State::Deleted);
    entry.map(Entry::to_comment).ok_or(Refusal::Gone)
}

fn read(thread: &Thread, stored: Option<&str>) -> Result<Entries, Damaged> {
    let Some(stored) = stored else { return Ok(Entries::empty(thread)) };
    let (file, _) = file::read(stored).map_err(|_| Damaged)?;
    Ok(file.threads.into_iter().next().unwrap_or_else(|| Entries::empty(thread)))
}

/// Takes a comment out, or leaves its place empty where replies to it remain.
fn delete(entries: &mut Vec<Entry>, id: &str, at: Moment) {
    if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
        let Entry { id, parent, created, .. } = std::mem::take(entry);
        *entry = Entry { id, parent, created, modified: Some(at), state: State::Deleted, ..Entry::default() };
    }
    loop {
        let before = entries.len();
        let parents: Vec<String> = entries.iter().map(|entry| entry.parent.clone()).collect();
        entries.retain(|entry| entry.state != State::Deleted || parents.contains(&entry.id));
        if entries.len() == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::provider::Provider;
    use crate::comments::{Draft, State};

    /// What the browser does with a call.
    fn execute(call: &Call, stored: &mut Option<String>) -> Answer {
        if let Call::Amend { amendment, .. } = call {
            match amendment.apply(stored.as_deref()) {
                Ok(amended) => *stored = amended,
                Err(Damaged) => return Answer::Damaged,
            }
        }
        Answer::Stored(stored.clone())
    }

    fn thread() -> Thread {
        Thread { key: "a".to_owned(), ..Thread::default() }
    }

    fn submission(id: &str, parent: &str) -> Submission {
        let fields = ["Hello *world*", "Ann & Bob", "ann@example.org", ""].map(str::to_owned);
        let draft = Draft { parent: parent.to_owned(), fields };
        Submission { draft, id: id.to_owned(), at: Moment(1000), ..Submission::default() }
    }

    fn post(id: &str, parent: &str, stored: &mut Option<String>) {
        let submission = submission(id, parent);
        let answer = execute(&Provider::Local.create(&thread(), &submission), stored);
        assert_eq!(Provider::Local.created(&submission, &answer).unwrap().comment.id, id);
    }

    fn listed(stored: &mut Option<String>) -> Vec<(String, State)> {
        let answer = execute(&Provider::Local.list(&thread(), Sort::Oldest, ""), stored);
        let comments = Provider::Local.listed("", &answer).unwrap().comments;
        comments.into_iter().map(|comment| (comment.id, comment.state)).collect()
    }

    #[test]
    fn comment_is_there_after_it_was_posted() {
        let mut stored = None;
        post("1", "", &mut stored);
        let answer = execute(&Provider::Local.list(&thread(), Sort::Oldest, ""), &mut stored);
        let comment = Provider::Local.listed("", &answer).unwrap().comments.remove(0);
        assert_eq!((comment.author.name.as_str(), comment.created), ("Ann & Bob", Moment(1000)));
        assert_eq!(comment.body.markdown(), Some("Hello *world*"));
        assert!(comment.mine);
    }

    #[test]
    fn posting_the_same_submission_again_changes_nothing() {
        let mut stored = None;
        post("1", "", &mut stored);
        let once = stored.clone();
        post("1", "", &mut stored);
        assert_eq!(stored, once);
    }

    #[test]
    fn edited_text_replaces_the_old_one() {
        let mut stored = None;
        post("1", "", &mut stored);
        let answer = execute(&Provider::Local.update(&thread(), "1", "Better", Moment(2000), "").unwrap(), &mut stored);
        let comment = Provider::Local.changed("1", &answer).unwrap();
        let comment = comment.unwrap();
        assert_eq!((comment.body.markdown(), comment.modified), (Some("Better"), Some(Moment(2000))));
        let answer = execute(&Provider::Local.update(&thread(), "2", "Lost", Moment(2000), "").unwrap(), &mut stored);
        assert_eq!(Provider::Local.changed("2", &answer), Err(Refusal::Gone));
    }

    #[test]
    fn deleted_comment_leaves_its_place_to_replies_only() {
        let mut stored = None;
        post("1", "", &mut stored);
        post("2", "1", &mut stored);
        execute(&Provider::Local.delete(&thread(), "1", Moment(2000), "").unwrap(), &mut stored);
        assert_eq!(listed(&mut stored), [("1".to_owned(), State::Deleted), ("2".to_owned(), State::Published)]);
        assert_eq!(stored.clone().unwrap_or_default().matches("Hello").count(), 1, "nothing of it is kept");
        execute(&Provider::Local.delete(&thread(), "2", Moment(2000), "").unwrap(), &mut stored);
        assert_eq!(stored, None);
    }

    #[test]
    fn deleting_everything_leaves_nothing() {
        let mut stored = Some("damaged".to_owned());
        execute(&Provider::Local.delete_all(&thread()), &mut stored);
        assert_eq!(stored, None);
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let mut stored = Some("damaged".to_owned());
        let submission = submission("1", "");
        let answer = execute(&Provider::Local.create(&thread(), &submission), &mut stored);
        assert_eq!(Provider::Local.created(&submission, &answer), Err(Refusal::Damaged));
        assert_eq!(stored.as_deref(), Some("damaged"));
    }

    #[test]
    fn exported_comments_are_imported_once() {
        let mut stored = None;
        post("1", "", &mut stored);
        post("2", "1", &mut stored);
        let answer = execute(&Provider::Local.list(&thread(), Sort::Oldest, ""), &mut stored);
        let text = Provider::Local.exported(&thread(), &answer).unwrap();
        let (file, warnings) = file::read(&text).unwrap();
        assert_eq!(warnings, []);
        let mut elsewhere = None;
        for _ in 0..2 {
            execute(&Provider::Local.import(&file.threads[0]), &mut elsewhere);
        }
        assert_eq!(elsewhere, stored);
    }

    #[test]
    fn threads_are_stored_apart() {
        let Call::Read { key } = Provider::Local.list(&thread(), Sort::Oldest, "") else { panic!("a read") };
        assert_eq!(key, "recto:comments:a");
    }
}
