//! Reading without a network: what was read, what is kept, and how a new version of the program arrives.

use serde_json::json;

use crate::articles;
use crate::page::Viewer;
use crate::server::Server;
use crate::static_site::{PATH, site_with_app};

const SETTINGS: &str = r#"{"title": "Site", "comments": {"provider": "local"}}"#;

/// A page that a worker is in charge of, at an article.
fn reading() -> Viewer {
    let server = Server::start();
    server.put("recto.json", SETTINGS);
    server.put("viewer.html", crate::site::answer(&Server::dist(), "/").body);
    server.put("articles/long.json", articles::long().to_string());
    let picture = json!({ "type": "image", "url": "images/a.svg", "alt": "A" });
    server.put("articles/pictured.json", articles::article("Pictured", &[json!("Text."), picture]).to_string());
    server.put("articles/images/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    server.put(
        "articles/index.json",
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "long", "title": "Long"}, {"id": "pictured", "title": "Pictured"}]}"#,
    );
    let viewer = Viewer::with(server);
    viewer.open("?article=long");
    viewer.wait_for_article();
    wait_for_worker(&viewer);
    viewer
}

fn wait_for_worker(viewer: &Viewer) {
    viewer.wait_until("the worker is in charge", "return Boolean(navigator.serviceWorker.controller);");
}

#[test]
fn what_was_read_is_there_without_a_network() {
    let viewer = reading();
    // The article came before the worker.
    viewer.wait_until(
        "it is kept",
        "return caches.match(new URL('articles/long.json', document.baseURI)).then(Boolean);",
    );
    viewer.set_offline(true);
    viewer.server.vanish();
    viewer.open("?article=long#gamma");
    viewer.wait_for_article();
    viewer.wait_for_section("Gamma");
    viewer.go_to_section("Beta");
    viewer.open("");
    viewer.see(".r-list-entry");
    // The same beside a static site, where the page has another name.
    viewer.open("viewer.html?article=long");
    viewer.wait_for_article();
    // What was never read is told as what it is.
    viewer.open("?article=pictured");
    assert_eq!(viewer.wait_for_failure(), "offline");
    viewer.set_offline(false);
    viewer.server.come_back();
    viewer.press("Try again");
    viewer.wait_for_article();
}

#[test]
fn pages_of_a_static_site_are_there_without_a_network() {
    let server = site_with_app();
    server.put(&format!("{PATH}recto.json"), SETTINGS);
    let viewer = Viewer::with(server);
    viewer.open(&format!("{PATH}articles/tour"));
    viewer.wait_for_takeover();
    wait_for_worker(&viewer);
    viewer.press("Save as…");
    viewer.press("Keep offline");
    viewer.wait_until(
        "it is kept",
        "return all('.r-save-keep button').some((e) => e.textContent.startsWith('Kept offline'));",
    );
    viewer.open(&format!("{PATH}articles/rtl-sample"));
    viewer.wait_for_takeover();
    viewer.see_words(".r-offline", "1 article kept");
    viewer.assert_accessible();
    viewer.set_offline(true);
    viewer.server.vanish();
    for page in ["articles/tour", "articles/rtl-sample"] {
        viewer.open(&format!("{PATH}{page}"));
        viewer.wait_for_takeover();
        let broken =
            "return [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length;";
        assert_eq!(viewer.run(broken), json!(0), "{page}: its pictures are there");
    }
    viewer.press("Site");
    viewer.wait_until("the list is there", "return document.querySelectorAll('.r-list-entry').length === 4;");
}

#[test]
fn an_article_is_kept_with_its_pictures_and_forgotten() {
    let viewer = reading();
    viewer.open("?article=pictured");
    viewer.wait_for_article();
    viewer.press("Save as…");
    viewer.press("Keep offline");
    viewer.wait_until("it is kept", "return all('.r-save-keep button').some((e) => /^Kept offline \\(\\d+ KB\\)$/.test(e.textContent) && e.ariaPressed === 'true');");
    viewer.assert_accessible();
    viewer.server.vanish();
    viewer.set_offline(true);
    viewer.browser.reload();
    viewer.wait_for_article();
    viewer.wait_until(
        "its picture is there",
        "const image = document.querySelector('.r-article img'); return image.complete && image.naturalWidth === 9;",
    );
    viewer.server.come_back();
    viewer.set_offline(false);
    viewer.open("");
    viewer.see_words(".r-offline", "1 article kept");
    viewer.assert_accessible();
    viewer.open("?article=pictured");
    viewer.wait_for_article();
    viewer.press("Save as…");
    viewer.wait_until(
        "it is kept still",
        "return all('.r-save-keep button').some((e) => e.textContent.startsWith('Kept'));",
    );
    viewer.click(".r-save-keep button");
    viewer.wait_until(
        "it is forgotten",
        "return all('.r-save-keep button').some((e) => e.textContent === 'Keep offline');",
    );
    viewer.open("");
    viewer.see(".r-offline");
    viewer.press("Clear all");
    viewer.wait_until("nothing is left", "return caches.keys().then((names) => names.length === 0).then((gone) => gone && all('.r-offline').length === 0);");
}

#[test]
fn a_new_version_is_told_and_a_broken_one_does_not_stay() {
    let viewer = reading();
    viewer.browser.reload();
    viewer.wait_for_article();
    let worker = String::from_utf8(crate::site::answer(&Server::dist(), "/sw.js").body).unwrap();
    viewer.server.put("sw.js", format!("{worker}\n// A later build."));
    viewer.run("navigator.serviceWorker.getRegistration().then((it) => it.update());");
    viewer.see_words(".r-notice", "Recto was updated.");
    viewer.assert_accessible();
    viewer.press("Reload");
    viewer.wait_for_article();
    assert!(!viewer.sees(".r-notice"));

    // A deploy whose script names a program that is not there: the mended one is there at the next load.
    let built = |path: &str| String::from_utf8(crate::site::answer(&Server::dist(), path).body).unwrap();
    let (page, program, start) = (built("/"), Server::built("recto-app", ".js"), Server::built("boot-", ".js"));
    viewer.server.put("boot-0.js", built(&format!("/{start}")).replace(&program, "recto-app-0000000000000000.js"));
    viewer.server.put("index.html", page.replace(&start, "boot-0.js"));
    viewer.browser.reload();
    viewer.see(".r-fallback [role=alert]");
    viewer.server.put("index.html", page);
    viewer.press("Reload");
    viewer.see(".r-tools");
    viewer.wait_for_article();
}

#[test]
fn nothing_is_kept_where_the_site_does_not_want_it() {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.wait_until("there was time", "return new Promise((done) => setTimeout(() => done(true), 4000));");
    assert_eq!(viewer.run("return navigator.serviceWorker.getRegistrations().then((them) => them.length);"), json!(0));
    assert!(!viewer.server.requests().iter().any(|url| url.contains("sw.js")));
}

#[test]
fn the_page_can_be_installed() {
    let viewer = Viewer::start();
    viewer.server.put("recto.json", SETTINGS);
    viewer.open("");
    let manifest = viewer.browser.devtools("Page.getAppManifest", &json!({}));
    assert_eq!(manifest["errors"], json!([]));
    let manifest: serde_json::Value = serde_json::from_str(manifest["data"].as_str().unwrap()).unwrap();
    for icon in manifest["icons"].as_array().unwrap() {
        let src = icon["src"].as_str().unwrap();
        assert!(Server::dist().join(src).is_file(), "{src}");
    }
}
