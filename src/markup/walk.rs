//! The walk over the tree: what has been seen, where it stands, and which rule applies to which element.
//!
//! The rules are `#[inline(never)]` throughout: the walk recurses, and a frame that holds the variables of all of them
//! would not fit 256 times into the stack of wasm.

use super::facts::{Fact, facts, is_block};
use super::flow::Flow;
use super::loss::{Loss, Reason};
use super::names::Names;
use super::tree::{Node, NodeId, Tree};
use super::{boilerplate, code, embed, figure, footnote, ghost, heading, image, inline, list, math, mediawiki};
use super::{paragraph, quote, table, wordpress};
use crate::article::{
    Aside, Attributes, Block, Blocks, Content, Details, Direction, Figure, Inline, InlineMath, Kind, Math,
    ThematicBreak,
};

/// Elements nested deeper than this are read as their text.
const MAX_DEPTH: u16 = 256;

/// The state of one walk.
pub(super) struct Walk<'a> {
    pub(super) tree: &'a Tree,
    pub(super) loss: Loss,
    pub(super) notes: footnote::Notes,
    /// Anchors passed since the last block.
    pub(super) ids: Vec<String>,
    pub(super) scope: Scope<'a>,
    facts: Vec<Fact>,
    /// Nodes that are in the result, or reported.
    done: Vec<bool>,
    /// Names that links inside the document lead to.
    targets: Names<'a>,
    /// Blank lines separate paragraphs, as in WordPress's classic editor.
    blank_lines: Option<NodeId>,
}

