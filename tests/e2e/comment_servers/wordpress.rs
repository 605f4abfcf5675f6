//! Comments on a real WordPress, from a page on another origin.

use std::time::Duration;

use serde_json::json;

use crate::articles;
use crate::comment_servers::isso::DELIVERED;
use crate::comment_servers::{NEWER, WordPress};
use crate::page::Viewer;
use crate::static_site::{PATH, static_site};

/// What the browser itself says when a server is not there or refuses.
const NETWORK: [&str; 2] = ["Failed to load resource", "net::ERR"];

/// A page whose comments are on a post of a real WordPress; nothing where that cannot be had.
fn discussing() -> Option<(Viewer, WordPress)> {
    discussing_on(WordPress::start())
}

fn discussing_on(wordpress: Option<WordPress>) -> Option<(Viewer, WordPress)> {
    let wordpress = wordpress?;
    let viewer = Viewer::start();
    viewer.server.put("recto.json", json!({"title": "Site", "origins": [wordpress.url]}).to_string());
    let mut article = articles::short();
    article["url"] = format!("{}/hello-article/", wordpress.url).into();
    article["comments"] = json!({"endpoint": format!("{}?post=4", wordpress.route())});
    viewer.server.put("articles/under-test.json", article.to_string());
    viewer.server.allow_connections_to(&wordpress.url);
    viewer.open("?article=under-test");
    viewer.see_words(".r-comments-none", "No comments yet.");
    viewer.type_into("[id='recto-~reply-author']", "Ben & Ann");
    viewer.type_into("[id='recto-~reply-email']", "ben@example.org");
    Some((viewer, wordpress))
}

#[test]
fn comments_on_wordpress_are_held_approved_and_answered() {
    hold_approve_and_answer(WordPress::start());
}

#[test]
fn comments_on_a_newer_wordpress_are_held_approved_and_answered() {
    hold_approve_and_answer(WordPress::start_of(NEWER));
}

