//! Comments kept in this browser: writing, answering, changing, deleting, two tabs, and a browser that keeps nothing.

use serde_json::json;

use crate::articles;
use crate::page::Viewer;
use crate::webdriver::keys;

const TEXT: &str = ".r-comments form textarea";

impl Viewer {
    pub(crate) fn fill(&self, label: &str, words: &str) {
        let id = self.run_with(
            "return all('.r-comments form label').find((e) => e.textContent.replace('*', '').trim() === arguments[0])?.htmlFor ?? null;",
            &[label.into()],
        );
        let id = id.as_str().unwrap_or_else(|| panic!("no field is labelled {label}"));
        self.type_into(&format!("[id='{id}']"), words);
    }

    pub(crate) fn post_comment(&self, words: &str) {
        self.type_into(TEXT, words);
        self.press("Post Comment");
        self.wait_for_comment(words);
    }

    pub(crate) fn wait_for_comment(&self, words: &str) {
        let shown = "return [...document.querySelectorAll('.r-comment-body')].some((e) => e.textContent.includes(arguments[0]));";
        self.wait_with(&format!("the comment “{words}” is shown"), shown, &[words.into()]);
    }

    pub(crate) fn comments(&self) -> Vec<String> {
        self.texts(".r-comment-body")
    }
}

/// A short article, with the required fields filled.
fn commenting() -> Viewer {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.see(".r-comments form");
    viewer.fill("Name", "Ben Example");
    viewer.fill("Email", "ben@example.org");
    viewer
}

#[test]
fn the_form_is_that_of_wordpress() {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.see(".r-comments form");
    assert!(viewer.text(".r-comments form").contains("Leave a Reply"));
    let labels =
        viewer.run("return all('.r-comments form label').map((e) => e.textContent.replace(/\\s+/g, ' ').trim());");
    assert_eq!(
        labels,
        json!([
            "Comment *",
            "Name *",
            "Email *",
            "Website",
            "Save my name, email, and website in this browser for the next time I comment."
        ])
    );
    for notice in
        ["Your email address will not be published.", "Required fields are marked *", "Saved only in this browser"]
    {
        assert!(viewer.text(".r-comments").contains(notice), "{notice}");
    }
    viewer.assert_accessible();
    viewer.assert_ids_prefixed();
}

#[test]
fn says_what_is_missing_and_where() {
    let viewer = Viewer::reading_article(&articles::short());
    viewer.see(".r-comments form");
    viewer.press("Post Comment");
    viewer.wait_until("the summary has the focus", "return document.activeElement.matches('.r-problems');");
    assert_eq!(viewer.texts(".r-problems li").len(), 3);
    assert_eq!(
        viewer.run("return document.querySelectorAll('.r-comments form [aria-invalid=true]').length;"),
        json!(3)
    );
    viewer.assert_accessible();
    viewer.press("Please type your comment text.");
    viewer.wait_until("the field has the focus", "return document.activeElement.localName === 'textarea';");
    viewer.type_into(TEXT, "Text");
    viewer.wait_until(
        "one problem less",
        "return document.querySelectorAll('.r-comments form [aria-invalid=true]').length === 2;",
    );
    viewer.fill("Email", "not an address");
    viewer.press("Post Comment");
    assert_eq!(viewer.comments(), [""; 0]);
    viewer.assert_quiet();
}

#[test]
fn a_comment_stays_after_a_reload_and_can_be_answered() {
    let viewer = commenting();
    viewer.type_into(TEXT, "A **first** remark");
    viewer.press("Post Comment");
    viewer.wait_for_comment("A first remark");
    assert_eq!(viewer.run("return document.querySelector('.r-comment-body strong')?.textContent;"), json!("first"));
    viewer.browser.reload();
    viewer.wait_for_comment("A first remark");
    viewer.click(".r-comment .r-reply");
    viewer.wait_until(
        "the form is under the comment",
        "return document.querySelector('.r-comment form textarea') === document.activeElement;",
    );
    assert!(viewer.text(".r-comment form").contains("Leave a Reply to Ben Example"));
    viewer.fill("Name", "Ada");
    viewer.fill("Email", "ada@example.org");
    viewer.post_comment("An answer");
    assert_eq!(viewer.texts(".r-comment .r-comment .r-comment-body"), ["An answer"]);
    viewer.assert_accessible();
    viewer.assert_ids_prefixed();
    viewer.assert_quiet();
}

#[test]
fn markup_in_comments_is_text() {
    let viewer = commenting();
    viewer.type_into(TEXT, "<img src=x onerror=alert(1)> [x](javascript:alert(2)) <script>alert(3)</script>");
    viewer.press("Preview");
    viewer.see("[role=tabpanel] .r-comment-body");
    viewer.press("Post Comment");
    viewer.wait_for_comment("onerror=alert(1)");
    assert_eq!(
        viewer.run("return document.querySelectorAll('.r-comments :is(img, script, a[href^=javascript])').length;"),
        json!(0)
    );
    viewer.assert_quiet();
}

