//! Text -> XML that means the same text. What XML 1.0 has no way to write is left out: most control characters, and
//! the two code points that are none.

use crate::html::{self, Place};

/// Appends text as the content of an element or the value of a double-quoted attribute.
pub(super) fn escape(text: &str, out: &mut String) {
    let has_no_way = |letter: char| matches!(letter, '\u{80}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
    for part in text.split(has_no_way) {
        html::escape(part, Place::Xml, out);
    }
}

/// Appends `<name>text</name>`; nothing where there is no text.
pub(super) fn element(name: &'static str, text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("<{name}>"));
        escape(text, out);
        out.push_str(&format!("</{name}>\n"));
    }
}

/// Appends ` name="value"`; nothing where there is no value.
pub(super) fn attribute(name: &'static str, value: &str, out: &mut String) {
    if !value.is_empty() {
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text_and_controls_go() {
        let mut out = String::new();
        escape("]]><a b='\"'>&amp;\u{0}\u{1b}\u{85}\u{ffff}\té\u{1F600}", &mut out);
        assert_eq!(out, "]]&gt;&lt;a b=&#39;&quot;&#39;&gt;&amp;amp;\té\u{1F600}");
    }

    #[test]
    fn empty_parts_are_left_out() {
        let mut out = String::new();
        element("a", "", &mut out);
        attribute("b", "", &mut out);
        element("c", "<", &mut out);
        assert_eq!(out, "<c>&lt;</c>\n");
    }
}
