//! The browser's APIs, one file each: Rust types in and out, no `JsValue` escapes. The only place that names
//! `web_sys`, `js_sys` and `wasm_bindgen`.

pub mod html_parser;
pub mod intl;
pub mod origin;
pub mod place;
pub mod trusted_html;

// What only the interface takes.
#[cfg(feature = "ui")]
pub mod bytes;
#[cfg(feature = "ui")]
pub mod calls;
#[cfg(feature = "ui")]
pub mod clipboard;
#[cfg(feature = "ui")]
pub mod clock;
#[cfg(feature = "ui")]
pub mod document;
#[cfg(feature = "ui")]
pub mod embed;
#[cfg(feature = "ui")]
pub mod fetch;
#[cfg(feature = "ui")]
pub mod file;
#[cfg(feature = "ui")]
pub mod file_save;
#[cfg(feature = "ui")]
pub mod first_article;
#[cfg(feature = "ui")]
pub mod focus;
#[cfg(feature = "ui")]
pub mod host;
#[cfg(feature = "ui")]
pub mod indexed_db;
#[cfg(feature = "ui")]
mod listener;
#[cfg(feature = "ui")]
pub mod location;
#[cfg(feature = "ui")]
pub mod locks;
#[cfg(feature = "ui")]
pub mod modules;
#[cfg(feature = "ui")]
pub mod nearness;
#[cfg(feature = "ui")]
pub mod network;
#[cfg(feature = "ui")]
pub mod offline;
#[cfg(feature = "ui")]
pub mod query;
#[cfg(feature = "ui")]
pub mod random;
#[cfg(feature = "ui")]
pub mod scroll;
#[cfg(feature = "ui")]
pub mod storage;
#[cfg(feature = "ui")]
pub mod timer;
#[cfg(feature = "ui")]
pub mod viewport;
#[cfg(feature = "ui")]
pub mod visibility;

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
