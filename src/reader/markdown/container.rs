//! Containers between lines of colons: `:::note Title` of Docusaurus and VitePress, `::: {.callout-note}` of Pandoc,
//! `:::{note} Title` of MyST. The parser does not know them, so their lines become comments of HTML before it reads:
//! these end what stands before them, and belong to the list or quotation that the line belongs to. Where such a
//! comment turns out to be code or text, it is the line again.

use std::borrow::Cow;

use crate::article::{Admonition, AdmonitionKind, Block, Blocks, Details, Inline, Inlines, Kind};
use crate::letter::lower_case;

/// How comments begin and end that stand for lines.
const BEGIN: &str = "<!--\u{E000}";
const END: &str = "-->";

/// So many containers without an end may stand in one that has one.
const MOST_INSIDE: usize = 32;

/// A text whose lines of colons are comments.
pub(super) struct Marked {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
}

/// A line that begins or ends a container.
pub(super) struct Line {
    source: String,
    pub(super) part: Part,
}

/// What a line does.
pub(super) enum Part {
    /// It begins a container.
    Open,
    /// It ends the one that began at the line with this number.
    Close(usize),
}

/// What the line that begins a container says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Container {
    name: String,
    /// Its title, in Markdown.
    pub(super) title: String,
    is_callout: bool,
    is_closed: bool,
}

/// Makes comments of the lines around containers; `None` where there are none.
pub(super) fn mark(text: &str) -> Option<Marked> {
    if !text.contains(":::") {
        return None;
    }
    let pairs = pairs(text);
    let mut marked = Marked { text: String::with_capacity(text.len()), lines: Vec::new() };
    let mut at = 0;
    // The numbers and the indents of the containers that are open.
    let mut open: Vec<(usize, &str)> = Vec::new();
    let (mut begins, mut ends): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
    begins.sort_unstable();
    ends.sort_unstable();
    for line in text.split_inclusive('\n') {
        let (before, rest) = split_indent(line);
        let is_begin = begins.binary_search(&at).is_ok();
        at += line.len();
        if !is_begin && ends.binary_search(&(at - line.len())).is_err() {
            marked.text.push_str(line);
            continue;
        }
        let number = marked.lines.len();
        let (part, before) = if is_begin {
            open.push((number, before));
            (Part::Open, before)
        } else {
            let (begin, indent) = open.pop().unwrap_or_default();
            // Less or more space would take it out of the list that its container is in.
            (Part::Close(begin), if before.contains('>') { before } else { indent })
        };
        marked.text.push_str(&format!("{before}{BEGIN}{number}{END}\n"));
        marked.lines.push(Line { source: rest.trim_end().to_owned(), part });
    }
    (!marked.lines.is_empty()).then_some(marked)
}

/// Where the lines begin that begin a container, and those that end it.
fn pairs(text: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut fence = "";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let rest = split_indent(line).1.trim_end();
        if !fence.is_empty() {
            if rest.starts_with(fence) && rest.trim_start_matches(&fence[..1]).is_empty() {
                fence = "";
            }
            continue;
        }
        fence = fence_of(rest);
        let colons = rest.len() - rest.trim_start_matches(':').len();
        if colons < 3 {
            continue;
        }
        if Container::of(rest).is_some() {
            open.push((start, colons));
        } else if colons == rest.len() && !open.is_empty() {
            // As many colons belong together; what was not ended in between is no container.
            let mut near = open.iter().enumerate().rev().take(MOST_INSIDE);
            let place = near.find(|(_, (_, others))| *others == colons).map_or(open.len() - 1, |it| it.0);
            pairs.push((open[place].0, start));
            open.truncate(place);
        }
    }
    pairs
}

/// The fence of code that a line begins with, in a list or not.
fn fence_of(line: &str) -> &str {
    let is_marker = |letter: char| letter.is_ascii_digit() || " \t-*+.)".contains(letter);
    let line = line.trim_start_matches(is_marker);
    let length = |mark: char| line.len() - line.trim_start_matches(mark).len();
    let length = length('`').max(length('~'));
    let is_code_in_line = line.starts_with('`') && line[length..].contains('`');
    if length < 3 || is_code_in_line { "" } else { &line[..length] }
}

/// Splits a line after its indent and the signs of quotations.
fn split_indent(line: &str) -> (&str, &str) {
    line.split_at(line.len() - line.trim_start_matches([' ', '\t', '>']).len())
}

/// The number of the line that HTML stands for.
pub(super) fn number(html: &str) -> Option<usize> {
    html.trim().strip_prefix(BEGIN)?.strip_suffix(END)?.parse().ok()
}

