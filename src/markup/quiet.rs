//! HTML -> the same HTML without what browsers complain about while they only parse it.
//!
//! Under a strict content security policy they report handlers and styles even of a document that runs and shows
//! nothing, each with an error in the console. This is no defence, for none is needed here: nothing of the source's
//! markup reaches the page, and what the scan overlooks costs a line in the console.

use std::borrow::Cow;

/// Put before the names of such attributes.
const MARK: &str = "recto-";

/// Hides `style` and `on…` attributes behind another name, and leaves `style` elements out.
pub fn quieted(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let mut hidden = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        if html[start..].starts_with("<!--") {
            at = html[start..].find("-->").map_or(html.len(), |offset| start + offset);
            continue;
        }
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        at = end_of_word(bytes, at);
        let name = &html[start + 1..at];
        hidden.clear();
        at = attributes(html, at, &mut hidden);
        if name.eq_ignore_ascii_case("style") {
            out.push_str(&html[copied..start]);
            at = end_tag(html, at, name);
            at = html[at..].find('>').map_or(html.len(), |offset| at + offset + 1);
            copied = at;
            continue;
        }
        for attribute in &hidden {
            out.push_str(&html[copied..*attribute]);
            out.push_str(MARK);
            copied = *attribute;
        }
        if RAW_TEXT.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            at = end_tag(html, at, name);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// The name that an attribute of quieted HTML had before.
pub fn original_name(name: &str) -> &str {
    name.strip_prefix(MARK).filter(|name| is_loud(name)).unwrap_or(name)
}

/// Elements in which a `<` begins no element.
const RAW_TEXT: [&str; 7] = ["script", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

fn is_loud(attribute: &str) -> bool {
    let starts_on = attribute.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
    starts_on || attribute.eq_ignore_ascii_case("style")
}

/// Collects where attributes begin that are to be hidden, and returns the end of the tag.
fn attributes(html: &str, mut at: usize, hidden: &mut Vec<usize>) -> usize {
    let bytes = html.as_bytes();
    loop {
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return at,
            Some(b'>') => return at + 1,
            Some(_) => {}
        }
        let start = at;
        at = end_of_word(bytes, at + 1);
        if html.get(start..at).is_some_and(is_loud) {
            hidden.push(start);
        }
        at = skip_space(bytes, at);
        if bytes.get(at) == Some(&b'=') {
            at = end_of_value(bytes, skip_space(bytes, at + 1));
        }
    }
}

fn end_of_word(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace() && !b"/>=".contains(byte)) {
        at += 1;
    }
    at
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

fn end_of_value(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at.min(bytes.len())..];
    let length = match rest.first() {
        Some(quote @ (b'"' | b'\'')) => rest[1..].iter().position(|byte| byte == quote).map(|length| length + 2),
        _ => rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>'),
    };
    length.map_or(bytes.len(), |length| at + length)
}

/// Where the end tag of this name begins.
fn end_tag(html: &str, mut at: usize, name: &str) -> usize {
    while let Some(start) = html[at..].find("</").map(|offset| at + offset) {
        at = start + 2;
        if html.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return start;
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_and_styles_are_hidden_and_told_again() {
        for (html, quiet) in [
            ("<p style='a:b' class=c onClick=x()>t", "<p recto-style='a:b' class=c recto-onClick=x()>t"),
            ("<img/onerror=x src=y>", "<img/recto-onerror=x src=y>"),
            ("a<style media=x>p{}</style >b<p style>", "ab<p recto-style>"),
            ("<STYLE onload=x>p{}</style>b", "b"),
            ("<style>p{}", ""),
        ] {
            assert_eq!(quieted(html), quiet, "{html}");
        }
        assert_eq!(
            ["recto-style", "recto-onclick", "recto-class", "style"].map(original_name),
            ["style", "onclick", "recto-class", "style"]
        );
    }

    #[test]
    fn text_comments_and_values_stay() {
        for html in [
            "1 < 2 style=x <3 onclick=y",
            "<!-- <p style=x> -->",
            "<title><p style=x></title><textarea><i onclick=y></textarea>",
            "<p title='<i style=x>' alt=\"> onclick=y\">ü</p>",
            "<",
            "<p",
            "<p =",
            "<p a='",
            "</style>",
        ] {
            assert_eq!(quieted(html), html);
        }
    }
}
