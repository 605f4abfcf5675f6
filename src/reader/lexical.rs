//! Lexical editor states: Lexical's own nodes, those of Payload, and the cards of Ghost.

use super::marks::Lines;
use super::tree::{self, Dialect, Flow, Walk};
use super::{Context, koenig, rescue};
use crate::article::Blocks;
use crate::json::Value;

/// Whether a value is an editor state: its `root` is a member, where that of an mdast tree is the tree.
pub(super) fn matches(value: &Value<'_>) -> bool {
    root(value).is_some()
}

fn root<'v>(value: &'v Value<'v>) -> Option<&'v Value<'v>> {
    let root = value.get("root").or_else(|| value.get("editorState")?.get("root"))?;
    let is_root = root.get("type").is_some_and(|name| name == "root");
    (is_root && root.get("children").is_some_and(Value::is_array)).then_some(root)
}

/// Reads an editor state.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let Some(root) = root(value) else { return Blocks::default() };
    let length = context.warnings.enter("root");
    let blocks = tree::read(root, &Dialect { lines: Lines::Flow, own }, context);
    context.warnings.leave(length);
    blocks
}

/// The cards of Ghost, and the blocks of Payload, whose fields are every site's own.
fn own(walk: &mut Walk<'_, '_>, node: &Value<'_>, name: &str, flow: &mut Flow) -> bool {
    // Captions of Ghost are HTML.
    if node.get("children").is_some() || node.get("caption").is_some_and(Value::is_object) {
        return false;
    }
    if matches!(name, "block" | "inlineBlock") {
        let fields = node.get("fields").unwrap_or(node);
        let name = fields.get("blockType").and_then(Value::as_str).unwrap_or(name);
        flow.flush();
        match fields.get("code").and_then(Value::as_str) {
            Some(code) => flow.block(tree::code_block(code.to_owned(), tree::words(fields, &["language", "lang"]))),
            None => flow.blocks.extend(rescue::unknown(name, fields, walk.context).0),
        }
        return true;
    }
    let Some(blocks) = koenig::read(name, node, walk.context) else { return false };
    flow.flush();
    flow.blocks.extend(blocks);
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(children: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        let tree = json!({"root": {"type": "root", "children": children}});
        rich_text::check(Format::Lexical, &tree, expect, warnings);
    }

    fn text(text: &str) -> Value<'static> {
        json!({"type": "text", "text": text, "format": 0})
    }

    #[test]
    fn code_of_payload_and_diagrams() {
        check(
            &json!([
                {"type": "block", "fields": {"blockType": "code", "code": "a\n  b", "language": "ts"}},
                {"type": "mermaid", "schema": "graph TD"},
            ]),
            &json!([
                {"type": "code", "lang": "ts", "value": "a\n  b"},
                {"type": "code", "lang": "mermaid", "value": "graph TD"},
            ]),
            &[],
        );
    }

    #[test]
    fn formats_are_bits_and_lists_nest_in_items_of_their_own() {
        check(
            &json!([
                {"type": "extended-heading", "tag": "h3", "children": [text("T")]},
                {"type": "paragraph", "format": "center", "children": [
                    {"type": "extended-text", "text": "a", "format": 3},
                    {"type": "link", "url": "/x", "children": [{"type": "text", "text": "b", "format": 16}]},
                    {"type": "linebreak"},
                    {"type": "text", "text": "2", "format": 64},
                    {"type": "tab", "text": "\t", "format": 0},
                    {"type": "autolink", "fields": {"url": "/y"}, "children": [text("c")]},
                ]},
                {"type": "list", "listType": "number", "start": 2, "children": [
                    {"type": "listitem", "value": 2, "children": [text("d")]},
                    {"type": "listitem", "value": 3, "children": [{"type": "list", "listType": "check", "children": [
                        {"type": "listitem", "checked": true, "children": [text("e")]},
                    ]}]},
                ]},
                {"type": "code", "language": "js", "children": [
                    {"type": "code-highlight", "text": "let"}, {"type": "linebreak"}, {"type": "code-highlight", "text": "x"},
                ]},
                {"type": "quote", "children": [text("q")]},
                {"type": "table", "children": [
                    {"type": "tablerow", "children": [{"type": "tablecell", "headerState": 1, "colSpan": 2, "children": [{"type": "paragraph", "children": [text("h")]}]}]},
                    {"type": "tablerow", "children": [{"type": "tablecell", "headerState": 0, "children": []}]},
                ]},
            ]),
            &json!([
                {"type": "heading", "depth": 3, "children": "T"},
                {"type": "paragraph", "align": "center", "children": [
                    {"type": "strong", "children": [{"type": "emphasis", "children": "a"}]},
                    {"type": "link", "url": "/x", "children": [{"type": "inlineCode", "value": "b"}]},
                    {"type": "break"},
                    {"type": "superscript", "children": "2"},
                    "\t",
                    {"type": "link", "url": "/y", "children": "c"},
                ]},
                {"type": "list", "ordered": true, "start": 2, "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "d"},
                    {"type": "list", "children": [{"type": "listItem", "checked": true, "children": [{"type": "paragraph", "children": "e"}]}]},
                ]}]},
                {"type": "code", "lang": "js", "value": "let\nx"},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "table", "headerRows": 1, "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "h", "header": true, "colspan": 2}]},
                    {"type": "tableRow", "children": [{"type": "tableCell"}]},
                ]},
            ]),
            &[],
        );
    }

    #[test]
    fn pictures_and_bookmarks_of_ghost() {
        check(
            &json!([
                {"type": "image", "src": "a.png", "alt": "A", "caption": "<i>C</i>", "cardWidth": "wide"},
                {"type": "gallery", "images": [{"src": "b.png"}, {"src": "c.png", "alt": "c"}], "caption": "G"},
                {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "B", "description": "D", "publisher": "P"}},
                {"type": "embed", "url": "https://vimeo.com/1", "html": "<iframe></iframe>"},
                {"type": "embed", "url": "https://odd.example/1", "html": "<blockquote><p>said</p></blockquote>"},
                {"type": "codeblock", "code": "x = 1", "language": "python", "caption": "c"},
            ]),
            &json!([
                {"type": "figure", "layout": "wide", "children": [{"type": "image", "url": "a.png", "alt": "A"}],
                 "caption": [{"type": "emphasis", "children": "C"}]},
                {"type": "gallery", "items": [{"type": "image", "url": "b.png"}, {"type": "image", "url": "c.png", "alt": "c"}], "caption": "G"},
                {"type": "linkCard", "url": "https://b.example/", "title": "B", "description": "D", "site": "P"},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "said"}]},
                {"type": "code", "lang": "python", "value": "x = 1", "caption": "c"},
            ]),
            &[],
        );
    }

    #[test]
    fn boxes_and_buttons_of_ghost() {
        check(
            &json!([
                {"type": "callout", "calloutText": "<p>Mind <b>it</b></p>", "calloutEmoji": "💡"},
                {"type": "toggle", "heading": "Why?", "content": "<p>so</p>"},
                {"type": "button", "buttonText": "Go", "buttonUrl": "/go"},
                {"type": "file", "src": "a.pdf", "fileTitle": "A", "fileCaption": "c", "fileSize": 7},
                {"type": "audio", "src": "a.mp3", "title": "A"},
                {"type": "video", "src": "a.mp4", "thumbnailSrc": "a.jpg", "loop": true},
                {"type": "product", "productTitle": "P", "productDescription": "<p>d</p>", "productButton": "Buy", "productUrl": "/p"},
                {"type": "aside", "children": [text("s")]},
                {"type": "paywall"},
                {"type": "email", "html": "<p>Hey {first_name}</p>"},
                {"type": "horizontalrule"},
                {"type": "html", "html": "<p>h</p>"},
            ]),
            &json!([
                {"type": "admonition", "icon": "💡", "children": [{"type": "paragraph", "children": ["Mind ", {"type": "strong", "children": "it"}]}]},
                {"type": "details", "summary": "Why?", "children": [{"type": "paragraph", "children": "so"}]},
                {"type": "buttons", "items": [{"label": "Go", "url": "/go"}]},
                {"type": "file", "url": "a.pdf", "title": "A", "description": "c", "size": 7},
                {"type": "audio", "src": "a.mp3", "title": "A"},
                {"type": "video", "src": "a.mp4", "poster": "a.jpg", "loop": true},
                {"type": "heading", "depth": 3, "children": "P"},
                {"type": "group", "children": [{"type": "paragraph", "children": "d"}]},
                {"type": "buttons", "items": [{"label": "Buy", "url": "/p"}]},
                {"type": "pullquote", "children": "s"},
                {"type": "thematicBreak"},
                {"type": "paragraph", "children": "h"},
            ]),
            &["/root/children/9: a part that Ghost puts into newsletters only; left out"],
        );
    }

    #[test]
    fn nodes_of_payload_and_unknown_ones() {
        check(
            &json!([
                {"type": "upload", "relationTo": "media", "value": {"url": "/a.png", "alt": "A", "width": 800, "height": 600}},
                {"type": "block", "fields": {"blockType": "banner", "id": "1", "content": {"root": {"type": "root", "children": [
                    {"type": "paragraph", "children": [text("in it")]},
                ]}}}},
                {"type": "glow", "children": [text("g")]},
            ]),
            &json!([
                {"type": "image", "url": "/a.png", "alt": "A", "width": 800, "height": 600},
                {"type": "paragraph", "children": "in it"},
                {"type": "paragraph", "children": "g"},
            ]),
            &[
                "/root/children/1: unknown block `banner`; shown as text",
                "/root/children/2: unknown block `glow`; shown as text",
            ],
        );
    }
}
