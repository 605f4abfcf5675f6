//! Quotations and who said it.

use super::flow::Flow;
use super::inline;
use super::tree::NodeId;
use super::walk::{Walk, blocks_of};
use crate::article::{Attributes, Block, Blocks, Inline, Inlines, Kind, Paragraph, PullQuote, Quote};

/// Reads a `blockquote`.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let class = w.tree.value(node, "class");
    if class.split_ascii_whitespace().any(|class| matches!(class, "pullquote" | "pull-quote" | "wp-block-pullquote")) {
        return pull_quote(w, node, flow);
    }
    let attributes = flow.begin(w, node);
    let quote = quote_of(w, node, flow);
    end(w, flow, attributes, quote);
}

fn end(w: &mut Walk<'_>, flow: &mut Flow<'_>, attributes: Attributes, mut quote: Quote) {
    if quote.children.is_empty() {
        if quote.attribution.is_empty() {
            w.ids.extend(attributes.aliases);
            return;
        }
        quote.children = vec![Block::paragraph(std::mem::take(&mut quote.attribution))].into();
    }
    flow.end(attributes, Kind::Blockquote(quote));
}

/// Reads a quotation that repeats a sentence of the text; one of several blocks stays a quotation.
#[inline(never)]
pub(super) fn pull_quote<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let quote = quote_of(w, node, flow);
    let is_text = |block: &Block| matches!(block.kind, Kind::Paragraph(_) | Kind::Blockquote(_));
    if quote.children.is_empty() || !quote.children.iter().all(is_text) {
        return end(w, flow, attributes, quote);
    }
    let mut pull = PullQuote { children: Inlines::new(), attribution: quote.attribution };
    collect(quote.children, &mut pull);
    flow.end(attributes, Kind::PullQuote(pull));
}

fn collect(blocks: Blocks, pull: &mut PullQuote) {
    for block in blocks.0 {
        match block.kind {
            Kind::Paragraph(Paragraph { children, .. }) => {
                if !pull.children.is_empty() {
                    pull.children.push(Inline::Break(crate::article::json::Empty));
                }
                pull.children.extend(children.0);
            }
            Kind::Blockquote(quote) => {
                if pull.attribution.is_empty() {
                    pull.attribution = quote.attribution;
                } else if !quote.attribution.is_empty() {
                    pull.attribution.push(Inline::Text(" ".to_owned()));
                    pull.attribution.extend(quote.attribution.0);
                }
                collect(quote.children, pull);
            }
            _ => {}
        }
    }
}

#[inline(never)]
fn quote_of<'a>(w: &mut Walk<'a>, node: NodeId, flow: &Flow<'a>) -> Quote {
    let tree = w.tree;
    let mut quote = Quote { cite: tree.value(node, "cite").to_owned(), ..Quote::default() };
    let is_name = |id: NodeId| matches!(tree.name(id), "cite" | "footer" | "figcaption");
    let sole_child = |id: NodeId| {
        let mut parts =
            tree.children(id).iter().filter(|&&child| tree.text(child).is_none_or(|text| !text.trim().is_empty()));
        parts.next().copied().filter(|_| parts.next().is_none())
    };
    // The last element, or the last paragraph where that is a name alone.
    let last = tree.children(node).iter().rev().copied().find(|&id| !tree.name(id).is_empty() && !w.is_done(id));
    let name = last.filter(|&id| is_name(id)).or_else(|| {
        let inside = last.filter(|&id| tree.name(id) == "p").and_then(sole_child)?;
        Some(inside).filter(|&id| is_name(id))
    });
    if let Some(name) = name.filter(|&name| w.letters(name) < w.letters(node)) {
        let inner = sole_child(name).filter(|&id| matches!(tree.name(id), "cite" | "p")).unwrap_or(name);
        quote.attribution = without_dash(inline::of(w, inner));
        w.finish(name);
    }
    quote.children = blocks_of(w, node, flow, 2);
    quote
}

/// A name without the dash before it.
pub(super) fn without_dash(mut name: Inlines) -> Inlines {
    if let Some(Inline::Text(text)) = name.first_mut() {
        let rest = text.trim_start_matches(['—', '–', '―', '-', ' ', '\u{a0}']);
        *text = rest.to_owned();
    }
    inline::tidy(name.0)
}
