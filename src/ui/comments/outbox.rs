//! What is on its way to servers: a comment is stored before its first byte is sent, and stays stored until the server is
//! known to have it. One tab sends at a time; all show it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Discussion, Place, SORT_KEY, Setting};
use super::words;
use crate::browser::indexed_db::{self, NotKept};
use crate::browser::{calls, clock, focus, locks, modules, network, random, storage, timer, visibility};
use crate::comments::caps::Format;
use crate::comments::draft::{Draft, Field, Problem, ProblemKind, SAVED_AUTHOR_KEY, TEXT_PREFIX};
use crate::comments::outbox::{MOST, Outcome, Outgoing, Stage, Step, Urgency};
use crate::comments::provider::{Answer, Refusal, STORAGE_PREFIX};
use crate::comments::sent::{self, SENT_PREFIX, SentList};
use crate::comments::{Comment, Moment};

/// Name of the lock that whoever sends holds, and of what tells other tabs that something changed.
const NAME: &str = "recto:outbox";

/// Where a comment is while it is on its way.
enum Shelf {
    /// Stored, as this text.
    Stored(String),
    /// Nowhere but here, because the browser stores nothing.
    Nowhere,
}

impl Shelf {
    /// Puts what it has become in the place of what it was; false where somebody else changed it.
    async fn put(&mut self, entry: &Outgoing) -> bool {
        let Self::Stored(before) = self else { return true };
        let text = entry.to_text();
        let is_ours = *before == text || indexed_db::swap(&entry.id, Some(before), Some(&text)).await == Ok(true);
        *before = text;
        is_ours
    }

    async fn clear(self, id: &str) {
        if let Self::Stored(before) = self {
            let _ = indexed_db::swap(id, Some(&before), None).await;
        }
    }
}

impl Discussion {
    /// Stores a comment, shows it as it is on its way, and has it sent, but not before a moment; its name. `was_sent`: under
    /// that identifier it may have arrived before.
    pub async fn send(self, draft: &Draft, id: &str, was_sent: bool, not_before: Moment) -> Result<String, NotKept> {
        let setting = self.setting();
        if !storage::is_lasting() || indexed_db::all().await?.len() >= MOST {
            return Err(NotKept);
        }
        self.keep_author(draft);
        let entry = Outgoing { due: not_before, ..self.outgoing_of(&setting, draft, id, was_sent) };
        // Where it is there already, an earlier visit ended before the form was cleared.
        indexed_db::swap(id, None, Some(&entry.to_text())).await?;
        self.written_here.update_value(|ids| ids.push(id.to_owned()));
        self.show_outbox().await;
        self.say(words::SENDING_NOW);
        self.deliver(Urgency::Now);
        let anchor = self.forest.with_untracked(|forest| forest.anchor_of(id).map(str::to_owned)).unwrap_or_default();
        self.target.set(anchor.clone());
        Ok(anchor)
    }

    /// Sends a comment that cannot be stored; its name.
    pub async fn send_unkept(self, draft: &Draft, id: &str, was_sent: bool) -> Result<String, Refusal> {
        let setting = self.setting();
        self.keep_author(draft);
        let entry = self.outgoing_of(&setting, draft, id, was_sent);
        self.advance(&setting, entry, Shelf::Nowhere, Urgency::Now).await
    }

    fn outgoing_of(self, setting: &Setting, draft: &Draft, id: &str, was_sent: bool) -> Outgoing {
        let at = clock::now();
        let lead = self.lead.get_value();
        let entry = Outgoing::new(&setting.provider, &setting.thread, draft, id.to_owned(), at, was_sent);
        Outgoing { server_at: lead.map(|lead| Moment(at.0 + lead)), ..entry }
    }

    /// Watches what is on its way: shows it, and sends it whenever there is hope.
    pub(super) fn watch_outbox(self) {
        let hurry = move || self.deliver(Urgency::Now);
        network::on_online(hurry);
        visibility::on_visible(hurry);
        storage::on_change(move |key| {
            if key.as_deref() == Some(NAME) {
                spawn_local(self.show_outbox());
            }
        });
        spawn_local(async move {
            self.show_outbox().await;
            hurry();
        });
    }

