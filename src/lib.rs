//! Recto: article JSON in, a comfortable reading view out.
//!
//! ```text
//! bytes ──reader──▶ Article + warnings ──html──▶ SafeHtml ──ui──▶ the page
//!                      ├──outline──▶ contents list
//!                      └──text─────▶ reading time
//! ```
//!
//! ```
//! use recto::{html, markup, outline, reader};
//!
//! let file = br#"{"articleJson": "1.0", "title": "Mills", "body": [
//!     "A string is a paragraph.", {"type": "section", "title": "Water", "children": ["It turns the wheel."]}]}"#;
//! let reading = reader::read(file, &reader::Hint::default(), markup::parse::parse)?;
//! let article = &reading.articles[0];
//!
//! assert_eq!(reading.warnings, []);
//! assert_eq!(outline::outline(article)[0].label, "Water");
//! assert!(html::article(article, &html::Options::default()).as_str().contains("<p>A string is a paragraph.</p>"));
//! # Ok::<(), reader::ReadError>(())
//! ```
//!
//! Everything but `browser` and `ui` is pure: values and functions, the same natively and in wasm.

pub mod warning;
pub mod url;
pub mod language;
pub mod letter;
mod scan;
pub mod json;
pub mod article;
pub mod reader;
pub mod markup;
pub mod html;
pub mod text;
pub mod outline;
pub mod reading_time;
pub mod comments;
pub mod page;
pub mod spy;
pub mod site;
pub mod export;

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod cli;

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
pub mod browser;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod ui;
