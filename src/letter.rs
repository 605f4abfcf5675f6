//! Letters and their case, without the tables of the standard library (13 KB in wasm): by the order of Unicode's
//! blocks, exact for Latin, Greek, Cyrillic and Armenian, which is where people write case today.

/// The lower-case form of a letter.
pub fn lower(letter: char) -> char {
    let code = letter as u32;
    let lower = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => code + 32,
        0x386 => 0x3AC,
        0x388..=0x38A => code + 37,
        0x38C => 0x3CC,
        0x38E | 0x38F => code + 63,
        0x400..=0x40F => code + 80,
        0x531..=0x556 => code + 48,
        0xFF21..=0xFF3A => code + 32,
        0x130 => 0x69,
        0x178 => 0xFF,
        0x1E9E => 0xDF,
        // Blocks in which the capital comes before its small letter: at even places, or at odd ones.
        0x100..=0x137
        | 0x14A..=0x177
        | 0x1A0..=0x1A5
        | 0x1DE..=0x1EF
        | 0x1F8..=0x21F
        | 0x222..=0x233
        | 0x460..=0x481
        | 0x48A..=0x4BF
        | 0x4D0..=0x52F
        | 0x1E00..=0x1E95
        | 0x1EA0..=0x1EFF => code | 1,
        0x139..=0x148 | 0x179..=0x17E | 0x1AF..=0x1B0 | 0x1CD..=0x1DC | 0x4C1..=0x4CE => (code + 1) & !1,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(letter)
}

/// The capital of a letter; the letter itself where it has none.
pub fn upper(letter: char) -> char {
    if letter == 'ß' {
        return 'ẞ';
    }
    let distances = [32, 1, 80, 48, 37, 38, 63, 64].into_iter();
    let mut before = distances.filter_map(|distance| char::from_u32((letter as u32).checked_sub(distance)?));
    before.find(|capital| lower(*capital) == letter).unwrap_or(letter)
}

/// Whether a letter is a small one.
pub fn is_lower(letter: char) -> bool {
    upper(letter) != letter
}

/// A text with its letters in lower case.
pub fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// Whether a character is part of words: a letter or digit of any script, or a mark that a script writes words with.
/// What is not known to be punctuation, symbol, space or control is.
pub fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    let code = character as u32;
    match code {
        0x80..=0xBF => matches!(code, 0xAA | 0xB2 | 0xB3 | 0xB5 | 0xB9 | 0xBA | 0xBC..=0xBE),
        0xD7 | 0xF7 | 0x2C2..=0x2C5 | 0x2D2..=0x2DF | 0x37E | 0x387 | 0x55A..=0x55F | 0x589 | 0x58A | 0x5BE => false,
        0x5C0 | 0x5C3 | 0x5C6 | 0x5F3 | 0x5F4 | 0x600..=0x60F | 0x61B..=0x61F | 0x66A..=0x66D | 0x6D4 => false,
        0x6DD | 0x6DE | 0x6E9 | 0x6FD | 0x6FE | 0x700..=0x70F | 0x964 | 0x965 | 0x970 | 0xE3F | 0xE4F | 0xE5A => false,
        0xE5B | 0xF01..=0xF17 | 0x104A..=0x104F | 0x10FB | 0x1361..=0x1368 | 0x166D | 0x166E | 0x1680 => false,
        0x17D4..=0x17D6 | 0x17D8..=0x17DB | 0x1800..=0x180A | 0x180E => false,
        // General punctuation to supplemental punctuation, but for superscripts, letter-like symbols and numerals.
        0x2000..=0x2E7F => {
            matches!(code, 0x2070..=0x2079 | 0x207F..=0x2089 | 0x2090..=0x209C | 0x20D0..=0x20F0 | 0x2102..=0x2107)
                || matches!(code, 0x210A..=0x2113 | 0x2115 | 0x2119..=0x211D | 0x2124..=0x2139 | 0x213C..=0x213F)
                || matches!(code, 0x2145..=0x2149 | 0x2150..=0x2189 | 0x2460..=0x249B | 0x24B6..=0x24FF)
                || matches!(code, 0x2776..=0x2793 | 0x2C00..=0x2CE4 | 0x2CEB..=0x2CF3 | 0x2CFD | 0x2D00..=0x2DFF)
        }
        0x2E80..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0x303D..=0x303F | 0x309B | 0x309C | 0x30A0 | 0x30FB => false,
        0x3200..=0x33FF | 0x4DC0..=0x4DFF | 0xA490..=0xA4CF | 0xA4FE | 0xA4FF => false,
        0xD7FC..=0xF8FF | 0xFD3E | 0xFD3F | 0xFE00..=0xFE6F | 0xFEFF..=0xFF0F | 0xFF1A..=0xFF20 => false,
        0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 | 0xFFE0..=0xFFFF => false,
        0x1D000..=0x1D3FF | 0x1F000..=0x1FBEF | 0xE0000.. => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_that_of_unicode() {
        let blocks = ['\0'..='\u{17F}', '\u{386}'..='\u{3CE}', '\u{400}'..='\u{4BF}', '\u{4C1}'..='\u{58F}', 'Ḁ'..='ỿ'];
        for letter in blocks.into_iter().flatten().filter(|letter| *letter != 'İ') {
            assert_eq!(letter.to_lowercase().collect::<String>(), lower(letter).to_string(), "{letter:?}");
        }
        for (small, capital) in [('z', 'Z'), ('é', 'É'), ('ł', 'Ł'), ('ž', 'Ž'), ('ώ', 'Ώ'), ('ж', 'Ж'), ('ё', 'Ё')]
        {
            assert_eq!((upper(small), is_lower(small), is_lower(capital)), (capital, true, false), "{small}");
        }
        assert_eq!((upper('中'), upper('1'), upper('ß')), ('中', '1', 'ẞ'));
    }

    #[test]
    fn words_are_made_of_letters_digits_and_marks() {
        let is_symbol = |letter| matches!(letter, 'ⅎ' | 'ⸯ' | '㈀'..='㋿' | '\u{1D2C0}'..='\u{1D378}' | '🄀'..='🆉');
        for letter in ('\0'..'\u{2FFFF}').filter(|letter| letter.is_alphanumeric() && !is_symbol(*letter)) {
            assert!(is_word(letter), "{letter:?}");
        }
        for letter in
            "’“”«»–—…·¿¡§©®°×÷€←→∞■★☎✓ 　、。「」：！？（）؟،।؛־״၊።😀🇩🏽\u{200D}\u{FE0F}\u{FFFD}\u{A0}\u{2028}".chars()
        {
            assert!(!is_word(letter), "{letter:?}");
        }
    }
}
