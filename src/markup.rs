//! Foreign HTML -> blocks: parsed, never trusted. Nothing of the source's markup reaches the page; what it means is
//! rebuilt as typed blocks, and every visible word is kept or reported.

mod boilerplate;
pub mod caps;
mod code;
mod document;
mod embed;
mod facts;
mod figure;
mod flow;
mod footnote;
mod ghost;
mod heading;
mod image;
mod inline;
mod list;
pub mod loss;
mod math;
#[cfg(test)]
mod notation;
mod mediawiki;
mod names;
mod paragraph;
#[cfg(not(target_arch = "wasm32"))]
pub mod parse;
pub mod quiet;
mod quote;
pub(crate) mod stray;
mod table;
#[cfg(test)]
mod tests;
pub mod tree;
mod walk;
mod whitespace;
mod wordpress;

use std::borrow::Cow;

use crate::article::{Block, Blocks, Embed, Footnote, Inlines};
use crate::warning::Warnings;
pub use document::{Document, document};
use flow::Flow;
pub use loss::Loss;
use loss::Reason;
use tree::NodeId;
pub use tree::Tree;
use walk::Walk;

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
pub fn blocks(html: &str, parse: ParseHtml, warnings: &mut Warnings) -> Fragment {
    let (fragment, loss) = read(html, parse, warnings);
    loss.report(warnings);
    fragment
}

/// Reads an HTML fragment, and returns the words that are left out.
pub fn read(html: &str, parse: ParseHtml, warnings: &mut Warnings) -> (Fragment, Loss) {
    if let Err(excess) = caps::check(html) {
        return (without_tags(html, excess, warnings), Loss::default());
    }
    let (tree, shortcodes) = parse_fragment(html, parse, warnings);
    let mut walk = Walk::new(&tree);
    for shortcode in shortcodes {
        walk.loss.add(Reason::Shortcode, &shortcode);
    }
    let body = body_of(&tree);
    walk.detect_blank_lines(body);
    let fragment = fragment(&mut walk, body);
    walk.drop_rest(Reason::Unplaced);
    (fragment, walk.loss)
}

/// The embed that a paragraph of nothing but the address of a known provider stands for, in other formats too.
pub(crate) fn embed_of(paragraph: &Inlines) -> Option<Embed> {
    embed::bare_link(paragraph)
}

/// Reads HTML that may hold text-level marks only, such as a WordPress title.
pub fn inlines(html: &str, parse: ParseHtml, warnings: &mut Warnings) -> Inlines {
    if !html.contains(['<', '&']) {
        return inline_text(html);
    }
    if caps::check(html).is_err() {
        warnings.warn("markup too deep or too long; shown as text");
        return inline_text(&caps::strip_tags(html));
    }
    let tree = parse(html);
    let mut walk = Walk::new(&tree);
    let inlines = inline::of(&mut walk, body_of(&tree));
    walk.drop_rest(Reason::Unplaced);
    walk.loss.report(warnings);
    inlines
}

/// What a known provider shows at an address; `None` for all others.
pub fn embed(url: &str) -> Option<Embed> {
    embed::classify(url)
}

fn inline_text(text: &str) -> Inlines {
    let mut run = Vec::new();
    inline::push_text(&mut run, text);
    inline::tidy(run)
}

/// Parses a piece of HTML as publishing systems store it: with shortcodes, or escaped twice. The shortcodes that
/// cannot be resolved are returned.
fn parse_fragment(html: &str, parse: ParseHtml, warnings: &mut Warnings) -> (Tree, Vec<String>) {
    let (html, shortcodes) = wordpress::shortcodes(html);
    let mut tree = parse(&html);
    if let Some(inner) = escaped_markup(&tree)
        && caps::check(&inner).is_ok()
    {
        warnings.info("the HTML was escaped twice");
        tree = parse(&inner);
    }
    (tree, shortcodes)
}

/// Reads the content of a node and the footnotes it refers to.
fn fragment<'a>(walk: &mut Walk<'a>, root: NodeId) -> Fragment {
    let footnotes = footnote::collect(walk);
    let mut flow = Flow::new(walk.scope);
    walk::children(walk, root, &mut flow);
    let mut blocks = flow.finish(walk);
    paragraph::promote_fake_headings(&mut blocks);
    Fragment { blocks, footnotes }
}

fn body_of(tree: &Tree) -> NodeId {
    tree.children(Tree::ROOT).iter().copied().find(|&id| tree.name(id) == "body").unwrap_or(Tree::ROOT)
}

/// The markup that a document of text alone holds, where it was escaped once too often.
fn escaped_markup(tree: &Tree) -> Option<Cow<'_, str>> {
    let [only] = tree.children(body_of(tree)) else { return None };
    let text = tree.text(*only)?.trim();
    let opens = ["<p", "<div", "<h1", "<h2", "<h3", "<ul", "<ol", "<figure", "<a ", "<!--", "<br", "<img", "<section"];
    (text.contains("</") && opens.iter().any(|tag| text.starts_with(tag))).then_some(Cow::Borrowed(text))
}

/// The text of HTML that is too much to parse, one paragraph for each block.
fn without_tags(html: &str, excess: caps::Excess, warnings: &mut Warnings) -> Fragment {
    let what = excess.describe();
    if html.len() > caps::MAX_BYTES {
        warnings.warn(format!("too much HTML ({what}): shown without its markup, and cut off"));
    } else {
        warnings.warn(format!("too much HTML ({what}): shown without its markup"));
    }
    let text = caps::strip_tags(html);
    let paragraphs = text.split("\n\n").map(inline_text).filter(|paragraph| !paragraph.is_empty());
    Fragment { blocks: paragraphs.map(Block::paragraph).collect(), footnotes: Vec::new() }
}
