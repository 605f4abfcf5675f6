//! `embed.html` and `embed.js`: articles in frames of other sites, which say how tall they are and listen to nobody else.

use serde_json::{Value, json};

use crate::articles;
use crate::page::Viewer;
use crate::server::Server;
use crate::webdriver::Browser;

pub(crate) const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// Keeps what the frames tell, as text, and stands in for a frame of somebody who wishes ill.
const HOST_SCRIPT: &str = "window.told = []; \
    for (const name of ['recto-load', 'recto-error', 'recto-navigate']) addEventListener(name, ({ detail }) => told.push([name, detail]));";

/// A page of another site around a frame of the app's; and the app's site.
pub(crate) fn framed(query: &str, sandbox: Option<&str>, prepare: impl FnOnce(&Server)) -> (Viewer, Server) {
    let (here, theirs) = sites(query, sandbox);
    prepare(&theirs);
    let viewer = Viewer::with(here);
    viewer.open("");
    (viewer, theirs)
}

/// The same in another browser.
pub(crate) fn framed_in(browser: Browser, query: &str, sandbox: Option<&str>) -> (Viewer, Server) {
    let (here, theirs) = sites(query, sandbox);
    let viewer = Viewer::in_browser(browser, here);
    viewer.open("");
    (viewer, theirs)
}

/// The other site, and the app's.
fn sites(query: &str, sandbox: Option<&str>) -> (Server, Server) {
    let theirs = Server::start();
    theirs.open_to_others();
    theirs.put("articles/long.json", articles::long().to_string());
    theirs.put("articles/short.json", articles::short().to_string());
    let here = Server::empty();
    let sandbox = sandbox.map(|words| format!("sandbox=\"{words}\"")).unwrap_or_default();
    let frame = format!(
        "<iframe data-recto {sandbox} width=600 height=300 title=Article src=\"{}\"></iframe>",
        theirs.url(&format!("embed.html{query}"))
    );
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><script src=host.js></script>\
         <main><h1>T</h1><p>Before.</p>{frame}<p>After.</p></main><script async src=\"{}\"></script>",
        theirs.url("embed.js")
    );
    here.put("index.html", page).put("host.js", HOST_SCRIPT).put("favicon.ico", "");
    (here, theirs)
}

pub(crate) fn height(viewer: &Viewer) -> f64 {
    viewer.run("return document.querySelector('iframe').getBoundingClientRect().height;").as_f64().unwrap_or_default()
}

pub(crate) fn wait_for_height(viewer: &Viewer, least: u32) {
    let script = "return document.querySelector('iframe').getBoundingClientRect().height > arguments[0];";
    viewer.wait_with("the frame is as tall as the article", script, &[least.into()]);
}

#[test]
fn a_frame_is_as_tall_as_its_article_with_and_without_an_origin() {
    for sandbox in [None, Some(SANDBOX), Some("allow-scripts allow-same-origin")] {
        let (viewer, _theirs) = framed("?article=long", sandbox, |_| {});
        wait_for_height(&viewer, 3000);
        viewer.wait_until("the article is told", "return told.some(([name]) => name === 'recto-load');");
        assert_eq!(viewer.told("recto-load")[0]["title"], "A long article", "{sandbox:?}");
        assert!(height(&viewer) < 60_000.0);
        // Narrower is taller.
        let before = height(&viewer);
        viewer.run("document.querySelector('iframe').style.inlineSize = '320px';");
        wait_for_height(&viewer, before as u32 + 500);
        // Looking into frames makes noise of its own.
        viewer.assert_quiet();
        viewer.assert_accessible();
    }
}

#[test]
fn links_to_sections_scroll_the_page_around() {
    let (viewer, _theirs) = framed("?article=long", Some(SANDBOX), |_| {});
    wait_for_height(&viewer, 3000);
    viewer.browser.within_frame("iframe", || {
        viewer.wait_until("the article is there", "return document.querySelector('recto-article')?.state === 'ready';");
        viewer.run("[...document.querySelector('recto-article').shadowRoot.querySelectorAll('.r-contents a')].find((a) => a.textContent.includes('Delta')).click();");
    });
    viewer.wait_until("the page is at the section", "return scrollY > 2000;");
    assert_eq!(viewer.told("recto-navigate")[0]["fragment"], "delta");
    assert_eq!(viewer.run("return location.hash;"), "");
    viewer.assert_quiet();
}

#[test]
fn the_pages_fragment_leads_into_the_frame_where_it_says_so() {
    let (viewer, _theirs) = framed("?article=long", None, |_| {});
    let page = viewer.run("return document.documentElement.outerHTML;");
    viewer
        .server
        .put("index.html", page.as_str().unwrap().replacen("data-recto=\"\"", "data-recto data-router=\"hash\"", 1));
    viewer.open("index.html#gamma");
    viewer.wait_until("the page is at the section", "return scrollY > 1000;");
    let first = viewer.run("return scrollY;").as_f64().unwrap();
    let steps = viewer.run("return history.length;").as_u64().unwrap();
    viewer.run("location.hash = '#epsilon';");
    viewer.wait_with("the page follows", "return scrollY > arguments[0] + 500;", &[first.into()]);
    viewer.run("return new Promise((done) => setTimeout(done, 200));");
    assert_eq!(viewer.run("return history.length;").as_u64(), Some(steps + 1), "one step, which was the page's own");
    assert_eq!(viewer.run("return told.filter(([name]) => name === 'recto-navigate').length;"), 0);
    // A link in the frame, where a base would lead elsewhere.
    viewer.run("document.head.append(Object.assign(document.createElement('base'), { href: '/elsewhere/' }));");
    viewer.browser.within_frame("iframe", || {
        viewer.run("[...document.querySelector('recto-article').shadowRoot.querySelectorAll('.r-contents a')].find((a) => a.textContent.includes('Beta')).click();");
    });
    viewer.wait_until(
        "the address follows",
        "return location.pathname.endsWith('/index.html') && location.hash === '#beta';",
    );
}

