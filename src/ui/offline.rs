//! Reading without a network: what is kept, and that a newer program has come.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{document, location, offline};
use crate::ui::home::Home;
use crate::ui::state::Library;
use crate::ui::words;

/// Has the program kept once the settings are known, unless they say no; says so when a newer one has come.
#[component]
pub fn UpdateNotice() -> impl IntoView {
    let library = Library::use_context();
    let is_updated = RwSignal::new(false);
    let is_page = Home::use_context().is_page();
    let is_wanted = Memo::new(move |_| is_page && library.is_settled() && library.settings().offline != Some(false));
    Effect::new(move |was_wanted: Option<bool>| {
        let is_wanted = is_wanted.get();
        if is_wanted && was_wanted != Some(true) {
            spawn_local(offline::start(move || {
                is_updated.try_set(true);
            }));
        }
        is_wanted
    });
    view! {
        <div role="status">
            {move || is_updated.get().then(|| view! {
                <p class="r-notice">
                    <span>{words::UPDATED}</span>
                    <button type="button" class="r-button" on:click=|_| location::reload()>{words::RELOAD}</button>
                    <button type="button" class="r-button" on:click=move |_| is_updated.set(false)>{words::NOT_NOW}</button>
                </p>
            })}
        </div>
    }
}

/// Keeps the article, or forgets it.
#[component]
pub fn KeepOffline(
    /// Where the article's file is.
    address: String,
) -> impl IntoView {
    let bytes = RwSignal::new(0.0);
    let is_possible = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let has_failed = RwSignal::new(false);
    let address = StoredValue::new(address);
    let page = StoredValue::new(if Home::use_context().has_query() { String::new() } else { document::base_url() });
    spawn_local(async move {
        is_possible.try_set(offline::is_possible().await);
        bytes.try_set(offline::kept(&address.get_value()).await);
    });
    let is_kept = move || bytes.get() > 0.0;
    let change = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let was_kept = untrack(is_kept);
        spawn_local(async move {
            let Some(address) = address.try_get_value() else { return };
            let is_done = if was_kept {
                offline::forget(&address).await;
                true
            } else {
                offline::keep(&address, &page.get_value()).await
            };
            has_failed.try_set(!is_done);
            bytes.try_set(offline::kept(&address).await);
            is_busy.try_set(false);
        });
    };
    let said = move || match (has_failed.get(), is_kept()) {
        (true, _) => words::NOT_KEPT_OFFLINE.to_owned(),
        (_, true) => words::kept_offline(bytes.get()),
        _ => words::KEEP_OFFLINE.to_owned(),
    };
    move || {
        is_possible.get().then(|| {
            view! {
                <li class="r-save-keep">
                    <button type="button" class="r-save-form" aria-pressed=move || is_kept().to_string() on:click=change>{said}</button>
                </li>
            }
        })
    }
}

/// What is there without a network, and a way to be rid of it.
#[component]
pub fn OfflineStore() -> impl IntoView {
    let total = RwSignal::new((0, 0.0));
    let count = move || {
        spawn_local(async move {
            total.try_set(offline::total().await);
        });
    };
    count();
    let clear = move |_| {
        spawn_local(async move {
            offline::clear().await;
            count();
        });
    };
    let has_any = Memo::new(move |_| total.get().1 > 0.0);
    move || {
        has_any.get().then(|| {
            view! {
                <p class="r-offline">
                    <span>{move || { let (articles, bytes) = total.get(); words::there_offline(articles, bytes) }}</span>
                    <button type="button" class="r-button" on:click=clear>{words::CLEAR_OFFLINE}</button>
                </p>
            }
        })
    }
}
