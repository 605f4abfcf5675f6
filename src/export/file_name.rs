//! Text -> the name of a file and of an address: one that every system takes, that stays in its folder, and that no
//! other file has.

use std::collections::BTreeSet;

use crate::letter::lower_case;

/// Longest name, without its ending: some systems count bytes, and allow 255 with the folder's help.
const LONGEST: usize = 80;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Gives out names, none twice. Names that differ in case only are the same: on some systems they are.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Names that are taken already, in lower case.
    pub fn without(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A name made of `text`, within `folder`; with a number where another one has it.
    pub fn give(&mut self, folder: &str, text: &str) -> String {
        let name = slug(text);
        let mut given = name.clone();
        let mut number = 1;
        while !self.taken.insert(format!("{folder}/{given}")) && number < u32::MAX {
            number += 1;
            given = format!("{name}-{number}");
        }
        given
    }
}

/// Letters and digits in lower case, one `-` in place of all between them. Letters of every script stay; accents that
/// stand apart and everything else go. Never empty.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    let mut is_apart = false;
    for letter in lower_case(text).chars() {
        // Apostrophes stand within words.
        if matches!(letter, '\'' | '’' | '\u{AD}') {
            continue;
        }
        if !letter.is_alphanumeric() {
            is_apart = true;
            continue;
        }
        let dash = usize::from(is_apart && !out.is_empty());
        if out.len() + dash + letter.len_utf8() > LONGEST {
            break;
        }
        if dash == 1 {
            out.push('-');
        }
        is_apart = false;
        out.push(letter);
    }
    let is_port = |name: &str| {
        name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.ends_with(|c: char| c.is_ascii_digit())
    };
    if out.is_empty() || DEVICES.contains(&out.as_str()) || is_port(&out) {
        out.insert_str(0, if out.is_empty() { "untitled" } else { "a-" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(slug(text), expect, "{text}");
    }

    #[test]
    fn names_are_words_joined_by_dashes() {
        check("A walk, along the River!", "a-walk-along-the-river");
        check("It’s – 2.5", "its-2-5");
        check("Straße 東京", "straße-東京");
    }

    #[test]
    fn names_stay_in_their_folder() {
        check("..", "untitled");
        check("", "untitled");
        check("/etc/passwd", "etc-passwd");
        check("C:\\x", "c-x");
        check("a\u{0}.html", "a-html");
        check("-rf ~", "rf");
        check("con", "a-con");
        check("LPT1", "a-lpt1");
        assert_eq!(slug(&"long ".repeat(100)).len(), 79);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::without(&["/index"]);
        let mut give = |folder: &str, text: &str| names.give(folder, text);
        assert_eq!(give("", "Post"), "post");
        assert_eq!(give("", "post"), "post-2");
        assert_eq!(give("", "POST!"), "post-3");
        assert_eq!(give("a", "post"), "post");
        assert_eq!(give("", "Index"), "index-2");
    }
}
