//! A comment being written, and what is wrong with it.

use super::{Caps, Moment};
use crate::article::FieldRule;
use crate::article::json::{Json, record};
use crate::json::Value;
use crate::warning::Warnings;
use crate::{json, letter};

/// A comment being written: the fields as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The comment it answers; empty at the top level.
    pub parent: String,
    /// The text of each field, in the order of [`Field::ALL`].
    pub fields: [String; 4],
}

/// A field of the form, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The comment.
    Comment,
    /// The author's name.
    Name,
    /// The author's email address.
    Email,
    /// The author's website.
    Website,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is empty.
    Missing,
    /// It is not an email address or a web address.
    Invalid,
    /// It is too long by so much; 0 where only a server knows.
    TooLong(u32),
    /// It is too short: at least so much.
    TooShort(u32),
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Comment, Self::Name, Self::Email, Self::Website];
}

impl Draft {
    /// The text of a field.
    pub fn get(&self, field: Field) -> &str {
        &self.fields[field as usize]
    }

    /// Changes the text of a field.
    pub fn set(&mut self, field: Field, text: String) {
        self.fields[field as usize] = text;
    }

    /// What is wrong with it, in the order of the form; nothing means that it can be sent.
    pub fn problems(&self, caps: &Caps) -> Vec<Problem> {
        let problem = |field| problem(field, self.get(field), caps).map(|kind| Problem { field, kind });
        Field::ALL.into_iter().filter_map(problem).collect()
    }

    /// What is sent of it: trimmed, the website with its scheme, and nothing that the form does not ask for.
    #[must_use]
    pub fn tidied(&self, caps: &Caps) -> Self {
        let mut tidy = self.clone();
        for field in Field::ALL {
            let text = self.get(field);
            let text = match (caps.rule(field), field) {
                (FieldRule::Hidden, _) => String::new(),
                (_, Field::Comment) => trimmed_lines(text),
                (_, Field::Website) => website(text).unwrap_or_default(),
                (_, Field::Name | Field::Email) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            tidy.set(field, text);
        }
        tidy
    }
}

/// What is wrong with one field, if anything.
pub fn problem(field: Field, text: &str, caps: &Caps) -> Option<ProblemKind> {
    let rule = caps.rule(field);
    let trimmed = text.trim();
    if rule == FieldRule::Hidden {
        return None;
    }
    if trimmed.is_empty() {
        return (rule == FieldRule::Required).then_some(ProblemKind::Missing);
    }
    let most = caps.longest(field) as usize;
    let length = caps.unit.length(trimmed);
    if length > most {
        return Some(ProblemKind::TooLong((length - most) as u32));
    }
    match field {
        Field::Comment if length < caps.shortest as usize => Some(ProblemKind::TooShort(caps.shortest)),
        Field::Email if !is_email(trimmed) => Some(ProblemKind::Invalid),
        Field::Website => match website(trimmed) {
            None => Some(ProblemKind::Invalid),
            Some(url) if caps.unit.length(&url) > most => {
                Some(ProblemKind::TooLong((caps.unit.length(&url) - most) as u32))
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// The address of a website that a person typed, with `https://` before it where they left it out. Empty for
/// nothing, `None` where it is no http or https address.
pub fn website(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(String::new());
    }
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| typed.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let (scheme, rest) = scheme.map_or(("https://", typed), |scheme| (scheme, &typed[scheme.len()..]));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, port) = rest[..end].split_once(':').unwrap_or((&rest[..end], "80"));
    let is_sound = !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "\\<>\"`{}|^".contains(c));
    let is_port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
    (is_sound && is_port && is_host(host)).then(|| format!("{scheme}{rest}"))
}

/// Whether WordPress would take `text` for an email address, letters of all scripts allowed.
fn is_email(text: &str) -> bool {
    let Some((mailbox, host)) = text.rsplit_once('@') else { return false };
    let is_mailbox_letter = |c: char| letter::is_word(c) || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    !mailbox.is_empty() && mailbox.chars().all(is_mailbox_letter) && is_host(host) && host.contains('.')
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_edge_dash = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !is_edge_dash && label.chars().all(|c| letter::is_word(c) || c == '-' || c == '_')
    };
    host.split('.').all(is_label)
}

/// Without blank lines around it; indentation of the first line is kept.
fn trimmed_lines(text: &str) -> String {
    let text = text.trim_end();
    let blank = text.len() - text.trim_start().len();
    text[text[..blank].rfind('\n').map_or(0, |newline| newline + 1)..].to_owned()
}

record! {
    /// The author's fields, as they are kept for the next time.
    pub struct SavedAuthor {
        /// Name.
        pub name: String => "name",
        /// Email address.
        pub email: String => "email",
        /// Website.
        pub url: String => "url",
    }
}

impl SavedAuthor {
    /// What is stored under [`SAVED_AUTHOR_KEY`].
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }

    /// Reads what was stored; nothing where it cannot be read.
    pub fn from_text(text: &str) -> Self {
        read(text).unwrap_or_default()
    }
}

/// Where the author's fields are stored, if they asked for it.
pub const SAVED_AUTHOR_KEY: &str = "recto:author";

record! {
    /// The text of an unfinished comment, as it is stored. The author's fields are not: only the tick keeps them.
    pub struct SavedText {
        /// The text.
        pub markdown: String => "markdown",
        /// When it was last changed.
        pub saved: Option<Moment> => "saved",
        /// The identifier it was sent under, where no answer came: it may have arrived.
        pub attempt: String => "attempt",
    }
}

