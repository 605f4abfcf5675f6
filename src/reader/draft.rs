//! Draft.js raw content: flat blocks whose styles and entities are ranges of UTF-16 units.

use super::marks::{self, Lines, Run, key, nest, push_text};
use super::media::{self, Medium};
use super::tree::{Role, code_block, medium, role_of, whole, words};
use super::{Context, levels, rescue};
use crate::article::{
    Align, Block, Blocks, Code, Heading, Inline, Inlines, Kind, ListItem, Mention, Paragraph, Quote, ThematicBreak,
};
use crate::json::{Object, Value};
use crate::markup;

/// More ranges on one block than any person sets only cost time.
const MOST_RANGES: usize = 300;

/// Whether a value is raw content.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let has_map = value.get("entityMap").is_some_and(|map| map.is_object() || map.is_array());
    has_map && value.get("blocks").is_some_and(Value::is_array)
}

/// Reads raw content.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    let listed = listed_entities(value);
    let entities = listed.as_ref().or_else(|| value.get("entityMap")).unwrap_or(&Value::Null);
    let length = context.warnings.enter("blocks");
    let mut last = "";
    for (index, block) in value.get("blocks").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let length = context.warnings.enter_index(index);
        let name = words(block, &["type"]);
        read_block(entities, block, &mut blocks, last, context);
        last = name;
        context.warnings.leave(length);
    }
    context.warnings.leave(length);
    blocks
}

/// The map of entities of an array of keys and values, as some services write it.
fn listed_entities<'v>(value: &Value<'v>) -> Option<Value<'v>> {
    let entries = value.get("entityMap")?.as_array()?;
    let entry = |entry: &Value<'v>| {
        let name = match entry.get("key")? {
            Value::String(name) => name.as_ref().to_owned(),
            number => number.to_string(),
        };
        Some((name, entry.get("value")?.clone()))
    };
    let map: Option<Object<'v>> = entries.iter().map(entry).collect();
    map.filter(|map| !map.is_empty()).map(Value::Object)
}

/// Reads a block; `last` is the type of the one before it.
fn read_block(entities: &Value<'_>, block: &Value<'_>, blocks: &mut Blocks, last: &str, context: &mut Context<'_>) {
    let name = words(block, &["type"]);
    let (kind, again) = (key(name), last == name);
    if kind == "atomic" {
        return atomic(entities, block, blocks, context);
    }
    if let Some(name) = name.strip_prefix("atomic:") {
        match role_of(name).and_then(|role| named_atomic(role, entities, block, context)) {
            Some(made) => return blocks.extend(made.0),
            None if block.get("entityRanges").and_then(Value::as_array).is_some_and(|used| !used.is_empty()) => {
                return atomic(entities, block, blocks, context);
            }
            None => {}
        }
    }
    let text = block.get("text").and_then(Value::as_str).unwrap_or_default();
    if matches!(kind.as_str(), "codeblock" | "code" | "pre") {
        if let (true, Some(Block { kind: Kind::Code(Code { value, .. }), .. })) = (again, blocks.last_mut()) {
            value.push('\n');
            value.push_str(text);
            return;
        }
        return blocks.push(Block::new(code_block(text.to_owned(), words(block, &["language", "syntax"]))));
    }
    let children = line(entities, block, text, blocks, context);
    if let Some(ordered) = match kind.as_str() {
        "orderedlistitem" => Some(true),
        "unorderedlistitem" | "checkablelistitem" | "todo" => Some(false),
        _ => None,
    } {
        let checked = block.get("data").and_then(|data| data.get("checked")).and_then(Value::as_bool);
        let item = ListItem { checked, children: vec![Block::paragraph(children)].into(), ..ListItem::default() };
        if !key(last).ends_with("item") {
            levels::start_list(blocks, ordered);
        }
        return levels::push_item(blocks, block.get("depth").and_then(whole).unwrap_or(0), ordered, item);
    }
    if children.is_empty() {
        return;
    }
    let align = match words(block, &["text-align", "textAlignment", "textAlign"]) {
        "center" => Some(Align::Center),
        "right" => Some(Align::End),
        _ => None,
    };
    let kind = match role_of(name) {
        Some(Role::Heading(depth @ 1..)) => Kind::Heading(Heading { depth: Some(depth.into()), children }),
        Some(Role::Quote) => {
            let paragraph = Block::paragraph(children);
            if let (true, Some(Block { kind: Kind::Blockquote(quote), .. })) = (again, blocks.last_mut()) {
                return quote.children.push(paragraph);
            }
            Kind::Blockquote(Quote { children: vec![paragraph].into(), ..Quote::default() })
        }
        _ => Kind::Paragraph(Paragraph { children, align }),
    };
    blocks.push(Block::new(kind));
}

