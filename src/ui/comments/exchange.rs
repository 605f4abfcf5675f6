//! What goes to and comes from where comments are kept: listing, posting, changing, deleting, files.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::json::json;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{CHUNK, Discussion, Listing, SORT_KEY, STEP, Setting};
use super::words;
use crate::browser::{calls, clock, modules, storage, timer};
use crate::comments::caps::{Format, Kept, Sort};
use crate::comments::draft::{Draft, Field, SAVED_AUTHOR_KEY, SavedAuthor};
use crate::comments::file::Entries;
use crate::comments::provider::{Answer, Created, Fate, Refusal, Submission};
use crate::comments::sent::{self, Sent, SentList};
use crate::comments::votes::Vote;
use crate::comments::{Body, Comment, Moment, State, Thread};

/// Pages read to find one comment.
const MOST_PAGES: usize = 20;
/// Levels of threads up which what comments answer is asked for.
const MOST_LEVELS: usize = 10;
/// Milliseconds that clocks may differ.
const CLOCKS_DIFFER: i64 = 600_000;

impl Discussion {
    /// Adds a comment to those of this browser; its name.
    pub async fn keep_here(self, draft: Draft, id: String) -> Result<String, Refusal> {
        let setting = self.setting();
        self.keep_author(&draft);
        let text = draft.get(Field::Comment).to_owned();
        let submission = Submission { draft, text, id, at: clock::now() };
        let answer = calls::execute(&setting.provider.create(&setting.thread, &submission)).await;
        let created = setting.provider.created(&submission, &answer)?;
        self.show_stored(&answer);
        Ok(self.posted(&created.comment, words::POSTED))
    }

    /// Shows a comment that has arrived, where it belongs to what is shown, and remembers it; its name.
    pub(super) async fn arrived(self, setting: &Setting, submission: &Submission, created: Created) -> String {
        self.remember_sent(&setting.thread.key, |list| list.put(Sent::new(&created, submission)));
        if !self.shows(&setting.thread.key) {
            return String::new();
        }
        let mut comments = vec![Comment { mine: true, ..created.comment.clone() }];
        let is_as_typed = setting.caps.format == Format::Markdown || comments[0].state == State::Held;
        if is_as_typed || !rebuild(&mut comments).await {
            comments[0].body = Body::Markdown(submission.draft.get(Field::Comment).to_owned());
        }
        let is_new = self.listed.try_with_untracked(|listed| listed.iter().all(|other| other.id != created.comment.id));
        self.listed.try_update(|listed| {
            listed.retain(|other| other.id != created.comment.id);
            listed.extend(comments.into_iter().map(Arc::new));
        });
        if is_new == Some(true) {
            self.total.try_update(|total| *total = total.map(|total| total + 1));
        }
        let is_held = created.comment.state == State::Held;
        self.posted(&created.comment, if is_held { words::NOW_HELD } else { words::POSTED })
    }

    /// The server has it already, from a time when its answer was lost: it is in the list, or held.
    pub(super) async fn delivered_before(self, setting: &Setting, submission: &Submission) -> String {
        if self.shows(&setting.thread.key) {
            self.refresh().await;
        }
        let since = submission.at.0 - CLOCKS_DIFFER;
        let name = submission.draft.get(Field::Name);
        let found = self.listed.try_with_untracked(|listed| {
            listed.iter().rev().find(|one| one.author.name == name && one.created.0 > since && !one.mine).cloned()
        });
        let comment = found.flatten().as_deref().cloned().unwrap_or_else(|| Comment {
            id: submission.id.clone(),
            parent: submission.draft.parent.clone(),
            author: crate::comments::Author { name: name.to_owned(), url: String::new() },
            created: submission.at,
            state: State::Held,
            ..Comment::default()
        });
        let created = Created { comment, token: String::new(), change_for: 0 };
        self.remember_sent(&setting.thread.key, |list| list.put(Sent::new(&created, submission)));
        if !self.shows(&setting.thread.key) {
            return String::new();
        }
        self.listed.try_update(|listed| {
            let mut comments = listed.iter().map(|one| (**one).clone()).collect();
            self.sent.try_update_untracked(|sent| sent.complete(&mut comments));
            *listed = comments.into_iter().map(Arc::new).collect();
        });
        self.posted(&created.comment, words::ALREADY_POSTED)
    }

