//! What was sent to a server from this browser: the browser's own copies. By them it knows which comments are its
//! reader's, shows those that the server still holds back, and proves that it may change them.

use super::draft::Field;
use super::provider::{Created, Fate, Submission};
use super::{Author, Body, Comment, Moment, State};
use crate::article::json::{Json, record};
use crate::json::{self, Value};
use crate::warning::Warnings;

record! {
    /// A comment that was sent.
    pub struct Sent {
        /// The identifier that the server gave it.
        pub id: String => "id",
        /// The comment it answers.
        pub parent: String => "parent",
        /// Who wrote it.
        pub author: Author => "author",
        /// When, by the server's clock. Servers use identifiers again: only the two together name a comment.
        pub created: Moment => "created",
        /// What it says.
        pub markdown: String => "markdown",
        /// Where it stands, as far as is known.
        pub state: State => "state",
        /// What proves that it is this reader's own.
        pub token: String => "token",
        /// Until when it can be changed, by this device's clock.
        pub until: Moment => "until",
        /// When it was sent, by this device's clock.
        pub sent: Moment => "sent",
        /// The identifier that it was sent under.
        pub submission: String => "submission",
    }
}

record! {
    /// What was sent to one thread.
    pub struct SentList {
        /// The comments.
        pub comments: Vec<Sent> => "comments",
    }
}

/// Days after which a copy goes of what was never published.
const KEPT_DAYS: i64 = 30;

/// What keys of own copies begin with.
pub const SENT_PREFIX: &str = "recto:sent:";

/// Under what own copies of a thread's comments are stored.
pub fn key(thread: &str) -> String {
    [SENT_PREFIX, thread].concat()
}

impl Sent {
    /// The copy of a comment that was just added.
    pub fn new(created: &Created, submission: &Submission) -> Self {
        let comment = &created.comment;
        Self {
            id: comment.id.clone(),
            parent: comment.parent.clone(),
            author: comment.author.clone(),
            created: comment.created,
            markdown: submission.draft.get(Field::Comment).to_owned(),
            state: comment.state,
            token: created.token.clone(),
            until: Moment(submission.at.0.saturating_add(created.change_for)),
            sent: submission.at,
            submission: submission.id.clone(),
        }
    }

    /// Whether this is the copy of `comment`.
    pub fn is_of(&self, comment: &Comment) -> bool {
        self.id == comment.id && self.created == comment.created
    }

    /// Whether `comment` is what this became, where the server did not say what it was going to call it.
    fn is_like(&self, comment: &Comment) -> bool {
        self.is_nameless() && !comment.mine && self.author.name == comment.author.name && comment.says(&self.markdown)
    }

    /// Whether the server's identifier is not known.
    pub fn is_nameless(&self) -> bool {
        !self.id.is_empty() && self.id == self.submission
    }

    fn to_comment(&self) -> Comment {
        Comment {
            id: self.id.clone(),
            parent: self.parent.clone(),
            author: self.author.clone(),
            created: self.created,
            body: Body::Markdown(self.markdown.clone()),
            state: self.state,
            mine: true,
            ..Comment::default()
        }
    }
}

impl SentList {
    /// Reads what was stored; nothing where it cannot be read. What was not published for long is left out.
    pub fn from_text(text: &str, now: Moment) -> Self {
        let value: Value<'_> = json::parse(text).unwrap_or_default();
        let mut list = Self::read(&value, &mut Warnings::default()).unwrap_or_default();
        list.comments.retain(|sent| sent.state == State::Published || now <= sent.sent.plus_days(KEPT_DAYS));
        list
    }

    /// What is stored.
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }

    /// The copy of a comment.
    pub fn find(&self, comment: &Comment) -> Option<&Sent> {
        self.comments.iter().find(|sent| sent.is_of(comment))
    }

    /// Whether what was sent under that identifier has been delivered.
    pub fn has(&self, submission: &str) -> bool {
        self.comments.iter().any(|sent| sent.submission == submission)
    }

    /// Puts a copy in, in place of the one there was.
    pub fn put(&mut self, sent: Sent) {
        self.comments.retain(|other| other.id != sent.id || other.created != sent.created);
        self.comments.push(sent);
    }

    /// Says of comments of a server which are this reader's, and adds those that it holds back.
    pub fn complete(&mut self, comments: &mut Vec<Comment>) {
        for sent in &mut self.comments {
            let known = comments.iter().position(|comment| sent.is_of(comment));
            match known.or_else(|| comments.iter().position(|comment| sent.is_like(comment))) {
                Some(index) => {
                    let comment = &mut comments[index];
                    comment.mine = comment.state != State::Deleted;
                    sent.id.clone_from(&comment.id);
                    sent.created = comment.created;
                    sent.state = comment.state;
                }
                None if matches!(sent.state, State::Held | State::Refused) => comments.push(sent.to_comment()),
                None => {}
            }
        }
    }

    /// Notes what became of a comment that was held.
    pub fn note(&mut self, comment: &Comment, fate: Fate) {
        if let Some(sent) = self.comments.iter_mut().find(|sent| sent.is_of(comment)) {
            match fate {
                Fate::Published => sent.state = State::Published,
                Fate::Gone => sent.state = State::Refused,
                Fate::Held | Fate::Unknown => {}
            }
        }
    }
}

impl Comment {
    /// Whether it says exactly what was written as `markdown`, as far as can be told without reading either.
    pub(super) fn is_text_of(&self, markdown: &str) -> bool {
        match &self.body {
            Body::Markdown(body) => body == markdown,
            Body::Html(html) => letters_of(html.as_str()).eq(shown_letters(markdown)),
            Body::Foreign(html) => letters_of(html).eq(shown_letters(markdown)),
        }
    }

