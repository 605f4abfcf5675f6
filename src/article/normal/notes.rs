//! Definitions taken out of the text: footnotes and the targets of reference links.

use std::mem::take;

use super::super::walk::{self, Part};
use super::super::{Article, Block, Blocks, Definition, Footnote, Inline, Kind};
use crate::warning::Warnings;

/// Moves footnote definitions out of the text to the article's footnotes; gives back the link definitions.
pub(super) fn hoist(article: &mut Article, warnings: &mut Warnings) -> Vec<Definition> {
    let mut found = Found::default();
    found.take_from(&mut article.lead);
    found.take_from(&mut article.body);
    article.footnotes.0.iter_mut().for_each(|note| found.take_from(&mut note.children));
    for note in found.footnotes {
        if article.footnotes.0.iter().any(|known| known.identifier == note.identifier) {
            warnings.warn(format!("a second footnote `{}` was left out", note.identifier.escape_debug()));
        } else {
            article.footnotes.0.push(note);
        }
    }
    found.definitions
}

/// Puts the footnotes into the order of their first reference; those without one come last, by their identifiers.
pub(super) fn order(article: &mut Article, warnings: &mut Warnings) {
    let mut order = Vec::new();
    walk_references(&mut article.lead, &mut order);
    walk_references(&mut article.body, &mut order);
    let mut rest = take(&mut article.footnotes.0);
    let mut next = 0;
    // Footnotes may refer to footnotes, so the order grows while it is followed.
    while let Some(identifier) = order.get(next) {
        next += 1;
        let Some(index) = rest.iter().position(|note| note.identifier == *identifier) else { continue };
        let mut note = rest.remove(index);
        walk_references(&mut note.children, &mut order);
        article.footnotes.0.push(note);
    }
    // In JSON they are an object, which has no order of its own.
    rest.sort_by(|a, b| (a.identifier.len(), &a.identifier).cmp(&(b.identifier.len(), &b.identifier)));
    for note in &rest {
        warnings.info(format!("nothing refers to the footnote `{}`", note.identifier.escape_debug()));
    }
    article.footnotes.0.append(&mut rest);
}

fn walk_references(blocks: &mut Blocks, order: &mut Vec<String>) {
    for block in &mut blocks.0 {
        walk::parts(block, &mut |part| match part {
            Part::Blocks(blocks) => walk_references(blocks, order),
            Part::Inlines(inlines) => walk::each_inline(inlines, &mut |inline| {
                if let Inline::FootnoteReference(reference) = inline
                    && !order.contains(&reference.identifier)
                {
                    order.push(reference.identifier.clone());
                }
            }),
        });
    }
}

#[derive(Default)]
struct Found {
    footnotes: Vec<Footnote>,
    definitions: Vec<Definition>,
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
                Kind::Definition(definition) => self.definitions.push(definition),
                _ => blocks.push(block),
            }
        }
    }
}
