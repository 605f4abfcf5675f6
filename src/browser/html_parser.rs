//! Foreign HTML -> a tree, by the browser's own parser in a document that runs and loads nothing.
//! <https://developer.mozilla.org/docs/Web/API/DOMParser>
//!
//! A form gives its fields by their names, before its own properties, and a document its forms and pictures: after
//! `<input name=firstChild>` the form's first child is the field, and a walk may never end. So the properties are read
//! by the getters of the prototypes (`final`), which nothing in the markup can take the place of.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{DomParser, NamedNodeMap};

use super::trusted_html::trusted;
use crate::markup::quiet::{original_name, quieted};
use crate::markup::tree::{Node, NodeId, Tree};

#[wasm_bindgen]
extern "C" {
    /// A document whatever its forms are called.
    #[wasm_bindgen(js_name = Document)]
    type Parsed;
    #[wasm_bindgen(method, getter, final, js_class = "Document", js_name = documentElement)]
    fn root(this: &Parsed) -> Option<Part>;

    /// A node whatever its fields are called.
    #[wasm_bindgen(js_name = Node)]
    #[derive(Clone)]
    type Part;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeType)]
    fn kind(this: &Part) -> u16;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeValue)]
    fn text(this: &Part) -> Option<String>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = firstChild)]
    fn first(this: &Part) -> Option<Part>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nextSibling)]
    fn sibling(this: &Part) -> Option<Part>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = parentNode)]
    fn parent(this: &Part) -> Option<Part>;

    /// An element whatever its fields are called.
    #[wasm_bindgen(js_name = Element)]
    type Tagged;
    #[wasm_bindgen(method, getter, final, js_class = "Element", js_name = localName)]
    fn name(this: &Tagged) -> String;
    #[wasm_bindgen(method, getter, final, js_class = "Element", js_name = attributes)]
    fn list(this: &Tagged) -> NamedNodeMap;
}

/// Numbers of kinds of nodes.
const ELEMENT: u16 = 1;
const TEXT: u16 = 3;
const CDATA: u16 = 4;

/// Parses HTML, scripting off; an empty tree where the browser refuses.
pub fn parse(html: &str) -> Tree {
    let mut tree = Tree::new();
    if let Some(document) = parse_document(html)
        && let Some(root) = document.root()
    {
        tree.set_root_attributes(attributes(root.unchecked_ref()));
        copy_children(&root, Tree::ROOT, &mut tree);
    }
    tree
}

/// Called by hand because web-sys types the markup as a string, and it is a `TrustedHTML` here.
fn parse_document(html: &str) -> Option<Parsed> {
    let parser = DomParser::new().ok()?;
    let parse: Function = Reflect::get(&parser, &"parseFromString".into()).ok()?.dyn_into().ok()?;
    parse.call2(&parser, &trusted(&JsValue::from_str(&quieted(html))), &"text/html".into()).ok()?.dyn_into().ok()
}

/// Walks without recursion: the parser nests 512 deep, and the stack is small.
fn copy_children(root: &Part, id: NodeId, tree: &mut Tree) {
    let mut parents = vec![id];
    let mut next = root.first();
    while let Some(node) = next {
        let parent = *parents.last().expect("the root is never popped");
        let mut entered = None;
        match node.kind() {
            ELEMENT => {
                let element: &Tagged = node.unchecked_ref();
                let name = element.name();
                let is_template = name == "template";
                let id = tree.append(parent, Node::Element { name, attributes: attributes(element) });
                if !is_template && let Some(child) = node.first() {
                    parents.push(id);
                    entered = Some(child);
                }
            }
            TEXT | CDATA => {
                tree.append(parent, Node::Text(node.text().unwrap_or_default()));
            }
            _ => {}
        }
        next = entered.or_else(|| following(node, &mut parents));
    }
}

/// The next sibling of `node`, or of the nearest ancestor that has one below the root.
fn following(mut node: Part, parents: &mut Vec<NodeId>) -> Option<Part> {
    loop {
        if let Some(sibling) = node.sibling() {
            return Some(sibling);
        }
        if parents.len() == 1 {
            return None;
        }
        parents.pop();
        node = node.parent()?;
    }
}

fn attributes(element: &Tagged) -> Vec<(String, String)> {
    let list = element.list();
    (0..list.length())
        .filter_map(|index| list.item(index))
        .map(|attribute| (original_name(&attribute.name()).to_owned(), attribute.value()))
        .collect()
}
