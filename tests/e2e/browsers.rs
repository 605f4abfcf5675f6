//! The main ways of use in Firefox and WebKit: the page, the element, the frame, a page written in advance, a single
//! file. What is different in browsers shows here; what the app does in each case is tested in Chromium.

use serde_json::json;

use crate::page::Viewer;
use crate::server::Server;
use crate::static_site::{PATH, site_with_app};
use crate::webdriver::Browser;
use crate::{articles, element, frame, hostile, single};

/// The tests below in each browser; skipped, with a notice, where that is not installed.
macro_rules! in_browsers {
    ($($name:ident)*) => {
        mod firefox {
            $(#[test] fn $name() { super::run(super::Browser::Firefox, super::$name); })*
        }
        mod webkit {
            $(#[test] fn $name() { super::run(super::Browser::WebKit, super::$name); })*
        }
    };
}

in_browsers! {
    a_page_is_read_and_commented_on
    an_element_is_at_home_in_a_strict_page
    a_frame_is_as_tall_as_its_article
    a_written_page_is_taken_over
    a_written_page_is_whole_in_a_frame_without_an_origin
    a_single_file_works_from_a_disk
    attacks_do_nothing
}

fn run(browser: Browser, journey: fn(Browser)) {
    if browser.is_there() {
        journey(browser);
    } else {
        println!("notice: {browser:?} or its driver is not installed: skipped");
    }
}

fn reading(browser: Browser) -> Viewer {
    let server = Server::start();
    server.put("articles/under-test.json", articles::long().to_string());
    let viewer = Viewer::in_browser(browser, server);
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    viewer
}

/// Goes to a section by the contents list.
fn go_to(viewer: &Viewer, label: &str) {
    viewer.go_to_section(label);
    viewer.wait_for_heading_at_top(label);
}

fn comment(viewer: &Viewer, words: &str) {
    viewer.see(".r-comments form");
    viewer.fill("Name", "Ben Example");
    viewer.fill("Email", "ben@example.org");
    viewer.post_comment(words);
}

fn a_page_is_read_and_commented_on(browser: Browser) {
    let viewer = reading(browser);
    go_to(&viewer, "Gamma");
    assert!(viewer.browser.url().ends_with("#gamma"), "{}", viewer.browser.url());
    viewer.choose_theme("sepia");
    comment(&viewer, "A word from another engine.");
    viewer.browser.reload();
    viewer.wait_for_comment("A word from another engine.");
    assert_eq!(viewer.run("return document.documentElement.dataset.theme;"), json!("sepia"));
    viewer.assert_accessible();
    viewer.assert_quiet();
}

fn an_element_is_at_home_in_a_strict_page(browser: Browser) {
    let viewer =
        element::host_in(browser, "<recto-article src=article.json comments=local><p>Before.</p></recto-article>");
    element::wait(&viewer, "ready");
    assert_eq!(viewer.told("recto-load")[0]["title"], "A long article");
    let inside = |script: &str| {
        viewer.run(&format!("const root = document.querySelector('recto-article').shadowRoot; {script}"))
    };
    inside("[...root.querySelectorAll('.r-contents a')].find((a) => a.textContent.startsWith('Gamma')).click();");
    viewer.wait_until(
        "the section is in the window",
        "const root = document.querySelector('recto-article').shadowRoot; const { top } = root.getElementById('recto-gamma').getBoundingClientRect(); return top > -2 && top < 200;",
    );
    assert!(viewer.browser.url().ends_with("host.html"), "the address is the page's");
    let font = inside("return getComputedStyle(root.querySelector('h1, h2')).backgroundColor;");
    assert_eq!(font, json!("rgba(0, 0, 0, 0)"), "the page's styles do not reach in");
    viewer.run(
        "const element = document.querySelector('recto-article'); element.remove(); document.body.append(element);",
    );
    element::wait(&viewer, "ready");
    viewer.assert_quiet();
}

fn a_frame_is_as_tall_as_its_article(browser: Browser) {
    let (viewer, _theirs) = frame::framed_in(browser, "?article=long", Some(frame::SANDBOX));
    frame::wait_for_height(&viewer, 3000);
    viewer.wait_until("the article is told", "return told.some(([name]) => name === 'recto-load');");
    viewer.assert_quiet();
}

fn a_written_page_is_taken_over(browser: Browser) {
    let viewer = Viewer::in_browser(browser, site_with_app());
    viewer.open(&format!("{PATH}articles/tour.html"));
    viewer.wait_for_takeover();
    go_to(&viewer, "Lists");
    viewer.browser.reload();
    viewer.wait_for_takeover();
    viewer.wait_for_heading_at_top("Lists");
    viewer.press("Bridges & Mills");
    viewer.wait_until("the list is there", "return document.querySelectorAll('.r-list-entry').length === 4;");
    viewer.assert_quiet();
}

fn a_written_page_is_whole_in_a_frame_without_an_origin(browser: Browser) {
    let site = site_with_app();
    let here = Server::empty();
    here.put(
        "host.js",
        "addEventListener('message', ({ data }) => data.message === 'height' && (window.height = data.value));",
    );
    let frame = format!(
        "<iframe title=A sandbox=allow-scripts src='{}#?secret=abc'></iframe>",
        site.url(&format!("{PATH}articles/tour.html"))
    );
    here.put("host.html", format!("<!doctype html><html lang=en><title>T</title><script src=host.js></script>{frame}"));
    let viewer = Viewer::in_browser(browser, here);
    viewer.open("host.html");
    viewer.wait_until("the page tells its height", "return window.height > 2000;");
    viewer.browser.within_frame("iframe", || {
        let display = viewer.run("return getComputedStyle(document.querySelector('.r-toolbar')).display;");
        assert_eq!(display, json!("flex"), "it has its styles");
    });
}

fn a_single_file_works_from_a_disk(browser: Browser) {
    let folder = single::folder(&format!("single-{browser:?}"));
    let address = single::write(&articles::long().to_string(), &folder, &folder.join("a.html"));
    let viewer = Viewer::in_browser(browser, Server::empty());
    viewer.browser.go(&address);
    viewer.wait_for_takeover();
    go_to(&viewer, "Gamma");
    viewer.choose_theme("dark");
    comment(&viewer, "Kept without any site.");
    viewer.browser.reload();
    viewer.wait_for_comment("Kept without any site.");
    assert_eq!(viewer.run("return document.documentElement.dataset.theme;"), json!("dark"));
}

fn attacks_do_nothing(browser: Browser) {
    hostile::check_live_attacks(&Viewer::in_browser(browser, Server::start()));
}
