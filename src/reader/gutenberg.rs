//! Parsed blocks of WordPress: pieces of HTML with holes for the blocks inside, which make up the HTML of the post.

use super::Context;
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
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| attributes.get(name)?.as_str()).unwrap_or_default();
        found.to_owned()
    };
    let inner = block.get("innerBlocks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = block.get("name").and_then(Value::as_str).unwrap_or_default();
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
    ["<", &tag, ">", &text(&["content", "value", "text", "html"])].iter().for_each(|part| html.push_str(part));
    inner.iter().for_each(|block| push_data(block, html));
    let citation = text(&["citation"]);
    if !citation.is_empty() {
        ["<cite>", &citation, "</cite>"].iter().for_each(|part| html.push_str(part));
    }
    let end = tag.split(' ').next().unwrap_or_default();
    ["</", end, ">\n"].iter().for_each(|part| html.push_str(part));
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
}