/// Language and direction at a place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scope<'a> {
    pub(super) lang: &'a str,
    pub(super) dir: Option<Direction>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        let facts = facts(tree);
        let fragment = |id| Some((tree.attribute(id, "href")?.split_once('#')?.1, id));
        let targets = tree.all().filter_map(fragment).collect();
        let mut walk = Self {
            tree,
            loss: Loss::default(),
            notes: footnote::Notes::default(),
            ids: Vec::new(),
            scope: Scope::default(),
            done: vec![false; facts.len()],
            facts,
            targets,
            blank_lines: None,
        };
        walk.notes = footnote::Notes::find(&walk);
        walk
    }

    /// Takes blank lines between the texts directly in `root` for the ends of paragraphs, if it has no others.
    pub(super) fn detect_blank_lines(&mut self, root: NodeId) {
        let children = self.tree.children(root);
        let has_blank = |&id: &NodeId| {
            self.tree.text(id).is_some_and(|text| !paragraph::is_blank(text) && blank_line(text).is_some())
        };
        let has_paragraph = children.iter().any(|&id| self.tree.name(id) == "p");
        if !has_paragraph && children.iter().any(has_blank) {
            self.blank_lines = Some(root);
        }
    }

    pub(super) fn is_blocky(&self, id: NodeId) -> bool {
        self.facts[id.index()].blocky
    }

    /// How much visible text is in the node: letters and signs.
    pub(super) fn letters(&self, id: NodeId) -> u32 {
        self.facts[id.index()].letters
    }

    /// How many pictures are in the node that do not stand in a line of text.
    pub(super) fn images(&self, id: NodeId) -> u32 {
        self.facts[id.index()].images
    }

    pub(super) fn is_done(&self, id: NodeId) -> bool {
        self.done[id.index()]
    }

    /// Notes that the node is in the result, or needs not be.
    pub(super) fn finish(&mut self, id: NodeId) {
        self.done[id.index()] = true;
    }

    /// The text of a text node, which the caller puts into the result.
    pub(super) fn take(&mut self, id: NodeId) -> &'a str {
        self.done[id.index()] = true;
        self.tree.text(id).unwrap_or_default()
    }

    /// The visible text below `id` with single spaces, which the caller puts into the result.
    pub(super) fn take_text(&mut self, id: NodeId) -> String {
        single_spaces(&self.take_raw(id, false))
    }

    /// The visible text below `id` as it is, spaces around blocks added; with `apart`, around other elements too that
    /// stand apart from the word before them.
    fn take_raw(&mut self, id: NodeId, apart: bool) -> String {
        let mut text = String::new();
        if let Some(own) = self.tree.text(id) {
            self.done[id.index()] = true;
            text.push_str(own);
            return text;
        }
        self.done[id.index()] = true;
        for node in self.tree.below(id) {
            if self.done[node.index()] || self.facts[node.index()].invisible {
                continue;
            }
            match self.tree.node(node) {
                Node::Text(own) => {
                    self.done[node.index()] = true;
                    text.push_str(own);
                }
                Node::Element { name, .. } => {
                    let is_apart = is_block(name) || matches!(name.as_str(), "br" | "option" | "optgroup" | "img");
                    if is_apart
                        || (apart && !matches!(name.as_str(), "span" | "a" | "b" | "i" | "em" | "strong" | "font"))
                    {
                        text.push(' ');
                    }
                }
            }
        }
        text
    }

    /// Leaves the node out and reports its words.
    pub(super) fn drop(&mut self, id: NodeId, reason: Reason) {
        let text = single_spaces(&self.take_raw(id, true));
        self.loss.add(reason, &text);
    }

    /// Reports every visible text that no rule has taken.
    pub(super) fn drop_rest(&mut self, reason: Reason) {
        for id in self.tree.all() {
            let fact = self.facts[id.index()];
            if !fact.invisible && !self.done[id.index()] && self.tree.text(id).is_some() {
                let text = self.take(id);
                self.loss.add(reason, text);
            }
        }
    }

    /// Remembers the anchors an element carries, for the next block.
    pub(super) fn note_ids(&mut self, id: NodeId) {
        let name = self.tree.name(id);
        let anchor = self.tree.value(id, "id");
        let is_reference = ["cite_ref", "fnref", "_ftnref", "_ednref"].iter().any(|prefix| anchor.starts_with(prefix));
        if !anchor.is_empty()
            && !is_reference
            && (self.is_target(anchor) || (is_anchor_element(name) && !is_generated(anchor)))
        {
            self.ids.push(anchor.to_owned());
        }
        if name == "a" {
            let anchor = self.tree.value(id, "name");
            if !anchor.is_empty() && self.ids.last().is_none_or(|last| last != anchor) {
                self.ids.push(anchor.to_owned());
            }
        }
    }

    fn is_target(&self, anchor: &str) -> bool {
        self.targets.get(anchor).is_some()
    }

    /// The attributes of a block made now: anchors passed so far, language and direction where they differ from
    /// `base`.
    pub(super) fn attributes(&mut self, base: Scope<'a>, owner: Option<NodeId>) -> Attributes {
        let mut attributes = Attributes { aliases: std::mem::take(&mut self.ids), ..Attributes::default() };
        if let Some(owner) = owner {
            let own = self.tree.value(owner, "id");
            if is_valid_id(own)
                && let Some(index) = attributes.aliases.iter().position(|alias| alias == own)
            {
                attributes.id = attributes.aliases.remove(index);
            }
        }
        attributes.aliases.dedup();
        if self.scope.lang != base.lang {
            attributes.lang = self.scope.lang.to_owned();
        }
        if self.scope.dir != base.dir {
            attributes.dir = self.scope.dir;
        }
        attributes
    }

    /// Takes over an element's language and direction; the result restores the outer ones.
    pub(super) fn enter(&mut self, id: NodeId) -> Scope<'a> {
        let outer = self.scope;
        let lang = match self.tree.value(id, "lang") {
            "" => self.tree.value(id, "xml:lang"),
            lang => lang,
        };
        if !lang.is_empty() {
            self.scope.lang = lang;
        }
        if let Some(dir) = direction(self.tree.value(id, "dir")) {
            self.scope.dir = Some(dir);
        }
        outer
    }
}

/// Reads the children of a node.
pub(super) fn children<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    for &child in tree.children(node) {
        visit(w, child, flow);
    }
}

/// The content of a node as blocks of their own.
pub(super) fn blocks_of<'a>(w: &mut Walk<'a>, node: NodeId, outer: &Flow<'a>, levels: u32) -> Blocks {
    let mut flow = outer.inside(w, levels);
    children(w, node, &mut flow);
    flow.finish(w)
}

