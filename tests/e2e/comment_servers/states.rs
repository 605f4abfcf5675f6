//! Every state that the form and the thread can be in, each looked at with axe-core, in light and dark, in pages that run
//! from left to right and from right to left; and what is announced on the way.

use serde_json::{Value, json};

use crate::articles;
use crate::comment_servers::Json;
use crate::comment_servers::gate::{Gate, Passage};
use crate::comment_servers::isso::{DELIVERED, NETWORK};
use crate::page::{Preference, Viewer};

/// Makes the page believe that there is news of the network.
const HURRY: &str = "dispatchEvent(new Event('online'));";
const AGREE: &str = "[id='recto-~reply-agree']";

/// A reader who looks closely, and hears what is announced.
struct Reader {
    viewer: Viewer,
    article: Value,
    looked: std::cell::Cell<usize>,
}

impl Reader {
    fn of(language: &str, direction: &str) -> Self {
        let mut article = articles::short();
        (article["language"], article["direction"]) = (language.into(), direction.into());
        Self { viewer: Viewer::start(), article, looked: std::cell::Cell::default() }
    }

    /// Opens the article with its comments somewhere, which the site's settings name.
    fn visit(&self, comments: &Value, address: &str) {
        self.viewer.server.put("recto.json", json!({ "title": "Site", "comments": comments }).to_string());
        self.viewer.server.put("articles/under-test.json", self.article.to_string());
        self.viewer.open(&format!("?article=under-test{address}"));
        self.viewer.see(".r-comments");
    }

    /// Looks at a state in light and dark, which only what it shows identifies.
    fn look(&self, state: &str, selector: &str) {
        let is_there = "return all(arguments[0]).length > 0;";
        self.viewer.wait_with(&format!("the state “{state}” is there"), is_there, &[selector.into()]);
        for scheme in ["light", "dark"] {
            self.viewer.prefer(&[Preference::ColorScheme(scheme), Preference::ReducedMotion]);
            self.viewer.assert_accessible_within(".r-comments");
            if std::env::var_os("RECTO_SCREENSHOTS").is_some() {
                self.viewer.run_with(
                    "all(arguments[0])[0]?.scrollIntoView({ block: 'center', behavior: 'instant' });",
                    &[selector.into()],
                );
                self.viewer.keep_screenshot(&format!("{state} {scheme}"));
            }
        }
        self.viewer.assert_ids_prefixed();
        self.viewer.assert_no_sideways_scroll();
        self.looked.set(self.looked.get() + 1);
    }

    /// Waits until a live region says this.
    fn hear(&self, words: &str) {
        self.viewer.wait_with(
            &format!("“{words}” is announced"),
            "return [...document.querySelectorAll('.r-comments :is([role=status], [role=alert])')].some((e) => e.textContent.includes(arguments[0]));",
            &[words.into()],
        );
    }

    /// Writes a comment and agrees to what the site asks for.
    fn post(&self, text: &str) {
        if self.viewer.run_with("return document.querySelector(arguments[0])?.checked === false;", &[AGREE.into()])
            == json!(true)
        {
            self.viewer.click(AGREE);
        }
        self.viewer.write("", text);
    }

    fn takes_out(&self, text: &str) {
        let selector = ".r-comments > .r-comment-list > .r-comment:last-child .r-delete";
        self.viewer.see_words(".r-comments > .r-comment-list > .r-comment:last-child .r-comment-body", text);
        self.viewer.click(selector);
        self.hear("Comment deleted");
    }
}

#[test]
fn every_state_is_accessible_and_announced_from_left_to_right() {
    go_through(&Reader::of("de", "ltr"));
}

#[test]
fn every_state_is_accessible_and_announced_from_right_to_left() {
    go_through(&Reader::of("ar", "rtl"));
}

