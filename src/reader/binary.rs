//! Whether a file is text at all: pictures, programs and archives are none, whatever their names say.

/// Letters that are looked at.
const SAMPLE: usize = 8192;

/// Fewer letters than these that cannot be text are damage.
const FEWEST: usize = 8;

/// How files of some kinds begin, and what these are.
const KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as EPUB and Word files are"),
    (b"\xD0\xCF\x11\xE0", "a document of an older Word, Excel or PowerPoint"),
    (b"\x1F\x8B", "a file that gzip packed"),
    (b"\x7FELF", "a program"),
    (b"\0asm", "a WebAssembly module"),
];

/// What a file is that is no text, judging by its bytes and by the text that they are read as; `None` for text.
pub(super) fn kind(bytes: &[u8], text: &str) -> Option<&'static str> {
    let (mut letters, mut controls, mut unreadable) = (0, 0, 0);
    for letter in text.trim_matches('\0').chars().take(SAMPLE) {
        letters += 1;
        match letter {
            char::REPLACEMENT_CHARACTER => unreadable += 1,
            // Terminals and typewriters put these into text.
            '\t'..='\r' | '\u{8}' | '\u{1B}' => {}
            _ if letter.is_ascii_control() => controls += 1,
            _ => {}
        }
    }
    let kind = KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name);
    if kind.is_some() && controls + unreadable > 0 {
        return kind;
    }
    // In Latin letters of an encoding of before Unicode, fewer are unreadable.
    let is_none = controls * 32 > letters || unreadable * 3 > letters;
    (is_none && controls + unreadable >= FEWEST).then_some("something else")
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expect: Option<&str>) {
        assert_eq!(kind(bytes, &decode::text_of_file(bytes)), expect);
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        check(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Some("a PNG picture"));
        check(b"PK\x03\x04\x14\0\0\0mimetypeapplication/epub+zip", Some("a ZIP archive, as EPUB and Word files are"));
        check(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", Some("a PDF document"));
        check(b"\0asm\x01\0\0\0", Some("a WebAssembly module"));
        check(b"GIF89a and %PDF- are how files begin.", None);
    }

    #[test]
    fn what_cannot_be_text_is_found_by_its_share() {
        let noise: Vec<u8> = (0..2000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        check(&noise, Some("something else"));
        check(&[b"SQLite format 3".as_slice(), &[0, 1, 2, 3].repeat(9), b"table"].concat(), Some("something else"));
    }

    #[test]
    fn text_of_any_encoding_stays_text() {
        check("Né à Évry, l’été…".as_bytes(), None);
        check(b"N\xE9 \xE0 \xC9vry, l\x92\xE9t\xE9 \x96 fa\xE7ade, na\xEFve, d\xE9j\xE0 vu, o\xF9 \xEAtre", None);
        check("\u{FEFF}Text in UTF-16".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice(), None);
        check(&"Text in UTF-16".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), None);
        check(&"\u{FEFF}Text in UTF-32".chars().flat_map(|c| (c as u32).to_le_bytes()).collect::<Vec<_>>(), None);
        check(b"\x1B[1mbold\x1B[0m\x0C\0\0\0\0\0\0\0\0\0\0\0\0", None);
        check(b"one \0 more", None);
        check(b"", None);
    }
}
