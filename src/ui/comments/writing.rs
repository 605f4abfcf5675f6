//! What is being written: its text and problems, how it is stored, and what comes of sending it.

use crate::json::json;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Discussion, Place};
use super::words;
use crate::article::FieldRule;
use crate::browser::indexed_db::NotKept;
use crate::browser::{clock, focus, random, scroll, storage, timer};
use crate::comments::caps::Kept;
use crate::comments::draft::{self, Draft, Field, Problem, SavedAuthor, SavedText};
use crate::comments::outbox::Outgoing;
use crate::comments::provider::{Refusal, Submission};
use crate::comments::{Caps, Comment, Moment};

/// Milliseconds after the last key before unfinished text is stored.
const SAVE_AFTER: i32 = 500;
/// Milliseconds in which nobody fills in the form, but programs do.
const QUICKEST: i64 = 2000;

/// What is being written.
#[derive(Clone, Copy)]
pub struct Writing {
    pub(super) discussion: Discussion,
    pub(super) place: StoredValue<Place>,
    /// Where unfinished text is stored.
    key: StoredValue<String>,
    /// Its `parent` is the comment that is changed, where one is.
    draft: RwSignal<Draft>,
    problems: RwSignal<Vec<Problem>>,
    pub(super) refusal: RwSignal<Option<Refusal>>,
    pub(super) is_busy: RwSignal<bool>,
    pub(super) is_restored: RwSignal<bool>,
    keys: StoredValue<u32>,
    /// Under what identifier this text is sent, and whether it may have arrived already.
    attempt: StoredValue<(String, bool)>,
    /// Seconds until it is sent again by itself.
    pub(super) wait: RwSignal<u32>,
    /// The browser does not store it while it is sent.
    pub(super) is_unkept: RwSignal<bool>,
    /// Whether its writer agrees to what the site asks for, and was told that they have to.
    consent: RwSignal<(bool, bool)>,
    /// What is in the field that nobody sees, and whether somebody was told that something was.
    pub(super) trap: RwSignal<(String, bool)>,
    /// Nobody writes so quickly that it is sent before this moment.
    not_before: StoredValue<Moment>,
}

impl Writing {
    pub(super) fn new(discussion: Discussion, place: Place, parent: Option<&Comment>) -> Self {
        let setting = discussion.setting();
        let id = parent.map(|comment| comment.id.clone()).unwrap_or_default();
        let SavedAuthor { name, email, url } = discussion.author().get_untracked();
        let mut fields = [String::new(), name, email, url];
        let stored_at = match &place {
            Place::Edit(_) => {
                fields[0] = parent.and_then(|comment| discussion.source_of(comment)).unwrap_or_default();
                ["edit ", &id].concat()
            }
            _ => id.clone(),
        };
        let key = draft::text_key(&setting.thread.key, &stored_at);
        let saved = storage::get(&key).and_then(|text| SavedText::from_text(&text, clock::now()));
        let is_restored = saved.is_some();
        let mut attempt = (String::new(), false);
        if let Some(saved) = saved {
            fields[0] = saved.markdown;
            attempt = (saved.attempt.clone(), !saved.attempt.is_empty());
        }
        Self {
            discussion,
            place: StoredValue::new(place),
            key: StoredValue::new(key),
            draft: RwSignal::new(Draft { parent: id, fields }),
            problems: RwSignal::default(),
            refusal: RwSignal::default(),
            is_busy: RwSignal::new(false),
            is_restored: RwSignal::new(is_restored),
            keys: StoredValue::new(0),
            attempt: StoredValue::new(attempt),
            wait: RwSignal::new(0),
            is_unkept: RwSignal::new(false),
            consent: RwSignal::default(),
            trap: RwSignal::default(),
            // What is restored was written before.
            not_before: StoredValue::new(Moment(if is_restored { 0 } else { clock::now().0 + QUICKEST })),
        }
    }

    /// What the form asks for.
    pub fn caps(self) -> Caps {
        let mut caps = self.discussion.caps();
        if self.place.with_value(|place| matches!(place, Place::Edit(_))) {
            [caps.name, caps.email, caps.website] = [FieldRule::Hidden; 3];
        }
        caps
    }

    /// What the site asks writers to agree to, in Markdown; empty for nothing.
    pub fn consent(self) -> String {
        self.discussion.setting().consent.clone()
    }

    /// Whether its writer agrees.
    pub fn has_consent(self) -> bool {
        self.consent.get().0
    }

    /// Whether its writer was told that they have to agree, and does not.
    pub fn lacks_consent(self) -> bool {
        let (agrees, was_told) = self.consent.get();
        was_told && !agrees
    }

    /// Takes the writer's word.
    pub fn set_consent(self, agrees: bool) {
        self.consent.update(|consent| consent.0 = agrees);
    }

    /// What is in the field that nobody sees.
    pub fn trap(self) -> String {
        self.trap.with(|trap| trap.0.clone())
    }

