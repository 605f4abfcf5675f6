//! Unique ids for headings and sections, and for whatever the source gave one.

use crate::json::Object;
use std::mem::take;

use super::super::json::write_field;
use super::super::walk::{Part, each_block, each_inline, parts, sequences};
use super::super::{Article, Block, Inline, Inlines, Kind};
use super::Places;
use super::inlines::unwrap_plain_spans;
use crate::letter::{self, is_word};

/// Longest slug, in characters.
const LONGEST_SLUG: usize = 80;

/// Keeps the source's ids where they are valid and unique, makes ids of titles for the sections and headings
/// without one, and keeps every other id of the source as an alias of the block it stood on.
pub(super) fn assign(article: &mut Article) {
    let mut ids = Ids::default();
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| ids.reserve(block));
    }
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| ids.give(block));
    }
    if !ids.has_aliases {
        return;
    }
    let mut seen = Places::new();
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| {
            block
                .attributes
                .aliases
                .retain(|alias| !ids.taken.contains_key(alias) && seen.insert(alias.clone(), 0).is_none());
            if let Kind::Unknown(unknown) = &mut block.kind {
                // It is written as it was read, so that has to agree.
                unknown.source.remove("id");
                unknown.source.remove("aliases");
                let mut ids = Object::new();
                write_field(&mut ids, "id", &block.attributes.id);
                write_field(&mut ids, "aliases", &block.attributes.aliases);
                unknown.source.extend(ids.into_owned());
            }
        });
    }
}

/// Lower-case letters and digits of any script, with `-` between words.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    for letter in text.chars().map(letter::lower) {
        if length >= LONGEST_SLUG {
            break;
        }
        if is_word(letter) {
            slug.push(letter);
            length += 1;
        } else if !matches!(letter, '\'' | '’' | '.') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
            length += 1;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[derive(Default)]
struct Ids {
    taken: Places,
    /// The last number given to each slug that several headings share.
    numbers: Places,
    /// Whether any block has aliases, or keeps what it was read from, where they are, too.
    has_aliases: bool,
    /// Sections and headings so far, for those whose title has no letters.
    headings: u32,
}

impl Ids {
    /// Takes the valid ids of a block and what is in it (but not of the blocks inside), the first of equal ones;
    /// turns invalid ones into aliases.
    fn reserve(&mut self, block: &mut Block) {
        let id = take(&mut block.attributes.id);
        if !is_valid(&id) {
            block.attributes.aliases.extend(Some(id).filter(|id| !id.is_empty()));
        } else if self.take(&id) {
            block.attributes.id = id;
        }
        let mut lost = Vec::new();
        parts(block, &mut |part| {
            if let Part::Inlines(inlines) = part {
                self.reserve_spans(inlines, &mut lost);
            }
        });
        block.attributes.aliases.extend(lost);
        if let Kind::List(list) = &mut block.kind {
            for item in &mut list.children {
                let id = take(&mut item.id);
                if !is_valid(&id) {
                    if let Some(first) = item.children.first_mut() {
                        first.attributes.aliases.extend(Some(id).filter(|id| !id.is_empty()));
                    }
                } else if self.take(&id) {
                    item.id = id;
                }
            }
        }
    }

    fn reserve_spans(&mut self, inlines: &mut Inlines, lost: &mut Vec<String>) {
        let mut is_lost = false;
        each_inline(inlines, &mut |inline| {
            let Inline::Span(span) = inline else { return };
            if span.id.is_empty() || (is_valid(&span.id) && self.take(&span.id)) {
                return;
            }
            is_lost = true;
            let id = take(&mut span.id);
            if !is_valid(&id) {
                lost.push(id);
            }
        });
        if is_lost {
            unwrap_plain_spans(inlines);
        }
    }

    /// Gives an id to a block that needs one and has none: to headings, and to what an alias must lead to.
    fn give(&mut self, block: &mut Block) {
        let title = match &block.kind {
            Kind::Section(section) => Some(&section.title),
            Kind::Heading(heading) => Some(&heading.children),
            _ => None,
        };
        self.headings += u32::from(title.is_some());
        let attributes = &mut block.attributes;
        self.has_aliases |= !attributes.aliases.is_empty() || matches!(block.kind, Kind::Unknown(_));
        if !attributes.id.is_empty() || (title.is_none() && attributes.aliases.is_empty()) {
            return;
        }
        if let Some(free) = attributes.aliases.iter().position(|id| is_valid(id) && !self.taken.contains_key(id)) {
            attributes.id = attributes.aliases.remove(free);
            self.take(&attributes.id.clone());
        } else {
            let mut wanted = title.map_or_else(|| slug(&attributes.aliases[0]), |title| slug(&title.plain_text()));
            if wanted.is_empty() {
                wanted = if title.is_some() { format!("section-{}", self.headings) } else { "part".to_owned() };
            }
            attributes.id = self.unique(&wanted);
        }
    }

    /// Whether an id was still free; from now on it is not.
    fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned(), 0).is_none()
    }

    fn unique(&mut self, wanted: &str) -> String {
        if self.take(wanted) {
            return wanted.to_owned();
        }
        // From the last number on: thousands of equal headings are not tried against each other.
        let mut number = self.numbers.get(wanted).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if self.take(&id) {
                self.numbers.insert(wanted.to_owned(), number);
                return id;
            }
        }
    }
}

/// Whether an id can stay as it is: one that needs no quoting anywhere, or a slug.
fn is_valid(id: &str) -> bool {
    id.starts_with(is_word)
        && id.chars().count() <= LONGEST_SLUG * 2
        && id.chars().all(|letter| is_word(letter) || matches!(letter, '_' | '-' | ':' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_any_script() {
        assert_eq!(slug("Pakistan’s Missile Program: A Brief Overview"), "pakistans-missile-program-a-brief-overview");
        assert_eq!(slug("Введение — 1.2"), "введение-12");
        assert_eq!(slug("हिन्दी परिचय"), "हिन्दी-परिचय");
        assert_eq!(slug("** ! **"), "");
        assert!(is_valid(&slug("हिन्दी परिचय")));
    }
}
