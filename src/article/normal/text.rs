//! Characters that have no business in an article's text, and text without visible characters.

use crate::scan;

/// More combining marks on one letter than any language uses only serve to deface the page.
const MOST_MARKS: u32 = 8;

/// Running text: control characters (but line ends and tabs), byte order marks and tag characters are left out.
pub(super) fn clean(text: &mut String) {
    if is_plain(text) {
        return;
    }
    retain(text, |letter| !is_control(letter));
}

/// A field of one line, such as a title or a name: also without the controls that reorder what stands around it,
/// white space at its ends, and empty where nothing would be seen.
pub(super) fn clean_line(text: &mut String) {
    clean_in_line(text);
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
    if is_blank(text) {
        text.clear();
    }
}

/// Text-level content of a field of one line: without the controls that reorder what stands around it.
pub(super) fn clean_in_line(text: &mut String) {
    // What else is left out of a line starts with one of these bytes.
    let may_hold_more = text.bytes().any(|byte| matches!(byte, b'\n' | b'\t' | 0xE2));
    if is_plain(text) && !(may_hold_more && text.contains(|letter| is_break(letter) || is_bidi_control(letter))) {
        return;
    }
    break_no_line(text);
    retain(text, |letter| !is_control(letter) && !is_bidi_control(letter));
}

/// Whether no character of `text` would be seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

/// Whether a text holds nothing to leave out, told by the bytes that letters start with: most texts are of ASCII,
/// Latin, Greek, Cyrillic, CJK and usual punctuation.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at = scan::find(bytes, at, |word| scan::below(word, 32) | scan::is(word, 0x7F) | scan::beyond_ascii(word));
        if at >= bytes.len() {
            return true;
        }
        // General punctuation is in one place with the combining marks for symbols.
        let is_plain = PLAIN[usize::from(bytes[at])] || (bytes[at] == 0xE2 && bytes.get(at + 1) != Some(&0x83));
        if !is_plain {
            return false;
        }
        at += 1;
    }
}

/// Whether no letter that starts with a byte is left out.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, b'\n' | b'\t' | b' '..=0x7E | 0x80..=0xBF | 0xC3..=0xCB | 0xCE..=0xD1)
            || matches!(byte as u8, 0xD3..=0xE0 | 0xE3..=0xEE | 0xF0..=0xF2);
        byte += 1;
    }
    table
};

fn break_no_line(text: &mut String) {
    if text.contains(is_break) {
        *text = text.replace("\r\n", " ").replace(is_break, " ");
    }
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}')
}

fn retain(text: &mut String, keep: fn(char) -> bool) {
    let mut marks = 0;
    text.retain(|letter| {
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        keep(letter) && marks <= MOST_MARKS
    });
}

fn is_control(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// Embeddings, overrides and isolates; the marks that only give direction to themselves are needed in
/// right-to-left titles.
fn is_bidi_control(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_combining_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Unicode's default-ignorable code points, and blanks that are not white space.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}'
        | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(clean: fn(&mut String), text: &str, expect: &str) {
        let mut text = text.to_owned();
        clean(&mut text);
        assert_eq!(text, expect);
    }

    #[test]
    fn controls_are_left_out_of_text() {
        check(clean, "a\0b\u{1b}[31m\u{85}\u{feff}c\nd\te", "ab[31mc\nd\te");
        check(clean, "x\u{e0041}\u{e007f}", "x");
        check(clean, "\u{202e}kept in running text", "\u{202e}kept in running text");
    }

    #[test]
    fn lines_lose_what_reorders_their_surroundings() {
        check(clean_line, " Invoice \u{202e}gpj.exe\n", "Invoice gpj.exe");
        check(clean_line, "\u{200b}\u{3164}\u{ad} ", "");
        check(clean_line, "שלום\u{200f}!", "שלום\u{200f}!");
    }

    #[test]
    fn plain_texts_hold_nothing_to_leave_out() {
        for letter in ('\0'..='\u{10FFFF}').filter(|letter| is_control(*letter) || is_combining_mark(*letter)) {
            assert!(!is_plain(&letter.to_string()), "U+{:04X}", letter as u32);
        }
        assert!(is_plain("“Brücke” – мост, 橋 … 😀\n"));
    }

    #[test]
    fn stacked_marks_are_capped() {
        let mut text = format!("Z{}a", "\u{301}".repeat(100));
        clean(&mut text);
        assert_eq!(text, format!("Z{}a", "\u{301}".repeat(8)));
    }
}
