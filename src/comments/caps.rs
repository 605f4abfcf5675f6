//! What a provider allows, which decides what the form asks for and what a comment offers.

use crate::article::FieldRule;
use crate::article::json::keyword;
use crate::page::Discussion;

use super::draft::Field;

/// What a provider allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caps {
    /// Whether new comments are accepted.
    pub post: Post,
    /// Where comments are kept.
    pub kept: Kept,
    /// Whether the form asks for a name.
    pub name: FieldRule,
    /// Whether the form asks for an email address.
    pub email: FieldRule,
    /// Whether the form asks for a website.
    pub website: FieldRule,
    /// The longest of each field, in the order of [`Field::ALL`].
    pub longest: [u32; 4],
    /// What [`Caps::longest`] counts.
    pub unit: Unit,
    /// The shortest comment, in the same unit.
    pub shortest: u32,
    /// Own comments can be changed.
    pub edit: bool,
    /// Own comments can be deleted.
    pub delete: bool,
    /// Replies nest so deep, from 1; deeper ones are shown side by side at that depth.
    pub depth: u8,
    /// What becomes of the Markdown that is typed.
    pub format: Format,
    /// The orders that there are, the first one by itself.
    pub sorts: &'static [Sort],
}

keyword! {
    /// The order of threads; replies are always in the order of time.
    pub enum Sort {
        /// The oldest first.
        Oldest = "oldest",
        /// The newest first.
        Newest = "newest",
        /// The most liked first.
        Liked = "liked",
    }
}

/// Whether new comments are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// They are.
    Open,
    /// No longer.
    Closed,
}

/// Where comments are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In this browser alone.
    Here,
    /// On a server, for everyone.
    OnServer,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode characters.
    Characters,
}

/// What becomes of the Markdown that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// It is kept, and shown as the preview shows it.
    Markdown,
    /// Paragraphs, links and marks are kept; lists and code blocks are flattened.
    Flattened,
}

impl Unit {
    /// The length of `text`.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Characters => text.chars().count(),
        }
    }
}

impl Caps {
    /// These capabilities within what the article asks for.
    #[must_use]
    pub fn within(mut self, discussion: &Discussion) -> Self {
        if discussion.closed {
            self.post = Post::Closed;
        }
        let fields = &discussion.fields;
        let asked = [(&mut self.name, fields.name), (&mut self.email, fields.email), (&mut self.website, fields.url)];
        for (rule, asked) in asked {
            *rule = asked.unwrap_or(*rule);
        }
        if let Some(most) = discussion.max_length {
            self.longest[Field::Comment as usize] = most.clamp(1, self.longest[Field::Comment as usize]);
        }
        if let Some(depth) = discussion.thread_depth {
            self.depth = depth.clamp(1, self.depth.into()) as u8;
        }
        self
    }

    /// Whether the form asks for a field.
    pub fn rule(&self, field: Field) -> FieldRule {
        match field {
            Field::Comment => FieldRule::Required,
            Field::Name => self.name,
            Field::Email => self.email,
            Field::Website => self.website,
        }
    }

    /// The longest of a field.
    pub fn longest(&self, field: Field) -> u32 {
        self.longest[field as usize]
    }

    /// How much more a field takes, where that is little enough to say; negative when it is too long.
    pub fn room(&self, field: Field, text: &str) -> Option<i64> {
        let most = i64::from(self.longest(field));
        let left = most - self.unit.length(text) as i64;
        (left <= (most / 10).min(1000)).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::CommentFields;
    use crate::comments::provider::Provider;

    #[test]
    fn article_narrows_what_the_provider_allows() {
        let fields = CommentFields { email: Some(FieldRule::Hidden), ..CommentFields::default() };
        let discussion =
            Discussion { closed: true, fields, max_length: Some(500), thread_depth: Some(9), ..Discussion::default() };
        let caps = Provider::local().caps().within(&discussion);
        assert_eq!((caps.post, caps.email, caps.name), (Post::Closed, FieldRule::Hidden, FieldRule::Required));
        assert_eq!((caps.longest(Field::Comment), caps.longest(Field::Name), caps.depth), (500, 245, 5));
    }

    #[test]
    fn room_is_told_in_bytes_near_the_limit_only() {
        let mut caps = Provider::local().caps();
        caps.longest[Field::Comment as usize] = 20;
        assert_eq!(caps.room(Field::Comment, "a"), None);
        assert_eq!(caps.room(Field::Comment, &"é".repeat(9)), Some(2));
        assert_eq!(caps.room(Field::Comment, &"é".repeat(11)), Some(-2));
        caps.unit = Unit::Characters;
        assert_eq!(caps.room(Field::Comment, &"é".repeat(11)), None);
    }
}