    /// Whether the comments of that thread are those that are shown.
    pub(super) fn shows(self, thread: &str) -> bool {
        self.setting.try_with_value(|setting| setting.thread.key == thread).unwrap_or(false)
    }

    fn posted(self, comment: &Comment, said: &'static str) -> String {
        self.say(said);
        let (id, parent, state) = (&comment.id, &comment.parent, comment.state.as_str());
        self.tell("recto-comment-posted", json!({ "id": id, "parent": parent, "state": state }));
        let anchor = self.forest.try_with_untracked(|forest| forest.anchor_of(&comment.id).map(str::to_owned));
        let anchor = anchor.flatten().unwrap_or_default();
        self.target.try_set(anchor.clone());
        anchor
    }

    /// Changes the text of a comment, and leaves a way back for some seconds.
    pub async fn change(self, id: &str, markdown: &str) -> Result<(), Refusal> {
        let before = self.listed.with_untracked(|listed| listed.iter().rfind(|one| one.id == id).cloned());
        let before = before.and_then(|comment| self.source_of(&comment)).filter(|before| before != markdown);
        self.put_text(id, markdown).await?;
        self.say(words::CHANGED);
        self.offer_undo(before.map(|before| (id.to_owned(), before)));
        Ok(())
    }

    /// Gives a comment the text back that it had before it was changed.
    pub async fn undo_change(self) {
        let Some((id, before)) = self.changed.get_untracked() else { return };
        self.take_focus_of(&id);
        self.changed.set(None);
        match self.put_text(&id, &before).await {
            Ok(()) => self.say(words::RESTORED),
            Err(refusal) => self.say(words::refusal(&refusal)),
        }
    }

    async fn put_text(self, id: &str, markdown: &str) -> Result<(), Refusal> {
        let setting = self.setting();
        let token = self.token_of(id);
        let call = setting.provider.update(&setting.thread, id, markdown, clock::now(), &token);
        let answer = calls::execute(&call.ok_or(Refusal::NotYours)?).await;
        let changed = setting.provider.changed(id, &answer);
        if changed == Err(Refusal::NotYours) {
            self.give_up(&setting, id);
        }
        let changed = changed?;
        if setting.caps.kept == Kept::Here {
            self.show_stored(&answer);
        } else {
            self.remember_sent(&setting.thread.key, |list| {
                if let Some(sent) = list.comments.iter_mut().rfind(|sent| sent.id == id) {
                    sent.markdown = markdown.to_owned();
                }
            });
            if let Some(comment) = changed {
                let body = Body::Markdown(markdown.to_owned());
                self.replace(id, Some(&Comment { mine: true, body, ..comment }));
            }
        }
        Ok(())
    }