/// A style or an entity on a part of a text, in UTF-16 units.
struct Range<'v> {
    start: usize,
    end: usize,
    mark: Option<Inline>,
    entity: Option<&'v Value<'v>>,
}

fn ranges_of<'v>(map: &'v Value<'v>, block: &'v Value<'v>, context: &mut Context<'_>) -> Vec<Range<'v>> {
    let list =
        |name: &str| block.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter().take(MOST_RANGES);
    let range = |range: &Value<'_>| {
        let start = range.get("offset").and_then(whole)? as usize;
        Some((start, start.saturating_add(range.get("length").and_then(whole)? as usize)))
    };
    let styles = list("inlineStyleRanges").filter_map(|style| {
        let (start, end) = range(style)?;
        Some(Range { start, end, mark: Some(marks::named(words(style, &["style"]))?), entity: None })
    });
    let entities = list("entityRanges").filter_map(|used| {
        let (start, end) = range(used)?;
        let entity = entity(map, used)?;
        let is_link = key(words(entity, &["type"])).ends_with("link");
        let mark = if is_link && context.afford(entity) {
            marks::link(words(entity, &["url", "href"]), words(entity, &["title"]))
        } else {
            None
        };
        Some(Range { start, end, mark, entity: Some(entity).filter(|_| !is_link) })
    });
    styles.chain(entities).collect()
}

/// The entity that a range names: by a number, or by the text of one.
fn entity<'v>(entities: &'v Value<'v>, range: &Value<'_>) -> Option<&'v Value<'v>> {
    let name = range.get("key")?;
    match name {
        Value::String(name) => entities.get(name),
        number => entities.get(&number.to_string()).or_else(|| entities.item(whole(number)? as usize)),
    }
}

/// The text of a block with its marks; pictures within it come before it.
fn line(
    entities: &Value<'_>,
    block: &Value<'_>,
    text: &str,
    blocks: &mut Blocks,
    context: &mut Context<'_>,
) -> Inlines {
    let ranges = ranges_of(entities, block, context);
    let mut runs = Vec::new();
    let mut cuts: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    cuts.sort_unstable();
    let mut cuts = cuts.into_iter().peekable();
    let mut push = |start: usize, end: usize, part: &str| {
        let here = ranges.iter().filter(|range| range.start <= start && range.end >= end && range.start < range.end);
        let mut marks: Vec<Inline> = here.clone().filter_map(|range| range.mark.clone()).collect();
        if !context.afford_marks(&marks) {
            marks.clear();
        }
        match here.filter_map(|range| range.entity).next() {
            Some(entity) if start < end && context.afford(entity) => {
                in_line(entity, part, &marks, &mut runs, blocks, context);
            }
            _ => push_text(&mut runs, part, &marks, Lines::Break),
        }
    };
    let (mut start, mut from, mut at) = (0, 0, 0);
    for (index, letter) in text.char_indices() {
        let mut is_cut = false;
        while cuts.next_if(|cut| *cut <= at).is_some() {
            is_cut = true;
        }
        if is_cut && index > from {
            push(start, at, &text[from..index]);
            (start, from) = (at, index);
        }
        at += letter.len_utf16();
    }
    push(start, at, &text[from..]);
    nest(runs)
}

/// An entity that is no link, in a line of text.
fn in_line(
    entity: &Value<'_>,
    part: &str,
    marks: &[Inline],
    runs: &mut Vec<Run>,
    blocks: &mut Blocks,
    context: &mut Context<'_>,
) {
    let name = key(words(entity, &["type"]));
    if name.contains("mention") {
        let mention =
            Mention { name: part.to_owned(), url: words(entity, &["link", "url"]).to_owned(), ..Mention::default() };
        return runs.push(Run::new(Inline::Mention(mention), marks));
    }
    push_text(runs, part, marks, Lines::Break);
    if part.trim().is_empty() {
        blocks.extend(of_entity(entity, context));
    }
}

