//! Text within a paragraph: emphasis, code and links.
//!
//! One pass from left to right. What may open something waits in a list; what closes it wraps everything since.

use crate::article::json::Empty;
use crate::article::{Inline, Inlines, Link};
use crate::letter;

/// Marks nest so deep; further in they are text.
const DEEPEST: u8 = 16;

/// The longest address of a link.
const LONGEST_ADDRESS: usize = 2000;

/// How many openers that do not fit a closer are passed over.
const LOOK_BACK: usize = 16;

/// Reads the text of a paragraph.
pub(super) fn inlines(text: &str) -> Inlines {
    let mut reader = Reader { text, ..Reader::default() };
    let mut at = 0;
    while at < text.len() {
        at = reader.step(at);
    }
    reader.take_from(0).0
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    /// Places in `pieces` of openers: `*`, `_`, `~~`, `[`.
    openers: [Vec<usize>; 4],
    /// For each length of a run of backticks, the start of the last one.
    last_backticks: Option<Vec<(usize, usize)>>,
}

enum Piece {
    /// Finished content, and how deep it nests.
    Done(Inline, u8),
    /// A run of one letter that may open something.
    Run { letter: char, count: usize, may_close: bool },
}

impl Reader<'_> {
    /// Reads what begins at `at`; says where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let letter = rest.chars().next().unwrap_or_default();
        match letter {
            '\\' => match rest[1..].chars().next() {
                Some(escaped) if escaped.is_ascii_punctuation() => self.push_text(&rest[1..2], at + 2),
                _ => self.push_text("\\", at + 1),
            },
            '\n' => {
                self.pieces.push(Piece::Done(Inline::Break(Empty), 0));
                at + 1
            }
            '`' => self.code(at),
            '<' => match autolink(rest) {
                Some(address) => self.push_link(address, at + address.len() + 2),
                None => self.push_text("<", at + 1),
            },
            '*' | '_' | '~' => self.run(at, letter),
            '[' => {
                self.open(LINK, letter, 1, false);
                at + 1
            }
            ']' => self.close_link(at),
            'h' | 'H' if self.is_word_start(at) => match bare_address(rest) {
                Some(address) => self.push_link(address, at + address.len()),
                None => self.push_text(&rest[..1], at + 1),
            },
            _ => {
                let is_plain =
                    |c: char| !matches!(c, '\\' | '\n' | '`' | '<' | '*' | '_' | '~' | '[' | ']' | 'h' | 'H');
                let end = rest.char_indices().skip(1).find(|(_, c)| !is_plain(*c)).map_or(rest.len(), |(end, _)| end);
                self.push_text(&rest[..end], at + end)
            }
        }
    }

    fn is_word_start(&self, at: usize) -> bool {
        !self.text[..at].ends_with(letter::is_word)
    }

    fn push_text(&mut self, text: &str, next: usize) -> usize {
        push_text(&mut self.pieces, text);
        next
    }

    fn push_link(&mut self, address: &str, next: usize) -> usize {
        let link = Link { url: address.to_owned(), children: address.into(), ..Link::default() };
        self.pieces.push(Piece::Done(Inline::Link(link), 1));
        next
    }

    fn code(&mut self, at: usize) -> usize {
        let length = run_length(&self.text[at..], '`');
        let start = at + length;
        let text = self.text;
        let last = self.last_backticks.get_or_insert_with(|| last_backticks(text));
        if !last.iter().any(|(run, place)| *run == length && *place >= start) {
            return self.push_text(&text[at..start], start);
        }
        let mut end = start;
        loop {
            match text[end..].find('`') {
                None => return self.push_text(&text[at..start], start),
                Some(distance) => end += distance,
            }
            let run = run_length(&text[end..], '`');
            if run == length {
                break;
            }
            end += run;
        }
        let code = text[start..end].replace('\n', " ");
        let is_padded = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
        let code = if is_padded { &code[1..code.len() - 1] } else { &code };
        self.pieces.push(Piece::Done(Inline::InlineCode(code.to_owned()), 0));
        end + length
    }

    /// Reads a run of `*`, `_` or `~`, by the flanking rules of CommonMark.
    fn run(&mut self, at: usize, letter: char) -> usize {
        let length = run_length(&self.text[at..], letter);
        let next = at + length;
        let before = self.text[..at].chars().next_back().unwrap_or('\n');
        let after = self.text[next..].chars().next().unwrap_or('\n');
        let is_mark = |c: char| !letter::is_word(c) && !c.is_whitespace();
        let is_left = !after.is_whitespace() && (!is_mark(after) || !letter::is_word(before));
        let is_right = !before.is_whitespace() && (!is_mark(before) || !letter::is_word(after));
        let (may_open, may_close) = match letter {
            '_' => (is_left && (!is_right || is_mark(before)), is_right && (!is_left || is_mark(after))),
            '~' => (is_left && length == 2, is_right && length == 2),
            _ => (is_left, is_right),
        };
        let kind = if letter == '*' { STAR } else { usize::from(letter == '~') + 1 };
        let mut left = length;
        while may_close && left > 0 {
            let Some(used) = self.close_run(kind, left, length, may_open) else { break };
            left -= used;
        }
        if left > 0 && may_open {
            self.open(kind, letter, left, may_close);
        } else {
            push_text(&mut self.pieces, &self.text[at..at + left]);
        }
        next
    }

    fn open(&mut self, kind: usize, letter: char, count: usize, may_close: bool) {
        self.openers[kind].push(self.pieces.len());
        self.pieces.push(Piece::Run { letter, count, may_close });
    }

    /// Wraps what follows the nearest opener that fits; says how many letters that used.
    fn close_run(&mut self, kind: usize, left: usize, length: usize, may_open: bool) -> Option<usize> {
        let fits = |opener: &&usize| match &self.pieces[**opener] {
            Piece::Run { count, may_close, .. } => {
                let is_both = may_open || *may_close;
                kind == STRIKE || !is_both || !(count + length).is_multiple_of(3) || count.is_multiple_of(3)
            }
            Piece::Done(..) => false,
        };
        let opener = *self.openers[kind].iter().rev().take(LOOK_BACK).find(fits)?;
        let Piece::Run { count, .. } = &self.pieces[opener] else { return None };
        let (count, used) = (*count, if *count >= 2 && left >= 2 { 2 } else { 1 });
        let (inside, depth) = self.take_from(opener + 1);
        if depth >= DEEPEST {
            self.pieces.extend(inside.0.into_iter().map(|inline| Piece::Done(inline, depth)));
            self.openers[kind].retain(|place| *place != opener);
            return None;
        }
        if count == used {
            self.pieces.truncate(opener);
            self.openers[kind].retain(|place| *place < opener);
        } else if let Piece::Run { count, .. } = &mut self.pieces[opener] {
            *count -= used;
        }
        let wrapped = match (kind, used) {
            (STRIKE, _) => Inline::Delete(inside),
            (_, 2) => Inline::Strong(inside),
            _ => Inline::Emphasis(inside),
        };
        self.pieces.push(Piece::Done(wrapped, depth + 1));
        Some(used)
    }

    /// Makes a link of what follows the nearest `[`, where an allowed address follows in brackets.
    fn close_link(&mut self, at: usize) -> usize {
        let Some(&opener) = self.openers[LINK].last() else { return self.push_text("]", at + 1) };
        let target = target(&self.text[at + 1..]).filter(|_| opener + 1 < self.pieces.len());
        let Some((address, length)) = target else {
            self.openers[LINK].pop();
            return self.push_text("]", at + 1);
        };
        let (inside, depth) = self.take_from(opener + 1);
        self.pieces.truncate(opener);
        self.openers[LINK].clear(); // a link holds no link
        let link = Link { url: address.to_owned(), children: without_links(inside), ..Link::default() };
        self.pieces.push(Piece::Done(Inline::Link(link), depth + 1));
        at + 1 + length
    }

    /// Takes out the content from a place on: openers there are text now. Says how deep it nests.
    fn take_from(&mut self, place: usize) -> (Inlines, u8) {
        for openers in &mut self.openers {
            while openers.last().is_some_and(|opener| *opener >= place) {
                openers.pop();
            }
        }
        let mut taken = Vec::new();
        for piece in self.pieces.drain(place..) {
            match piece {
                Piece::Done(Inline::Text(text), _) => push_text(&mut taken, &text),
                Piece::Run { letter, count, .. } => push_text(&mut taken, &letter.to_string().repeat(count)),
                done => taken.push(done),
            }
        }
        let mut deepest = 0;
        let inside = taken.into_iter().filter_map(|piece| match piece {
            Piece::Done(inline, depth) => {
                deepest = deepest.max(depth);
                Some(inline)
            }
            Piece::Run { .. } => None,
        });
        let inside = inside.collect();
        (inside, deepest)
    }
}

