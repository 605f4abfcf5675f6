//! Callouts of Obsidian: quotations that begin with `[!kind]`, perhaps with a sign that folds them and a title. The
//! parser knows GitHub's five kinds alone, without titles.

use crate::article::{Admonition, AdmonitionKind, Blocks, Inlines, Kind};
use crate::letter::lower_case;

/// Words longer than this are no kinds.
const LONGEST: usize = 30;

/// What the first line of a callout says.
#[derive(Debug, PartialEq)]
pub(super) struct Callout {
    word: String,
    is_folded: bool,
    pub(super) title: Inlines,
}

impl Callout {
    /// Reads the start of a first line, and returns where the title begins.
    pub(super) fn of(line: &str) -> Option<(Self, usize)> {
        let (inside, rest) = line.strip_prefix("[!")?.split_once(']')?;
        // What follows the bar says how it looks.
        let word = inside.split('|').next().unwrap_or_default().trim();
        let is_word = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        if word.is_empty() || word.len() > LONGEST || !word.chars().all(is_word) {
            return None;
        }
        let title = rest.strip_prefix(['+', '-']).unwrap_or(rest);
        // What touches the bracket is no title, but a link or a word.
        if !title.is_empty() && !title.starts_with([' ', '\t']) {
            return None;
        }
        let callout = Self { word: lower_case(word), is_folded: rest.starts_with('-'), title: Inlines::new() };
        Some((callout, line.len() - title.trim_start().len()))
    }

    /// The box that it is.
    pub(super) fn kind(self, children: Blocks) -> Kind {
        let own = AdmonitionKind::from_word(&self.word);
        let kind = own.unwrap_or(match self.word.as_str() {
            "check" | "done" => AdmonitionKind::Success,
            "failure" | "fail" | "missing" | "bug" => AdmonitionKind::Danger,
            "cite" => AdmonitionKind::Quote,
            _ => AdmonitionKind::Note,
        });
        let title = match self.title.is_empty() && own.is_none() {
            // What it is called would be lost with the name of another kind.
            true => capitalised(&self.word.replace(['-', '_'], " ")).as_str().into(),
            false => self.title,
        };
        Kind::Admonition(Admonition { kind, title, collapsible: self.is_folded, children, ..Admonition::default() })
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines_tell_a_kind_and_where_the_title_begins() {
        for (line, word, is_folded, title) in [
            ("[!info]", "info", false, ""),
            ("[!WARNING]- T", "warning", true, "T"),
            ("[!my-kind|wide]+ T", "my-kind", false, "T"),
        ] {
            let (callout, start) = Callout::of(line).expect("a callout");
            assert_eq!((callout.word.as_str(), callout.is_folded, &line[start..]), (word, is_folded, title), "{line}");
        }
        for line in ["[!]", "[! a b] c", "[!a](b)", "[a]", "[!a"] {
            assert_eq!(Callout::of(line), None, "{line}");
        }
    }
}
