//! ProseMirror documents: of Tiptap in camel case, of ProseMirror and Storyblok in snake case, of Atlassian with
//! their own nodes, of Contentstack with `children`. Names and attributes of all are in the tables of the tree.

use super::marks::Lines;
use super::tree::{self, Dialect, Flow, Walk, attribute};
use super::{Context, rescue};
use crate::article::Blocks;
use crate::json::Value;

/// Whether a value is a document, or a list of Storyblok's components.
pub(super) fn matches(value: &Value<'_>) -> bool {
    if let Value::Array(items) = value {
        let is_component = |item: &Value<'_>| !component_of(item).is_empty();
        return items.iter().all(is_component) && items.iter().any(|item| item.get("_uid").is_some());
    }
    let has_nodes = ["content", "children"].iter().any(|key| value.get(key).is_some_and(Value::is_array));
    value.get("type").is_some_and(|name| name == "doc") && has_nodes
}

fn component_of<'v>(value: &'v Value<'v>) -> &'v str {
    value.get("component").and_then(Value::as_str).unwrap_or_default()
}

/// Reads a document, or components.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    if let Value::Array(components) = value {
        let mut blocks = Blocks::default();
        for (index, component) in components.iter().enumerate() {
            let length = context.warnings.enter_index(index);
            blocks.extend(rescue::unknown(component_of(component), component, context).0);
            context.warnings.leave(length);
        }
        return blocks;
    }
    tree::read(value, &Dialect { lines: Lines::Flow, own }, context)
}

