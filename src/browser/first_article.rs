//! The article that `modules.js` put into the page before the interface was there.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node, Selection};

use super::{page, window};

/// Whether there is one.
pub fn is_shown() -> bool {
    element("").is_some()
}

/// Whether the reader has begun to move in it.
pub fn is_being_read() -> bool {
    element("").is_some_and(|first| first.has_attribute("data-read"))
}

/// Moves its content to `body`, and takes away what was around it; false where there is none. What is selected stays
/// so; what has the focus or plays goes on, where the browser can do that.
pub fn move_to(body: &Element) -> bool {
    let Some(article) = element("article") else { return false };
    let selected = Selected::now();
    let move_before =
        Reflect::get(body, &"moveBefore".into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    while let Some(child) = article.first_child() {
        let moved = move_before.as_ref().is_some_and(|method| method.call2(body, &child, &JsValue::NULL).is_ok());
        if !moved && Node::append_child(body, &child).is_err() {
            break;
        }
    }
    // The interface waited behind it. It comes forward in the same moment, so that the page keeps its height, and with
    // it where it is scrolled to.
    if let Some(waiting) = body.closest("[hidden]").ok().flatten() {
        let _ = waiting.remove_attribute("hidden");
    }
    remove();
    if let Some(selected) = selected {
        selected.restore();
    }
    true
}

/// Takes it out of the page.
pub fn remove() {
    if let Some(first) = element("") {
        first.remove();
    }
}

/// What the reader has selected: moving a node takes it out of every range.
struct Selected {
    selection: Selection,
    anchor: (Node, u32),
    focus: (Node, u32),
}

impl Selected {
    fn now() -> Option<Self> {
        let selection = window().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed())?;
        let anchor = (selection.anchor_node()?, selection.anchor_offset());
        let focus = (selection.focus_node()?, selection.focus_offset());
        Some(Self { selection, anchor, focus })
    }

    fn restore(self) {
        let (anchor, focus) = (self.anchor, self.focus);
        let _ = self.selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
    }
}

fn element(inside: &str) -> Option<Element> {
    page().query_selector(["[data-first] ", inside].concat().trim_end()).ok().flatten()
}
