//! Editor.js: blocks with HTML in their texts, and lists as three generations of it have stored them.

mod notes;

use super::marks::key;
use super::media::captioned;
use super::tree::{Role, code_block, flag, medium, number, role_of, table, words};
use super::{Context, rescue, rich_text};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Align, Block, Blocks, Button, Buttons, Column, Columns, Content, Details, Heading,
    Image, Inlines, Kind, List, ListItem, Math, Paragraph, Quote, TableCell, TableRow, ThematicBreak,
};
use crate::json::{Object, Value};

/// Lists nest no deeper: what is deeper stands there.
const DEEPEST: u32 = 9;

/// Whether a value has blocks with a type and data, and none of the keys that blocks of others have.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let Some(blocks) = value.get("blocks").and_then(Value::as_array) else { return false };
    let is_block = |block: &Value<'_>| {
        block.get("type").is_some_and(Value::is_string)
            && block.get("text").is_none()
            && block.get("children").is_none()
    };
    value.get("entityMap").is_none()
        && value.get("articleJson").is_none()
        && blocks.iter().all(is_block)
        && blocks.iter().any(|block| block.get("data").is_some_and(Value::is_object))
}

/// Reads a document.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    let length = context.warnings.enter("blocks");
    read_blocks(value.get("blocks"), &mut blocks, context);
    context.warnings.leave(length);
    blocks
}

fn read_blocks(value: Option<&Value<'_>>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut index = 0;
    while let Some(item) = items.get(index) {
        let length = context.warnings.enter_index(index);
        index += 1;
        let data = item.get("data").unwrap_or(&Value::Null);
        let own = own_blocks(item, data).unwrap_or(0) as usize;
        let own = items.get(index..).map_or(&[][..], |rest| rest.get(..own).unwrap_or(rest));
        if own.is_empty() {
            read_noted(item, data, blocks, context);
        } else {
            let mut children = Blocks::default();
            own.iter().for_each(|item| {
                read_noted(item, item.get("data").unwrap_or(&Value::Null), &mut children, context);
            });
            let summary = context.inlines(words(data, &["text", "title"]));
            blocks.push(Block::new(Kind::Details(Details { summary, children, ..Details::default() })));
            index += own.len();
        }
        context.warnings.leave(length);
    }
}

/// How many of the blocks after it are a block's own.
fn own_blocks(item: &Value<'_>, data: &Value<'_>) -> Option<u32> {
    match words(item, &["type"]) {
        "toggle" => number(data, &["items"]),
        "accordion" => number(data.get("settings")?, &["blockCount"]),
        _ => None,
    }
}

/// Reads a block with the footnotes and the anchor that it carries.
fn read_noted(item: &Value<'_>, data: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let first = blocks.len();
    match notes::of(item) {
        Some(found) => {
            read_block(item, &notes::with_holes(data, &mut 0), blocks, context);
            notes::place(found, first, blocks, context);
        }
        None => read_block(item, data, blocks, context),
    }
    // What links inside the text lead to.
    let anchor =
        item.get("tunes").and_then(|tunes| tunes.get("anchorTune")).map_or("", |tune| words(tune, &["anchor"]));
    if let Some(block) = blocks.get_mut(first).filter(|_| !anchor.is_empty()) {
        anchor.clone_into(&mut block.attributes.id);
    }
}

