//! Comments on a real Isso, from a page on another origin; and on a hostile server that speaks like one.

use serde_json::json;

use crate::articles;
use crate::comment_servers::Isso;
use crate::comment_servers::gate::{Gate, Passage};
use crate::page::Viewer;
use crate::server::Server;
use crate::site::Answer;

const TEXT: &str = ".r-comments form textarea";
/// What the browser itself says when a server is not there or refuses.
pub const NETWORK: [&str; 3] = ["Failed to load resource", "net::ERR", "blocked by CORS policy"];

/// Nothing is on its way any more.
pub const DELIVERED: &str =
    "return all('.r-badge').length > 0 && all('.r-badge').every((e) => e.textContent === 'You');";

/// Nothing is stored any more of what was on its way.
pub const NOTHING_WAITS: &str = "return new Promise((done) => { indexedDB.open('recto').onsuccess = ({ target }) => target.result.transaction('outbox').objectStore('outbox').count().onsuccess = (counted) => { target.result.close(); done(counted.target.result === 0); }; });";

/// A page whose comments are on an Isso at an address.
fn discussing_at(url: &str) -> Viewer {
    let viewer = Viewer::start();
    visit(&viewer, url);
    viewer
}

pub fn visit(viewer: &Viewer, url: &str) {
    let settings = json!({"title": "Site", "comments": {"provider": "isso", "url": url}});
    viewer.server.put("recto.json", settings.to_string());
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.server.allow_connections_to(url);
    viewer.open("?article=under-test");
    viewer.see(".r-comments form");
}

