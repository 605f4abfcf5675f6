//! The fragment of the page's address, and the steps of the history.
//! <https://developer.mozilla.org/docs/Web/API/History>
//!
//! Browsers refuse writing too often, and in some frames altogether: then the address stays as it is.

use leptos::prelude::on_cleanup;
use wasm_bindgen::JsValue;
use web_sys::{History, ScrollRestoration};

use super::listener::listen;
use super::window;

/// How much of the page's address is ours to read and to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// All, and what the steps of the history remember.
    Whole,
    /// The fragment.
    Fragment,
    /// Nothing: the page is somebody else's.
    Nothing,
}

impl Address {
    /// The fragment with its `#`, percent-encoded; empty where there is none.
    pub fn fragment(self) -> String {
        if self == Self::Nothing { String::new() } else { window().location().hash().unwrap_or_default() }
    }

    /// The query with its `?`, where it says what is shown; empty where there is none.
    pub fn query(self) -> String {
        if self == Self::Whole { query() } else { String::new() }
    }

    /// Makes `id` the fragment, as a new step of the history.
    pub fn push_fragment(self, id: &str) {
        if let Some(history) = self.history(Self::Nothing) {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&with_fragment(id)));
        }
    }

    /// Makes `id` the fragment of the present step, and has it remember `note`.
    pub fn replace_fragment(self, id: &str, note: &str) {
        if let Some(history) = self.history(Self::Fragment) {
            let _ = history.replace_state_with_url(&note.into(), "", Some(&with_fragment(id)));
        }
    }

    /// Has the present step of the history remember `note`.
    pub fn set_note(self, note: &str) {
        if let Some(history) = self.history(Self::Fragment) {
            let _ = history.replace_state(&note.into(), "");
        }
    }

    /// What the present step of the history remembers.
    pub fn note(self) -> Option<String> {
        self.history(Self::Fragment)?.state().ok()?.as_string()
    }

    /// Calls `moved` when another step of the history, or another fragment, was gone to by other means than ours.
    pub fn on_move(self, moved: impl Fn() + 'static) {
        if self != Self::Nothing {
            listen(&window(), &["popstate"], Box::new(move |_| moved()));
        }
    }

    /// From now on the browser leaves it to us where the page is scrolled to after going back or forward.
    pub fn take_scroll_restoration(self) {
        let Some(history) = self.history(Self::Fragment) else { return };
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        on_cleanup(|| {
            if let Ok(history) = window().history() {
                let _ = history.set_scroll_restoration(ScrollRestoration::Auto);
            }
        });
    }

    /// The history, where more of the address than `less` is ours.
    fn history(self, less: Self) -> Option<History> {
        if self == Self::Nothing || self == less { None } else { window().history().ok() }
    }
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

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Calls `leaving` when the page may be about to go.
pub fn on_leave(leaving: impl Fn() + 'static) {
    listen(&window(), &["pagehide"], Box::new(move |_| leaving()));
}
