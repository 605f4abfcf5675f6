//! As what a file was read, and reading it otherwise; saving an article in other forms.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::articles;
use crate::page::{Preference, Viewer};
use crate::webdriver::keys;

/// Plain text to look at, Markdown to whoever says so.
const NOTES: &str = "Notes on rivers\n\nWater runs *down* the hill, and nobody has to push it.\n";

/// The forms by what they are called, and the ends of their files' names.
const FORMS: [(&str, &str); 6] = [
    ("Article JSON", "json"),
    ("Markdown", "md"),
    ("Plain text", "txt"),
    ("Web page", "html"),
    ("Web page with the viewer", "html"),
    ("E-book (EPUB)", "epub"),
];

fn reading_notes(query: &str) -> Viewer {
    let viewer = Viewer::start();
    viewer.server.put("notes.txt", NOTES);
    viewer.open(&format!("?src=notes.txt{query}"));
    viewer
}

fn wait_read_as(viewer: &Viewer, words: &str) {
    let is_said = "return all('.r-read-as')[0]?.textContent === arguments[0];";
    viewer.wait_with(&format!("it says “{words}”"), is_said, &[words.into()]);
}

/// Chooses a format, as the list and its button do.
fn read_as(viewer: &Viewer, word: &str) {
    viewer.press("Read as …");
    viewer.see(".r-read-select");
    let choose = "const s = document.querySelector('.r-read-select'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true })); return s.value;";
    assert_eq!(viewer.run_with(choose, &[word.into()]), json!(word));
    viewer.press("Read again");
}

fn in_light_and_dark(viewer: &Viewer, check: impl Fn()) {
    for scheme in ["light", "dark"] {
        viewer.prefer(&[Preference::ColorScheme(scheme), Preference::ReducedMotion]);
        check();
    }
}

#[test]
fn a_file_is_read_otherwise_where_the_reader_says_so() {
    let viewer = reading_notes("");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as plain text");
    assert!(!viewer.sees("article.r-article em"));

    read_as(&viewer, "markdown");
    viewer.see("article.r-article em");
    wait_read_as(&viewer, "Read as Markdown");
    assert!(viewer.browser.url().ends_with("?src=notes.txt&format=markdown"), "{}", viewer.browser.url());
    viewer.browser.back();
    wait_read_as(&viewer, "Read as plain text");
    viewer.assert_quiet();
}

#[test]
fn the_address_says_as_what_a_file_is_read() {
    let viewer = reading_notes("&format=markdown");
    viewer.see("article.r-article em");
    wait_read_as(&viewer, "Read as Markdown");
    viewer.press("Read as …");
    assert_eq!(viewer.run("return document.querySelector('.r-read-select').value;"), json!("markdown"));

    viewer.open("?src=notes.txt&format=nonsense");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as plain text");

    // An article of the site's own is not shown before it is known what it is asked for as.
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.open("?article=under-test&format=text");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as plain text");
    viewer.open("?article=under-test&format=article-json");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as Article JSON");
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    assert!(!viewer.sees(".r-remarks"), "there is nothing to say about it");
    viewer.assert_quiet();
}

#[test]
fn a_file_that_is_something_else_can_be_read_as_what_it_is() {
    let viewer = reading_notes("");
    viewer.wait_for_article();
    read_as(&viewer, "jupyter");
    assert_eq!(viewer.wait_for_failure(), "not-this-format");
    assert_eq!(viewer.text(".r-failure h1"), "The file is in another format");
    assert!(viewer.text(".r-failure-text").contains("to be read as Jupyter notebook"));
    viewer.assert_accessible();
    viewer.press("Read it as what it looks like");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as plain text");
    assert!(viewer.browser.url().ends_with("?src=notes.txt"), "{}", viewer.browser.url());
    viewer.assert_quiet();
}

#[test]
fn what_is_said_about_a_file_is_accessible_and_fits() {
    let viewer = reading_notes("");
    viewer.wait_for_article();
    viewer.resize(390, 844);
    viewer.press("Read as …");
    viewer.see(".r-read-select");
    in_light_and_dark(&viewer, || viewer.assert_accessible());
    viewer.assert_ids_prefixed();
    viewer.assert_no_sideways_scroll();
    viewer.run("document.querySelector('.r-remarks').scrollIntoView({ block: 'center', behavior: 'instant' });");
    viewer.keep_screenshot("read-as-390");
    viewer.assert_quiet();
}

