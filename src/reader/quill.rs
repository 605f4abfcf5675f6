//! Quill Deltas: text in pieces, where the line end carries what its line is.

use super::marks::{self, Lines, Run, nest, push_text};
use super::media::{self, LINE_HEIGHT, Medium};
use super::tree::{Role, code_block, role_of, table, whole, words};
use super::{Context, levels, rescue};
use crate::article::json::Empty;
use crate::article::{
    Align, Block, Blocks, Code, Content, Heading, Inline, InlineImage, InlineMath, Kind, ListItem, Mention, Paragraph,
    Quote, TableCell, TableRow, ThematicBreak,
};
use crate::json::Value;
use crate::markup;

/// Whether a value is a Delta, or the pieces of one.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let pieces = value.get("ops").unwrap_or(value).as_array();
    pieces.is_some_and(|pieces| !pieces.is_empty() && pieces.iter().all(|piece| piece.get("insert").is_some()))
}

/// Reads a Delta.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut document = Document::default();
    for (index, piece) in value.get("ops").unwrap_or(value).as_array().into_iter().flatten().enumerate() {
        let length = context.warnings.enter_index(index);
        let attributes = piece.get("attributes").unwrap_or(&Value::Null);
        match piece.get("insert") {
            Some(Value::String(text)) => document.text(text, attributes),
            Some(object) => document.object(object, attributes, context),
            None => {}
        }
        context.warnings.leave(length);
    }
    document.end_line(&Value::Null);
    document.end_table();
    document.blocks
}

#[derive(Default)]
struct Document {
    blocks: Blocks,
    /// The line that has not ended.
    runs: Vec<Run>,
    /// Rows of the table that has not ended, with the name of the last.
    rows: Vec<TableRow>,
    row: String,
    /// The name of its last cell, where cells have names: further lines of it join it.
    cell: String,
    /// The last block is a block of code, which further lines join.
    in_code: bool,
    /// The last line was an item of a list.
    in_list: bool,
}

