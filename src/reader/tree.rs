//! Rich-text trees -> blocks: nodes with a name, attributes and nodes inside, as most editors store them. One walk
//! serves all: names and attributes are found by tables, and a format adds what is its own.

mod attribute;
mod block;
mod flow;
mod role;
mod table;

use super::marks::{self, Lines, Run, push_text};
use super::media::LINE_HEIGHT;
use super::{Context, rescue, rich_text};
use crate::article::json::Empty;
use crate::article::{
    Block, Blocks, Date, FootnoteReference, Inline, InlineImage, InlineMath, Inlines, Kind, Mention, Span, TimeSpan,
};
use crate::json::{self, Object, Value};
pub(super) use attribute::{attribute, flag, medium, number, whole, words};
pub(super) use block::code_block;
pub(super) use flow::Flow;
pub(super) use role::{Role, role_of};
pub(super) use table::table;

/// How deep blocks nest in the result, in levels of Article JSON; what is deeper stands there.
const MAX_LEVEL: u32 = 40;

/// More marks around one place than any person sets only cost time.
const MOST_MARKS: usize = 32;

/// Members that hold the nodes inside a node.
const CHILDREN: &[&str] = &["content", "children", "nodes", "leaves"];

/// What a format adds to the walk.
pub(super) struct Dialect {
    /// What line ends in text mean.
    pub(super) lines: Lines,
    /// Reads a node of that name which only this format has, or means something else in it; tells whether it did.
    pub(super) own: Own,
}

type Own = fn(&mut Walk<'_, '_>, &Value<'_>, &str, &mut Flow) -> bool;

/// Where the walk is.
pub(super) struct Walk<'w, 'c> {
    pub(super) context: &'w mut Context<'c>,
    dialect: &'w Dialect,
    /// Marks around the current place.
    pub(super) marks: Vec<Inline>,
    /// The caption or summary found, for the block around it.
    heading: Heading,
}

/// Whether a block around the current place takes a caption or summary, and has one.
#[derive(Debug, Default)]
enum Heading {
    #[default]
    Unwanted,
    Wanted,
    Found(Inlines),
}

/// Reads a tree, or an array of nodes.
pub(super) fn read(value: &Value<'_>, dialect: &Dialect, context: &mut Context<'_>) -> Blocks {
    let mut walk = Walk { context, dialect, marks: Vec::new(), heading: Heading::Unwanted };
    let mut flow = Flow::default();
    match value {
        Value::Array(nodes) => walk.nodes(nodes, &mut flow),
        _ => walk.children(value, &mut flow),
    }
    flow.finish()
}

/// The name of a node.
pub(super) fn name_of<'v>(node: &'v Value<'v>) -> &'v str {
    ["type", "nodeType", "_type"].iter().find_map(|key| node.get(key)?.as_str()).unwrap_or_default()
}

/// The nodes inside a node, and the member that they are.
fn children_of<'v>(node: &'v Value<'v>) -> Option<(&'static str, &'v [Value<'v>])> {
    CHILDREN.iter().find_map(|key| Some((*key, node.get(key)?.as_array()?.as_slice())))
}

/// The text of a leaf.
fn leaf<'v>(node: &'v Value<'v>) -> Option<&'v str> {
    ["text", "value"].iter().find_map(|key| node.get(key)?.as_str()).filter(|_| children_of(node).is_none())
}

impl Walk<'_, '_> {
    /// Reads the nodes inside a node.
    pub(super) fn children(&mut self, node: &Value<'_>, flow: &mut Flow) {
        if let Some((key, nodes)) = children_of(node) {
            let length = self.context.warnings.enter(key);
            self.nodes(nodes, flow);
            self.context.warnings.leave(length);
        }
    }

