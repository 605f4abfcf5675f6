//! Formulas: presentation MathML from an allow-list of elements and attributes, rebuilt; else the TeX source.
//!
//! Markup that is not plainly well-formed MathML of the list is refused as a whole: HTML parsers change their rules
//! inside `math`, and what an odd tree becomes there is not worth reasoning about.

use super::{Writer, escape_attribute, escape_text};

/// How a formula stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    Inline,
    Block,
}

/// Writes a formula from what there is of it.
pub(super) fn write(w: &mut Writer<'_>, mathml: &str, tex: &str, display: Display) {
    if let Some(markup) = rebuild(mathml, tex, display) {
        w.out.push_str(&markup);
        return;
    }
    let source = if tex.is_empty() { text_of(mathml) } else { tex.to_owned() };
    w.raw("<code class=\"r-tex\" dir=\"ltr\" role=\"math\"");
    let label = if source.is_empty() { w.words().formula } else { &source };
    w.attribute("aria-label", label);
    w.raw(">");
    w.text(&source);
    w.raw("</code>");
}

/// Elements that hold elements.
const CONTAINERS: &[&str] = &[
    "mrow",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "merror",
    "mpadded",
    "mphantom",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "menclose",
    "mspace",
];

/// Elements that hold text.
const TOKENS: &[&str] = &["mi", "mn", "mo", "ms", "mtext"];

const ATTRIBUTES: &[&str] = &[
    "mathvariant",
    "displaystyle",
    "scriptlevel",
    "stretchy",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "symmetric",
    "largeop",
    "movablelimits",
    "accent",
    "accentunder",
    "form",
    "linethickness",
    "columnalign",
    "rowalign",
    "columnspacing",
    "rowspacing",
    "columnlines",
    "rowlines",
    "rowspan",
    "columnspan",
    "width",
    "height",
    "depth",
    "voffset",
    "notation",
    "dir",
];

/// Longer sources are not formulas that anybody reads.
const MOST_BYTES: usize = 100_000;
const MOST_DEPTH: usize = 64;

fn rebuild(source: &str, tex: &str, display: Display) -> Option<String> {
    let source = source.trim();
    if source.is_empty() || source.len() > MOST_BYTES {
        return None;
    }
    let mut scanner = Scanner { rest: source };
    let mut out = String::with_capacity(source.len());
    let mut open: Vec<&str> = Vec::new();
    let mut is_closed = false;
    while !scanner.rest.is_empty() {
        let in_token = open.last().is_some_and(|name| TOKENS.contains(name));
        match scanner.next()? {
            Piece::Text(text) if in_token => push_decoded(text, &mut out)?,
            Piece::Text(text) if text.trim().is_empty() => {}
            Piece::Text(_) => return None,
            _ if is_closed => return None,
            Piece::Start { name: "math", .. } if open.is_empty() => {
                out.push_str("<math");
                if display == Display::Block {
                    out.push_str(" display=\"block\"");
                }
                if !tex.is_empty() {
                    out.push_str(" alttext=\"");
                    escape_attribute(tex, &mut out);
                    out.push('"');
                }
                out.push('>');
                open.push("math");
            }
            // The presentation comes first; annotations beside it are for other programs.
            Piece::Start { name: "semantics", is_empty: false, .. } if open == ["math"] => open.push("semantics"),
            Piece::Start { name: "annotation" | "annotation-xml", is_empty, .. } if open == ["math", "semantics"] => {
                if !is_empty {
                    scanner.skip_annotation()?;
                }
            }
            Piece::Start { name, attributes, is_empty } => {
                let known = CONTAINERS.iter().chain(TOKENS).find(|known| **known == name)?;
                if open.is_empty() || in_token || open.len() > MOST_DEPTH {
                    return None;
                }
                out.push('<');
                out.push_str(known);
                push_attributes(attributes, &mut out)?;
                out.push('>');
                if is_empty {
                    push_end(known, &mut out);
                } else {
                    open.push(known);
                }
            }
            Piece::End(name) => {
                if open.pop()? != name {
                    return None;
                }
                if name != "semantics" {
                    push_end(name, &mut out);
                }
                is_closed = open.is_empty();
            }
        }
    }
    is_closed.then_some(out)
}

