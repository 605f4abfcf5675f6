//! The article that `boot/modules.js` put into the page before the interface was there.

use js_sys::{Function, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node, Selection};

use super::bytes::Bytes;
use super::document::Tree;
use super::fetch::Fetched;
use super::modules::{self, Read, View};
use super::window;

#[wasm_bindgen]
extern "C" {
    /// What `boot/modules.js` makes, once for each place where an article is shown.
    #[derive(Debug, Clone)]
    pub type First;

    /// What depends on where it is shown.
    #[wasm_bindgen(method, getter)]
    fn options(this: &First) -> JsValue;

    /// The file, the first time that it is asked for by its address.
    #[wasm_bindgen(method, catch, js_name = take)]
    async fn take_file(this: &First, address: &str) -> Result<JsValue, JsValue>;
}

/// What was fetched, and perhaps shown, before the interface was there.
#[derive(Debug, Clone)]
pub struct FirstArticle(SendWrapper<First>);

/// An article that was fetched before the interface was there.
pub struct FirstFile {
    /// The file.
    pub fetched: Fetched,
    /// The article, where it is one of the site's own format.
    pub read: Option<Read>,
}

impl FirstArticle {
    /// What the script passed.
    pub fn new(first: First) -> Self {
        Self(SendWrapper::new(first))
    }

    /// What depends on where it is shown.
    pub fn view(&self) -> View {
        View::of(self.0.options())
    }

    /// Level of its title among the headings of the page.
    pub fn heading_level(&self) -> u8 {
        self.option("level").as_f64().unwrap_or_default() as u8
    }

    /// Whether its contents list may be beside the text.
    pub fn may_have_contents(&self) -> bool {
        self.option("mayHaveContents").is_truthy()
    }

    /// Address of the article that is shown, in place of what the page's address says.
    pub fn source(&self) -> Option<String> {
        self.option("source").as_string()
    }

    /// The folder of the site's settings.
    pub fn site(&self) -> Option<String> {
        self.option("site").as_string()
    }

    /// Address of a page with the site's list.
    pub fn list(&self) -> Option<String> {
        self.option("list").as_string()
    }

    fn option(&self, name: &str) -> JsValue {
        Reflect::get(&self.0.options(), &name.into()).unwrap_or_default()
    }

    /// What was fetched from `address` before the interface was there; only the first time that it is asked for.
    pub async fn take(&self, address: &str) -> Option<FirstFile> {
        let first = self.0.take_file(address).await.ok().filter(JsValue::is_object)?;
        let get = |key: &str| Reflect::get(&first, &key.into()).unwrap_or_default();
        let text = |key: &str| get(key).as_string().unwrap_or_default();
        let fetched = Fetched { bytes: Bytes::of(&get("bytes")), media_type: text("type"), url: text("url") };
        Some(FirstFile { fetched, read: modules::page_of(&get("read")) })
    }
}

/// Whether there is one in the page.
pub fn is_shown(tree: &Tree) -> bool {
    tree.find("[data-first]").is_some()
}

/// Whether the reader has begun to move in it.
pub fn is_being_read(tree: &Tree) -> bool {
    tree.find("[data-first][data-read]").is_some()
}

/// Moves its content to `body`, takes away what was around it, and brings the interface forward, which waited behind it;
/// false where there is none. What is selected stays so; what has the focus or plays goes on, where the browser can do
/// that.
pub fn move_to(body: &Element) -> bool {
    let tree = Tree::around(body);
    let come_forward = || {
        if let Some(waiting) = body.closest("[hidden]").ok().flatten() {
            let _ = waiting.remove_attribute("hidden");
        }
    };
    let Some(article) = tree.find("[data-first] article") else {
        come_forward();
        return false;
    };
    let top = article.get_bounding_client_rect().top();
    let selected = Selected::now();
    let move_before =
        Reflect::get(body, &"moveBefore".into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    while let Some(child) = article.first_child() {
        let moved = move_before.as_ref().is_some_and(|method| method.call2(body, &child, &JsValue::NULL).is_ok());
        if !moved && Node::append_child(body, &child).is_err() {
            break;
        }
    }
    // All in one moment, so that the page keeps its height, and with it where it is scrolled to.
    come_forward();
    remove(&tree);
    // What is around it may be of another height. Who has begun to read must not see that.
    if top < 0.0 {
        let moved = body.get_bounding_client_rect().top() - top;
        if moved.abs() >= 1.0 {
            window().scroll_by_with_x_and_y(0.0, moved);
        }
    }
    if let Some(selected) = selected {
        selected.restore();
    }
    true
}

/// Takes it out of the page.
pub fn remove(tree: &Tree) {
    if let Some(first) = tree.find("[data-first]") {
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
