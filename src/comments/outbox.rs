//! Comments on their way to a server, as a state machine without a clock or a network.
//!
//! ```text
//!            ┌────────── not there ───────────┐
//! Queued ──begin──▶ Sending ──answered──▶ Unsure ──sought──▶ Asking (the reader)
//!    ▲                 │ │                    └─ found ─▶ delivered
//!    └── not arrived ──┘ └─ refused ─▶ Refused (the reader)
//! ```
//!
//! Every state is stored before the next thing is done. So whatever happens in between, an entry is there until the
//! server is known to have its comment; and what may have arrived is looked for before it is sent again.

use crate::json::{Object, Value, json};

use super::provider::{Answer, Call, Created, Provider, Refusal, Sought, Submission};
use super::{Author, Body, Comment, Draft, Moment, State, Thread};
use crate::article::json::{Json, keyword, record};
use crate::warning::Warnings;
use crate::{json, site};

keyword! {
    /// How far a comment is on its way.
    pub enum Stage {
        /// It did not arrive, and is sent when its time comes.
        Queued = "queued",
        /// It is being sent, or its sender went away while it was.
        Sending = "sending",
        /// It was sent, and the answer was lost.
        Unsure = "unsure",
        /// It may be on the server, which does not show it: the reader decides whether it is sent again.
        Asking = "asking",
        /// The server does not take it as it is: the reader decides what becomes of it.
        Refused = "refused",
    }
}

record! {
    /// A comment on its way.
    pub struct Outgoing {
        /// An identifier that nothing else has.
        pub id: String => "id",
        /// What kind of server it goes to.
        pub provider: site::Provider => "provider",
        /// That server's address.
        pub url: String => "url",
        /// The post it is on, on WordPress.
        pub post: Option<u32> => "post",
        /// The thread it belongs to.
        pub thread: Thread => "thread",
        /// The comment it answers; empty at the top level.
        pub parent: String => "parent",
        /// The text as it was typed.
        pub markdown: String => "markdown",
        /// The text as the server takes it; empty until somebody could make it.
        pub text: String => "text",
        /// The author's name.
        pub name: String => "name",
        /// The author's email address.
        pub email: String => "email",
        /// The author's website.
        pub website: String => "website",
        /// When it was written, by this device's clock.
        pub at: Moment => "at",
        /// The same by the server's clock, where that is known.
        pub server_at: Option<Moment> => "serverAt",
        /// How far it is.
        pub stage: Stage => "stage",
        /// It was sent before and may have arrived.
        pub was_sent: bool => "wasSent",
        /// How often in a row it was tried in vain.
        pub tries: u32 => "tries",
        /// Nothing is done before this moment.
        pub due: Moment => "due",
        /// Why it is not there yet.
        pub why: Option<Refusal> => "why",
    }
}

/// What is to be done with a comment on its way.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Nothing, until the reader says what.
    Rest,
    /// Nothing before that moment.
    Wait(Moment),
    /// Send it: first store what [`Outgoing::begun`] says, then execute [`Outgoing::call`].
    Send,
    /// Ask whether it has arrived, by all of these.
    Seek(Vec<Call>),
}

/// How urgent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Only what is due is done.
    Due,
    /// The network or the reader has come back: what only waits for the network is done now.
    Now,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The server has it, with this answer.
    Created(Created),
    /// The server has it from an earlier time, and did not say as what.
    Delivered,
    /// It is on its way still.
    Kept(Box<Outgoing>),
}

/// Most comments that wait at a time.
pub const MOST: usize = 50;
/// Days after which nothing is sent any more without being asked for.
const KEPT_DAYS: i64 = 30;
/// Milliseconds in which a server may still be busy with what it was sent.
const SETTLE: i64 = 3_000;
/// Milliseconds after which somebody who was sending is taken for gone, where there are no locks.
const LEASE: i64 = 60_000;
/// Milliseconds until the second try; doubled with every further one.
const FIRST_WAIT: i64 = 5_000;
/// Milliseconds between tries at most.
const LONGEST_WAIT: i64 = 300_000;
/// Seconds that a server's own pause is waited for at most.
const LONGEST_PAUSE: u32 = 3600;
/// Milliseconds beyond which a moment to wait for is a mistake of a clock.
const LONGEST_DUE: i64 = LONGEST_PAUSE as i64 * 1000;

