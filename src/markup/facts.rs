//! What is known about each node before the walk: whether it is a block, how much text and how many pictures it holds.

use super::tree::{Node, NodeId, Tree};
use super::{image, paragraph};

/// What is known about a node before the walk.
#[derive(Clone, Copy, Default)]
pub(super) struct Fact {
    /// It is a block, or holds one.
    pub(super) blocky: bool,
    /// It is never shown: scripts, styles, the head.
    pub(super) invisible: bool,
    /// Letters and signs of its visible text.
    pub(super) letters: u32,
    /// Pictures that stand alone.
    pub(super) images: u32,
    pub(super) depth: u16,
}

/// The facts of every node, by its index.
pub(super) fn facts(tree: &Tree) -> Vec<Fact> {
    let mut facts = vec![Fact::default(); tree.size()];
    for id in tree.all() {
        let parent = tree.parent(id).map(|parent| facts[parent.index()]).unwrap_or_default();
        let fact = &mut facts[id.index()];
        fact.depth = parent.depth.saturating_add(1);
        fact.invisible = parent.invisible;
        if let Node::Element { name, .. } = tree.node(id) {
            fact.invisible |= is_invisible(name);
            fact.images = u32::from(name == "img" && !image::is_inline(tree, id));
            fact.blocky = match name.as_str() {
                "img" => fact.images > 0,
                "math" => tree.value(id, "display") == "block",
                "br" => follows_break(tree, id),
                name => is_block(name),
            };
        } else if !fact.invisible {
            let text = tree.text(id).unwrap_or_default();
            fact.letters = text.chars().filter(|letter| !paragraph::is_space(*letter)).count() as u32;
        }
    }
    for id in tree.all().rev() {
        let fact = facts[id.index()];
        if let Some(parent) = tree.parent(id)
            && !fact.invisible
        {
            let parent_name = tree.name(parent);
            let is_foreign = matches!(parent_name, "svg" | "math" | "button" | "select" | "ruby");
            let parent = &mut facts[parent.index()];
            parent.blocky |= fact.blocky && !is_foreign;
            if tree.name(id) != "noscript" {
                parent.letters += fact.letters;
                parent.images += fact.images;
            }
        }
    }
    facts
}

/// Whether a `br` follows another one, so that the two end a paragraph.
fn follows_break(tree: &Tree, id: NodeId) -> bool {
    let Some(parent) = tree.parent(id) else { return false };
    let siblings = tree.children(parent);
    let index = siblings.binary_search(&id).unwrap_or(0);
    let is_blank = |id: &&NodeId| tree.text(**id).is_some_and(paragraph::is_blank);
    siblings[..index].iter().rev().find(|id| !is_blank(id)).is_some_and(|&id| tree.name(id) == "br")
}

fn is_invisible(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "head" | "title" | "link" | "meta" | "base" | "param" | "datalist")
}

/// Whether an element of that name stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "audio"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "embed"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "object"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "video"
            | "xmp"
            | "caption"
            | "frameset"
            | "marquee"
    )
}
