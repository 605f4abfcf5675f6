//! The wrappers of the browser's APIs, in a real browser. Run by `scripts/test --web`.

#![cfg(target_arch = "wasm32")]

use recto::article::Date;
use recto::browser::{clipboard, document, fetch, html_parser, indexed_db, intl, locks, origin, storage, timer};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "suite/parsed.rs"]
mod parsed;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_browsers_parser_builds_the_known_trees() {
    for (html, tree) in parsed::CASES {
        assert_eq!(parsed::dump(&html_parser::parse(html)), tree, "{html}");
    }
}

#[wasm_bindgen_test]
async fn parsing_runs_nothing() {
    html_parser::parse(
        "<script>localStorage.ran = 1</script><img src='data:,' onerror='localStorage.ran = 1'>\
         <svg onload='localStorage.ran = 1'><details open ontoggle='localStorage.ran = 1'>",
    );
    timer::sleep(200).await;
    assert_eq!(storage::get("ran"), None);
}

#[wasm_bindgen_test]
fn storage_keeps_and_forgets() {
    assert_eq!(storage::get("recto:test"), None);
    assert!(storage::set("recto:test", "ü"));
    assert_eq!(storage::get("recto:test").as_deref(), Some("ü"));
    storage::remove("recto:test");
    assert_eq!(storage::get("recto:test"), None);
}

#[wasm_bindgen_test]
async fn the_database_changes_only_what_is_as_expected() {
    assert_eq!(indexed_db::swap("test:1", None, Some("ü")).await, Ok(true));
    assert_eq!(indexed_db::swap("test:1", None, Some("other")).await, Ok(false));
    assert_eq!(indexed_db::swap("test:1", Some("ü"), Some("v")).await, Ok(true));
    assert_eq!(indexed_db::all().await, Ok(vec!["v".to_owned()]));
    assert_eq!(indexed_db::swap("test:1", Some("ü"), None).await, Ok(false));
    assert_eq!(indexed_db::swap("test:1", Some("v"), None).await, Ok(true));
    assert_eq!(indexed_db::all().await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn locks_are_held_by_one_at_a_time() {
    use std::cell::Cell;
    use std::rc::Rc;
    let first = locks::hold("test").await.expect("this browser has locks");
    let is_held = Rc::new(Cell::new(false));
    let held = Rc::clone(&is_held);
    wasm_bindgen_futures::spawn_local(async move {
        let _second = locks::hold("test").await;
        held.set(true);
    });
    timer::sleep(100).await;
    assert!(!is_held.get());
    drop(first);
    timer::sleep(100).await;
    assert!(is_held.get());
}

#[wasm_bindgen_test]
fn dates_are_worded_in_the_articles_language_whatever_the_time_zone() {
    let date: Date = "2024-10-16T23:30:00-11:00".parse().expect("a date");
    assert_eq!(intl::format_date(&date, "en"), "October 16, 2024");
    assert_eq!(intl::format_date(&date, "de"), "16. Oktober 2024");
    let month: Date = "2024-10".parse().expect("a month");
    assert_eq!(intl::format_date(&month, "en"), "October 2024");
    let year: Date = "0099".parse().expect("a year");
    assert!(intl::format_date(&year, "en").contains("99"));
    assert!(intl::format_date(&date, "not a language").contains("2024"));
}

#[wasm_bindgen_test]
fn dates_in_words_are_those_of_the_browser() {
    let languages = "en en-US en-CA en-GB en-AU en-IN de de-DE de-AT de-CH fr fr-CA es es-MX es-419 pt pt-BR pt-PT it it-CH nl \
        nl-BE sv da nb no ja zh zh-CN zh-Hant-TW ko";
    for language in languages.split_whitespace() {
        for month in 1..=12 {
            for text in [format!("2024-{month:02}-07"), format!("1999-{month:02}-23"), format!("2024-{month:02}")] {
                let date: Date = text.parse().expect("a date");
                assert_eq!(date.in_words(language), Some(intl::format_by_browser(&date, language)), "{language}");
            }
        }
        let year: Date = "2024".parse().expect("a year");
        assert_eq!(year.in_words(language), Some(intl::format_by_browser(&year, language)), "{language}");
    }
}

#[wasm_bindgen_test]
fn addresses_have_origins_only_where_they_can_be_fetched() {
    assert_eq!(origin::of("https://example.org:443/a").as_deref(), Some("https://example.org"));
    assert_eq!(origin::of("articles/a.json"), Some(origin::own()));
    for address in ["javascript:alert(1)", "data:text/plain,x", "blob:x", "file:///etc/passwd", "http://"] {
        assert_eq!(origin::of(address), None, "{address}");
    }
}

#[wasm_bindgen_test]
async fn a_missing_file_is_told_from_one_too_large() {
    let missing = fetch::get("no-such-file.json", 1000, false).await;
    assert_eq!(missing.map(|fetched| fetched.url), Err(fetch::FetchError::Status(404)));
    let here = document::base_url();
    assert_eq!(fetch::get(&here, 1, false).await.map(|fetched| fetched.url), Err(fetch::FetchError::TooLarge));
    assert!(fetch::get(&here, 1 << 20, true).await.is_ok_and(|fetched| fetched.media_type == "text/html"));
}

#[wasm_bindgen_test]
async fn waits_and_copies_without_failing() {
    timer::sleep(1).await;
    // Whether it is allowed depends on the browser's focus; it must answer either way.
    let _ = clipboard::copy("text").await;
}

#[wasm_bindgen_test]
fn themes_are_set_and_taken_back() {
    document::set_theme("dark");
    assert_eq!(document::theme(), "dark");
    document::set_theme("");
    assert_eq!(document::theme(), "");
}
