//! Portable Text, as Sanity has it: flat blocks of spans, list items with levels, and types of every site's own.

use super::fields::text;
use super::marks::{self, Lines, Run, nest, push_text};
use super::media::{captioned, gallery};
use super::tree::{Role, code_block, medium, number, role_of, table, whole, words};
use super::{Context, levels, rescue, rich_text};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Block, Blocks, Content, Heading, Inline, InlineImage, InlineMath, Inlines, Kind,
    ListItem, Math, Paragraph, Quote, TableCell, TableRow, ThematicBreak,
};
use crate::json::Value;

/// More than these on one span or block only cost time.
const MOST_MARKS: usize = 16;
const MOST_DEFINITIONS: usize = 500;

/// Whether a value is a block of text, or an array with one.
pub(super) fn matches(value: &Value<'_>) -> bool {
    match value {
        Value::Array(items) => items.iter().any(is_text),
        single => is_text(single),
    }
}

fn is_text(block: &Value<'_>) -> bool {
    type_of(block) == "block" && block.get("children").is_some_and(Value::is_array)
}

fn type_of<'v>(node: &'v Value<'v>) -> &'v str {
    text(node, "_type")
}

/// Reads blocks.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    let mut after_item = false;
    let Value::Array(items) = value else {
        read_block(value, &mut blocks, &mut after_item, context);
        return blocks;
    };
    for (index, item) in items.iter().enumerate() {
        let length = context.warnings.enter_index(index);
        read_block(item, &mut blocks, &mut after_item, context);
        context.warnings.leave(length);
    }
    blocks
}

/// Reads a block; an item of a list joins the list before it only `after_item`, right after another item.
fn read_block(block: &Value<'_>, blocks: &mut Blocks, after_item: &mut bool, context: &mut Context<'_>) {
    let listed = text(block, "listItem");
    let was_item = std::mem::replace(after_item, !listed.is_empty() && block.get("children").is_some());
    if block.get("children").is_none() || (type_of(block) != "block" && block.get("markDefs").is_none()) {
        return own_type(block, blocks, context);
    }
    let children = line(block, context);
    if listed.is_empty() {
        if !children.is_empty() {
            blocks.push(Block::new(styled(text(block, "style"), children)));
        }
        return;
    }
    let ordered = matches!(listed, "number" | "ordered" | "numbered");
    if !was_item {
        levels::start_list(blocks, ordered);
    }
    let kind = styled(text(block, "style"), children);
    let level = number(block, &["level"]).unwrap_or(1).saturating_sub(1);
    let checked = block.get("checked").and_then(Value::as_bool);
    let item = ListItem { checked, children: vec![Block::new(kind)].into(), ..ListItem::default() };
    levels::push_item(blocks, level, ordered, item);
}

fn styled(style: &str, children: Inlines) -> Kind {
    match role_of(style) {
        Some(Role::Heading(depth @ 1..)) => Kind::Heading(Heading { depth: Some(depth.into()), children }),
        Some(Role::Quote) => {
            Kind::Blockquote(Quote { children: vec![Block::paragraph(children)].into(), ..Quote::default() })
        }
        _ => Kind::Paragraph(Paragraph { children, align: None }),
    }
}

/// The spans of a block; marks are names, or keys of the block's own definitions.
fn line(block: &Value<'_>, context: &mut Context<'_>) -> Inlines {
    let definitions = block.get("markDefs").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let children = block.get("children").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut runs = Vec::with_capacity(children.len());
    for (index, child) in children.iter().enumerate() {
        let length = context.warnings.enter_index(index);
        let marks = child.get("marks").and_then(Value::as_array);
        let marks = marks.into_iter().flatten().take(MOST_MARKS);
        let marks: Vec<Inline> = marks.filter_map(|mark| decorator(mark, definitions, context)).collect();
        match child.get("text").and_then(Value::as_str) {
            Some(text) => push_text(&mut runs, text, &marks, Lines::Break),
            None => inline_object(child, &marks, &mut runs, context),
        }
        context.warnings.leave(length);
    }
    nest(runs)
}

fn decorator(mark: &Value<'_>, definitions: &[Value<'_>], context: &mut Context<'_>) -> Option<Inline> {
    let name = mark.as_str()?;
    let mut definitions = definitions.iter().take(MOST_DEFINITIONS);
    let own = definitions.find(|definition| definition.get("_key").is_some_and(|key| key == name));
    match own {
        Some(link) if !context.afford(link) => None,
        Some(link) => {
            let slug = link.get("slug").or_else(|| link.get("reference")?.get("slug"));
            let slug = slug.and_then(|slug| slug.get("current")).and_then(Value::as_str).unwrap_or_default();
            let url = words(link, &["href", "url"]);
            marks::link(if url.is_empty() { slug } else { url }, words(link, &["title"]))
                .or_else(|| marks::named(type_of(link)))
        }
        None => marks::named(name),
    }
}

