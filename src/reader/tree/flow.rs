//! Blocks in the making: a paragraph gathers runs of text until a block ends it.

use super::super::marks::{Run, nest};
use crate::article::{Align, Block, Blocks, Inline, Inlines, Kind, Paragraph};

/// Blocks, and the paragraph that is open.
#[derive(Default)]
pub(in super::super) struct Flow {
    pub(in super::super) blocks: Blocks,
    pub(in super::super) runs: Vec<Run>,
    /// Alignment of the paragraph.
    pub(in super::super) align: Option<Align>,
    /// Blocks in the open paragraph, and how many of its runs were there before them.
    pub(in super::super) waiting: Vec<(usize, Block)>,
}

impl Flow {
    /// Ends the paragraph that is open.
    pub(in super::super) fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let end = runs.iter().rposition(|run| !run.is_blank()).map_or(0, |last| last + 1);
        let mut after = Vec::new();
        for (index, block) in std::mem::take(&mut self.waiting) {
            if index >= end { after.push(block) } else { self.blocks.push(block) }
        }
        let children = nest(runs);
        if !children.is_empty() {
            self.blocks.push(Block::new(Kind::Paragraph(Paragraph { children, align: self.align })));
        }
        self.blocks.extend(after);
    }

    /// Adds a block.
    pub(in super::super) fn block(&mut self, kind: Kind) {
        self.flush();
        self.blocks.push(Block::new(kind));
    }

    /// Adds a block beside the paragraph that is open, so that its sentence stays whole: after it where it ends there,
    /// else before it.
    pub(in super::super) fn block_beside(&mut self, kind: Kind) {
        if self.runs.iter().all(Run::is_blank) {
            self.runs.clear();
        }
        // On a line of its own it ends the paragraph.
        if self.runs.last().is_some_and(|run| matches!(run.inline, Inline::Break(_))) {
            self.flush();
        }
        self.waiting.push((self.runs.len(), Block::new(kind)));
    }

    /// The blocks.
    pub(in super::super) fn finish(mut self) -> Blocks {
        self.flush();
        self.blocks
    }

    /// The content as one line of text, and the blocks that do not fit into one.
    pub(in super::super) fn into_line(self) -> (Inlines, Vec<Block>) {
        if self.blocks.is_empty() && self.waiting.is_empty() {
            return (nest(self.runs), Vec::new());
        }
        let mut line = Inlines::new();
        let mut rest = Vec::new();
        for block in self.finish().0 {
            match block.kind {
                Kind::Paragraph(paragraph) => {
                    if !line.is_empty() {
                        line.push(Inline::Text(" ".to_owned()));
                    }
                    line.extend(paragraph.children.0);
                }
                _ => rest.push(block),
            }
        }
        (line, rest)
    }
}
