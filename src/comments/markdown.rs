//! The Markdown that comments are written in -> blocks. A subset: paragraphs whose line breaks stay, block quotes,
//! lists, fenced code, emphasis, strong, strike-through, code, links, and bare addresses as links. Anything else,
//! HTML above all, is shown as it was typed.
//!
//! Where it differs from CommonMark: a line break is a line break; a quotation or list ends with the line that is
//! not marked as part of it. Time is linear in the length of the text, and nesting is bounded.

mod inline;

use crate::article::{Block, Blocks, Code, Kind, List, ListItem, Quote};

/// Quotations and lists nest so deep; further in, their marks are text.
const DEEPEST: u8 = 6;

/// Reads a comment.
pub fn blocks(source: &str) -> Blocks {
    let lines: Vec<&str> = source.lines().collect();
    read(&lines, DEEPEST)
}

fn read(lines: &[&str], depth: u8) -> Blocks {
    let mut blocks = Blocks::default();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let line = lines[next];
        let rest = &lines[next..];
        let (block, length) = if line.trim().is_empty() {
            (None, 1)
        } else if let Some(fence) = Fence::open(line) {
            let (code, length) = fence.read(rest);
            (Some(code), length)
        } else if depth > 0 && quoted(line).is_some() {
            let inside: Vec<&str> = rest.iter().map_while(|line| quoted(line)).collect();
            let quote = Quote { children: read(&inside, depth - 1), ..Quote::default() };
            (Some(Block::new(Kind::Blockquote(quote))), inside.len())
        } else if let Some(marker) =
            Marker::of(line).filter(|marker| depth > 0 && (paragraph.is_empty() || marker.may_interrupt()))
        {
            let (list, length) = read_list(rest, marker, depth - 1);
            (Some(list), length)
        } else {
            paragraph.push(line.trim());
            next += 1;
            continue;
        };
        flush(&mut paragraph, &mut blocks);
        blocks.extend(block);
        next += length;
    }
    flush(&mut paragraph, &mut blocks);
    blocks
}

fn flush(paragraph: &mut Vec<&str>, blocks: &mut Blocks) {
    if !paragraph.is_empty() {
        blocks.push(Block::paragraph(inline::inlines(&paragraph.join("\n"))));
        paragraph.clear();
    }
}

/// The line inside a quotation, if it is marked as part of one.
fn quoted(line: &str) -> Option<&str> {
    let inside = line.trim_start_matches(' ').strip_prefix('>')?;
    Some(inside.strip_prefix(' ').unwrap_or(inside))
}

/// The opening line of a block of code.
struct Fence<'a> {
    letter: char,
    length: usize,
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Self> {
        let line = line.trim();
        let letter = line.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
        let info = line.trim_start_matches(letter);
        let length = line.len() - info.len();
        (length >= 3 && !info.contains('`')).then_some(Self { letter, length, info: info.trim() })
    }

    /// The code up to the closing fence, or to the end where there is none; and how many lines that takes.
    fn read(&self, lines: &[&str]) -> (Block, usize) {
        let is_close = |line: &&str| {
            let line = line.trim();
            line.len() >= self.length && line.chars().all(|letter| letter == self.letter)
        };
        let inside = lines[1..].iter().position(is_close).unwrap_or(lines.len() - 1);
        let lang = self.info.split_whitespace().next().unwrap_or_default().to_owned();
        let code = Code { value: lines[1..=inside].join("\n"), lang, ..Code::default() };
        (Block::new(Kind::Code(code)), (inside + 2).min(lines.len()))
    }
}

/// The marker of a list item.
#[derive(Clone, Copy, PartialEq)]
struct Marker {
    /// The number of an ordered item.
    number: Option<u32>,
    /// Bytes from the start of the line to the item's text.
    width: usize,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let after = text.get(digits..)?;
        let (number, marks) = match digits {
            0 => (None, ['-', '*', '+'].as_slice()),
            1..=9 => (Some(text[..digits].parse().ok()?), ['.', ')'].as_slice()),
            _ => return None,
        };
        let after = after.strip_prefix(marks)?;
        let is_marker = after.starts_with(' ') && !after.trim().is_empty();
        is_marker.then_some(Self { number, width: indent + digits + 2 })
    }

    /// A sentence may go on with "1987. " at the start of a line.
    fn may_interrupt(self) -> bool {
        matches!(self.number, None | Some(1))
    }
}

/// Reads the items that follow each other, each with the lines indented under it; and how many lines that takes.
fn read_list(lines: &[&str], first: Marker, depth: u8) -> (Block, usize) {
    let is_ordered = first.number.is_some();
    let mut list = List { ordered: is_ordered, start: first.number.filter(|start| *start != 1), ..List::default() };
    let base = first.width;
    let mut next = 0;
    while let Some(marker) = lines.get(next).and_then(|line| Marker::of(line)) {
        if marker.number.is_some() != is_ordered || marker.width > base + 1 {
            break;
        }
        let mut inside = vec![&lines[next][marker.width..]];
        next += 1;
        while let Some(line) = lines.get(next) {
            if line.trim().is_empty() {
                inside.push("");
            } else if let Some(indented) = indented(line, marker.width) {
                inside.push(indented);
            } else {
                break;
            }
            next += 1;
        }
        let blank = inside.iter().rev().take_while(|line| line.is_empty()).count();
        let goes_on = lines.get(next).and_then(|line| Marker::of(line)).is_some();
        list.spread |= (blank > 0 && goes_on) || inside[..inside.len() - blank].contains(&"");
        list.children.push(ListItem { children: read(&inside, depth), ..ListItem::default() });
    }
    (Block::new(Kind::List(list)), next)
}

