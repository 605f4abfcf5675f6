//! Everything by keyboard alone.

use serde_json::json;

use crate::articles;
use crate::page::Viewer;
use crate::webdriver::keys;

/// Presses Tab until the focus is on what a selector matches.
fn tab_to(viewer: &Viewer, selector: &str) {
    for _ in 0..60 {
        viewer.browser.press(&keys::TAB.to_string());
        if viewer.run_with("return document.activeElement?.matches(arguments[0]) ?? false;", &[selector.into()])
            == json!(true)
        {
            return;
        }
    }
    panic!(
        "Tab never reached {selector}; the focus is on {}",
        viewer.run("return document.activeElement?.outerHTML.slice(0, 200);")
    );
}

fn focused_text(viewer: &Viewer) -> String {
    viewer.run("return document.activeElement?.textContent.trim() ?? '';").as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_first_stop_skips_to_the_article() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.browser.press(&keys::TAB.to_string());
    assert_eq!(focused_text(&viewer), "Skip to the article");
    assert_eq!(
        viewer.run("const r = document.activeElement.getBoundingClientRect(); return r.width > 20 && r.top >= 0;"),
        json!(true),
        "it is seen"
    );
    viewer.browser.press(&keys::ENTER.to_string());
    viewer.wait_until("the focus is in the article", "return document.activeElement.closest('main') !== null;");
    assert!(!viewer.browser.url().contains("main"), "the address stays");
}

#[test]
fn contents_links_move_the_focus_to_the_heading() {
    let viewer = Viewer::reading_article(&articles::long());
    viewer.see(".r-contents");
    tab_to(&viewer, ".r-contents li a[href$='gamma' i]");
    viewer.browser.press(&keys::ENTER.to_string());
    viewer.wait_for_heading_at_top("Gamma");
    viewer.wait_until("the heading has the focus", "const e = document.activeElement; return /^H[2-6]$/.test(e.tagName) && e.textContent.trim().startsWith('Gamma');");
}

#[test]
fn opens_and_leaves_the_dialogue() {
    let viewer = Viewer::reading_article(&articles::short());
    tab_to(&viewer, ".r-open");
    viewer.browser.press(&keys::ENTER.to_string());
    viewer.see("dialog[open]");
    viewer.wait_until("the focus is in the dialogue", "return document.activeElement.closest('dialog') !== null;");
    viewer.browser.press(&keys::ESCAPE.to_string());
    viewer.wait_until(
        "it is closed and the focus is back",
        "return !document.querySelector('dialog[open]') && document.activeElement.matches('.r-open');",
    );
}

#[test]
fn the_focus_is_always_seen() {
    let viewer = Viewer::reading_article(&articles::short());
    let mut stops = Vec::new();
    for _ in 0..40 {
        viewer.browser.press(&keys::TAB.to_string());
        let stop = viewer.run(
            "const e = document.activeElement; if (!e || e === document.body) return null;
             const s = getComputedStyle(e), r = e.getBoundingClientRect();
             const ring = (x) => x && (getComputedStyle(x).outlineStyle !== 'none' || getComputedStyle(x).boxShadow !== 'none');
             return { what: e.outerHTML.slice(0, 90), seen: (s.outlineStyle !== 'none' || s.boxShadow !== 'none' || ring(e.closest('label')) || ring(e.nextElementSibling)) && r.width > 0 };",
        );
        if stop.is_null() {
            break;
        }
        assert_eq!(stop["seen"], json!(true), "no focus ring on {}", stop["what"]);
        stops.push(stop["what"].to_string());
    }
    assert!(stops.len() > 4, "{stops:?}");
}