fn read_block(item: &Value<'_>, data: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let name = item.get("type").and_then(Value::as_str).unwrap_or_default();
    let text = |context: &mut Context<'_>| context.inlines(words(data, &["text", "title", "content"]));
    let caption = |context: &mut Context<'_>| context.inlines(words(data, &["caption"]));
    let kind = match role_of(name) {
        Some(Role::Paragraph) => {
            let align = match aligned(item, data) {
                "center" => Some(Align::Center),
                "right" => Some(Align::End),
                _ => None,
            };
            Kind::Paragraph(Paragraph { children: text(context), align })
        }
        Some(Role::Heading(_)) => {
            let depth = Some(number(data, &["level"]).unwrap_or(2).clamp(1, 6));
            Kind::Heading(Heading { depth, children: text(context) })
        }
        Some(Role::List | Role::Bullets | Role::Numbers) => list(data, words(data, &["style", "type"]), 0, context),
        Some(Role::Quote | Role::PullQuote) => {
            let attribution = caption(context);
            let children = vec![Block::paragraph(text(context))].into();
            Kind::Blockquote(Quote { children, attribution, ..Quote::default() })
        }
        Some(Role::Code) => {
            let language = if key(name) == "mermaid" { "mermaid" } else { "" };
            captioned(code(data, language), caption(context))
        }
        Some(Role::Rule) => Kind::ThematicBreak(ThematicBreak::default()),
        Some(Role::Gallery) => match super::media::gallery(images(data, context), caption(context)) {
            Some(kind) => kind,
            None => return,
        },
        Some(Role::Table) => match table_of(data, context) {
            Some(kind) => captioned(kind, caption(context)),
            None => return,
        },
        Some(Role::Panel) => {
            let kind = AdmonitionKind::from_word(words(data, &["type", "style"])).unwrap_or(AdmonitionKind::Note);
            let title = context.inlines(words(data, &["title"]));
            let children = vec![Block::paragraph(context.inlines(words(data, &["message", "text", "content"])))].into();
            Kind::Admonition(Admonition { kind, title, children, ..Admonition::default() })
        }
        Some(Role::Details) => Kind::Paragraph(Paragraph { children: text(context), align: None }),
        Some(Role::Columns) => {
            let mut columns = Vec::new();
            for column in ["cols", "columns"].iter().find_map(|key| data.get(key)?.as_array()).into_iter().flatten() {
                let children = rich_text(column, context).unwrap_or_default();
                columns.push(Column { children, ..Column::default() });
            }
            Kind::Columns(Columns { children: columns })
        }
        Some(Role::Math | Role::InlineMath) => {
            Kind::Math(Math { value: words(data, &["math", "latex", "formula", "text"]).to_owned(), ..Math::default() })
        }
        Some(Role::Html) => Kind::Html(words(data, &["html"]).to_owned()),
        Some(Role::Markdown) => Kind::Markdown(words(data, &["markdown", "text"]).to_owned()),
        Some(Role::Contents) => Kind::Contents(Empty),
        role => match recording(role, name, data, context).or_else(|| own_name(name, data, context)) {
            Some(kind) => kind,
            None => return blocks.extend(rescue::unknown(name, data, context).0),
        },
    };
    blocks.push(Block::new(kind));
}

/// A picture, embed, recording or file.
fn recording(role: Option<Role>, name: &str, data: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    let role = match key(name).as_str() {
        "attaches" => Role::File,
        "simpleimage" => Role::Image,
        "audioplayer" => Role::Audio,
        _ => role?,
    };
    let mut media = medium(data);
    if matches!(role, Role::Embed | Role::Video) {
        media.url = words(data, &["source", "url", "src", "embed"]);
        media.player = words(data, &["embed"]);
    }
    if role == Role::File {
        media.title = words(data, &["title", "name"]);
        media.size = number(data, &["size"]);
    }
    media.caption = context.inlines(words(data, &["caption"]));
    media.block(role)
}

/// The pictures of a gallery: addresses, or objects with one, which some tools keep without anything around them.
fn images(data: &Value<'_>, context: &mut Context<'_>) -> Vec<Image> {
    let inside = || ["files", "images", "items", "urls", "slides"].iter().find_map(|key| data.get(key)?.as_array());
    let mut images = Vec::new();
    for picture in data.as_array().or_else(inside).into_iter().flatten() {
        let mut image = medium(picture);
        if let Some(url) = picture.as_str() {
            image.url = url;
        }
        image.caption = context.inlines(words(picture, &["caption"]));
        images.push(image.image());
    }
    images
}