fn inline_object(child: &Value<'_>, marks: &[Inline], runs: &mut Vec<Run>, context: &mut Context<'_>) {
    let inline = match role_of(type_of(child)) {
        Some(Role::Break) => Inline::Break(Empty),
        Some(Role::Image) => {
            let url = address(child);
            let (alt, title) = (words(child, &["alt"]).to_owned(), String::new());
            Inline::Image(InlineImage { url, alt, title, ..InlineImage::default() })
        }
        Some(Role::InlineMath | Role::Math) => {
            let value = words(child, &["latex", "body", "value", "formula"]).to_owned();
            Inline::Math(InlineMath { value, ..InlineMath::default() })
        }
        Some(Role::Emoji | Role::Mention) => {
            return push_text(runs, words(child, &["emoji", "text", "name", "username", "label"]), marks, Lines::Flow);
        }
        _ => {
            let words = rescue::unknown(type_of(child), child, context);
            for (index, block) in words.0.into_iter().enumerate() {
                if let Kind::Paragraph(paragraph) = block.kind {
                    push_text(runs, if index > 0 { " " } else { "" }, marks, Lines::Flow);
                    runs.extend(paragraph.children.0.into_iter().map(|inline| Run::new(inline, marks)));
                }
            }
            return;
        }
    };
    runs.push(Run::new(inline, marks));
}

/// The address of a picture or file: its own, that of its asset, or the one that the asset's name tells where the
/// project is known.
fn address(node: &Value<'_>) -> String {
    let asset = node.get("asset").unwrap_or(node);
    let url = [words(asset, &["url"]), words(node, &["url", "src"])].into_iter().find(|url| !url.is_empty());
    url.unwrap_or_default().to_owned()
}

/// Width and height, which the name of an asset tells: `image-abc-800x600-png`.
fn size_of(node: &Value<'_>) -> (Option<u32>, Option<u32>) {
    let asset = node.get("asset").unwrap_or(node);
    let size = words(asset, &["_ref", "_id"]).rsplit('-').nth(1).and_then(|size| size.split_once('x'));
    size.map_or((None, None), |(width, height)| (width.parse().ok(), height.parse().ok()))
}

/// Reads an object of a type that is no text.
fn own_type(node: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let name = type_of(node);
    let url = address(node);
    let mut medium = medium(node);
    medium.url = if url.is_empty() { medium.url } else { &url };
    medium.caption = caption(node, context);
    let role = role_of(name);
    let is_picture = matches!(role, Some(Role::Image | Role::Figure));
    if is_picture {
        (medium.width, medium.height) = size_of(node);
    }
    // Of what is not known, the address may be.
    let role_of_medium = role.or_else(|| crate::markup::embed(medium.url).map(|_| Role::Embed));
    if let Some(kind) = role_of_medium.and_then(|role| medium.block(role)) {
        return blocks.push(Block::new(kind));
    }
    let kind = match role {
        _ if is_picture => {
            context.warnings.warn("a picture kept at Sanity, without its address; shown as text");
            let words = [Inlines::from(medium.alt), medium.caption];
            blocks.extend(words.into_iter().filter(|words| !words.is_empty()).map(Block::paragraph));
            return;
        }
        Some(Role::Gallery) => {
            let items = ["images", "items"].iter().find_map(|key| node.get(key)?.as_array());
            let mut images = Vec::new();
            for item in items.into_iter().flatten() {
                let url = address(item);
                let mut image = super::tree::medium(item);
                image.url = &url;
                image.caption = caption(item, context);
                images.push(image.image());
            }
            match gallery(images, medium.caption) {
                Some(kind) => kind,
                None => return,
            }
        }
        Some(Role::Code) => {
            let value = words(node, &["code", "text", "value"]).to_owned();
            let mut kind = code_block(value, words(node, &["language"]));
            if let Kind::Code(code) = &mut kind {
                words(node, &["filename"]).clone_into(&mut code.filename);
                let lines = node.get("highlightedLines").and_then(Value::as_array);
                code.emphasize_lines = lines.into_iter().flatten().filter_map(whole).collect();
            }
            kind
        }
        Some(Role::Rule | Role::Break) => Kind::ThematicBreak(ThematicBreak::default()),
        Some(Role::Math | Role::InlineMath) => Kind::Math(Math {
            value: words(node, &["latex", "body", "value", "formula"]).to_owned(),
            ..Math::default()
        }),
        Some(Role::Table) => match table_of(node, context) {
            Some(kind) => captioned(kind, medium.caption),
            None => return,
        },
        Some(Role::Html) => Kind::Html(words(node, &["html", "code"]).to_owned()),
        Some(Role::Markdown) => Kind::Markdown(words(node, &["markdown", "body"]).to_owned()),
        Some(Role::Panel) => {
            let word = words(node, &["tone", "kind", "variant", "type"]);
            let kind = AdmonitionKind::from_word(word).unwrap_or(AdmonitionKind::Note);
            context.level += 2;
            let children = rescue::words(node, context);
            context.level -= 2;
            Kind::Admonition(Admonition { kind, children, ..Admonition::default() })
        }
        _ => return blocks.extend(rescue::unknown(name, node, context).0),
    };
    blocks.push(Block::new(kind));
}

