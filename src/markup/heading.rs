//! Headings and their anchors.

use super::flow::Flow;
use super::inline;
use super::tree::NodeId;
use super::walk::{Walk, container};
use crate::article::{Heading, Inline, Inlines, Kind};

/// Reads `h1` to `h6`: bold around the whole and links to itself are taken off; an empty one leaves its anchors to
/// the next block.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    if w.letters(node) == 0 && w.images(node) > 0 {
        return container(w, node, flow);
    }
    flow.flush(w);
    for below in w.tree.below(node) {
        let id = w.tree.value(below, "id");
        if !id.is_empty() {
            w.ids.push(id.to_owned());
        }
    }
    let mut children = inline::of_inside(w, node, inline::Marks::of(&flow.marks));
    strip(&mut children, &w.ids);
    children = flow.wrap(children.0);
    if children.is_empty() {
        return;
    }
    let depth = w.tree.name(node)[1..].parse().ok();
    flow.append(w, Some(node), Kind::Heading(Heading { depth, children }));
    if let Some(block) = flow.blocks.last_mut()
        && block.attributes.id.is_empty()
        && !block.attributes.aliases.is_empty()
    {
        block.attributes.id = block.attributes.aliases.remove(0);
    }
}

/// Takes marks off that are around the whole heading, and makes line breaks spaces.
fn strip(children: &mut Inlines, ids: &[String]) {
    for inline in &mut children.0 {
        if matches!(inline, Inline::Break(_)) {
            *inline = Inline::Text(" ".to_owned());
        }
    }
    loop {
        let inner = match children.0.as_mut_slice() {
            [Inline::Strong(inner)] => std::mem::take(inner),
            [Inline::Link(link)]
                if link
                    .url
                    .strip_prefix('#')
                    .is_some_and(|name| name.is_empty() || ids.iter().any(|id| id == name)) =>
            {
                std::mem::take(&mut link.children)
            }
            _ => break,
        };
        *children = inner;
    }
    *children = inline::tidy(std::mem::take(&mut children.0));
}
