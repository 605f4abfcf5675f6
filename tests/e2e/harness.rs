//! The harness itself: a check that finds nothing proves something only when it is known to find.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::json;

use crate::page::{Preference, Viewer};
use crate::server::{Fault, Server};
use crate::webdriver::keys;

const PAGE: &str = "<!doctype html><html lang=en><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'\">\
    <title>T</title><main><h1>Hello</h1><button>Press</button><p id=bare>text</p><input aria-label=In></main><script src=a.js></script>";

fn static_page(script: &str) -> Viewer {
    let server = Server::empty();
    server.put("index.html", PAGE).put("a.js", script);
    let viewer = Viewer::with(server);
    viewer.open("");
    viewer
}

fn objects(check: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(check)).is_err()
}

#[test]
fn notices_script_errors_dialogs_and_violations() {
    let viewer = static_page(
        "document.querySelector('button').onclick = () => document.querySelector('h1').textContent = 'Pressed';",
    );
    viewer.press("Press");
    viewer.wait_until("the click arrived", "return document.querySelector('h1').textContent === 'Pressed';");
    viewer.assert_quiet();

    for script in [
        "alert(1)",
        "throw new Error('x')",
        "Promise.reject(1)",
        "document.body.setAttribute('style', 'color: red')",
        "console.error('x')",
    ] {
        viewer.server.put("a.js", script);
        viewer.browser.reload();
        viewer.wait_until("the page is loaded", "return document.readyState === 'complete';");
        assert!(objects(|| viewer.assert_quiet()), "{script} went unnoticed");
    }
}

#[test]
fn notices_ids_without_prefix_and_inaccessible_elements() {
    let viewer = static_page("");
    assert!(objects(|| viewer.assert_ids_prefixed()));
    viewer.run("document.querySelector('#bare').id = 'recto-bare';");
    viewer.assert_ids_prefixed();
    viewer.assert_accessible();
    viewer.run("document.querySelector('input').removeAttribute('aria-label');");
    assert!(objects(|| viewer.assert_accessible()));
}

#[test]
fn types_keys_and_emulates_the_readers_wishes() {
    let viewer = static_page("");
    viewer.type_into("input", "a");
    viewer.browser.press("bc");
    viewer.browser.press_with(keys::CONTROL, 'a');
    viewer.browser.press("x");
    assert_eq!(viewer.run("return document.querySelector('input').value;"), json!("x"));
    viewer.prefer(&[Preference::ColorScheme("dark"), Preference::ReducedMotion, Preference::ForcedColors]);
    for query in ["(prefers-color-scheme: dark)", "(prefers-reduced-motion)", "(forced-colors: active)"] {
        assert_eq!(
            viewer.run_with("return matchMedia(arguments[0]).matches;", &[query.into()]),
            json!(true),
            "{query}"
        );
    }
    viewer.resize(390, 800);
    assert_eq!(viewer.run("return innerWidth;"), json!(390));
}

#[test]
fn serves_faults_and_logs_requests() {
    const ASK: &str = "return fetch('a.json').then((r) => r.text().then((t) => `${r.status} ${r.headers.get('content-type')} ${t}`), (e) => 'failed');";
    let viewer = static_page("");
    viewer.server.put("a.json", "{}");
    assert_eq!(viewer.run(ASK), json!("200 application/json {}"));
    viewer.server.fail("a.json", Fault::WrongType);
    assert_eq!(viewer.run(ASK), json!("200 application/octet-stream {}"));
    viewer.server.fail("a.json", Fault::NotFound);
    assert_eq!(viewer.run(ASK), json!("404 text/plain; charset=utf-8 not found"));
    viewer.server.fail("a.json", Fault::Withheld);
    viewer.run(&ASK.replace("return fetch", "window.answer = fetch"));
    viewer.server.heal("a.json");
    assert_eq!(viewer.run("return window.answer;"), json!("200 application/json {}"));
    viewer.set_offline(true);
    assert_eq!(viewer.run(ASK), json!("failed"));
    assert!(viewer.server.requests().iter().filter(|url| *url == "/a.json").count() == 4);
}
