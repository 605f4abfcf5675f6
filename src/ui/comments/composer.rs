//! The form: "Leave a Reply", a reply to a comment, or a comment being changed.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::field::{CommentField, ProblemSummary, TextField};
use super::state::{Discussion, Place, name_of};
use super::{parts, words};
use crate::article::FieldRule;
use crate::browser::indexed_db::NotKept;
use crate::browser::{clock, focus, location, random, scroll, storage, timer};
use crate::comments::caps::Kept;
use crate::comments::draft::{self, Draft, Field, Problem, SavedAuthor, SavedText};
use crate::comments::outbox::Outgoing;
use crate::comments::provider::{Refusal, Submission};
use crate::comments::{Caps, Comment};
use crate::ui::home::Home;

/// Milliseconds after the last key before unfinished text is stored.
const SAVE_AFTER: i32 = 500;

/// What is being written.
#[derive(Clone, Copy)]
pub struct Writing {
    discussion: Discussion,
    place: StoredValue<Place>,
    /// Where unfinished text is stored.
    key: StoredValue<String>,
    /// Its `parent` is the comment that is changed, where one is.
    draft: RwSignal<Draft>,
    problems: RwSignal<Vec<Problem>>,
    refusal: RwSignal<Option<Refusal>>,
    is_busy: RwSignal<bool>,
    is_restored: RwSignal<bool>,
    keys: StoredValue<u32>,
    /// Under what identifier this text is sent, and whether it may have arrived already.
    attempt: StoredValue<(String, bool)>,
    /// Seconds until it is sent again by itself.
    wait: RwSignal<u32>,
    /// The browser does not store it while it is sent.
    is_unkept: RwSignal<bool>,
}

