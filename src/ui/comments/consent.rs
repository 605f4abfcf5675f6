//! What the site asks writers to agree to, and the field that people do not see.

use leptos::prelude::*;

use super::writing::Writing;
use super::{parts, words};
use crate::browser::modules;
use crate::ui::article_body::SafeContent;
use crate::ui::words::HIDDEN;

/// The site's words and a tick without which nothing is sent; nothing where the site asks for none.
#[component]
pub fn Consent(
    /// What is being written.
    writing: Writing,
) -> impl IntoView {
    let text = writing.consent();
    (!text.is_empty()).then(|| {
        let problem = move || writing.lacks_consent().then(|| words::CONSENT_MISSING.to_owned());
        view! {
            <div class="r-consent" id=words::CONSENT_TEXT_ID>
                <SafeContent html=modules::comment_html(&text) class="r-comment-body"/>
            </div>
            <label class="r-tick">
                <input type="checkbox" id=words::CONSENT_ID required=true prop:checked=move || writing.has_consent()
                    aria-invalid=move || writing.lacks_consent().then_some("true")
                    aria-describedby=move || if writing.lacks_consent() { words::CONSENT_DESCRIBED_BY } else { words::CONSENT_TEXT_ID }
                    on:change:target=move |event| writing.set_consent(event.target().checked())/>
                <span>{words::AGREE}" "<span class="r-star" aria-hidden="true">{words::STAR}</span></span>
            </label>
            {parts::line("r-problem", words::CONSENT_PROBLEM_ID, problem)}
        }
    })
}

/// A field that neither eyes nor ears, the Tab key nor what fills forms in come to: programs that fill in every field do.
#[component]
pub fn Trap(
    /// What is being written.
    writing: Writing,
) -> impl IntoView {
    view! {
        <div class=HIDDEN aria-hidden="true">
            <label for=words::TRAP_ID>{words::TRAP}</label>
            <input type="text" id=words::TRAP_ID tabindex="-1" autocomplete="off"
                prop:value=move || writing.trap() on:input:target=move |event| writing.set_trap(event.target().value())/>
        </div>
    }
}
