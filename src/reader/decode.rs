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

/// The same for files of any origin: also UTF-32, and UTF-16 that only its zeros tell.
pub(super) fn text_of_file(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => utf32(rest, u32::from_be_bytes),
        _ if has_zeros(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if has_zeros(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => text(bytes),
    }
}

/// Whether nearly every pair of bytes has its zero at this place, and nowhere else, as Latin letters have.
fn has_zeros(bytes: &[u8], place: usize) -> bool {
    let pairs = bytes.chunks_exact(2).take(512);
    let count = pairs.len();
    let latin = pairs.filter(|pair| pair[place] == 0 && pair[1 - place] >= b'\t').count();
    count > 1 && latin * 10 >= count * 9
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

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Cow<'_, str> {
    let units = bytes.chunks_exact(4).map(|four| unit([four[0], four[1], four[2], four[3]]));
    Cow::Owned(units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
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
    fn decodes_what_only_zeros_tell() {
        assert_eq!(text_of_file(b"a\0b\0\xE9\0"), "abé");
        assert_eq!(text_of_file(b"\0a\0b"), "ab");
        assert_eq!(text_of_file(b"\xFF\xFE\0\0a\0\0\0"), "a");
        assert_eq!(text_of_file(b"\0\0\xFE\xFF\0\x01\xF6\0"), "😀");
        assert_eq!(text_of_file(b"a\0bc"), "a\0bc");
    }

    #[test]
    fn strips_guards_against_scripts() {
        assert_eq!(strip_guards(" \u{FEFF})]}',\n{\"a\": 1} "), "{\"a\": 1}");
        assert_eq!(strip_guards("])}while(1);</x>{}"), "{}");
        assert_eq!(strip_guards("\n\t"), "");
    }
}