    /// Whether it says what was written as `markdown`, in whatever form the server gives it.
    pub(super) fn says(&self, markdown: &str) -> bool {
        match &self.body {
            Body::Markdown(body) => body == markdown,
            Body::Html(html) => are_words_of(html.as_str(), markdown),
            Body::Foreign(html) => are_words_of(html, markdown),
        }
    }
}

/// The letters and digits of Markdown that are shown, as far as can be told without reading it: all but addresses of links.
fn shown_letters(markdown: &str) -> impl Iterator<Item = char> {
    let targets = markdown.split("](").enumerate();
    let parts =
        targets.map(|(index, part)| if index == 0 { part } else { part.split_once(')').map_or("", |(_, rest)| rest) });
    parts.flat_map(str::chars).filter(|letter| letter.is_alphanumeric())
}

/// Whether markup has the words of Markdown, whose addresses of links are not among the words.
fn are_words_of(html: &str, markdown: &str) -> bool {
    let shown: Vec<char> = letters_of(html).collect();
    let mut written = markdown.chars().filter(|letter| letter.is_alphanumeric());
    let most = if markdown.contains("](") { 4 * shown.len() + 200 } else { shown.len() };
    let length = written.clone().count();
    !shown.is_empty() && length <= most && shown.iter().all(|letter| written.any(|other| other == *letter))
}

/// The letters and digits of markup, without tags and what stands for single letters.
fn letters_of(html: &str) -> impl Iterator<Item = char> {
    let mut end = None;
    let is_outside = move |letter: &char| {
        match (end, letter) {
            (None, '<') => end = Some('>'),
            (None, '&') => end = Some(';'),
            (Some(close), letter) if close == *letter => end = None,
            _ => {}
        }
        end.is_none()
    };
    html.chars().filter(is_outside).filter(|letter| letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::Draft;

    fn sent(id: &str, state: State) -> Sent {
        let comment = Comment { id: id.to_owned(), created: Moment(1000), state, ..Comment::default() };
        let fields = ["Hello *world*", "Ann", "", ""].map(str::to_owned);
        let submission =
            Submission { draft: Draft { parent: String::new(), fields }, at: Moment(5), ..Default::default() };
        Sent::new(&Created { comment, token: "t".to_owned(), change_for: 60_000 }, &submission)
    }

    fn listed(id: &str, created: i64) -> Comment {
        Comment { id: id.to_owned(), created: Moment(created), ..Comment::default() }
    }

    #[test]
    fn held_comments_are_shown_to_their_author_until_they_are_published() {
        let mut list = SentList { comments: vec![sent("1", State::Held)] };
        let mut comments = vec![listed("2", 1)];
        list.complete(&mut comments);
        assert_eq!((comments.len(), comments[1].state, comments[1].mine), (2, State::Held, true));
        assert_eq!(comments[1].body.markdown(), Some("Hello *world*"));
        let mut comments = vec![listed("1", 1000)];
        list.complete(&mut comments);
        assert_eq!((comments.len(), comments[0].mine, list.comments[0].state), (1, true, State::Published));
        let mut comments = Vec::new();
        list.complete(&mut comments);
        assert_eq!(comments, [], "the server has it no more");
    }

    #[test]
    fn identifiers_that_are_used_again_are_not_taken_for_ones_own() {
        let mut list = SentList { comments: vec![sent("1", State::Published)] };
        let mut comments = vec![listed("1", 2000)];
        list.complete(&mut comments);
        assert!(!comments[0].mine);
    }

    #[test]
    fn what_the_server_did_not_name_is_known_by_its_words() {
        let unnamed = || SentList {
            comments: vec![Sent { id: "u".to_owned(), submission: "u".to_owned(), ..sent("u", State::Held) }],
        };
        let says = |html: &str| vec![Comment { body: Body::Foreign(html.to_owned()), ..listed("7", 9000) }];
        for (html, count) in
            [("<p>Hello <em title=\"x\">world</em> &#8217;</p>", 1), ("<p>Hello</p>", 2), ("<p>world, hello</p>", 2)]
        {
            let (mut list, mut comments) = (unnamed(), says(html));
            list.complete(&mut comments);
            assert_eq!((comments.len(), comments[0].mine), (count, count == 1), "{html}");
            assert_eq!(list.comments[0].id, if count == 1 { "7" } else { "u" });
        }
        assert!(are_words_of("<p>see <a href=\"https://a.b\">this</a></p>", "see [this](https://a.b/c)"));
        assert!(!are_words_of("<p></p>", "Hello"));
    }

    #[test]
    fn what_moderators_took_away_is_told_and_not_lost() {
        let mut list = SentList { comments: vec![sent("1", State::Held)] };
        list.note(&listed("1", 1000), Fate::Gone);
        let mut comments = Vec::new();
        list.complete(&mut comments);
        assert_eq!(comments[0].state, State::Refused);
    }

    #[test]
    fn copies_are_read_again_and_go_after_a_month() {
        let list = SentList { comments: vec![sent("1", State::Held), sent("2", State::Published)] };
        assert_eq!(SentList::from_text(&list.to_text(), Moment(0)), list);
        let later = SentList::from_text(&list.to_text(), Moment(0).plus_days(40));
        assert_eq!(later.comments.len(), 1);
        assert_eq!(SentList::from_text("}", Moment(0)), SentList::default());
    }
}
