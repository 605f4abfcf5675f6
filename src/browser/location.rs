//! The fragment of the page's address, and the steps of the history.
//! <https://developer.mozilla.org/docs/Web/API/History>
//!
//! Browsers refuse writing too often, and in some frames altogether: then the address stays as it is.

use leptos::prelude::on_cleanup;
use wasm_bindgen::JsValue;
use web_sys::ScrollRestoration;

use super::listener::listen;
use super::window;

/// The fragment with its `#`, percent-encoded; empty where there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The query with its `?`; empty where there is none.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// The page's address with `id` as its fragment, or with none.
pub fn with_fragment(id: &str) -> String {
    let mut address = window().location().href().unwrap_or_default();
    address.truncate(address.find('#').unwrap_or(address.len()));
    if !id.is_empty() {
        address.push('#');
        address.push_str(id);
    }
    address
}

/// Makes `id` the fragment, as a new step of the history.
pub fn push_fragment(id: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&with_fragment(id)));
    }
}

/// Makes `id` the fragment of the present step, and has it remember `note`.
pub fn replace_fragment(id: &str, note: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&note.into(), "", Some(&with_fragment(id)));
    }
}

/// Has the present step of the history remember `note`.
pub fn set_note(note: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state(&note.into(), "");
    }
}

/// What the present step of the history remembers.
pub fn note() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string()
}

/// Calls `moved` when another step of the history, or another fragment, was gone to by other means than ours.
pub fn on_move(moved: impl Fn() + 'static) {
    listen(&window(), &["popstate"], Box::new(move |_| moved()));
}

/// Calls `leaving` when the page may be about to go.
pub fn on_leave(leaving: impl Fn() + 'static) {
    listen(&window(), &["pagehide"], Box::new(move |_| leaving()));
}

/// From now on the browser leaves it to us where the page is scrolled to after going back or forward.
pub fn take_scroll_restoration() {
    let set = |restoration| {
        if let Ok(history) = window().history() {
            let _ = history.set_scroll_restoration(restoration);
        }
    };
    set(ScrollRestoration::Manual);
    on_cleanup(move || set(ScrollRestoration::Auto));
}