    /// Goes on with everything that is on its way, to whatever thread.
    pub(super) fn deliver(self, urgency: Urgency) {
        let Some(setting) = self.setting.try_get_value() else { return };
        spawn_local(async move {
            let is_empty = |all: Result<Vec<String>, NotKept>| all.is_ok_and(|all| all.is_empty());
            if !storage::is_lasting() || is_empty(indexed_db::all().await) {
                return;
            }
            let lock = locks::hold(NAME).await;
            for text in indexed_db::all().await.unwrap_or_default() {
                // What a newer version stored is left to it.
                let Some(entry) = Outgoing::from_text(&text) else { continue };
                let mut shelf = Shelf::Stored(text);
                let entry = if lock.is_some() { entry.abandoned(clock::now()) } else { entry };
                if sent_to(&entry.thread.key).has(&entry.id) {
                    // The visit ended between the answer and this.
                    shelf.clear(&entry.id).await;
                } else if shelf.put(&entry).await {
                    let _ = self.advance(&setting, entry, shelf, urgency).await;
                }
            }
            drop(lock);
            storage::set(NAME, &random::identifier());
            self.show_outbox().await;
            self.wake_in_time().await;
        });
    }

    /// Does with a comment what can be done now. Its name where it has arrived, else why it has not.
    async fn advance(
        self,
        setting: &Setting,
        mut entry: Outgoing,
        mut shelf: Shelf,
        mut urgency: Urgency,
    ) -> Result<String, Refusal> {
        let setting = &setting.of(&entry);
        loop {
            let outcome = match entry.step(clock::now(), urgency) {
                Step::Rest | Step::Wait(_) => return Err(entry.why.unwrap_or(Refusal::Unsure)),
                Step::Seek(calls) => {
                    let mut answers = Vec::new();
                    for call in &calls {
                        answers.push(calls::execute(call).await);
                    }
                    let known = sent_to(&entry.thread.key);
                    let is_known =
                        |comment: &Comment| known.find(comment).is_some_and(|sent| sent.submission != entry.id);
                    entry.sought(&answers, &is_known, clock::now())
                }
                Step::Send => match flattened(setting, &entry).await {
                    Err(refusal) => entry.refused(refusal, clock::now()),
                    Ok(text) => {
                        entry.text = text;
                        entry = entry.begun(clock::now());
                        let (true, Some(call)) = (shelf.put(&entry).await, entry.call()) else {
                            return Err(Refusal::Unsure);
                        };
                        self.show_stage(&entry);
                        let answer = calls::execute(&call).await;
                        self.set_clock(&answer);
                        entry.answered(&answer, clock::now())
                    }
                },
            };
            let had_focus = self.has_focus(&entry.id);
            let anchor = match outcome {
                Outcome::Kept(next) => {
                    if !shelf.put(&next).await {
                        return Err(Refusal::Unsure);
                    }
                    self.tell_of(&next);
                    entry = *next;
                    // Without a network the next try would be in vain as well.
                    urgency = Urgency::Due;
                    continue;
                }
                Outcome::Created(created) => self.arrived(setting, &entry.submission(), created).await,
                Outcome::Delivered => self.delivered_before(setting, &entry.submission()).await,
            };
            shelf.clear(&entry.id).await;
            self.outgoing.try_update(|all| all.retain(|other| other.id != entry.id));
            if had_focus {
                timer::sleep(0).await;
                self.take_focus(&anchor);
            }
            return Ok(anchor);
        }
    }