fn push_end(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

enum Piece<'a> {
    Text(&'a str),
    Start { name: &'a str, attributes: &'a str, is_empty: bool },
    End(&'a str),
}

struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// The next piece; `None` for comments, instructions and anything malformed.
    fn next(&mut self) -> Option<Piece<'a>> {
        let Some(tag) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Piece::Text(text));
        };
        let end = end_of_tag(tag)?;
        let (inside, rest) = (&tag[..end], &tag[end + 1..]);
        self.rest = rest;
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Piece::End(local_name(name.trim_end())));
        }
        let (inside, is_empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let name_end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        Some(Piece::Start { name: local_name(name), attributes, is_empty })
    }

    fn skip_annotation(&mut self) -> Option<()> {
        let end = self.rest.find("</annotation").or_else(|| self.rest.find(":annotation"))?;
        let end = end + self.rest[end..].find('>')?;
        self.rest = &self.rest[end + 1..];
        Some(())
    }
}

/// Where a tag's `>` is, outside of quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// `mml:mi` and `m:mi` mean `mi`.
fn local_name(name: &str) -> &str {
    name.strip_prefix("mml:").or_else(|| name.strip_prefix("m:")).unwrap_or(name)
}

/// Appends the attributes of the list whose values are plain words and lengths; others are left out.
fn push_attributes(attributes: &str, out: &mut String) -> Option<()> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .-+%".contains(&byte);
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name.trim())
            && value.bytes().all(is_plain)
        {
            out.push(' ');
            out.push_str(known);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        rest = after.trim_start();
    }
    Some(())
}

/// Appends text whose character references are decoded; `None` for those that XML does not define.
fn push_decoded(text: &str, out: &mut String) -> Option<()> {
    let mut pieces = text.split('&');
    escape_text(pieces.next().unwrap_or_default(), out);
    for piece in pieces {
        let (name, after) = piece.split_once(';')?;
        let letter = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            _ => {
                let digits = name.strip_prefix('#')?;
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => digits.parse().ok()?,
                };
                char::from_u32(code)?
            }
        };
        escape_text(letter.encode_utf8(&mut [0; 4]), out);
        escape_text(after, out);
    }
    Some(())
}

/// The text between tags, for formulas that are refused and have no TeX.
fn text_of(mathml: &str) -> String {
    let mut text = String::new();
    for (index, piece) in mathml.split('<').enumerate() {
        let words = if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) };
        for word in words.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Option<&str>) {
        assert_eq!(rebuild(source, "", Display::Inline).as_deref(), expected, "{source}");
    }

    #[test]
    fn rebuilds_presentation() {
        check(
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mfrac linethickness='2px'><mi>a</mi><mn>2</mn></mfrac></math>",
            Some("<math><mfrac linethickness=\"2px\"><mi>a</mi><mn>2</mn></mfrac></math>"),
        );
        check(
            "<m:math>\n <m:mo>&lt;</m:mo> <m:mspace width=\"1em\"/></m:math>",
            Some("<math><mo>&lt;</mo><mspace width=\"1em\"></mspace></math>"),
        );
        check("<math><mo>&#x2211;</mo></math>", Some("<math><mo>∑</mo></math>"));
    }

    #[test]
    fn leaves_out_annotations_and_unlisted_attributes() {
        check(
            "<math><semantics><mi>x</mi><annotation encoding=\"TeX\">x<!-- --></annotation></semantics></math>",
            Some("<math><mi>x</mi></math>"),
        );
        check(
            "<math><mi href=\"javascript:1\" onclick='1' mathcolor=\"red\">x</mi></math>",
            Some("<math><mi>x</mi></math>"),
        );
        check("<math><mi mathvariant=\"a&quot;b\">x</mi></math>", Some("<math><mi>x</mi></math>"));
    }

    #[test]
    fn refuses_what_is_not_plain_mathml() {
        for source in [
            "",
            "x",
            "<mi>x</mi>",
            "<math><mi>x</math>",
            "<math><mi>x</mi></math><math></math>",
            "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
            "<math><mtext><mi>x</mi></mtext></math>",
            "<math><mglyph><style><!--</style><img title=\"--><img src=1 onerror=alert(1)>\"></mglyph></math>",
            "<math><maction actiontype=\"statusline\">x</maction></math>",
            "<math><!-- --></math>",
            "<math><mi>&foo;</mi></math>",
            "<math><mi a=b>x</mi></math>",
            "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
            "<svg><math></math></svg>",
            "<math><mrow",
        ] {
            check(source, None);
        }
        let deep = format!("<math>{}{}</math>", "<mrow>".repeat(100), "</mrow>".repeat(100));
        check(&deep, None);
    }
}