impl Document {
    fn text(&mut self, text: &str, attributes: &Value<'_>) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.end_line(attributes);
            }
            push_text(&mut self.runs, line, &marks_of(attributes), Lines::Flow);
        }
    }

    fn object(&mut self, object: &Value<'_>, attributes: &Value<'_>, context: &mut Context<'_>) {
        let Some((name, payload)) = object.as_object().and_then(|members| members.iter().next()) else { return };
        let marks = marks_of(attributes);
        let own = |names: &[&str]| {
            [words(attributes, names), words(payload, names)].into_iter().find(|it| !it.is_empty()).unwrap_or_default()
        };
        let url = payload.as_str().unwrap_or_else(|| words(payload, &["url", "src", "href"]));
        let size = |name: &str| attributes.get(name).and_then(whole);
        let mut medium = Medium {
            url,
            alt: own(&["alt"]),
            title: own(&["title"]),
            link: own(&["link"]),
            width: size("width"),
            height: size("height"),
            ..Medium::default()
        };
        let block = match marks::key(name).as_str() {
            "image" if medium.height.is_some_and(|height| height <= LINE_HEIGHT) => {
                let (url, alt) = (url.to_owned(), medium.alt.to_owned());
                let image =
                    InlineImage { url, alt, width: medium.width, height: medium.height, ..InlineImage::default() };
                return self.runs.push(Run::new(Inline::Image(image), &marks));
            }
            "formula" => {
                let value = url.to_owned();
                return self.runs.push(Run::new(Inline::Math(InlineMath { value, ..InlineMath::default() }), &marks));
            }
            "mention" => {
                let name = [words(payload, &["denotationChar"]), words(payload, &["value", "name", "id"])].concat();
                let mention =
                    Mention { name, url: words(payload, &["link", "target"]).to_owned(), ..Mention::default() };
                return self.runs.push(Run::new(Inline::Mention(mention), &marks));
            }
            name if is_picture(name) => medium.block(Role::Image),
            "tweet" | "twitter" if !url.contains('/') => {
                media::post(if url.is_empty() { words(payload, &["id"]) } else { url })
            }
            _ => match role_of(name) {
                Some(Role::Break) => return self.runs.push(Run::new(Inline::Break(Empty), &marks)),
                Some(Role::Rule) => Some(Kind::ThematicBreak(ThematicBreak::default())),
                Some(Role::Video) => medium.block(Role::Embed),
                None if markup::embed(url).is_some() => medium.block(Role::Embed),
                role => role.and_then(|role| medium.block(role)),
            },
        };
        let Some(block) = block else {
            return self.blocks.extend(rescue::unknown(name, object, context).0);
        };
        // Before the line that is open, so that its sentence stays whole.
        self.end_table();
        self.in_code = false;
        self.blocks.push(Block::new(block));
    }

    /// Ends a line, which is what its end says.
    fn end_line(&mut self, attributes: &Value<'_>) {
        let runs = std::mem::take(&mut self.runs);
        let has = |name: &str| attributes.get(name).filter(|value| !value.is_null() && **value != Value::Bool(false));
        if let Some(place) = place_of(attributes) {
            return self.cell(&place, runs);
        }
        self.end_table();
        if let Some(language) = has("code-block") {
            return self.code_line(&plain(&runs), language.as_str().unwrap_or_default());
        }
        self.in_code = false;
        let was_in_list = std::mem::replace(&mut self.in_list, has("list").is_some());
        let children = nest(runs);
        let align = match words(attributes, &["align"]) {
            "center" => Some(Align::Center),
            "right" => Some(Align::End),
            _ => None,
        };
        let indent = attributes.get("indent").and_then(whole).unwrap_or(0);
        let kind = if let Some(list) = has("list") {
            let kind = words_of(list);
            let checked = match kind {
                "checked" => Some(true),
                "unchecked" => Some(false),
                _ => None,
            };
            let item = ListItem { checked, children: vec![Block::paragraph(children)].into(), ..ListItem::default() };
            let ordered = kind == "ordered";
            if !was_in_list {
                levels::start_list(&mut self.blocks, ordered);
            }
            return levels::push_item(&mut self.blocks, indent, ordered, item);
        } else if children.is_empty() {
            return;
        } else if let Some(depth) = has("header").and_then(whole) {
            Kind::Heading(Heading { depth: Some(depth.clamp(1, 6)), children })
        } else if has("blockquote").is_some() {
            let paragraph = Block::paragraph(children);
            if let Some(Block { kind: Kind::Blockquote(quote), .. }) = self.blocks.last_mut() {
                return quote.children.push(paragraph);
            }
            Kind::Blockquote(Quote { children: vec![paragraph].into(), ..Quote::default() })
        } else {
            Kind::Paragraph(Paragraph { children, align })
        };
        self.blocks.push(Block::new(kind));
    }

    fn code_line(&mut self, line: &str, language: &str) {
        match self.blocks.last_mut() {
            Some(Block { kind: Kind::Code(Code { value, .. }), .. }) if self.in_code => {
                value.push('\n');
                value.push_str(line);
            }
            _ => self.blocks.push(Block::new(code_block(line.to_owned(), language))),
        }
        self.in_code = true;
    }

    fn cell(&mut self, place: &Place<'_>, runs: Vec<Run>) {
        let is_new_row = self.rows.is_empty() || self.row != place.row;
        let is_same_cell = !is_new_row && !place.cell.is_empty() && self.cell == place.cell;
        if is_new_row {
            self.rows.push(TableRow::default());
            place.row.clone_into(&mut self.row);
        }
        place.cell.clone_into(&mut self.cell);
        let Some(row) = self.rows.last_mut() else { return };
        if let (true, Some(TableCell { children: Content::Inlines(line), .. })) =
            (is_same_cell, row.children.last_mut())
        {
            line.push(Inline::Break(Empty));
            return line.extend(nest(runs).0);
        }
        let span = |name: &str| place.spans.get(name).and_then(whole).filter(|span| *span > 1);
        row.children.push(TableCell {
            children: Content::Inlines(nest(runs)),
            colspan: span("colspan"),
            rowspan: span("rowspan"),
            ..TableCell::default()
        });
    }

    fn end_table(&mut self) {
        self.blocks.extend(table(std::mem::take(&mut self.rows)).map(Block::new));
    }
}

