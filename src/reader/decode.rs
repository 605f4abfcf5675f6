//! Bytes -> text, without what stands in front of it for machines.

use std::borrow::Cow;

/// What servers put before JSON so that no page can run it as a script.
const GUARDS: &[&str] = &[")]}',", ")]}'", "])}while(1);</x>", "while(1);", "for(;;);", "/**/"];

/// Decodes UTF-8, or UTF-16 with a byte order mark; what is not valid becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => text(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // The check alone is several times as fast as the repair.
        _ => str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
    }
}

/// The text without white space, byte order marks and script guards around it.
pub(super) fn strip_guards(text: &str) -> &str {
    let strip = |text: &str| -> usize { text.len() - text.trim_start_matches(is_blank).len() };
    let mut text = &text[strip(text)..];
    while let Some(rest) = GUARDS.iter().find_map(|guard| text.strip_prefix(guard)) {
        text = &rest[strip(rest)..];
    }
    text.trim_end_matches(is_blank)
}

/// The text from the start of the line on which `inner`, a part of it without space around, starts: in Markdown, space
/// at the start of a line means something.
pub(super) fn with_indent<'a>(text: &'a str, inner: &str) -> &'a str {
    // All that stands after it is blank, so it need not be searched for.
    let at = text.trim_end_matches(is_blank).strip_suffix(inner).map_or(0, str::len);
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line..at].trim().is_empty() { &text[line..] } else { &text[at..] }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{FEFF}' | '\0')
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Cow::Owned(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_by_byte_order_mark() {
        assert_eq!(text(b"\xEF\xBB\xBFa\xFF"), "a\u{FFFD}");
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\xD8\0"), "a\u{FFFD}");
    }

    #[test]
    fn strips_guards_against_scripts() {
        assert_eq!(strip_guards(" \u{FEFF})]}',\n{\"a\": 1} "), "{\"a\": 1}");
        assert_eq!(strip_guards("])}while(1);</x>{}"), "{}");
        assert_eq!(strip_guards("\n\t"), "");
    }
}
