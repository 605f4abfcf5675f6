//! Blocks in the making: a paragraph gathers text until a block ends it.

use super::tree::NodeId;
use super::walk::{Scope, Walk};
use super::{inline, paragraph};
use crate::article::{Align, Attributes, Block, Blocks, Inline, Inlines, Kind};

/// How deep blocks nest in the result, in levels of Article JSON.
const MAX_LEVEL: u32 = 48;

/// No sentence has more pictures at its end; for each, the text before it is measured.
const MOST_WAITING: usize = 16;

/// Blocks in the making, with the paragraph that is open.
pub(super) struct Flow<'a> {
    pub(super) blocks: Vec<Block>,
    pub(super) run: Vec<Inline>,
    /// Alignment of paragraphs.
    pub(super) align: Option<Align>,
    /// The element whose id the next paragraph takes.
    pub(super) owner: Option<NodeId>,
    /// Marks around the current place that hold blocks too, with where in `run` they start.
    pub(super) marks: Vec<(inline::Mark, usize)>,
    /// Blocks in the open paragraph, and how long its text was before them.
    waiting: Vec<(usize, Block)>,
    base: Scope<'a>,
    level: u32,
}

impl<'a> Flow<'a> {
    pub(super) fn new(base: Scope<'a>) -> Self {
        Self {
            blocks: Vec::new(),
            run: Vec::new(),
            align: None,
            owner: None,
            marks: Vec::new(),
            waiting: Vec::new(),
            base,
            level: 0,
        }
    }

    /// A flow for the content of a block that stands in this one; `levels` is how deep in JSON.
    pub(super) fn inside(&self, w: &Walk<'a>, levels: u32) -> Self {
        let marks = self.marks.iter().map(|(mark, _)| (mark.clone(), 0)).collect();
        Self { marks, level: self.level + levels, ..Self::new(w.scope) }
    }

    /// Ends the paragraph that is open.
    pub(super) fn flush(&mut self, w: &mut Walk<'a>) {
        if self.run.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        let mut after = Vec::new();
        if !self.waiting.is_empty() {
            let end = length(&mut run);
            for (start, block) in std::mem::take(&mut self.waiting) {
                if start == end { after.push(block) } else { self.blocks.push(block) }
            }
        }
        for (mark, start) in self.marks.iter_mut().rev() {
            let inner = run.split_off((*start).min(run.len()));
            run.extend(mark.wrap(inner));
            *start = 0;
        }
        if let Some(kind) = paragraph::make(inline::tidy(run), self.align) {
            let owner = self.owner.take();
            self.append(w, owner, kind);
        }
        self.blocks.extend(after);
    }

    /// Puts the marks around the current place around the text of a block.
    pub(super) fn wrap(&self, mut run: Vec<Inline>) -> Inlines {
        for (mark, _) in self.marks.iter().rev() {
            run = mark.wrap(run).into_iter().collect();
        }
        inline::tidy(run)
    }

    /// Ends the paragraph and adds a block, made from `owner`, that holds no other blocks.
    pub(super) fn push(&mut self, w: &mut Walk<'a>, owner: NodeId, kind: Kind) {
        self.flush(w);
        self.append(w, Some(owner), kind);
    }

    /// Adds a block beside the paragraph that is open: after it where it ends there, else before it.
    pub(super) fn append_beside(&mut self, w: &mut Walk<'a>, owner: NodeId, kind: Kind) {
        if self.waiting.len() == MOST_WAITING {
            return self.append(w, Some(owner), kind);
        }
        let attributes = w.attributes(self.base, Some(owner));
        self.waiting.push((length(&mut self.run), Block { attributes, kind }));
    }

    /// Adds a block before the paragraph that is open.
    pub(super) fn append(&mut self, w: &mut Walk<'a>, owner: Option<NodeId>, kind: Kind) {
        let attributes = w.attributes(self.base, owner);
        self.blocks.push(Block { attributes, kind });
    }

    /// Ends the paragraph and takes the attributes for a block whose content is read next.
    pub(super) fn begin(&mut self, w: &mut Walk<'a>, owner: NodeId) -> Attributes {
        self.flush(w);
        w.attributes(self.base, Some(owner))
    }

    /// Adds a block begun with [`Flow::begin`].
    pub(super) fn end(&mut self, attributes: Attributes, kind: Kind) {
        self.blocks.push(Block { attributes, kind });
    }

    /// The blocks; anchors that no block has taken go to the last one.
    pub(super) fn finish(mut self, w: &mut Walk<'a>) -> Blocks {
        self.flush(w);
        if let Some(last) = self.blocks.last_mut() {
            last.attributes.aliases.append(&mut w.ids);
        }
        Blocks(self.blocks)
    }

    /// Whether blocks may not nest any deeper here.
    pub(super) fn is_deep(&self) -> bool {
        self.level > MAX_LEVEL
    }

    /// Where the link around the current place leads.
    pub(super) fn link(&self) -> Option<&str> {
        self.marks.iter().rev().find_map(|(mark, _)| mark.link())
    }
}

/// How much text there is, without what is blank.
fn length(run: &mut Vec<Inline>) -> usize {
    let inlines = Inlines(std::mem::take(run));
    let length = inlines.plain_text().chars().filter(|letter| !letter.is_whitespace()).count();
    *run = inlines.0;
    length
}
