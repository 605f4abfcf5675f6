//! Text by its bytes, eight at a time: most of what is read or written stands for itself, and only has to be gone over.
//!
//! In loops that are plain enough to be fast where a program is built for size, too, which iterators are not.

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;
const SPACES: u64 = ONES * b' ' as u64;

/// Marks the bytes of a word that are less than `limit`, at most 128. Above the lowest of them, others may be marked too.
#[inline(always)]
pub(crate) const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGHS
}

/// Marks the bytes of a word that are `byte`, as [`below`] does.
#[inline(always)]
pub(crate) const fn is(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

/// Marks the bytes of a word that are part of letters beyond ASCII.
#[inline(always)]
pub(crate) const fn beyond_ascii(word: u64) -> u64 {
    word & HIGHS
}

/// Where the first byte from `start` on is of which `marks` marks its word; else the length. It marks no space.
#[inline(always)]
pub(crate) fn find(bytes: &[u8], start: usize, marks: impl Fn(u64) -> u64) -> usize {
    let mut at = start;
    while at < bytes.len() {
        let marked = marks(word(bytes, at));
        if marked != 0 {
            return at + marked.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    bytes.len()
}

/// How many letters a text has.
pub(crate) fn letters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut count = bytes.len();
    let mut at = 0;
    while at < bytes.len() {
        let word = word(bytes, at);
        // All but the first byte of a letter begin with 10 in binary.
        count -= (word & !(word << 1) & HIGHS).count_ones() as usize;
        at += 8;
    }
    count
}

/// The eight bytes from `at` on, the first one lowest; spaces after the end.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes[at..].first_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word),
        None => last_word(bytes, at),
    }
}

#[inline(never)]
fn last_word(bytes: &[u8], at: usize) -> u64 {
    let after = 8 - (bytes.len() - at);
    if let Some(last) = bytes.last_chunk::<8>() {
        // What is before `at` goes out below; spaces come in above.
        return u64::from_le_bytes(*last) >> (8 * after) | !(u64::MAX >> (8 * after)) & SPACES;
    }
    let mut word = SPACES;
    let mut index = bytes.len();
    while index > at {
        index -= 1;
        word = word << 8 | u64::from(bytes[index]);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_marked_byte_is_found_wherever_it_is() {
        for length in 0..20 {
            for end in ["\"", "\\", "\n", "\u{1f}", "\0"] {
                let text = ["é ~\u{7f}!#[]".repeat(4).as_str(), "a"].concat();
                let plain: String = text.chars().take(length).collect();
                let marks = |word| below(word, 0x20) | is(word, b'"') | is(word, b'\\');
                let whole = [&plain, end, "\"x \\ y"].concat();
                for start in 0..=plain.len() {
                    assert_eq!(find(whole.as_bytes(), start, marks), plain.len(), "{plain}{end:?}");
                    assert_eq!(find(plain.as_bytes(), start, marks), plain.len());
                }
            }
        }
    }

    #[test]
    fn letters_are_counted() {
        for text in ["", "a", "Brücke – мост, 橋 … 😀", "éééééééé", "aaaaaaa😀aaaaaaaa", "\u{10FFFF}"]
        {
            assert_eq!(letters(text), text.chars().count(), "{text}");
        }
    }
}