#[test]
fn nobody_else_is_listened_to() {
    let (viewer, theirs) = framed("?article=short", None, |theirs| {
        theirs.put("evil.html", "<!doctype html><title>E</title><script src=evil.js></script>");
        theirs.put("evil.js", "for (const id of ['1', '2', '3', undefined]) for (const message of [{ type: 'height', height: 77777 }, { type: 'navigate', fragment: 'x', top: 5000 }, { type: 'load', detail: { title: 'E' } }]) parent.postMessage({ recto: 1, id, ...message }, '*');");
    });
    viewer.wait_until("the article is told", "return told.some(([name]) => name === 'recto-load');");
    viewer.settle();
    let before = height(&viewer);
    // A frame beside it, the page itself, and things that are no messages of ours.
    viewer.run_with("const frame = document.createElement('iframe'); frame.title = 'E'; frame.src = arguments[0]; document.body.append(frame);", &[theirs.url("evil.html").into()]);
    viewer.run("for (const data of [undefined, null, 'x', {}, { recto: 1 }, { recto: 1, id: '1', type: 'height', height: 77777 }, { recto: 1, type: 'constructor' }]) postMessage(data, '*');");
    viewer.browser.within_frame("iframe", || {
        let attacks = "for (const height of [1e12, -5, NaN, '100px;position:fixed', Infinity, null]) parent.postMessage({ recto: 1, id: '1', type: 'height', height }, '*'); \
            for (const data of [undefined, 'x', {}, { type: 'constructor' }, { recto: 1, type: 'navigate', id: '1', fragment: {}, top: NaN }, { recto: 1, type: 'init', id: {} }]) { parent.postMessage(data, '*'); postMessage(data, '*'); }";
        viewer.run(attacks);
    });
    viewer.wait_until("all is delivered", "return new Promise((done) => setTimeout(() => done(true), 300));");
    // Of its own frame it takes numbers, within bounds.
    let after = height(&viewer);
    assert!(after <= 200_000.0 && after != 77_777.0 && after >= 0.0, "{after}");
    assert_eq!(
        viewer.run("return [scrollY, told.filter(([, detail]) => detail?.title === 'E').length];"),
        json!([0, 0])
    );
    assert!(before > 100.0);
}

#[test]
fn a_frame_listens_to_the_page_around_it_only() {
    let (viewer, _theirs) = framed("?article=long", None, |_| {});
    wait_for_height(&viewer, 3000);
    viewer.browser.within_frame("iframe", || {
        viewer.run("postMessage({ recto: 1, type: 'init', id: 'evil' }, '*'); postMessage({ recto: 1, type: 'set', article: { title: 'E' } }, '*');");
        viewer.settle();
        assert_eq!(viewer.run("return document.querySelector('recto-article').shadowRoot.querySelector('h1').textContent;"), "A long article");
    });
}

#[test]
fn only_the_sites_own_articles_are_shown_in_its_name() {
    let refused = [
        "?src=https://evil.example/a.json",
        "?src=//evil.example/a.json",
        "?src=data:application/json,%7B%22title%22:%22x%22%7D",
        "?src=javascript:alert(1)",
        "?src=file:///etc/passwd",
        "?src=https://user:pass@evil.example/a.json",
        "?src=%20%20",
        "?article=../../secret",
        "?article=",
        "",
    ];
    let server = Server::start();
    server.put("articles/short.json", articles::short().to_string());
    let viewer = Viewer::with(server);
    for query in refused {
        viewer.open(&format!("embed.html{query}"));
        viewer.see("[role=alert]");
        assert_eq!(viewer.run("return document.querySelector('recto-article');"), Value::Null, "{query}");
    }
    // What looks is by name only.
    for theme in ["javascript:alert(1)", "https://evil.example/x.css", "x\" onload=\"alert(1)", "__proto__"] {
        viewer.open(&format!("embed.html?article=short&theme={}", theme.replace('"', "%22")));
        viewer.wait_until("the article is there", "return document.querySelector('recto-article')?.state === 'ready';");
        assert_eq!(
            viewer.run("return document.querySelector('recto-article').getAttribute('theme');"),
            Value::Null,
            "{theme}"
        );
    }
    viewer.open("embed.html?article=short&theme=sepia");
    viewer.wait_until(
        "the theme is set",
        "return document.querySelector('recto-article')?.getAttribute('theme') === 'sepia';",
    );
    viewer.assert_quiet();
}
