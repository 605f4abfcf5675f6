//! Parsed blocks of WordPress: pieces of HTML with holes for the blocks inside, which make up the HTML of the post.

use super::Context;
use super::tree::whole;
use crate::article::{Block, Blocks, Kind};
use crate::json::Value;

/// Whether a value is a list of parsed blocks, or one.
pub(super) fn matches(value: &Value<'_>) -> bool {
    match value {
        Value::Array(blocks) => !blocks.is_empty() && blocks.iter().all(is_block),
        single => is_block(single) || data_api(single).is_some(),
    }
}

fn is_block(value: &Value<'_>) -> bool {
    value.get("blockName").is_some()
        && ["innerHTML", "innerBlocks", "innerContent"].iter().any(|key| value.get(key).is_some())
}

/// The blocks of VIP's block data API.
fn data_api<'v>(value: &'v Value<'v>) -> Option<&'v Vec<Value<'v>>> {
    let blocks = value.get("blocks")?.as_array()?;
    let is_block =
        |block: &Value<'_>| block.get("name").is_some_and(Value::is_string) && block.get("attributes").is_some();
    (!blocks.is_empty() && blocks.iter().all(is_block)).then_some(blocks)
}

/// Reads the blocks as the HTML that they are made of.
pub(super) fn read(value: &Value<'_>, _: &mut Context<'_>) -> Blocks {
    let mut html = String::new();
    match (value, data_api(value)) {
        (_, Some(blocks)) => blocks.iter().for_each(|block| push_data(block, &mut html)),
        (Value::Array(blocks), _) => blocks.iter().for_each(|block| push_block(block, &mut html)),
        (single, _) => push_block(single, &mut html),
    }
    Blocks(vec![Block::new(Kind::Html(html))])
}

fn push_block(block: &Value<'_>, html: &mut String) {
    let mut inner = block.get("innerBlocks").and_then(Value::as_array).into_iter().flatten();
    match block.get("innerContent").and_then(Value::as_array) {
        Some(pieces) => {
            for piece in pieces {
                match piece.as_str() {
                    Some(piece) => html.push_str(piece),
                    None => inner.next().into_iter().for_each(|block| push_block(block, html)),
                }
            }
        }
        None => html.push_str(block.get("innerHTML").and_then(Value::as_str).unwrap_or_default()),
    }
    inner.for_each(|block| push_block(block, html));
}