/// A page whose comments are on a real Isso; nothing where that cannot be had.
pub fn discussing(settings: &[(&'static str, &str)]) -> Option<(Viewer, Isso)> {
    let viewer = Viewer::start();
    let isso = Isso::start(&viewer.server.origin(), settings)?;
    visit(&viewer, &isso.url);
    viewer.wait_until("the list is there", "return document.querySelector('.r-comments-none')?.textContent === 'No comments yet.' || document.querySelector('.r-comment') !== null;");
    Some((viewer, isso))
}

impl Viewer {
    pub fn write(&self, name: &str, words: &str) {
        if !name.is_empty() {
            self.type_into("[id='recto-~reply-author']", name);
        }
        self.type_into(TEXT, words);
        self.press("Post Comment");
    }

    pub fn see_words(&self, selector: &str, words: &str) {
        self.wait_with(
            &format!("`{selector}` says “{words}”"),
            "return all(arguments[0]).some((e) => e.textContent.includes(arguments[1]));",
            &[selector.into(), words.into()],
        );
    }

    pub fn typed(&self) -> String {
        let text = self.run("return document.querySelector('.r-comments form textarea').value;");
        text.as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn comments_on_isso_are_posted_answered_changed_and_deleted() {
    let Some((viewer, isso)) = discussing(&[]) else { return };
    viewer.write("Ben & <Ann>", "Hello *world* <img src=x>");
    viewer.see_words(".r-comment-body", "Hello world <img src=x>");
    viewer.wait_until("it has arrived", DELIVERED);
    assert_eq!(viewer.typed(), "");
    assert_eq!(isso.texts(), ["Hello *world* <img src=x>"]);

    viewer.browser.reload();
    viewer.see_words(".r-comment-body", "Hello world <img src=x>");
    assert_eq!(viewer.texts(".r-comment-author"), ["Ben & <Ann>"]);
    assert_eq!(viewer.texts(".r-badge"), ["You"]);
    assert_eq!(viewer.run("return document.querySelector('.r-comment-body em')?.textContent;"), json!("world"));

    viewer.click(".r-comment .r-reply");
    viewer.see(".r-comment form textarea");
    viewer.type_into(".r-comment form textarea", "An answer");
    viewer.press("Post Comment");
    viewer.see_words(".r-comment .r-comment .r-comment-body", "An answer");
    viewer.wait_until("it has arrived", DELIVERED);
    viewer.assert_accessible();
    viewer.assert_ids_prefixed();

    viewer.click(".r-comment .r-comment .r-edit");
    viewer.wait_until(
        "the text is there to change",
        "return document.querySelector('.r-comment form textarea')?.value === 'An answer';",
    );
    viewer.type_into(".r-comment form textarea", ", changed");
    viewer.press("Save changes");
    viewer.see_words(".r-comment .r-comment .r-comment-body", "An answer, changed");
    assert_eq!(isso.texts(), ["Hello *world* <img src=x>", "An answer, changed"]);

    viewer.click(".r-comment .r-comment .r-delete");
    viewer.see(".r-undo");
    viewer.browser.reload();
    viewer.see_words(".r-comment-body", "Hello world");
    viewer.settle();
    assert_eq!(isso.texts(), ["Hello *world* <img src=x>"]);
    viewer.assert_quiet();
}

#[test]
fn a_held_comment_is_shown_to_its_author_until_it_is_published() {
    let Some((viewer, isso)) = discussing(&[("ISSO_MODERATION", "true")]) else { return };
    viewer.write("Ben", "Please let me in");
    viewer.see_words(".r-badge", "Awaiting moderation");
    viewer.see_words(".r-comment-note", "Only you can see it here");
    viewer.assert_accessible();
    assert!(isso.texts().is_empty());
    viewer.browser.reload();
    viewer.see_words(".r-badge", "Awaiting moderation");
    viewer.see_words(".r-comment-body", "Please let me in");
    isso.publish_held();
    viewer.browser.reload();
    viewer.wait_until("it is published", "return all('.r-comment').length === 1 && !all('.r-badge').some((e) => e.textContent === 'Awaiting moderation');");
    assert_eq!(viewer.texts(".r-comment-body"), ["Please let me in"]);
    viewer.assert_quiet();
}

#[test]
fn a_comment_waits_for_a_server_that_is_down() {
    let Some((viewer, isso)) = discussing(&[]) else { return };
    isso.stop();
    viewer.write("Ben", "A long thought");
    viewer.see_words(".r-badge", "Queued");
    viewer.see_words(".r-not-arrived", "cannot be reached");
    assert_eq!(viewer.typed(), "", "the form is free for the next one");
    viewer.wait_until(
        "it is announced",
        "return document.querySelector('.r-comments [role=status]').textContent.includes('cannot be reached');",
    );
    viewer.assert_accessible();
    viewer.assert_ids_prefixed();
    viewer.browser.reload();
    viewer.see_words(".r-comments-failed", "cannot be reached");
    viewer.see_words(".r-comment-body", "A long thought");
    viewer.see_words(".r-badge", "Queued");
    assert!(isso.resume());
    // As if it had arrived, and its answer had not: it must not be there twice.
    isso.post("Ben", "A long thought");
    viewer.click(".r-again");
    viewer.wait_until("it has arrived", DELIVERED);
    assert_eq!(isso.texts(), ["A long thought"]);
    assert_eq!(viewer.texts(".r-comment").len(), 1);
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn a_comment_whose_answer_is_lost_is_never_seen_twice() {
    const WATCH: &str = "window.most = 0; new MutationObserver(() => { most = Math.max(most, document.querySelectorAll('.r-comment').length); }).observe(document, { childList: true, subtree: true });";
    let viewer = Viewer::start();
    let Some(isso) = Isso::start(&viewer.server.origin(), &[]) else { return };
    let gate = Gate::before(isso.port());
    viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }));
    visit(&viewer, &gate.url);
    gate.set(Passage::WithholdAnswer);
    viewer.write("Ben", "Once is enough");
    gate.wait_for_another(0);
    gate.set(Passage::Open);
    viewer.browser.reload();
    viewer.wait_until("it has arrived", DELIVERED);
    viewer.wait_until("that is known", NOTHING_WAITS);
    viewer.wait_until("it has arrived", DELIVERED);
    assert_eq!(viewer.run("return most;"), json!(1), "the own copy and the server's are the same");
    // Nor where all goes well.
    viewer.write("Ben", "Another one");
    viewer.wait_until(
        "both have arrived",
        "return all('.r-badge').length === 2 && all('.r-badge').every((e) => e.textContent === 'You');",
    );
    viewer.wait_until("that is known", NOTHING_WAITS);
    assert_eq!(viewer.run("return most;"), json!(2));
    assert_eq!(isso.texts(), ["Once is enough", "Another one"]);
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn a_comment_that_waits_can_be_changed_taken_back_and_answered_for() {
    let Some((viewer, isso)) = discussing(&[]) else { return };
    viewer.write("Ben", "Above");
    viewer.wait_until("it has arrived", DELIVERED);
    isso.stop();
    viewer.click(".r-comment .r-reply");
    viewer.type_into(".r-comment form textarea", "An answr");
    viewer.press("Post Comment");
    viewer.see_words(".r-comment .r-comment .r-badge", "Queued");
    viewer.wait_until("the focus is on it", "return document.activeElement.matches('.r-comment .r-comment-card') && document.activeElement.textContent.includes('An answr');");
    viewer.click(".r-comment .r-comment .r-edit");
    viewer.wait_until("the text is back in the form", "const t = document.querySelector('.r-comment form textarea'); return t?.value === 'An answr' && document.activeElement === t;");
    viewer.wait_until("it is nowhere else", "return all('.r-comment').length === 1;");
    viewer.type_into(".r-comment form textarea", ", mended");
    viewer.press("Post Comment");
    viewer.see_words(".r-comment .r-comment .r-badge", "Queued");

    viewer.write("", "Better not");
    viewer.see_words(".r-comments > .r-comment-list > .r-comment:nth-child(2) .r-badge", "Queued");
    viewer.click(".r-comments > .r-comment-list > .r-comment:nth-child(2) .r-delete");
    viewer.see_words(".r-comment-gone", "Comment deleted");
    viewer.click(".r-undo");
    viewer.see_words(".r-comments > .r-comment-list > .r-comment:nth-child(2) .r-comment-body", "Better not");
    viewer.click(".r-comments > .r-comment-list > .r-comment:nth-child(2) .r-delete");
    viewer.see(".r-undo");
    assert!(isso.resume());
    viewer.browser.reload();
    viewer.wait_until("the answer has arrived", "return all('.r-comment .r-comment .r-badge').length === 1 && all('.r-comment .r-comment .r-badge')[0].textContent === 'You';");
    assert_eq!(isso.texts(), ["Above", "An answr, mended"]);
    assert_eq!(viewer.texts(".r-comment").len(), 2);
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn where_comments_are_moderated_the_reader_decides_whether_one_is_sent_again() {
    let Some((viewer, isso)) = discussing(&[("ISSO_MODERATION", "true")]) else { return };
    isso.stop();
    viewer.write("Ben", "Once or twice");
    viewer.see_words(".r-badge", "Queued");
    assert!(isso.resume());
    viewer.click(".r-again");
    viewer.see_words(".r-badge", "Uncertain");
    viewer.see_words(".r-not-arrived", "may have arrived already");
    viewer.assert_accessible();
    viewer.press("Send again");
    viewer.see_words(".r-badge", "Awaiting moderation");
    isso.publish_held();
    assert_eq!(isso.texts(), ["Once or twice"]);
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn refusals_of_the_server_are_told_apart() {
    let settings = [("ISSO_REQUIRE_EMAIL", "true"), ("ISSO_RATELIMIT", "1")];
    let Some((viewer, isso)) = discussing(&settings) else { return };
    viewer.write("Ben", "First");
    viewer.see_words(".r-problems", "email");
    viewer.type_into("[id='recto-~reply-email']", "ben@example.org");
    viewer.press("Post Comment");
    viewer.wait_until("it has arrived", DELIVERED);
    viewer.write("", "Second");
    viewer.see_words(".r-not-arrived", "too quickly");
    viewer.see_words(".r-countdown", "Sends by itself in");
    viewer.assert_accessible();
    viewer.click(".r-comment:last-child .r-edit");
    viewer.wait_until("the text is back", "return document.querySelector('.r-comments form textarea').value === 'Second' && document.querySelector('.r-countdown') === null;");
    assert_eq!(isso.texts(), ["First"]);
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn a_page_that_the_server_does_not_know_is_told_so() {
    let viewer = Viewer::start();
    let Some(isso) = Isso::start("http://elsewhere.example", &[]) else { return };
    visit(&viewer, &isso.url);
    viewer.see_words(".r-comments-failed", "cannot be reached");
    viewer.assert_accessible();
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn comments_are_asked_for_when_somebody_comes_near() {
    let viewer = Viewer::start();
    let Some(isso) = Isso::start(&viewer.server.origin(), &[]) else { return };
    isso.post("Ann", "At the very end");
    let settings = json!({"comments": {"provider": "isso", "url": isso.url}});
    viewer.server.put("recto.json", settings.to_string());
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    viewer.server.allow_connections_to(&isso.url);
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    viewer.settle();
    let asked = format!(
        "return performance.getEntriesByType('resource').filter((e) => e.name.startsWith('{}')).length;",
        isso.url
    );
    assert_eq!(viewer.run(&asked), json!(0));
    viewer.run("document.querySelector('.r-comments').scrollIntoView();");
    viewer.see_words(".r-comment-body", "At the very end");
    assert_eq!(viewer.run(&asked), json!(1));
    viewer.assert_quiet();
}

#[test]
fn long_threads_come_in_pages() {
    let viewer = Viewer::start();
    let Some(isso) = Isso::start(&viewer.server.origin(), &[]) else { return };
    for number in 1..=52 {
        isso.post("Ann", &format!("Number {number}"));
    }
    visit(&viewer, &isso.url);
    viewer.see_words(".r-comment-body", "Number 50");
    assert_eq!(viewer.texts(".r-comment").len(), 50);
    assert_eq!(viewer.text(".r-comments-title"), "50+ Comments");
    // Isso counts no vote from the network that a comment came from.
    viewer.click(".r-vote");
    viewer.see_words(".r-told", "did not count this");
    viewer.press("Load more comments");
    viewer.see_words(".r-comment-body", "Number 52");
    viewer.wait_until(
        "the focus is on the first new one",
        "return document.activeElement.textContent.includes('Number 51');",
    );
    assert_eq!(viewer.text(".r-comments-title"), "52 Comments");
    assert!(!viewer.sees(".r-more"));
    viewer.open("?article=under-test&again#comment-52");
    viewer.wait_until(
        "the comment on the last page has the focus",
        "return document.activeElement.id === 'recto-comment-52';",
    );
    viewer.assert_quiet();
}

#[test]
fn what_a_hostile_server_sends_is_rebuilt() {
    let server = Server::empty();
    let html = "<p onclick=alert(1) style='color:red'>text <img src=https://third.example/a.png onerror=alert(2)><script>alert(3)</script><a href='javascript:alert(4)'>go</a></p><iframe src=https://third.example/></iframe><svg onload=alert(5)></svg>";
    let item = |id: u32, name: &str| {
        json!({"id": id, "parent": null, "created": 1_795_374_587.9 + f64::from(id), "modified": null, "mode": 1, "text": html, "author": name,
            "website": "javascript:alert(6)", "gravatar_image": "https://third.example/face.png", "hash": "x", "replies": []})
    };
    let list = json!({"id": null, "total_replies": 2, "hidden_replies": 0, "config": {},
        "replies": [item(1, "&lt;b&gt;Eve&lt;/b&gt;"), item(2, "<img src=x onerror=alert(7)>")]});
    let answer = Answer::of("/list.json", list.to_string().into_bytes());
    let viewer = discussing_at(&server.origin());
    let answer = answer
        .with("Access-Control-Allow-Origin", viewer.server.origin())
        .with("Access-Control-Allow-Credentials", "true");
    server.put_answer("/index.html", answer);
    viewer.press("Try again");
    viewer.see_words(".r-comment-body", "text");
    assert_eq!(viewer.texts(".r-comment-author"), ["<b>Eve</b>", "<img src=x onerror=alert(7)>"]);
    assert_eq!(
        viewer.run("return document.querySelectorAll('.r-comments :is(img, script, iframe, svg, [style], [onclick], a[href^=javascript])').length;"),
        json!(0)
    );
    let third =
        "return performance.getEntriesByType('resource').filter((e) => e.name.includes('third.example')).length;";
    assert_eq!(viewer.run(third), json!(0));
    viewer.assert_ids_prefixed();
    viewer.assert_quiet_except(&NETWORK);
}
