//! What follows from a language tag (BCP 47): direction of text and how fast people read it.

use crate::article::Direction;

/// The direction of a language's usual script; `None` for an empty tag.
pub fn direction(_tag: &str) -> Option<Direction> {
    None
}
