//! Choosing one of the articles of a file.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::intl;
use crate::ui::home::Home;
use crate::ui::main_area::Main;
use crate::ui::state::{Choices, Library};
use crate::ui::words;

/// The articles of a file.
#[component]
pub fn Picker(
    /// The articles.
    choices: Arc<Choices>,
) -> impl IntoView {
    let library = Library::use_context();
    let level = Home::use_context().heading_below(0);
    let entries = (choices.articles.iter().enumerate())
        .map(|(index, article)| {
            let title = if article.title.is_empty() { words::UNTITLED.to_owned() } else { article.title.clone() };
            let date = article.published.map(|date| intl::format_date(&date, &article.language));
            let choices = Arc::clone(&choices);
            view! {
                <li class="r-list-entry">
                    <button type="button" class="r-pick" dir="auto" on:click=move |_| library.pick(Arc::clone(&choices), index)>{title}</button>
                    {date.map(|date| view! { <span class="r-list-date">{date}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <Main class="r-list r-picker">
            <h1 dir="auto" {..level}>{words::PICK_TITLE}</h1>
            <ol class=words::LIST_CLASS role="list">{entries}</ol>
        </Main>
    }
}
