//! The element that the app is in, in somebody else's page: what that page asks for, and telling it what happens.
//! `recto-article.js` makes it.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::document::Tree;

#[wasm_bindgen]
extern "C" {
    /// The element's side.
    #[derive(Debug, Clone)]
    pub type HostElement;

    /// Where the app goes.
    #[wasm_bindgen(method, getter)]
    fn container(this: &HostElement) -> HtmlElement;

    /// The value of an attribute; empty where it is not there.
    #[wasm_bindgen(method)]
    fn asked(this: &HostElement, name: &str) -> String;

    /// Address of the article's file, resolved; empty where the page gives the article itself.
    #[wasm_bindgen(method, getter)]
    fn address(this: &HostElement) -> String;

    /// Tells the page with an event; false where the page does not want what was about to happen.
    #[wasm_bindgen(method)]
    fn tell(this: &HostElement, name: &str, detail: &str) -> bool;
}

/// The element that the app is in.
#[derive(Debug, Clone)]
pub struct Host(SendWrapper<HostElement>);

impl Host {
    /// What the element's script passed.
    pub fn new(element: HostElement) -> Self {
        Self(SendWrapper::new(element))
    }

    /// Where the app goes, inside the element's shadow root.
    pub fn container(&self) -> HtmlElement {
        self.0.container()
    }

    /// The tree of the shadow root.
    pub fn tree(&self) -> Tree {
        Tree::around(&self.container())
    }

    /// The value of an attribute; empty where it is not there.
    pub fn asked(&self, name: &str) -> String {
        self.0.asked(name)
    }

    /// Address of the article's file, resolved; empty where the page gives the article itself.
    pub fn address(&self) -> String {
        self.0.address()
    }

    /// Tells the page with an event named `recto-…`, whose `detail` is given as JSON; false where the page does not want
    /// what was about to happen.
    pub fn tell(&self, name: &str, detail: &str) -> bool {
        self.0.tell(name, detail)
    }
}