/// A text with the lines in it that comments stand for.
pub(super) fn restore<'t>(text: &'t str, lines: &[Line]) -> Cow<'t, str> {
    if !text.contains(BEGIN) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(BEGIN) {
        let (before, comment) = rest.split_at(start);
        out.push_str(before);
        let end = comment.find(END).map_or(comment.len(), |end| end + END.len());
        let line = number(&comment[..end]).and_then(|number| lines.get(number));
        out.push_str(line.map_or(&comment[..end], |line| &line.source));
        rest = &comment[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

impl Line {
    /// What the line says, if it begins a container.
    pub(super) fn container(&self) -> Container {
        Container::of(&self.source).unwrap_or_default()
    }
}

impl Container {
    /// Reads a line that begins a container; `None` for any other.
    fn of(line: &str) -> Option<Self> {
        // Pandoc allows colons at the end, too.
        let info = line.trim_start_matches(':').trim_end_matches([':', ' ']).trim();
        let (names, title, attributes) = if let Some(inside) = info.strip_prefix('{') {
            let (attributes, title) = inside.split_once('}')?;
            (attributes, title.trim(), attributes)
        } else {
            let (name, rest) = info.split_at(info.find([' ', '\t', '[', '{']).unwrap_or(info.len()));
            let touches = rest.starts_with('[');
            let (rest, attributes) = split_attributes(rest.trim());
            let bracketed = rest.strip_prefix('[').filter(|_| touches).and_then(|rest| rest.strip_suffix(']'));
            (name, bracketed.unwrap_or(rest), attributes)
        };
        let name = name_of(names);
        let is_word = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        if name.is_empty() || !name.chars().all(is_word) {
            return None;
        }
        let title = if title.is_empty() { value_of(attributes, "title") } else { title };
        let own = name.strip_prefix("callout-");
        Some(Self {
            name: lower_case(own.unwrap_or(name)),
            title: title.to_owned(),
            is_callout: own.is_some(),
            is_closed: value_of(attributes, "collapse") == "true",
        })
    }

    /// What the container is; its content alone where its name is not known.
    pub(super) fn blocks(self, mut title: Inlines, mut children: Blocks) -> Blocks {
        // Quarto takes a heading at the start for the title.
        if self.is_callout
            && title.is_empty()
            && let Some(Block { kind: Kind::Heading(heading), .. }) = children.first_mut()
        {
            title = std::mem::take(&mut heading.children);
            children.remove(0);
        }
        let kind = match self.name.as_str() {
            "details" | "spoiler" | "dropdown" | "toggle" | "collapse" => {
                Kind::Details(Details { summary: title, open: false, children })
            }
            "admonition" => Kind::Admonition(Admonition { title, children, ..Admonition::default() }),
            name => match AdmonitionKind::from_word(name) {
                Some(kind) => Kind::Admonition(Admonition {
                    kind,
                    title,
                    children,
                    collapsible: self.is_closed,
                    ..Admonition::default()
                }),
                None => {
                    if !title.is_empty() {
                        children.insert(0, Block::paragraph(Inlines(vec![Inline::Strong(title)])));
                    }
                    return children;
                }
            },
        };
        Blocks(vec![Block::new(kind)])
    }
}

/// A title, and the attributes in braces after it.
fn split_attributes(rest: &str) -> (&str, &str) {
    let attributes = rest.strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    attributes.map_or((rest, ""), |(title, attributes)| (title.trim_end(), attributes))
}

/// The name among classes: one that is known, else the first. A word with neither a dot nor a sign is a name, too.
fn name_of(names: &str) -> &str {
    let classes = || {
        let words = names.split_whitespace().take_while(|word| !word.contains(['=', '"']));
        words.filter(|word| !word.starts_with('#')).map(|word| word.trim_start_matches('.'))
    };
    let is_known = |class: &&str| AdmonitionKind::from_word(class.trim_start_matches("callout-")).is_some();
    classes().find(is_known).or_else(|| classes().next()).unwrap_or_default()
}

/// The value of an attribute in quotes.
fn value_of<'t>(attributes: &'t str, name: &str) -> &'t str {
    let value = || {
        let rest = attributes.split_once(name)?.1.strip_prefix('=')?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    value().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, name: &str, title: &str) {
        let container = Container::of(line).map(|it| (it.name, it.title)).unwrap_or_default();
        assert_eq!((container.0.as_str(), container.1.as_str()), (name, title), "{line}");
    }

    #[test]
    fn lines_tell_a_name_and_a_title() {
        check(":::note", "note", "");
        check(":::Note A *b* ", "note", "A *b*");
        check(":::tip[A [b](c)]{#d}", "tip", "A [b](c)");
        check("::: details Click me {open}", "details", "Click me");
        check("::: {#a .wide .callout-note title=\"T {\" collapse=\"true\"}", "note", "T {");
        check("::::{warning} T", "warning", "T");
        check("::: Warning ::::::", "warning", "");
        check(":::", "", "");
        check("::: {}", "", "");
        check(":::: *a*", "", "");
    }

    #[test]
    fn lines_come_back_where_they_are_no_containers() {
        let marked = mark("a\n    :::note *T*\n:::\n").expect("a container");
        assert_eq!(restore(&marked.text, &marked.lines), "a\n    :::note *T*\n    :::\n");
        assert!(mark("```\n:::note\n:::\n```\n:::tip\n").is_none());
    }
}