    /// Takes what was filled into the field that nobody sees.
    pub fn set_trap(self, text: String) {
        self.trap.set((text, false));
    }

    /// Whether it is on its way.
    pub fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// The text of a field.
    pub fn text(self, field: Field) -> String {
        self.draft.with(|draft| draft.get(field).to_owned())
    }

    /// What is wrong, as far as the writer was told.
    pub fn problems(self) -> Vec<Problem> {
        self.problems.get()
    }

    /// What is wrong with a field.
    pub fn problem(self, field: Field) -> Option<Problem> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.field == field).copied())
    }

    /// Takes what was typed. A field once found wrong is looked at again with every key.
    pub fn typed(self, field: Field, text: String) {
        if self.problem(field).is_some() {
            let kind = draft::problem(field, &text, &untrack(|| self.caps()));
            self.problems.update(|problems| match kind {
                Some(kind) => problems.iter_mut().filter(|p| p.field == field).for_each(|p| p.kind = kind),
                None => problems.retain(|problem| problem.field != field),
            });
        }
        if field != Field::Comment {
            self.discussion.author().update(|author| match field {
                Field::Name => author.name.clone_from(&text),
                Field::Email => author.email.clone_from(&text),
                Field::Comment | Field::Website => author.url.clone_from(&text),
            });
        }
        self.draft.update(|draft| draft.set(field, text));
        self.is_restored.set(false);
        self.refusal.set(None);
        self.wait.set(0);
        if field == Field::Comment {
            self.attempt.set_value(Default::default());
        }
        self.keys.update_value(|keys| *keys += 1);
        let keys = self.keys.get_value();
        spawn_local(async move {
            timer::sleep(SAVE_AFTER).await;
            if self.keys.try_get_value() == Some(keys) {
                self.save();
            }
        });
    }

    /// Moves the focus to a field.
    pub fn focus(self, field: Field) {
        let field = ["[id='", words::field_id(field), "']"].concat();
        if let Some(element) = self.discussion.element(&field) {
            focus::show(&element);
        }
    }

    /// Stores unfinished text; forgets what is empty, or no different from the comment.
    pub(super) fn save(self) {
        let Some(text) = self.draft.try_with_untracked(|draft| draft.get(Field::Comment).to_owned()) else { return };
        let (Some(keys), Some(key)) = (self.keys.try_get_value(), self.key.try_get_value()) else { return };
        if keys == 0 {
            return;
        }
        if text.trim().is_empty() {
            storage::remove(&key);
        } else {
            let attempt = self.attempt.try_get_value().filter(|(_, was_sent)| *was_sent).unwrap_or_default().0;
            storage::set(&key, &SavedText { markdown: text, saved: Some(clock::now()), attempt }.to_text());
        }
    }

    fn forget(self) {
        self.keys.try_set_value(0);
        self.attempt.try_set_value(Default::default());
        if let Some(key) = self.key.try_get_value() {
            storage::remove(&key);
        }
        self.is_restored.try_set(false);
    }

    /// Whether what is in it was sent under that identifier.
    pub fn is_of(self, id: &str) -> bool {
        self.attempt.try_with_value(|(attempt, _)| attempt == id) == Some(true)
    }

    /// Whether no comment is in it.
    pub fn is_empty(self) -> bool {
        self.draft.with_untracked(|draft| draft.get(Field::Comment).trim().is_empty())
    }

    /// Takes a comment back that has not arrived, with what is wrong with it. What is in the form already comes before it.
    pub fn take_back(self, entry: &Outgoing, problems: Vec<Problem>) {
        let Submission { mut draft, id, .. } = entry.submission();
        self.draft.update(|current| {
            let begun = current.get(Field::Comment).trim_end();
            if !begun.is_empty() {
                draft.set(Field::Comment, [begun, draft.get(Field::Comment)].join("\n\n"));
            }
            // Where the form asks for no name, none was sent.
            for field in
                [Field::Name, Field::Email, Field::Website].into_iter().filter(|field| !draft.get(*field).is_empty())
            {
                current.set(field, draft.get(field).to_owned());
            }
            current.set(Field::Comment, draft.get(Field::Comment).to_owned());
        });
        let is_as_sent = self.draft.with_untracked(|current| current.get(Field::Comment) == entry.markdown);
        self.attempt.set_value(if entry.was_sent && is_as_sent { (id, true) } else { Default::default() });
        self.keys.update_value(|keys| *keys += 1);
        self.save();
        let selector = if problems.is_empty() { "form textarea" } else { ".r-problems" };
        self.problems.set(problems);
        self.focus_later(selector);
    }

    /// Forgets the author's fields.
    pub fn forget_author(self) {
        self.draft.try_update(|draft| {
            [Field::Name, Field::Email, Field::Website].into_iter().for_each(|field| draft.set(field, String::new()));
        });
    }

    /// Empties it.
    pub fn clear(self) {
        // First of all: a form that goes stores its text.
        self.forget();
        self.draft.try_update(|draft| draft.set(Field::Comment, String::new()));
    }

    /// Throws the text away that was restored.
    pub(super) fn discard(self, original: String) {
        self.forget();
        self.draft.update(|draft| draft.set(Field::Comment, original));
        self.focus(Field::Comment);
    }

    /// Gives up, leaving the text for another time; the focus goes back to where it came from.
    pub(super) fn cancel(self) {
        self.save();
        let button = match self.place.get_value() {
            Place::End => return,
            Place::Reply(anchor) => ["#recto-", &anchor, " .r-reply"].concat(),
            Place::Edit(anchor) => ["#recto-", &anchor, " .r-edit"].concat(),
        };
        self.discussion.move_form(Place::End);
        spawn_local(async move {
            timer::sleep(0).await;
            if let Some(button) = self.discussion.element(&button) {
                focus::show(&button);
            }
        });
    }

    /// Sends it, or says what is wrong.
    pub(super) fn submit(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let caps = untrack(|| self.caps());
        let (problems, tidy) = self.draft.with_untracked(|draft| (draft.problems(&caps), draft.tidied(&caps)));
        self.refusal.set(None);
        self.wait.set(0);
        if !problems.is_empty() {
            self.problems.set(problems);
            return self.focus_later(".r-problems");
        }
        self.problems.set(Vec::new());
        let is_edit = self.place.with_value(|place| matches!(place, Place::Edit(_)));
        if !is_edit && !self.consent().is_empty() && !self.consent.get_untracked().0 {
            self.consent.set((false, true));
            return self.focus_later(words::CONSENT_SELECTOR);
        }
        // Where it was a browser that filled it in, its owner sends once more.
        if !self.trap.with_untracked(|trap| trap.0.is_empty()) {
            self.trap.set((String::new(), true));
            return self.focus_later(".r-trapped");
        }
        self.trap.set(Default::default());
        let told = json!({ "name": tidy.get(Field::Name), "text": tidy.get(Field::Comment), "parent": tidy.parent });
        if !self.discussion.tell("recto-comment-submit", told) {
            return;
        }
        self.is_busy.set(true);
        let (id, was_sent) = self.attempt.get_value();
        let id = if id.is_empty() { random::identifier() } else { id };
        // From here on it may arrive without our learning of it, and the page may go at any moment.
        self.attempt.set_value((id.clone(), true));
        self.keys.update_value(|keys| *keys += 1);
        self.save();
        spawn_local(async move {
            let place = self.place.get_value();
            let result = match &place {
                Place::Edit(anchor) => {
                    let changed = self.discussion.change(&tidy.parent, tidy.get(Field::Comment)).await;
                    changed.map(|()| anchor.clone())
                }
                _ if caps.kept == Kept::Here => self.discussion.keep_here(tidy, id.clone()).await,
                _ => match self.discussion.send(&tidy, &id, was_sent, self.not_before.get_value()).await {
                    Ok(anchor) => Ok(anchor),
                    Err(NotKept) => {
                        self.is_unkept.try_set(true);
                        self.discussion.say(words::NOT_KEPT_ON_THE_WAY);
                        let left = self.not_before.get_value().0 - clock::now().0;
                        timer::sleep(left.clamp(0, QUICKEST) as i32).await;
                        self.discussion.send_unkept(&tidy, &id, was_sent).await
                    }
                },
            };
            match result {
                Ok(anchor) => {
                    self.clear();
                    self.is_busy.try_set(false);
                    self.is_unkept.try_set(false);
                    if place != Place::End {
                        self.discussion.leave_form(&anchor).await;
                    }
                }
                Err(refusal) => self.refused(refusal, id, was_sent),
            }
        });
    }

    /// Says why it was not taken; the text stays.
    fn refused(self, refusal: Refusal, id: String, was_sent: bool) {
        if self.is_busy.try_set(false).is_some() {
            return;
        }
        let is_unsure = matches!(refusal, Refusal::Unsure | Refusal::Unreachable);
        self.attempt.set_value((id, was_sent || is_unsure));
        self.save();
        match refusal {
            Refusal::Fields(problems) => {
                self.problems.set(problems);
                self.focus_later(".r-problems");
            }
            refusal => {
                if let Refusal::TooFast(seconds) = refusal {
                    self.send_in(seconds);
                }
                self.refusal.set(Some(refusal));
                self.focus_later(".r-refusal");
            }
        }
    }

    /// Counts down, and sends unless something was typed or the reader said no.
    fn send_in(self, seconds: u32) {
        self.wait.set(seconds.max(1));
        spawn_local(async move {
            for left in (0..seconds.max(1)).rev() {
                timer::sleep(1000).await;
                if self.wait.try_get_untracked() != Some(left + 1) {
                    return;
                }
                self.wait.set(left);
            }
            self.submit();
        });
    }

    fn focus_later(self, selector: &'static str) {
        spawn_local(async move {
            timer::sleep(0).await;
            if let Some(element) = self.discussion.element(selector) {
                scroll::bring(&element, scroll::Pace::Smooth);
                focus::take(&element);
            }
        });
    }
}
