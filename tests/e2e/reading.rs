//! Reading: the list, an article, its contents list, links into it and history.

use serde_json::json;

use crate::articles::{self, SECTIONS};
use crate::page::Viewer;

const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Site", "items": [
    {"id": "long", "url": "?article=long", "title": "A long article", "date_published": "2024-10-16", "_recto": {"src": "long.json"}},
    {"id": "short", "url": "?article=short", "title": "A short article", "_recto": {"src": "short.json"}}]}"#;

fn site_of_two() -> Viewer {
    let viewer = Viewer::start();
    viewer.server.put("articles/index.json", FEED);
    viewer.server.put("articles/long.json", articles::long().to_string());
    viewer.server.put("articles/short.json", articles::short().to_string());
    viewer
}

#[test]
fn lists_the_sites_articles_and_opens_one() {
    let viewer = site_of_two();
    viewer.open("");
    viewer.see(".r-list");
    assert_eq!(viewer.texts(".r-list h2"), ["A long article", "A short article"]);
    viewer.press("A long article");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "A long article");
    assert!(viewer.text("article.r-article").contains("Ada Example"));
    assert!(viewer.text("article.r-article").contains("October 16, 2024"));
    assert!(viewer.run("return document.title;").as_str().is_some_and(|title| title.contains("A long article")));
    viewer.browser.back();
    viewer.see(".r-list h2");
    viewer.browser.forward();
    viewer.wait_for_article();
    viewer.assert_quiet();
    viewer.assert_ids_prefixed();
}

#[test]
fn asks_its_own_site_only_and_each_file_once() {
    let viewer = site_of_two();
    viewer.open("?article=long");
    viewer.wait_for_article();
    viewer.settle();
    let requests = viewer.server.requests();
    for file in ["/articles/long.json", "/recto.json", "_bg.wasm", ".css"] {
        assert!(requests.iter().any(|url| url.ends_with(file)), "{file} in {requests:?}");
    }
    // Icons are asked for by the browser, as it pleases.
    for (index, file) in requests.iter().enumerate().filter(|(_, file)| !file.contains("icon")) {
        assert!(!requests[..index].contains(file), "{file} is asked for again: {requests:?}");
    }
    assert!(!requests.iter().any(|url| url.contains("formats")), "an article of the site's own needs no other format");
    assert!(!requests.iter().any(|url| url.contains("index.json")), "the list is not needed to read: {requests:?}");
    let elsewhere = viewer.run(
        "return performance.getEntriesByType('resource').map((e) => e.name).filter((url) => new URL(url).origin !== location.origin);",
    );
    assert_eq!(elsewhere, json!([]));
}

#[test]
fn contents_lists_the_sections_and_leads_to_each() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.see(".r-contents");
    assert_eq!(viewer.contents(), SECTIONS);
    for name in ["Gamma", "Alpha", "Epsilon", "Omega"] {
        viewer.go_to_section(name);
        viewer.wait_for_heading_at_top(name);
        viewer.wait_for_section(name);
    }
    viewer.assert_quiet();
}

#[test]
fn marks_the_section_being_read() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.see(".r-contents");
    for name in &SECTIONS[..5] {
        viewer.run_with(
            "const h = [...document.querySelectorAll('article.r-article h2')].find((e) => e.textContent.trim().startsWith(arguments[0]));
             window.scrollTo({ top: h.getBoundingClientRect().top + scrollY + 300, behavior: 'instant' });",
            &[(*name).into()],
        );
        viewer.wait_for_section(name);
    }
    viewer.scroll_to(1_000_000);
    viewer.wait_for_section("Omega");
    viewer.scroll_to(0);
    viewer.wait_until(
        "no section but the top or the first is current",
        "const a = document.querySelector('.r-contents a[aria-current]'); return !a || /^(Top|Alpha)/.test(a.textContent.trim());",
    );
}

#[test]
fn a_short_page_marks_the_section_chosen() {
    let viewer = Viewer::start();
    let mut short = articles::short();
    short["comments"] = json!({ "enabled": false });
    short["toc"] = json!({ "show": "always" });
    viewer.server.put("articles/short.json", short.to_string());
    viewer.resize(1440, 2400);
    viewer.open("?article=short#second");
    viewer.wait_for_article();
    viewer.wait_for_section("Second");
    viewer.go_to_section("First");
    viewer.wait_for_section("First");
}