/// The line without the indentation of the item it belongs to; two spaces are enough.
fn indented(line: &str, width: usize) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let is_inside = indent >= 2 || line.starts_with('\t');
    is_inside.then(|| &line[indent.min(width)..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Inline, Inlines};

    /// The blocks in a short notation: `p(…)`, `quote(…)`, `ul(…)`, `code:lang(…)`.
    fn notation(blocks: &Blocks) -> String {
        let block = |block: &Block| match &block.kind {
            Kind::Paragraph(paragraph) => format!("p({})", inline_notation(&paragraph.children)),
            Kind::Blockquote(quote) => format!("quote({})", notation(&quote.children)),
            Kind::Code(code) => format!("code:{}({})", code.lang, code.value),
            Kind::List(list) => {
                let items: Vec<String> = list.children.iter().map(|item| notation(&item.children)).collect();
                let name = if list.ordered { "ol" } else { "ul" };
                let start = list.start.map(|start| start.to_string()).unwrap_or_default();
                let spread = if list.spread { "+" } else { "" };
                format!("{name}{start}{spread}({})", items.join("; "))
            }
            other => panic!("unexpected {}", other.tag()),
        };
        blocks.iter().map(block).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn inline_notation(inlines: &Inlines) -> String {
        let inline = |inline: &Inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Emphasis(inside) => format!("<em>{}</em>", inline_notation(inside)),
            Inline::Strong(inside) => format!("<b>{}</b>", inline_notation(inside)),
            Inline::Delete(inside) => format!("<s>{}</s>", inline_notation(inside)),
            Inline::InlineCode(code) => format!("<code>{code}</code>"),
            Inline::Break(_) => "<br>".to_owned(),
            Inline::Link(link) => format!("<a {}>{}</a>", link.url, inline_notation(&link.children)),
            other => panic!("unexpected {}", other.tag()),
        };
        inlines.iter().map(inline).collect()
    }

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(notation(&blocks(source)), expected);
    }

    #[test]
    fn blank_lines_part_paragraphs_and_line_breaks_stay() {
        check("one\ntwo  \n\n\nthree\r\n", "p(one<br>two) p(three)");
        check(" \n\n", "");
    }

    #[test]
    fn html_is_text() {
        check("<b>x</b> <script>y()</script> &amp;", "p(<b>x</b> <script>y()</script> &amp;)");
    }

    #[test]
    fn quotations_nest_and_end_with_their_mark() {
        check("> one\n>> two\n>\n> three\nanswer", "quote(p(one) quote(p(two)) p(three)) p(answer)");
    }

    #[test]
    fn code_is_kept_letter_for_letter() {
        check("```rust\n  let a = *b*;\n\n> x\n```\nafter", "code:rust(  let a = *b*;\n\n> x) p(after)");
        check("~~~\nunclosed", "code:(unclosed)");
        check("```", "code:()");
        check("```a``` is code", "p(<code>a</code> is code)");
    }

    #[test]
    fn lists_take_what_is_indented_under_their_items() {
        check(
            "- one\n- two\n  more\n  - inner\n* three\nafter",
            "ul(p(one); p(two<br>more) ul(p(inner)); p(three)) p(after)",
        );
        check("1. one\n\n2. two\n\nafter", "ol+(p(one); p(two)) p(after)");
        check("3) one", "ol3(p(one))");
        check("- one\n1. two", "ul(p(one)) ol(p(two))");
        check("- one\n\n  ```\n  code\n  ```", "ul+(p(one) code:(code))");
    }

    #[test]
    fn numbers_and_dashes_in_sentences_are_no_lists() {
        check("It was in\n1987. A year", "p(It was in<br>1987. A year)");
        check("-1\n--- \n*x*", "p(-1<br>---<br><em>x</em>)");
        check("-", "p(-)");
    }

    #[test]
    fn nesting_is_bounded() {
        for mark in ["> ", "- ", ">", "  - ", "1. "] {
            let deep = mark.repeat(20_000);
            assert!(notation(&blocks(&format!("{deep}x"))).len() < 100_000);
            let stairs: String = (0..200).map(|n| format!("{}{mark}x\n", "  ".repeat(n))).collect();
            blocks(&stairs);
        }
    }

    #[test]
    fn longest_comment_is_read_at_once() {
        for piece in [
            "*a ",
            "*a* ",
            "_a **b ",
            "`a ",
            "[a](b ",
            "[",
            "](",
            "~~a",
            "<http://",
            "http://a.b ",
            "\n> ",
            "\n- a",
            "``` ",
        ] {
            blocks(&piece.repeat(65_525 / piece.len()));
        }
    }
}