fn go_through(reader: &Reader) {
    let server = Json::start(&[]);
    let gate = Gate::before(server.port());
    reader.viewer.server.allow_connections_to(&gate.url);
    let url = format!("{}/comments", gate.url);
    let consent = "See our [policy](https://example.org/privacy).";
    let comments = json!({ "provider": "json", "url": url, "consent": consent });
    reader.visit(&comments, "");
    write(reader);
    send(reader, &gate);
    change(reader);
    listen(reader, &server);
    be_refused(reader, &gate);
    leave(reader, &comments, &server, &gate);
    read_what_is_long(reader);
    keep_here(reader);
    println!("looked at {} states in light and dark", reader.looked.get());
    reader.viewer.assert_quiet_except(&NETWORK);
}

/// The form, before anything is sent.
fn write(reader: &Reader) {
    let viewer = &reader.viewer;
    reader.look("nobody has written", ".r-comments-none");
    viewer.press("Post Comment");
    reader.look("fields are empty", ".r-problems");
    viewer.type_into("[id='recto-~reply-author']", "Ben");
    viewer.type_into("[id='recto-~reply-email']", "ben@");
    viewer.type_into("[id='recto-~reply-comment']", "Hello *world*");
    viewer.press("Post Comment");
    viewer.see_words(".r-problems", "valid email address");
    reader.look("a field is wrong", "[id='recto-~reply-email'][aria-invalid]");
    viewer.type_into("[id='recto-~reply-email']", "example.org");
    viewer.press("Preview");
    reader.look("preview", "[role=tabpanel] .r-comment-body em");
    viewer.press("Write");
    reader.look("filled in", "[id='recto-~reply-comment']");
    viewer.press("Post Comment");
    reader.look("consent is missing", "[id='recto-~reply-agree-problem']");
    viewer.click(AGREE);
    viewer.run("const field = document.getElementById('recto-~reply-more'); field.value = 'x'; field.dispatchEvent(new Event('input', { bubbles: true }));");
    viewer.press("Post Comment");
    reader.hear("post it once more");
    reader.look("taken for a program", ".r-trapped");
}

/// On its way, and there.
fn send(reader: &Reader, gate: &Gate) {
    let viewer = &reader.viewer;
    gate.set(Passage::WithholdAnswer);
    viewer.press("Post Comment");
    reader.hear("Sending your comment");
    reader.look("sending", "[data-stage=sending]");
    gate.wait_for_another(0);
    gate.set(Passage::Shut);
    reader.hear("cannot be reached");
    reader.look("queued", "[data-stage=unsure]");
    gate.set(Passage::Open);
    viewer.wait_until("it has arrived", &[HURRY, DELIVERED].concat());
    reader.hear("Comment posted");
    reader.look("posted", ".r-badge");
}

/// What can be done with it.
fn change(reader: &Reader) {
    let viewer = &reader.viewer;
    viewer.click(".r-comment .r-reply");
    reader.look("answering", ".r-comment form textarea");
    viewer.press("Cancel reply");
    viewer.wait_until("the focus is back", "return document.activeElement.matches('.r-reply');");
    viewer.click(".r-comment .r-edit");
    viewer.type_into(".r-comment form textarea", ", again");
    reader.look("changing", ".r-comment form textarea");
    viewer.press("Save changes");
    reader.hear("Comment changed");
    reader.look("changed", ".r-undo");
    viewer.click(".r-undo");
    reader.hear("Restored");
    viewer.click(".r-comment .r-delete");
    reader.hear("Comment deleted");
    reader.look("deleted", ".r-comment-gone .r-undo");
    viewer.click(".r-comment-gone .r-undo");
    reader.hear("Restored");
}

/// What others do.
fn listen(reader: &Reader, server: &Json) {
    let viewer = &reader.viewer;
    server.post("Ann", "From elsewhere", "");
    viewer.run("document.querySelector('.r-comments').scrollIntoView();");
    viewer.wait_until(
        "it is told",
        "document.dispatchEvent(new Event('visibilitychange')); return document.querySelector('.r-news') !== null;",
    );
    reader.hear("1 new comment");
    reader.look("news", ".r-news");
    viewer.press("1 new comment");
    viewer.see_words(".r-comment-body", "From elsewhere");
    viewer.press("Like");
    reader.hear("Vote counted");
    reader.look("voted for", ".r-vote");
    viewer.click(".r-vote");
    reader.hear("did not count this");
    reader.look("voted for twice", ".r-told");
}