    /// Shows what is stored.
    pub(super) async fn show_outbox(self) {
        let Some(setting) = self.setting.try_get_value() else { return };
        let texts = if storage::is_lasting() { indexed_db::all().await.unwrap_or_default() } else { Vec::new() };
        let all = texts.iter().filter_map(|text| Outgoing::from_text(text));
        // Also what was for another server, if the site has moved: its author is to know.
        let ours = all.filter(|entry| entry.thread.key == setting.thread.key);
        let mut ours: Vec<_> = ours.map(Arc::new).collect();
        // An earlier visit may have ended between storing a comment and clearing the form.
        if let Some(form) = self.form.try_get_value().flatten()
            && ours.iter().any(|entry| form.is_of(&entry.id))
        {
            form.clear();
        }
        // What was just taken out can be brought back for some seconds.
        let taken = self.deleting.try_get_untracked().unwrap_or_default();
        let shown = self.outgoing.try_get_untracked().unwrap_or_default();
        ours.extend(shown.into_iter().filter(|entry| taken.contains(&entry.id)));
        ours.sort_by_key(|entry| entry.at);
        if self.outgoing.try_with_untracked(|shown| *shown != ours) == Some(true) {
            self.outgoing.try_set(ours);
        }
    }

    fn show_stage(self, entry: &Outgoing) {
        self.outgoing.try_update(|all| {
            if let Some(shown) = all.iter_mut().find(|shown| shown.id == entry.id) {
                *shown = Arc::new(entry.clone());
            }
        });
    }

    /// Says what became of a comment that is not there yet; one with mistakes goes back into the form it came from.
    fn tell_of(self, entry: &Outgoing) {
        self.show_stage(entry);
        let is_shown = self.outgoing.try_with_untracked(|all| all.iter().any(|shown| shown.id == entry.id));
        if is_shown != Some(true) {
            return;
        }
        if let Some(words) = words::not_arrived(entry) {
            self.say(words);
        }
        let is_from_here = self.written_here.try_with_value(|ids| ids.contains(&entry.id)) == Some(true);
        if let (Stage::Refused, Some(Refusal::Fields(problems)), true) = (entry.stage, &entry.why, is_from_here) {
            let (entry, problems) = (entry.clone(), problems.clone());
            spawn_local(async move {
                // The form may be going from under a comment just now.
                timer::sleep(0).await;
                self.take_back(&entry, problems, Overwrite::No).await;
            });
        }
    }

    /// Puts a comment that has not arrived back into the form, where there may be something already.
    pub async fn edit_outgoing(self, entry: &Outgoing) {
        self.take_back(entry, Vec::new(), Overwrite::Join).await;
    }

    async fn take_back(self, entry: &Outgoing, problems: Vec<Problem>, overwrite: Overwrite) {
        let place = match self.forest.with_untracked(|forest| forest.anchor_of(&entry.parent).map(str::to_owned)) {
            Some(anchor) => Place::Reply(anchor),
            None => Place::End,
        };
        if self.place() != place {
            self.move_form(place);
            timer::sleep(0).await;
        }
        let Some(writing) = self.form.try_get_value().flatten() else { return };
        if overwrite == Overwrite::No && !writing.is_empty() {
            return;
        }
        // The stored text goes only once the form has it.
        writing.take_back(entry, problems);
        let stored = entry.to_text();
        if indexed_db::swap(&entry.id, Some(&stored), None).await != Ok(true) {
            // It is being sent by now.
            writing.clear();
        }
        self.after_change().await;
    }

    /// Sends a comment that waits or that was not taken, because the reader wants it.
    pub async fn send_again(self, entry: &Outgoing) {
        self.take_focus_of(&entry.id);
        let wanted = entry.wanted(clock::now());
        let _ = indexed_db::swap(&entry.id, Some(&entry.to_text()), Some(&wanted.to_text())).await;
        self.show_outbox().await;
        self.say(words::SENDING_NOW);
        self.deliver(Urgency::Now);
    }

    /// Takes a comment that has not arrived out of what is sent, and leaves a way back for some seconds.
    pub async fn discard_outgoing(self, entry: &Outgoing) {
        if indexed_db::swap(&entry.id, Some(&entry.to_text()), None).await == Ok(true) {
            self.delete_soon(entry.id.clone());
        } else {
            self.show_outbox().await;
        }
    }

    /// Brings a comment back that was taken out; false where it is none of those.
    pub(super) fn restore_outgoing(self, id: &str) -> bool {
        let found = self.outgoing.with_untracked(|all| all.iter().find(|entry| entry.id == id).cloned());
        let Some(entry) = found else { return false };
        spawn_local(async move {
            let _ = indexed_db::swap(&entry.id, None, Some(&entry.to_text())).await;
            self.after_change().await;
            self.deliver(Urgency::Now);
        });
        true
    }