impl Writing {
    fn new(discussion: Discussion, place: Place, parent: Option<&Comment>) -> Self {
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
    fn save(self) {
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

    /// Empties it.
    pub fn clear(self) {
        // First of all: a form that goes stores its text.
        self.forget();
        self.draft.try_update(|draft| draft.set(Field::Comment, String::new()));
    }

    /// Throws the text away that was restored.
    fn discard(self, original: String) {
        self.forget();
        self.draft.update(|draft| draft.set(Field::Comment, original));
        self.focus(Field::Comment);
    }

    /// Gives up, leaving the text for another time; the focus goes back to where it came from.
    fn cancel(self) {
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
    fn submit(self) {
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
                _ => match self.discussion.send(&tidy, &id, was_sent).await {
                    Ok(anchor) => Ok(anchor),
                    Err(NotKept) => {
                        self.is_unkept.try_set(true);
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

/// The form.
#[component]
pub fn Composer(
    /// Where it is.
    place: Place,
    /// The comment it answers or changes.
    #[prop(optional_no_strip)]
    parent: Option<Arc<Comment>>,
) -> AnyView {
    let discussion = Discussion::use_context();
    let name = parent.as_ref().map(|comment| name_of(comment).to_owned()).unwrap_or_default();
    let is_edit = matches!(place, Place::Edit(_));
    let (title, cancel, submit) = match &place {
        Place::End => (words::LEAVE_A_REPLY.to_owned(), None, words::POST_COMMENT),
        Place::Reply(_) => (words::leave_a_reply_to(&name), Some(words::CANCEL_REPLY), words::POST_COMMENT),
        Place::Edit(_) => (words::EDIT_TITLE.to_owned(), Some(words::CANCEL_EDIT), words::SAVE_CHANGES),
    };
    let writing = Writing::new(discussion, place, parent.as_deref());
    let original = parent.filter(|_| is_edit).and_then(|comment| discussion.source_of(&comment)).unwrap_or_default();
    location::on_leave(move || writing.save());
    on_cleanup(move || writing.save());
    discussion.form.set_value(Some(writing));
    let form = NodeRef::<leptos::html::Form>::new();
    if cancel.is_some() {
        form.on_load(move |_| writing.focus(Field::Comment));
    }
    let keys = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                writing.submit();
            }
            "Escape" if writing.place.get_value() != Place::End => {
                event.stop_propagation();
                writing.cancel();
            }
            _ => {}
        }
    };
    let busy = move || if writing.is_busy.get() { words::POSTING } else { submit };
    view! {
        <form class="r-form" part="form" id=words::FORM_ID node_ref=form novalidate="" aria-labelledby=words::FORM_TITLE_ID
            on:keydown=keys on:submit=move |event| { event.prevent_default(); writing.submit(); }>
            <div class="r-form-head">
                <h3 class="r-form-title" id=words::FORM_TITLE_ID attr:aria-level=Home::use_context().level_below(2)>{title}</h3>
                {cancel.map(|word| parts::act("r-act", word, move || writing.cancel()))}
            </div>
            <ProblemSummary writing=writing/>
            {move || writing.refusal.get().map(|refusal| view! { <Refused writing=writing refusal=refusal/> })}
            {(!is_edit).then(|| view! { <Notes writing=writing/> })}
            {move || writing.is_restored.get().then(|| {
                let original = original.clone();
                view! {
                    <p class="r-restored" role="status">
                        {words::DRAFT_RESTORED}" · "
                        {parts::act("r-act", words::DISCARD, move || writing.discard(original.clone()))}
                    </p>
                }
            })}
            <CommentField writing=writing/>
            {[Field::Name, Field::Email, Field::Website].map(|field| view! { <TextField writing=writing field=field/> })}
            {(!is_edit).then(|| view! { <Remember/> })}
            {parts::line("r-hint r-unkept", "", move || writing.is_unkept.get().then(|| words::NOT_KEPT_ON_THE_WAY.to_owned()))}
            <p class="r-actions">
                <button type="submit" class="r-button r-primary"
                    aria-disabled=move || writing.is_busy.get().then_some("true")>{busy}</button>
            </p>
        </form>
    }
    .into_any()
}

/// Why it was not taken, and what can be done.
#[component]
fn Refused(writing: Writing, refusal: Refusal) -> impl IntoView {
    let may_retry = matches!(refusal, Refusal::Unreachable | Refusal::Offline | Refusal::Unsure | Refusal::Other(_));
    let url = writing.discussion.setting().thread.url.clone();
    let elsewhere = (refusal == Refusal::LoginRequired && !url.is_empty()).then(|| {
        let href = [&url, "#respond"].concat();
        view! { <a class="r-permalink" href=href rel="noopener">{words::COMMENT_ELSEWHERE}</a> }
    });
    let waits = Memo::new(move |_| writing.wait.get() > 0);
    view! {
        <p class="r-refusal" role="alert" tabindex="-1">{words::refusal(&refusal)}</p>
        {elsewhere}
        {may_retry.then(|| parts::act("r-button r-retry", words::TRY_AGAIN, move || writing.submit()))}
        {move || waits.get().then(|| view! {
            <p class="r-wait">
                {move || words::sends_in(writing.wait.get())}
                {parts::act("r-act", words::DO_NOT_SEND, move || writing.wait.set(0))}
            </p>
        })}
    }
}

/// WordPress's two sentences above the fields.
#[component]
fn Notes(writing: Writing) -> impl IntoView {
    let asks_email = writing.caps().email != FieldRule::Hidden;
    view! {
        <p class="r-form-notes">
            {asks_email.then(|| view! { <span id=words::EMAIL_NOTES_ID>{words::EMAIL_NOTES}</span> })}
            " "<span class="r-required-note">{words::REQUIRED_NOTES}<span class="r-star">{words::STAR}</span></span>
        </p>
    }
}

/// The tick that keeps the author's fields.
#[component]
fn Remember() -> impl IntoView {
    let discussion = Discussion::use_context();
    view! {
        <label class="r-tick">
            <input type="checkbox" id=words::REMEMBER_ID prop:checked=move || discussion.remembers()
                on:change:target=move |event| discussion.set_remember(event.target().checked())/>
            <span>{words::REMEMBER}</span>
        </label>
    }
}
