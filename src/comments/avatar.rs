//! A picture in place of a face: drawn from the name alone, so that no request tells anyone who reads what.

use crate::letter;

/// What the picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avatar {
    /// One or two letters.
    pub initials: String,
    /// Which of [`HUES`] colours it has.
    pub hue: u8,
}

/// How many colours there are; the style sheet has as many.
pub const HUES: u8 = 8;

/// The picture for a name: the initials of its first and last word, in a colour that is always the same.
pub fn avatar(name: &str) -> Avatar {
    let mut words = name.split(|letter| !letter::is_word(letter)).filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    let initials: String = first.into_iter().chain(last).map(letter::upper).collect();
    let initials = if initials.is_empty() { "?".to_owned() } else { initials };
    Avatar { initials, hue: (fingerprint(name) % u64::from(HUES)) as u8 }
}

/// A number that is always the same for a text and rarely for two (FNV-1a).
pub(super) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, initials) in [
            ("Ann", "A"),
            ("ann & bob", "AB"),
            ("Jean-Luc de Montigny", "JM"),
            ("ماريا حسن", "مح"),
            ("ß", "ẞ"),
            ("🙂", "?"),
            ("", "?"),
        ] {
            assert_eq!(avatar(name).initials, initials, "{name}");
        }
    }

    #[test]
    fn colour_depends_on_the_name_alone() {
        assert_eq!(avatar("Ann"), avatar("Ann"));
        let hues: std::collections::BTreeSet<u8> = ('a'..='z').map(|c| avatar(&c.to_string()).hue).collect();
        assert_eq!(hues.len(), usize::from(HUES));
    }
}
