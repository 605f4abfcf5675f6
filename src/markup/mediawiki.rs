//! MediaWiki: boxes and thumbnails by their classes.

use super::flow::Flow;
use super::tree::NodeId;
use super::walk::Walk;
use super::{figure, table};
use crate::article::{Aside, Kind};

/// Reads an element that its class calls an infobox or a thumbnail; whether it was one.
#[inline(never)]
pub(super) fn block<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let name = tree.name(node);
    let has = |class: &str| tree.has_class(node, class);
    if name == "table" && (has("infobox") || has("sidebar")) && !flow.is_deep() {
        let attributes = flow.begin(w, node);
        let mut inside = flow.inside(w, 2);
        table::read(w, node, &mut inside);
        let children = inside.finish(w);
        if !children.is_empty() {
            flow.end(attributes, Kind::Aside(Aside { children, ..Aside::default() }));
        }
        return true;
    }
    name == "div" && (has("thumb") || has("thumbinner")) && figure::captioned(w, node, flow)
}
