//! The site's articles.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::intl;
use crate::site::Listed;
use crate::ui::offline::OfflineStore;
use crate::ui::state::{Library, Listing};
use crate::ui::words;

/// The list of articles.
#[component]
pub fn ArticleList(
    /// What to list.
    listing: Arc<Listing>,
) -> impl IntoView {
    let (title, description) = (listing.title.clone(), listing.description.clone());
    let entries = listing.articles.iter().map(|listed| view! { <Entry listed=listed.clone()/> }).collect_view();
    let empty = listing.articles.is_empty().then(|| {
        view! { <p class="r-empty">{words::NO_ARTICLES}</p><p class="r-empty-hint">{words::NO_ARTICLES_HINT}</p> }
    });
    view! {
        <main class="r-list" id=words::MAIN_ID tabindex="-1">
            <h1 dir="auto">{title}</h1>
            {(!description.is_empty()).then(|| view! { <p class="r-list-description" dir="auto">{description}</p> })}
            {empty}
            <ol class=words::LIST_CLASS role="list">{entries}</ol>
            <OfflineStore/>
        </main>
    }
}

#[component]
fn Entry(listed: Listed) -> impl IntoView {
    let library = Library::use_context();
    let href = format!("?article={}", listed.slug);
    let Listed { slug, title, summary, published, language, .. } = listed;
    let title = if title.is_empty() { slug.clone() } else { title };
    let lang = (!language.is_empty()).then(|| language.clone());
    let date = published.map(|date| {
        view! { <time class="r-list-date" datetime=date.to_string()>{intl::format_date(&date, &language)}</time> }
    });
    let open = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            library.open_listed(&slug);
        }
    };
    view! {
        <li class="r-list-entry" lang=lang dir="auto">
            <h2 dir="auto"><a href=href on:click=open>{title}</a></h2>
            {(!summary.is_empty()).then(|| view! { <p dir="auto">{summary}</p> })}
            {date}
        </li>
    }
}
