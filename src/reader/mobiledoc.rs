//! Mobiledoc: sections of markers, which open and close markups by number. Since 0.3, cards and atoms stand in lists, too;
//! in 0.2 the markups are in one list with the sections, a card is in its section, and there are no atoms.

use super::marks::{self, Lines, Run, nest, push_text};
use super::tree::{Role, role_of, whole, words};
use super::{Context, koenig, rescue};
use crate::article::json::Empty;
use crate::article::{Block, Blocks, Heading, Inline, Inlines, Kind, List, ListItem, Paragraph, PullQuote, Quote};
use crate::json::Value;

/// More marks around one place than any person sets only cost time.
const MOST_MARKS: usize = 32;

/// A Mobiledoc of either kind.
struct Document<'v> {
    markups: &'v [Value<'v>],
    sections: &'v [Value<'v>],
    /// Where cards and atoms are in lists.
    lists: Option<&'v Value<'v>>,
}

impl<'v> Document<'v> {
    fn of(value: &'v Value<'v>) -> Option<Self> {
        let sections = value.get("sections")?.as_array()?;
        if value.get("markups").is_some_and(Value::is_array) && value.get("cards").is_some_and(Value::is_array) {
            return Some(Self { markups: array(value.get("markups")), sections, lists: Some(value) });
        }
        let [Value::Array(markups), Value::Array(sections)] = sections.as_slice() else { return None };
        let is_old = text(value.get("version")).starts_with("0.2");
        is_old.then_some(Self { markups, sections, lists: None })
    }

    /// The entry of one of the lists that a section or marker names by number.
    fn entry(&self, list: &str, number: Option<&Value<'_>>) -> Option<&'v Value<'v>> {
        self.lists?.get(list)?.item(whole(number?)? as usize)
    }
}

/// Whether a value is a Mobiledoc.
pub(super) fn matches(value: &Value<'_>) -> bool {
    Document::of(value).is_some()
}

/// Reads a Mobiledoc.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    let mut blocks = Blocks::default();
    let Some(document) = Document::of(value) else { return blocks };
    let mut lengths = vec![context.warnings.enter("sections")];
    if document.lists.is_none() {
        lengths.push(context.warnings.enter_index(1));
    }
    for (index, section) in document.sections.iter().enumerate() {
        let length = context.warnings.enter_index(index);
        read_section(&document, section, &mut blocks, context);
        context.warnings.leave(length);
    }
    lengths.into_iter().rev().for_each(|length| context.warnings.leave(length));
    blocks
}

fn array<'v>(value: Option<&'v Value<'v>>) -> &'v [Value<'v>] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'v>(value: Option<&'v Value<'v>>) -> &'v str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn read_section(document: &Document<'_>, section: &Value<'_>, blocks: &mut Blocks, context: &mut Context<'_>) {
    let at = |index: usize| section.item(index);
    match at(0).and_then(whole) {
        Some(1) => markup_section(text(at(1)), line(document, array(at(2)), context), blocks),
        Some(2) => blocks.push(Block::new(Kind::Image(crate::article::Image {
            url: text(at(1)).to_owned(),
            ..crate::article::Image::default()
        }))),
        Some(3) => {
            let items = array(at(2)).iter().map(|item| {
                let children = vec![Block::paragraph(line(document, array(Some(item)), context))].into();
                ListItem { children, ..ListItem::default() }
            });
            let children = items.collect();
            let ordered = text(at(1)).eq_ignore_ascii_case("ol");
            blocks.push(Block::new(Kind::List(List { ordered, children, ..List::default() })));
        }
        Some(10) => {
            let card = document.entry("cards", at(1)).filter(|card| context.afford(card));
            let (name, payload) = match document.lists {
                Some(_) => (card.and_then(|card| card.item(0)), card.and_then(|card| card.item(1))),
                None => (at(1), at(2)),
            };
            let name = text(name);
            match (koenig::read(name, payload.unwrap_or(&Value::Null), context), payload) {
                (Some(card), _) => blocks.extend(card),
                (None, Some(payload)) => blocks.extend(rescue::unknown(name, payload, context).0),
                (None, None) => context.warnings.warn("a card that is not in the file; left out"),
            }
        }
        _ => blocks.extend(rescue::unknown("section", section, context).0),
    }
}

fn markup_section(tag: &str, children: Inlines, blocks: &mut Blocks) {
    if children.is_empty() {
        return;
    }
    let kind = match role_of(tag) {
        Some(Role::Heading(depth @ 1..)) => Kind::Heading(Heading { depth: Some(depth.into()), children }),
        Some(Role::Quote) => {
            Kind::Blockquote(Quote { children: vec![Block::paragraph(children)].into(), ..Quote::default() })
        }
        Some(Role::PullQuote) => Kind::PullQuote(PullQuote { children, ..PullQuote::default() }),
        _ => Kind::Paragraph(Paragraph { children, align: None }),
    };
    blocks.push(Block::new(kind));
}

/// Reads markers: each opens markups, has a text or an atom, and closes so many of those that are open.
fn line(document: &Document<'_>, markers: &[Value<'_>], context: &mut Context<'_>) -> Inlines {
    let mut runs = Vec::new();
    let mut open: Vec<Option<Inline>> = Vec::new();
    for marker in markers {
        // Where there are no atoms, it does not say which it has.
        let (kind, first) = if document.lists.is_some() { (marker.item(0).and_then(whole), 1) } else { (None, 0) };
        let at = |index: usize| marker.item(first + index);
        for number in array(at(0)).iter().take(MOST_MARKS.saturating_sub(open.len())) {
            open.push(whole(number).and_then(|number| document.markups.get(number as usize)).and_then(mark));
        }
        let mut marks: Vec<Inline> = open.iter().flatten().cloned().collect();
        if !context.afford_marks(&marks) {
            marks.clear();
        }
        match kind {
            Some(1) => {
                let named = document.entry("atoms", at(2)).filter(|atom| context.afford(atom));
                atom(named, &marks, &mut runs, context);
            }
            _ => push_text(&mut runs, text(at(2)), &marks, Lines::Flow),
        }
        let closed = at(1).and_then(whole).unwrap_or(0) as usize;
        open.truncate(open.len().saturating_sub(closed));
    }
    nest(runs)
}

