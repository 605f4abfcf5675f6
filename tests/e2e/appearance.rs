//! How it looks: themes, widths, directions, wishes of the reader, paper; and accessible in all of them.

use serde_json::json;

use crate::articles;
use crate::page::{Preference, Viewer};
use crate::server::{Fault, Server};

/// The samples that come with the app.
fn samples() -> Vec<String> {
    let feed = String::from_utf8(crate::site::answer(&Server::dist(), "/articles/index.json").body).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// Both schemes, as the system's wish.
fn in_light_and_dark(viewer: &Viewer, check: impl Fn()) {
    for scheme in ["light", "dark"] {
        viewer.prefer(&[Preference::ColorScheme(scheme), Preference::ReducedMotion]);
        check();
    }
}

#[test]
fn the_list_is_accessible_and_quiet() {
    let viewer = Viewer::start();
    viewer.open("");
    viewer.see(".r-list");
    in_light_and_dark(&viewer, || viewer.assert_accessible());
    viewer.assert_ids_prefixed();
    viewer.assert_quiet();
}

#[test]
fn every_sample_is_accessible_and_quiet() {
    let viewer = Viewer::start();
    for sample in samples() {
        viewer.open(&format!("?article={sample}"));
        viewer.wait_for_article();
        in_light_and_dark(&viewer, || viewer.assert_accessible());
        viewer.assert_ids_prefixed();
        viewer.assert_quiet();
    }
}

#[test]
fn chosen_themes_are_accessible() {
    let viewer = Viewer::start();
    viewer.open("?article=tour");
    viewer.wait_for_article();
    for theme in ["light", "dark", "sepia", "contrast"] {
        viewer.choose_theme(theme);
        viewer.assert_accessible();
    }
}

#[test]
fn forced_colours_keep_everything_visible() {
    let viewer = Viewer::start();
    viewer.prefer(&[Preference::ForcedColors, Preference::ColorScheme("dark")]);
    viewer.open("?article=tour");
    viewer.wait_for_article();
    viewer.assert_accessible();
}

#[test]
fn a_theme_is_remembered_and_there_before_the_program() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    let background = || viewer.run("return getComputedStyle(document.documentElement).backgroundColor;");
    viewer.choose_theme("sepia");
    let sepia = background();
    viewer.choose_theme("dark");
    let dark = background();
    assert_ne!(sepia, dark);

    let wasm = Server::built("recto-app", "_bg.wasm");
    viewer.server.fail(&wasm, Fault::Withheld);
    viewer.browser.reload();
    viewer.wait_until("the page is styled", "return document.readyState !== 'loading' && document.body !== null;");
    assert_eq!(viewer.run("return document.documentElement.dataset.theme;"), json!("dark"));
    assert_eq!(background(), dark);
    viewer.server.heal(&wasm);
    viewer.wait_for_article();
    assert_eq!(background(), dark);
    viewer.choose_theme("auto");
    viewer.prefer(&[Preference::ColorScheme("light")]);
    let light = background();
    viewer.prefer(&[Preference::ColorScheme("dark")]);
    assert_ne!(background(), light, "auto follows the system");
}

#[test]
fn works_where_storage_is_denied() {
    let viewer = Viewer::start();
    viewer.deny_storage();
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    viewer.choose_theme("dark");
    viewer.go_to_section("Gamma");
    viewer.wait_for_heading_at_top("Gamma");
    viewer.assert_quiet();
}

#[test]
fn nothing_sticks_out_on_small_screens() {
    let viewer = Viewer::start();
    for (width, height) in [(320, 640), (390, 844)] {
        viewer.resize(width, height);
        viewer.open("");
        viewer.see(".r-list");
        viewer.assert_no_sideways_scroll();
        for sample in samples() {
            viewer.open(&format!("?article={sample}"));
            viewer.wait_for_article();
            viewer.assert_no_sideways_scroll();
        }
    }
    viewer.assert_accessible();
}

#[test]
fn a_phone_shows_the_contents_in_a_panel() {
    let viewer = Viewer::start();
    viewer.resize(390, 844);
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    assert!(!viewer.sees(".r-contents li a"), "the list is folded away");
    viewer.press_contents_button();
    viewer.see(".r-contents li a");
    viewer.assert_accessible();
    viewer.assert_no_sideways_scroll();
    viewer.go_to_section("Delta");
    viewer.wait_for_heading_at_top("Delta");
    viewer.wait_until("the panel is closed", "return all('.r-contents li a').length === 0;");
    viewer.press_contents_button();
    viewer.see(".r-contents li a");
    viewer.browser.press(&crate::webdriver::keys::ESCAPE.to_string());
    viewer.wait_until("the panel is closed by Escape", "return all('.r-contents li a').length === 0;");
}

#[test]
fn right_to_left_articles_mirror_the_page() {
    const SIDES: &str = "const centre = (e) => { const r = e.getBoundingClientRect(); return r.left + r.width / 2; };
        return centre(document.querySelector('.r-contents')) < centre(document.querySelector('article.r-article'));";
    let viewer = Viewer::start();
    let mut article = articles::long();
    viewer.server.put("articles/ltr.json", article.to_string());
    viewer.open("?article=ltr");
    viewer.wait_for_article();
    viewer.see(".r-contents");
    let left = viewer.run(SIDES);
    article["language"] = "ar".into();
    viewer.server.put("articles/rtl.json", article.to_string());
    viewer.open("?article=rtl");
    viewer.wait_for_article();
    viewer.see(".r-contents");
    assert_eq!(
        viewer.run("return getComputedStyle(document.querySelector('article.r-article')).direction;"),
        json!("rtl")
    );
    assert_ne!(viewer.run(SIDES), left, "the contents list changes sides");
    let home_is_last =
        "const x = (s) => document.querySelector(s).getBoundingClientRect().left; return x('.r-home') > x('.r-tools');";
    assert_eq!(viewer.run(home_is_last), json!(true), "so does the bar");
    assert_eq!(viewer.text(".r-open"), "Open…");
    viewer.assert_no_sideways_scroll();
}

#[test]
fn paper_shows_the_article_and_nothing_to_press() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.show_as_print();
    viewer.settle();
    assert!(viewer.sees("article.r-article h1") && viewer.sees("article.r-article p"));
    for chrome in [".r-toolbar", ".r-contents", ".r-skip", ".r-progress", "form", "button"] {
        assert!(!viewer.sees(chrome), "{chrome} is printed");
    }
    let colours = viewer.run("const s = getComputedStyle(document.body); return [s.color, getComputedStyle(document.documentElement).backgroundColor];");
    assert_ne!(colours[0], colours[1]);
}

#[test]
fn paper_is_light_when_the_theme_is_dark() {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.choose_theme("dark");
    viewer.show_as_print();
    viewer.settle();
    let dark_text = viewer.run(
        "const [r, g, b] = getComputedStyle(document.querySelector('article.r-article p')).color.match(/[\\d.]+/g).map(Number); return r + g + b;",
    );
    assert!(dark_text.as_f64().is_some_and(|sum| sum < 300.0), "text on paper is dark: {dark_text}");
}
