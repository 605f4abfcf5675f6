//! Blocks of the Notion API: list items that stand one after the other, and blocks inside blocks where whoever
//! asked for them put them, as `children`.

mod property;

use super::levels;
use super::marks::{self, Lines, Run, nest, push_text};
use super::media::{Medium, captioned};
use super::tree::{Role, code_block, flag, number, role_of, table, words};
use super::{Context, rescue};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Block, Blocks, Column, Columns, Content, Details, Heading, Highlight, HighlightColor,
    Inline, InlineMath, Inlines, Kind, ListItem, Math, Mention, Paragraph, Quote, TableCell, TableRow, ThematicBreak,
};
use crate::json::Value;
pub(super) use property::properties;

/// How deep blocks nest in the result, in blocks.
const DEEPEST: u32 = 9;

/// Whether a value is a list of blocks, or a page with them inside.
pub(super) fn matches(value: &Value<'_>) -> bool {
    is_block(value) || blocks_of(value).is_some_and(|blocks| !blocks.is_empty() && blocks.iter().all(is_block))
}

fn is_block(value: &Value<'_>) -> bool {
    let name = value.get("type").and_then(Value::as_str).unwrap_or_default();
    value.get("object").is_some_and(|object| object == "block") && value.get(name).is_some()
}

/// The blocks of an answer, of a page, or of an array.
fn blocks_of<'v>(value: &'v Value<'v>) -> Option<&'v [Value<'v>]> {
    let inside = || ["results", "children", "blocks", "content"].iter().find_map(|key| value.get(key)?.as_array());
    value.as_array().or_else(inside).map(Vec::as_slice)
}

/// Reads blocks.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    let properties = value.get("properties").and_then(Value::as_object);
    for title in properties.into_iter().flatten().filter_map(|(_, property)| property.get("title")) {
        blocks.push(Block::new(Kind::Heading(Heading { depth: Some(1), children: line(Some(title)) })));
    }
    match blocks_of(value) {
        Some(items) => read_all(items, &mut blocks, 0, context),
        None => read_block(value, &mut blocks, 0, context),
    }
    blocks
}