/// A block of nothing but an entity.
fn atomic(map: &Value<'_>, block: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let text = block.get("text").and_then(Value::as_str).unwrap_or_default().trim();
    let used = block.get("entityRanges").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let entities: Vec<&Value<'_>> = used.iter().take(MOST_RANGES).filter_map(|range| entity(map, range)).collect();
    let links = entities.iter().filter(|entity| key(words(entity, &["type"])).ends_with("link"));
    let link = links.map(|entity| words(entity, &["url", "href"])).next().unwrap_or_default();
    for entity in &entities {
        if !context.afford(entity) {
            break;
        }
        let mut made = of_entity(entity, context);
        if let Some(Block { kind: Kind::Image(image), .. }) = made.last_mut() {
            link.clone_into(&mut image.link);
        }
        blocks.extend(made);
    }
    if entities.is_empty() {
        // Newer editors keep the object in the block's own data.
        blocks.extend(
            block
                .get("data")
                .filter(|data| data.get("type").is_some())
                .map(|data| of_entity(data, context))
                .unwrap_or_default(),
        );
    }
    // Most have a letter or two that stand for the object.
    if !text.is_empty() && text.chars().count() > 2 {
        blocks.push(Block::paragraph(text));
    }
}

/// A block that says in its type of what kind it is, and keeps the object in its own data; its text is the caption.
fn named_atomic(role: Role, entities: &Value<'_>, block: &Value<'_>, context: &mut Context<'_>) -> Option<Blocks> {
    if matches!(role, Role::Rule | Role::Break) {
        return Some(Blocks(vec![Block::new(Kind::ThematicBreak(ThematicBreak::default()))]));
    }
    let data = block.get("data")?;
    let mut made = medium(data);
    if made.url.is_empty() {
        made.url = data.get("provider").map_or("", |provider| words(provider, &["url"]));
    }
    let text = block.get("text").and_then(Value::as_str).unwrap_or_default().trim();
    let mut blocks = Blocks::default();
    if text != made.url {
        made.caption = line(entities, block, text, &mut blocks, context);
    }
    blocks.push(Block::new(made.block(role)?));
    Some(blocks)
}

/// What an entity is by its name; plug-ins put their own names around those of others.
fn role_of_entity(name: &str) -> Option<Role> {
    const ENDS: &[(&str, Role)] = &[("video", Role::Video), ("image", Role::Image), ("audio", Role::Audio)];
    let name = name.strip_prefix("draft-js-").unwrap_or(name);
    let end = || ENDS.iter().find(|(end, _)| key(name).ends_with(end)).map(|(_, role)| *role);
    role_of(name).or_else(end)
}

