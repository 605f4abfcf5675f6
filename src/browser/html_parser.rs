//! Foreign HTML -> a tree, by the browser's own parser in a document that runs and loads nothing.
//! <https://developer.mozilla.org/docs/Web/API/DOMParser>

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, DomParser, Element, Node as DomNode};

use super::trusted_html::trusted;
use crate::markup::quiet::{original_name, quieted};
use crate::markup::tree::{Node, NodeId, Tree};

/// Parses HTML, scripting off; an empty tree where the browser refuses.
pub fn parse(html: &str) -> Tree {
    let mut tree = Tree::new();
    if let Some(document) = parse_document(html)
        && let Some(root) = document.document_element()
    {
        tree.set_root_attributes(attributes(&root));
        copy_children(&root, Tree::ROOT, &mut tree);
    }
    tree
}

/// Called by hand because web-sys types the markup as a string, and it is a `TrustedHTML` here.
fn parse_document(html: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    let parse: Function = Reflect::get(&parser, &"parseFromString".into()).ok()?.dyn_into().ok()?;
    parse.call2(&parser, &trusted(&JsValue::from_str(&quieted(html))), &"text/html".into()).ok()?.dyn_into().ok()
}

/// Walks without recursion: the parser nests 512 deep, and the stack is small.
fn copy_children(root: &DomNode, id: NodeId, tree: &mut Tree) {
    let mut parents = vec![id];
    let mut next = root.first_child();
    while let Some(node) = next {
        let parent = *parents.last().expect("the root is never popped");
        let mut entered = None;
        match node.node_type() {
            DomNode::ELEMENT_NODE => {
                let element: &Element = node.unchecked_ref();
                let name = element.local_name();
                let is_template = name == "template";
                let id = tree.append(parent, Node::Element { name, attributes: attributes(element) });
                if !is_template && let Some(child) = node.first_child() {
                    parents.push(id);
                    entered = Some(child);
                }
            }
            DomNode::TEXT_NODE | DomNode::CDATA_SECTION_NODE => {
                tree.append(parent, Node::Text(node.node_value().unwrap_or_default()));
            }
            _ => {}
        }
        next = entered.or_else(|| following(node, &mut parents));
    }
}

/// The next sibling of `node`, or of the nearest ancestor that has one below the root.
fn following(mut node: DomNode, parents: &mut Vec<NodeId>) -> Option<DomNode> {
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        if parents.len() == 1 {
            return None;
        }
        parents.pop();
        node = node.parent_node()?;
    }
}

fn attributes(element: &Element) -> Vec<(String, String)> {
    let list = element.attributes();
    (0..list.length())
        .filter_map(|index| list.item(index))
        .map(|attribute| (original_name(&attribute.name()).to_owned(), attribute.value()))
        .collect()
}