/// The content of a node: text where it is one paragraph, else blocks.
#[inline(never)]
pub(super) fn content_of<'a>(w: &mut Walk<'a>, node: NodeId, outer: &Flow<'a>, levels: u32) -> Content {
    let mut blocks = blocks_of(w, node, outer, levels);
    match blocks.as_mut_slice() {
        [] => Content::default(),
        [Block { attributes, kind: Kind::Paragraph(paragraph) }] if paragraph.align.is_none() => {
            w.ids.append(&mut attributes.aliases);
            Content::Inlines(std::mem::take(&mut paragraph.children))
        }
        blocks_only => {
            // A picture by itself would read as one within a line.
            if blocks_only.iter().all(|block| matches!(block.kind, Kind::Image(_))) {
                for block in blocks_only {
                    let children = vec![Block::new(std::mem::replace(&mut block.kind, Kind::Group(Blocks::default())))];
                    block.kind = Kind::Figure(Figure { children: children.into(), ..Figure::default() });
                }
            }
            Content::Blocks(blocks)
        }
    }
}

/// Reads one node among blocks.
pub(super) fn visit<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    if w.is_done(node) {
        return;
    }
    if w.tree.text(node).is_some() {
        return text(w, node, flow);
    }
    if w.facts[node.index()].invisible {
        return script(w, node, flow);
    }
    if let Some(reason) = boilerplate::reason(w, node) {
        return w.drop(node, reason);
    }
    if w.facts[node.index()].depth > MAX_DEPTH {
        let text = w.take_raw(node, false);
        return inline::push_text(&mut flow.run, &text);
    }
    let name = w.tree.name(node);
    if name == "br" {
        return line_break(w, flow);
    }
    if !w.is_blocky(node) {
        let marks = inline::Marks::of(&flow.marks);
        return inline::push(w, node, &mut flow.run, marks);
    }
    w.note_ids(node);
    let outer = w.enter(node);
    if !special(w, node, flow) {
        element(w, node, flow);
    }
    w.scope = outer;
}

/// Scripts are never run; some hold a formula, or stand where they would write an embed.
#[inline(never)]
fn script<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    if w.tree.name(node) != "script" {
        return;
    }
    match math::script(w, node) {
        Some(math) if math::is_display_script(w.tree, node) => flow.push(w, node, Kind::Math(math)),
        Some(Math { value, mathml, .. }) => flow.run.push(Inline::Math(InlineMath { value, mathml })),
        None => embed::script(w, node, flow),
    }
}

/// Elements that a publishing system marks by class.
#[inline(never)]
fn special<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let class = w.tree.value(node, "class");
    if class.is_empty() {
        return false;
    }
    (class.contains("kg-") && ghost::card(w, node, flow))
        || (class.contains("wp-") && wordpress::block(w, node, flow))
        || embed::social(w, node, flow)
        || embed::elementor(w, node, flow)
        || image::gallery(w, node, flow)
        || code::highlighted(w, node, flow)
        || math::rendered_block(w, node, flow)
        || mediawiki::block(w, node, flow)
}

#[inline(never)]
fn element<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let name = w.tree.name(node);
    if flow.is_deep() && !matches!(name, "img" | "picture" | "p" | "hr" | "pre" | "iframe") {
        return container(w, node, flow);
    }
    match name {
        "p" => paragraph::read(w, node, flow),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading::read(w, node, flow),
        "ul" | "ol" | "menu" | "dir" => list::read(w, node, flow),
        "li" => list::orphan(w, node, flow),
        "dl" => list::definitions(w, node, flow),
        "blockquote" => quote::read(w, node, flow),
        "pre" | "listing" | "xmp" | "plaintext" => code::read(w, node, flow),
        "figure" => figure::read(w, node, flow),
        "img" | "picture" => image::read(w, node, flow),
        "noscript" => image::noscript(w, node, flow),
        "table" => table::read(w, node, flow),
        "iframe" | "object" | "embed" => embed::frame(w, node, flow),
        "video" | "audio" => embed::media(w, node, flow),
        "math" => math::block(w, node, flow),
        "hr" if footnote::is_separator(w, node) => flow.flush(w),
        "hr" => flow.push(w, node, Kind::ThematicBreak(ThematicBreak::default())),
        "details" => details(w, node, flow),
        "aside" => aside(w, node, flow),
        _ if is_block(name) => container(w, node, flow),
        _ => hoist(w, node, flow),
    }
}

/// An element that only groups.
#[inline(never)]
pub(super) fn container<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    flow.flush(w);
    let outer = flow.align;
    flow.align = paragraph::align_of(w, node).or(outer);
    children(w, node, flow);
    flow.flush(w);
    flow.align = outer;
}