/// Storyblok's components in a text, whose members are every site's own.
fn own(walk: &mut Walk<'_, '_>, node: &Value<'_>, name: &str, flow: &mut Flow) -> bool {
    if name != "blok" {
        return false;
    }
    flow.flush();
    for component in attribute(node, &["body"]).and_then(Value::as_array).into_iter().flatten() {
        flow.blocks.extend(rescue::unknown(component_of(component), component, walk.context).0);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(content: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::ProseMirror, &json!({"type": "doc", "content": content}), expect, warnings);
    }

    #[test]
    fn marks_and_nodes_of_tiptap() {
        check(
            &json!([
                {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "T"}]},
                {"type": "paragraph", "attrs": {"textAlign": "center"}, "content": [
                    {"type": "text", "text": "a "},
                    {"type": "text", "marks": [{"type": "bold"}, {"type": "link", "attrs": {"href": "/x", "title": "t"}}], "text": "b"},
                    {"type": "hardBreak"},
                    {"type": "text", "marks": [{"type": "code"}], "text": "c"},
                ]},
                {"type": "paragraph"},
                {"type": "codeBlock", "attrs": {"language": "rust"}, "content": [{"type": "text", "text": "fn a() {}\n"}]},
                {"type": "taskList", "content": [
                    {"type": "taskItem", "attrs": {"checked": true}, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "d"}]}]},
                ]},
                {"type": "orderedList", "attrs": {"start": 3}, "content": [{"type": "listItem", "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "e"}]},
                    {"type": "bulletList", "content": [{"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "f"}]}]}]},
                ]}]},
                {"type": "youtube", "attrs": {"src": "https://youtu.be/dQw4w9WgXcQ", "width": 640}},
                {"type": "horizontalRule"},
            ]),
            &json!([
                {"type": "heading", "depth": 3, "children": "T"},
                {"type": "paragraph", "align": "center", "children": [
                    "a ",
                    {"type": "link", "url": "/x", "title": "t", "children": [{"type": "strong", "children": "b"}]},
                    {"type": "break"},
                    {"type": "inlineCode", "value": "c"},
                ]},
                {"type": "code", "lang": "rust", "value": "fn a() {}\n"},
                {"type": "list", "children": [{"type": "listItem", "checked": true, "children": [{"type": "paragraph", "children": "d"}]}]},
                {"type": "list", "ordered": true, "start": 3, "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "e"},
                    {"type": "list", "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "f"}]}]},
                ]}]},
                {"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                 "embedUrl": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "width": 640},
                {"type": "thematicBreak"},
            ]),
            &[],
        );
    }

    #[test]
    fn footnotes_of_tiptap() {
        let text = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
        check(
            &json!([
                {"type": "paragraph", "content": [
                    {"type": "text", "text": "a"},
                    {"type": "footnoteReference", "attrs": {"id": "n"}},
                ]},
                {"type": "footnotesList", "content": [
                    {"type": "footnoteDefinition", "attrs": {"id": "n"}, "content": [text("Note.")]},
                ]},
            ]),
            &json!([
                {"type": "paragraph", "children": ["a", {"type": "footnoteReference", "identifier": "n"}]},
                {"type": "footnoteDefinition", "identifier": "n", "children": [{"type": "paragraph", "children": "Note."}]},
            ]),
            &[],
        );
    }

    #[test]
    fn components_of_storyblok() {
        let doc =
            json!({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "rich"}]}]});
        let page = json!([
            {"_uid": "1", "component": "teaser", "title": "Ann", "link": {"linktype": "url", "url": "", "cached_url": "/a"}, "label": "Read on",
             "image": {"filename": "https://a.example/a.jpg", "alt": "A", "fieldtype": "asset"}},
            {"_uid": "2", "component": "grid", "columns": [{"_uid": "3", "component": "text", "text": doc}]},
        ]);
        rich_text::check(
            Format::ProseMirror,
            &page,
            &json!([
                {"type": "paragraph", "children": "Ann"},
                {"type": "image", "url": "https://a.example/a.jpg", "alt": "A"},
                {"type": "paragraph", "children": [{"type": "link", "url": "/a", "children": "Read on"}]},
                {"type": "paragraph", "children": "rich"},
            ]),
            &[
                "/0: unknown block `teaser`; shown as text",
                "/1: unknown block `grid`; shown as text",
                "/1/0: unknown block `text`; shown as text",
            ],
        );
        super::super::check(
            &json!({"story": {"name": "N", "content": {"_uid": "0", "component": "page", "title": "T", "body": page}}}),
            Format::ProseMirror,
            &json!({"title": "T"}),
        );
        super::super::check(
            &json!({"stories": [{"name": "N", "content": {"component": "post", "long_text": doc}}], "cv": 1}),
            Format::ProseMirror,
            &json!({"title": "N", "body": [{"type": "paragraph", "children": "rich"}]}),
        );
    }

    #[test]
    fn tables_keep_spans_and_headers() {
        let cell = |kind: &str, text: &str, span: u32| json!({"type": kind, "attrs": {"colspan": span, "rowspan": 1}, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]});
        check(
            &json!([{"type": "table", "content": [
                {"type": "tableRow", "content": [cell("tableHeader", "a", 2)]},
                {"type": "tableRow", "content": [cell("tableCell", "b", 1), cell("tableCell", "c", 1)]},
            ]}]),
            &json!([{"type": "table", "headerRows": 1, "children": [
                {"type": "tableRow", "children": [{"type": "tableCell", "children": "a", "header": true, "colspan": 2}]},
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "b"}, {"type": "tableCell", "children": "c"},
                ]},
            ]}]),
            &[],
        );
    }

    #[test]
    fn pictures_leave_their_paragraph_with_the_link_around_them() {
        let text = |text: &str| json!({"type": "text", "text": text});
        let image = json!({"type": "image", "attrs": {"src": "a.png", "alt": "A"}, "marks": [{"type": "link", "attrs": {"href": "/b"}}]});
        let block = json!({"type": "image", "url": "a.png", "alt": "A", "link": "/b"});
        let paragraph = |text: &str| json!({"type": "paragraph", "children": text});
        let check = |content: Value<'_>, expect: Value<'_>| {
            check(&json!([{"type": "paragraph", "content": content}]), &expect, &[]);
        };
        check(json!([text("a "), image, text("b")]), json!([block, paragraph("a b")]));
        check(json!([text("a "), image, text(" ")]), json!([paragraph("a"), block]));
        check(json!([image, text("a")]), json!([block, paragraph("a")]));
        let line = json!({"type": "hardBreak"});
        check(json!([text("a"), line, image, line, text("b")]), json!([paragraph("a"), block, paragraph("b")]));
    }

    #[test]
    fn nodes_of_atlassian() {
        let p = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
        check(
            &json!([
                {"type": "panel", "attrs": {"panelType": "warning"}, "content": [p("a")]},
                {"type": "expand", "attrs": {"title": "More"}, "content": [p("b")]},
                {"type": "mediaSingle", "content": [
                    {"type": "media", "attrs": {"type": "external", "url": "https://a.example/a.png", "alt": "A"}},
                    {"type": "caption", "content": [{"type": "text", "text": "C"}]},
                ]},
                {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file", "id": "x", "alt": "kept"}}]},
                {"type": "paragraph", "content": [
                    {"type": "mention", "attrs": {"id": "1", "text": "@Ann"}},
                    {"type": "emoji", "attrs": {"shortName": ":smile:", "text": "😄"}},
                    {"type": "status", "attrs": {"text": "DONE", "color": "green"}},
                    {"type": "date", "attrs": {"timestamp": "1582152559000"}},
                    {"type": "text", "text": "2", "marks": [{"type": "subsup", "attrs": {"type": "sub"}}]},
                    {"type": "inlineCard", "attrs": {"url": "https://b.example/"}},
                ]},
                {"type": "layoutSection", "content": [
                    {"type": "layoutColumn", "attrs": {"width": 50}, "content": [p("c")]},
                    {"type": "layoutColumn", "attrs": {"width": 50}, "content": [p("d")]},
                ]},
                {"type": "blockCard", "attrs": {"url": "https://c.example/d"}},
            ]),
            &json!([
                {"type": "admonition", "kind": "warning", "children": [{"type": "paragraph", "children": "a"}]},
                {"type": "details", "summary": "More", "children": [{"type": "paragraph", "children": "b"}]},
                {"type": "figure", "children": [{"type": "image", "url": "https://a.example/a.png", "alt": "A"}], "caption": "C"},
                {"type": "paragraph", "children": "kept"},
                {"type": "paragraph", "children": [
                    {"type": "mention", "name": "@Ann"}, "😄DONE", {"type": "time", "children": "2020-02-19", "datetime": "2020-02-19"},
                    {"type": "subscript", "children": "2"},
                    {"type": "link", "url": "https://b.example/", "children": "https://b.example/"},
                ]},
                {"type": "columns", "children": [
                    {"type": "column", "width": 50, "children": [{"type": "paragraph", "children": "c"}]},
                    {"type": "column", "width": 50, "children": [{"type": "paragraph", "children": "d"}]},
                ]},
                {"type": "linkCard", "url": "https://c.example/d", "site": "c.example"},
            ]),
            &["/content/3/content/0: a file kept at the service, without its address; shown as text"],
        );
    }

    #[test]
    fn words_of_unknown_nodes_stay() {
        check(
            &json!([
                {"type": "poll", "attrs": {"question": "Which?", "id": "a b"}, "content": [{"type": "option", "content": [{"type": "text", "text": "this"}]}]},
                {"type": "blok", "attrs": {"body": [{"component": "hero", "_uid": "1", "headline": "Big", "note": "some words"}]}},
            ]),
            &json!([
                {"type": "paragraph", "children": "Which?"},
                {"type": "paragraph", "children": "this"},
                {"type": "paragraph", "children": "Big"},
                {"type": "paragraph", "children": "some words"},
            ]),
            &[
                "/content/0: unknown block `poll`; shown as text",
                "/content/0/content/0: unknown block `option`; shown as text",
                "/content/1: unknown block `hero`; shown as text",
            ],
        );
    }
}