impl Outgoing {
    /// A comment that was just written, for a provider that keeps comments on a server. `was_sent`: under the same
    /// identifier it may have arrived before.
    pub fn new(provider: &Provider, thread: &Thread, draft: &Draft, id: String, at: Moment, was_sent: bool) -> Self {
        let (kind, url, post) = match provider {
            Provider::Local => (site::Provider::Local, "", None),
            Provider::Isso(url) => (site::Provider::Isso, url.as_str(), None),
            Provider::WordPress(url, post) => (site::Provider::WordPress, url.as_str(), Some(*post)),
            Provider::Json(url) => (site::Provider::Json, url.as_str(), None),
        };
        let [markdown, name, email, website] = draft.fields.clone();
        Self {
            id,
            provider: kind,
            url: url.to_owned(),
            post,
            thread: thread.clone(),
            parent: draft.parent.clone(),
            markdown,
            name,
            email,
            website,
            at,
            stage: if was_sent { Stage::Unsure } else { Stage::Queued },
            was_sent,
            ..Self::default()
        }
    }

    /// What is stored.
    pub fn to_text(&self) -> String {
        json::text(&self.write())
    }

    /// Reads what was stored; nothing where it cannot be read.
    pub fn from_text(text: &str) -> Option<Self> {
        let read = Self::read(&json::parse(text).ok()?, &mut Warnings::default())?;
        (!read.id.is_empty() && read.to().is_some()).then_some(read)
    }

    /// Where it goes.
    pub fn to(&self) -> Option<Provider> {
        let url = self.url.clone();
        match self.provider {
            site::Provider::Isso => Some(Provider::Isso(url)),
            site::Provider::WordPress => self.post.map(|post| Provider::WordPress(url, post)),
            site::Provider::Json => Some(Provider::Json(url)),
            site::Provider::Auto | site::Provider::Local => None,
        }
    }

    /// What was written.
    pub fn submission(&self) -> Submission {
        let fields = [&self.markdown, &self.name, &self.email, &self.website].map(String::clone);
        let draft = Draft { parent: self.parent.clone(), fields };
        let text = if self.text.is_empty() { &self.markdown } else { &self.text };
        Submission { draft, text: text.clone(), id: self.id.clone(), at: self.at }
    }

    /// The comment as its author sees it in the meantime.
    pub fn to_comment(&self) -> Comment {
        Comment {
            id: self.id.clone(),
            parent: self.parent.clone(),
            author: Author { name: self.name.clone(), url: self.website.clone() },
            created: self.server_at.unwrap_or(self.at),
            body: Body::Markdown(self.markdown.clone()),
            state: State::Held,
            mine: true,
            ..Comment::default()
        }
    }

    /// Whether a comment of the server's looks like this one, which may have arrived without its sender learning of it.
    pub fn may_be(&self, comment: &Comment) -> bool {
        let since = self.server_at.unwrap_or(self.at).plus_days(-1);
        (self.was_sent || self.stage == Stage::Sending)
            && comment.created > since
            && comment.author.name == self.name
            && comment.is_text_of(&self.markdown)
    }

    /// What is to be done with it at `now`, by whoever may send.
    pub fn step(&self, now: Moment, urgency: Urgency) -> Step {
        let is_old = now > self.at.plus_days(KEPT_DAYS);
        let until = match self.stage {
            Stage::Asking | Stage::Refused => return Step::Rest,
            Stage::Queued | Stage::Unsure if is_old => return Step::Rest,
            Stage::Queued | Stage::Unsure | Stage::Sending => self.waits_until(urgency),
        };
        if now < until && until.0 - now.0 <= LONGEST_DUE {
            return Step::Wait(until);
        }
        let provider = self.to().filter(|_| self.stage != Stage::Queued);
        let calls = provider.map(|provider| provider.seek(&self.thread, &self.parent)).unwrap_or_default();
        if calls.is_empty() { Step::Send } else { Step::Seek(calls) }
    }

    fn waits_until(&self, urgency: Urgency) -> Moment {
        let is_for_network = matches!(self.why, Some(Refusal::Offline | Refusal::Unreachable | Refusal::Unsure));
        let settled =
            if self.stage == Stage::Unsure { Moment(self.due.0.min(self.at_last().0 + SETTLE)) } else { Moment(0) };
        if urgency == Urgency::Now && is_for_network { settled } else { self.due }
    }

