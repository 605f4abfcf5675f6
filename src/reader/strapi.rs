//! Strapi: its blocks, which are Slate nodes with named leaves, and dynamic zones of components, whose fields are
//! every site's own.

use super::marks::Lines;
use super::media::{Medium, captioned, gallery};
use super::tree::{self, Dialect, medium, words};
use super::{Context, rescue, rich_text};
use crate::article::{Block, Blocks, Inlines, Kind, Quote};
use crate::json::Value;

const BLOCKS: &[&str] = &["paragraph", "heading", "list", "quote", "code", "image"];

/// Whether a value is an array of blocks with a named leaf, or of components.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let Value::Array(items) = value else { return false };
    let is_component = |item: &Value<'_>| item.get("__component").is_some_and(Value::is_string);
    let is_block = |item: &Value<'_>| {
        let name = item.get("type").and_then(Value::as_str).unwrap_or_default();
        BLOCKS.contains(&name) && item.get("children").is_some_and(Value::is_array)
    };
    let is_zone = || items.iter().all(is_component);
    !items.is_empty() && (is_zone() || (items.iter().all(is_block) && items.iter().any(has_leaf)))
}

fn has_leaf(node: &Value<'_>) -> bool {
    match node.get("children") {
        Some(Value::Array(nodes)) => nodes.iter().any(has_leaf),
        _ => node.get("type").is_some_and(|name| name == "text") && node.get("text").is_some_and(Value::is_string),
    }
}

/// Reads blocks, or a zone.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let is_zone = value.item(0).is_some_and(|item| item.get("__component").is_some());
    if !is_zone {
        return tree::read(value, &Dialect { lines: Lines::Break, own: |_, _, _, _| false }, context);
    }
    let mut blocks = Blocks::default();
    for (index, component) in value.as_array().into_iter().flatten().enumerate() {
        let length = context.warnings.enter_index(index);
        read_component(component, &mut blocks, context);
        context.warnings.leave(length);
    }
    blocks
}

/// Reads a component by the part of its name that says what it is.
fn read_component(component: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let name = component.get("__component").and_then(Value::as_str).unwrap_or_default();
    let kind = name.rsplit('.').next().unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    let text = words(component, &["body", "text", "content", "quote", "markdown"]);
    if has(&["quote"]) && !text.is_empty() {
        let attribution = Inlines::from(words(component, &["title", "author", "name", "attribution"]));
        let children = vec![Block::new(markdown(text))].into();
        blocks.push(Block::new(Kind::Blockquote(Quote { children, attribution, ..Quote::default() })));
    } else if has(&["media", "image", "slider", "gallery", "video"]) {
        let images: Vec<_> = pictures(component).into_iter().map(|mut picture| picture.image()).collect();
        if images.is_empty() {
            context.warnings.warn("a file kept at the service, without its address; left out");
        }
        let caption = context.inlines(words(component, &["caption"]));
        blocks.extend(gallery(images, Inlines::new()).map(|kind| Block::new(captioned(kind, caption))));
    } else if has(&["text", "markdown", "content", "body", "paragraph"]) && !text.is_empty() {
        blocks.push(Block::new(markdown(text)));
    } else if let Some(tree) =
        ["body", "content", "text"].iter().find_map(|key| rich_text(component.get(key)?, context))
    {
        blocks.extend(tree.0);
    } else {
        blocks.extend(rescue::unknown(name, component, context).0);
    }
}

/// The files of a component that have an address: one or several, as Strapi 4 and 5 wrap them.
fn pictures<'v>(component: &'v Value<'v>) -> Vec<Medium<'v>> {
    let files = ["file", "files", "media", "image", "images"].iter().filter_map(|key| component.get(key));
    let data = files.map(|file| file.get("data").unwrap_or(file));
    let each = data.flat_map(|data| data.as_array().map_or(std::slice::from_ref(data), Vec::as_slice));
    let all = each.map(|file| file.get("attributes").unwrap_or(file));
    all.map(medium).filter(|picture| !picture.url.is_empty()).collect()
}

/// Text of a rich-text field: HTML where it is, else Markdown.
fn markdown(text: &str) -> Kind {
    if text.trim_start().starts_with('<') { Kind::Html(text.to_owned()) } else { Kind::Markdown(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(tree: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::Strapi, tree, expect, warnings);
    }

    #[test]
    fn blocks_of_strapi() {
        let text = |text: &str| json!({"type": "text", "text": text});
        let picture = json!({"url": "/a.png", "alternativeText": "A", "caption": "C", "width": 800, "height": 600});
        check(
            &json!([
                {"type": "heading", "level": 2, "children": [text("T")]},
                {"type": "paragraph", "children": [{"type": "text", "text": "a", "bold": true}, {"type": "link", "url": "/x", "children": [text("b")]}]},
                {"type": "list", "format": "ordered", "children": [
                    {"type": "list-item", "children": [text("c")]},
                    {"type": "list", "format": "unordered", "children": [{"type": "list-item", "children": [text("d")]}]},
                ]},
                {"type": "code", "language": "js", "children": [text("e\nf")]},
                {"type": "quote", "children": [text("q")]},
                {"type": "image", "image": picture, "children": [text("")]},
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [{"type": "strong", "children": "a"}, {"type": "link", "url": "/x", "children": "b"}]},
                {"type": "list", "ordered": true, "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "c"},
                    {"type": "list", "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "d"}]}]},
                ]}]},
                {"type": "code", "lang": "js", "value": "e\nf"},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "figure", "children": [{"type": "image", "url": "/a.png", "alt": "A", "width": 800, "height": 600}], "caption": "C"},
            ]),
            &[],
        );
    }

    #[test]
    fn components_of_zones() {
        check(
            &json!([
                {"__component": "shared.quote", "title": "Ann", "body": "Said."},
                {"__component": "shared.media", "file": {"data": {"attributes": {"url": "/a.png", "alternativeText": "A"}}}},
                {"__component": "shared.rich-text", "body": "<p>x</p>"},
                {"__component": "site.offer", "label": "Buy now", "price": 7},
                {"__component": "shared.media", "file": "a.png"},
            ]),
            &json!([
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "Said."}], "attribution": "Ann"},
                {"type": "image", "url": "/a.png", "alt": "A"},
                {"type": "paragraph", "children": "x"},
                {"type": "paragraph", "children": "Buy now"},
            ]),
            &[
                "/3: unknown block `site.offer`; shown as text",
                "/4: a file kept at the service, without its address; left out",
            ],
        );
    }
}