/// Days that an unfinished comment is kept.
const KEPT_DAYS: i64 = 30;

impl SavedText {
    /// What is stored under [`text_key`].
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }

    /// Reads what was stored, unless it is empty or too old at `now`.
    pub fn from_text(text: &str, now: Moment) -> Option<Self> {
        let saved: Self = read(text)?;
        let is_fresh = saved.saved.is_some_and(|moment| now <= moment.plus_days(KEPT_DAYS));
        (is_fresh && !saved.markdown.trim().is_empty()).then_some(saved)
    }
}

/// What keys of unfinished comments begin with.
pub const TEXT_PREFIX: &str = "recto:draft:";

/// Where the text of an unfinished comment is stored; `place` tells replies and edits of one thread apart.
pub fn text_key(thread: &str, place: &str) -> String {
    [TEXT_PREFIX, thread, ":", place].concat()
}

fn read<T: Json>(text: &str) -> Option<T> {
    let value: Value<'_> = json::parse(text).ok()?;
    T::read(&value, &mut Warnings::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::provider::Provider;

    fn draft(comment: &str, name: &str, email: &str, website: &str) -> Draft {
        let fields = [comment, name, email, website].map(str::to_owned);
        Draft { parent: String::new(), fields }
    }

    #[track_caller]
    fn check(draft: &Draft, expected: &[(Field, ProblemKind)]) {
        let found: Vec<_> = draft.problems(&Provider::local().caps()).iter().map(|p| (p.field, p.kind)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn required_fields_are_asked_for_in_the_forms_order() {
        check(
            &draft(" \n", "", "", ""),
            &[Field::Comment, Field::Name, Field::Email].map(|f| (f, ProblemKind::Missing)),
        );
        check(&draft("Hi", "Ann", "ann@example.org", ""), &[]);
    }

    #[test]
    fn limits_count_bytes_of_utf8() {
        let name = |letters| draft("Hi", &"é".repeat(letters), "ann@example.org", "");
        check(&name(122), &[]);
        check(&name(123), &[(Field::Name, ProblemKind::TooLong(1))]);
        let comment = |bytes| draft(&"x".repeat(bytes), "Ann", "ann@example.org", "");
        check(&comment(65_525), &[]);
        check(&comment(65_527), &[(Field::Comment, ProblemKind::TooLong(2))]);
    }

    #[test]
    fn each_server_counts_in_its_own_unit() {
        use crate::comments::draft::Field::Comment;
        let isso = Provider::Isso(String::new()).caps();
        let wordpress = Provider::WordPress(String::new(), 1).caps();
        let emoji = |count| "🙂".repeat(count);
        for (caps, most) in [(&isso, 65_535), (&wordpress, 65_525 / 4)] {
            assert_eq!(problem(Comment, &emoji(most), caps), None);
            let over = problem(Comment, &emoji(most + 1), caps);
            assert!(matches!(over, Some(ProblemKind::TooLong(1..=4))), "{over:?}");
        }
        assert_eq!(problem(Comment, "🙂🙂", &isso), Some(ProblemKind::TooShort(3)));
    }

    #[test]
    fn website_limit_counts_the_added_scheme() {
        let typed = format!("example.org/{}", "x".repeat(185));
        check(&draft("Hi", "Ann", "ann@example.org", &typed), &[(Field::Website, ProblemKind::TooLong(5))]);
    }

    #[test]
    fn tells_email_addresses() {
        for good in ["a@b.c", "ann.lee+x@mail.example.org", "o'hara@example.ie", "jörg@müller.de"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["nope", "@b.c", "a@b", "a@b..c", "a b@c.d", "a@-b.c", "a@b@c.d", "a@b.c ", "<a>@b.c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn websites_get_their_scheme() {
        for (typed, url) in [
            ("example.org", "https://example.org"),
            ("HTTP://Example.org/a?b#c", "http://Example.org/a?b#c"),
            ("localhost:8080/x", "https://localhost:8080/x"),
            ("  ", ""),
        ] {
            assert_eq!(website(typed).as_deref(), Some(url));
        }
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "ftp://a.b", "https://", "a b.c", "https://a.b/\"x", "//a"]
        {
            assert_eq!(website(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_what_the_form_asks_for_is_sent() {
        let mut caps = Provider::local().caps();
        caps.email = FieldRule::Hidden;
        let tidy = draft("\n  code\n\n", "  Ann \n Lee ", "not an address", "example.org").tidied(&caps);
        assert_eq!(tidy.fields, ["  code", "Ann Lee", "", "https://example.org"].map(str::to_owned));
    }

    #[test]
    fn unfinished_text_is_kept_thirty_days() {
        let saved =
            SavedText { markdown: "Hm".to_owned(), saved: Some(Moment(0).plus_days(1)), ..SavedText::default() };
        let text = saved.to_text();
        assert_eq!(SavedText::from_text(&text, Moment(0).plus_days(31)), Some(saved));
        assert_eq!(SavedText::from_text(&text, Moment(1).plus_days(31)), None);
        assert_eq!(SavedText::from_text("}", Moment(0)), None);
    }

    #[test]
    fn saved_author_is_read_again() {
        let saved = SavedAuthor { name: "Ann \"A\"".to_owned(), ..SavedAuthor::default() };
        assert_eq!(SavedAuthor::from_text(&saved.to_text()), saved);
    }
}
