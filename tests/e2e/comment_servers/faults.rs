//! Comments sent through faults, to real servers: whatever happens on the way, each is there once in the end. What came of
//! it is counted on the server and printed.
//!
//! `RECTO_FAULT_ROUNDS` says how often each fault is met; once by default, because most of it is waiting.

use std::env;
use std::path::PathBuf;

use serde_json::json;

use crate::articles;
use crate::comment_servers::gate::{Gate, Passage};
use crate::comment_servers::isso::{DELIVERED, NETWORK, visit};
use crate::comment_servers::{Isso, NEWER, WordPress};
use crate::page::Viewer;
use crate::webdriver::Session;

/// Makes the clock of the page wrong by an hour.
const WRONG_CLOCK: &str = "const real = Date.now.bind(Date); Date.now = () => real() + SHIFT;";
/// Where the disk is full, browsers abort what was to be stored. (The quota of the DevTools does nothing to databases.)
const FULL: &str = "const put = IDBObjectStore.prototype.put; \
    IDBObjectStore.prototype.put = function (...all) { const request = put.apply(this, all); this.transaction.abort(); return request; };";
const DENIED: &str =
    "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });";
/// Makes the page believe that there is news of the network, so that it does not wait for long.
const HURRY: &str = "dispatchEvent(new Event('online'));";

/// A reader whose comments go through a gate to a real Isso.
struct Reader {
    viewer: Viewer,
    isso: Isso,
    gate: Gate,
    sent: Vec<String>,
}

impl Reader {
    /// Nothing where there is no Isso.
    fn new() -> Option<Self> {
        let viewer = Viewer::start();
        let isso = Isso::start(&viewer.server.origin(), &[])?;
        let gate = Gate::before(isso.port());
        visit(&viewer, &gate.url);
        Some(Self { viewer, isso, gate, sent: Vec::new() })
    }

    /// Writes a comment that no other is like.
    fn write(&mut self, fault: &str) {
        // No text is the beginning of another.
        let text = format!("{fault} {}.", self.sent.len());
        if self.viewer.run("return document.querySelector(\"[id='recto-~reply-author']\").value;") == json!("") {
            self.viewer.type_into("[id='recto-~reply-author']", "Ben & Ann");
        }
        self.viewer.write("", &text);
        self.sent.push(text);
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
        self.viewer.wait_until("it has arrived", DELIVERED);
    }

    fn open_again(&self) {
        self.viewer.open("?article=under-test");
        self.viewer.see(".r-comments form");
        self.viewer.see(".r-comment");
    }

    /// Counts on the server, prints, and fails where one is lost or there twice.
    fn count(&self, faults: &str) {
        let stored = self.isso.texts();
        check("Isso", faults, &self.sent, &stored);
        let waits = self.viewer.run("return new Promise((done) => { indexedDB.open('recto').onsuccess = ({ target }) => target.result.transaction('outbox').objectStore('outbox').count().onsuccess = ({ target }) => done(target.result); });");
        assert_eq!(waits, json!(0), "what has arrived is not kept as if it had not");
    }
}

fn check(server: &str, faults: &str, sent: &[String], stored: &[String]) {
    let count = |text: &&String| stored.iter().filter(|other| other.contains(text.as_str())).count();
    let lost: Vec<_> = sent.iter().filter(|text| count(text) == 0).collect();
    let doubled: Vec<_> = sent.iter().filter(|text| count(text) > 1).collect();
    println!(
        "{server}, {faults}: sent {}, stored {}, lost {}, doubled {}",
        sent.len(),
        stored.len(),
        lost.len(),
        doubled.len()
    );
    assert!(lost.is_empty() && doubled.is_empty(), "lost: {lost:?}; doubled: {doubled:?}");
}

