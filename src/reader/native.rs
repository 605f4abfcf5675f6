//! Article JSON 1.x, with HTML anywhere in it; also an mdast tree alone.

use std::collections::BTreeSet;
use std::mem::take;

use serde_json::Value;

use super::{Context, ReadError, ReadErrorKind};
use crate::article::json::Json;
use crate::article::walk::{self, Part};
use crate::article::{Article, Block, Blocks, Footnotes, Inline, Inlines, Kind, VERSION};
use crate::markup::{self, Fragment, ParseHtml};
use crate::warning::Warnings;

/// Stands for content that is not HTML while HTML around it is parsed: private-use letters come through unchanged.
const FIRST_HOLE: u32 = 0xF0000;

/// HTML that stands farther apart is not parsed together; what then remains is shown as its source.
const MOST_HOLES: usize = 0xFFFD;

/// Whether a value is Article JSON or an mdast `root` (a hast one holds elements).
pub(super) fn matches(value: &Value) -> bool {
    value.get("articleJson").is_some() || is_mdast(value)
}

/// Reads an article, and foreign markup anywhere in it.
pub(super) fn read(value: &Value, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = article(value, &mut context.warnings)?;
    resolve_html(&mut article, context.parse, &mut context.warnings);
    Ok(article)
}

/// Reads an article, and leaves foreign markup inside as it is.
pub(super) fn article(value: &Value, warnings: &mut Warnings) -> Result<Article, ReadError> {
    match value {
        Value::Object(object) if object.contains_key("articleJson") => {
            check_version(&object["articleJson"], warnings)?;
            Ok(Article::from_json(object, warnings))
        }
        other => Ok(Article { body: Blocks::read(other, warnings).unwrap_or_default(), ..Article::default() }),
    }
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

fn is_mdast(value: &Value) -> bool {
    let is_root = value.get("type").is_some_and(|tag| tag == "root");
    let is_element = |child: &Value| child.get("type").is_some_and(|tag| tag == "element" || tag == "doctype");
    let children = value.get("children").and_then(Value::as_array);
    is_root && children.is_some_and(|children| !children.iter().any(is_element))
}

/// Any 1.x is read; what a later one adds is shown as text.
fn check_version(version: &Value, warnings: &mut Warnings) -> Result<(), ReadError> {
    let written = match version {
        Value::String(text) => text.trim().to_owned(),
        other => crate::json::text(other),
    };
    let (major, minor) = written.split_once('.').unwrap_or((&written, "0"));
    match (major.parse::<u32>(), minor.parse::<u32>()) {
        (Ok(1), Ok(0)) => {}
        (Ok(1), _) => {
            let message = format!("version {written} is later than {VERSION}; what it adds is shown as text");
            warnings.at("articleJson", |warnings| warnings.info(message));
        }
        (Ok(major), _) if major > 1 => return Err(ReadErrorKind::NewerVersion { version: written }.into()),
        _ => warnings.at("articleJson", |warnings| warnings.warn(format!("expected `{VERSION}`"))),
    }
    Ok(())
}

/// Puts blocks and inlines in the place of HTML and Markdown everywhere in the article.
pub(super) fn resolve_html(article: &mut Article, parse: ParseHtml, warnings: &mut Warnings) {
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

struct Resolver<'a> {
    parse: ParseHtml,
    warnings: &'a mut Warnings,
    footnotes: Footnotes,
    /// Their identifiers.
    identifiers: BTreeSet<String>,
    /// Pieces of HTML so far, to tell their footnotes apart.
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
        let is_html = |block: &Block| matches!(block.kind, Kind::Html(_));
        if let Some(first) = blocks.iter().position(is_html) {
            let last = blocks.iter().rposition(is_html).unwrap_or(first).min(first + MOST_HOLES);
            let run: Vec<Block> = blocks.splice(first..=last, []).collect();
            let resolved = self.html_run(run);
            blocks.splice(first..first, resolved.0);
        }
        if blocks.iter().any(|block| matches!(block.kind, Kind::Markdown(_))) {
            let read = take(blocks).0.into_iter().flat_map(|block| match block.kind {
                Kind::Markdown(text) => self.markdown(&text),
                _ => vec![block],
            });
            blocks.0 = read.collect();
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
            html.push('\n');
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
        let Some(first) = inlines.iter().position(is_html) else { return };
        let last = inlines.iter().rposition(is_html).unwrap_or(first).min(first + MOST_HOLES);
        let mut html = String::new();
        let mut holes = Vec::new();
        for inline in inlines.splice(first..=last, []) {
            match inline {
                Inline::Html(source) => html.push_str(&source),
                Inline::Text(text) => push_escaped(&mut html, &text),
                _ => {
                    html.push(hole(holes.len()));
                    holes.push(Some(inline));
                }
            }
        }
        let mut parsed = markup::inlines(&html, self.parse, self.warnings);
        fill_inlines(&mut parsed, &mut holes);
        parsed.extend(holes.into_iter().flatten());
        inlines.splice(first..first, parsed.0);
    }

    fn markdown(&mut self, text: &str) -> Vec<Block> {
        self.warnings.warn("Markdown is shown as plain paragraphs by this version");
        text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(Block::paragraph).collect()
    }
}

fn hole(index: usize) -> char {
    u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST_HOLE + index)).unwrap_or(' ')
}

/// The index of the hole that a letter stands for.
fn hole_index(letter: char) -> Option<usize> {
    (letter as u32).checked_sub(FIRST_HOLE).map(|index| index as usize).filter(|index| *index < MOST_HOLES)
}

fn fill_blocks(blocks: &mut Blocks, holes: &mut [Option<Block>]) {
    for block in &mut blocks.0 {
        if let Kind::Paragraph(paragraph) = &block.kind
            && let [Inline::Text(text)] = paragraph.children.as_slice()
            && let mut letters = text.trim().chars()
            && let (Some(letter), None) = (letters.next(), letters.next())
            && let Some(filling) = hole_index(letter).and_then(|index| holes.get_mut(index)?.take())
        {
            *block = filling;
            continue;
        }
        walk::parts(block, &mut |part| {
            if let Part::Blocks(blocks) = part {
                fill_blocks(blocks, holes);
            }
        });
    }
}

fn fill_inlines(inlines: &mut Inlines, holes: &mut [Option<Inline>]) {
    for mut inline in take(inlines).0 {
        let Inline::Text(text) = inline else {
            if let Some(children) = walk::children(&mut inline) {
                fill_inlines(children, holes);
            }
            inlines.push(inline);
            continue;
        };
        let mut run = String::new();
        for letter in text.chars() {
            match hole_index(letter).and_then(|index| holes.get_mut(index)?.take()) {
                Some(filling) => {
                    inlines.push(Inline::Text(take(&mut run)));
                    inlines.push(filling);
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

fn push_escaped(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            other => html.push(other),
        }
    }
}