    /// Forgets a comment that was taken out; false where it is none of those.
    pub(super) fn forget_outgoing(self, id: &str) -> bool {
        let before = self.outgoing.try_with_untracked(Vec::len);
        self.outgoing.try_update(|all| all.retain(|entry| entry.id != id));
        before != self.outgoing.try_with_untracked(Vec::len)
    }

    /// How many comments have not arrived yet, on any article.
    pub async fn count_unsent(self) -> usize {
        indexed_db::all().await.map_or(0, |all| all.len())
    }

    /// Forgets what is stored about this reader.
    pub async fn delete_data(self) {
        for text in indexed_db::all().await.unwrap_or_default() {
            if let Some(entry) = Outgoing::from_text(&text) {
                let _ = indexed_db::swap(&entry.id, Some(&text), None).await;
            }
        }
        for prefix in [SENT_PREFIX, STORAGE_PREFIX, TEXT_PREFIX, SAVED_AUTHOR_KEY, SORT_KEY] {
            storage::remove_all(prefix);
        }
        if let Some(form) = self.form.try_get_value().flatten() {
            form.clear();
        }
        self.forget_author();
        self.after_change().await;
        storage::remove(NAME);
        self.say(words::DATA_DELETED);
        self.refresh().await;
    }

    async fn after_change(self) {
        storage::set(NAME, &random::identifier());
        self.show_outbox().await;
    }

    /// Goes on when the next one is due.
    async fn wake_in_time(self) {
        let now = clock::now();
        let texts = indexed_db::all().await.unwrap_or_default();
        let waits = texts.iter().filter_map(|text| match Outgoing::from_text(text)?.step(now, Urgency::Due) {
            Step::Wait(until) => Some(until.0 - now.0),
            Step::Rest => None,
            Step::Send | Step::Seek(_) => Some(SOON),
        });
        let Some(wait) = waits.min() else { return };
        let Some(wakes) = self.wakes.try_update_value(|wakes| {
            *wakes += 1;
            *wakes
        }) else {
            return;
        };
        timer::sleep(wait.clamp(SOON, i64::from(i32::MAX)) as i32).await;
        if self.wakes.try_get_value() == Some(wakes) {
            self.deliver(Urgency::Due);
        }
    }

    /// Takes note of the server's clock.
    pub(super) fn set_clock(self, answer: &Answer) {
        if let Answer::Http(response) = answer
            && let Some(date) = response.date()
        {
            self.lead.try_set_value(Some(date.0 - clock::now().0));
            self.now.try_set(Moment(date.0));
        }
    }

    fn has_focus(self, id: &str) -> bool {
        self.card_of(id).is_some_and(|card| card.matches(":focus-within").unwrap_or(false))
    }

    pub(super) fn take_focus_of(self, id: &str) {
        if let Some(card) = self.card_of(id) {
            focus::take(&card);
        }
    }
}

/// What becomes of what is in the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Overwrite {
    /// It stays as it is.
    No,
    /// The other text follows it.
    Join,
}

/// Milliseconds until something is tried again that is due.
const SOON: i64 = 1000;

/// What was sent to a thread, as it is known at this moment.
fn sent_to(thread: &str) -> SentList {
    SentList::from_text(&storage::get(&sent::key(thread)).unwrap_or_default(), clock::now())
}

/// The text as the server takes it.
async fn flattened(setting: &Setting, entry: &Outgoing) -> Result<String, Refusal> {
    if !entry.text.is_empty() || setting.caps.format != Format::Flattened {
        return Ok(entry.submission().text);
    }
    // Nothing was sent: the part of the program that does it did not arrive.
    let text = modules::flattened_comment(&entry.markdown).await.ok_or(Refusal::Offline)?;
    let over = setting.caps.unit.length(&text) as i64 - i64::from(setting.caps.longest(Field::Comment));
    if over > 0 {
        let kind = ProblemKind::TooLong(over as u32);
        return Err(Refusal::Fields(vec![Problem { field: Field::Comment, kind }]));
    }
    Ok(text)
}