#[test]
fn a_comment_is_changed_deleted_and_brought_back() {
    let viewer = commenting();
    viewer.post_comment("Befor");
    viewer.click(".r-comment .r-edit");
    viewer.wait_until(
        "the text is there to change",
        "return document.querySelector('.r-comment form textarea')?.value === 'Befor';",
    );
    viewer.type_into(".r-comment form textarea", "e and after");
    viewer.press("Save changes");
    viewer.wait_for_comment("Before and after");
    assert_eq!(viewer.comments().len(), 1);
    viewer.click(".r-comment .r-delete");
    viewer.see(".r-undo");
    assert_eq!(viewer.comments(), [""; 0]);
    viewer.click(".r-undo");
    viewer.wait_for_comment("Before and after");
    viewer.click(".r-comment .r-delete");
    viewer.see(".r-undo");
    viewer.browser.reload();
    viewer.see(".r-comments form");
    viewer.settle();
    assert_eq!(viewer.comments(), [""; 0], "what was deleted stays deleted");
    viewer.assert_quiet();
}

#[test]
fn a_draft_survives_a_reload() {
    let viewer = commenting();
    viewer.type_into(TEXT, "Half a thou");
    viewer.browser.reload();
    viewer.see(".r-comments form");
    viewer.wait_until(
        "the draft is back",
        "return document.querySelector('.r-comments form textarea').value === 'Half a thou';",
    );
    assert_eq!(
        viewer.run("return document.querySelector(`.r-comments form input[type=email]`).value;"),
        json!(""),
        "fields are kept only with the tick"
    );
}

#[test]
fn the_authors_fields_are_kept_with_the_tick_only() {
    let viewer = commenting();
    viewer.click(".r-comments form input[type=checkbox]");
    viewer.post_comment("Remember me");
    viewer.browser.reload();
    viewer.see(".r-comments form");
    viewer.wait_until(
        "the address is filled in",
        "return document.querySelector('.r-comments form input[type=email]').value === 'ben@example.org';",
    );
}

#[test]
fn a_permalink_leads_to_the_comment() {
    let viewer = commenting();
    viewer.post_comment("Here it is");
    let fragment = viewer.run("return document.querySelector('.r-comment a.r-permalink').getAttribute('href');");
    let fragment = fragment.as_str().unwrap().to_owned();
    assert!(fragment.starts_with("#comment-"), "{fragment}");
    viewer.resize(1000, 300);
    viewer.open(&format!("?article=under-test&again{fragment}"));
    viewer.wait_for_comment("Here it is");
    viewer.wait_until("the comment is in view and has the focus", "const e = document.querySelector('.r-comment-card'), r = e.getBoundingClientRect(); return document.activeElement === e && r.top < innerHeight && r.bottom > 0;");
}

#[test]
fn two_tabs_stay_in_step() {
    let viewer = commenting();
    let (first, second) = (viewer.browser.window(), viewer.browser.open_tab());
    viewer.browser.switch_to(&second);
    viewer.open("?article=under-test");
    viewer.see(".r-comments form");
    viewer.browser.switch_to(&first);
    viewer.post_comment("From the first tab");
    viewer.browser.switch_to(&second);
    viewer.wait_for_comment("From the first tab");
    viewer.fill("Name", "Second");
    viewer.fill("Email", "second@example.org");
    viewer.post_comment("From the second tab");
    viewer.browser.switch_to(&first);
    viewer.wait_for_comment("From the second tab");
    assert_eq!(viewer.comments().len(), 2);
}

#[test]
fn says_so_where_nothing_can_be_kept() {
    let viewer = Viewer::start();
    viewer.deny_storage();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.open("?article=under-test");
    viewer.see(".r-comments form");
    assert!(viewer.sees(".r-kept[data-denied]"));
    viewer.fill("Name", "Ben");
    viewer.fill("Email", "ben@example.org");
    viewer.post_comment("Gone with the page");
    viewer.assert_accessible();
    viewer.assert_quiet();
}

#[test]
fn comments_are_written_by_keyboard() {
    let viewer = commenting();
    viewer.type_into(TEXT, "By keyboard");
    viewer.browser.press_with(keys::CONTROL, keys::ENTER);
    viewer.wait_for_comment("By keyboard");
    viewer.click(".r-comment .r-reply");
    viewer.wait_until(
        "the form is under the comment",
        "return document.activeElement.matches('.r-comment form textarea');",
    );
    viewer.browser.press(&keys::ESCAPE.to_string());
    viewer.wait_until("the focus is back on Reply", "return document.activeElement.matches('.r-reply');");
}

#[test]
fn an_article_in_german_has_a_form_that_says_it_is_in_english() {
    let mut article = articles::short();
    article["language"] = "de".into();
    article["title"] = "Ein kurzer Text über Brücken".into();
    let viewer = Viewer::reading_article(&article);
    viewer.see(".r-comments form");
    viewer.fill("Name", "Jörg Müßiggang");
    viewer.fill("Email", "joerg@example.org");
    viewer.post_comment("Schöne Grüße, auch von den Füßen der Brücke.");
    let language = "const closest = (e) => e.closest('[lang]').lang; return [closest(document.querySelector('article h1')), closest(document.querySelector('.r-comments form'))];";
    assert_eq!(viewer.run(language), json!(["de", "en"]));
    for width in [390, 1440] {
        viewer.resize(width, 900);
        viewer.assert_accessible();
        viewer.assert_no_sideways_scroll();
    }
}