/// A block of code; tools call its text and its language as they like.
fn code(data: &Value<'_>, language: &str) -> Kind {
    let own = words(data, &["language", "languageCode", "languagecode", "lang"]);
    let text = words(data, &["code", "value", "codeText", "text"]).to_owned();
    code_block(text, if own.is_empty() { language } else { own })
}

/// A link shown as a button.
fn button(data: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    let url = words(data, &["link", "url", "href"]).to_owned();
    let label = context.plain(words(data, &["text", "title", "label"]));
    (!url.is_empty()).then(|| Kind::Buttons(Buttons { items: vec![Button { label, url, ..Button::default() }] }))
}

/// Tools whose names only Editor.js has.
fn own_name(name: &str, data: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    match key(name).as_str() {
        "codeflask" | "monacocode" | "monaco" | "codemirror" => Some(code(data, "")),
        "carousel" => super::media::gallery(images(data, context), context.inlines(words(data, &["caption"]))),
        "anybutton" | "button" | "linkbutton" => button(data, context),
        "raw" => Some(Kind::Html(words(data, &["html"]).to_owned())),
        "warning" => {
            let title = context.inlines(words(data, &["title"]));
            let children = vec![Block::paragraph(context.inlines(words(data, &["message"])))].into();
            Some(Kind::Admonition(Admonition {
                kind: AdmonitionKind::Warning,
                title,
                children,
                ..Admonition::default()
            }))
        }
        "linktool" | "link" | "hyperlink" | "personality" => {
            let url = words(data, &["link", "url", "href"]);
            let meta = data.get("meta").unwrap_or(data);
            let mut card = medium(meta);
            (card.url, card.site) = (url, words(meta, &["site_name"]));
            card.title = words(meta, &["title", "name", "text"]);
            card.picture = meta.get("image").map_or_else(|| words(meta, &["photo"]), |image| words(image, &["url"]));
            card.block(Role::Card)
        }
        "nestedchecklist" | "nestedlist" => Some(list(data, words(data, &["style"]), 0, context)),
        _ => None,
    }
}

/// The alignment that a block's data or one of its tunes gives.
fn aligned<'v>(item: &'v Value<'v>, data: &'v Value<'v>) -> &'v str {
    let own = words(data, &["alignment"]);
    let tunes = item.get("tunes").and_then(Value::as_object).into_iter().flat_map(Object::values);
    let tuned = tunes.map(|tune| words(tune, &["alignment"])).find(|align| !align.is_empty());
    if own.is_empty() { tuned.unwrap_or_default() } else { own }
}

/// Items are texts, texts with items, or those with a state of their own.
fn list(data: &Value<'_>, style: &str, depth: u32, context: &mut Context<'_>) -> Kind {
    let ordered = style == "ordered";
    let start = data.get("meta").and_then(|meta| number(meta, &["start"])).filter(|start| ordered && *start != 1);
    let mut list = List { ordered, start, ..List::default() };
    push_items(data, style, depth, &mut list, context);
    Kind::List(list)
}

fn push_items(data: &Value<'_>, style: &str, depth: u32, list: &mut List, context: &mut Context<'_>) {
    for item in data.get("items").and_then(Value::as_array).into_iter().flatten() {
        let html = item.as_str().unwrap_or_else(|| words(item, &["content", "text"]));
        let checked = flag(item, &["checked"]).or_else(|| flag(item.get("meta")?, &["checked"]));
        let mut children: Blocks = vec![Block::paragraph(context.inlines(html))].into();
        let has_items = item.get("items").and_then(Value::as_array).is_some_and(|items| !items.is_empty());
        let is_deep = depth >= DEEPEST;
        if has_items && !is_deep {
            children.push(Block::new(self::list(item, style, depth + 1, context)));
        }
        list.children.push(ListItem { checked, children, ..ListItem::default() });
        if has_items && is_deep {
            push_items(item, style, depth, list, context);
        }
    }
}

