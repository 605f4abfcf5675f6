//! The words of nodes that nobody knows: whatever in them reads like text, rich text inside them, their pictures, and
//! where their labels lead.

use super::Context;
use super::media::{captioned, is_picture};
use super::tree::{medium, words as attribute_words};
use crate::article::{Block, Blocks, Inline, Inlines, Kind, Link};
use crate::json::Value;

/// Members that hold words people read.
const WORDS: &[&str] = &[
    "title",
    "text",
    "value",
    "label",
    "caption",
    "summary",
    "alt",
    "content",
    "body",
    "heading",
    "headline",
    "description",
    "message",
    "question",
    "answer",
    "quote",
    "name",
    "plain_text",
];

/// Those of them that stand above a text.
const FIRST: &[&str] = &["title", "heading", "headline", "question", "summary", "name", "label"];

/// Members that never do.
const NOT_WORDS: &[&str] = &[
    "id",
    "type",
    "nodeType",
    "style",
    "class",
    "className",
    "url",
    "src",
    "href",
    "version",
    "mode",
    "key",
    "component",
];

/// Members that a link's words are in, and those that say where it leads.
const LABELS: &[&str] = &["label", "text", "linkText", "title", "name"];
const TARGETS: &[&str] = &["href", "url", "link", "linkUrl"];

const DEEPEST: u32 = 12;

/// Warns that a node is not known, and gives back its words.
pub(super) fn unknown(name: &str, node: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    warn(name, context);
    words(node, context)
}

/// Warns that a node is not known.
pub(super) fn warn(name: &str, context: &mut Context<'_>) {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(40).collect();
    context.warnings.warn(["unknown block `", &name, "`; shown as text"].concat());
}

/// The words inside a value.
pub(super) fn words(node: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    collect("", node, &mut blocks, context, 0);
    blocks
}

fn collect(key: &str, value: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>, depth: u32) {
    if depth > DEEPEST || key.starts_with('_') || NOT_WORDS.contains(&key) {
        return;
    }
    if depth > 0
        && let Some(inner) = super::rich_text(value, context)
    {
        blocks.extend(inner.0);
        return;
    }
    match value {
        Value::String(text) => {
            let text = text.trim();
            let is_prose = text.contains(' ') || (WORDS.contains(&key) && !text.contains("://"));
            if text.contains("</") {
                blocks.push(Block::new(Kind::Html(text.to_owned())));
            } else if is_prose && !text.is_empty() {
                blocks.push(Block::paragraph(text));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(key, item, blocks, context, depth + 1)),
        Value::Object(members) => {
            // Of Notion's pieces of text, which say everything twice.
            if let Some(text) = members.get("plain_text") {
                return collect("text", text, blocks, context, depth + 1);
            }
            if let Some(picture) = picture(value, context) {
                return blocks.push(Block::new(picture));
            }
            let (label, link) = link(value).unzip();
            let is_told = |key: &str| label == Some(key) || (label.is_some() && TARGETS.contains(&key));
            // Members come in alphabetical order; what is above a text goes first.
            let (first, rest): (Vec<_>, Vec<_>) =
                members.iter().filter(|(key, _)| !is_told(key)).partition(|(key, _)| FIRST.contains(key));
            let is_above = matches!(label, Some("title" | "name"));
            blocks.extend(link.clone().filter(|_| is_above));
            first.into_iter().chain(rest).for_each(|(key, member)| collect(key, member, blocks, context, depth + 1));
            blocks.extend(link.filter(|_| !is_above));
        }
        _ => {}
    }
}

/// The picture that an object describes.
fn picture(value: &Value<'_>, context: &mut Context<'_>) -> Option<Kind> {
    let mut medium = medium(value);
    let own = |name: &str| value.get(name).and_then(Value::as_str);
    medium.url = ["url", "src", "filename"].into_iter().find_map(own)?;
    if !is_picture(medium.url) && !medium.mime.starts_with("image/") {
        return None;
    }
    let caption = attribute_words(value, &["caption"]);
    let caption = if caption.is_empty() { Inlines::new() } else { context.inlines(caption) };
    Some(captioned(Kind::Image(medium.image()), caption))
}

/// A label that leads somewhere, such as that of a button, and the name of its member.
fn link(value: &Value<'_>) -> Option<(&'static str, Block)> {
    let own = |name: &&str| value.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let inner = |name: &&str| value.get(name).map(|link| attribute_words(link, &["url", "href", "cached_url"]));
    let leads = |url: &&str| url.contains("://") || url.starts_with(['/', '#']) || url.starts_with("mailto:");
    let url = TARGETS.iter().filter_map(|name| own(name).or_else(|| inner(name))).find(leads)?;
    let (label, words) = LABELS.iter().find_map(|name| Some((*name, own(name)?)))?;
    let children = Inlines::from(words);
    let children = Inlines(vec![Inline::Link(Link { url: url.to_owned(), children, ..Link::default() })]);
    Some((label, Block::paragraph(children)))
}
