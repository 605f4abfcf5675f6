//! Comments sent through faults, to real servers: whatever happens on the way, each is there once in the end. What came of
//! it is counted on the server and printed.
//!
//! `RECTO_FAULT_ROUNDS` says how often each fault is met; once by default, because most of it is waiting.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs, thread};

use serde_json::json;

use crate::articles;
use crate::comment_servers::gate::{Gate, Passage};
use crate::comment_servers::isso::{NETWORK, NOTHING_WAITS, visit};
use crate::comment_servers::{Isso, NEWER, WordPress};
use crate::page::Viewer;
use crate::webdriver::{Browser, Session};

/// Makes the clock of the page wrong by an hour.
const WRONG_CLOCK: &str = "const real = Date.now.bind(Date); Date.now = () => real() + SHIFT;";
const DENIED: &str =
    "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });";
/// The page gives a server two seconds in place of twenty.
const IMPATIENT: &str =
    "const later = setTimeout; window.setTimeout = (act, time) => later(act, time === 20000 ? 2000 : time);";
/// Makes the page believe that there is news of the network, so that it does not wait for long.
const HURRY: &str = "dispatchEvent(new Event('online'));";
/// Nothing is on its way any more.
const ARRIVED: &str = "return all('.r-badge').length > 0 && all('.r-badge').every((e) => ['You', 'Awaiting moderation'].includes(e.textContent));";
/// What servers write differently than it is typed.
const TAIL: &str = " \"so\" & <so> [link](https://example.org/?a=1&b=2) `x < y`";
/// What is added to every document to come.
const ADD: &str = "Page.addScriptToEvaluateOnNewDocument";

/// A real server that faults happen to.
trait Server {
    fn name(&self) -> &'static str;
    fn port(&self) -> u16;
    /// Kills it, which leaves it no time for anything; its comments stay.
    fn kill(&self);
    /// Starts it again.
    fn resume(&self) -> bool;
    /// The comments that it has, each as text that begins as it was typed.
    fn texts(&self) -> Vec<String>;
    /// Opens an article whose comments are on it, as it is reached at an address.
    fn visit(&self, viewer: &Viewer, url: &str);
    /// Whether pages of other origins may know its clock.
    fn tells_time(&self) -> bool;
}

impl Server for Isso {
    fn name(&self) -> &'static str {
        "Isso"
    }

    fn port(&self) -> u16 {
        self.port()
    }

    fn kill(&self) {
        self.kill();
    }

    fn resume(&self) -> bool {
        self.resume()
    }

    fn texts(&self) -> Vec<String> {
        self.texts()
    }

    fn visit(&self, viewer: &Viewer, url: &str) {
        visit(viewer, url);
    }

    fn tells_time(&self) -> bool {
        true
    }
}

impl Server for WordPress {
    fn name(&self) -> &'static str {
        if self.suite.is_empty() { "WordPress" } else { "newer WordPress" }
    }

    fn port(&self) -> u16 {
        self.port()
    }

    fn kill(&self) {
        self.kill();
    }

    fn resume(&self) -> bool {
        self.resume()
    }

    fn texts(&self) -> Vec<String> {
        self.comments().into_iter().map(|(_, text)| text).collect()
    }

    fn visit(&self, viewer: &Viewer, url: &str) {
        viewer.server.put("recto.json", json!({ "origins": [url] }).to_string());
        let mut article = articles::short();
        article["comments"] = json!({ "endpoint": format!("{url}/wp-json/wp/v2/comments?post=4") });
        viewer.server.put("articles/under-test.json", article.to_string());
        viewer.server.allow_connections_to(url);
        viewer.open("?article=under-test");
        viewer.see(".r-comments form");
    }

    fn tells_time(&self) -> bool {
        false
    }
}

/// A reader whose comments go through a gate to a real server.
struct Reader {
    viewer: Viewer,
    server: Box<dyn Server>,
    gate: Gate,
    /// What each comment begins with, unlike any other, and the fault it met.
    sent: Vec<(String, String)>,
}

