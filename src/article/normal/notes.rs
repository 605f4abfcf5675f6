//! Definitions taken out of the text: footnotes and the targets of reference links.

use std::mem::take;

use super::super::walk::{self, Part};
use super::super::{Article, Block, Blocks, Definition, Footnote, Inline, Kind};
use super::Places;
use crate::letter::lower_case;
use crate::warning::{Warnings, printable};

/// Targets of reference links, by their identifiers in lower case.
#[derive(Default)]
pub(super) struct Definitions {
    places: Places,
    list: Vec<Definition>,
}

impl Definitions {
    /// What an identifier names.
    pub(super) fn get(&self, identifier: &str) -> Option<&Definition> {
        self.places.get(&lower_case(identifier)).map(|place| &self.list[*place])
    }

    /// The first of equal ones counts, as in Markdown.
    fn add(&mut self, definition: Definition) {
        let identifier = lower_case(&definition.identifier);
        if !self.places.contains_key(&identifier) {
            self.places.insert(identifier, self.list.len());
            self.list.push(definition);
        }
    }
}

/// Moves footnote definitions out of the text to the article's footnotes; gives back the link definitions.
pub(super) fn hoist(article: &mut Article, warnings: &mut Warnings) -> Definitions {
    let mut found = Found::default();
    found.take_from(&mut article.lead);
    found.take_from(&mut article.body);
    article.footnotes.0.iter_mut().for_each(|note| found.take_from(&mut note.children));
    let mut known = Places::new();
    for note in take(&mut article.footnotes.0).into_iter().chain(found.footnotes) {
        if known.insert(note.identifier.clone(), 0).is_none() {
            article.footnotes.0.push(note);
        } else {
            warnings.warn(format!("a second footnote `{}` was left out", printable(&note.identifier)));
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
    let mut notes: Vec<Option<Footnote>> = take(&mut article.footnotes.0).into_iter().map(Some).collect();
    let name = |(place, note): (usize, &Option<Footnote>)| Some((note.as_ref()?.identifier.clone(), place));
    let places: Places = notes.iter().enumerate().filter_map(name).collect();
    let mut next = 0;
    // Footnotes may refer to footnotes, so the order grows while it is followed.
    while let Some(identifier) = order.identifiers.get(next) {
        next += 1;
        let Some(mut note) = places.get(identifier).and_then(|place| notes[*place].take()) else { continue };
        order.follow(&mut note.children);
        article.footnotes.0.push(note);
    }
    let mut rest: Vec<Footnote> = notes.into_iter().flatten().collect();
    // In JSON they are an object, which has no order of its own.
    rest.sort_by(|a, b| (a.identifier.len(), &a.identifier).cmp(&(b.identifier.len(), &b.identifier)));
    for note in &rest {
        warnings.info(format!("nothing refers to the footnote `{}`", printable(&note.identifier)));
    }
    article.footnotes.0.append(&mut rest);
}

/// Identifiers in the order of their first reference.
#[derive(Default)]
struct Order {
    identifiers: Vec<String>,
    seen: Places,
}

impl Order {
    fn follow(&mut self, blocks: &mut Blocks) {
        for block in &mut blocks.0 {
            walk::parts(block, &mut |part| match part {
                Part::Blocks(blocks) => self.follow(blocks),
                Part::Inlines(inlines) => walk::each_inline(inlines, &mut |inline| {
                    if let Inline::FootnoteReference(reference) = inline
                        && self.seen.insert(reference.identifier.clone(), 0).is_none()
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
    definitions: Definitions,
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
                Kind::Definition(definition) => self.definitions.add(definition),
                _ => blocks.push(block),
            }
        }
    }
}