/// Reads a block of the data API, whose HTML is taken apart into attributes.
fn push_data(block: &Value<'_>, html: &mut String) {
    let attributes = block.get("attributes").unwrap_or(&Value::Null);
    let text = |names: &[&str]| text_of(attributes, names).to_owned();
    let inner = block.get("innerBlocks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = block.get("name").and_then(Value::as_str).unwrap_or_default();
    if push_own(name, attributes, inner, html) {
        return;
    }
    let level = attributes.get("level").and_then(Value::as_u64).unwrap_or(2).clamp(1, 6).to_string();
    let tags: [&str; 2] = match name {
        "core/heading" => ["h", &level],
        "core/list" if attributes.get("ordered").is_some_and(|ordered| *ordered == Value::Bool(true)) => ["ol", ""],
        "core/list" => ["ul", ""],
        "core/list-item" => ["li", ""],
        "core/quote" => ["blockquote", ""],
        "core/pullquote" => ["blockquote class=\"wp-block-pullquote\"", ""],
        "core/code" | "core/preformatted" => ["pre", ""],
        "core/verse" => ["pre class=\"wp-block-verse\"", ""],
        "core/separator" => return html.push_str("<hr>"),
        "core/image" | "core/media-text" => {
            push_image(&text(&["url", "mediaUrl"]), &text(&["alt", "mediaAlt"]), &text(&["caption"]), html);
            return inner.iter().for_each(|block| push_data(block, html));
        }
        "core/embed" | "core/video" | "core/audio" => {
            let tag = if name == "core/embed" { "iframe" } else { &name["core/".len()..] };
            [
                "<figure><",
                tag,
                " src=\"",
                &attribute(&text(&["url", "src"])),
                "\"></",
                tag,
                "><figcaption>",
                &text(&["caption"]),
                "</figcaption></figure>",
            ]
            .iter()
            .for_each(|part| html.push_str(part));
            return;
        }
        _ if inner.is_empty() => ["p", ""],
        _ => ["div", ""],
    };
    let tag = tags.concat();
    ["<", &tag, ">", &text(&["content", "value", "values", "text", "html"])]
        .iter()
        .for_each(|part| html.push_str(part));
    inner.iter().for_each(|block| push_data(block, html));
    let citation = text(&["citation"]);
    if !citation.is_empty() {
        ["<cite>", &citation, "</cite>"].iter().for_each(|part| html.push_str(part));
    }
    let end = tag.split(' ').next().unwrap_or_default();
    ["</", end, ">\n"].iter().for_each(|part| html.push_str(part));
}

/// The first of these attributes that is a text.
fn text_of<'v>(attributes: &'v Value<'v>, names: &[&str]) -> &'v str {
    names.iter().find_map(|name| attributes.get(name)?.as_str()).unwrap_or_default()
}

/// Writes blocks that are more than one element with their text in it; tells whether it did.
fn push_own(name: &str, attributes: &Value<'_>, inner: &[Value<'_>], html: &mut String) -> bool {
    let text = |names: &[&str]| text_of(attributes, names);
    let mut push = |parts: &[&str]| parts.iter().for_each(|part| html.push_str(part));
    let end = match name {
        "core/html" | "core/freeform" => {
            push(&[text(&["content", "html"])]);
            "\n"
        }
        "core/table" => {
            push_table(attributes, html);
            "\n"
        }
        "core/details" => {
            push(&["<details><summary>", text(&["summary"]), "</summary>"]);
            "</details>\n"
        }
        "core/file" => {
            let href = attribute(text(&["href", "textLinkHref"]));
            push(&["<div class=\"wp-block-file\"><a href=\"", &href, "\">", text(&["fileName"]), "</a>"]);
            "</div>\n"
        }
        "core/button" => {
            let url = attribute(text(&["url"]));
            push(&["<div class=\"wp-block-button\"><a href=\"", &url, "\">", text(&["text"]), "</a>"]);
            "</div>\n"
        }
        "core/cover" => {
            let url = text(&["url"]);
            match text(&["backgroundType"]) {
                _ if url.is_empty() => {}
                "video" => push(&["<video src=\"", &attribute(url), "\"></video>"]),
                _ => push_image(url, text(&["alt"]), "", html),
            }
            "\n"
        }
        _ => return false,
    };
    inner.iter().for_each(|block| push_data(block, html));
    html.push_str(end);
    true
}

/// Writes a table, whose rows are in lists of objects with their cells.
fn push_table(attributes: &Value<'_>, html: &mut String) {
    html.push_str("<figure><table>");
    for (part, tag) in [("head", "thead"), ("body", "tbody"), ("foot", "tfoot")] {
        let rows = attributes.get(part).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if rows.is_empty() {
            continue;
        }
        ["<", tag, ">"].iter().for_each(|part| html.push_str(part));
        for row in rows {
            html.push_str("<tr>");
            let cells = row.get("cells").and_then(Value::as_array).into_iter().flatten();
            cells.for_each(|cell| push_cell(cell, html));
            html.push_str("</tr>");
        }
        ["</", tag, ">"].iter().for_each(|part| html.push_str(part));
    }
    let caption = text_of(attributes, &["caption"]);
    ["</table><figcaption>", caption, "</figcaption></figure>"].iter().for_each(|part| html.push_str(part));
}

fn push_cell(cell: &Value<'_>, html: &mut String) {
    let tag = if text_of(cell, &["tag"]) == "th" { "th" } else { "td" };
    ["<", tag].iter().for_each(|part| html.push_str(part));
    for name in ["colspan", "rowspan"] {
        let span = cell.get(name).and_then(whole).filter(|span| *span > 1);
        span.into_iter().for_each(|span| html.push_str(&format!(" {name}=\"{span}\"")));
    }
    [">", text_of(cell, &["content"]), "</", tag, ">"].iter().for_each(|part| html.push_str(part));
}