impl Reader {
    /// A reader of comments on an Isso; nothing where there is none.
    fn on_isso() -> Option<Self> {
        let viewer = Viewer::start();
        let isso = Isso::start(&viewer.server.origin(), &[])?;
        Some(Self::with(viewer, isso))
    }

    /// The same on the WordPress of a suite of Debian, which holds every comment back, or publishes it.
    fn on_wordpress(suite: &'static str, holds_back: bool) -> Option<Self> {
        let wordpress = WordPress::start_of(suite)?;
        wordpress.tell(&["option", "recto_no_flood", "1"]);
        wordpress.tell(&["option", "comment_previously_approved", if holds_back { "1" } else { "0" }]);
        Some(Self::with(Viewer::start(), wordpress))
    }

    fn with(viewer: Viewer, server: impl Server + 'static) -> Self {
        let gate = Gate::before(server.port());
        server.visit(&viewer, &gate.url);
        Self { viewer, server: Box::new(server), gate, sent: Vec::new() }
    }

    /// Writes a comment that no other is like; its text.
    fn write(&mut self, fault: &str) -> String {
        // No text is the beginning of another.
        let start = format!("{fault} {}.", self.sent.len());
        let text = [&start, TAIL].concat();
        for (field, words) in [("author", "Ben & Ann"), ("email", "ben@example.org")] {
            let field = format!("[id='recto-~reply-{field}']");
            if self.viewer.run_with("return document.querySelector(arguments[0]).value;", &[field.as_str().into()])
                == json!("")
            {
                self.viewer.type_into(&field, words);
            }
        }
        self.viewer.write("", &text);
        self.sent.push((fault.to_owned(), start));
        text
    }

    fn wait_until_queued(&self) {
        self.viewer.wait_until("it waits", "return all('.r-badge').some((e) => e.textContent === 'Queued');");
    }

    /// Heals everything, and waits until nothing is on its way.
    fn settle(&self) {
        self.gate.set(Passage::Open);
        self.viewer.run(HURRY);
        self.viewer.wait_until(
            "nothing is on its way",
            "if (all('.r-badge').some((e) => e.textContent === 'Queued')) dispatchEvent(new Event('online')); return !all('.r-badge').some((e) => ['Queued', 'Sending…'].includes(e.textContent));",
        );
        self.viewer.wait_until("it has arrived", ARRIVED);
        self.viewer.wait_until("what has arrived is not kept as if it had not", NOTHING_WAITS);
    }

    fn open_form(&self) {
        self.viewer.open("?article=under-test");
        self.viewer.see(".r-comments form");
    }

    fn open_again(&self) {
        self.open_form();
        self.viewer.wait_until("a comment is there", "return all('.r-comment').length > 0;");
    }

    /// Goes on in another browser.
    fn change_browser(self, start: impl FnOnce() -> Session) -> Self {
        Self { viewer: self.viewer.with_session(start()), ..self }
    }

    /// Counts on the server, prints, and fails where one is lost or there twice.
    fn count(&self) {
        let stored = self.server.texts();
        let mut counts = BTreeMap::<&str, [usize; 4]>::new();
        for (fault, start) in &self.sent {
            let found = stored.iter().filter(|text| text.contains(start.as_str())).count();
            let counts = counts.entry(fault).or_default();
            for (count, more) in counts.iter_mut().zip([1, found, usize::from(found == 0), found.saturating_sub(1)]) {
                *count += more;
            }
        }
        for (fault, [sent, stored, lost, doubled]) in &counts {
            let name = self.server.name();
            println!("faults: {name}, {fault}: sent {sent}, stored {stored}, lost {lost}, doubled {doubled}");
        }
        assert!(counts.values().all(|[.., lost, doubled]| (*lost, *doubled) == (0, 0)), "lost or doubled: {stored:#?}");
        assert_eq!(stored.len(), self.sent.len(), "nothing else is there");
    }
}

/// Meets a fault as often as it is to be met, and says what came of it.
fn meet(reader: Option<Reader>, fault: impl Fn(Reader, usize) -> Reader) {
    let Some(mut reader) = reader else { return };
    for round in 0..env::var("RECTO_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1) {
        reader = fault(reader, round);
    }
    reader.count();
}

