//! Flat headings -> nested sections.

use std::mem::take;

use super::super::walk::{Part, parts};
use super::super::{Attributes, Block, Blocks, Details, Heading, Inlines, Kind, Section};

/// Level of the article's top sections: that of the title is 1.
pub(super) const TOP: u32 = 2;

/// The deepest heading that there is.
const DEEPEST: u32 = 6;

/// The depth of a heading that does not say.
const USUAL: u32 = 2;

/// Makes sections of the headings between `blocks`, `level` being that of the outermost: a heading opens a section
/// that ends before the next heading of the same depth or above. Headings that skip depths nest directly, their
/// own depth kept as the section's level. Explicit sections stay where they are and end what a heading opened.
/// Headings within other blocks (lists, quotes, cells…) stay headings.
pub(super) fn nest(blocks: &mut Blocks, level: u32) {
    let blocks_in = flatten(take(blocks));
    let least = blocks_in.iter().filter_map(depth_of).min();
    let rebase = |depth: u32| (depth + level).saturating_sub(least.unwrap_or(level)).clamp(TOP, level + DEEPEST);
    let mut open: Vec<Open> = Vec::new();
    for mut block in blocks_in.0 {
        match block.kind {
            Kind::Heading(heading) => {
                let depth = rebase(heading.depth.unwrap_or(USUAL).clamp(1, DEEPEST));
                close(&mut open, depth, blocks);
                let nesting = level + open.len() as u32;
                let own_level = (depth > nesting).then_some(depth);
                let section = Section { title: heading.children, level: own_level, ..Section::default() };
                open.push(Open { depth, attributes: block.attributes, section });
            }
            Kind::Section(ref mut section) => {
                close(&mut open, 0, blocks);
                section.level = section.level.filter(|own| *own > level && *own <= level + DEEPEST);
                nest(&mut section.children, level + 1);
                blocks.push(block);
            }
            _ => {
                let nesting = level + open.len() as u32;
                within(&mut block, nesting, &rebase);
                open.last_mut().map_or(&mut *blocks, |innermost| &mut innermost.section.children).push(block);
            }
        }
    }
    close(&mut open, 0, blocks);
}

/// Leaves headings as they are, and makes headings of sections: for content that has no place in the contents list.
pub(super) fn unnest(blocks: &mut Blocks, level: u32) {
    demote(blocks, level, &|depth| depth.clamp(TOP, DEEPEST));
}

/// Takes the blocks out of groups and out of sections without a title.
pub(super) fn flatten(blocks: Blocks) -> Blocks {
    let splits = |block: &Block| match &block.kind {
        Kind::Group(_) => true,
        Kind::Section(section) => section.title.is_empty(),
        _ => false,
    };
    if !blocks.iter().any(splits) {
        return blocks;
    }
    let mut flat = Blocks::default();
    for mut block in blocks.0 {
        let children = match &mut block.kind {
            Kind::Group(children) => take(children),
            Kind::Section(section) if section.title.is_empty() => take(&mut section.children),
            _ => {
                flat.push(block);
                continue;
            }
        };
        let first = flat.len();
        flat.extend(flatten(children).0);
        let Attributes { id, aliases, dir, lang, .. } = block.attributes;
        for child in &mut flat[first..] {
            child.attributes.dir = child.attributes.dir.or(dir);
            if child.attributes.lang.is_empty() {
                child.attributes.lang.clone_from(&lang);
            }
        }
        if let Some(child) = flat.get_mut(first) {
            let anchors = [id].into_iter().chain(aliases).filter(|id| !id.is_empty());
            child.attributes.aliases.extend(anchors);
        }
    }
    flat
}

struct Open {
    depth: u32,
    attributes: Attributes,
    section: Section,
}

/// Ends the open sections that a heading of `depth` ends.
fn close(open: &mut Vec<Open>, depth: u32, blocks: &mut Blocks) {
    while let Some(ended) = open.pop_if(|innermost| innermost.depth >= depth) {
        let block = Block { attributes: ended.attributes, kind: Kind::Section(ended.section) };
        open.last_mut().map_or(&mut *blocks, |outer| &mut outer.section.children).push(block);
    }
}

fn depth_of(block: &Block) -> Option<u32> {
    match &block.kind {
        Kind::Heading(heading) => Some(heading.depth.unwrap_or(USUAL).clamp(1, DEEPEST)),
        _ => None,
    }
}

/// Brings the headings inside `block` in line with the sections around it.
fn within(block: &mut Block, level: u32, rebase: &dyn Fn(u32) -> u32) {
    parts(block, &mut |part| {
        if let Part::Blocks(blocks) = part {
            demote(blocks, level, rebase);
        }
    });
}

fn demote(blocks: &mut Blocks, level: u32, rebase: &dyn Fn(u32) -> u32) {
    *blocks = flatten(take(blocks));
    if blocks.iter().any(|block| matches!(block.kind, Kind::Section(_))) {
        let mut flat = Blocks::default();
        take(blocks).0.into_iter().for_each(|block| demote_section(block, level, &mut flat));
        *blocks = flat;
    }
    for block in &mut blocks.0 {
        if let Kind::Heading(heading) = &mut block.kind {
            heading.depth = Some(rebase(heading.depth.unwrap_or(USUAL).clamp(1, DEEPEST)).min(DEEPEST));
        }
        within(block, level, rebase);
    }
}

/// A section where there can be none: its heading and its content; one that starts closed opens on request.
fn demote_section(mut block: Block, level: u32, flat: &mut Blocks) {
    let Kind::Section(section) = &mut block.kind else {
        flat.push(block);
        return;
    };
    let (title, children): (Inlines, Blocks) = (take(&mut section.title), take(&mut section.children));
    if section.collapsed {
        block.kind = Kind::Details(Details { summary: title, open: false, children });
        flat.push(block);
        return;
    }
    let depth = section.level.unwrap_or(level);
    block.kind = Kind::Heading(Heading { depth: Some(depth), children: title });
    flat.push(block);
    flatten(children).0.into_iter().for_each(|child| demote_section(child, level + 1, flat));
}
