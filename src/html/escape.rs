//! Text -> markup that means the same text. Control characters, which HTML cannot carry, are left out.

use crate::scan;

/// Appends `text` as the content of an element.
pub fn escape_text(text: &str, out: &mut String) {
    escape(text, Place::Text, out);
}

/// Appends `text` as a double-quoted attribute's value.
pub fn escape_attribute(text: &str, out: &mut String) {
    escape(text, Place::Attribute, out);
}

/// Where a text is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The content of an element.
    Text = 1,
    /// The value of an attribute in double quotes.
    Attribute = 2,
    /// Both of these in XML.
    Xml = 4,
    /// HTML that is parsed, after which controls are seen to.
    Source = 8,
}

/// Which bytes need care, and where. All are ASCII: cutting a string at them keeps it UTF-8.
const CARE: [u8; 256] = {
    const WRITTEN: u8 = Place::Text as u8 | Place::Attribute as u8 | Place::Xml as u8;
    const QUOTED: u8 = Place::Attribute as u8 | Place::Xml as u8;
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = WRITTEN;
        byte += 1;
    }
    table[b'\t' as usize] = 0;
    table[b'\n' as usize] = 0;
    table[127] = WRITTEN;
    table[b'&' as usize] = WRITTEN | Place::Source as u8;
    table[b'<' as usize] = WRITTEN | Place::Source as u8;
    table[b'>' as usize] = WRITTEN;
    table[b'"' as usize] = QUOTED | Place::Source as u8;
    table[b'\'' as usize] = Place::Xml as u8;
    table
};

/// Appends `text` as it is written in a place; what is between the bytes that need care is copied as a whole.
pub(crate) fn escape(text: &str, place: Place, out: &mut String) {
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    loop {
        at = scan::find(bytes, at, marks);
        if at >= bytes.len() {
            break;
        }
        let byte = bytes[at];
        at += 1;
        if CARE[usize::from(byte)] & place as u8 == 0 {
            continue;
        }
        out.push_str(&text[start..at - 1]);
        start = at;
        out.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "",
        });
    }
    out.push_str(&text[start..]);
}

/// Marks the bytes that may need care somewhere.
fn marks(word: u64) -> u64 {
    let of_markup = scan::is(word, b'&') | scan::is(word, b'<') | scan::is(word, b'>');
    scan::below(word, 32) | scan::is(word, 127) | of_markup | scan::is(word, b'"') | scan::is(word, b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        let mut out = String::new();
        escape_text("<b a=\"1\">&amp; é\u{0}\r\n", &mut out);
        assert_eq!(out, "&lt;b a=\"1\"&gt;&amp;amp; é\n");
    }

    #[test]
    fn what_needs_care_is_found() {
        for byte in (0..128).filter(|byte| CARE[usize::from(*byte)] != 0) {
            assert_ne!(marks(u64::from_le_bytes([byte; 8])), 0, "{byte}");
        }
    }

    #[test]
    fn attributes_cannot_be_left() {
        let mut out = String::new();
        escape_attribute("\" onload='x' <&>", &mut out);
        assert_eq!(out, "&quot; onload='x' &lt;&amp;&gt;");
    }
}