    /// Has a vote counted; what is to be said where it was not.
    pub async fn vote(self, id: &str, vote: Vote) -> Option<&'static str> {
        let setting = self.setting();
        let answer = calls::execute(&setting.provider.vote(id, vote)?).await;
        match setting.provider.voted(&answer) {
            Ok(votes) => {
                self.votes.try_update(|all| all.insert(id.to_owned(), votes));
                self.say(words::VOTED);
                None
            }
            Err(refusal) => {
                let words = words::not_voted(&refusal);
                self.say(words);
                Some(words)
            }
        }
    }

    /// Puts the threads into another order.
    pub fn sort_by(self, sort: Sort) {
        storage::set(SORT_KEY, sort.as_str());
        self.begin_to_grow(0);
        self.sort.set(sort);
        // What is not here yet may belong before what is.
        if self.next.with_untracked(Option::is_some) {
            spawn_local(self.refresh());
        }
    }

    /// Deletes a comment.
    pub(super) async fn delete(self, id: &str) {
        if self.forget_outgoing(id) {
            self.deleting.try_update(|deleting| deleting.retain(|other| other != id));
            return;
        }
        let Some(setting) = self.setting.try_get_value() else { return };
        let token = self.token_of(id);
        let Some(call) = setting.provider.delete(&setting.thread, id, clock::now(), &token) else { return };
        let answer = calls::execute(&call).await;
        if setting.caps.kept == Kept::Here {
            self.show_stored(&answer);
        } else {
            match setting.provider.changed(id, &answer) {
                Ok(left) => self.replace(id, left.as_ref()),
                Err(Refusal::Gone) => self.replace(id, None),
                Err(refusal) => {
                    if refusal == Refusal::NotYours {
                        self.give_up(&setting, id);
                    }
                    self.say(words::refusal(&refusal));
                }
            }
        }
        self.deleting.try_update(|deleting| deleting.retain(|other| other != id));
    }

    /// Forgets the own copy of a comment that the server has no more.
    pub fn forget_copy(self, comment: &Comment) {
        let setting = self.setting();
        self.remember_sent(&setting.thread.key, |list| list.comments.retain(|sent| !sent.is_of(comment)));
        self.replace(&comment.id, None);
    }

    /// Puts a comment in the place of the one with that identifier, or takes that away.
    fn replace(self, id: &str, comment: Option<&Comment>) {
        self.listed.try_update(|listed| {
            if let Some(place) = listed.iter().rposition(|one| one.id == id) {
                match comment {
                    Some(comment) => listed[place] = Arc::new(comment.clone()),
                    None => drop(listed.remove(place)),
                }
            }
        });
        if comment.is_none() {
            self.total.try_update(|total| *total = total.map(|total| total.saturating_sub(1)));
        }
    }

    /// The server does not take this browser for the author's: nothing more is offered.
    fn give_up(self, setting: &Setting, id: &str) {
        self.remember_sent(&setting.thread.key, |list| {
            list.comments.iter_mut().filter(|sent| sent.id == id).for_each(|sent| sent.until = Moment(0));
        });
    }

    /// What proves that a comment is this reader's.
    pub(super) fn token_of(self, id: &str) -> String {
        let token = |list: &SentList| list.comments.iter().rfind(|sent| sent.id == id).map(|sent| sent.token.clone());
        self.sent.try_with_untracked(token).flatten().unwrap_or_default()
    }

    /// Changes what is stored of what was sent, as it is at this moment: another tab may have sent something.
    pub(super) fn remember_sent(self, thread: &str, change: impl FnOnce(&mut SentList)) {
        let key = sent::key(thread);
        let stored = storage::get(&key);
        let mut list = SentList::from_text(stored.as_deref().unwrap_or_default(), clock::now());
        change(&mut list);
        let text = list.to_text();
        if list.comments.is_empty() {
            storage::remove(&key);
        } else if stored.as_deref() != Some(&text) {
            storage::set(&key, &text);
        }
        if self.shows(thread) {
            self.sent.try_set(list);
        }
    }

    /// Reads the comments anew.
    pub(super) async fn refresh(self) {
        self.load("").await;
    }

    /// Shows more of what is here; where that is all, reads the next page.
    pub async fn load_more(self) {
        self.grow().await;
        let most = self.most.get_untracked();
        let shown = self.forest.with_untracked(|forest| if forest.is_cut() { most } else { forest.shown() });
        if let (false, Some(next)) = (self.forest.with_untracked(|forest| forest.is_cut()), self.next.get_untracked()) {
            self.load(&next).await;
        }
        self.most.try_set(shown.max(most) + STEP);
        self.begin_to_grow(shown + CHUNK);
        let first = self.forest.try_with_untracked(|forest| forest.at(shown).map(|node| node.anchor.clone()));
        timer::sleep(0).await;
        self.bring(&first.flatten().unwrap_or_default());
    }

    /// Reads further pages until the comment of that name is there.
    pub(super) async fn reach(self, anchor: &str) {
        for _ in 0..MOST_PAGES {
            let is_there = self.forest.try_with_untracked(|forest| forest.find(anchor).is_some());
            let next = self.next.try_get_untracked().flatten();
            let (Some(false), Some(next)) = (is_there, next) else { return };
            self.load(&next).await;
        }
    }

    /// Reads one page, and shows it in place of all, or after what is there.
    async fn load(self, next: &str) {
        let Some(setting) = self.setting.try_get_value() else { return };
        if setting.caps.kept == Kept::Here {
            return self.show_stored(&calls::execute(&setting.provider.list(&setting.thread, Sort::Oldest, "")).await);
        }
        if self.listing.try_set(Listing::Loading).is_some() {
            return;
        }
        let Some(sort) = self.sort.try_get_untracked() else { return };
        let answer = calls::execute(&setting.provider.list(&setting.thread, sort, next)).await;
        self.set_clock(&answer);
        // A long list is read, put in order and shown with room for other things in between.
        timer::sleep(0).await;
        let listing = match setting.provider.listed(next, &answer) {
            Err(refusal) => Listing::Failed(refusal),
            Ok(mut page) => {
                let known =
                    if next.is_empty() { Vec::new() } else { self.listed.try_get_untracked().unwrap_or_default() };
                self.add_parents(&setting, &mut page.comments, &known).await;
                if rebuild(&mut page.comments).await && self.section().try_get_untracked().is_some() {
                    let following = setting.provider.next(next, &page);
                    let before = self.listed.try_get_untracked().unwrap_or_default();
                    // Parents that were asked for come again in their own page.
                    let is_new = |one: &Arc<Comment>| {
                        page.comments.iter().any(|new| new.id == one.id && new.created == one.created)
                    };
                    let kept = before.iter().filter(|one| !next.is_empty() && !is_held_back(one) && !is_new(one));
                    let mut comments: Vec<Comment> = kept.map(|one| (**one).clone()).collect();
                    comments.extend(page.comments);
                    timer::sleep(0).await;
                    self.remember_sent(&setting.thread.key, |list| list.complete(&mut comments));
                    let shown = self.forest.try_with_untracked(|forest| forest.shown());
                    self.begin_to_grow(shown.unwrap_or_default());
                    self.votes.try_update(|votes| votes.extend(page.votes));
                    self.note_newest(&comments, following.is_none());
                    self.total.try_set(page.total);
                    self.asks.try_set(page.asks);
                    self.next.try_set(following);
                    self.listed.try_set(comments.into_iter().map(Arc::new).collect());
                    spawn_local(self.ask_after_held(Arc::clone(&setting)));
                    Listing::Done
                } else {
                    Listing::Failed(Refusal::Unreachable)
                }
            }
        };
        self.listing.try_set(listing);
    }

    /// Adds what comments answer, where the server gives the newest first and lists that later. `known` are here already.
    pub(super) async fn add_parents(self, setting: &Setting, comments: &mut Vec<Comment>, known: &[Arc<Comment>]) {
        let mut asked = BTreeSet::new();
        for _ in 0..MOST_LEVELS {
            if !setting.provider.parts_threads() {
                return;
            }
            let here: BTreeSet<&str> =
                comments.iter().chain(known.iter().map(AsRef::as_ref)).map(|one| &*one.id).collect();
            let parents = comments.iter().map(|comment| &*comment.parent);
            let missing = parents.filter(|id| !id.is_empty() && !here.contains(id) && !asked.contains(*id));
            let missing: BTreeSet<String> = missing.map(str::to_owned).collect();
            let Some(call) = setting.provider.these(&missing.iter().map(String::as_str).collect::<Vec<_>>()) else {
                return;
            };
            let Ok(page) = setting.provider.listed("", &calls::execute(&call).await) else { return };
            comments.extend(page.comments);
            asked.extend(missing);
        }
    }

    /// Asks what became of comments that were held.
    async fn ask_after_held(self, setting: Arc<Setting>) {
        let held: Vec<_> = self.listed.try_get_untracked().unwrap_or_default();
        for comment in held.iter().filter(|one| one.mine && one.state == State::Held) {
            let Some(call) = setting.provider.look(&comment.id, &self.token_of(&comment.id)) else { continue };
            let fate = setting.provider.fate(&calls::execute(&call).await);
            if matches!(fate, Fate::Published | Fate::Gone) && self.listed.try_get_untracked().is_some() {
                self.remember_sent(&setting.thread.key, |list| list.note(comment, fate));
                let state = if fate == Fate::Gone { State::Refused } else { State::Published };
                self.replace(&comment.id, Some(&Comment { state, ..(**comment).clone() }));
            }
        }
    }

    /// Shows the comments of this browser.
    fn show_stored(self, answer: &Answer) {
        let Some(setting) = self.setting.try_get_value() else { return };
        match setting.provider.listed("", answer) {
            Ok(page) => drop(self.listed.try_set(page.comments.into_iter().map(Arc::new).collect())),
            Err(refusal) => self.say(words::refusal(&refusal)),
        }
        self.listing.try_set(Listing::Done);
    }

    /// Deletes every own comment; the text of a file that brings them back.
    pub async fn delete_all(self) -> Result<String, Refusal> {
        let setting = self.setting();
        let copy = self.export().await?;
        self.show_stored(&calls::execute(&setting.provider.delete_all(&setting.thread)).await);
        self.say(words::ALL_DELETED);
        Ok(copy)
    }

    /// Own comments as the text of a file.
    pub async fn export(self) -> Result<String, Refusal> {
        let setting = self.setting();
        let answer = calls::execute(&setting.provider.list(&setting.thread, Sort::Oldest, "")).await;
        setting.provider.exported(&setting.thread, &answer)
    }

    /// Adds the comments of a file; how many were new.
    pub async fn import(self, threads: &[Entries]) -> Result<usize, Refusal> {
        let setting = self.setting();
        let mut count = 0;
        for entries in threads {
            let listed = Thread { key: entries.key.clone(), ..Thread::default() };
            let before = calls::execute(&setting.provider.list(&listed, Sort::Oldest, "")).await;
            let before = setting.provider.listed("", &before)?.comments.len();
            let after = calls::execute(&setting.provider.import(entries)).await;
            count += setting.provider.listed("", &after)?.comments.len() - before;
        }
        self.refresh().await;
        Ok(count)
    }

    pub(super) fn keep_author(self, draft: &Draft) {
        if self.remember.get_untracked() {
            let [_, name, email, url] = draft.fields.clone();
            storage::set(SAVED_AUTHOR_KEY, &SavedAuthor { name, email, url }.to_text());
        }
    }
}

/// Own copies of what the server does not list: they are added anew with every page.
fn is_held_back(comment: &Comment) -> bool {
    comment.mine && matches!(comment.state, State::Held | State::Refused)
}

/// Makes markup of ours of what servers sent; false where the part of the program that does it did not arrive.
pub(super) async fn rebuild(comments: &mut [Comment]) -> bool {
    let mut foreign = Vec::new();
    for comment in &*comments {
        if let Body::Foreign(html) = &comment.body {
            foreign.push(html.clone());
        }
    }
    if foreign.is_empty() {
        return true;
    }
    let Some(made) = modules::foreign_comments(foreign).await else { return false };
    let mut made = made.into_iter();
    for comment in comments {
        if matches!(comment.body, Body::Foreign(_)) {
            comment.body = Body::Html(made.next().unwrap_or_default());
        }
    }
    true
}
