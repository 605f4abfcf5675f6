//! Limits checked before parsing, in one pass over the bytes: deep nesting and piled-up formatting cost every HTML
//! parser quadratic time, the browser's own too.

/// Which limit the HTML exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is too long.
    Bytes,
    /// It has too many tags.
    Tags,
    /// It is nested too deep.
    Depth,
    /// Formatting that is never closed piles up.
    Formatting,
    /// A tag has too many attributes.
    Attributes,
}

impl Excess {
    /// What is too much, for a warning.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Bytes => "more than 16 MB",
            Self::Tags => "more than 300,000 tags",
            Self::Depth => "nested deeper than 256 elements",
            Self::Formatting => "formatting that is never closed",
            Self::Attributes => "more than 300 attributes on one tag",
        }
    }
}

/// Bytes of HTML.
pub const MAX_BYTES: usize = 16 << 20;
/// Opening tags.
const MAX_TAGS: usize = 300_000;
/// Elements open at once.
const MAX_DEPTH: usize = 256;
/// Formatting elements that a parser has to open again in every paragraph.
const MAX_FORMATTING: usize = 64;
/// Formatting elements opened again in all paragraphs together.
const MAX_REOPENED: usize = 200_000;
/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 300;

/// Estimates what parsing would cost.
///
/// # Errors
/// The first limit exceeded.
pub fn check(html: &str) -> Result<(), Excess> {
    if html.len() > MAX_BYTES {
        return Err(Excess::Bytes);
    }
    let mut estimate = Estimate::default();
    for tag in tags(html) {
        estimate.see(&tag)?;
    }
    Ok(())
}

/// The text without tags, a blank line where a block begins or ends, up to the limit on bytes.
pub fn strip_tags(html: &str) -> String {
    let mut end = MAX_BYTES.min(html.len());
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = &html[..end];
    let mut text = String::new();
    let mut from = 0;
    for tag in tags(html) {
        push_decoded(&html[from..tag.start], &mut text);
        from = tag.end;
        if !is_formatting(tag.name) && !matches_any(tag.name, &["", "span", "img", "wbr", "sub", "sup", "abbr", "cite"])
        {
            text.push_str("\n\n");
        }
    }
    push_decoded(&html[from..], &mut text);
    text
}

/// A tag as the scanner sees it.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: usize,
    /// The whole tag, for telling equal ones apart.
    source: &'a str,
    start: usize,
    /// After the tag, or after the whole element where its content is not markup.
    end: usize,
}

/// The tags of `html`; comments and the contents of scripts are passed over.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + html[at..].find('<')?;
            let rest = &html[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                at = start + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
                return Some(Tag { name: "", closing: true, attributes: 0, source: "", start, end: at });
            }
            if rest.starts_with(['!', '?']) {
                at = rest.find('>').map_or(html.len(), |end| start + 1 + end + 1);
                return Some(Tag { name: "", closing: true, attributes: 0, source: "", start, end: at });
            }
            let closing = rest.starts_with('/');
            let name_start = start + 1 + usize::from(closing);
            if !html[name_start..].starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                at = start + 1;
                continue;
            }
            let is_end = |byte: u8| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>';
            let name_length = html.as_bytes()[name_start..].iter().position(|&byte| is_end(byte));
            let name = &html[name_start..name_length.map_or(html.len(), |length| name_start + length)];
            let (tag_end, attributes) = scan_attributes(html, name_start + name.len());
            at = tag_end;
            if !closing && matches_any(name, &["script", "style", "textarea", "title", "xmp", "noembed", "noframes"]) {
                at = end_of_raw(html, tag_end, name);
            }
            return Some(Tag { name, closing, attributes, source: &html[start..tag_end], start, end: at });
        }
    })
}

/// Where a tag ends, and how many attributes it has.
fn scan_attributes(html: &str, from: usize) -> (usize, usize) {
    let mut attributes = 0;
    let mut quote = None;
    let mut before = b' ';
    for (offset, &byte) in html.as_bytes()[from..].iter().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (from + offset + 1, attributes),
            None if before == b'=' && (byte == b'"' || byte == b'\'') => quote = Some(byte),
            None => {
                let separates = |byte: u8| byte.is_ascii_whitespace() || byte == b'/' || byte == b'"' || byte == b'\'';
                attributes += usize::from(separates(before) && !separates(byte) && byte != b'=');
            }
        }
        if !(before == b'=' && byte.is_ascii_whitespace()) {
            before = byte;
        }
    }
    (html.len(), attributes)
}

/// The end of an element whose content is text for the parser.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(offset) = html[at..].find("</") {
        let start = at + offset + 2;
        let end = start + name.len();
        if html.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return html[end..].find('>').map_or(html.len(), |offset| end + offset + 1);
        }
        at = start;
    }
    html.len()
}

/// The parser's stack of open elements and its list of formatting elements, near enough.
#[derive(Default)]
struct Estimate {
    open: Vec<u64>,
    formatting: Vec<(u64, u64)>,
    tags: usize,
    reopened: usize,
}