    /// Reads nodes.
    pub(super) fn nodes(&mut self, nodes: &[Value<'_>], flow: &mut Flow) {
        for (index, node) in nodes.iter().enumerate() {
            let length = self.context.warnings.enter_index(index);
            self.node(node, flow);
            self.context.warnings.leave(length);
        }
    }

    /// Reads the nodes inside a node as blocks of their own, `levels` deeper.
    pub(super) fn inside(&mut self, node: &Value<'_>, levels: u32) -> Blocks {
        let mut flow = Flow::default();
        self.context.level += levels;
        self.children(node, &mut flow);
        self.context.level -= levels;
        flow.finish()
    }

    /// Reads a cell or column; what stands in the place of one makes up one of its own.
    fn cell(&mut self, node: &Value<'_>, levels: u32) -> Blocks {
        let role = role_of(name_of(node));
        if matches!(role, None | Some(Role::Cell | Role::HeaderCell | Role::Column | Role::Group))
            && children_of(node).is_some()
        {
            return self.inside(node, levels);
        }
        let mut flow = Flow::default();
        self.context.level += levels;
        self.node(node, &mut flow);
        self.context.level -= levels;
        flow.finish()
    }

    /// Reads what is inside a block that has a caption or summary, which is `None` where none is found.
    fn with_heading(&mut self, read: &mut dyn FnMut(&mut Self)) -> Option<Inlines> {
        let outer = std::mem::replace(&mut self.heading, Heading::Wanted);
        read(self);
        match std::mem::replace(&mut self.heading, outer) {
            Heading::Found(heading) => Some(heading),
            _ => None,
        }
    }

    /// Reads the nodes inside a node as one line, and the blocks that do not fit into it.
    pub(super) fn line(&mut self, node: &Value<'_>) -> (Inlines, Vec<Block>) {
        let mut flow = Flow::default();
        self.children(node, &mut flow);
        flow.into_line()
    }

    /// Reads a caption: HTML, nodes, or a tree of its own.
    pub(super) fn caption(&mut self, node: &Value<'_>) -> Inlines {
        match attribute(node, &["caption"]) {
            Some(Value::String(html)) => self.context.inlines(html),
            Some(Value::Array(nodes)) => {
                let mut flow = Flow::default();
                self.nodes(nodes, &mut flow);
                flow.into_line().0
            }
            Some(tree) => {
                let blocks = rich_text(tree, self.context).unwrap_or_else(|| rescue::words(tree, self.context));
                Flow { blocks, ..Flow::default() }.into_line().0
            }
            None => Inlines::new(),
        }
    }

    /// The caption of a node that stands for something else than what is inside it: its own, else that. What does
    /// not fit into it are the blocks.
    fn caption_inside(&mut self, node: &Value<'_>) -> (Inlines, Vec<Block>) {
        let caption = self.caption(node);
        let (line, mut rest) = self.line(node);
        if caption.is_empty() {
            return (line, rest);
        }
        if !line.is_empty() {
            rest.insert(0, Block::paragraph(line));
        }
        (caption, rest)
    }

    /// Whether blocks may not nest any deeper here.
    pub(super) fn is_deep(&self) -> bool {
        self.context.level > MAX_LEVEL
    }

    /// Where the link around the current place leads.
    fn link(&mut self) -> String {
        let url = |mark: &Inline| if let Inline::Link(link) = mark { Some(link.url.clone()) } else { None };
        let is_affordable = self.context.afford_marks(&self.marks);
        self.marks.iter().find_map(url).filter(|_| is_affordable).unwrap_or_default()
    }

    /// Adds text with the marks around the current place.
    pub(super) fn text(&mut self, text: &str, flow: &mut Flow) {
        let marks = if self.context.afford_marks(&self.marks) { self.marks.as_slice() } else { &[] };
        push_text(&mut flow.runs, text, marks, self.dialect.lines);
    }

    /// Adds an inline with the marks around the current place.
    pub(super) fn inline(&mut self, inline: Inline, flow: &mut Flow) {
        let marks = if self.context.afford_marks(&self.marks) { self.marks.as_slice() } else { &[] };
        flow.runs.push(Run::new(inline, marks));
    }

    /// Reads what is inside a node with a mark on it.
    pub(super) fn marked(&mut self, mark: Option<Inline>, node: &Value<'_>, flow: &mut Flow) {
        let count = self.marks.len();
        self.marks.extend(mark);
        self.children(node, flow);
        self.marks.truncate(count);
    }

    fn node(&mut self, node: &Value<'_>, flow: &mut Flow) {
        match node {
            Value::String(text) => return self.text(text, flow),
            Value::Array(nodes) => return self.nodes(nodes, flow),
            Value::Object(_) => {}
            _ => return,
        }
        let name = name_of(node);
        let count = self.marks.len();
        self.push_marks(node);
        self.marks.truncate(MOST_MARKS.max(count));
        if !(self.dialect.own)(self, node, name, flow) {
            match role_of(name) {
                Some(role) if role.is_inline() => self.inline_node(role, node, flow),
                Some(role) => block::read(self, role, node, name, flow),
                // Nodes that are marks.
                None if children_of(node).is_some() && marks::named(name).is_some() => {
                    self.marked(marks::named(name), node, flow);
                }
                None => self.unknown(name, node, flow),
            }
        }
        self.marks.truncate(count);
    }

    fn unknown(&mut self, name: &str, node: &Value<'_>, flow: &mut Flow) {
        if let Some(text) = leaf(node) {
            return self.text(text, flow);
        }
        if name.is_empty() {
            return block::group(self, node, flow);
        }
        rescue::warn(name, self.context);
        let attributes = ["attrs", "data", "fields"].iter().filter_map(|place| node.get(place));
        if children_of(node).is_some() {
            for place in attributes {
                let words = rescue::words(place, self.context);
                if !words.is_empty() {
                    flow.flush();
                    flow.blocks.extend(words.0);
                }
            }
            return self.children(node, flow);
        }
        let mut words = rescue::words(node, self.context);
        match words.as_mut_slice() {
            // Within a sentence.
            [Block { kind: Kind::Paragraph(paragraph), .. }] if !flow.runs.is_empty() => {
                let inlines = std::mem::take(&mut paragraph.children);
                inlines.0.into_iter().for_each(|inline| self.inline(inline, flow));
            }
            _ => {
                flow.flush();
                flow.blocks.extend(words.0);
            }
        }
    }

    fn inline_node(&mut self, role: Role, node: &Value<'_>, flow: &mut Flow) {
        match role {
            Role::Tab => self.text("\t", flow),
            Role::Break => self.inline(Inline::Break(Empty), flow),
            Role::Link => {
                let (url, title) = (link_url(node), words(node, &["title"]).to_owned());
                self.marked(marks::link(&url, &title), node, flow);
            }
            Role::InlineCard => {
                let url = words(node, &["url", "href"]);
                self.marks.extend(marks::link(url, ""));
                self.text(url, flow);
            }
            Role::Mention => {
                let name = words(node, &["text", "label", "name", "value", "username", "character", "id"]);
                let url = words(node, &["href", "url", "link"]).to_owned();
                let mention = Mention { name: name.to_owned(), url, ..Mention::default() };
                self.inline(Inline::Mention(mention), flow);
            }
            Role::Emoji => {
                let letter = words(node, &["text", "emoji", "native", "code", "shortName", "name"]);
                self.text(letter, flow);
            }
            Role::Date => self.date(node, flow),
            Role::InlineMath => self.inline(formula(node), flow),
            Role::NoteReference => {
                let identifier = block::identifier(node);
                self.inline(
                    Inline::FootnoteReference(FootnoteReference { identifier, ..FootnoteReference::default() }),
                    flow,
                );
            }
            Role::Label => {
                let text = words(node, &["text", "label"]);
                self.text(text, flow);
            }
            _ => match leaf(node) {
                Some(text) => self.text(text, flow),
                None if words(node, &["text"]).is_empty() => self.children(node, flow),
                None => self.text(words(node, &["text"]), flow),
            },
        }
    }

    fn date(&mut self, node: &Value<'_>, flow: &mut Flow) {
        let written = words(node, &["timestamp", "date", "value"]);
        let mut date: Option<Date> = json::decimal(written).and_then(Date::from_epoch).or_else(|| written.parse().ok());
        if let Some(date) = &mut date {
            date.time = None;
        }
        let shown = date.map_or_else(|| written.to_owned(), |date| date.to_string());
        let children = Inlines::from(shown.as_str());
        self.inline(Inline::Time(TimeSpan { children, datetime: date }), flow);
    }

    /// A picture: in the line where it is low, else a block that carries the link around it.
    pub(super) fn image(&mut self, node: &Value<'_>, flow: &mut Flow) {
        let mut image = medium(node);
        let (caption, rest) = self.caption_inside(node);
        image.caption = caption;
        flow.blocks.extend(rest);
        if image.url.is_empty() {
            self.context.warnings.warn("a picture without address; shown as text");
            let words = if image.alt.is_empty() { image.title } else { image.alt };
            self.text(words, flow);
            let caption = image.caption.0;
            return caption.into_iter().for_each(|inline| self.inline(inline, flow));
        }
        if image.height.is_some_and(|height| height <= LINE_HEIGHT) && image.caption.is_empty() {
            let (url, alt, title) = (image.url.to_owned(), image.alt.to_owned(), image.title.to_owned());
            let inline = InlineImage { url, alt, title, width: image.width, height: image.height };
            return self.inline(Inline::Image(inline), flow);
        }
        let link = self.link();
        if image.link.is_empty() {
            image.link = &link;
        }
        image.block(Role::Image).into_iter().for_each(|kind| flow.block_beside(kind));
    }

    /// Puts the marks that a node carries around the current place.
    fn push_marks(&mut self, node: &Value<'_>) {
        if let Some(Value::Array(marks)) = node.get("marks") {
            self.marks.extend(marks.iter().filter_map(mark));
        }
        if name_of(node).is_empty() || leaf(node).is_some() {
            if let Some(bits) = node.get("format").and_then(Value::as_u64) {
                self.marks
                    .extend(BITS.iter().filter(|(bit, _)| bits & bit != 0).filter_map(|(_, name)| marks::named(name)));
            }
            let set = |(_, value): &(&str, &Value<'_>)| **value == Value::Bool(true);
            let flags = node.as_object().into_iter().flat_map(Object::iter).filter(set);
            self.marks.extend(flags.filter_map(|(name, _)| marks::named(name)));
        }
    }
}

/// The bits of a text's format in Lexical.
const BITS: &[(u64, &str)] = &[
    (1, "bold"),
    (2, "italic"),
    (4, "strike"),
    (8, "underline"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "highlight"),
];

/// The mark that an entry of `marks` is: a name, or an object with one.
fn mark(mark: &Value<'_>) -> Option<Inline> {
    let name = mark.as_str().unwrap_or_else(|| name_of(mark));
    match marks::key(name).as_str() {
        "link" => marks::link(&link_url(mark), words(mark, &["title"])),
        "subsup" => marks::named(words(mark, &["type"])),
        "anchor" => {
            let id = words(mark, &["id"]).to_owned();
            (!id.is_empty()).then(|| Inline::Span(Span { id, ..Span::default() }))
        }
        _ => marks::named(name),
    }
}

/// Where a link leads: its address, or the story that it names.
fn link_url(node: &Value<'_>) -> String {
    let url = words(node, &["href", "url", "uri", "link", "cached_url"]);
    let anchor = words(node, &["anchor"]);
    match words(node, &["linktype"]) {
        "email" if !url.starts_with("mailto:") => ["mailto:", url].concat(),
        _ if !anchor.is_empty() && !url.contains('#') => [url, "#", anchor].concat(),
        _ => url.to_owned(),
    }
}

/// A formula in a line.
fn formula(node: &Value<'_>) -> Inline {
    Inline::Math(InlineMath { value: tex(node).to_owned(), ..InlineMath::default() })
}

/// The source of a formula.
fn tex<'v>(node: &'v Value<'v>) -> &'v str {
    words(node, &["latex", "equation", "formula", "tex", "texExpression", "text", "value", "expression"])
}

/// A node of formulas, which is text-level where it says so.
fn is_inline_formula(node: &Value<'_>) -> bool {
    flag(node, &["inline"]) == Some(true)
}

/// Whether blocks are lists and nothing else.
fn are_lists(blocks: &Blocks) -> bool {
    !blocks.is_empty() && blocks.iter().all(|block| matches!(block.kind, Kind::List(_)))
}
