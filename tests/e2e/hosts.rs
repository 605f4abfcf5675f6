//! Hosts and their habits: pages under a path and without `.html`, the program with a wrong type, missing, or replaced
//! by a page, and files that other sites may not read. In each, for every way of use, the text is there, or it is said
//! why it is not. Nothing in these tests is compressed, as with hosts that do not know WebAssembly.

use crate::page::Viewer;
use crate::server::{Fault, Server};
use crate::static_site::{PATH, site_with_app};

/// A way of use: its page, what shows that the article can be read there, and what shows why it cannot.
struct Way {
    page: &'static str,
    is_read: &'static str,
    is_told: &'static str,
}

const PAGE: Way = Way {
    page: "viewer?article=tour",
    is_read: "return all('.r-tools').length > 0 && all('article h1').length > 0;",
    is_told: "return all('.r-fallback [role=alert]').length > 0;",
};

const ELEMENT: Way = Way {
    page: "host",
    is_read: "return document.querySelector('recto-article')?.state === 'ready';",
    is_told: "const element = document.querySelector('recto-article'); return element.state !== 'ready' && all('#kept').length > 0 && (element.state === undefined || element.shadowRoot.querySelector('[role=alert]') !== null);",
};

const FRAME: Way = Way {
    page: "embed?article=tour",
    is_read: ELEMENT.is_read,
    is_told: "return document.querySelector('recto-article')?.shadowRoot.querySelector('[role=alert]') !== null;",
};

const WRITTEN: Way = Way {
    page: "articles/tour",
    is_read: "dispatchEvent(new PointerEvent('pointermove')); return all('.r-save-button').length > 0;",
    is_told: "return all('article h1').length > 0 && all('.r-contents-panel').length > 0;",
};

const WAYS: [Way; 4] = [PAGE, ELEMENT, FRAME, WRITTEN];

/// The app and a site under a path, by a host that leaves out `.html`.
fn server() -> Server {
    let server = site_with_app();
    for name in ["viewer", "embed"] {
        let page = crate::site::answer(&Server::dist(), if name == "viewer" { "/" } else { "/embed.html" });
        server.put_answer(&format!("{PATH}{name}"), page);
    }
    let element = "<recto-article src=articles/tour.json loading=eager><p id=kept>Kept.</p></recto-article>";
    let host = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><script type=module src=recto-article.js></script>{element}"
    );
    server.put_answer(&format!("{PATH}host"), crate::site::Answer::of("host.html", host.into_bytes()));
    server.put("favicon.ico", "");
    server
}

fn open(viewer: &Viewer, way: &Way) {
    viewer.browser.go("about:blank");
    viewer.open(&format!("{PATH}{}", way.page));
}

#[test]
fn under_a_path_and_without_html() {
    let viewer = Viewer::with(server());
    for way in &WAYS {
        open(&viewer, way);
        viewer.wait_until(&format!("{} is read", way.page), way.is_read);
        viewer.settle();
    }
    let outside = viewer.server.requests().into_iter().filter(|url| !url.starts_with(&format!("/{PATH}")));
    assert_eq!(outside.filter(|url| url != "/favicon.ico").collect::<Vec<_>>(), Vec::<String>::new());
    viewer.assert_quiet();
}

#[test]
fn with_programs_of_the_wrong_type() {
    let server = server();
    for part in ["recto-reading-", "recto-app-", "recto-formats-"] {
        server.fail(&format!("{PATH}{}", Server::built(part, "_bg.wasm")), Fault::WrongType);
    }
    let viewer = Viewer::with(server);
    for way in &WAYS {
        open(&viewer, way);
        viewer.wait_until(&format!("{} is read", way.page), way.is_read);
    }
}

#[test]
fn with_programs_that_are_not_there() {
    for (fault, part) in
        [(Fault::NotFound, "recto-reading-"), (Fault::HtmlPage, "recto-reading-"), (Fault::NotFound, "modules-")]
    {
        let server = server();
        let end = if part == "modules-" { ".js" } else { "_bg.wasm" };
        server.fail(&format!("{PATH}{}", Server::built(part, end)), fault);
        let viewer = Viewer::with(server);
        for way in &WAYS {
            open(&viewer, way);
            viewer.wait_until(&format!("{}: {part} {fault:?} is told", way.page), way.is_told);
        }
    }
}

#[test]
fn where_other_sites_may_read_nothing() {
    let theirs = server();
    let here = Server::empty();
    let (script, frame) =
        (theirs.url(&format!("{PATH}recto-article.js")), theirs.url(&format!("{PATH}embed?article=tour")));
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><script type=module src='{script}'></script>\
         <recto-article src=a.json><p id=kept>Kept.</p></recto-article><iframe title=A sandbox='allow-scripts allow-popups' src='{frame}'></iframe>"
    );
    here.put("index.html", page);
    let viewer = Viewer::with(here);
    viewer.open("");
    viewer.wait_until("the element's own text is there", ELEMENT.is_told);
    viewer.browser.within_frame("iframe", || {
        let told = viewer.wait_until("the frame says so", "return all('[role=alert]')[0]?.textContent;");
        assert_eq!(told, "This article could not be loaded. Open it on its own site");
        let way_out = viewer.run("return document.querySelector('[role=alert] a').href;");
        assert_eq!(way_out, theirs.url(&format!("{PATH}?article=tour")).as_str());
    });
}
