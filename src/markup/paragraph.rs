//! Paragraphs: what a run of text between blocks means.

use super::flow::Flow;
use super::tree::NodeId;
use super::walk::{Walk, children};
use super::{embed, figure, image, inline};
use crate::article::{Align, Block, Heading, Inline, Inlines, Kind, Paragraph, ThematicBreak, walk};
use crate::letter;

/// Reads a `p`.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    flow.flush(w);
    if w.letters(node) == 0 && w.images(node) > 1 && image::gallery_of(w, node, flow) {
        return;
    }
    if figure::caption_after(w, node, flow) {
        return;
    }
    let outer = flow.align;
    flow.align = align_of(w, node).or(outer);
    flow.owner = Some(node);
    children(w, node, flow);
    flow.flush(w);
    flow.owner = None;
    flow.align = outer;
}

/// The block that a run of text is; `None` for blank ones.
pub(super) fn make(children: Inlines, align: Option<Align>) -> Option<Kind> {
    if children.iter().all(is_blank_inline) {
        return None;
    }
    if let [Inline::Text(text)] = children.as_slice()
        && is_ornament(text)
    {
        return Some(Kind::ThematicBreak(ThematicBreak { ornament: text.trim().to_owned() }));
    }
    if let Some(embed) = embed::bare_link(&children) {
        return Some(Kind::Embed(embed));
    }
    Some(Kind::Paragraph(Paragraph { children, align }))
}

/// The alignment that an element gives its paragraphs; that of the start needs no saying.
pub(super) fn align_of(w: &Walk<'_>, node: NodeId) -> Option<Align> {
    let tree = w.tree;
    let class = tree.value(node, "class");
    let named = class.split_ascii_whitespace().find_map(|class| {
        class.strip_prefix("has-text-align-").or_else(|| class.strip_prefix("align")).or(class.strip_prefix("text-"))
    });
    let is_block_align = |word: &str| matches!(word, "center" | "right" | "end");
    let word = inline::style(tree, node, "text-align")
        .or(named.filter(|word| is_block_align(word) && !class.contains("wp-block-")))
        .or(named.filter(|_| class.contains("has-text-align-")))
        .or_else(|| tree.attribute(node, "align"))
        .unwrap_or(if tree.name(node) == "center" { "center" } else { "" });
    match word {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}

/// Whether a letter is space of any kind, or nothing to see.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether there is nothing to see in a text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

fn is_blank_inline(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => is_blank(text),
        Inline::Break(_) | Inline::WordBreak(_) => true,
        Inline::Emphasis(children) | Inline::Strong(children) | Inline::Underline(children) => {
            children.iter().all(is_blank_inline)
        }
        Inline::Span(span) => span.children.iter().all(is_blank_inline),
        _ => false,
    }
}

/// `* * *` and its like, which stand for a change of scene.
fn is_ornament(text: &str) -> bool {
    let mut signs = text.chars().filter(|letter| !is_space(*letter));
    let Some(first) = signs.next() else { return false };
    let rest = signs.filter(|sign| *sign == first).count();
    let others = text.chars().filter(|letter| !is_space(*letter)).count() - rest - 1;
    others == 0
        && match first {
            '⁂' | '❦' | '☙' | '❧' => rest == 0,
            '—' | '–' => rest == 0,
            '*' | '•' | '·' | '~' | '#' | '＊' | '◆' | '∗' | '⁎' => (2..10).contains(&rest),
            '-' | '_' | '=' => (2..60).contains(&rest),
            _ => false,
        }
}

/// Longest text taken for a heading.
const MAX_HEADING: usize = 80;

/// Turns paragraphs that are only a short bold line into headings, where the text has no headings or several of them.
pub(super) fn promote_fake_headings(blocks: &mut [Block]) {
    let is_fake: Vec<bool> = (0..blocks.len()).map(|index| is_fake_heading(blocks, index)).collect();
    let fakes = is_fake.iter().filter(|fake| **fake).count();
    let has_headings = blocks.iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    if fakes == 0 || (has_headings && fakes < 2) {
        return;
    }
    let mut section = 1;
    for (block, is_fake) in blocks.iter_mut().zip(is_fake) {
        match &mut block.kind {
            Kind::Heading(heading) => section = heading.depth.unwrap_or(2),
            Kind::Paragraph(paragraph) if is_fake => {
                let mut children = std::mem::take(&mut paragraph.children);
                if let Some(Inline::Strong(inner)) = children.first_mut() {
                    children = std::mem::take(inner);
                }
                block.kind = Kind::Heading(Heading { depth: Some((section + 1).min(6)), children });
                block.attributes.data.insert("inferred".to_owned(), true.into());
            }
            _ => {}
        }
    }
}

fn is_fake_heading(blocks: &[Block], index: usize) -> bool {
    let Some(Inline::Strong(children)) = sole_strong(&blocks[index]) else { return false };
    let mut text = String::new();
    plain(children, &mut text);
    let ends_well = !text.trim_end().ends_with(['.', ',', ';', ':', '!', '…']);
    let is_plain = |block: Option<&Block>| block.is_some_and(|block| sole_strong(block).is_none());
    ends_well
        && text.chars().count() <= MAX_HEADING
        && text.chars().any(letter::is_word)
        && is_plain(blocks.get(index + 1))
        && !matches!(blocks.get(index + 1).map(|block| &block.kind), Some(Kind::Heading(_)))
        && (index == 0 || sole_strong(&blocks[index - 1]).is_none())
}

/// The strong text that is all of a paragraph.
fn sole_strong(block: &Block) -> Option<&Inline> {
    match &block.kind {
        Kind::Paragraph(paragraph) => match paragraph.children.as_slice() {
            [strong @ Inline::Strong(_)] => Some(strong),
            _ => None,
        },
        _ => None,
    }
}

fn plain(inlines: &Inlines, text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(own) | Inline::InlineCode(own) => text.push_str(own),
            Inline::Break(_) => text.push(' '),
            other => {
                if let Some(children) = walk::children(&mut other.clone()) {
                    plain(children, text);
                }
            }
        }
    }
}