fn of_entity(entity: &Value<'_>, context: &mut Context<'_>) -> Vec<Block> {
    let name = words(entity, &["type"]);
    let mut made: Medium<'_> = medium(entity);
    made.caption = context.inlines(words(entity, &["caption"]));
    let kind = match role_of_entity(name) {
        Some(Role::Link) => return Vec::new(),
        Some(Role::Rule) => Some(Kind::ThematicBreak(ThematicBreak::default())),
        Some(Role::Markdown) => Some(Kind::Markdown(words(entity, &["markdown", "text", "content"]).to_owned())),
        Some(Role::Embed) if made.url.is_empty() => media::post(words(entity, &["tweetId"])),
        _ if key(name).contains("embed") => made.block(Role::Embed),
        _ if key(name).ends_with("link") => return Vec::new(),
        Some(role) => made.block(role),
        None if markup::embed(made.url).is_some() => made.block(Role::Embed),
        None => None,
    };
    let Some(kind) = kind else {
        return rescue::unknown(name, entity.get("data").unwrap_or(entity), context).0;
    };
    vec![Block::new(kind)]
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(blocks: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        let entities = json!({
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "/x"}},
            "1": {"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"src": "a.png", "alt": "A", "width": "640px"}},
            "2": {"type": "EMBEDDED_LINK", "data": {"src": "https://vimeo.com/1"}},
            "3": {"type": "poll", "data": {"question": "Which?"}},
            "4": {"type": "mention", "data": {"mention": {"name": "Ann"}}},
        });
        rich_text::check(Format::Draft, &json!({"blocks": blocks, "entityMap": entities}), expect, warnings);
    }

    fn block(kind: &str, text: &str) -> Value<'static> {
        json!({"type": kind, "text": text})
    }

    #[test]
    fn ranges_are_counted_in_utf_16() {
        check(
            &json!([{
                "type": "unstyled", "text": "😀ab cd\ne @ann",
                "inlineStyleRanges": [{"offset": 2, "length": 1, "style": "BOLD"}, {"offset": 3, "length": 4, "style": "ITALIC"}, {"offset": 90, "length": 1, "style": "BOLD"}],
                "entityRanges": [{"offset": 2, "length": 2, "key": 0}, {"offset": 10, "length": 4, "key": 4}],
            }]),
            &json!([{"type": "paragraph", "children": [
                "😀",
                {"type": "link", "url": "/x", "children": [{"type": "strong", "children": "a"}, {"type": "emphasis", "children": "b"}]},
                {"type": "emphasis", "children": " cd"},
                {"type": "break"},
                "e ",
                {"type": "mention", "name": "@ann"},
            ]}]),
            &[],
        );
    }

    #[test]
    fn lines_of_code_join_and_items_nest() {
        let deep = json!({"type": "ordered-list-item", "text": "d", "depth": 1});
        check(
            &json!([
                block("header-two", "T"),
                block("code-block", "a"),
                block("code-block", "b"),
                block("blockquote", "q"),
                block("unordered-list-item", "c"),
                deep,
                block("unstyled", " "),
                block("odd", "e"),
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "code", "value": "a\nb"},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "list", "children": [{"type": "listItem", "children": [
                    {"type": "paragraph", "children": "c"},
                    {"type": "list", "ordered": true, "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "d"}]}]},
                ]}]},
                {"type": "paragraph", "children": "e"},
            ]),
            &[],
        );
    }

    #[test]
    fn atomic_blocks_are_their_entity() {
        let atomic =
            |key: u32| json!({"type": "atomic", "text": " ", "entityRanges": [{"offset": 0, "length": 1, "key": key}]});
        check(
            &json!([atomic(1), atomic(2), atomic(3)]),
            &json!([
                {"type": "image", "url": "a.png", "alt": "A", "width": 640},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"},
                {"type": "paragraph", "children": "Which?"},
            ]),
            &["/blocks/2: unknown block `poll`; shown as text"],
        );
    }

    #[test]
    fn blocks_may_say_themselves_what_they_are() {
        let named = |kind: &str, text: &str, data: Value<'static>| json!({"type": kind, "text": text, "data": data});
        let address = "https://vimeo.com/1";
        let embed = json!({"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"});
        check(
            &json!([
                named("atomic:image", "C", json!({"src": "a.png"})),
                named("atomic:break", "---", json!({})),
                named("atomic:delimiter", "", json!({})),
                named("atomic:embed", address, json!({"provider": {"url": address}})),
            ]),
            &json!([
                {"type": "figure", "children": [{"type": "image", "url": "a.png"}], "caption": "C"},
                {"type": "thematicBreak"},
                {"type": "thematicBreak"},
                embed,
            ]),
            &[],
        );
    }

    #[test]
    fn entities_may_be_listed_with_their_keys() {
        let block = |kind: &str, text: &str, key: u32| json!({"type": kind, "text": text, "entityRanges": [{"offset": 0, "length": 1, "key": key}]});
        let entry =
            |key: &str, kind: &str, data: Value<'static>| json!({"key": key, "value": {"type": kind, "data": data}});
        let entities = json!([
            entry("7", "LINK", json!({"url": "/x"})),
            entry("0", "draft-js-video-plugin-video", json!({"src": "https://vimeo.com/1"})),
            entry("1", "TWEET", json!({"tweetId": "12"})),
            entry("2", "MARKDOWN", json!({"markdown": "*m*"})),
        ]);
        let blocks =
            [block("unstyled", "a", 7), block("atomic", " ", 0), block("atomic", " ", 1), block("atomic", " ", 2)];
        rich_text::check(
            Format::Draft,
            &json!({"blocks": blocks, "entityMap": entities}),
            &json!([
                {"type": "paragraph", "children": [{"type": "link", "url": "/x", "children": "a"}]},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1"},
                {"type": "embed", "provider": "x", "url": "https://twitter.com/i/status/12"},
                {"type": "paragraph", "children": [{"type": "emphasis", "children": "m"}]},
            ]),
            &[],
        );
    }
}
