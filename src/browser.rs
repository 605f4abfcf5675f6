//! The browser's APIs, one file each: Rust types in and out, no `JsValue` escapes. The only place that names
//! `web_sys`, `js_sys` and `wasm_bindgen`.

pub mod bytes;
pub mod calls;
pub mod clipboard;
pub mod clock;
pub mod document;
pub mod embed;
pub mod fetch;
pub mod file;
pub mod file_save;
pub mod first_article;
pub mod focus;
pub mod html_parser;
pub mod intl;
mod listener;
pub mod location;
pub mod modules;
pub mod query;
pub mod random;
pub mod scroll;
pub mod storage;
pub mod timer;
pub mod trusted_html;
pub mod viewport;

/// An element of the page; what is done with one, the modules below do.
pub use web_sys::Element;
use web_sys::wasm_bindgen::JsValue;

/// What a browser API refused, for the console and the person who reads it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

impl From<JsValue> for Error {
    fn from(value: JsValue) -> Self {
        let text = js_sys::Reflect::get(&value, &"message".into()).ok().and_then(|message| message.as_string());
        Self(text.or_else(|| value.as_string()).unwrap_or_default())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The window. Present wherever the app runs: it is never started in a worker.
#[expect(clippy::disallowed_methods, reason = "the one place that reaches for the window")]
pub(crate) fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a window")
}

/// The page's document.
pub(crate) fn page() -> web_sys::Document {
    window().document().expect("a window has a document")
}
