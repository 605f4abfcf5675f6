//! Article -> the text that the reader sees.

use crate::article::Inlines;

/// Appends the text of `inlines` to `text`, without marks; a line break becomes a space.
pub fn push_inlines(_inlines: &Inlines, _text: &mut String) {}
