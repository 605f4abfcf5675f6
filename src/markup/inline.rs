//! Text-level content: marks, links, pictures within a line.

use super::facts::is_block;
use super::loss::Reason;
use super::tree::{NodeId, Tree};
use super::walk::Walk;
use super::{boilerplate, footnote, image, math, whitespace};
use crate::article::json::Empty;
use crate::article::walk;
use crate::article::{
    Abbreviation, Direction, Highlight, Inline, InlineMath, Inlines, Link, Quotation, Ruby, Span, TimeSpan,
};
use crate::letter;

/// A mark, or a few that come together: each an inline without children, the outermost first.
#[derive(Clone)]
pub(super) struct Mark(Vec<Inline>);

/// Which marks are open, so that none is put inside itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    kinds: u32,
    depth: u8,
}

/// Marks nested deeper than this add nothing for people.
const MAX_MARKS: u8 = 24;

impl Mark {
    /// The text with the mark around it; blank text needs none.
    pub(super) fn wrap(&self, inner: Vec<Inline>) -> Vec<Inline> {
        if inner.iter().all(whitespace::is_blank) {
            return inner;
        }
        let mut inner = inner;
        for template in self.0.iter().rev() {
            let mut mark = template.clone();
            if let Some(children) = walk::children(&mut mark) {
                children.0 = inner;
                inner = vec![mark];
            }
        }
        inner
    }

    /// Where the mark links to, if it does.
    pub(super) fn link(&self) -> Option<&str> {
        self.0.iter().find_map(|inline| match inline {
            Inline::Link(link) => Some(link.url.as_str()),
            _ => None,
        })
    }
}

impl Marks {
    /// The kinds of marks around the current place.
    pub(super) fn of(open: &[(Mark, usize)]) -> Self {
        open.iter().fold(Self::default(), |marks, (mark, _)| marks.with(mark))
    }

    fn with(self, mark: &Mark) -> Self {
        let kinds = mark.0.iter().fold(self.kinds, |kinds, inline| kinds | kind_bit(inline));
        Self { kinds, depth: self.depth.saturating_add(mark.0.len() as u8) }
    }

    fn allow(self, inline: &Inline) -> bool {
        self.depth < MAX_MARKS && self.kinds & kind_bit(inline) == 0
    }
}

/// A bit for each kind of mark that must not be inside itself.
fn kind_bit(inline: &Inline) -> u32 {
    match inline {
        Inline::Emphasis(_) => 1,
        Inline::Strong(_) => 1 << 1,
        Inline::Delete(_) => 1 << 2,
        Inline::Insert(_) => 1 << 3,
        Inline::Underline(_) => 1 << 4,
        Inline::SmallCaps(_) => 1 << 5,
        Inline::Small(_) => 1 << 6,
        Inline::Mark(_) => 1 << 7,
        Inline::Link(_) => 1 << 8,
        Inline::Keyboard(_) => 1 << 9,
        Inline::Sample(_) => 1 << 10,
        Inline::Variable(_) => 1 << 11,
        Inline::CiteTitle(_) => 1 << 12,
        Inline::Abbreviation(_) => 1 << 13,
        Inline::Time(_) => 1 << 14,
        _ => 0,
    }
}

/// The content of a node as text-level content.
pub(super) fn of(w: &mut Walk<'_>, node: NodeId) -> Inlines {
    of_inside(w, node, Marks::default())
}

/// The content of a node, where marks are open already.
pub(super) fn of_inside(w: &mut Walk<'_>, node: NodeId, marks: Marks) -> Inlines {
    let mut run = Vec::new();
    push_children(w, node, &mut run, marks);
    tidy(run)
}

/// Brings a run into its final form: spaces collapsed, equal neighbours merged, empty marks gone.
pub(super) fn tidy(run: Vec<Inline>) -> Inlines {
    whitespace::tidy(run)
}

