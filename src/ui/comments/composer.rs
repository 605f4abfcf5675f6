//! The form: "Leave a Reply", a reply to a comment, or a comment being changed.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::consent::{Consent, Trap};
use super::field::{CommentField, ProblemSummary, TextField};
use super::state::{Discussion, Place, name_of};
use super::writing::Writing;
use super::{parts, words};
use crate::article::FieldRule;
use crate::browser::location;
use crate::comments::Comment;
use crate::comments::caps::Kept;
use crate::comments::draft::Field;
use crate::comments::provider::Refusal;
use crate::ui::home::Home;

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
    let kept = discussion.setting().caps.kept;
    let busy = move || if writing.is_busy.get() { words::POSTING } else { submit };
    view! {
        <form class="r-form" part="form" id=words::FORM_ID node_ref=form novalidate="" aria-labelledby=words::FORM_TITLE_ID
            on:keydown=keys on:submit=move |event| { event.prevent_default(); writing.submit(); }>
            <div class="r-form-head">
                <h3 class="r-form-title" {..Home::use_context().heading_below(2)} id=words::FORM_TITLE_ID>{title}</h3>
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
            {(!is_edit && kept == Kept::OnServer).then(|| view! { <Consent writing=writing/><Trap writing=writing/> })}
            {move || writing.trap.with(|trap| trap.1).then(|| view! {
                <p class="r-refusal r-trapped" role="alert" tabindex="-1">{words::TRAPPED}</p>
            })}
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
