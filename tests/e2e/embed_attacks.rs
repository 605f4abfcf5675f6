//! Attack files of others on what a page around the app can say to it: attributes, the query, the fragment, messages.

use serde_json::{Value, json};

use crate::element::host;
use crate::frame::{framed, height};
use crate::hostile::corpus;
use crate::page::Viewer;
use crate::server::Server;
use crate::static_site::{PATH, site_with_app};
use crate::{articles, element};

/// The payloads for one place; none, with a notice, where the file is not there.
fn payloads(place: &str) -> Vec<Value> {
    let cases = corpus("embed-surface.json").unwrap_or_default();
    cases.into_iter().filter(|case| case["where"] == place).map(|mut case| case["payload"].take()).collect()
}

/// The same, where each is a text.
fn texts(place: &str) -> Vec<String> {
    payloads(place).into_iter().filter_map(|payload| payload.as_str().map(str::to_owned)).collect()
}

/// Nothing ran, nothing was asked of others, and the page is where it was.
#[track_caller]
fn assert_untouched(viewer: &Viewer, payload: &str) {
    assert_eq!(viewer.recorded("dialogs"), Vec::<String>::new(), "{payload}");
    assert_eq!(viewer.recorded("errors"), Vec::<String>::new(), "{payload}");
    let others = "return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /^https?:/.test(name) && new URL(name).origin !== location.origin);";
    assert_eq!(viewer.run(others), json!([]), "{payload}: another site was asked");
    assert!(viewer.browser.url().starts_with(&viewer.server.origin()), "{payload}: {}", viewer.browser.url());
}

#[test]
fn addresses_in_attributes() {
    let viewer = host(Server::start(), "<recto-article src=article.json><p id=kept>Kept.</p></recto-article>");
    element::wait(&viewer, "ready");
    for payload in texts("attribute:src") {
        let show = "const element = document.querySelector('recto-article'); element.src = arguments[0]; \
            return new Promise((done) => { const look = () => ['ready', 'failed'].includes(element.state) ? done(element.state) : setTimeout(look, 20); setTimeout(look, 20); });";
        let state = viewer.run_with(show, &[payload.as_str().into()]);
        let is_own =
            "try { return new URL(arguments[0], location.href).origin === location.origin; } catch { return false; }";
        if viewer.run_with(is_own, &[payload.as_str().into()]) == json!(false) {
            assert_eq!(state, json!("failed"), "{payload}");
        }
        if state == json!("failed") {
            assert!(viewer.sees("#kept"), "{payload}: what is inside the tag is seen");
        }
        // The policy of the page keeps other sites out, and says so; that is what it is for.
        assert_eq!(viewer.recorded("dialogs"), Vec::<String>::new(), "{payload}");
        assert!(viewer.browser.url().ends_with("/host.html"));
        assert_eq!(viewer.run("return [document.title, history.length === steps];"), json!(["Their page", true]));
    }
}

#[test]
fn addresses_of_comments_in_attributes() {
    let viewer = host(Server::start(), "<recto-article src=article.json></recto-article>");
    element::wait(&viewer, "ready");
    for payload in texts("attribute:comments-endpoint") {
        let show = "const old = document.querySelector('recto-article'); const element = document.createElement('recto-article'); \
            for (const [name, value] of [['src', 'article.json'], ['loading', 'eager'], ['comments', 'json'], ['comments-url', arguments[0]]]) element.setAttribute(name, value); \
            old.replaceWith(element);";
        viewer.run_with(show, &[payload.as_str().into()]);
        element::wait(&viewer, "ready");
        viewer
            .run("document.querySelector('recto-article').shadowRoot.querySelector('.r-comments')?.scrollIntoView();");
        viewer.settle();
        assert_eq!(viewer.recorded("dialogs"), Vec::<String>::new(), "{payload}");
        assert_eq!(viewer.told("recto-error"), Vec::<Value>::new(), "{payload}: the article is read all the same");
    }
}