const STAR: usize = 0;
const STRIKE: usize = 2;
const LINK: usize = 3;

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Done(Inline::Text(last), _)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Done(Inline::Text(text.to_owned()), 0)),
    }
}

fn run_length(text: &str, letter: char) -> usize {
    text.len() - text.trim_start_matches(letter).len()
}

/// For each length of a run of backticks, the start of the last one.
fn last_backticks(text: &str) -> Vec<(usize, usize)> {
    let mut last: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(distance) = text[at..].find('`') {
        at += distance;
        let length = run_length(&text[at..], '`');
        match last.iter_mut().find(|(run, _)| *run == length) {
            Some((_, place)) => *place = at,
            None => last.push((length, at)),
        }
        at += length;
    }
    last
}

/// The address in `<https://example.org>`.
fn autolink(rest: &str) -> Option<&str> {
    let end = rest.bytes().take(LONGEST_ADDRESS).position(|byte| byte == b'>')?;
    let address = &rest[1..end];
    is_allowed(address).then_some(address)
}

/// The address that `rest` begins with, without the punctuation of the sentence around it.
fn bare_address(rest: &str) -> Option<&str> {
    let is_end = |c: char| c.is_whitespace() || "<>[]\"".contains(c);
    if !rest.get(..4)?.eq_ignore_ascii_case("http") {
        return None;
    }
    let end = rest.char_indices().take(LONGEST_ADDRESS).find(|(_, c)| is_end(*c)).map_or(rest.len(), |(end, _)| end);
    let mut address = &rest[..end];
    loop {
        let shorter = address.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '_', '~']);
        let is_open = shorter.matches('(').count() < shorter.matches(')').count();
        let shorter = shorter.strip_suffix(')').filter(|_| is_open).unwrap_or(shorter);
        if shorter.len() == address.len() {
            break;
        }
        address = shorter;
    }
    let host = address.split_once("://")?.1;
    (host.starts_with(letter::is_word) && is_allowed(address)).then_some(address)
}

