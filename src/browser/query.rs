//! The query of the page's address, which says what is shown. <https://developer.mozilla.org/docs/Web/API/History_API>

use std::cell::RefCell;

use leptos::prelude::on_cleanup;
use wasm_bindgen::prelude::*;
use web_sys::{Url, UrlSearchParams};

use super::{document, location, window};

/// The value of a parameter; empty counts as absent.
pub fn get(name: &str) -> Option<String> {
    let query = UrlSearchParams::new_with_str(&location::query()).ok()?;
    query.get(name).filter(|value| !value.is_empty())
}

/// Makes `?name=value` the address, as a new step of the history; no query at all where `name` is empty.
pub fn push(name: &str, value: &str) {
    let Ok(url) = Url::new(&document::base_url()) else { return };
    url.set_hash("");
    url.set_search("");
    if !name.is_empty() {
        url.search_params().set(name, value);
    }
    step(&url);
}

/// Changes one parameter of the address, as a new step of the history; empty takes it out.
pub fn change(name: &str, value: &str) {
    let Ok(url) = Url::new(&document::base_url()) else { return };
    let query = UrlSearchParams::new_with_str(&location::query()).unwrap_or_else(|_| url.search_params());
    if value.is_empty() {
        query.delete(name);
    } else {
        query.set(name, value);
    }
    url.set_search(&String::from(query.to_string()));
    step(&url);
}

/// Runs `changed` when going back or forward leads to another query; not when only the fragment differs.
pub fn on_change(changed: impl Fn() + 'static) {
    remember(location::query());
    let listener = Closure::<dyn FnMut()>::new(move || {
        let now = location::query();
        if LAST.with(|last| *last.borrow() != now) {
            remember(now);
            changed();
        }
    });
    let _ = window().add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
    let listener = send_wrapper::SendWrapper::new(listener);
    on_cleanup(move || {
        let _ = window().remove_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
    });
}

thread_local! {
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

fn step(url: &Url) {
    let pushed =
        window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&url.href())));
    if pushed.is_ok() {
        remember(location::query());
    }
}

fn remember(query: String) {
    LAST.with(|last| *last.borrow_mut() = query);
}