fn read_all(items: &[Value<'_>], blocks: &mut Blocks, depth: u32, context: &mut Context<'_>) {
    let mut last = "";
    for (index, item) in items.iter().enumerate() {
        let length = context.warnings.enter_index(index);
        let name = item.get("type").and_then(Value::as_str).unwrap_or_default();
        if is_item(name) && !is_item(last) {
            levels::start_list(blocks, name == "numbered_list_item");
        }
        read_block(item, blocks, depth, context);
        last = name;
        context.warnings.leave(length);
    }
}

fn is_item(name: &str) -> bool {
    matches!(name, "bulleted_list_item" | "numbered_list_item" | "to_do")
}

/// The blocks inside a block, beside its type or with its payload.
fn children_of<'v>(block: &'v Value<'v>, payload: &'v Value<'v>) -> &'v [Value<'v>] {
    let children = [block, payload].iter().find_map(|place| place.get("children")?.as_array());
    children.map_or(&[], Vec::as_slice)
}

fn read_block(block: &Value<'_>, blocks: &mut Blocks, depth: u32, context: &mut Context<'_>) {
    let name = block.get("type").and_then(Value::as_str).unwrap_or_default();
    let payload = block.get(name).unwrap_or(&Value::Null);
    let inner = children_of(block, payload);
    if inner.is_empty() && flag(block, &["has_children"]) == Some(true) {
        context.warnings.warn("blocks inside this one are not in the file");
    }
    let text = || line(payload.get("rich_text").or_else(|| payload.get("text")));
    if depth > DEEPEST {
        blocks.extend((!text().is_empty()).then(|| Block::paragraph(text())));
        return read_all(inner, blocks, DEEPEST, context);
    }
    // What is read with the blocks inside it; all others have them after.
    let mut children = Blocks::default();
    if !matches!(name, "table" | "column_list") {
        read_all(inner, &mut children, depth + 1, context);
    }
    let with_text = |children: Blocks| {
        let text = Some(text()).filter(|text| !text.is_empty()).map(Block::paragraph);
        text.into_iter().chain(children.0).collect::<Blocks>()
    };
    let kind = match name {
        _ if is_item(name) => {
            let checked = (name == "to_do").then(|| flag(payload, &["checked"]) == Some(true));
            let item = ListItem { checked, children: with_text(children), ..ListItem::default() };
            let ordered = name == "numbered_list_item";
            let start = number(payload, &["list_start_index", "list_start"]).filter(|_| ordered);
            if start.is_some() {
                levels::start_list(blocks, ordered);
            }
            levels::push_item(blocks, 0, ordered, item);
            if let (Some(_), Some(Block { kind: Kind::List(list), .. })) = (start, blocks.last_mut()) {
                list.start = start.filter(|start| *start != 1);
            }
            return;
        }
        "toggle" => Kind::Details(Details { summary: text(), children, ..Details::default() }),
        "heading_1" | "heading_2" | "heading_3" | "heading_4" => {
            let depth = name.as_bytes().last().map_or(2, |digit| u32::from(digit - b'0'));
            blocks.push(Block::new(Kind::Heading(Heading { depth: Some(depth), children: text() })));
            return blocks.extend(children.0);
        }
        "quote" => Kind::Blockquote(Quote { children: with_text(children), ..Quote::default() }),
        "callout" => {
            let icon = payload.get("icon").map_or("", |icon| words(icon, &["emoji"])).to_owned();
            let kind = AdmonitionKind::Note;
            Kind::Admonition(Admonition { kind, icon, children: with_text(children), ..Admonition::default() })
        }
        "column_list" => {
            let mut columns = Vec::new();
            for column in inner {
                let mut children = Blocks::default();
                let payload = column.get("column").unwrap_or(&Value::Null);
                read_all(children_of(column, payload), &mut children, depth + 1, context);
                columns.push(Column { children, ..Column::default() });
            }
            Kind::Columns(Columns { children: columns })
        }
        "table" => {
            let rows = rows(inner, payload);
            return blocks.extend(table(rows).map(Block::new));
        }
        "column" | "synced_block" | "template" | "tab" => return blocks.extend(with_text(children).0),
        _ => {
            match leaf(name, payload, &text, context) {
                Some(Kind::Paragraph(paragraph)) if paragraph.children.is_empty() => {}
                Some(kind) => blocks.push(Block::new(kind)),
                None => blocks.extend(rescue::unknown(name, payload, context).0),
            }
            return blocks.extend(children.0);
        }
    };
    blocks.push(Block::new(kind));
}

/// A block that holds no others.
fn leaf(name: &str, payload: &Value<'_>, text: &dyn Fn() -> Inlines, context: &mut Context<'_>) -> Option<Kind> {
    let file = ["external", "file"].iter().find_map(|kind| payload.get(kind)).unwrap_or(payload);
    let caption = line(payload.get("caption"));
    let url = words(file, &["url"]);
    let mut medium = Medium { url, title: words(payload, &["name", "title"]), caption, ..Medium::default() };
    let is_file = matches!(name, "image" | "video" | "audio" | "file" | "pdf");
    if is_file && payload.get("type").is_some_and(|kind| kind == "file") {
        context.warnings.info("a file kept at Notion, whose address holds for an hour");
    }
    if is_file && url.is_empty() {
        // Files that were uploaded over the API are named by an id until Notion gives them an address.
        context.warnings.warn("a file without an address; its caption is shown");
        return Some(Kind::Paragraph(Paragraph { children: medium.caption, align: None }));
    }
    Some(match name {
        "paragraph" => Kind::Paragraph(Paragraph { children: text(), align: None }),
        "code" => captioned(code_block(plain(payload.get("rich_text")), words(payload, &["language"])), medium.caption),
        "divider" => Kind::ThematicBreak(ThematicBreak::default()),
        "equation" => Kind::Math(Math { value: words(payload, &["expression"]).to_owned(), ..Math::default() }),
        "table_of_contents" => Kind::Contents(Empty),
        "breadcrumb" => Kind::Group(Blocks::default()),
        "child_page" | "child_database" => Kind::Paragraph(Paragraph { children: medium.title.into(), align: None }),
        "link_to_page" => Kind::Paragraph(Paragraph::default()),
        "unsupported" => {
            context.warnings.warn("a block that Notion's API does not give; left out");
            Kind::Paragraph(Paragraph::default())
        }
        "pdf" => return medium.block(Role::File),
        _ => return medium.block(role_of(name)?),
    })
}

fn rows(inner: &[Value<'_>], payload: &Value<'_>) -> Vec<TableRow> {
    let has = |name: &str| flag(payload, &[name]) == Some(true);
    let (has_head, has_first) = (has("has_column_header"), has("has_row_header"));
    let rows = inner.iter().enumerate().map(|(index, row)| {
        let cells = row.get("table_row").and_then(|row| row.get("cells")).and_then(Value::as_array);
        let cell = |(place, cell): (usize, &Value<'_>)| TableCell {
            children: Content::Inlines(line(Some(cell))),
            header: (has_head && index == 0) || (has_first && place == 0),
            ..TableCell::default()
        };
        TableRow { children: cells.into_iter().flatten().enumerate().map(cell).collect() }
    });
    rows.collect()
}

/// The text of rich text.
fn plain(rich_text: Option<&Value<'_>>) -> String {
    rich_text.and_then(Value::as_array).into_iter().flatten().map(plain_text).collect()
}

fn plain_text<'v>(piece: &'v Value<'v>) -> &'v str {
    let own = piece.get("text").map_or("", |text| words(text, &["content"]));
    match piece.get("plain_text").and_then(Value::as_str) {
        Some(text) if !text.is_empty() => text,
        _ => own,
    }
}

/// Rich text as text-level content.
fn line(rich_text: Option<&Value<'_>>) -> Inlines {
    let mut runs = Vec::new();
    for piece in rich_text.and_then(Value::as_array).into_iter().flatten() {
        let mut marks = Vec::new();
        let href = piece.get("href").and_then(Value::as_str);
        let own = || piece.get("text")?.get("link")?.get("url")?.as_str();
        let page = piece.get("mention").and_then(|mention| mention.get("link_mention"));
        let mentioned = || page?.get("href")?.as_str();
        marks.extend(href.or_else(own).or_else(mentioned).and_then(|url| marks::link(url, "")));
        for (name, value) in piece.get("annotations").and_then(Value::as_object).into_iter().flatten() {
            match value {
                Value::Bool(true) => marks.extend(marks::named(name)),
                Value::String(color) if color.ends_with("_background") => marks.push(highlight(color)),
                _ => {}
            }
        }
        let text = plain_text(piece);
        match words(piece, &["type"]) {
            "equation" => {
                let value = piece.get("equation").map_or(text, |formula| words(formula, &["expression"])).to_owned();
                runs.push(Run::new(Inline::Math(InlineMath { value, ..InlineMath::default() }), &marks));
            }
            "mention" if piece.get("mention").is_some_and(|mention| mention.get("user").is_some()) => {
                let name = text.to_owned();
                runs.push(Run::new(Inline::Mention(Mention { name, ..Mention::default() }), &marks));
            }
            _ => {
                let title = page.map_or("", |page| words(page, &["title"]));
                push_text(&mut runs, if title.is_empty() { text } else { title }, &marks, Lines::Break);
            }
        }
    }
    nest(runs)
}

fn highlight(color: &str) -> Inline {
    let color = match color.split('_').next().unwrap_or_default() {
        "green" => HighlightColor::Green,
        "blue" => HighlightColor::Blue,
        "pink" | "red" => HighlightColor::Pink,
        _ => HighlightColor::Yellow,
    };
    Inline::Mark(Highlight { color, ..Highlight::default() })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(blocks: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::Notion, &json!({"object": "list", "results": blocks}), expect, warnings);
    }

    fn text(text: &str) -> Value<'static> {
        json!([{"type": "text", "text": {"content": text}, "plain_text": text}])
    }

    fn block(kind: &str, payload: &Value<'_>) -> Value<'static> {
        json!({"object": "block", "type": kind, kind: payload})
    }

    #[test]
    fn items_that_follow_each_other_are_a_list() {
        let item = |kind: &str, words: &str| block(kind, &json!({"rich_text": text(words)}));
        let nested = block(
            "bulleted_list_item",
            &json!({"rich_text": text("b"), "children": [item("numbered_list_item", "c")]}),
        );
        let li = |text: &str| json!({"type": "listItem", "children": [{"type": "paragraph", "children": text}]});
        check(
            &json!([
                item("bulleted_list_item", "a"),
                nested,
                item("paragraph", "p"),
                item("numbered_list_item", "d"),
                block("to_do", &json!({"rich_text": text("e"), "checked": true})),
            ]),
            &json!([
                {"type": "list", "children": [li("a"), {"type": "listItem", "children": [
                    {"type": "paragraph", "children": "b"}, {"type": "list", "ordered": true, "children": [li("c")]},
                ]}]},
                {"type": "paragraph", "children": "p"},
                {"type": "list", "ordered": true, "children": [li("d")]},
                {"type": "list", "children": [{"type": "listItem", "checked": true, "children": [{"type": "paragraph", "children": "e"}]}]},
            ]),
            &[],
        );
    }

    #[test]
    fn annotations_mentions_and_formulas() {
        let pieces = json!([
            {"type": "text", "text": {"content": "a"}, "plain_text": "a", "href": "/x", "annotations": {"bold": true, "code": true, "color": "default"}},
            {"type": "text", "text": {"content": "b\nc"}, "plain_text": "b\nc", "annotations": {"color": "green_background"}},
            {"type": "equation", "equation": {"expression": "x^2"}, "plain_text": "x^2"},
            {"type": "mention", "mention": {"type": "user", "user": {}}, "plain_text": "@Ann"},
        ]);
        check(
            &json!([
                block("heading_2", &json!({"rich_text": text("T")})),
                block("paragraph", &json!({"rich_text": pieces}))
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [
                    {"type": "link", "url": "/x", "children": [{"type": "strong", "children": [{"type": "inlineCode", "value": "a"}]}]},
                    {"type": "mark", "color": "green", "children": ["b", {"type": "break"}, "c"]},
                    {"type": "inlineMath", "value": "x^2"},
                    {"type": "mention", "name": "@Ann"},
                ]},
            ]),
            &[],
        );
    }

    #[test]
    fn boxes_tables_and_media() {
        let p = |words: &str| block("paragraph", &json!({"rich_text": text(words)}));
        let row = |words: &str| block("table_row", &json!({"cells": [text(words), text("x")]}));
        check(
            &json!([
                block("toggle", &json!({"rich_text": text("s"), "children": [p("t")]})),
                block("callout", &json!({"rich_text": text("c"), "icon": {"type": "emoji", "emoji": "⚠️"}})),
                block("quote", &json!({"rich_text": text("q")})),
                block("code", &json!({"rich_text": text("a\n  b"), "language": "plain text"})),
                block("table", &json!({"has_column_header": true, "children": [row("h"), row("d")]})),
                block("image", &json!({"type": "external", "external": {"url": "a.png"}, "caption": text("C")})),
                block("bookmark", &json!({"url": "https://a.example/"})),
                block("column_list", &json!({"children": [block("column", &json!({"children": [p("l")]}))]})),
                {"object": "block", "type": "synced_block", "has_children": true, "synced_block": {}},
                block("poll", &json!({"question": "Which?"})),
            ]),
            &json!([
                {"type": "details", "summary": "s", "children": [{"type": "paragraph", "children": "t"}]},
                {"type": "admonition", "icon": "⚠️", "children": [{"type": "paragraph", "children": "c"}]},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "code", "value": "a\n  b"},
                {"type": "table", "headerRows": 1, "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "h", "header": true}, {"type": "tableCell", "children": "x", "header": true}]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "d"}, {"type": "tableCell", "children": "x"}]},
                ]},
                {"type": "figure", "children": [{"type": "image", "url": "a.png"}], "caption": "C"},
                {"type": "linkCard", "url": "https://a.example/", "site": "a.example"},
                {"type": "columns", "children": [{"type": "column", "children": [{"type": "paragraph", "children": "l"}]}]},
                {"type": "paragraph", "children": "Which?"},
            ]),
            &["/8: blocks inside this one are not in the file", "/9: unknown block `poll`; shown as text"],
        );
    }

    #[test]
    fn lists_start_where_they_say_and_pages_have_their_title() {
        let item = |text: &Value<'static>, start: u32| {
            block("numbered_list_item", &json!({"rich_text": text, "list_start_index": start}))
        };
        let list = |text: &str, start: u32| {
            json!({"type": "list", "ordered": true, "start": start, "children": [
                {"type": "listItem", "children": [{"type": "paragraph", "children": text}]},
            ]})
        };
        let mention = json!([{
            "type": "mention", "plain_text": "https://a.example/",
            "mention": {"type": "link_mention", "link_mention": {"href": "https://a.example/", "title": "A"}},
        }]);
        check(
            &json!([
                item(&text("a"), 5),
                block("paragraph", &json!({"rich_text": []})),
                item(&text("b"), 7),
                block("paragraph", &json!({"rich_text": mention})),
            ]),
            &json!([
                list("a", 5), list("b", 7),
                {"type": "paragraph", "children": [{"type": "link", "url": "https://a.example/", "children": "A"}]},
            ]),
            &[],
        );
    }

    #[test]
    fn files_without_an_address_leave_their_caption() {
        let upload = json!({"type": "file_upload", "file_upload": {"id": "43"}, "caption": text("C")});
        check(
            &json!([block("image", &upload)]),
            &json!([{"type": "paragraph", "children": "C"}]),
            &["/0: a file without an address; its caption is shown"],
        );
    }
}
