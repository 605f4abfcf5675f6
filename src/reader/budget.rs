//! What a file names many times is copied only so often: a short file could make a result of any size otherwise.

use super::Context;
use crate::article::Inline;
use crate::json::Value;

/// More is no article: the addresses of the largest ones are a tenth of it.
const MOST_COPIED: usize = 8 * 1024 * 1024;

/// What a value costs beside its text.
const NODE: usize = 16;

impl Context<'_> {
    /// Whether one more copy of what the file has once fits; the first that does not is reported.
    pub(super) fn afford(&mut self, value: &Value<'_>) -> bool {
        self.copied <= MOST_COPIED && self.spend(weight(value))
    }

    /// Whether one more copy of these marks fits.
    pub(super) fn afford_marks(&mut self, marks: &[Inline]) -> bool {
        let cost = |mark: &Inline| if let Inline::Link(link) = mark { link.url.len() + link.title.len() } else { 0 };
        self.spend(marks.iter().map(cost).sum())
    }

    /// Whether so many bytes more fit.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        let could = self.copied <= MOST_COPIED;
        self.copied = self.copied.saturating_add(bytes);
        let can = self.copied <= MOST_COPIED;
        if could && !can {
            self.warnings.warn("the same thing too many times; left out from here on");
        }
        can
    }
}

/// The bytes of text in a value, and a little for each part.
fn weight(value: &Value<'_>) -> usize {
    NODE + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members.iter().map(|(name, member)| name.len() + weight(member)).sum(),
        _ => 0,
    }
}