/// Whether an object of that name, which editors make up themselves, is a picture.
fn is_picture(name: &str) -> bool {
    ["image", "img", "picture", "photo"].iter().any(|part| name.starts_with(part) || name.ends_with(part))
}

/// Where in a table a line is.
struct Place<'v> {
    row: &'v str,
    /// Empty where each line is a cell.
    cell: &'v str,
    /// What has the number of rows and columns that the cell takes.
    spans: &'v Value<'v>,
}

/// The place that the end of a line gives it, as the tables of Quill or one of two plug-ins for them have it.
fn place_of<'v>(attributes: &'v Value<'v>) -> Option<Place<'v>> {
    if let Some(row) = attributes.get("table").filter(|row| !row.is_null() && **row != Value::Bool(false)) {
        return Some(Place { row: words_of(row), cell: "", spans: &Value::Null });
    }
    if let Some(cell) = attributes.get("table-cell-block").and_then(Value::as_str) {
        let spans = attributes.get("table-cell")?;
        return Some(Place { row: spans.get("data-row")?.as_str()?, cell, spans });
    }
    // Headings and items of lists say it themselves.
    ["table-cell-line", "list", "header"].iter().find_map(|name| {
        let spans = attributes.get(name)?;
        Some(Place { row: spans.get("row")?.as_str()?, cell: spans.get("cell")?.as_str()?, spans })
    })
}

fn words_of<'v>(value: &'v Value<'v>) -> &'v str {
    value.as_str().or_else(|| ["list", "row"].iter().find_map(|key| value.get(key)?.as_str())).unwrap_or_default()
}

/// The text of a line without its marks.
fn plain(runs: &[Run]) -> String {
    let text = |run: &Run| match &run.inline {
        Inline::Text(text) | Inline::InlineCode(text) => text.clone(),
        _ => String::new(),
    };
    runs.iter().map(text).collect()
}