fn hold_approve_and_answer(wordpress: Option<WordPress>) {
    let Some((viewer, wordpress)) = discussing_on(wordpress) else { return };
    wordpress.tell(&["option", "recto_no_flood", "1"]);
    viewer.write("", "Hello *world* <script>\n- one\n- two");
    viewer.see_words(".r-badge", "Awaiting moderation");
    viewer.assert_accessible();
    let [(status, text)] = &wordpress.comments()[..] else { panic!("one comment") };
    assert_eq!((status.as_str(), text.as_str()), ("0", "Hello <em>world</em> &lt;script&gt;\n\n• one\n• two"));
    viewer.browser.reload();
    viewer.see_words(".r-badge", "Awaiting moderation");

    // WordPress wrote and deleted a sample comment of its own before.
    wordpress.tell(&["approve", "2"]);
    viewer.browser.reload();
    viewer.see_words(".r-comment-body", "Hello world <script>");
    viewer.wait_until("it is there once", "return all('.r-comment').length === 1 && !all('.r-badge').some((e) => e.textContent === 'Awaiting moderation');");
    assert_eq!(viewer.texts(".r-comment-author"), ["Ben & Ann"]);
    assert!(!viewer.sees(".r-edit"), "WordPress lets nobody change comments from here");

    // The post itself, read as an article, knows where its comments are.
    viewer.open(&format!("?src={}", format!("{}/wp-json/wp/v2/posts/4?_embed", wordpress.url).replace('?', "%3F")));
    viewer.wait_for_article();
    viewer.see_words(".r-comment-body", "Hello world <script>");
    assert_eq!(viewer.texts(".r-comment").len(), 1);
    viewer.click(".r-comment .r-reply");
    viewer.see(".r-comment form textarea");
    viewer.type_into(".r-comment form [id='recto-~reply-author']", "Ben & Ann");
    viewer.type_into(".r-comment form [id='recto-~reply-email']", "ben@example.org");
    viewer.type_into(".r-comment form textarea", "An answer");
    viewer.press("Post Comment");
    viewer.see_words(".r-comment .r-comment .r-comment-body", "An answer");
    let faces = "return performance.getEntriesByType('resource').filter((e) => e.name.includes('gravatar')).length + document.querySelectorAll('.r-comments img').length;";
    assert_eq!(viewer.run(faces), json!(0));
    viewer.assert_ids_prefixed();
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn refusals_of_wordpress_are_told_apart() {
    let Some((viewer, wordpress)) = discussing() else { return };
    wordpress.tell(&["option", "comment_previously_approved", "0"]);
    wordpress.tell(&["option", "recto_anonymous", "0"]);
    viewer.write("", "First");
    viewer.see_words(".r-badge", "Not sent");
    viewer.see_words(".r-not-arrived", "logged in");
    viewer.see_words("a", "Comment on the site itself");
    viewer.assert_accessible();
    wordpress.tell(&["option", "recto_anonymous", "1"]);
    wordpress.tell(&["comments", "closed"]);
    viewer.click(".r-again");
    viewer.see_words(".r-not-arrived", "closed");
    wordpress.tell(&["comments", "open"]);
    viewer.click(".r-again");
    viewer.wait_until("it has arrived", DELIVERED);

    viewer.write("", "Second");
    viewer.see_words(".r-not-arrived", "too quickly");
    viewer.see_words(".r-countdown", "Sends by itself in");
    viewer.wait_for(Duration::from_secs(40), "it was sent by itself", DELIVERED, &[]);
    assert_eq!(wordpress.comments().len(), 2);
    assert_eq!(viewer.typed(), "");
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn nothing_is_lost_or_doubled_when_wordpress_dies() {
    let Some((viewer, wordpress)) = discussing() else { return };
    wordpress.tell(&["option", "recto_no_flood", "1"]);
    wordpress.tell(&["stop"]);
    viewer.browser.reload();
    viewer.see_words(".r-comments-failed", "cannot be reached");
    viewer.type_into("[id='recto-~reply-email']", "ben@example.org");
    // Ampersands, quotation marks and links are what WordPress writes differently than it was sent.
    viewer.write("Ben & Ann", "A \"long\" thought & [one](https://example.org/?a=1&b=2) more");
    viewer.see_words(".r-badge", "Queued");
    assert!(wordpress.resume());
    // It arrives, and its answer does not.
    wordpress.post(
        "Ben &amp; Ann",
        "A \"long\" thought &amp; <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow ugc\">one</a> more",
    );
    viewer.click(".r-again");
    viewer.see_words(".r-badge", "Awaiting moderation");
    viewer.see_words(".r-comment-body", "A \"long\" thought & one more");
    assert_eq!(wordpress.comments().len(), 1);
    // Once it is approved it is there once.
    wordpress.tell(&["approve", "2"]);
    viewer.browser.reload();
    viewer.wait_until("it is published", DELIVERED);
    assert_eq!(viewer.texts(".r-comment").len(), 1);
    assert_eq!(viewer.typed(), "");
    viewer.assert_quiet_except(&NETWORK);
}

#[test]
fn replies_are_under_what_they_answer_whatever_page_that_is_on() {
    let Some((viewer, wordpress)) = discussing() else { return };
    wordpress.tell(&["fill", "105"]);
    viewer.browser.reload();
    viewer.see_words(".r-comment-body", "Number 60");
    viewer.run("const s = document.querySelector('.r-sort select'); s.value = 'newest'; s.dispatchEvent(new Event('change', { bubbles: true }));");
    // The newest answers the oldest, which is on the second page.
    viewer.wait_until("the newest thread is first", "return all('.r-comment-body')[0]?.textContent === 'Number 104';");
    viewer.press("Load more comments");
    viewer.see_words(".r-comment .r-comment .r-comment-body", "Number 105");
    assert!(!viewer.sees(".r-comment-note"), "no reply has lost what it answers");
    viewer.press("Load more comments");
    viewer.wait_until("all are there, each once", "return all('.r-comment').length === 105;");
    assert_eq!(viewer.text(".r-comments-title"), "105 Comments");
    assert_eq!(viewer.texts(".r-comment .r-comment .r-comment-body"), ["Number 105"]);
    viewer.assert_quiet();
}

#[test]
fn a_page_whose_address_is_pasted_into_a_post_is_shown_there() {
    let Some(wordpress) = WordPress::start() else { return };
    let viewer = static_site();
    let page = viewer.server.url(&format!("{PATH}articles/how-recto-works.html"));
    let post = wordpress.tell(&["quote", &page]);
    viewer.browser.go(post.trim());
    let frame = "const frame = document.querySelector('iframe.wp-embedded-content'); ";
    // WordPress shows it once it has told its height, and allows it a thousand pixels.
    viewer.wait_until(
        "the frame is as tall as WordPress lets it be",
        &format!("{frame}return frame && getComputedStyle(frame).visibility === 'visible' && frame.getBoundingClientRect().height > 900;"),
    );
    assert_eq!(
        viewer.run(&format!("{frame}return [frame.getAttribute('sandbox'), frame.src.split('#')[0]];")),
        json!(["allow-scripts", page])
    );
    assert!(!viewer.sees("blockquote.wp-embedded-content"), "the quotation is for where there is no frame");
    viewer.assert_quiet_except(&["favicon.ico"]);
}
