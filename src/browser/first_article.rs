//! The article that `modules.js` put into the page before the interface was there.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use super::page;

/// Whether there is one.
pub fn is_shown() -> bool {
    element("").is_some()
}

/// Whether the reader has begun to move in it.
pub fn is_being_read() -> bool {
    element("").is_some_and(|first| first.has_attribute("data-read"))
}

/// Moves its content to `body`, and takes away what was around it; false where there is none. What is selected, has
/// the focus or plays goes on, where the browser can do that.
pub fn move_to(body: &Element) -> bool {
    let Some(article) = element("article") else { return false };
    let move_before =
        Reflect::get(body, &"moveBefore".into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    while let Some(child) = article.first_child() {
        let moved = move_before.as_ref().is_some_and(|method| method.call2(body, &child, &JsValue::NULL).is_ok());
        if !moved && Node::append_child(body, &child).is_err() {
            break;
        }
    }
    remove();
    true
}

/// Takes it out of the page.
pub fn remove() {
    if let Some(first) = element("") {
        first.remove();
    }
}

fn element(inside: &str) -> Option<Element> {
    page().query_selector(&["[data-first] ", inside].concat().trim_end().to_owned()).ok().flatten()
}
