//! The walk over the tree: what has been seen, where it stands, and which rule applies to which element.

use super::loss::{Loss, Reason};
use super::tree::{Node, NodeId, Tree};
use super::{boilerplate, code, embed, figure, footnote, ghost, heading, image, inline, list, math, mediawiki};
use super::{paragraph, quote, table, wordpress};
use crate::article::{
    Align, Aside, Attributes, Block, Blocks, Content, Details, Direction, Inline, InlineMath, Inlines, Kind, Math,
    ThematicBreak,
};

/// Elements nested deeper than this are read as their text.
const MAX_DEPTH: u16 = 256;
/// How deep blocks nest in the result, in levels of Article JSON.
const MAX_LEVEL: u32 = 48;

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
    /// Names that links inside the document lead to, sorted.
    targets: Vec<&'a str>,
    /// Blank lines separate paragraphs, as in WordPress's classic editor.
    blank_lines: Option<NodeId>,
}

/// Language and direction at a place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scope<'a> {
    pub(super) lang: &'a str,
    pub(super) dir: Option<Direction>,
}

/// What is known about a node before the walk.
#[derive(Clone, Copy, Default)]
struct Fact {
    /// It is a block, or holds one.
    blocky: bool,
    /// It is never shown: scripts, styles, the head.
    invisible: bool,
    /// Letters and signs of its visible text.
    letters: u32,
    /// Pictures that stand alone.
    images: u32,
    depth: u16,
}

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
    base: Scope<'a>,
    level: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        let facts = facts(tree);
        let fragment = |id| tree.attribute(id, "href").and_then(|href| href.split_once('#')).map(|(_, name)| name);
        let mut targets: Vec<&str> = tree.all().filter_map(fragment).collect();
        targets.sort_unstable();
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
        let has_blank = |&id: &NodeId| self.tree.text(id).is_some_and(|text| blank_line(text.trim()).is_some());
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
        let raw = self.take_raw(id);
        let mut text = String::with_capacity(raw.len());
        for word in raw.split_ascii_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The visible text below `id` as it is, spaces around blocks added.
    fn take_raw(&mut self, id: NodeId) -> String {
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
                Node::Element { name, .. } if is_block(name) || name == "br" => text.push(' '),
                Node::Element { .. } => {}
            }
        }
        text
    }

    /// Leaves the node out and reports its words.
    pub(super) fn drop(&mut self, id: NodeId, reason: Reason) {
        let text = self.take_text(id);
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
        if !anchor.is_empty() && (self.is_target(anchor) || (is_anchor_element(name) && !is_generated(anchor))) {
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
        self.targets.binary_search(&anchor).is_ok()
    }

    /// The attributes of a block made now: anchors passed so far, language and direction where they differ from
    /// `base`.
    fn attributes(&mut self, base: Scope<'a>, owner: Option<NodeId>) -> Attributes {
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

impl<'a> Flow<'a> {
    pub(super) fn new(base: Scope<'a>) -> Self {
        Self { blocks: Vec::new(), run: Vec::new(), align: None, owner: None, marks: Vec::new(), base, level: 0 }
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
        for (mark, start) in self.marks.iter_mut().rev() {
            let inner = run.split_off((*start).min(run.len()));
            run.extend(mark.wrap(inner));
            *start = 0;
        }
        if let Some(kind) = paragraph::make(inline::tidy(run), self.align) {
            let owner = self.owner.take();
            self.append(w, owner, kind);
        }
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
pub(super) fn content_of<'a>(w: &mut Walk<'a>, node: NodeId, outer: &Flow<'a>, levels: u32) -> Content {
    let mut blocks = blocks_of(w, node, outer, levels);
    match blocks.as_mut_slice() {
        [] => Content::default(),
        [Block { attributes, kind: Kind::Paragraph(paragraph) }] if paragraph.align.is_none() => {
            w.ids.append(&mut attributes.aliases);
            Content::Inlines(std::mem::take(&mut paragraph.children))
        }
        _ => Content::Blocks(blocks),
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
        let text = w.take_raw(node);
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
fn special<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let class = w.tree.value(node, "class");
    if class.is_empty() {
        return false;
    }
    (class.contains("kg-") && ghost::card(w, node, flow))
        || (class.contains("wp-") && wordpress::block(w, node, flow))
        || embed::social(w, node, flow)
        || image::gallery(w, node, flow)
        || code::highlighted(w, node, flow)
        || math::rendered_block(w, node, flow)
        || mediawiki::block(w, node, flow)
}

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
        "hr" => flow.push(w, node, Kind::ThematicBreak(ThematicBreak::default())),
        "details" => details(w, node, flow),
        "aside" => aside(w, node, flow),
        _ if is_block(name) => container(w, node, flow),
        _ => hoist(w, node, flow),
    }
}

/// An element that only groups.
pub(super) fn container<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    flow.flush(w);
    let outer = flow.align;
    flow.align = paragraph::align_of(w, node).or(outer);
    children(w, node, flow);
    flow.flush(w);
    flow.align = outer;
}

/// A text-level element that holds blocks: its mark goes to the texts around and inside them.
fn hoist<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let Some(mark) = inline::mark_of(w, node, inline::Marks::of(&flow.marks)) else {
        return children(w, node, flow);
    };
    flow.marks.push((mark, flow.run.len()));
    children(w, node, flow);
    if let Some((mark, start)) = flow.marks.pop() {
        let inner = flow.run.split_off(start.min(flow.run.len()));
        flow.run.extend(mark.wrap(inner));
    }
}

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

