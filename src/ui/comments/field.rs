//! The fields of the form, and the list of what is wrong with them.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::writing::Writing;
use super::{parts, words};
use crate::article::FieldRule;
use crate::comments::caps::Format;
use crate::comments::draft::Field;
use crate::ui::article_body::SafeContent;

/// What is wrong, each with a link to its field. It gets the focus when the form was sent in vain.
#[component]
pub fn ProblemSummary(
    /// What is being written.
    writing: Writing,
) -> impl IntoView {
    let unit = writing.caps().unit;
    move || {
        let problems = writing.problems();
        (!problems.is_empty()).then(|| {
            view! {
                <div class="r-problems" role="group" tabindex="-1" aria-labelledby=words::PROBLEMS_ID>
                    <p class="r-problems-title" id=words::PROBLEMS_ID>{words::problems(problems.len())}</p>
                    <ul>
                        {problems.into_iter().map(|problem| {
                            let href = ["#", words::field_id(problem.field)].concat();
                            let go = move |event: leptos::ev::MouseEvent| {
                                event.prevent_default();
                                event.stop_propagation();
                                writing.focus(problem.field);
                            };
                            view! { <li><a href=href on:click=go>{words::problem(problem, unit)}</a></li> }
                        }).collect_view()}
                    </ul>
                </div>
            }
        })
    }
}

/// Name, email address or website.
#[component]
pub fn TextField(
    /// What is being written.
    writing: Writing,
    /// Which.
    field: Field,
) -> impl IntoView {
    let rule = Memo::new(move |_| writing.caps().rule(field));
    let (kind, autocomplete) = match field {
        Field::Email => ("email", "email"),
        Field::Website => ("url", "url"),
        Field::Comment | Field::Name => ("text", "name"),
    };
    move || {
        (rule.get() != FieldRule::Hidden).then(|| {
            view! {
                <div class="r-input">
                    <Label field=field rule=rule.into()/>
                    <input type=kind id=words::field_id(field) autocomplete=autocomplete dir="auto"
                        required=move || rule.get() == FieldRule::Required
                        aria-invalid=move || writing.problem(field).map(|_| "true")
                        aria-describedby=move || described_by(writing, field)
                        prop:value=move || writing.text(field)
                        on:input:target=move |event| writing.typed(field, event.target().value())/>
                    <Below writing=writing field=field/>
                </div>
            }
        })
    }
}

/// The comment's text, to write or to preview.
#[component]
pub fn CommentField(
    /// What is being written.
    writing: Writing,
) -> impl IntoView {
    let field = Field::Comment;
    let is_preview = RwSignal::new(false);
    let flattened = writing.caps().format == Format::Flattened;
    view! {
        <div class="r-input">
            <div class="r-input-head">
                <Label field=field rule=Signal::stored(FieldRule::Required)/>
                <Tabs is_preview=is_preview/>
            </div>
            <div id=words::WRITE_PANEL_ID role="tabpanel" aria-labelledby=words::WRITE_TAB_ID hidden=move || is_preview.get()>
                <textarea id=words::field_id(field) rows="8" required=true dir="auto" readonly=move || writing.is_busy()
                    aria-invalid=move || writing.problem(field).map(|_| "true")
                    aria-describedby=move || described_by(writing, field)
                    prop:value=move || writing.text(field)
                    on:input:target=move |event| writing.typed(field, event.target().value())></textarea>
            </div>
            <div id=words::PREVIEW_PANEL_ID class="r-preview" role="tabpanel" tabindex="0"
                aria-labelledby=words::PREVIEW_TAB_ID hidden=move || !is_preview.get()>
                {move || is_preview.get().then(|| view! { <Preview text=writing.text(field)/> })}
                {flattened.then(|| view! { <p class="r-hint">{words::FLATTENED}</p> })}
            </div>
            <Below writing=writing field=field/>
            <p class="r-hint" id=words::FORMATTING_ID dir="ltr">{words::FORMATTING}</p>
        </div>
    }
}

/// What the comment will look like.
#[component]
fn Preview(text: String) -> impl IntoView {
    let html = crate::browser::modules::comment_html(&text);
    if html.as_str().is_empty() {
        return view! { <p class="r-hint">{words::NOTHING_TO_PREVIEW}</p> }.into_any();
    }
    view! { <SafeContent html=html class="r-comment-body"/> }.into_any()
}

/// Chooses between writing and preview: one stop of the Tab key, arrows between the two.
#[component]
fn Tabs(is_preview: RwSignal<bool>) -> impl IntoView {
    let buttons = [NodeRef::<leptos::html::Button>::new(), NodeRef::new()];
    let keys = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            event.prevent_default();
            let preview = !is_preview.get_untracked();
            is_preview.set(preview);
            if let Some(button) = buttons[usize::from(preview)].get_untracked() {
                crate::browser::focus::take(&button);
            }
        }
    };
    let tab = move |index: usize, word: &'static str, id: &'static str, panel: &'static str| {
        let is_chosen = move || is_preview.get() == (index == 1);
        view! {
            <button type="button" role="tab" class="r-tab" id=id aria-controls=panel node_ref=buttons[index]
                aria-selected=move || if is_chosen() { "true" } else { "false" }
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| is_preview.set(index == 1)>{word}</button>
        }
    };
    view! {
        <div class="r-tabs" role="tablist" aria-label=words::WRITE_OR_PREVIEW on:keydown=keys>
            {tab(0, words::WRITE, words::WRITE_TAB_ID, words::WRITE_PANEL_ID)}
            {tab(1, words::PREVIEW, words::PREVIEW_TAB_ID, words::PREVIEW_PANEL_ID)}
        </div>
    }
}

#[component]
fn Label(field: Field, rule: Signal<FieldRule>) -> impl IntoView {
    let star = move || {
        (rule.get() == FieldRule::Required)
            .then(|| view! { " "<span class="r-star" aria-hidden="true">{words::STAR}</span> })
    };
    view! { <label class="r-input-label" for=words::field_id(field)>{words::label(field)}{star}</label> }
}

/// What is wrong with a field, and how much more it takes where that is little.
#[component]
fn Below(writing: Writing, field: Field) -> impl IntoView {
    let caps = writing.caps();
    let unit = caps.unit;
    let room = Memo::new(move |_| caps.room(field, &writing.text(field)));
    let problem = move || writing.problem(field).map(|problem| words::problem(problem, unit));
    let room = move || room.get().map(|left| words::room(left, unit));
    (parts::line("r-problem", words::problem_id(field), problem), parts::line("r-room", words::room_id(field), room))
}

fn described_by(writing: Writing, field: Field) -> Option<String> {
    let mut ids = Vec::new();
    if writing.problem(field).is_some() {
        ids.push(words::problem_id(field));
    }
    match field {
        Field::Comment => ids.push(words::FORMATTING_ID),
        Field::Email => ids.push(words::EMAIL_NOTES_ID),
        Field::Name | Field::Website => {}
    }
    if writing.caps().room(field, &writing.text(field)).is_some() {
        ids.push(words::room_id(field));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}