/// What servers do not take, each with its own words.
fn be_refused(reader: &Reader, gate: &Gate) {
    let viewer = &reader.viewer;
    for (status, members, words) in [
        (401, "", "logged in"),
        (403, "\"code\": \"closed\"", "are closed"),
        (403, "\"code\": \"quota\"", "no more comments from you"),
        (400, "\"title\": \"Out of ink\"", "It says: “Out of ink”"),
    ] {
        gate.set(Passage::Refuse(status, members));
        reader.post(words);
        viewer.see_words(".r-not-arrived", words);
        reader.hear(words);
        reader.look(words, "[data-stage=refused]");
        reader.takes_out(words);
        viewer.wait_until("it is gone", "return !document.querySelector('.r-comment-gone');");
    }
    gate.set(Passage::Refuse(422, "\"errors\": [{ \"field\": \"email\", \"code\": \"invalid\" }]"));
    reader.post("A mistake that only the server finds");
    viewer.see_words(".r-problems", "valid email address");
    reader.look("the server finds a mistake", ".r-problems");
    gate.set(Passage::Refuse(429, "\"retry_after\": 20"));
    viewer.press("Post Comment");
    reader.hear("too quickly");
    reader.look("counting down", ".r-countdown");
    gate.set(Passage::Open);
    reader.takes_out("A mistake that only the server finds");
    viewer.wait_until("it is gone", "return !document.querySelector('.r-comment-gone');");
    viewer.set_offline(true);
    reader.post("Without a network");
    reader.hear("You are offline");
    reader.look("offline", ".r-badge[data-stage]");
    let tries = viewer.browser.console().iter().filter(|entry| entry.to_string().contains("INTERNET_DISC")).count();
    assert!((1..5).contains(&tries), "it is tried {tries} times while there is no network");
    viewer.set_offline(false);
    viewer.wait_until("it has arrived", DELIVERED);
}

/// What is there when somebody comes back.
fn leave(reader: &Reader, comments: &Value, server: &Json, gate: &Gate) {
    let viewer = &reader.viewer;
    viewer.type_into("[id='recto-~reply-comment']", "Half a thou");
    viewer.browser.reload();
    reader.look("draft restored", ".r-restored");
    viewer.press("Discard");

    let url = comments["url"].as_str().unwrap();
    let now = "2026-11-20T10:00:00Z";
    let uncertain = json!({"id": "seed", "provider": "json", "url": url, "thread": {"key": "under-test"}, "markdown": "Once or twice", "name": "Ben", "at": now, "stage": "asking", "wasSent": true, "why": "unsure"});
    let gone = json!({"comments": [{"id": "999", "author": {"name": "Ben"}, "created": now, "markdown": "Not wanted", "state": "held", "sent": "2999-01-01T00:00:00Z", "submission": "s"}]});
    viewer.run_with(
        "localStorage.setItem('recto:sent:under-test', arguments[1]); return new Promise((done) => { indexedDB.open('recto').onsuccess = ({ target }) => { const change = target.result.transaction('outbox', 'readwrite'); change.objectStore('outbox').put(arguments[0], 'seed'); change.oncomplete = () => { target.result.close(); done(true); }; }; });",
        &[uncertain.to_string().into(), gone.to_string().into()],
    );
    viewer.browser.reload();
    viewer.see_words(".r-badge", "Uncertain");
    reader.look("uncertain", "[data-stage=asking]");
    viewer.see_words(".r-badge", "Not published");
    reader.look("not published", ".r-comment-note");

    reader.visit(comments, "&again#comment-1");
    reader.hear("Comment by Ben");
    reader.look("gone to", "[id=recto-comment-1][data-target]");

    viewer.press("Delete my data on this device");
    reader.look("asked before data are deleted", ".r-device-data .r-delete");
    viewer.click(".r-device-data .r-delete");
    reader.hear("Your data on this device was deleted");

    gate.set(Passage::Shut);
    viewer.browser.reload();
    reader.hear("could not be loaded");
    reader.look("unreachable", ".r-comments-failed");
    gate.set(Passage::Open);
    viewer.press("Try again");
    viewer.see(".r-comment");
    assert_eq!(server.comments().len(), 3);

    let added = viewer.browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });" }),
    );
    viewer.browser.reload();
    viewer.type_into("[id='recto-~reply-author']", "Ben");
    gate.set(Passage::LoseAnswer);
    reader.post("Kept by nobody");
    reader.hear("leave the page open");
    viewer.see(".r-refusal");
    reader.look("not kept while it is sent", ".r-unkept");
    viewer.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);

    let moderated = Json::start(&[("HELD", "1")]);
    viewer.server.allow_connections_to(moderated.url.trim_end_matches("/comments"));
    reader.visit(&json!({"provider": "json", "url": moderated.url}), "&held");
    viewer.click("[id='recto-~reply-comment']");
    viewer.run("document.querySelector('.r-comments form textarea').select();");
    viewer.type_into("[id='recto-~reply-author']", "Ben");
    reader.post("Let me in");
    reader.hear("Comment awaiting moderation");
    viewer.see_words(".r-badge", "Awaiting moderation");
    reader.look("held", ".r-comment-note");
}

