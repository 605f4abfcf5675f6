//! Footnotes of Editor.js: texts that a block carries, in the order in which raised marks in its own text name them.

use super::super::Context;
use super::super::resolve::{fill_inlines, hole};
use crate::article::walk::{self, Part};
use crate::article::{Block, Blocks, FootnoteDefinition, FootnoteReference, Inline, Inlines, Kind};
use crate::json::Value;

/// More on one block than any person writes only cost time.
const MOST: usize = 300;

/// The footnotes that a block carries; `None` for most.
pub(super) fn of<'v>(item: &'v Value<'v>) -> Option<&'v [Value<'v>]> {
    let notes = item.get("tunes")?.get("footnotes")?.as_array()?;
    notes.get(..notes.len().min(MOST)).filter(|notes| !notes.is_empty())
}

/// A copy of a block's data with a letter that stands for a reference in the place of each mark.
pub(super) fn with_holes<'v>(data: &Value<'v>, count: &mut usize) -> Value<'v> {
    match data {
        Value::String(html) if html.contains("data-tune") => Value::String(text_with_holes(html, count).into()),
        Value::Array(items) => items.iter().map(|item| with_holes(item, count)).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.to_owned(), with_holes(value, count))).collect())
        }
        other => other.clone(),
    }
}

fn text_with_holes(html: &str, count: &mut usize) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((start, end)) = mark(rest) {
        text.push_str(&rest[..start]);
        text.push(hole(*count));
        *count += 1;
        rest = &rest[end..];
    }
    text + rest
}

/// Where the first mark in a text starts and ends.
fn mark(html: &str) -> Option<(usize, usize)> {
    const END: &str = "</sup>";
    let mut from = 0;
    loop {
        let start = from + html[from..].find("<sup")?;
        let inside = start + html[start..].find('>')?;
        if html[start..inside].contains("data-tune") && html[start..inside].contains("footnotes") {
            return Some((start, inside + html[inside..].find(END)? + END.len()));
        }
        from = inside;
    }
}

/// Puts references in the place of the letters in the blocks from `first` on, and the footnotes after them.
pub(super) fn place(notes: &[Value<'_>], first: usize, blocks: &mut Blocks, context: &mut Context<'_>) {
    let before = context.notes;
    let identifier = |index: usize| ["note-", &(before as usize + index + 1).to_string()].concat();
    let mut fill = |index: usize| {
        let reference = FootnoteReference { identifier: identifier(index), ..FootnoteReference::default() };
        (index < notes.len()).then(|| Inlines(vec![Inline::FootnoteReference(reference)]))
    };
    let mut made = Blocks(blocks.splice(first.., []).collect());
    walk::each_block(&mut made, &mut |block| {
        walk::parts(block, &mut |part| {
            if let Part::Inlines(inlines) = part {
                fill_inlines(inlines, &mut fill);
            }
        });
    });
    blocks.extend(made.0);
    for (index, note) in notes.iter().enumerate() {
        let html = note.as_str().or_else(|| note.get("content")?.as_str()).unwrap_or_default();
        let children = vec![Block::paragraph(context.inlines(html))].into();
        let definition =
            FootnoteDefinition { identifier: identifier(index), children, ..FootnoteDefinition::default() };
        blocks.push(Block::new(Kind::FootnoteDefinition(definition)));
        context.notes += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn marks_name_the_notes_of_their_own_block() {
        let noted = |text: &str, note: &str| json!({"type": "paragraph", "data": {"text": text}, "tunes": {"footnotes": [note]}});
        let reference = |identifier: &str| json!({"type": "footnoteReference", "identifier": identifier});
        check(
            &json!({"blocks": [
                noted("10<sup>2</sup> a<sup data-tune=\"footnotes\">1</sup> <b>b</b>", "n <i>m</i>"),
                noted("c<sup data-tune=\"footnotes\">2</sup>", "o"),
            ]}),
            Format::EditorJs,
            &json!({
                "body": [
                    {"type": "paragraph", "children": [
                        "10", {"type": "superscript", "children": "2"}, " a", reference("note-1"), " ",
                        {"type": "strong", "children": "b"},
                    ]},
                    {"type": "paragraph", "children": ["c", reference("note-2")]},
                ],
                "footnotes": {
                    "note-1": [{"type": "paragraph", "children": ["n ", {"type": "emphasis", "children": "m"}]}],
                    "note-2": [{"type": "paragraph", "children": "o"}],
                },
                "warnings": [],
            }),
        );
    }
}