#[test]
fn addresses_in_the_query() {
    let viewer = Viewer::start();
    viewer.server.put("favicon.ico", "");
    for payload in texts("query:src") {
        let encode = "return encodeURIComponent(arguments[0]);";
        let query = viewer.run_with(encode, &[payload.as_str().into()]);
        let query = query.as_str().unwrap();
        viewer.open(&format!("?src={query}"));
        if query.is_empty() {
            viewer.see(".r-list");
        } else {
            viewer.see(".r-failure, article.r-article");
        }
        assert_untouched(&viewer, &payload);
        viewer.open(&format!("embed.html?src={query}"));
        viewer.see("[role=alert], recto-article");
        assert_untouched(&viewer, &payload);
    }
}

#[test]
fn themes_in_the_query() {
    let server = Server::start();
    server.put("articles/short.json", articles::short().to_string());
    let viewer = Viewer::with(server);
    let known = [json!(null), json!("light"), json!("dark"), json!("sepia"), json!("contrast")];
    for payload in texts("query:theme") {
        let query = viewer.run_with("return encodeURIComponent(arguments[0]);", &[payload.as_str().into()]);
        viewer.open(&format!("embed.html?article=short&theme={}", query.as_str().unwrap()));
        viewer.wait_until("the article is there", "return document.querySelector('recto-article')?.state === 'ready';");
        let theme = viewer.run("return document.querySelector('recto-article').getAttribute('theme');");
        assert!(known.contains(&theme), "{payload}: {theme}");
        assert_untouched(&viewer, &payload);
    }
}

#[test]
fn fragments() {
    let server = site_with_app();
    server.put(&format!("{PATH}host.html"), "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><script type=module src=recto-article.js></script><recto-article router=hash src=articles/tour.json loading=eager></recto-article>");
    server.put("favicon.ico", "");
    let viewer = Viewer::with(server);
    for payload in texts("hash") {
        let pages = [
            (
                format!("{PATH}viewer.html?article=tour{payload}"),
                "return all('.r-tools').length > 0 && all('article h1').length > 0;",
            ),
            (format!("{PATH}articles/tour.html{payload}"), "return all('.r-save-button').length > 0;"),
            (format!("{PATH}host.html{payload}"), "return document.querySelector('recto-article').state === 'ready';"),
        ];
        for (page, is_ready) in pages {
            // Addresses that differ in the fragment only are one page.
            viewer.browser.go("about:blank");
            viewer.open(&page);
            viewer.wait_until(&format!("{page} is ready"), is_ready);
            viewer.settle();
            assert_untouched(&viewer, &payload);
        }
    }
    viewer.assert_quiet();
}

#[test]
fn messages_from_anybody() {
    let messages = payloads("postMessage");
    let (viewer, theirs) = framed("?article=short", None, |theirs| {
        theirs.put("evil.html", "<!doctype html><title>E</title><script src=evil.js></script>");
        theirs.put("evil.js", "addEventListener('message', ({ data }) => { for (const message of data) for (const window of [parent, parent.frames[0]]) { window.postMessage(message, '*'); if (typeof message === 'object' && message) window.postMessage({ recto: 1, id: '1', ...message, type: String(message.type).split(':').pop() }, '*'); } });");
    });
    viewer.wait_until("the article is told", "return told.some(([name]) => name === 'recto-load');");
    viewer.wait_until(
        "the frame has its height",
        "return document.querySelector('iframe').getBoundingClientRect().height !== 304;",
    );
    viewer.settle();
    let (before, told) = (height(&viewer), viewer.run("return told.length;"));
    let beside = "const frame = document.createElement('iframe'); frame.title = 'E'; frame.src = arguments[0]; \
        document.body.append(frame); return new Promise((done) => (frame.onload = () => { frame.contentWindow.postMessage(arguments[1], '*'); done(true); }));";
    viewer.run_with(beside, &[theirs.url("evil.html").into(), json!(messages)]);
    viewer.run_with("for (const message of arguments[0]) postMessage(message, '*');", &[json!(messages)]);
    viewer.wait_until("all is delivered", "return new Promise((done) => setTimeout(() => done(true), 500));");
    assert_eq!(height(&viewer), before, "the frame is as tall as its article");
    assert_eq!(viewer.run("return told.length;"), told, "nothing was told");
    viewer.browser.within_frame("iframe", || {
        let seen = "const { shadowRoot, state } = document.querySelector('recto-article'); return [state, shadowRoot.querySelector('h1').textContent, shadowRoot.host.getAttribute('theme')];";
        assert_eq!(viewer.run(seen), json!(["ready", "A short article", null]));
    });
}
