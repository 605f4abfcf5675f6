//! The words of nodes that nobody knows: whatever in them reads like text, and rich text inside them.

use super::Context;
use crate::article::{Block, Blocks, Kind};
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
const NOT_WORDS: &[&str] =
    &["id", "type", "nodeType", "style", "class", "className", "url", "src", "href", "version", "mode", "key"];

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
            // Members come in alphabetical order; what is above a text goes first.
            let (first, rest): (Vec<_>, Vec<_>) = members.iter().partition(|(key, _)| FIRST.contains(key));
            first.into_iter().chain(rest).for_each(|(key, member)| collect(key, member, blocks, context, depth + 1));
        }
        _ => {}
    }
}