/// The address in `(https://example.org "title")`, and how long that is.
fn target(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix('(')?;
    let mut open = 0;
    let end = inside.char_indices().take(LONGEST_ADDRESS).find_map(|(at, c)| {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
        None
    })?;
    let address = inside[..end].trim();
    let address = address.split_once([' ', '\n']).map_or(address, |(address, _)| address);
    let address = address.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(address);
    is_allowed(address).then_some((address, end + 2))
}

/// Links lead to the web and to mailboxes. The writer of HTML checks again.
fn is_allowed(address: &str) -> bool {
    let begins = |scheme: &str| {
        let start = address.get(..scheme.len());
        address.len() > scheme.len() && start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_allowed = begins("https://") || begins("http://") || begins("mailto:");
    is_allowed && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn without_links(inlines: Inlines) -> Inlines {
    let mut flat = Vec::new();
    for inline in inlines.0 {
        match inline {
            Inline::Link(link) => flat.extend(link.children.0),
            Inline::Emphasis(inside) => flat.push(Inline::Emphasis(without_links(inside))),
            Inline::Strong(inside) => flat.push(Inline::Strong(without_links(inside))),
            Inline::Delete(inside) => flat.push(Inline::Delete(without_links(inside))),
            other => flat.push(other),
        }
    }
    flat.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::markdown::tests::inline_notation;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(inline_notation(&inlines(source)), expected);
    }

    #[test]
    fn marks_wrap_what_is_between_them() {
        check("a *b* _c_ **d** __e__ ~~f~~ `g`", "a <em>b</em> <em>c</em> <b>d</b> <b>e</b> <s>f</s> <code>g</code>");
        check("***a** b* **c *d***", "<em><b>a</b> b</em> <b>c <em>d</em></b>");
        check("*a **b** c*", "<em>a <b>b</b> c</em>");
        check("*é*ü", "<em>é</em>ü");
    }

    #[test]
    fn marks_that_wrap_nothing_are_text() {
        for text in
            ["2 * 3 * 4", "snake_case_name", "**", "a*", "*a", "~a~", "~~~a~~~", "a ** b", "*a **b", "`a", "``a`"]
        {
            check(text, text);
        }
    }

    #[test]
    fn code_keeps_marks_and_backslashes() {
        check("``a `*b*` \\`` *c*", "<code>a `*b*` \\</code> <em>c</em>");
        check("` `` `", "<code>``</code>");
    }

    #[test]
    fn backslash_makes_marks_text() {
        check("\\*a\\* \\[b](http://c.d) \\\\ \\é", "*a* [b](<a http://c.d>http://c.d</a>) \\ \\é");
    }

    #[test]
    fn links_have_text_and_address() {
        check("[a *b*](https://c.d/e(f)) x", "<a https://c.d/e(f)>a <em>b</em></a> x");
        check("[a](<https://c.d> \"title\")", "<a https://c.d>a</a>");
        check("[a](mailto:b@c.d)", "<a mailto:b@c.d>a</a>");
        check("[https://a.b](https://c.d)", "<a https://c.d>https://a.b</a>");
    }

    #[test]
    fn links_to_anything_but_the_web_are_text() {
        for text in [
            "[a](javascript:x())",
            "[a](/b)",
            "[a]( )",
            "[a](data:b)",
            "[](b)",
            "[a]",
            "]",
            "[a](JavaScript:b)",
            "<javascript:a>",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn bare_addresses_are_links_without_the_punctuation_around_them() {
        check("(see https://a.b/c_(d)).", "(see <a https://a.b/c_(d)>https://a.b/c_(d)</a>).");
        check(
            "**https://a.b/x_y**, <http://c.d>",
            "<b><a https://a.b/x_y>https://a.b/x_y</a></b>, <a http://c.d>http://c.d</a>",
        );
        check("xhttp://a.b https:// http://. httpx", "xhttp://a.b https:// http://. httpx");
    }

    #[test]
    fn nesting_is_bounded() {
        for (open, close) in [("*a ", " a*"), ("**a ", " a**"), ("~~a ", " a~~"), ("[a *b ", " c*](https://d.e)")] {
            let deep = format!("{}x{}", open.repeat(2000), close.repeat(2000));
            fn depth(inlines: &Inlines) -> usize {
                let inside = |inline: &Inline| match inline {
                    Inline::Emphasis(inside) | Inline::Strong(inside) | Inline::Delete(inside) => 1 + depth(inside),
                    Inline::Link(link) => 1 + depth(&link.children),
                    _ => 0,
                };
                inlines.iter().map(inside).max().unwrap_or(0)
            }
            assert!(depth(&inlines(&deep)) <= usize::from(DEEPEST), "{open}");
        }
    }
}
