//! Runs of text with marks -> nested text-level content. Editors keep marks beside the text and in no order: here
//! what is marked for longest becomes the outermost.

use std::mem::take;

use crate::article::json::Empty;
use crate::article::{Highlight, Inline, Inlines, Link, walk};

/// More marks on one run than any person sets only cost time.
const MOST_MARKS: usize = 16;

/// A piece of text-level content and the marks on it.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) inline: Inline,
    /// Inlines without children, which stand for the marks.
    marks: Vec<Inline>,
}

impl Run {
    /// An inline that carries `marks`, each of a kind once, in any order.
    pub(super) fn new(inline: Inline, marks: &[Inline]) -> Self {
        let mut run = Self { inline, marks: Vec::new() };
        for mark in marks {
            if matches!(mark, Inline::InlineCode(_)) {
                if let Inline::Text(text) = &mut run.inline {
                    run.inline = Inline::InlineCode(take(text));
                }
            } else if run.has(mark) || run.marks.len() >= MOST_MARKS {
                continue;
            } else if matches!(mark, Inline::Link(_)) {
                // Of marks on the same text, links are the outermost.
                run.marks.insert(0, mark.clone());
            } else {
                run.marks.push(mark.clone());
            }
        }
        run
    }

    /// Whether there is nothing to see.
    pub(super) fn is_blank(&self) -> bool {
        is_blank(&self.inline)
    }

    fn has(&self, mark: &Inline) -> bool {
        self.marks.iter().any(|own| std::mem::discriminant(own) == std::mem::discriminant(mark))
    }
}

/// Adds text; where `lines` are kept, its line ends become breaks.
pub(super) fn push_text(runs: &mut Vec<Run>, text: &str, marks: &[Inline], lines: Lines) {
    if lines == Lines::Flow || !text.contains('\n') {
        if !text.is_empty() {
            runs.push(Run::new(Inline::Text(text.to_owned()), marks));
        }
        return;
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            runs.push(Run::new(Inline::Break(Empty), marks));
        }
        push_text(runs, line.strip_suffix('\r').unwrap_or(line), marks, Lines::Flow);
    }
}

/// What line ends in text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// Space, as in HTML.
    Flow,
    /// Breaks.
    Break,
}

/// What goes at the ends of a paragraph; spaces that do not break are there on purpose.
const SPACE: [char; 3] = [' ', '\n', '\t'];

/// Nests runs, without space and breaks at the start and the end.
pub(super) fn nest(mut runs: Vec<Run>) -> Inlines {
    let is_break = |run: &Run| {
        matches!(&run.inline, Inline::Break(_)) || matches!(&run.inline, Inline::Text(text) if text.trim().is_empty())
    };
    let end = runs.iter().rposition(|run| !is_break(run)).map_or(0, |last| last + 1);
    let start = runs.iter().position(|run| !is_break(run)).unwrap_or(0);
    let mut nested = Inlines(Vec::with_capacity(runs.len()));
    if let Some(runs) = runs.get_mut(start..end) {
        if let Some(Run { inline: Inline::Text(text), .. }) = runs.first_mut() {
            text.drain(..text.len() - text.trim_start_matches(SPACE).len());
        }
        if let Some(Run { inline: Inline::Text(text), .. }) = runs.last_mut() {
            text.truncate(text.trim_end_matches(SPACE).len());
        }
        nest_into(runs, &mut nested);
    }
    nested
}

fn nest_into(runs: &mut [Run], nested: &mut Inlines) {
    let mut start = 0;
    while start < runs.len() {
        let Some(mark) = longest(&runs[start..]) else {
            push(nested, std::mem::replace(&mut runs[start].inline, Inline::Break(Empty)));
            start += 1;
            continue;
        };
        let length = runs[start..].iter().take_while(|run| run.marks.contains(&mark)).count();
        let marked = &mut runs[start..start + length];
        marked.iter_mut().for_each(|run| run.marks.retain(|own| *own != mark));
        let mut inner = Inlines(Vec::with_capacity(length));
        nest_into(marked, &mut inner);
        start += length;
        wrap(mark, inner, nested);
    }
}