fn push_image(url: &str, alt: &str, caption: &str, html: &mut String) {
    [
        "<figure><img src=\"",
        &attribute(url),
        "\" alt=\"",
        &attribute(alt),
        "\"><figcaption>",
        caption,
        "</figcaption></figure>\n",
    ]
    .iter()
    .for_each(|part| html.push_str(part));
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(value: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::Gutenberg, value, expect, warnings);
    }

    #[test]
    fn holes_are_filled_with_the_blocks_inside() {
        let item = |html: &str| json!({"blockName": "core/list-item", "attrs": {}, "innerBlocks": [], "innerHTML": html, "innerContent": [html]});
        check(
            &json!([
                {"blockName": "core/list", "attrs": {}, "innerHTML": "<ul></ul>", "innerContent": ["<ul>", null, null, "</ul>"],
                 "innerBlocks": [item("<li>a</li>"), item("<li>b</li>")]},
                {"blockName": null, "attrs": {}, "innerBlocks": [], "innerHTML": "\n\n", "innerContent": ["\n\n"]},
                {"blockName": "core/paragraph", "attrs": {}, "innerBlocks": [], "innerHTML": "<p>c</p>"},
            ]),
            &json!([
                {"type": "list", "children": [
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "a"}]},
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "b"}]},
                ]},
                {"type": "paragraph", "children": "c"},
            ]),
            &[],
        );
    }

    #[test]
    fn blocks_of_the_data_api() {
        let block = |name: &str, attributes: &Value<'_>| json!({"name": name, "attributes": attributes});
        check(
            &json!({"blocks": [
                block("core/heading", &json!({"content": "T", "level": 3})),
                block("core/paragraph", &json!({"content": "a <b>b</b>"})),
                {"name": "core/quote", "attributes": {"citation": "Ann"}, "innerBlocks": [block("core/paragraph", &json!({"content": "q"}))]},
                block("core/image", &json!({"url": "a.png", "alt": "A \"B\"", "caption": "C"})),
            ]}),
            &json!([
                {"type": "heading", "depth": 3, "children": "T"},
                {"type": "paragraph", "children": ["a ", {"type": "strong", "children": "b"}]},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}], "attribution": "Ann"},
                {"type": "figure", "children": [{"type": "image", "url": "a.png", "alt": "A \"B\""}], "caption": "C"},
            ]),
            &[],
        );
    }

    #[test]
    fn tables_boxes_and_links_of_the_data_api() {
        let block = |name: &str, attributes: &Value<'_>| json!({"name": name, "attributes": attributes});
        let rows = |tag: &str, text: &str| json!([{"cells": [{"content": text, "tag": tag}]}]);
        check(
            &json!({"blocks": [
                block("core/table", &json!({"head": rows("th", "h"), "body": rows("td", "<b>c</b>"), "foot": [], "caption": "C"})),
                {"name": "core/details", "attributes": {"summary": "S"}, "innerBlocks": [block("core/paragraph", &json!({"content": "d"}))]},
                block("core/file", &json!({"href": "f.pdf", "fileName": "F"})),
                block("core/button", &json!({"text": "go", "url": "https://b.example/"})),
                {"name": "core/cover", "attributes": {"url": "a.png"}, "innerBlocks": [block("core/paragraph", &json!({"content": "e"}))]},
                block("core/html", &json!({"content": "<p>f</p><hr>"})),
            ]}),
            &json!([
                {"type": "table", "headerRows": 1, "caption": "C", "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "h", "header": true}]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": [{"type": "strong", "children": "c"}]}]},
                ]},
                {"type": "details", "summary": "S", "children": [{"type": "paragraph", "children": "d"}]},
                {"type": "file", "url": "f.pdf", "title": "F"},
                {"type": "buttons", "items": [{"label": "go", "url": "https://b.example/"}]},
                {"type": "image", "url": "a.png"},
                {"type": "paragraph", "children": "e"},
                {"type": "paragraph", "children": "f"},
                {"type": "thematicBreak"},
            ]),
            &[],
        );
    }
}