/// A text-level element that holds blocks: its mark goes to the texts around and inside them.
#[inline(never)]
fn hoist<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let Some(mark) = inline::mark_of(w, node, inline::Marks::of(&flow.marks)) else {
        return children(w, node, flow);
    };
    // Text of its own, so that the text before stays outside.
    flow.marks.push((mark, flow.run.len()));
    flow.run.push(Inline::Text(String::new()));
    children(w, node, flow);
    if let Some((mark, start)) = flow.marks.pop() {
        let inner = flow.run.split_off(start.min(flow.run.len()));
        flow.run.extend(mark.wrap(inner));
    }
}

#[inline(never)]
fn text<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let mut text = w.take(node);
    if w.blank_lines.is_some() && w.blank_lines == w.tree.parent(node) {
        while let Some((before, after)) = blank_line(text) {
            push_lines(flow, before);
            flow.flush(w);
            text = after;
        }
        return push_lines(flow, text);
    }
    inline::push_text(&mut flow.run, text);
}

/// Text in which a line break is one.
fn push_lines(flow: &mut Flow<'_>, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 && !flow.run.is_empty() {
            flow.run.push(Inline::Break(crate::article::json::Empty));
        }
        inline::push_text(&mut flow.run, line);
    }
}

/// Splits at the first blank line.
fn blank_line(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(offset) = text[from..].find('\n') {
        let line = from + offset;
        let mut end = line + 1;
        while end < bytes.len() && matches!(bytes[end], b' ' | b'\t' | b'\r') {
            end += 1;
        }
        if bytes.get(end) == Some(&b'\n') {
            return Some((&text[..line], &text[end + 1..]));
        }
        from = end;
    }
    None
}

/// A line break; the second in a row ends the paragraph.
#[inline(never)]
fn line_break<'a>(w: &mut Walk<'a>, flow: &mut Flow<'a>) {
    let is_blank = |inline: &Inline| matches!(inline, Inline::Text(text) if paragraph::is_blank(text));
    let last = flow.run.iter().rposition(|inline| !is_blank(inline));
    match last {
        Some(index) if matches!(flow.run[index], Inline::Break(_)) => {
            flow.run.truncate(index);
            flow.flush(w);
        }
        Some(_) => flow.run.push(Inline::Break(crate::article::json::Empty)),
        None => {}
    }
}

#[inline(never)]
fn details<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let summary = w.tree.children(node).iter().copied().find(|&child| w.tree.name(child) == "summary");
    let mut details = Details { open: w.tree.attribute(node, "open").is_some(), ..Details::default() };
    if let Some(summary) = summary {
        details.summary = inline::of(w, summary);
        w.finish(summary);
    }
    details.children = blocks_of(w, node, flow, 2);
    flow.end(attributes, Kind::Details(details));
}

#[inline(never)]
fn aside<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let children = blocks_of(w, node, flow, 2);
    if children.is_empty() {
        w.ids.extend(attributes.aliases);
        return;
    }
    flow.end(attributes, Kind::Aside(Aside { children, ..Aside::default() }));
}

fn single_spaces(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for word in raw.split_ascii_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn is_anchor_element(name: &str) -> bool {
    matches!(
        name,
        "a" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "figure"
            | "table"
            | "li"
            | "div"
            | "p"
            | "blockquote"
            | "dt"
            | "pre"
            | "aside"
            | "details"
    )
}

/// Ids that editors give to every element; links to them would not last in the source either.
fn is_generated(id: &str) -> bool {
    (id.starts_with("mw") && id.len() <= 6)
        || ["docs-internal-guid", "attachment_", "post-", "yui_", "ember", "gallery-", "page", "readability-page"]
            .iter()
            .any(|prefix| id.starts_with(prefix))
}

fn is_valid_id(id: &str) -> bool {
    let mut letters = id.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | ':' | '.'))
}

/// The direction that a `dir` attribute names.
pub(super) fn direction(value: &str) -> Option<Direction> {
    if value.eq_ignore_ascii_case("rtl") {
        Some(Direction::RightToLeft)
    } else if value.eq_ignore_ascii_case("ltr") {
        Some(Direction::LeftToRight)
    } else if value.eq_ignore_ascii_case("auto") {
        Some(Direction::Auto)
    } else {
        None
    }
}
