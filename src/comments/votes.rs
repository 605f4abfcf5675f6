//! Votes on comments.

/// How often a comment was voted for and against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// For it.
    pub up: u32,
    /// Against it.
    pub down: u32,
}

/// A vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vote {
    /// For a comment.
    Up,
    /// Against it.
    Down,
}

impl Votes {
    /// How many there are of a kind.
    pub fn of(self, vote: Vote) -> u32 {
        match vote {
            Vote::Up => self.up,
            Vote::Down => self.down,
        }
    }
}
