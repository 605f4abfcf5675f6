//! The one place where `SafeHtml` enters the page.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::article::Direction;
use crate::browser::{clipboard, embed, timer, trusted_html};
use crate::html::SafeHtml;
use crate::ui::navigation::{GoToBy, Navigation};
use crate::ui::state::Page;
use crate::ui::words;

/// Markup of ours, inserted.
#[component]
pub fn SafeContent(
    /// What to show; it does not change.
    html: SafeHtml,
    /// Class of the element around it.
    class: &'static str,
) -> impl IntoView {
    let content = NodeRef::<leptos::html::Div>::new();
    content.on_load(move |content| trusted_html::set_inner_html(&content, &html));
    view! { <div class=class node_ref=content></div> }
}

/// The article.
#[component]
pub fn ArticleBody(
    /// The article.
    page: Arc<Page>,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Article>::new();
    let lang = (!page.article.language.is_empty()).then(|| page.article.language.clone());
    let dir = (page.article.direction != Direction::Auto).then(|| page.article.direction.as_str());
    let navigation = Navigation::use_context();
    body.on_load(move |body| {
        trusted_html::set_inner_html(&body, &page.html);
        navigation.attach(&body);
    });
    let click = move |event: MouseEvent| {
        navigation.follow(&event, GoToBy::Link);
        act(&event);
    };
    view! { <article class="r-article r-prose" node_ref=body lang=lang dir=dir on:click=click></article> }
}

/// Does what the button under the pointer is for. Buttons of the text say so themselves (`data-action`).
fn act(event: &MouseEvent) {
    let Some(button) = crate::browser::document::closest(event.target(), "button[data-action]") else { return };
    match button.get_attribute("data-action").as_deref() {
        Some("copy") => spawn_local(async move {
            let code = embed::code_beside(&button);
            let word = if clipboard::copy(&code).await { words::COPIED } else { words::NOT_COPIED };
            button.set_text_content(Some(word));
            timer::sleep(2000).await;
            button.set_text_content(Some(words::COPY));
        }),
        Some("load-embed") => embed::load(&button),
        _ => {}
    }
}