#[test]
fn isso_that_dies_and_answers_that_get_lost() {
    meet(Reader::on_isso(), server_dies);
}

#[test]
fn tabs_that_close_and_several_of_them_before_isso() {
    meet(Reader::on_isso(), tabs_close);
}

#[test]
fn networks_that_go_and_clocks_that_are_wrong_before_isso() {
    meet(Reader::on_isso(), network_goes);
}

#[test]
fn storage_that_is_full_or_denied_before_isso() {
    meet(Reader::on_isso(), storage_fails);
}

#[test]
fn browsers_that_are_killed_before_isso() {
    meet(Reader::on_isso(), browser_is_killed);
}

#[test]
fn every_fault_before_wordpress_that_holds_comments_back() {
    meet(Reader::on_wordpress("", true), everything);
}

#[test]
fn every_fault_before_a_newer_wordpress_that_publishes() {
    meet(Reader::on_wordpress(NEWER, false), everything);
}

/// All in a row: to start a WordPress takes longer than most of them.
fn everything(mut reader: Reader, round: usize) -> Reader {
    for fault in [server_dies, tabs_close, network_goes, storage_fails, browser_is_killed] {
        reader = fault(reader, round);
    }
    reader
}

fn server_dies(mut reader: Reader, round: usize) -> Reader {
    reader.server.kill();
    reader.write("server killed before");
    reader.wait_until_queued();
    assert!(reader.server.resume());
    reader.settle();
    // While it may be storing it, or not yet: a little later every time.
    let before = reader.gate.seen();
    reader.write("server killed during");
    thread::sleep(Duration::from_millis(round as u64 * 15 % 200));
    reader.server.kill();
    assert!(reader.server.resume());
    reader.viewer.run(HURRY);
    reader.gate.wait_for_another(before);
    reader.settle();
    // It has it, and cannot say so any more.
    reader.gate.set(Passage::WithholdAnswer);
    let before = reader.gate.seen();
    reader.write("server killed after");
    reader.gate.wait_for_another(before);
    reader.server.kill();
    reader.gate.set(Passage::Shut);
    reader.wait_until_queued();
    assert!(reader.server.resume());
    reader.settle();
    for (fault, passage) in [("request lost", Passage::LoseRequest), ("answer lost", Passage::LoseAnswer)] {
        reader.gate.set(passage);
        reader.write(fault);
        reader.wait_until_queued();
        reader.settle();
    }
    let added = reader.viewer.browser.devtools(ADD, &json!({ "source": IMPATIENT }));
    reader.open_again();
    reader.gate.set(Passage::WithholdAnswer);
    reader.write("answer withheld");
    reader.wait_until_queued();
    reader.settle();
    reader.viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
    reader.viewer.assert_quiet_except(&NETWORK);
    reader
}

fn tabs_close(mut reader: Reader, round: usize) -> Reader {
    // The tab goes while the answer is on its way, or the request.
    let closing = reader.viewer.browser.window();
    let next = reader.viewer.browser.open_tab();
    reader.viewer.browser.switch_to(&closing);
    reader.gate.set(if round.is_multiple_of(2) { Passage::WithholdAnswer } else { Passage::LoseRequest });
    let before = reader.gate.seen();
    reader.write("tab closed while sending");
    reader.gate.wait_for_another(before);
    reader.viewer.browser.close_tab(&next);
    reader.viewer.probe();
    reader.gate.set(Passage::Open);
    reader.open_again();
    reader.settle();
    // Two tabs know of it, and both are told that the network is back; also where there are no locks, as without https.
    let first = reader.viewer.browser.window();
    let second = reader.viewer.browser.open_tab();
    let source = if round.is_multiple_of(2) { "delete Navigator.prototype.locks;" } else { "" };
    for tab in [&second, &first] {
        reader.viewer.browser.switch_to(tab);
        reader.viewer.browser.devtools(ADD, &json!({ "source": source }));
        reader.open_again();
    }
    reader.gate.set(Passage::LoseRequest);
    reader.write("two tabs");
    reader.wait_until_queued();
    reader.gate.set(Passage::Open);
    reader.viewer.run(HURRY);
    reader.viewer.browser.switch_to(&second);
    reader.settle();
    reader.viewer.browser.close_tab(&first);
    reader.settle();
    // Nothing of this is to stay for what comes next.
    let clean = reader.viewer.browser.open_tab();
    reader.viewer.browser.close_tab(&clean);
    reader.viewer.probe();
    reader.open_again();
    reader
}