    /// When it was sent last: what `due` was reckoned from.
    fn at_last(&self) -> Moment {
        Moment(self.due.0 - wait(self.tries))
    }

    /// Whether it waits for the server's own pause, and until when.
    pub fn pause(&self) -> Option<Moment> {
        (self.stage == Stage::Queued && matches!(self.why, Some(Refusal::TooFast(_)))).then_some(self.due)
    }

    /// Whether nothing happens to it at `now` unless the reader decides.
    pub fn rests(&self, now: Moment) -> bool {
        self.step(now, Urgency::Due) == Step::Rest
    }

    /// As it is stored before its first byte is sent.
    #[must_use]
    pub fn begun(&self, now: Moment) -> Self {
        Self { stage: Stage::Sending, due: Moment(now.0 + LEASE), ..self.clone() }
    }

    /// What sends it.
    pub fn call(&self) -> Option<Call> {
        self.to().map(|provider| provider.create(&self.thread, &self.submission()))
    }

    /// As it is where nobody else can be sending it: whoever was has gone, and it may have arrived.
    #[must_use]
    pub fn abandoned(&self, now: Moment) -> Self {
        match self.stage {
            Stage::Sending => self.unsure(now, Refusal::Unsure),
            _ => self.clone(),
        }
    }

    /// What came of sending it.
    pub fn answered(&self, answer: &Answer, now: Moment) -> Outcome {
        let Some(provider) = self.to() else { return self.kept(Stage::Refused, Refusal::Closed) };
        match provider.created(&self.submission(), answer) {
            Ok(created) => Outcome::Created(created),
            Err(Refusal::Duplicate) if self.was_sent => Outcome::Delivered,
            Err(refusal) => self.refused(refusal, now),
        }
    }

    /// As it is after it could not be sent.
    pub fn refused(&self, refusal: Refusal, now: Moment) -> Outcome {
        Outcome::Kept(Box::new(match refusal {
            // Nothing went out.
            Refusal::Offline => self.again(Stage::Queued, now, refusal),
            Refusal::Unreachable | Refusal::Unsure => self.unsure(now, refusal),
            Refusal::TooFast(seconds) => {
                let due = Moment(now.0 + i64::from(seconds.clamp(1, LONGEST_PAUSE)) * 1000);
                Self { stage: Stage::Queued, due, why: Some(refusal), ..self.clone() }
            }
            refusal => return self.kept(Stage::Refused, refusal),
        }))
    }

    /// What came of looking for it. `is_known` says of a comment that it was delivered before and is another.
    pub fn sought(&self, answers: &[Answer], is_known: &dyn Fn(&Comment) -> bool, now: Moment) -> Outcome {
        let Some(provider) = self.to() else { return self.kept(Stage::Refused, Refusal::Closed) };
        match provider.sought(&self.submission(), self.server_at, answers, is_known) {
            Sought::Found(comment) => {
                Outcome::Created(Created { comment: *comment, token: String::new(), change_for: 0 })
            }
            Sought::Nowhere => Outcome::Kept(Box::new(Self {
                stage: Stage::Queued,
                due: now,
                was_sent: false,
                why: None,
                ..self.clone()
            })),
            Sought::Hidden => self.kept(Stage::Asking, Refusal::Unsure),
            // Nothing was sent: it is as unsure as before.
            Sought::Unanswered(refusal) => Outcome::Kept(Box::new(self.again(Stage::Unsure, now, refusal))),
        }
    }

    /// As it is after the reader said that it is to be sent, whatever was before.
    #[must_use]
    pub fn wanted(&self, now: Moment) -> Self {
        // A question that was answered with yes is not asked again.
        let stage = if self.was_sent && self.stage != Stage::Asking { Stage::Unsure } else { Stage::Queued };
        let was_sent = stage == Stage::Unsure;
        // It is as good as written now.
        Self { stage, was_sent, at: now.max(self.at), due: now, tries: 0, why: None, ..self.clone() }
    }

    fn kept(&self, stage: Stage, why: Refusal) -> Outcome {
        Outcome::Kept(Box::new(Self { stage, why: Some(why), ..self.clone() }))
    }

    /// It may have arrived.
    fn unsure(&self, now: Moment, why: Refusal) -> Self {
        Self { was_sent: true, ..self.again(Stage::Unsure, now, why) }
    }