fn rounds() -> usize {
    env::var("RECTO_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

#[test]
fn servers_that_die_and_answers_that_get_lost() {
    let Some(mut reader) = Reader::new() else { return };
    for _ in 0..rounds() {
        // Dead before it is sent.
        reader.isso.kill();
        reader.write("dead before");
        reader.wait_until_queued();
        assert!(reader.isso.resume());
        reader.settle();
        // Killed while it may be storing it, or not yet.
        let before = reader.gate.seen();
        reader.write("killed during");
        reader.isso.kill();
        assert!(reader.isso.resume());
        reader.gate.wait_for_another(before);
        reader.settle();
        // It never got there; it got there, and nobody was told.
        for passage in [Passage::LoseRequest, Passage::LoseAnswer] {
            reader.gate.set(passage);
            reader.write(&format!("{passage:?}"));
            reader.wait_until_queued();
            reader.settle();
        }
    }
    reader.count("server killed before, during and after");
    reader.viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn tabs_that_close_and_several_of_them() {
    let Some(mut reader) = Reader::new() else { return };
    for round in 0..rounds() {
        // The tab goes while the answer is on its way.
        let closing = reader.viewer.browser.window();
        let next = reader.viewer.browser.open_tab();
        reader.viewer.browser.switch_to(&closing);
        reader.gate.set(Passage::WithholdAnswer);
        let before = reader.gate.seen();
        reader.write("closed while sending");
        reader.gate.wait_for_another(before);
        reader.viewer.browser.close_tab(&next);
        reader.viewer.probe();
        reader.gate.set(Passage::Open);
        reader.open_again();
        reader.settle();
        // Two tabs know of it, and both are told that the network is back; also where there are no locks, as without https.
        let first = reader.viewer.browser.window();
        let second = reader.viewer.browser.open_tab();
        let source = if round % 2 == 0 { "delete Navigator.prototype.locks;" } else { "" };
        for tab in [&second, &first] {
            reader.viewer.browser.switch_to(tab);
            reader.viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
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
    }
    reader.count("tab closed while sending, two tabs");
}

#[test]
fn networks_that_go_and_clocks_that_are_wrong() {
    let Some(mut reader) = Reader::new() else { return };
    for round in 0..rounds() {
        reader.viewer.set_offline(true);
        reader.write("offline");
        reader.viewer.see_words(".r-not-arrived", "You are offline");
        reader.viewer.set_offline(false);
        reader.viewer.wait_until("it has arrived", DELIVERED);
        // Ahead by an hour, then behind.
        let shift = if round % 2 == 0 { "3600000" } else { "-3600000" };
        let source = WRONG_CLOCK.replace("SHIFT", shift);
        let added =
            reader.viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
        reader.open_again();
        reader.gate.set(Passage::LoseAnswer);
        reader.write("wrong clock");
        reader.wait_until_queued();
        reader.settle();
        reader.viewer.see_words(".r-comment:last-child time", "just now");
        reader.viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
        reader.open_again();
    }
    reader.count("offline to online, clock wrong by an hour");
    reader.viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn storage_that_is_full_or_denied() {
    let Some(mut reader) = Reader::new() else { return };
    for _ in 0..rounds() {
        for (fault, source) in [("full", FULL), ("denied", DENIED)] {
            let add = "Page.addScriptToEvaluateOnNewDocument";
            let added = reader.viewer.browser.devtools(add, &json!({ "source": source }));
            reader.viewer.open("?article=under-test");
            reader.viewer.see(".r-comments form");
            write_unkept(&mut reader, fault);
            reader.viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
        }
    }
    reader.open_again();
    reader.count("storage full, storage denied");
    reader.viewer.assert_quiet_except(&NETWORK);
}

/// Where nothing is stored the text stays in the form until it has arrived.
fn write_unkept(reader: &mut Reader, fault: &str) {
    reader.gate.set(Passage::LoseAnswer);
    reader.write(fault);
    reader.viewer.see_words(".r-refusal", "cannot be reached");
    reader.viewer.see_words(".r-unkept", "leave the page open");
    assert_eq!(reader.viewer.typed(), *reader.sent.last().unwrap());
    reader.viewer.assert_accessible();
    reader.gate.set(Passage::Open);
    reader.viewer.click(".r-retry");
    reader.viewer.wait_until("the form is empty", "return document.querySelector('.r-comments form textarea').value === '' && document.querySelector('.r-unkept') === null;");
    reader.viewer.wait_until("it has arrived", DELIVERED);
}

#[test]
fn browsers_that_are_killed() {
    let Some(mut reader) = Reader::new() else { return };
    let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("profile-{}", reader.isso.port()));
    let start = |viewer: Viewer| viewer.with_session(Session::start_in(&profile));
    reader.viewer = start(reader.viewer);
    for round in 0..rounds() {
        reader.viewer.open("?article=under-test");
        reader.viewer.see(".r-comments form");
        let passage = if round % 2 == 0 { Passage::WithholdAnswer } else { Passage::LoseRequest };
        reader.gate.set(passage);
        let before = reader.gate.seen();
        reader.write("killed while sending");
        reader.gate.wait_for_another(before);
        reader.viewer.browser.kill();
        reader.viewer = start(reader.viewer);
        reader.gate.set(Passage::Open);
        reader.open_again();
        reader.settle();
    }
    reader.count("browser killed while sending");
    drop(reader);
    let _ = std::fs::remove_dir_all(profile);
}

#[test]
fn answers_of_wordpress_that_get_lost() {
    lose_answers_of(WordPress::start());
}

#[test]
fn answers_of_a_newer_wordpress_that_get_lost() {
    lose_answers_of(WordPress::start_of(NEWER));
}

fn lose_answers_of(wordpress: Option<WordPress>) {
    let Some(wordpress) = wordpress else { return };
    wordpress.tell(&["option", "recto_no_flood", "1"]);
    let gate = Gate::before(wordpress.port());
    let viewer = Viewer::start();
    viewer.server.put("recto.json", json!({ "origins": [gate.url] }).to_string());
    let mut article = articles::short();
    article["comments"] = json!({ "endpoint": format!("{}/wp-json/wp/v2/comments?post=4", gate.url) });
    viewer.server.put("articles/under-test.json", article.to_string());
    viewer.server.allow_connections_to(&gate.url);
    viewer.open("?article=under-test");
    viewer.see(".r-comments form");
    viewer.type_into("[id='recto-~reply-author']", "Ben & \"Ann\"");
    viewer.type_into("[id='recto-~reply-email']", "ben@example.org");
    let mut sent = Vec::new();
    for round in 0..rounds() {
        for passage in [Passage::LoseRequest, Passage::LoseAnswer] {
            gate.set(passage);
            // What WordPress writes differently than it is typed.
            viewer
                .write("", &format!("{passage:?}-{round} \"so\" & <so> [link](https://example.org/?a=1&b=2) `x < y`"));
            viewer.wait_until("it waits", "return all('.r-badge').some((e) => e.textContent === 'Queued');");
            gate.set(Passage::Open);
            viewer.run(HURRY);
            viewer.wait_until("it is held", "if (all('.r-badge').some((e) => e.textContent === 'Queued')) dispatchEvent(new Event('online')); return all('.r-badge').every((e) => ['You', 'Awaiting moderation'].includes(e.textContent));");
            sent.push(format!("{passage:?}-{round} "));
        }
    }
    let stored: Vec<_> = wordpress.comments().into_iter().map(|(_, text)| text).collect();
    check("WordPress", "request lost, answer lost", &sent, &stored);
    assert_eq!(stored.len(), sent.len());
    viewer.assert_quiet_except(&NETWORK);
}
