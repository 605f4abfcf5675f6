//! Slate and Plate documents, whose names of nodes are every app's own: those in use are in the tables of the tree.
//! Also the older form with `document`, `nodes` and `leaves`.

use super::Context;
use super::marks::Lines;
use super::tree::{self, Dialect};
use crate::article::Blocks;
use crate::json::Value;

/// Whether a value is an array of nodes, the first leaf of which has a text and no name.
pub(super) fn matches(value: &Value<'_>) -> bool {
    match value {
        Value::Array(nodes) => {
            let is_node = |node: &Value<'_>| node.get("children").is_some_and(Value::is_array);
            !nodes.is_empty() && nodes.iter().all(is_node) && nodes.iter().any(has_bare_leaf)
        }
        other => {
            let is_old =
                other.get("document").is_some_and(|document| document.get("nodes").is_some_and(Value::is_array));
            is_old || raw(other).is_some_and(matches)
        }
    }
}

/// The nodes that Hygraph gives, alone or beside other forms of the same text.
fn raw<'v>(value: &'v Value<'v>) -> Option<&'v Value<'v>> {
    let root = value.get("raw").unwrap_or(value);
    root.get("children").filter(|nodes| nodes.is_array() && root.get("type").is_none())
}

fn has_bare_leaf(node: &Value<'_>) -> bool {
    match node.get("children") {
        Some(Value::Array(nodes)) => nodes.iter().any(has_bare_leaf),
        _ => {
            let is_named = ["type", "_type", "object", "nodeType"].iter().any(|key| node.get(key).is_some());
            node.get("text").is_some_and(Value::is_string) && !is_named
        }
    }
}

/// Reads a document.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let dialect = Dialect { lines: Lines::Break, own: |_, _, _, _| false };
    tree::read(value.get("document").or_else(|| raw(value)).unwrap_or(value), &dialect, context)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(tree: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::Slate, tree, expect, warnings);
    }

    #[test]
    fn hygraph_gives_nodes_beside_other_forms() {
        let nodes = json!([{"type": "paragraph", "children": [{"text": "a"}]}]);
        super::super::check(
            &json!({"data": {"posts": [{"title": "T", "content": {"raw": {"children": nodes}}}]}}),
            Format::Slate,
            &json!({"title": "T", "body": [{"type": "paragraph", "children": "a"}]}),
        );
        check(&json!({"children": nodes}), &json!([{"type": "paragraph", "children": "a"}]), &[]);
    }

    #[test]
    fn names_of_slate_and_plate() {
        let text = |text: &str| json!({"text": text});
        check(
            &json!([
                {"type": "heading-two", "children": [text("T")]},
                {"type": "p", "children": [text("a\nb "), {"text": "c", "bold": true, "code": true}, {"type": "a", "url": "/x", "children": [text("d")]}, text("")]},
                {"type": "block-quote", "children": [{"text": "q"}]},
                {"type": "ul", "children": [{"type": "li", "children": [
                    {"type": "lic", "children": [text("e")]},
                    {"type": "ol", "children": [{"type": "li", "children": [text("f")]}]},
                ]}]},
                {"type": "img", "url": "a.png", "caption": [text("C")], "children": [text("")]},
                {"type": "code_block", "lang": "js", "children": [
                    {"type": "code_line", "children": [text("one")]}, {"type": "code_line", "children": [text("two")]},
                ]},
                {"type": "media_embed", "url": "https://vimeo.com/1", "children": [text("")]},
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": ["a", {"type": "break"}, "b ",
                    {"type": "strong", "children": [{"type": "inlineCode", "value": "c"}]},
                    {"type": "link", "url": "/x", "children": "d"}]},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "list", "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "e"},
                    {"type": "list", "ordered": true, "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "f"}]}]},
                ]}]},
                {"type": "figure", "children": [{"type": "image", "url": "a.png"}], "caption": "C"},
                {"type": "code", "lang": "js", "value": "one\ntwo"},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"},
            ]),
            &[],
        );
    }

    #[test]
    fn indented_paragraphs_of_plate_are_lists() {
        let item = |style: &str, indent: u32, text: &str| json!({"type": "p", "indent": indent, "listStyleType": style, "children": [{"text": text}]});
        check(
            &json!([item("disc", 1, "a"), item("decimal", 2, "b")]),
            &json!([{"type": "list", "children": [{"type": "listItem", "children": [
                {"type": "paragraph", "children": "a"},
                {"type": "list", "ordered": true, "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "b"}]}]},
            ]}]}]),
            &[],
        );
    }

    #[test]
    fn the_older_form_and_a_wrapper_without_name() {
        check(
            &json!({"object": "value", "document": {"object": "document", "nodes": [
                {"object": "block", "type": "paragraph", "nodes": [
                    {"object": "text", "leaves": [{"object": "leaf", "text": "a", "marks": [{"type": "italic"}]}]},
                ]},
            ]}}),
            &json!([{"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}]}]),
            &[],
        );
        check(
            &json!([{"children": [{"type": "p", "children": [{"text": "a"}]}, {"type": "glow", "children": [{"text": "b"}]}]}]),
            &json!([{"type": "paragraph", "children": "a"}, {"type": "paragraph", "children": "b"}]),
            &["/0/children/1: unknown block `glow`; shown as text"],
        );
    }

    #[test]
    fn words_in_odd_places_stay() {
        let text = |text: &str| json!([{"text": text}]);
        check(
            &json!([
                {"type": "caption", "children": text("a")},
                {"type": "column_group", "children": [{"type": "img", "url": "b.png", "children": text("")}, {"type": "column", "children": text("c")}]},
                {"type": "toggle", "children": text("d")},
                {"type": "table", "children": [
                    {"type": "caption", "children": text("e")}, {"type": "caption", "children": text("f")}, {"type": "p", "children": text("g")},
                    {"type": "tr", "children": [{"type": "p", "children": text("h")}]},
                ]},
                {"type": "p", "children": [{"type": "strong", "children": text("i")}, {"type": "chip", "label": "Ann"}, {"text": "!"}]},
                {"type": "todo_li", "checked": true, "children": text("j")},
                {"type": "h2", "children": [{"text": "k"}, {"type": "img", "url": "l.png", "children": text("")}]},
            ]),
            &json!([
                {"type": "paragraph", "children": "a"},
                {"type": "columns", "children": [
                    {"type": "column", "children": [{"type": "image", "url": "b.png"}]},
                    {"type": "column", "children": [{"type": "paragraph", "children": "c"}]},
                ]},
                {"type": "details", "summary": "d"},
                {"type": "paragraph", "children": "f"},
                {"type": "paragraph", "children": "g"},
                {"type": "table", "headerRows": 0, "caption": "e", "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "h"}]},
                ]},
                {"type": "paragraph", "children": [{"type": "strong", "children": "i"}, "Ann!"]},
                {"type": "list", "children": [{"type": "listItem", "checked": true, "children": [{"type": "paragraph", "children": "j"}]}]},
                {"type": "heading", "depth": 2, "children": "k"},
                {"type": "image", "url": "l.png"},
            ]),
            &["/4/children/1: unknown block `chip`; shown as text"],
        );
    }
}