/// A folder that the browser saves into, empty.
pub(crate) fn downloads(viewer: &Viewer, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("saved-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let behaviour = json!({ "behavior": "allow", "downloadPath": folder.to_str().unwrap() });
    viewer.browser.devtools("Browser.setDownloadBehavior", &behaviour);
    folder
}

/// The content of a saved file, once it is there as a whole; it is taken away, so that the next may be called the same.
pub(crate) fn saved(folder: &Path, name: &str) -> Vec<u8> {
    let start = Instant::now();
    loop {
        if let Ok(content) = fs::read(folder.join(name))
            && !content.is_empty()
        {
            fs::remove_file(folder.join(name)).unwrap();
            return content;
        }
        let found: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|file| file.file_name()).collect();
        assert!(start.elapsed() < Duration::from_secs(20), "{name} was not saved; there is {found:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn wait_told(viewer: &Viewer, words: &str) {
    let is_told = "return document.querySelector('.r-save [role=status]')?.textContent === arguments[0];";
    viewer.wait_with(&format!("“{words}” is told"), is_told, &[words.into()]);
}

#[test]
fn an_article_is_saved_in_every_form() {
    let viewer = Viewer::reading_article(&articles::short());
    let folder = downloads(&viewer, "forms");
    for (form, end) in FORMS {
        let name = format!("a-short-article.{end}");
        viewer.press("Save as…");
        viewer.press(form);
        let content = saved(&folder, &name);
        wait_told(&viewer, &format!("Saved as {name}"));
        assert!(!viewer.sees(".r-save-forms"), "it closes");
        let text = String::from_utf8_lossy(&content);
        match end {
            "json" => {
                let article: Value = serde_json::from_slice(&content).unwrap();
                assert_eq!((&article["articleJson"], &article["title"]), (&json!("1.0"), &json!("A short article")));
                assert_eq!(article["body"].as_array().map(Vec::len), Some(2));
            }
            "md" => assert!(text.contains("\n## First\n") && text.contains("title: \"A short article\""), "{text}"),
            "txt" => assert!(text.starts_with("A short article\n===============\n"), "{text}"),
            "epub" => {
                assert!(
                    content.starts_with(b"PK\x03\x04") && content[30..].starts_with(b"mimetypeapplication/epub+zip")
                );
                assert!(text.contains("<a href=\"article.xhtml#recto-first\">First</a>"));
            }
            _ if form == "Web page with the viewer" => assert!(text.contains("'wasm-unsafe-eval'")),
            _ => {
                viewer.server.put("saved.html", content.clone());
                assert!(text.contains("script-src 'none'"));
            }
        }
    }
    viewer.assert_quiet();

    // The web page needs nothing but itself.
    viewer.disable_scripts();
    viewer.browser.go(&viewer.server.url("saved.html"));
    let heading = "return document.querySelector('article h1').textContent;";
    assert_eq!(viewer.browser.run(heading, &[]), json!("A short article"));
}

#[test]
fn what_is_saved_is_the_article_that_is_shown() {
    let posts: Vec<Value> = (1..=2)
        .map(|n| json!({ "id": n, "date_gmt": "2024-10-16T00:00:00", "link": "https://example.org/", "slug": format!("p{n}"), "type": "post",
            "title": { "rendered": format!("Post {n}") }, "content": { "rendered": format!("<p>Text of post {n}.</p>"), "protected": false } }))
        .collect();
    let viewer = Viewer::start();
    viewer.server.put("posts.json", Value::Array(posts).to_string());
    viewer.open("?src=posts.json");
    viewer.press("Post 2");
    viewer.wait_for_article();
    wait_read_as(&viewer, "Read as WordPress post");
    let folder = downloads(&viewer, "shown");
    viewer.press("Save as…");
    viewer.press("Plain text");
    let text = String::from_utf8(saved(&folder, "post-2.txt")).unwrap();
    assert!(text.contains("Text of post 2."), "{text}");
    viewer.assert_quiet();
}

#[test]
fn saving_takes_no_mouse() {
    let viewer = Viewer::reading_article(&articles::short());
    let folder = downloads(&viewer, "keys");
    let has_focus =
        |selector: &str| viewer.run_with("return document.activeElement.matches(arguments[0]);", &[selector.into()]);
    let is_open = || viewer.sees(".r-save-forms");
    let press = |key: char| viewer.browser.press(&key.to_string());

    viewer.run("document.querySelector('.r-open').focus();");
    press(keys::TAB);
    assert_eq!(has_focus(".r-save-button"), json!(true));
    press(keys::ENTER);
    viewer.see(".r-save-forms");
    press(keys::TAB);
    assert_eq!(has_focus(".r-save-forms li:first-child button"), json!(true));
    press(keys::ESCAPE);
    viewer.wait_until("it is closed", "return !all('.r-save-forms').length;");
    assert_eq!(has_focus(".r-save-button"), json!(true), "the focus comes back");

    press(keys::ENTER);
    viewer.see(".r-save-forms");
    press(keys::TAB);
    press(keys::TAB);
    press(keys::ENTER);
    saved(&folder, "a-short-article.md");
    assert_eq!((is_open(), has_focus(".r-save-button")), (false, json!(true)));

    press(keys::ENTER);
    viewer.see(".r-save-forms");
    viewer.click("article.r-article h1");
    viewer.wait_until("a press elsewhere closes it", "return !all('.r-save-forms').length;");
    viewer.assert_quiet();
}

#[test]
fn the_forms_are_accessible_and_fit() {
    let viewer = Viewer::reading_article(&articles::short());
    for (width, height) in [(1440, 900), (390, 844), (320, 640)] {
        viewer.resize(width, height);
        viewer.press("Save as…");
        viewer.see(".r-save-forms");
        in_light_and_dark(&viewer, || viewer.assert_accessible());
        viewer.assert_no_sideways_scroll();
        let inside = "const { left, right } = document.querySelector('.r-save-forms').getBoundingClientRect(); return left >= 0 && right <= innerWidth;";
        assert_eq!(viewer.run(inside), json!(true), "at {width}");
        viewer.keep_screenshot(&format!("save-{width}"));
        viewer.press("Save as…");
    }
    viewer.assert_ids_prefixed();
    viewer.assert_quiet();
}

#[test]
fn it_is_told_where_the_file_cannot_be_made() {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.server.fail(&crate::server::Server::built("recto-formats", "_bg.wasm"), crate::server::Fault::NotFound);
    viewer.press("Save as…");
    viewer.press("Markdown");
    viewer.see(".r-save-failure[role=alert]");
    viewer.assert_accessible();
    viewer.assert_quiet_except(&["Failed to load resource"]);
}
