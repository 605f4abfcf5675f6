//! What there is to say about the file, below the article: as what it was read, what could not be used, and a way to
//! have it read as something else. Quiet, and one click away.

use std::sync::Arc;

use leptos::prelude::*;

use crate::page::Page;
use crate::reader::Format;
use crate::ui::state::{Library, Origin};
use crate::ui::words;

/// The remarks. There are none about articles in the site's own format that are as they should be.
#[component]
pub fn Remarks(
    /// The article.
    page: Arc<Page>,
    /// What it was read from.
    origin: Arc<Origin>,
) -> impl IntoView {
    let warnings = page.warnings.clone();
    let is_worth_it = page.format != Format::Native || !warnings.is_empty() || origin.source.format.is_some();
    is_worth_it.then(|| {
        view! {
            <section class="r-remarks" aria-label=words::ABOUT_FILE>
                <p class="r-read-as">{words::read_as(page.format)}</p>
                {(!warnings.is_empty()).then(|| view! {
                    <details class="r-remark-fold">
                        <summary>{words::remarks(warnings.len())}</summary>
                        <ul class="r-remark-list">
                            {warnings.into_iter().map(|warning| view! {
                                <li class="r-remark">{warning.message}" "<code dir="ltr">{warning.path}</code></li>
                            }).collect_view()}
                        </ul>
                    </details>
                })}
                <details class="r-read-otherwise">
                    <summary>{words::READ_OTHERWISE}</summary>
                    <ReadAs origin=origin/>
                </details>
            </section>
        }
    })
}

/// Lets the reader say what the file is. It is read again at the button, not at each step through the list.
#[component]
fn ReadAs(origin: Arc<Origin>) -> impl IntoView {
    let library = Library::use_context();
    let said = origin.source.format;
    let chosen = RwSignal::new(said);
    let mut formats = Format::ALL.to_vec();
    formats.sort_by_key(|format| format.name().to_lowercase());
    let option =
        |format: Format| view! { <option value=format.as_str() selected=said == Some(format)>{format.name()}</option> };
    view! {
        <form class="r-read-form" on:submit=move |event| {
            event.prevent_default();
            library.read_as(&origin, chosen.get_untracked());
        }>
            <label>
                <span class=words::HIDDEN>{words::FORMAT}</span>
                <select class="r-read-select" on:change:target=move |event| {
                    chosen.set(Format::from_word(&event.target().value()));
                }>
                    <option value="" selected=said.is_none()>{words::AS_FOUND}</option>
                    {formats.into_iter().map(option).collect_view()}
                </select>
            </label>
            <button type="submit" class="r-button">{words::READ_AGAIN}</button>
        </form>
    }
}