/// Adds text, each run of spaces as one.
pub(super) fn push_text(run: &mut Vec<Inline>, source: &str) {
    if source.is_empty() {
        return;
    }
    if !matches!(run.last(), Some(Inline::Text(_))) {
        run.push(Inline::Text(String::new()));
    }
    let Some(Inline::Text(text)) = run.last_mut() else { return };
    for piece in source.split_inclusive(|letter: char| letter.is_ascii_whitespace()) {
        let word = piece.trim_end_matches(|letter: char| letter.is_ascii_whitespace());
        text.push_str(word);
        if word.len() < piece.len() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

fn push_children(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    let tree = w.tree;
    for &child in tree.children(node) {
        push(w, child, run, marks);
    }
}

/// Adds one node.
pub(super) fn push(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    if w.is_done(node) {
        return;
    }
    if w.tree.text(node).is_some() {
        return push_text(run, w.take(node));
    }
    if let Some(reason) = boilerplate::reason(w, node) {
        return w.drop(node, reason);
    }
    w.note_ids(node);
    if let Some(reference) = footnote::reference(w, node) {
        return run.push(reference);
    }
    if let Some(formula) = math::inline(w, node) {
        return run.push(formula);
    }
    match w.tree.name(node) {
        "br" => run.push(Inline::Break(Empty)),
        "wbr" => run.push(Inline::WordBreak(Empty)),
        "img" => run.extend(image::in_line(w, node)),
        "code" | "tt" => code(w, node, run, marks),
        "ruby" => ruby(w, node, run, marks),
        "sup" => superscript(w, node, run, marks),
        "script" => {
            if let Some(math) = math::script(w, node) {
                run.push(Inline::Math(InlineMath { value: math.value, mathml: math.mathml }));
            }
        }
        "noscript" => w.drop(node, Reason::NoScript),
        "style" | "template" | "head" | "title" => {}
        name if is_block(name) => {
            push_text(run, " ");
            push_children(w, node, run, marks);
            push_text(run, " ");
        }
        _ => marked(w, node, run, marks),
    }
}

#[inline(never)]
fn marked(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    let Some(mark) = mark_of(w, node, marks) else {
        return push_children(w, node, run, marks);
    };
    let mut inner = Vec::new();
    push_children(w, node, &mut inner, marks.with(&mark));
    run.append(&mut mark.wrap(inner));
}

/// The marks that an element stands for, those that are open already excepted.
pub(super) fn mark_of(w: &Walk<'_>, node: NodeId, open: Marks) -> Option<Mark> {
    let tree = w.tree;
    let mut marks = Vec::new();
    match tree.name(node) {
        "b" | "strong" if !has_style(tree, node, "font-weight", &["normal", "400"]) => marks.push(strong()),
        "i" | "em" | "dfn" if !has_style(tree, node, "font-style", &["normal"]) => marks.push(emphasis()),
        "u" => marks.push(underline()),
        "ins" => marks.push(Inline::Insert(Inlines::new())),
        "s" | "strike" | "del" => marks.push(delete()),
        "mark" => marks.push(Inline::Mark(Highlight::default())),
        "kbd" => marks.push(Inline::Keyboard(Inlines::new())),
        "samp" => marks.push(Inline::Sample(Inlines::new())),
        "var" => marks.push(Inline::Variable(Inlines::new())),
        "sub" => marks.push(Inline::Subscript(Inlines::new())),
        "sup" => marks.push(Inline::Superscript(Inlines::new())),
        "small" => marks.push(Inline::Small(Inlines::new())),
        "cite" => marks.push(Inline::CiteTitle(Inlines::new())),
        "q" => {
            let cite = tree.value(node, "cite").to_owned();
            marks.push(Inline::Quote(Quotation { children: Inlines::new(), cite }));
        }
        "abbr" | "acronym" if !tree.value(node, "title").is_empty() => {
            let title = tree.value(node, "title").to_owned();
            marks.push(Inline::Abbreviation(Abbreviation { children: Inlines::new(), title }));
        }
        "time" => {
            if let Ok(datetime) = tree.value(node, "datetime").parse() {
                marks.push(Inline::Time(TimeSpan { children: Inlines::new(), datetime: Some(datetime) }));
            }
        }
        "a" if !tree.value(node, "href").is_empty() => {
            let (url, title) = (tree.value(node, "href").to_owned(), tree.value(node, "title").to_owned());
            marks.push(Inline::Link(Link { url, title, children: Inlines::new() }));
        }
        "span" | "font" => styled(tree, node, &mut marks),
        _ => {}
    }
    if let Some(span) = span_of(w, node) {
        marks.push(span);
    }
    marks.retain(|mark| open.allow(mark));
    if marks.is_empty() { None } else { Some(Mark(marks)) }
}

/// The marks that styles and classes of a span stand for, as pasted from word processors.
fn styled(tree: &Tree, node: NodeId, marks: &mut Vec<Inline>) {
    if tree.has_class(node, "smallcaps") || tree.has_class(node, "small-caps") {
        marks.push(Inline::SmallCaps(Inlines::new()));
    }
    let style = tree.value(node, "style");
    if style.is_empty() {
        return;
    }
    if has_style(tree, node, "font-weight", &["bold", "bolder", "600", "700", "800", "900"]) {
        marks.push(strong());
    }
    if has_style(tree, node, "font-style", &["italic", "oblique"]) {
        marks.push(emphasis());
    }
    for property in ["text-decoration", "text-decoration-line"] {
        // Pasted links are underlined without meaning it.
        let is_link = tree.parent(node).is_some_and(|parent| tree.name(parent) == "a");
        if has_style(tree, node, property, &["underline"]) && !is_link {
            marks.push(underline());
        }
        if has_style(tree, node, property, &["line-through"]) {
            marks.push(delete());
        }
    }
    if has_style(tree, node, "font-variant", &["small-caps"]) {
        marks.push(Inline::SmallCaps(Inlines::new()));
    }
    if has_style(tree, node, "vertical-align", &["super"]) {
        marks.push(Inline::Superscript(Inlines::new()));
    }
    if has_style(tree, node, "vertical-align", &["sub"]) {
        marks.push(Inline::Subscript(Inlines::new()));
    }
}

/// A span for an element with a language or direction of its own.
fn span_of(w: &Walk<'_>, node: NodeId) -> Option<Inline> {
    let tree = w.tree;
    let name = tree.name(node);
    if is_block(name) {
        return None;
    }
    let lang = tree.value(node, "lang");
    let lang = if lang == w.scope.lang { "" } else { lang };
    let mut dir = super::walk::direction(tree.value(node, "dir"));
    if dir.is_some() && dir == w.scope.dir {
        dir = None;
    }
    if name == "bdi" {
        dir = dir.or(Some(Direction::Auto));
    }
    if lang.is_empty() && dir.is_none() {
        return None;
    }
    Some(Inline::Span(Span { lang: lang.to_owned(), dir, ..Span::default() }))
}

/// Whether the element's style gives the property one of the values.
pub(super) fn has_style(tree: &Tree, node: NodeId, property: &str, values: &[&str]) -> bool {
    style(tree, node, property).is_some_and(|value| {
        value.split_ascii_whitespace().any(|word| values.iter().any(|v| word.eq_ignore_ascii_case(v)))
    })
}

/// The value of a property in the element's style.
pub(super) fn style<'a>(tree: &'a Tree, node: NodeId, property: &str) -> Option<&'a str> {
    tree.attribute(node, "style")?.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim().trim_end_matches("!important").trim())
    })
}

