//! HTML and Markdown inside articles of any format -> blocks and inlines, once a reader has put the rest in place.

use std::collections::BTreeSet;
use std::mem::take;

use super::{front_matter, markdown};
use crate::article::walk::{self, Part};
use crate::article::{Article, Block, Blocks, Footnotes, Inline, Inlines, Kind};
use crate::html::{Place, escape};
use crate::markup::{self, Fragment, ParseHtml};
use crate::warning::Warnings;

/// Stands for content that is not HTML while HTML around it is parsed: private-use letters come through unchanged.
const FIRST_HOLE: u32 = 0xF0000;

/// HTML that stands farther apart is not parsed together; what then remains is shown as its source.
const MOST_HOLES: usize = 0xFFFD;

/// Puts blocks and inlines in the place of HTML and Markdown everywhere in the article.
pub(super) fn resolve(article: &mut Article, parse: ParseHtml, warnings: &mut Warnings) {
    let footnotes = take(&mut article.footnotes);
    let identifiers = footnotes.0.iter().map(|note| note.identifier.clone()).collect();
    let mut resolver = Resolver { parse, warnings, footnotes, identifiers, fragments: 0 };
    // The footnotes wait outside: others are found on the way.
    each_part(article, &mut |part| match part {
        Part::Inlines(inlines) => resolver.inlines(inlines),
        Part::Blocks(blocks) => resolver.blocks(blocks),
    });
    let mut index = 0;
    // Footnotes found in footnotes are added to the end.
    while index < resolver.footnotes.0.len() {
        let mut children = take(&mut resolver.footnotes.0[index].children);
        resolver.blocks(&mut children);
        resolver.footnotes.0[index].children = children;
        index += 1;
    }
    article.footnotes = resolver.footnotes;
}

/// Whether there is HTML or Markdown anywhere in an article.
pub(super) fn holds_foreign(article: &mut Article) -> bool {
    let mut found = false;
    each_part(article, &mut |part| match part {
        Part::Inlines(inlines) => walk::each_inline(inlines, &mut |inline| found |= matches!(inline, Inline::Html(_))),
        Part::Blocks(blocks) => walk::each_block(blocks, &mut |block| {
            found |= matches!(block.kind, Kind::Html(_) | Kind::Markdown(_));
            walk::parts(block, &mut |part| {
                if let Part::Inlines(inlines) = part {
                    walk::each_inline(inlines, &mut |inline| found |= matches!(inline, Inline::Html(_)));
                }
            });
        }),
    });
    found
}

/// Visits every run of blocks and inlines that stands directly in an article.
fn each_part(article: &mut Article, visit: &mut dyn FnMut(Part<'_>)) {
    for title in [&mut article.title, &mut article.subtitle, &mut article.comments.policy] {
        visit(Part::Inlines(title));
    }
    if let Some(hero) = &mut article.hero {
        visit(Part::Inlines(&mut hero.caption));
    }
    article.references.iter_mut().for_each(|reference| visit(Part::Inlines(&mut reference.text)));
    visit(Part::Blocks(&mut article.lead));
    visit(Part::Blocks(&mut article.body));
    article.comments.items.iter_mut().for_each(|comment| visit(Part::Blocks(&mut comment.body)));
    article.footnotes.0.iter_mut().for_each(|note| visit(Part::Blocks(&mut note.children)));
}

struct Resolver<'a> {
    parse: ParseHtml,
    warnings: &'a mut Warnings,
    footnotes: Footnotes,
    /// Their identifiers.
    identifiers: BTreeSet<String>,
    /// Pieces of HTML and Markdown so far, to tell their footnotes apart.
    fragments: u32,
}