/// The mark of the first run that holds for most of those after it.
fn longest(runs: &[Run]) -> Option<Inline> {
    let mut best: Option<(usize, &Inline)> = None;
    for mark in &runs.first()?.marks {
        let length = runs.iter().take_while(|run| run.marks.contains(mark)).count();
        if best.is_none_or(|(most, _)| length > most) {
            best = Some((length, mark));
        }
    }
    best.map(|(_, mark)| mark.clone())
}

/// Puts a mark around text; blank text needs none.
fn wrap(mut mark: Inline, inner: Inlines, nested: &mut Inlines) {
    if inner.iter().all(is_blank) {
        inner.0.into_iter().for_each(|inline| push(nested, inline));
    } else if let Some(children) = walk::children(&mut mark) {
        *children = inner;
        nested.push(mark);
    }
}

fn push(nested: &mut Inlines, inline: Inline) {
    match (nested.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (Some(Inline::InlineCode(before)), Inline::InlineCode(code)) => before.push_str(&code),
        (_, inline) => nested.push(inline),
    }
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break(_) => true,
        _ => false,
    }
}

/// A name without case, hyphens and underscores, as the tables of names have it.
pub(super) fn key(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).take(40);
    // Of its full size at once: this runs for each node.
    let mut key = String::with_capacity(name.len().min(40));
    key.extend(letters);
    key
}

/// The mark that a name stands for in any of the formats.
pub(super) fn named(name: &str) -> Option<Inline> {
    let none = Inlines::new;
    Some(match key(name).as_str() {
        "bold" | "strong" | "b" => Inline::Strong(none()),
        "italic" | "em" | "emphasis" | "emphasized" | "i" => Inline::Emphasis(none()),
        "strike" | "strikethrough" | "strikethru" | "s" | "del" | "delete" | "deletion" => Inline::Delete(none()),
        "underline" | "underlined" | "u" => Inline::Underline(none()),
        "insert" | "ins" | "insertion" => Inline::Insert(none()),
        "code" | "inlinecode" | "monospace" | "tt" => Inline::InlineCode(String::new()),
        "sub" | "subscript" => Inline::Subscript(none()),
        "sup" | "super" | "superscript" => Inline::Superscript(none()),
        "highlight" | "mark" | "highlighted" => Inline::Mark(Highlight::default()),
        "smallcaps" => Inline::SmallCaps(none()),
        "small" => Inline::Small(none()),
        "kbd" | "keyboard" => Inline::Keyboard(none()),
        _ => return None,
    })
}

/// The mark of a link; `None` without an address.
pub(super) fn link(url: &str, title: &str) -> Option<Inline> {
    let url = url.trim();
    (!url.is_empty())
        .then(|| Inline::Link(Link { url: url.to_owned(), title: title.to_owned(), children: Inlines::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::json::Json;
    use crate::json::{Value, json};

    #[track_caller]
    fn check(runs: &[(&str, &[&str])], expect: &Value<'_>) {
        let mut made = Vec::new();
        for (text, names) in runs {
            let marks: Vec<Inline> = names
                .iter()
                .filter_map(|name| if name.starts_with('/') { link(name, "") } else { named(name) })
                .collect();
            push_text(&mut made, text, &marks, Lines::Break);
        }
        assert_eq!(&nest(made).write(), expect);
    }

    #[test]
    fn the_longest_mark_is_the_outermost() {
        check(
            &[("a", &["em", "strong"]), ("b", &["strong"]), ("c", &["em"])],
            &json!([
                {"type": "strong", "children": [{"type": "emphasis", "children": "a"}, "b"]},
                {"type": "emphasis", "children": "c"},
            ]),
        );
        check(
            &[("a", &["b", "/x"]), ("b", &["/x", "code"]), (" ", &["b"])],
            &json!([{"type": "link", "url": "/x", "children": [
                {"type": "strong", "children": "a"}, {"type": "inlineCode", "value": "b"},
            ]}]),
        );
    }

    #[test]
    fn line_ends_are_breaks_but_at_the_ends() {
        check(&[("\na\r\nb\n", &[])], &json!(["a", {"type": "break"}, "b"]));
        check(&[("\n", &["b"])], &json!([]));
    }

    #[test]
    fn code_that_is_split_by_other_marks_joins() {
        check(&[("a", &["code"]), ("b", &["code", "code"])], &json!([{"type": "inlineCode", "value": "ab"}]));
    }
}