#[test]
fn links_lead_to_sections_by_id_alias_other_case_and_prefix() {
    let mut article = articles::long();
    article["body"][3]["aliases"] = json!(["h-old-name"]);
    article["body"][4]["id"] = "Chosen-Id".into();
    for (fragment, name) in [
        ("gamma", "Gamma"),
        ("GAMMA", "Gamma"),
        ("recto-gamma", "Gamma"),
        ("h-old-name", "Delta"),
        ("Chosen-Id", "Epsilon"),
        ("chosen-id", "Epsilon"),
    ] {
        let viewer = Viewer::start();
        viewer.server.put("articles/under-test.json", article.to_string());
        viewer.open(&format!("?article=under-test#{fragment}"));
        viewer.wait_for_article();
        viewer.wait_for_heading_at_top(name);
        viewer.wait_for_section(name);
        assert!(viewer.browser.url().ends_with(&format!("#{fragment}")), "the address stays: {}", viewer.browser.url());
    }
}

#[test]
fn a_link_to_a_section_holds_while_late_images_push_the_text() {
    let viewer = Viewer::start();
    let mut article = articles::long();
    article["body"][0]["children"][0] = json!({ "type": "image", "url": "late.svg", "alt": "A tall picture" });
    viewer.server.put("articles/under-test.json", article.to_string());
    let picture =
        "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='900'><rect width='600' height='900'/></svg>";
    viewer.server.put("articles/late.svg", picture).put("late.svg", picture);
    viewer
        .server
        .fail("late.svg", crate::server::Fault::Slow(1200))
        .fail("articles/late.svg", crate::server::Fault::Slow(1200));
    viewer.open("?article=under-test#beta");
    viewer.wait_for_article();
    viewer.run("document.querySelectorAll('img').forEach((e) => { e.loading = 'eager'; });");
    viewer.wait_until(
        "the picture is there",
        "const i = document.querySelector('article.r-article img'); return i && i.complete && i.naturalHeight > 0;",
    );
    viewer.wait_for_heading_at_top("Beta");
}

#[test]
fn back_and_forward_return_to_sections() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.go_to_section("Beta");
    viewer.wait_for_heading_at_top("Beta");
    viewer.go_to_section("Delta");
    viewer.wait_for_heading_at_top("Delta");
    viewer.browser.back();
    viewer.wait_for_heading_at_top("Beta");
    viewer.wait_for_section("Beta");
    viewer.browser.forward();
    viewer.wait_for_heading_at_top("Delta");
    viewer.wait_for_section("Delta");
}

#[test]
fn loading_writes_nothing_to_the_address() {
    const WATCH: &str = "window.__written = [];
        for (const name of ['pushState', 'replaceState']) {
          const original = history[name];
          history[name] = function (...rest) { window.__written.push([name, performance.now(), String(rest[2])]); return original.apply(this, rest); };
        }";
    let viewer = Viewer::start();
    viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }));
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    let address = viewer.browser.url();
    viewer.settle();
    assert_eq!(viewer.run("return window.__written;"), json!([]));
    assert_eq!(viewer.browser.url(), address);
    // Scrolling through may update the address, but never more than once a second.
    for top in (0..6000).step_by(200) {
        viewer.scroll_to(top);
        viewer.settle();
    }
    let gaps = viewer.run("const t = window.__written.map((w) => w[1]); return t.slice(1).map((x, i) => x - t[i]).filter((gap) => gap < 990);");
    assert_eq!(gaps, json!([]));
}

#[test]
fn the_first_screens_are_painted_before_the_rest_is_laid_out() {
    const WATCH: &str = "window.__began = [];
        new MutationObserver((_, observer) => {
          const article = document.querySelector('[data-first] article');
          if (!article) return;
          observer.disconnect();
          const later = [...article.querySelectorAll('[hidden]')];
          window.__began = [later.length, article.getBoundingClientRect().bottom > innerHeight];
        }).observe(document, { subtree: true, childList: true });";
    let viewer = Viewer::start();
    viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }));
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    viewer.server.put("articles/short.json", articles::short().to_string());
    let began = || {
        viewer.wait_for_article();
        viewer.settle();
        let hidden = viewer.run("return document.querySelectorAll('article [hidden]').length;");
        assert_eq!(hidden, 0, "all of it is there");
        viewer.run("return window.__began;")
    };
    for (width, height) in [(390, 844), (1440, 900), (2560, 1440)] {
        viewer.resize(width, height);
        viewer.open("?article=under-test");
        let began = began();
        assert!(began[0].as_u64() > Some(0) && began[1] == true, "{width} by {height}: {began}");
    }
    // Where it is to be at a certain place, and where it is short, nothing waits.
    viewer.browser.reload();
    assert_eq!(began(), json!([0, true]), "a reload");
    viewer.open("?article=under-test#delta");
    assert_eq!(began(), json!([0, true]), "a fragment");
    viewer.wait_for_heading_at_top("Delta");
    viewer.open("?article=short");
    assert_eq!(began()[0], 0, "a short one");
}
