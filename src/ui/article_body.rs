//! The one place where the interface puts markup into the page.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::article::Direction;
use crate::browser::modules::Markup;
use crate::browser::{clipboard, embed, first_article, timer, trusted_html};
use crate::html::SafeHtml;
use crate::page::Page;
use crate::ui::home::Home;
use crate::ui::navigation::{Arrival, GoToBy, Navigation};
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
    /// Its content.
    markup: Markup,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Article>::new();
    let home = Home::use_context();
    // Around it is said what language this program's words are in: an article in one that is not known is not in that.
    let language = if page.language.is_empty() { home.language() } else { page.language.clone() };
    let lang = (!language.is_empty() || !home.has_query()).then_some(language);
    let dir = (page.direction != Direction::Auto).then(|| page.direction.as_str());
    let navigation = Navigation::use_context();
    let tree = home.tree();
    body.on_load(move |body| {
        if !first_article::is_shown(&tree) {
            markup.put_into(&body);
            navigation.attach(&body, Arrival::Opening);
            return home.tell_shown(&page);
        }
        // What is in the page already is taken over in steps: in between, whoever reads it has the page to themselves.
        let owner = Owner::current();
        spawn_local(async move {
            timer::sleep(0).await;
            let arrival = if first_article::is_being_read(&tree) { Arrival::Reading } else { Arrival::Opening };
            if !body.is_connected() {
                return first_article::remove(&tree);
            }
            if !first_article::move_to(&body) {
                markup.put_into(&body);
            }
            timer::sleep(0).await;
            if let Some(owner) = owner.filter(|_| body.is_connected()) {
                owner.with(|| navigation.attach(&body, arrival));
                home.tell_shown(&page);
            }
        });
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
