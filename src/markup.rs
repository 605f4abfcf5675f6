//! Foreign HTML -> blocks: parsed, never trusted. Nothing of the source's markup reaches the page; what it means is
//! rebuilt as typed blocks, and every visible word is kept or reported.

pub mod tree;

use crate::article::{Blocks, Footnote, Inlines};
use crate::warning::Warnings;
pub use tree::Tree;

/// Parses HTML into a tree with scripting off: the browser's `DOMParser`, or html5ever natively.
pub type ParseHtml = fn(&str) -> Tree;

/// What foreign HTML means.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fragment {
    /// Its content.
    pub blocks: Blocks,
    /// Footnotes that it defines and refers to.
    pub footnotes: Vec<Footnote>,
}

/// Reads an HTML fragment, such as a post's content. What is left out is reported in `warnings`.
pub fn blocks(_html: &str, _parse: ParseHtml, _warnings: &mut Warnings) -> Fragment {
    Fragment::default()
}

/// Reads HTML that may hold text-level marks only, such as a WordPress title.
pub fn inlines(_html: &str, _parse: ParseHtml, _warnings: &mut Warnings) -> Inlines {
    Inlines::new()
}