/// A long thread that nobody adds to, with what is deleted, what is lost and what is deep in it.
fn read_what_is_long(reader: &Reader) {
    let viewer = &reader.viewer;
    let comments: Vec<Value> = (0..90)
        .map(|number: i32| {
            let parent = match number {
                1..=9 => (number - 1).to_string(),
                20 => "lost".to_owned(),
                _ => String::new(),
            };
            let state = if number == 2 { "deleted" } else { "published" };
            json!({"id": number.to_string(), "parent": parent, "author": {"name": format!("Reader {number}"), "url": "https://example.org/"}, "state": state,
                "created": format!("2026-11-01T{:02}:{:02}:00Z", number / 60, number % 60), "modified": (number == 3).then_some("2026-11-02T00:00:00Z"),
                "markdown": "> A quotation\n\nand `code` with [a link](https://example.org/), **strong**", "votes": {"up": number, "down": 1}})
        })
        .collect();
    viewer.server.put("long.json", json!({ "comments": comments }).to_string());
    // Own copies of what is held would be among them.
    viewer.run("localStorage.clear();");
    reader.visit(&json!({"provider": "json", "url": "long.json"}), "&long");
    viewer.wait_until("sixty are there", "return all('.r-comment').length >= 60;");
    reader.look("long", ".r-more");
    reader.look("sorted", ".r-sort");
    viewer.run("const s = document.querySelector('.r-sort select'); s.value = 'liked'; s.dispatchEvent(new Event('change', { bubbles: true }));");
    viewer.wait_until(
        "the most liked is first, and as many are there as before",
        "return all('.r-comment-author')[0].textContent === 'Reader 89' && all('.r-comment').length === 60;",
    );
    viewer.press("Load more comments");
    viewer.wait_until("all are there", "return all('.r-comment').length === 90;");
    reader.look("all of it", ".r-comment");
}

/// Comments of this browser, and none at all any more.
fn keep_here(reader: &Reader) {
    let viewer = &reader.viewer;
    reader.visit(&json!({ "provider": "local" }), "&here");
    viewer.type_into("[id='recto-~reply-author']", "Ben");
    viewer.type_into("[id='recto-~reply-email']", "ben@example.org");
    reader.post("Kept here");
    reader.hear("Comment posted");
    reader.look("kept here", ".r-comment-tools .r-delete");
    viewer.press("Delete all my comments here");
    reader.hear("All your comments on this article were deleted");
    reader.look("all deleted", ".r-comment-tools .r-undo");
    let mut closed = reader.article.clone();
    closed["comments"] = json!({ "closed": true });
    viewer.server.put("articles/under-test.json", closed.to_string());
    viewer.open("?article=under-test&closed");
    reader.look("closed", ".r-comments-closed");
}
