//! What the page as a whole says: its title, language, direction and theme, and data written into it; and the tree that
//! an element is in, which is the page's or a shadow root's.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use super::page;

#[wasm_bindgen]
extern "C" {
    /// A document or a shadow root. <https://dom.spec.whatwg.org/#interface-nonelementparentnode>
    #[derive(Debug, Clone)]
    type Root;

    #[wasm_bindgen(method, js_name = getElementById)]
    fn element_by_id(this: &Root, id: &str) -> Option<Element>;

    #[wasm_bindgen(method, catch, js_name = querySelector)]
    fn find(this: &Root, selector: &str) -> Result<Option<Element>, JsValue>;
}

/// The tree that an element is in: ids and selectors know nothing beyond it.
#[derive(Debug, Clone)]
pub struct Tree(SendWrapper<Root>);

impl Tree {
    /// The page's own.
    pub fn of_page() -> Self {
        Self::around(&page())
    }

    /// The tree around `node`.
    pub fn around(node: &Node) -> Self {
        Self(SendWrapper::new(node.get_root_node().unchecked_into()))
    }

    /// The element with this id.
    pub fn element_by_id(&self, id: &str) -> Option<Element> {
        self.0.element_by_id(id)
    }

    /// The first element that matches.
    pub fn find(&self, selector: &str) -> Option<Element> {
        self.0.find(selector).ok().flatten()
    }
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    page().set_title(title);
}

/// Sets the theme, or follows the system where `theme` is empty.
pub fn set_theme(theme: &str) {
    let Some(root) = page().document_element() else { return };
    let _ =
        if theme.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", theme) };
}

/// The theme in effect as set by [`set_theme`] or the boot script; empty when the system's is followed.
pub fn theme() -> String {
    page().document_element().and_then(|root| root.get_attribute("data-theme")).unwrap_or_default()
}

/// Address of the page, with query and fragment.
pub fn base_url() -> String {
    page().base_uri().ok().flatten().unwrap_or_default()
}

/// The text of the first inline `<script type="application/json">` that holds an article.
pub fn inline_article() -> Option<String> {
    let selector = "script[type='application/json'][data-recto], script[type='application/article+json']";
    page().query_selector(selector).ok().flatten().and_then(|script| script.text_content())
}

/// The element that matches `selector` among `target` and its ancestors.
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest(selector).ok().flatten()
}

/// Opens what `element` is folded away in.
pub fn open_details_around(element: &Element) {
    let mut inner = element.clone();
    while let Some(details) = inner.closest("details:not([open])").ok().flatten() {
        let _ = details.set_attribute("open", "");
        inner = details;
    }
}

/// Opens the print dialogue.
pub fn print() {
    let _ = super::window().print();
}