fn mark(markup: &Value<'_>) -> Option<Inline> {
    let name = text(markup.item(0));
    if !name.eq_ignore_ascii_case("a") {
        return marks::named(name);
    }
    // Attributes are names and values in turn.
    let attributes = array(markup.item(1));
    let href = attributes.iter().position(|name| name == "href")?;
    marks::link(text(attributes.get(href + 1)), "")
}

fn atom(atom: Option<&Value<'_>>, marks: &[Inline], runs: &mut Vec<Run>, context: &mut Context<'_>) {
    let at = |index: usize| atom.and_then(|atom| atom.item(index));
    match text(at(0)) {
        "soft-return" => runs.push(Run::new(Inline::Break(Empty), marks)),
        name => {
            let shown = text(at(1));
            let shown =
                if shown.is_empty() { at(2).map_or("", |payload| words(payload, &["text", "name"])) } else { shown };
            if shown.is_empty() {
                rescue::warn(name, context);
            }
            push_text(runs, shown, marks, Lines::Flow);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, rich_text};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(sections: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        let document = json!({
            "version": "0.3.1",
            "atoms": [["soft-return", "", {}], ["mention", "@ann", {"id": 1}]],
            "cards": [["image", {"src": "a.png", "caption": "C"}], ["markdown", {"markdown": "one\n\ntwo"}], ["poll", {"question": "Which?"}]],
            "markups": [["strong"], ["em"], ["a", ["rel", "nofollow", "href", "/x"]]],
            "sections": sections,
        });
        rich_text::check(Format::Mobiledoc, &document, expect, warnings);
    }

    #[test]
    fn markups_open_and_close_by_number() {
        check(
            &json!([
                [1, "h2", [[0, [], 0, "T"]]],
                [
                    1,
                    "p",
                    [
                        [0, [0, 1], 1, "a"],
                        [0, [], 1, "b"],
                        [1, [], 0, 0],
                        [0, [2], 1, "c"],
                        [1, [], 0, 1],
                        [0, [9], 9, "d"]
                    ]
                ],
                [1, "blockquote", [[0, [], 0, "q"]]],
                [1, "aside", [[0, [], 0, "s"]]],
                [2, "b.png"],
                [3, "ol", [[[0, [], 0, "e"]], [[0, [0], 1, "f"]]]],
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [
                    {"type": "strong", "children": [{"type": "emphasis", "children": "a"}, "b"]},
                    {"type": "break"},
                    {"type": "link", "url": "/x", "children": "c"},
                    "@annd",
                ]},
                {"type": "blockquote", "children": [{"type": "paragraph", "children": "q"}]},
                {"type": "pullquote", "children": "s"},
                {"type": "image", "url": "b.png"},
                {"type": "list", "ordered": true, "children": [
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "e"}]},
                    {"type": "listItem", "children": [{"type": "paragraph", "children": [{"type": "strong", "children": "f"}]}]},
                ]},
            ]),
            &[],
        );
    }

    #[test]
    fn cards_are_looked_up() {
        check(
            &json!([[10, 0], [10, 1], [10, 2], [10, 7], ["odd", "words here"]]),
            &json!([
                {"type": "figure", "children": [{"type": "image", "url": "a.png"}], "caption": "C"},
                {"type": "paragraph", "children": "one"},
                {"type": "paragraph", "children": "two"},
                {"type": "paragraph", "children": "Which?"},
                {"type": "paragraph", "children": "words here"},
            ]),
            &[
                "/sections/2: unknown block `poll`; shown as text",
                "/sections/3: a card that is not in the file; left out",
                "/sections/4: unknown block `section`; shown as text",
            ],
        );
    }

    #[test]
    fn before_version_0_3_markups_and_cards_are_among_the_sections() {
        let document =
            |sections: Value<'_>| json!({"version": "0.2.0", "sections": [[["B"], ["A", ["href", "/x"]]], sections]});
        rich_text::check(
            Format::Mobiledoc,
            &document(json!([
                [1, "H2", [[[], 0, "T"]]],
                [1, "P", [[[0], 0, "a"], [[1], 2, "b"], [[], 0, "c"], [[7], 1, "d"]]],
                [2, "b.png"],
                [3, "OL", [[[[], 0, "e"]]]],
                [10, "image", {"src": "a.png"}],
                [10, "poll", {"question": "Which?"}],
                [10, "gone"],
            ])),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [
                    {"type": "strong", "children": ["a", {"type": "link", "url": "/x", "children": "b"}]}, "cd",
                ]},
                {"type": "image", "url": "b.png"},
                {"type": "list", "ordered": true, "children": [
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "e"}]},
                ]},
                {"type": "image", "url": "a.png"},
                {"type": "paragraph", "children": "Which?"},
            ]),
            &[
                "/sections/1/5: unknown block `poll`; shown as text",
                "/sections/1/6: a card that is not in the file; left out",
            ],
        );
        for other in [
            json!({"version": "0.2.0", "sections": [[]]}),
            json!({"version": "1.0", "sections": [[], []]}),
            json!({"version": "0.2.0", "sections": [[], {}]}),
        ] {
            assert!(!matches(&other), "{other}");
        }
    }
}
