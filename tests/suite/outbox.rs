//! The outbox against model servers, through faults of every kind in any order: no comment is lost, and none is there
//! twice where the server lets that be known.

use recto::comments::outbox::{Outcome, Outgoing, Stage, Step, Urgency};
use recto::comments::provider::http::Response;
use recto::comments::provider::{Answer, Provider};
use recto::comments::{Comment, Draft, Moment, Thread};
use serde_json::json;

const NOW: Moment = Moment(1_795_374_587_000);

fn isso() -> Provider {
    Provider::Isso("https://c.example/".to_owned())
}

fn outgoing(provider: &Provider, text: &str) -> Outgoing {
    let fields = [text, "Ann & Bob", "ann@example.org", ""].map(str::to_owned);
    let draft = Draft { parent: String::new(), fields };
    let made = Outgoing::new(provider, &Thread::default(), &draft, text.to_owned(), NOW, false);
    Outgoing { text: text.to_owned(), ..made }
}

fn http(status: u16, body: String) -> Answer {
    Answer::Http(Response { status, headers: Vec::new(), body })
}

/// A server that keeps what it is sent, and how it speaks.
struct Server {
    provider: Provider,
    is_moderated: bool,
    /// Identifier given by the sender, and text.
    comments: Vec<(String, String)>,
}

impl Server {
    fn take(&mut self, entry: &Outgoing) -> Answer {
        let same = |(id, text): &&(String, String)| match self.provider {
            Provider::Json(_) => *id == entry.id,
            _ => *text == entry.text,
        };
        let before =
            self.comments.iter().position(|one| same(&one)).filter(|_| !matches!(self.provider, Provider::Isso(_)));
        if before.is_some() && matches!(self.provider, Provider::WordPress(..)) {
            return http(409, "{\"code\": \"comment_duplicate\"}".to_owned());
        }
        if before.is_none() {
            self.comments.push((entry.id.clone(), entry.text.clone()));
        }
        let item = self.item(before.unwrap_or(self.comments.len() - 1));
        http(201, if matches!(self.provider, Provider::Json(_)) { format!("{{\"comment\": {item}}}") } else { item })
    }

    fn item(&self, index: usize) -> String {
        json!({"id": index + 1, "author": "Ann &amp; Bob", "text": self.comments[index].1, "mode": 1, "created": NOW.0 / 1000}).to_string()
    }

    fn tell(&self) -> Vec<Answer> {
        let shown = if self.is_moderated { 0 } else { self.comments.len() };
        let list = (0..shown).map(|index| self.item(index)).collect::<Vec<_>>().join(",");
        vec![
            http(200, format!("{{\"replies\": [{list}]}}")),
            http(200, format!("{{\"moderation\": {}}}", self.is_moderated)),
        ]
    }
}

/// Numbers that look like chance, the same each time. <https://en.wikipedia.org/wiki/Linear_congruential_generator>
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Sends comments through faults of every kind, in any order; how often each is on the server, and what waits still.
fn send_all(provider: Provider, is_moderated: bool, seed: u64) -> (Vec<usize>, Vec<Outgoing>) {
    let mut chance = Chance(seed);
    let mut server = Server { provider, is_moderated, comments: Vec::new() };
    let texts = ["First", "Second", "Third"];
    let mut stored: Vec<String> = texts.iter().map(|text| outgoing(&server.provider, text).to_text()).collect();
    let mut delivered: Vec<String> = Vec::new();
    let mut now = NOW;
    for round in 0..400 {
        now.0 += chance.below(20_000) as i64;
        // Faults end at some time.
        let fault = if round < 60 { chance.below(12) } else { 99 };
        let Some(index) = (!stored.is_empty()).then(|| chance.below(stored.len() as u64) as usize) else { break };
        // Whoever sent before is gone: this is another visit.
        let entry = Outgoing::from_text(&stored[index]).expect("it is read as it was written").abandoned(now);
        let outcome = match entry.step(now, Urgency::Now) {
            Step::Rest | Step::Wait(_) => Outcome::Kept(Box::new(entry)),
            Step::Seek(_) if fault < 3 => entry.sought(&[Answer::Unreachable, Answer::Silent], &|_| false, now),
            Step::Seek(_) => {
                let is_known = |comment: &Comment| delivered.contains(&comment.id);
                entry.sought(&server.tell(), &is_known, now)
            }
            Step::Send => {
                let begun = entry.begun(now);
                stored[index] = begun.to_text();
                match fault {
                    // The browser dies before it is sent, or afterwards.
                    0 => continue,
                    1 => {
                        server.take(&begun);
                        continue;
                    }
                    2 => begun.answered(&Answer::Offline, now),
                    3 => begun.answered(&Answer::Unreachable, now),
                    4 => begun.answered(&http(502, String::new()), now),
                    5 => begun.answered(&http(429, String::new()), now),
                    6..=8 => {
                        server.take(&begun);
                        let lost = [Answer::Unreachable, Answer::Silent, http(500, String::new())];
                        begun.answered(&lost[fault as usize - 6], now)
                    }
                    _ => begun.answered(&server.take(&begun), now),
                }
            }
        };
        match outcome {
            Outcome::Kept(entry) => stored[index] = entry.to_text(),
            Outcome::Created(created) => {
                delivered.push(created.comment.id);
                stored.remove(index);
            }
            Outcome::Delivered => drop(stored.remove(index)),
        }
    }
    let count = |text: &str| server.comments.iter().filter(|(_, other)| other == text).count();
    let waiting = stored.iter().filter_map(|text| Outgoing::from_text(text)).collect();
    (texts.iter().map(|text| count(text)).collect(), waiting)
}

#[test]
fn comments_arrive_exactly_once_through_faults_of_every_kind() {
    let json = Provider::Json("https://c.example".to_owned());
    let wordpress = Provider::WordPress("https://b.example/comments".to_owned(), 4);
    for seed in 0..150 {
        for provider in [isso(), json.clone(), wordpress.clone()] {
            let (counts, waiting) = send_all(provider.clone(), false, seed);
            assert_eq!(counts, [1, 1, 1], "{provider:?} with {seed}");
            assert_eq!(waiting, [], "{provider:?} with {seed}");
        }
    }
}

#[test]
fn where_the_server_hides_comments_the_reader_is_asked_before_one_is_there_twice() {
    let mut asked = 0;
    for seed in 0..150 {
        let (counts, waiting) = send_all(isso(), true, seed);
        for (count, text) in counts.into_iter().zip(["First", "Second", "Third"]) {
            let waits = waiting.iter().filter(|entry| entry.text == text && entry.stage == Stage::Asking).count();
            assert!(count == 1 || count == 0 && waits == 1, "{text} with {seed}: {count} and {waits}");
            asked += waits;
        }
    }
    assert!(asked > 0, "the reader was never asked");
}