fn network_goes(mut reader: Reader, round: usize) -> Reader {
    reader.viewer.set_offline(true);
    reader.write("offline to online");
    reader.viewer.see_words(".r-not-arrived", "You are offline");
    reader.viewer.set_offline(false);
    reader.viewer.wait_until("it has arrived", ARRIVED);
    // Ahead by an hour, then behind.
    let shift = if round.is_multiple_of(2) { "3600000" } else { "-3600000" };
    let source = WRONG_CLOCK.replace("SHIFT", shift);
    let added = reader.viewer.browser.devtools(ADD, &json!({ "source": source }));
    reader.open_again();
    reader.gate.set(Passage::LoseAnswer);
    reader.write("clock wrong by an hour");
    reader.wait_until_queued();
    reader.settle();
    if reader.server.tells_time() {
        reader.viewer.see_words(".r-comment:last-child time", "just now");
    }
    reader.viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
    reader.open_again();
    reader.viewer.assert_quiet_except(&NETWORK);
    reader
}

fn storage_fails(mut reader: Reader, _round: usize) -> Reader {
    // A browser believes for half a minute that there is the room that there was: this needs one that has not looked yet.
    reader = reader.change_browser(|| Session::start(Browser::Chromium));
    let origin = reader.viewer.server.origin();
    let quota = "Storage.overrideQuotaForOrigin";
    reader.viewer.browser.devtools(quota, &json!({ "origin": origin, "quotaSize": 1 }));
    reader.open_form();
    write_unkept(&mut reader, "storage full");
    reader.viewer.browser.devtools(quota, &json!({ "origin": origin }));
    let added = reader.viewer.browser.devtools(ADD, &json!({ "source": DENIED }));
    reader.open_form();
    write_unkept(&mut reader, "storage denied");
    reader.viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
    reader.open_again();
    reader.viewer.assert_quiet_except(&NETWORK);
    reader
}

/// Where nothing is stored the text stays in the form until it has arrived.
fn write_unkept(reader: &mut Reader, fault: &str) {
    reader.gate.set(Passage::LoseAnswer);
    let text = reader.write(fault);
    reader.viewer.see_words(".r-refusal", "cannot be reached");
    reader.viewer.see_words(".r-unkept", "leave the page open");
    assert_eq!(reader.viewer.typed(), text);
    reader.viewer.assert_accessible();
    reader.gate.set(Passage::Open);
    reader.viewer.click(".r-retry");
    reader.viewer.wait_until("the form is empty", "return document.querySelector('.r-comments form textarea').value === '' && document.querySelector('.r-unkept') === null;");
    reader.viewer.wait_until("it has arrived", ARRIVED);
}

fn browser_is_killed(mut reader: Reader, round: usize) -> Reader {
    let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("profile-{}", reader.server.port()));
    reader = reader.change_browser(|| Session::start_in(&profile));
    reader.open_form();
    reader.gate.set(if round.is_multiple_of(2) { Passage::WithholdAnswer } else { Passage::LoseRequest });
    let before = reader.gate.seen();
    reader.write("browser killed while sending");
    reader.gate.wait_for_another(before);
    reader.viewer.browser.kill();
    reader = reader.change_browser(|| Session::start_in(&profile));
    reader.gate.set(Passage::Open);
    reader.open_again();
    reader.settle();
    reader = reader.change_browser(|| Session::start(Browser::Chromium));
    reader.open_form();
    let _ = fs::remove_dir_all(profile);
    reader
}