fn table_of(data: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    let has_head = flag(data, &["withHeadings"]) == Some(true);
    let mut rows = Vec::new();
    for (index, row) in data.get("content")?.as_array()?.iter().enumerate() {
        let mut children = Vec::new();
        for cell in row.as_array().into_iter().flatten() {
            let text: Inlines = context.inlines(cell.as_str().unwrap_or_default());
            children.push(TableCell {
                children: Content::Inlines(text),
                header: has_head && index == 0,
                ..TableCell::default()
            });
        }
        rows.push(TableRow { children });
    }
    table(rows)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(blocks: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        rich_text::check(Format::EditorJs, &json!({"time": 1, "version": "2", "blocks": blocks}), expect, warnings);
    }

    #[test]
    fn texts_are_html() {
        check(
            &json!([
                {"type": "header", "data": {"text": "T &amp; U", "level": 3}},
                {"type": "paragraph", "data": {"text": "a <b>b</b> <code class=\"inline-code\">c</code>", "alignment": "center"}},
                {"type": "quote", "data": {"text": "q", "caption": "Ann"}},
                {"type": "warning", "data": {"title": "W", "message": "m<br>"}},
                {"type": "code", "data": {"code": "<b>"}},
                {"type": "delimiter"},
                {"type": "raw", "data": {"html": "<p>r</p>"}},
            ]),
            &json!([
                {"type": "heading", "depth": 3, "children": "T & U"},
                {"type": "paragraph", "align": "center", "children": [
                    "a ", {"type": "strong", "children": "b"}, " ", {"type": "inlineCode", "value": "c"},
                ]},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}], "attribution": "Ann"},
                {"type": "admonition", "kind": "warning", "title": "W", "children": [{"type": "paragraph", "children": "m"}]},
                {"type": "code", "value": "<b>"},
                {"type": "thematicBreak"},
                {"type": "paragraph", "children": "r"},
            ]),
            &[],
        );
    }

    #[test]
    fn three_generations_of_lists() {
        let li = |text: &str| json!({"type": "listItem", "children": [{"type": "paragraph", "children": text}]});
        let task = |text: &str, checked: bool| json!({"type": "listItem", "checked": checked, "children": [{"type": "paragraph", "children": text}]});
        check(
            &json!([
                {"type": "list", "data": {"style": "unordered", "items": ["a", "b"]}},
                {"type": "list", "data": {"style": "ordered", "items": [{"content": "c", "items": [{"content": "d", "items": []}]}]}},
                {"type": "list", "data": {"style": "checklist", "meta": {}, "items": [{"content": "e", "meta": {"checked": true}, "items": []}]}},
                {"type": "checklist", "data": {"items": [{"text": "f", "checked": false}]}},
            ]),
            &json!([
                {"type": "list", "children": [li("a"), li("b")]},
                {"type": "list", "ordered": true, "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "c"}, {"type": "list", "ordered": true, "children": [li("d")]},
                ]}]},
                {"type": "list", "children": [task("e", true)]},
                {"type": "list", "children": [task("f", false)]},
            ]),
            &[],
        );
    }

    #[test]
    fn galleries_are_lists_of_addresses_or_of_pictures() {
        let two = json!([{"url": "a.png", "caption": "<b>A</b>"}, {"url": "b.png"}]);
        check(
            &json!([
                {"type": "gallery", "data": {"urls": ["a.png", "b.png"], "caption": "C"}},
                {"type": "imageGallery", "data": {"urls": ["a.png"]}},
                {"type": "carousel", "data": two},
                {"type": "gallery", "data": {"files": two}},
                {"type": "simpleImage", "data": {"src": "a.png", "caption": "C"}},
                {"type": "simpleImage", "data": {"file": {"url": "a.png"}}},
            ]),
            &json!([
                {"type": "gallery", "items": [{"type": "image", "url": "a.png"}, {"type": "image", "url": "b.png"}], "caption": "C"},
                {"type": "image", "url": "a.png"},
                {"type": "gallery", "items": [{"type": "image", "url": "a.png", "caption": [{"type": "strong", "children": "A"}]}, {"type": "image", "url": "b.png"}]},
                {"type": "gallery", "items": [{"type": "image", "url": "a.png", "caption": [{"type": "strong", "children": "A"}]}, {"type": "image", "url": "b.png"}]},
                {"type": "figure", "children": [{"type": "image", "url": "a.png"}], "caption": "C"},
                {"type": "image", "url": "a.png"},
            ]),
            &[],
        );
    }

    #[test]
    fn tools_of_others_keep_lines_and_links() {
        check(
            &json!([
                {"type": "codeFlask", "data": {"code": "if x:\n    y", "language": "python"}},
                {"type": "monaco", "data": {"value": "a\nb", "lang": "js"}},
                {"type": "mermaid", "data": {"code": "graph TD\n  A-->B", "caption": "D"}},
                {"type": "AnyButton", "data": {"link": "https://a.example/", "text": "go"}},
                {"type": "hyperlink", "data": {"link": "https://a.example/", "text": "A"}},
                {"type": "audioPlayer", "data": {"src": "a.mp3"}, "tunes": {"anchorTune": {"anchor": "x"}}},
                {"type": "accordion", "data": {"settings": {"blockCount": 1}, "title": "more"}},
                {"type": "paragraph", "data": {"text": "in it"}},
            ]),
            &json!([
                {"type": "code", "lang": "python", "value": "if x:\n    y"},
                {"type": "code", "lang": "js", "value": "a\nb"},
                {"type": "code", "lang": "mermaid", "value": "graph TD\n  A-->B", "caption": "D"},
                {"type": "buttons", "items": [{"label": "go", "url": "https://a.example/"}]},
                {"type": "linkCard", "url": "https://a.example/", "title": "A", "site": "a.example"},
                {"type": "audio", "id": "x", "src": "a.mp3"},
                {"type": "details", "summary": "more", "children": [{"type": "paragraph", "children": "in it"}]},
            ]),
            &[],
        );
    }

    #[test]
    fn media_tables_and_unknown_tools() {
        check(
            &json!([
                {"type": "image", "data": {"file": {"url": "a.png", "width": 640}, "caption": "C"}},
                {"type": "image", "data": {"url": "b.png", "caption": ""}},
                {"type": "embed", "data": {"service": "vimeo", "source": "https://vimeo.com/1", "embed": "https://player.vimeo.com/video/1", "width": 580, "caption": "E"}},
                {"type": "linkTool", "data": {"link": "https://a.example/", "meta": {"title": "A", "description": "D", "image": {"url": "i.png"}}}},
                {"type": "attaches", "data": {"file": {"url": "a.pdf", "size": 7, "name": "a.pdf"}, "title": "P"}},
                {"type": "table", "data": {"withHeadings": true, "content": [["<b>h</b>"], ["x"]]}},
                {"type": "toggle", "data": {"text": "more", "items": 1}},
                {"type": "paragraph", "data": {"text": "in it"}},
                {"type": "squirrel", "data": {"text": "nut"}},
            ]),
            &json!([
                {"type": "figure", "children": [{"type": "image", "url": "a.png", "width": 640}], "caption": "C"},
                {"type": "image", "url": "b.png"},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1", "width": 580, "caption": "E"},
                {"type": "linkCard", "url": "https://a.example/", "title": "A", "description": "D", "image": "i.png", "site": "a.example"},
                {"type": "file", "url": "a.pdf", "title": "P", "size": 7},
                {"type": "table", "headerRows": 1, "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": [{"type": "strong", "children": "h"}], "header": true}]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "x"}]},
                ]},
                {"type": "details", "summary": "more", "children": [{"type": "paragraph", "children": "in it"}]},
                {"type": "paragraph", "children": "nut"},
            ]),
            &["/blocks/8: unknown block `squirrel`; shown as text"],
        );
    }
}