fn strong() -> Inline {
    Inline::Strong(Inlines::new())
}

fn emphasis() -> Inline {
    Inline::Emphasis(Inlines::new())
}

fn underline() -> Inline {
    Inline::Underline(Inlines::new())
}

fn delete() -> Inline {
    Inline::Delete(Inlines::new())
}

/// Code in a line; where it holds links, the pieces are.
#[inline(never)]
fn code(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    let tree = w.tree;
    if tree.find_name(node, "a").is_none() {
        let value = w.take_text(node);
        if !value.trim().is_empty() {
            run.push(Inline::InlineCode(value));
        }
        return;
    }
    for &child in tree.children(node) {
        match tree.name(child) {
            "" => run.push(Inline::InlineCode(w.take_text(child))),
            "a" => {
                let mark = mark_of(w, child, marks);
                w.note_ids(child);
                let inner = vec![Inline::InlineCode(w.take_text(child))];
                match mark {
                    Some(mark) => run.append(&mut mark.wrap(inner)),
                    None => run.extend(inner),
                }
            }
            _ => code(w, child, run, marks),
        }
    }
}

#[inline(never)]
fn ruby(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    let tree = w.tree;
    let mut base = Vec::new();
    for &child in tree.children(node) {
        match tree.name(child) {
            "rp" => drop(w.take_text(child)),
            "rt" | "rtc" => {
                let annotation = of_inside(w, child, marks);
                let children = tidy(std::mem::take(&mut base));
                if children.is_empty() {
                    run.append(&mut annotation.0.clone());
                } else {
                    run.push(Inline::Ruby(Ruby { children, annotation }));
                }
            }
            _ => push(w, child, &mut base, marks),
        }
    }
    run.append(&mut base);
}

/// Raised text; references to footnotes are raised by themselves.
#[inline(never)]
fn superscript(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: Marks) {
    let mut inner = Vec::new();
    push_children(w, node, &mut inner, marks);
    let is_reference = |inline: &Inline| matches!(inline, Inline::FootnoteReference(_));
    let is_filler = |inline: &Inline| match inline {
        Inline::Text(text) => !text.chars().any(letter::is_word),
        _ => false,
    };
    if inner.iter().any(is_reference) && inner.iter().all(|inline| is_reference(inline) || is_filler(inline)) {
        return run.extend(inner.into_iter().filter(is_reference));
    }
    run.append(&mut Mark(vec![Inline::Superscript(Inlines::new())]).wrap(inner));
}
