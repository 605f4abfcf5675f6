//! Definitions taken out of the text: footnotes and the targets of reference links.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use super::super::walk::{self, Part};
use super::super::{Article, Block, Blocks, Definition, Footnote, Inline, Kind};
use crate::letter::lower_case;
use crate::warning::Warnings;

/// Moves footnote definitions out of the text to the article's footnotes; gives back the link definitions, by their
/// identifiers in lower case.
pub(super) fn hoist(article: &mut Article, warnings: &mut Warnings) -> BTreeMap<String, Definition> {
    let mut found = Found::default();
    found.take_from(&mut article.lead);
    found.take_from(&mut article.body);
    article.footnotes.0.iter_mut().for_each(|note| found.take_from(&mut note.children));
    let mut known = BTreeSet::new();
    for note in take(&mut article.footnotes.0).into_iter().chain(found.footnotes) {
        if known.insert(note.identifier.clone()) {
            article.footnotes.0.push(note);
        } else {
            warnings.warn(format!("a second footnote `{}` was left out", note.identifier.escape_debug()));
        }
    }
    found.definitions
}

/// Puts the footnotes into the order of their first reference; those without one come last, by their identifiers.
pub(super) fn order(article: &mut Article, warnings: &mut Warnings) {
    if article.footnotes.0.is_empty() {
        return;
    }
    let mut order = Order::default();
    order.follow(&mut article.lead);
    order.follow(&mut article.body);
    let notes = take(&mut article.footnotes.0).into_iter().map(|note| (note.identifier.clone(), note));
    let mut notes: BTreeMap<String, Footnote> = notes.collect();
    let mut next = 0;
    // Footnotes may refer to footnotes, so the order grows while it is followed.
    while let Some(identifier) = order.identifiers.get(next) {
        next += 1;
        let Some(mut note) = notes.remove(identifier) else { continue };
        order.follow(&mut note.children);
        article.footnotes.0.push(note);
    }
    let mut rest: Vec<Footnote> = notes.into_values().collect();
    // In JSON they are an object, which has no order of its own.
    rest.sort_by(|a, b| (a.identifier.len(), &a.identifier).cmp(&(b.identifier.len(), &b.identifier)));
    for note in &rest {
        warnings.info(format!("nothing refers to the footnote `{}`", note.identifier.escape_debug()));
    }
    article.footnotes.0.append(&mut rest);
}

/// Identifiers in the order of their first reference.
#[derive(Default)]
struct Order {
    identifiers: Vec<String>,
    seen: BTreeSet<String>,
}

impl Order {
    fn follow(&mut self, blocks: &mut Blocks) {
        for block in &mut blocks.0 {
            walk::parts(block, &mut |part| match part {
                Part::Blocks(blocks) => self.follow(blocks),
                Part::Inlines(inlines) => walk::each_inline(inlines, &mut |inline| {
                    if let Inline::FootnoteReference(reference) = inline
                        && self.seen.insert(reference.identifier.clone())
                    {
                        self.identifiers.push(reference.identifier.clone());
                    }
                }),
            });
        }
    }
}

#[derive(Default)]
struct Found {
    footnotes: Vec<Footnote>,
    definitions: BTreeMap<String, Definition>,
}

impl Found {
    fn take_from(&mut self, blocks: &mut Blocks) {
        for block in &mut blocks.0 {
            walk::parts(block, &mut |part| {
                if let Part::Blocks(blocks) = part {
                    self.take_from(blocks);
                }
            });
        }
        let is_note = |block: &Block| matches!(block.kind, Kind::FootnoteDefinition(_) | Kind::Definition(_));
        if !blocks.iter().any(is_note) {
            return;
        }
        for block in take(blocks).0 {
            match block.kind {
                Kind::FootnoteDefinition(it) => {
                    self.footnotes.push(Footnote { identifier: it.identifier, children: it.children });
                }
                Kind::Definition(definition) => {
                    // The first of equal ones counts, as in Markdown.
                    self.definitions.entry(lower_case(&definition.identifier)).or_insert(definition);
                }
                _ => blocks.push(block),
            }
        }
    }
}
