//! What follows from a language tag (BCP 47), or from the text itself: the direction of writing.

use crate::article::Direction;
use crate::letter;

/// The direction of a language's usual script; `None` for an empty tag.
pub fn direction(tag: &str) -> Option<Direction> {
    let mut subtags = tag.split(['-', '_']);
    let language = subtags.next().unwrap_or_default().trim().to_ascii_lowercase();
    if language.is_empty() {
        return None;
    }
    let script = subtags.find(|subtag| subtag.len() == 4 && subtag.bytes().all(|b| b.is_ascii_alphabetic()));
    let right_to_left = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.iter().any(|known| known.eq_ignore_ascii_case(script)),
        None => RIGHT_TO_LEFT_LANGUAGES.contains(&language.as_str()),
    };
    Some(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight })
}

/// The direction of the first letter of `text` that has one (the Unicode bidi algorithm's rule P2); `None` for a
/// text without letters.
pub fn direction_of_text(text: &str) -> Option<Direction> {
    text.chars().find_map(|letter| match letter {
        // Arabic digits and marks have no direction of their own.
        '\u{600}'..='\u{607}' | '\u{60C}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{66C}' => None,
        '\u{6DD}' | '\u{6F0}'..='\u{6F9}' | '\u{591}'..='\u{5BD}' | '\u{FEFF}' => None,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{200F}' => {
            Some(Direction::RightToLeft)
        }
        '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}' => Some(Direction::RightToLeft),
        other => (letter::is_word(other) && !other.is_ascii_digit()).then_some(Direction::LeftToRight),
    })
}

const RIGHT_TO_LEFT_SCRIPTS: &[&str] =
    &["Arab", "Aran", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Mend"];

const RIGHT_TO_LEFT_LANGUAGES: &[&str] = &[
    "ar", "he", "iw", "fa", "ur", "ps", "sd", "ug", "yi", "ji", "dv", "ckb", "ks", "nqo", "syr", "arc", "aii", "prs",
    "pnb", "azb", "lrc", "mzn", "glk", "bqi", "bal", "sdh", "skr", "arz", "ary", "apc", "acm", "ajp", "lad",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_language_and_script() {
        for tag in ["ar", "he-IL", "fa_IR", "UR", "ckb", "az-Arab", "pa-Arab-PK"] {
            assert_eq!(direction(tag), Some(Direction::RightToLeft), "{tag}");
        }
        for tag in ["en", "en-GB", "ar-Latn", "zh-Hant-TW", "de-1996"] {
            assert_eq!(direction(tag), Some(Direction::LeftToRight), "{tag}");
        }
        assert_eq!(direction(""), None);
    }

    #[test]
    fn direction_of_text_is_that_of_its_first_letter() {
        assert_eq!(direction_of_text("12: «שלום» abc"), Some(Direction::RightToLeft));
        assert_eq!(direction_of_text("٣ apples"), Some(Direction::LeftToRight));
        assert_eq!(direction_of_text("1 + 1 = 2"), None);
    }
}
