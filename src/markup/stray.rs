//! `<` and `&` in lines of text: where people write `Vec<T>` and `<em>` into the same field, which of the two is meant.

use std::borrow::Cow;

/// Elements that lines of text are marked up with, also those that HTML has given up.
const ELEMENTS: &str = "a abbr acronym audio b bdi bdo big blockquote br button center cite code data del dfn div em \
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd label li mark math nobr noscript ol p \
    picture pre q rp rt ruby s samp script section small span strike strong style sub sup svg table tbody td th time tr tt \
    u ul var video wbr";

/// Those of them that have no end.
const VOID: &[&str] = &["br", "hr", "img", "wbr"];

/// The longest name of a character is shorter.
const LONGEST_ENTITY: usize = 40;

/// Makes text of what begins no markup: of an element that nobody closes, such as the `<T>` of `Vec<T>`, and of a `&`
/// that begins no entity.
pub(crate) fn keep(line: &str) -> Cow<'_, str> {
    escape(line, false)
}

/// The opposite: makes text of what [`keep`] would leave as markup, so that it is read as it stands here.
pub(crate) fn protect(line: &str) -> Cow<'_, str> {
    escape(line, true)
}

/// Escapes what is markup, or what is not.
fn escape(line: &str, markup: bool) -> Cow<'_, str> {
    if !line.contains(['<', '&']) {
        return Cow::Borrowed(line);
    }
    let ends = Ends::of(line);
    let mut out = String::with_capacity(line.len() + 16);
    for (at, letter) in line.char_indices() {
        match letter {
            '<' if ends.is_markup(line, at) == markup => out.push_str("&lt;"),
            '&' if is_entity(&line[at..]) == markup => out.push_str("&amp;"),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// What is closed in a line, found once for all that is opened.
struct Ends {
    /// The elements closed somewhere, by their place in the list; the last one opened may be cut off.
    elements: u128,
    /// Where the last comment ends.
    comment: usize,
}

impl Ends {
    fn of(line: &str) -> Self {
        let ends = line.match_indices("</").filter_map(|(at, sign)| element(&line[at + sign.len()..]));
        let elements = ends.fold(0, |all, (place, _)| all | 1 << place);
        Self { elements, comment: line.rfind("-->").unwrap_or(0) }
    }

    /// Whether the `<` there begins a comment or a tag.
    fn is_markup(&self, line: &str, at: usize) -> bool {
        let rest = &line[at + 1..];
        match rest.as_bytes().first() {
            Some(b'!') => rest.starts_with("!--") && self.comment > at,
            Some(b'/') => element(&rest[1..]).is_some(),
            _ => element(rest).is_some_and(|(place, name)| {
                self.elements >> place & 1 == 1 || VOID.contains(&name) || has_attributes(rest)
            }),
        }
    }
}

/// The element whose name stands here, of a tag, and its place in the list.
fn element(rest: &str) -> Option<(usize, &'static str)> {
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let is_tag = rest[end..].starts_with(['>', '/']) || rest[end..].starts_with(char::is_whitespace);
    ELEMENTS.split(' ').enumerate().find(|(_, known)| is_tag && known.eq_ignore_ascii_case(&rest[..end]))
}

fn has_attributes(tag: &str) -> bool {
    let tag = tag.split(['<', '>']).next().unwrap_or_default();
    tag.contains("=\"") || tag.contains("='")
}

/// Whether an entity begins here: a name or number that a semicolon ends.
fn is_entity(rest: &str) -> bool {
    let name =
        rest.bytes().skip(1).take(LONGEST_ENTITY).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let length = name.count();
    length > 1 && rest.as_bytes().get(length + 1) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_no_markup_is_text() {
        for (line, expect) in [
            ("Vec<T> and Map<K, V>", "Vec&lt;T> and Map&lt;K, V>"),
            ("a<b>c, say <hi>, the <em> element", "a&lt;b>c, say &lt;hi>, the &lt;em> element"),
            ("a < b, <3, <?php, <!doctype html>", "a &lt; b, &lt;3, &lt;?php, &lt;!doctype html>"),
            ("R&D, AT&T; &copy 2", "R&amp;D, AT&amp;T; &amp;copy 2"),
        ] {
            assert_eq!(keep(line), expect);
        }
    }

    #[test]
    fn markup_stays() {
        for line in [
            "<em>x</em>",
            "a<BR>b<br/>",
            "<a href=\"b\">c",
            "d<!-- e -->f</p>",
            "<p>a</p><p>b…",
            "&#8217;&amp;&nbsp;&#xe9;",
            "<b >x</B>",
            "é",
        ] {
            assert_eq!(keep(line), line);
        }
    }

    #[test]
    fn protected_text_is_read_as_it_stands() {
        for line in ["Vec<T>", "a <b>c</b> &amp; d", "<br>&lt;", "R&D"] {
            let read =
                |line: &str| crate::markup::inlines(&keep(line), crate::markup::parse::parse, &mut Default::default());
            assert_eq!(read(&protect(line)).plain_text(), line);
        }
        assert_eq!(protect("Vec<T> & R&D"), "Vec<T> & R&D");
    }
}