    fn again(&self, stage: Stage, now: Moment, why: Refusal) -> Self {
        let tries = self.tries.saturating_add(1);
        Self { stage, tries, due: Moment(now.0 + wait(tries)), why: Some(why), ..self.clone() }
    }
}

/// Milliseconds until the next try after so many.
fn wait(tries: u32) -> i64 {
    let doublings = tries.saturating_sub(1).min(10);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

/// What is stored of why a comment is not there yet.
const WORDS: [(&str, Refusal); 10] = [
    ("offline", Refusal::Offline),
    ("unreachable", Refusal::Unreachable),
    ("unsure", Refusal::Unsure),
    ("duplicate", Refusal::Duplicate),
    ("quota", Refusal::Quota),
    ("login", Refusal::LoginRequired),
    ("closed", Refusal::Closed),
    ("gone", Refusal::Gone),
    ("pause", Refusal::TooFast(0)),
    ("fields", Refusal::Fields(Vec::new())),
];

/// A word, or the server's own in quotes: what is wrong with which field is found out anew by the form.
impl Json for Refusal {
    fn read(value: &Value<'_>, _: &mut Warnings) -> Option<Self> {
        let said = value.get("said").and_then(Value::as_str).map(|said| Self::Other(said.to_owned()));
        let known = WORDS.iter().find(|(word, _)| value.as_str() == Some(*word)).map(|(_, refusal)| refusal.clone());
        said.or(known)
    }
    fn write(&self) -> Value<'_> {
        let same = |other: &Self| std::mem::discriminant(self) == std::mem::discriminant(other);
        match (self, WORDS.iter().find(|(_, refusal)| same(refusal))) {
            (_, Some((word, _))) => (*word).into(),
            (Self::Other(said), _) => json!({"said": said}),
            _ => json!({"said": ""}),
        }
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::provider::http::Response;

    const ISSO: fn() -> Provider = || Provider::Isso("https://c.example/".to_owned());
    const NOW: Moment = Moment(1_795_374_587_000);

    fn outgoing(provider: &Provider, id: &str, text: &str) -> Outgoing {
        let fields = [text, "Ann & Bob", "ann@example.org", ""].map(str::to_owned);
        let draft = Draft { parent: String::new(), fields };
        let made = Outgoing::new(
            provider,
            &Thread { key: "a".to_owned(), ..Thread::default() },
            &draft,
            id.to_owned(),
            NOW,
            false,
        );
        Outgoing { text: text.to_owned(), ..made }
    }

    fn http(status: u16, body: String) -> Answer {
        Answer::Http(Response { status, headers: Vec::new(), body })
    }

    fn kept(outcome: Outcome) -> Outgoing {
        match outcome {
            Outcome::Kept(entry) => *entry,
            other => panic!("delivered: {other:?}"),
        }
    }

    fn later(milliseconds: i64) -> Moment {
        Moment(NOW.0 + milliseconds)
    }

    #[test]
    fn what_did_not_arrive_is_sent_again_after_ever_longer_waits() {
        let mut entry = outgoing(&ISSO(), "1", "Hello");
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..9 {
            assert_eq!(entry.step(now, Urgency::Due), Step::Send);
            entry = kept(entry.begun(now).answered(&Answer::Offline, now));
            let Step::Wait(until) = entry.step(now, Urgency::Due) else { panic!("{entry:?}") };
            assert_eq!(entry.step(now, Urgency::Now), Step::Send, "the network is back");
            waits.push((until.0 - now.0) / 1000);
            now = until;
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(entry.step(NOW.plus_days(31), Urgency::Now), Step::Rest, "after a month it is left to the reader");
        let wanted = entry.wanted(NOW.plus_days(31));
        assert_eq!(wanted.step(NOW.plus_days(31), Urgency::Due), Step::Send);
    }

    #[test]
    fn what_the_server_lists_is_known_again_before_it_is_looked_for() {
        let queued = outgoing(&ISSO(), "1", "Hello *there* & you");
        let listed = |name: &str, html: &str, created| Comment {
            author: Author { name: name.to_owned(), url: String::new() },
            body: Body::Foreign(html.to_owned()),
            created,
            ..Comment::default()
        };
        let same = listed("Ann & Bob", "<p>Hello <em>there</em> &amp; you</p>", later(900));
        assert!(!queued.may_be(&same), "it was not sent");
        let begun = queued.begun(NOW);
        assert!(begun.may_be(&same) && begun.abandoned(NOW).may_be(&same));
        assert!(!begun.may_be(&listed("Ann", "<p>Hello <em>there</em> &amp; you</p>", later(900))));
        assert!(!begun.may_be(&listed("Ann & Bob", "<p>Hello the</p>", later(900))), "it is not all of it");
        let with_link = outgoing(&ISSO(), "1", "[Hello](https://example.org/) you").begun(NOW);
        assert!(with_link.may_be(&listed(
            "Ann & Bob",
            "<p><a href=\"https://example.org/\">Hello</a> you</p>",
            later(900)
        )));
        assert!(!begun.may_be(&Comment { created: NOW.plus_days(-2), ..same }), "it is from another time");
    }

    #[test]
    fn what_may_have_arrived_is_looked_for_once_the_server_had_time() {
        let begun = outgoing(&ISSO(), "1", "Hello").begun(NOW);
        assert!(matches!(begun.step(later(1000), Urgency::Now), Step::Wait(_)), "another tab is sending");
        assert!(matches!(begun.step(later(LEASE), Urgency::Now), Step::Seek(_)), "it went away");
        for entry in [
            begun.abandoned(NOW),
            kept(begun.answered(&Answer::Unreachable, NOW)),
            kept(begun.answered(&http(503, String::new()), NOW)),
        ] {
            assert_eq!(entry.step(NOW, Urgency::Now), Step::Wait(later(SETTLE)));
            assert!(matches!(entry.step(later(SETTLE), Urgency::Now), Step::Seek(calls) if calls.len() == 2));
        }
    }

    #[test]
    fn what_was_sent_from_the_form_before_is_looked_for_first() {
        let entry =
            Outgoing { stage: Stage::Unsure, was_sent: true, text: String::new(), ..outgoing(&ISSO(), "1", "Hello") };
        assert!(matches!(entry.step(NOW, Urgency::Due), Step::Seek(_)));
        let item = "{\"id\": 1, \"author\": \"Ann &amp; Bob\", \"text\": \"Hello\", \"created\": 1795374587}";
        let answers =
            [http(200, format!("{{\"replies\": [{item}]}}")), http(200, "{\"moderation\": false}".to_owned())];
        assert!(
            matches!(entry.sought(&answers, &|_| false, NOW), Outcome::Created(created) if created.comment.id == "1")
        );
    }

    #[test]
    fn servers_pause_is_waited_for_and_mistaken_clocks_are_not() {
        let flood = http(429, "{\"retry_after\": 30}".to_owned());
        let entry = outgoing(&Provider::Json("https://c.example".to_owned()), "1", "Hello").begun(NOW);
        let entry = kept(entry.answered(&flood, NOW));
        assert_eq!((entry.step(NOW, Urgency::Now), entry.pause()), (Step::Wait(later(30_000)), Some(later(30_000))));
        assert_eq!(entry.step(Moment(NOW.0 - 86_400_000), Urgency::Due), Step::Send, "the clock was set back");
    }

    #[test]
    fn refusals_rest_until_the_reader_decides() {
        let entry = outgoing(&ISSO(), "1", "Hello").begun(NOW);
        let quota = http(403, "{\"message\": \"403 Forbidden: 3 direct responses to /a/\"}".to_owned());
        let entry = kept(entry.answered(&quota, NOW));
        assert_eq!((entry.stage, entry.why.as_ref()), (Stage::Refused, Some(&Refusal::Quota)));
        assert!(entry.rests(NOW));
        assert_eq!(entry.wanted(NOW).step(NOW, Urgency::Due), Step::Send);
    }

    #[test]
    fn entries_are_read_as_they_were_written() {
        let all = WORDS.map(|(_, refusal)| refusal).into_iter().chain([Refusal::Other("No \"x\"".to_owned())]);
        for why in all {
            let entry = outgoing(&Provider::WordPress("https://b.example".to_owned(), 4), "1", "Hello\n\"you\"");
            let entry = Outgoing { why: Some(why), server_at: Some(later(5)), ..entry.begun(NOW) };
            assert_eq!(Outgoing::from_text(&entry.to_text()), Some(entry));
        }
        assert_eq!(Outgoing::from_text("{}"), None);
        assert_eq!(Outgoing::from_text("]"), None);
    }
}