fn marks_of(attributes: &Value<'_>) -> Vec<Inline> {
    let mut found = Vec::new();
    for (name, value) in attributes.as_object().into_iter().flatten() {
        match (name, value) {
            ("link", Value::String(url)) => found.extend(marks::link(url, "")),
            ("script", Value::String(script)) => found.extend(marks::named(script)),
            (_, Value::Bool(true)) => found.extend(marks::named(name)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(pieces: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::Quill, &json!({"ops": pieces}), expect, warnings);
    }

    #[test]
    fn line_ends_say_what_lines_are() {
        check(
            &json!([
                {"insert": "T"}, {"insert": "\n", "attributes": {"header": 2}},
                {"insert": "a "}, {"insert": "b", "attributes": {"bold": true, "link": "/x"}}, {"insert": "2", "attributes": {"script": "sub"}},
                {"insert": "\nc"}, {"insert": "\n", "attributes": {"align": "center"}},
                {"insert": "q"}, {"insert": "\n", "attributes": {"blockquote": true}},
                {"insert": "r"}, {"insert": "\n", "attributes": {"blockquote": true}},
                {"insert": "x = 1"}, {"insert": "\n\n", "attributes": {"code-block": "python"}},
                {"insert": "y"}, {"insert": "\n", "attributes": {"code-block": "python"}},
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [
                    "a ", {"type": "link", "url": "/x", "children": [{"type": "strong", "children": "b"}]}, {"type": "subscript", "children": "2"},
                ]},
                {"type": "paragraph", "align": "center", "children": "c"},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}, {"type": "paragraph", "children": "r"}]},
                {"type": "code", "lang": "python", "value": "x = 1\n\ny"},
            ]),
            &[],
        );
    }

    #[test]
    fn lists_nest_by_indent_and_rows_by_name() {
        let li = |text: &str| json!({"type": "listItem", "children": [{"type": "paragraph", "children": text}]});
        check(
            &json!([
                {"insert": "a"}, {"insert": "\n", "attributes": {"list": "bullet"}},
                {"insert": "b"}, {"insert": "\n", "attributes": {"list": "ordered", "indent": 1}},
                {"insert": "c"}, {"insert": "\n", "attributes": {"list": "checked"}},
                {"insert": "1"}, {"insert": "\n", "attributes": {"table": "row-a"}},
                {"insert": "2"}, {"insert": "\n", "attributes": {"table": "row-a"}},
                {"insert": "3"}, {"insert": "\n", "attributes": {"table": "row-b"}},
            ]),
            &json!([
                {"type": "list", "children": [
                    {"type": "listItem", "children": [
                        {"type": "paragraph", "children": "a"}, {"type": "list", "ordered": true, "children": [li("b")]},
                    ]},
                    {"type": "listItem", "checked": true, "children": [{"type": "paragraph", "children": "c"}]},
                ]},
                {"type": "table", "headerRows": 0, "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "1"}, {"type": "tableCell", "children": "2"}]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "3"}]},
                ]},
            ]),
            &[],
        );
    }

    #[test]
    fn objects_stand_before_their_line() {
        check(
            &json!([
                {"insert": "a "}, {"insert": {"image": "a.png"}, "attributes": {"alt": "A", "link": "/x", "width": "640"}}, {"insert": "b "},
                {"insert": {"formula": "x^2"}}, {"insert": {"mention": {"denotationChar": "@", "value": "ann"}}}, {"insert": "\n"},
                {"insert": {"video": "https://www.youtube.com/embed/dQw4w9WgXcQ"}}, {"insert": {"poll": {"question": "Which?"}}},
            ]),
            &json!([
                {"type": "image", "url": "a.png", "alt": "A", "link": "/x", "width": 640},
                {"type": "paragraph", "children": ["a b ", {"type": "inlineMath", "value": "x^2"}, {"type": "mention", "name": "@ann"}]},
                {"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                 "embedUrl": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"},
                {"type": "paragraph", "children": "Which?"},
            ]),
            &["/7: unknown block `poll`; shown as text"],
        );
    }

    #[test]
    fn objects_of_other_editors_are_pictures_and_posts() {
        check(
            &json!([
                {"insert": {"imageBlot": {"url": "a.png", "alt": "A"}}},
                {"insert": {"tweet": "12"}}, {"insert": {"tweet": {"id": "12"}}},
                {"insert": {"film": {"url": "https://vimeo.com/1"}}},
                {"insert": "a"}, {"insert": {"soft-break": true}}, {"insert": "b\n"},
            ]),
            &json!([
                {"type": "image", "url": "a.png", "alt": "A"},
                {"type": "embed", "provider": "x", "url": "https://twitter.com/i/status/12"},
                {"type": "embed", "provider": "x", "url": "https://twitter.com/i/status/12"},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"},
                {"type": "paragraph", "children": ["a", {"type": "break"}, "b"]},
            ]),
            &[],
        );
    }

    #[test]
    fn cells_of_plug_ins_have_names_and_several_lines() {
        let cell = |row: &str, cell: &str, span: &str| json!({"table-cell-line": {"row": row, "cell": cell, "rowspan": "1", "colspan": span}});
        let line = |text: &str| json!({"insert": text});
        let end = |attributes: Value<'static>| json!({"insert": "\n", "attributes": attributes});
        let item = json!({"list": {"row": "r1", "cell": "c2", "list": "bullet"}});
        check(
            &json!([
                line("1"),
                end(cell("r1", "c1", "1")),
                line("2"),
                end(cell("r1", "c1", "1")),
                line("3"),
                end(item),
                line("4"),
                end(cell("r2", "c3", "2")),
                line("5\n"),
                line("6"),
                end(json!({"table-cell-block": "c1", "table-cell": {"data-row": "r1"}})),
                line("7"),
                end(json!({"table-cell-block": "c2", "table-cell": {"data-row": "r1"}})),
            ]),
            &json!([
                {"type": "table", "headerRows": 0, "children": [
                    {"type": "tableRow", "children": [
                        {"type": "tableCell", "children": ["1", {"type": "break"}, "2"]}, {"type": "tableCell", "children": "3"},
                    ]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "4", "colspan": 2}]},
                ]},
                {"type": "paragraph", "children": "5"},
                {"type": "table", "headerRows": 0, "children": [{"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "6"}, {"type": "tableCell", "children": "7"},
                ]}]},
            ]),
            &[],
        );
    }
}