/// A caption: text, or blocks of it.
fn caption(node: &Value<'_>, context: &mut Context<'_>) -> Inlines {
    match node.get("caption") {
        Some(Value::String(text)) => Inlines::from(&**text),
        Some(tree) => {
            let blocks = rich_text(tree, context).unwrap_or_default();
            let lines = blocks.0.into_iter().filter_map(|block| match block.kind {
                Kind::Paragraph(paragraph) => Some(paragraph.children.0),
                _ => None,
            });
            lines.flatten().collect()
        }
        None => Inlines::new(),
    }
}

/// A table of the plugin: rows of cells of text.
fn table_of(node: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    let rows = node.get("rows").or_else(|| node.get("table")?.get("rows"))?.as_array()?;
    let cell = |cell: &Value<'_>, context: &mut Context<'_>| TableCell {
        children: match cell.as_str() {
            Some(text) => Content::Inlines(text.into()),
            None => Content::Blocks(rescue::words(cell, context)),
        },
        ..TableCell::default()
    };
    let mut read = Vec::new();
    for row in rows {
        let cells = row.get("cells").unwrap_or(row).as_array();
        let children = cells.into_iter().flatten().map(|value| cell(value, context)).collect();
        read.push(TableRow { children });
    }
    table(read)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(blocks: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::PortableText, blocks, expect, warnings);
    }

    fn block(text: &str) -> Value<'static> {
        json!({"_type": "block", "children": [{"_type": "span", "text": text}]})
    }

    #[test]
    fn marks_are_names_or_keys() {
        check(
            &json!([{
                "_type": "block", "style": "h2",
                "markDefs": [{"_key": "k", "_type": "link", "href": "/x"}, {"_key": "s", "_type": "internalLink", "slug": {"current": "other"}}],
                "children": [
                    {"_type": "span", "text": "a", "marks": ["em", "k"]},
                    {"_type": "span", "text": "b", "marks": ["k", "strong"]},
                    {"_type": "span", "text": "c\nd", "marks": ["glow"]},
                    {"_type": "span", "text": "e", "marks": ["s", "strike-through"]},
                ],
            }]),
            &json!([{"type": "heading", "depth": 2, "children": [
                {"type": "link", "url": "/x", "children": [
                    {"type": "emphasis", "children": "a"}, {"type": "strong", "children": "b"},
                ]},
                "c", {"type": "break"}, "d",
                {"type": "link", "url": "other", "children": [{"type": "delete", "children": "e"}]},
            ]}]),
            &[],
        );
    }

    #[test]
    fn items_nest_by_level_and_other_blocks_part_lists() {
        let item = |kind: &str, level: u32, text: &str| json!({"_type": "block", "listItem": kind, "level": level, "children": [{"_type": "span", "text": text}]});
        let li = |text: &str| json!({"type": "listItem", "children": [{"type": "paragraph", "children": text}]});
        check(
            &json!([item("bullet", 1, "a"), item("number", 3, "b"), block(""), item("bullet", 1, "c")]),
            &json!([
                {"type": "list", "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "a"}, {"type": "list", "ordered": true, "children": [li("b")]},
                ]}]},
                {"type": "list", "children": [li("c")]},
            ]),
            &[],
        );
    }

    #[test]
    fn types_that_many_sites_have() {
        check(
            &json!([
                block("a"),
                {"_type": "image", "asset": {"_ref": "image-abc-800x600-png", "url": "/a.png"}, "alt": "A", "caption": "C"},
                {"_type": "image", "asset": {"_ref": "image-abc-800x600-png"}, "alt": "kept at Sanity"},
                {"_type": "code", "language": "js", "code": "x", "highlightedLines": [1]},
                {"_type": "youtube", "url": "https://youtu.be/dQw4w9WgXcQ"},
                {"_type": "table", "rows": [{"cells": ["a", "b"]}]},
                {"_type": "promo", "_key": "1", "heading": "Buy", "body": [block("this")]},
            ]),
            &json!([
                {"type": "paragraph", "children": "a"},
                {"type": "figure", "caption": "C", "children": [{"type": "image", "url": "/a.png", "alt": "A", "width": 800, "height": 600}]},
                {"type": "paragraph", "children": "kept at Sanity"},
                {"type": "code", "lang": "js", "value": "x", "emphasizeLines": [1]},
                {"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                 "embedUrl": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"},
                {"type": "table", "headerRows": 0, "children": [{"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "a"}, {"type": "tableCell", "children": "b"},
                ]}]},
                {"type": "paragraph", "children": "Buy"},
                {"type": "paragraph", "children": "this"},
            ]),
            &[
                "/2: a picture kept at Sanity, without its address; shown as text",
                "/6: unknown block `promo`; shown as text",
            ],
        );
    }
}