impl Estimate {
    fn see(&mut self, tag: &Tag<'_>) -> Result<(), Excess> {
        let key = hash(tag.name);
        if tag.closing {
            if let Some(index) = self.open.iter().rposition(|&open| open == key) {
                self.open.truncate(index);
            }
            if let Some(index) = self.formatting.iter().rposition(|&(open, _)| open == key) {
                self.formatting.remove(index);
            }
            return Ok(());
        }
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return Err(Excess::Tags);
        }
        if tag.attributes > MAX_ATTRIBUTES {
            return Err(Excess::Attributes);
        }
        let is_foreign = |open: &u64| *open == hash("svg") || *open == hash("math");
        if is_void(tag.name) || (tag.source.ends_with("/>") && self.open.iter().any(is_foreign)) {
            return Ok(());
        }
        if is_formatting(tag.name) {
            let whole = hash(tag.source);
            // A parser keeps three equal ones at most.
            if self.formatting.iter().filter(|&&(_, other)| other == whole).count() < 3 {
                self.formatting.push((key, whole));
            }
            if self.formatting.len() > MAX_FORMATTING {
                return Err(Excess::Formatting);
            }
        } else {
            self.reopened += self.formatting.len();
            if self.reopened > MAX_REOPENED {
                return Err(Excess::Formatting);
            }
        }
        // A paragraph or an item ends where the next one begins, with what is open inside.
        let near = self.open.len().saturating_sub(8);
        for group in closed_by(tag.name) {
            let is_closed = |open: &u64| group.iter().any(|name| hash(name) == *open);
            let Some(index) = self.open[near..].iter().rposition(is_closed) else { continue };
            let inside = &self.open[near + index + 1..];
            let is_part = matches_any(group[0], &["tr", "td", "thead"]);
            let scopes: &[&str] =
                if is_part { &["table"] } else { &["ul", "ol", "dl", "table", "td", "th", "button", "object"] };
            if !inside.iter().any(|open| scopes.iter().any(|scope| hash(scope) == *open)) {
                self.open.truncate(near + index);
                break;
            }
        }
        self.open.push(key);
        if self.open.len() > MAX_DEPTH { Err(Excess::Depth) } else { Ok(()) }
    }
}

/// The elements that a start tag ends if they are open: the first group of which one is.
fn closed_by(name: &str) -> &'static [&'static [&'static str]] {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "pre",
        "blockquote",
        "section",
        "article",
        "aside",
        "figure",
        "header",
        "footer",
        "main",
        "nav",
        "form",
        "fieldset",
        "details",
        "address",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ];
    let is = |names: &[&str]| matches_any(name, names);
    if is(&["li"]) {
        &[&["li"], &["p"]]
    } else if is(&["dt", "dd"]) {
        &[&["dt", "dd"], &["p"]]
    } else if is(&["tr"]) {
        &[&["tr"]]
    } else if is(&["td", "th"]) {
        &[&["td", "th"]]
    } else if is(&["thead", "tbody", "tfoot"]) {
        &[&["thead", "tbody", "tfoot"]]
    } else if is(&["option", "optgroup"]) {
        &[&["option"]]
    } else if is(&["rt", "rp"]) {
        &[&["rt", "rp"]]
    } else if is(&["a"]) {
        &[&["a"]]
    } else if is(BLOCKS) {
        &[&["p"]]
    } else {
        &[]
    }
}

fn is_void(name: &str) -> bool {
    matches_any(
        name,
        &[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
            "wbr", "script", "style", "textarea", "title", "xmp", "noembed", "noframes", "frame", "keygen", "bgsound",
            "basefont",
        ],
    )
}

fn is_formatting(name: &str) -> bool {
    matches_any(
        name,
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
    )
}

fn matches_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// FNV-1a over the lower-cased name.
pub(super) fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn push_decoded(mut source: &str, text: &mut String) {
    while let Some(start) = source.find('&') {
        text.push_str(&source[..start]);
        source = &source[start..];
        let end = source.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, decode(&source[1..end])?))) {
            Some((end, letter)) => {
                text.push(letter);
                source = &source[end + 1..];
            }
            None => {
                text.push('&');
                source = &source[1..];
            }
        }
    }
    text.push_str(source);
}

fn decode(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| !letter.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_result(html: &str, expected: Result<(), Excess>) {
        assert_eq!(check(html), expected);
    }

    #[test]
    fn refuses_what_parsers_hang_on() {
        check_result(&"<div>".repeat(300), Err(Excess::Depth));
        check_result(&"<ul><li>".repeat(300), Err(Excess::Depth));
        check_result(&"<b>".repeat(300), Err(Excess::Depth));
        check_result(&"<table><td><table>".repeat(300), Err(Excess::Depth));
        check_result(&"<i>x</i>".repeat(300_001), Err(Excess::Tags));
        let distinct: String = (0..100).map(|n| format!("<p><b id={n}>")).collect();
        check_result(&distinct, Err(Excess::Formatting));
        let attributes: String = (0..400).map(|n| format!(" a{n}=1")).collect();
        check_result(&format!("<p{attributes}>"), Err(Excess::Attributes));
    }

    #[test]
    fn accepts_long_flat_and_careless_markup() {
        check_result(&"<p>x".repeat(50_000), Ok(()));
        check_result(&format!("<ul>{}</ul>", "<li>x<p>y".repeat(50_000)), Ok(()));
        check_result(&format!("<table>{}</table>", "<tr><td>x<td>y".repeat(50_000)), Ok(()));
        check_result(&format!("<table>{}</table>", "<thead><tr><td>x<tbody><tr><td>y".repeat(5_000)), Ok(()));
        check_result(&format!("<dl>{}</dl>", "<dt>x<dd>y".repeat(5_000)), Ok(()));
        check_result(&"<div><p>a<br>b</p></div>".repeat(10_000), Ok(()));
        check_result(&"<script>if (a<b) '<div>'</script>".repeat(1_000), Ok(()));
        check_result(&"<".repeat(100_000), Ok(()));
    }

    #[test]
    fn strips_tags_and_keeps_the_text() {
        assert_eq!(
            strip_tags("<p>a <b>b</b> &amp; c&#x21;</p><script>x</script><p title='>'>d")
                .split("\n\n")
                .collect::<Vec<_>>(),
            ["", "a b & c!", "", "", "d"]
        );
    }
}
