//! Choosing one of the articles of a file.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::intl;
use crate::ui::state::{Choice, Library};
use crate::ui::words;

/// The articles of a file.
#[component]
pub fn Picker(
    /// The articles.
    choice: Arc<Choice>,
) -> impl IntoView {
    let library = Library::use_context();
    let entries = (choice.articles.iter().enumerate())
        .map(|(index, article)| {
            let title = article.title.plain_text();
            let title = if title.is_empty() { words::UNTITLED.to_owned() } else { title };
            let date = article.published.map(|date| intl::format_date(&date, &article.language));
            let choice = Arc::clone(&choice);
            view! {
                <li class="r-list-entry">
                    <button type="button" class="r-pick" dir="auto" on:click=move |_| library.pick(&choice, index)>{title}</button>
                    {date.map(|date| view! { <span class="r-list-date">{date}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <main class="r-list r-picker" id=words::MAIN_ID tabindex="-1">
            <h1 dir="auto">{words::PICK_TITLE}</h1>
            <ol class=words::LIST_CLASS role="list">{entries}</ol>
        </main>
    }
}