impl Resolver<'_> {
    fn blocks(&mut self, blocks: &mut Blocks) {
        for block in &mut blocks.0 {
            walk::parts(block, &mut |part| match part {
                Part::Blocks(blocks) => self.blocks(blocks),
                Part::Inlines(inlines) => self.inlines(inlines),
            });
        }
        if blocks.iter().any(|block| matches!(block.kind, Kind::Markdown(_))) {
            let read = take(blocks).0.into_iter().flat_map(|block| match block.kind {
                Kind::Markdown(text) => self.markdown(&text).0,
                _ => vec![block],
            });
            blocks.0 = read.collect();
        }
        let is_html = |block: &Block| matches!(block.kind, Kind::Html(_));
        if let Some(first) = blocks.iter().position(is_html) {
            let last = blocks.iter().rposition(is_html).unwrap_or(first).min(first + MOST_HOLES);
            let run: Vec<Block> = blocks.splice(first..=last, []).collect();
            let resolved = self.html_run(run);
            blocks.splice(first..first, resolved.0);
        }
    }

    /// Parses HTML blocks as one text, since an element may start in one of them and end in another; the blocks
    /// between them come back where they stood.
    fn html_run(&mut self, run: Vec<Block>) -> Blocks {
        let mut html = String::new();
        let mut holes = Vec::new();
        for block in run {
            match block.kind {
                Kind::Html(source) => html.push_str(&source),
                _ => {
                    html.push_str("<p>");
                    html.push(hole(holes.len()));
                    html.push_str("</p>");
                    holes.push(Some(block));
                }
            }
            // A second one would make a blank line, which means something in raw posts.
            if !html.ends_with('\n') {
                html.push('\n');
            }
        }
        let Fragment { mut blocks, footnotes } = markup::blocks(&html, self.parse, self.warnings);
        fill_blocks(&mut blocks, &mut holes);
        blocks.extend(holes.into_iter().flatten());
        self.fragments += 1;
        for mut note in footnotes {
            if !self.identifiers.insert(note.identifier.clone()) {
                let renamed = format!("{}-{}", note.identifier, self.fragments);
                rename_references(&mut blocks, &note.identifier, &renamed);
                note.identifier = renamed;
            }
            self.footnotes.0.push(note);
        }
        blocks
    }

    /// HTML between text comes in pieces (`<sub>`, `2`, `</sub>`), which only together make sense.
    fn inlines(&mut self, inlines: &mut Inlines) {
        for inline in &mut inlines.0 {
            if let Some(children) = walk::children(inline) {
                self.inlines(children);
            }
        }
        let is_html = |inline: &Inline| matches!(inline, Inline::Html(_));
        if !inlines.iter().any(is_html) {
            return;
        }
        // All of it: an element that is not closed goes on to the end, and a line break needs a line before it.
        let most = inlines.len().min(MOST_HOLES);
        let mut html = String::new();
        let mut holes = Vec::new();
        for inline in inlines.drain(..most) {
            match inline {
                Inline::Html(source) => html.push_str(&source),
                Inline::Text(text) => escape(&text, Place::Source, &mut html),
                _ => {
                    html.push(hole(holes.len()));
                    holes.push(Some(inline));
                }
            }
        }
        let mut parsed = markup::inlines(&html, self.parse, self.warnings);
        fill_inlines(&mut parsed, &mut |index| holes.get_mut(index)?.take().map(|inline| Inlines(vec![inline])));
        parsed.extend(holes.into_iter().flatten());
        inlines.splice(0..0, parsed.0);
    }

    /// Reads Markdown, whose own HTML is resolved here: what is around it is none of its business.
    fn markdown(&mut self, text: &str) -> Blocks {
        // Some services keep the front matter, whose members they give in theirs.
        let text = front_matter::split(text).map_or(text, |(_, rest)| rest);
        let mut blocks = markdown::blocks(text);
        self.blocks(&mut blocks);
        self.fragments += 1;
        let mut renamed = Vec::new();
        walk::each_block(&mut blocks, &mut |block| {
            if let Kind::FootnoteDefinition(note) = &mut block.kind
                && !self.identifiers.insert(note.identifier.clone())
            {
                let new = format!("{}-{}", note.identifier, self.fragments);
                renamed.push((std::mem::replace(&mut note.identifier, new.clone()), new));
            }
        });
        renamed.iter().for_each(|(from, to)| rename_references(&mut blocks, from, to));
        blocks
    }
}

/// The letter that stands for content until [`fill_inlines`] puts it there.
pub(super) fn hole(index: usize) -> char {
    u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST_HOLE + index)).unwrap_or(' ')
}

/// The index of the hole that a letter stands for.
fn hole_index(letter: char) -> Option<usize> {
    (letter as u32).checked_sub(FIRST_HOLE).map(|index| index as usize).filter(|index| *index < MOST_HOLES)
}

fn fill_blocks(blocks: &mut Blocks, holes: &mut [Option<Block>]) {
    for mut block in take(blocks).0 {
        if let Kind::Paragraph(paragraph) = &block.kind
            && let [Inline::Text(text)] = paragraph.children.as_slice()
            && let mut letters = text.trim().chars()
            && let (Some(letter), None) = (letters.next(), letters.next())
            && let Some(filling) = hole_index(letter).and_then(|index| holes.get_mut(index)?.take())
        {
            blocks.push(filling);
            continue;
        }
        // Where the HTML around it has room for text only, a paragraph becomes text, and any other block comes after.
        let mut after = Vec::new();
        let mut fill = |index: usize| {
            let filling: Block = holes.get_mut(index)?.take()?;
            match filling.kind {
                Kind::Paragraph(paragraph) => Some(paragraph.children),
                _ => {
                    after.push(filling);
                    Some(Inlines::new())
                }
            }
        };
        if let Kind::Code(code) = &mut block.kind
            && code.value.contains(|letter| hole_index(letter).is_some())
        {
            let mut text = Inlines(vec![Inline::Text(take(&mut code.value))]);
            fill_inlines(&mut text, &mut fill);
            code.value = text.plain_text();
        }
        walk::parts(&mut block, &mut |part| {
            if let Part::Inlines(inlines) = part {
                fill_inlines(inlines, &mut fill);
            }
        });
        walk::parts(&mut block, &mut |part| {
            if let Part::Blocks(blocks) = part {
                fill_blocks(blocks, holes);
            }
        });
        blocks.push(block);
        blocks.extend(after);
    }
}

/// Puts content in the place of the letters that stand for it.
pub(super) fn fill_inlines(inlines: &mut Inlines, fill: &mut dyn FnMut(usize) -> Option<Inlines>) {
    for mut inline in take(inlines).0 {
        let Inline::Text(text) = inline else {
            if let Some(children) = walk::children(&mut inline) {
                fill_inlines(children, fill);
            }
            inlines.push(inline);
            continue;
        };
        let mut run = String::new();
        for letter in text.chars() {
            match hole_index(letter).and_then(&mut *fill) {
                Some(filling) => {
                    inlines.push(Inline::Text(take(&mut run)));
                    inlines.extend(filling.0);
                }
                None => run.push(letter),
            }
        }
        inlines.push(Inline::Text(run));
    }
}

fn rename_references(blocks: &mut Blocks, from: &str, to: &str) {
    walk::each_block(blocks, &mut |block| {
        walk::parts(block, &mut |part| {
            let Part::Inlines(inlines) = part else { return };
            walk::each_inline(inlines, &mut |inline| match inline {
                Inline::FootnoteReference(reference) if reference.identifier == from => {
                    reference.identifier = to.to_owned();
                }
                _ => {}
            });
        });
    });
}
