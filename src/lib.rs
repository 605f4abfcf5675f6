//! Recto: article JSON in, a comfortable reading view out.
//!
//! ```text
//! bytes ──reader──▶ Article + warnings ──html──▶ SafeHtml ──ui──▶ the page
//!                      ├──outline──▶ contents list
//!                      └──text─────▶ reading time
//! ```
//!
//! Everything but `browser` and `ui` is pure: values and functions, the same natively and in wasm.

pub mod warning;
pub mod url;
pub mod language;
pub mod letter;
pub mod json;
pub mod article;
pub mod reader;
pub mod markup;
pub mod html;
pub mod text;
pub mod outline;
pub mod reading_time;
pub mod comments;
pub mod spy;
pub mod site;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod browser;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod ui;