fn aside<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let children = blocks_of(w, node, flow, 2);
    if children.is_empty() {
        w.ids.extend(attributes.aliases);
        return;
    }
    flow.end(attributes, Kind::Aside(Aside { children, ..Aside::default() }));
}

fn facts(tree: &Tree) -> Vec<Fact> {
    let mut facts = vec![Fact::default(); tree.size()];
    for id in tree.all() {
        let parent = tree.parent(id).map(|parent| facts[parent.index()]).unwrap_or_default();
        let fact = &mut facts[id.index()];
        fact.depth = parent.depth.saturating_add(1);
        fact.invisible = parent.invisible;
        if let Node::Element { name, .. } = tree.node(id) {
            fact.invisible |= is_invisible(name);
            fact.images = u32::from(name == "img" && !image::is_inline(tree, id));
            fact.blocky = match name.as_str() {
                "img" => fact.images > 0,
                "math" => tree.value(id, "display") == "block",
                "br" => follows_break(tree, id),
                name => is_block(name),
            };
        } else if !fact.invisible {
            let text = tree.text(id).unwrap_or_default();
            fact.letters = text.chars().filter(|letter| !paragraph::is_space(*letter)).count() as u32;
        }
    }
    for id in tree.all().rev() {
        let fact = facts[id.index()];
        if let Some(parent) = tree.parent(id)
            && !fact.invisible
        {
            let parent_name = tree.name(parent);
            let is_foreign = matches!(parent_name, "svg" | "math" | "button" | "select" | "ruby");
            let parent = &mut facts[parent.index()];
            parent.blocky |= fact.blocky && !is_foreign;
            if tree.name(id) != "noscript" {
                parent.letters += fact.letters;
                parent.images += fact.images;
            }
        }
    }
    facts
}

/// Whether a `br` follows another one, so that the two end a paragraph.
fn follows_break(tree: &Tree, id: NodeId) -> bool {
    let Some(parent) = tree.parent(id) else { return false };
    let siblings = tree.children(parent);
    let index = siblings.binary_search(&id).unwrap_or(0);
    let is_blank = |id: &&NodeId| tree.text(**id).is_some_and(paragraph::is_blank);
    siblings[..index].iter().rev().find(|id| !is_blank(id)).is_some_and(|&id| tree.name(id) == "br")
}

fn is_invisible(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "head" | "title" | "link" | "meta" | "base" | "param" | "datalist")
}

/// Whether an element of that name stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "audio"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "embed"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "object"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "video"
            | "xmp"
            | "caption"
            | "frameset"
            | "marquee"
    )
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
