//! Pages of MediaWiki, in the four forms that its interfaces give: sections for phones, the core REST API,
//! `action=parse`, and summaries.

use super::envelope::{Shape, first_text};
use super::fields::{member, number, text};
use super::{Context, ReadError};
use crate::article::{Article, Tag};
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "lead.displaytitle lead.normalizedtitle parse.displaytitle parse.title displaytitle title",
    description: "lead.description description extract",
    url: "content_urls.desktop.page",
    language: "lang",
    published: "",
    updated: "lead.lastmodified latest.timestamp timestamp",
    picture: "lead.image.urls.1024 lead.image.urls.800 originalimage.source thumbnail.source",
    license: "license.title",
    ..Shape::EMPTY
};

/// Whether a value is a page.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_text = |path: &str| member(value, path).is_some_and(Value::is_string);
    let is_list = |path: &str| member(value, path).is_some_and(Value::is_array);
    (is_list("lead.sections") && is_text("lead.sections.0.text"))
        || (is_text("content_model") && is_text("key") && (is_text("html") || is_text("source")))
        || (is_text("parse.title") && (is_text("parse.text") || is_text("parse.text.*")))
        || (is_text("extract_html") && member(value, "content_urls").is_some())
}

/// Reads a page.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    let license = text(value, "license.url");
    if !license.is_empty() {
        article.license = Tag { name: article.license.name, url: license.to_owned() };
    }
    let sections = sections_of(value);
    let html = if sections.is_empty() {
        first_text(value, "html parse.text parse.text.* extract_html")
    } else {
        sections.as_str()
    };
    if html.is_empty() {
        let source = text(value, "source");
        context.warnings.warn("only the wiki's own markup is in this file; shown as it is");
        article.body = super::fields::paragraphs(source);
    } else {
        (article.body, article.footnotes) = context.body(html);
    }
    if html == text(value, "extract_html") {
        context.warnings.info("a summary of the page, not all of it");
    }
    Ok(article)
}

/// The HTML of a page whose sections are apart: together, since notes at the end belong to all of them.
fn sections_of(value: &Value<'_>) -> String {
    let mut html = String::new();
    // Before the remaining sections, those without a text are a list of contents: each of them comes again.
    let has_rest = member(value, "remaining.sections").is_some_and(Value::is_array);
    for path in ["lead.sections", "remaining.sections"] {
        let is_contents =
            |section: &&Value<'_>| has_rest && path == "lead.sections" && text(section, "text").is_empty();
        let sections = member(value, path).and_then(Value::as_array).into_iter().flatten();
        for section in sections.filter(|section| !is_contents(section)) {
            let line = text(section, "line");
            if !line.is_empty() {
                let level = number(section, "toclevel").unwrap_or(1).clamp(1, 5) + 1;
                let anchor = text(section, "anchor").replace(['"', '&', '<'], "");
                html.push_str(&format!("<h{level} id=\"{anchor}\">{line}</h{level}>"));
            }
            html.push_str(text(section, "text"));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn sections_for_phones_become_one_text() {
        check(
            &json!({
                "lead": {"displaytitle": "<i>T</i>", "sections": [
                    {"id": 0, "text": "<p>a</p>"}, {"id": 1, "toclevel": 1, "line": "B", "anchor": "B_1"},
                ]},
                "remaining": {"sections": [{"id": 1, "toclevel": 1, "line": "B", "anchor": "B_1", "text": "<p>b</p>"}]},
            }),
            Format::Wikipedia,
            &json!({
                "title": [{"type": "emphasis", "children": "T"}],
                "body": [
                    {"type": "paragraph", "children": "a"},
                    {"type": "section", "id": "B_1", "title": "B", "children": [{"type": "paragraph", "children": "b"}]},
                ],
            }),
        );
    }

    #[test]
    fn the_other_interfaces_are_read() {
        let body = json!([{"type": "paragraph", "children": "a"}]);
        let latest = json!({"timestamp": "2024-10-16T10:00:00Z"});
        let license = json!({"title": "CC", "url": "https://c.example/"});
        check(
            &json!({"id": 1, "key": "T", "title": "T", "content_model": "wikitext", "html": "<p>a</p>", "latest": latest, "license": license}),
            Format::Wikipedia,
            &json!({"title": "T", "body": body, "updated": "2024-10-16T10:00:00Z", "license": {"name": "CC", "url": "https://c.example/"}}),
        );
        check(
            &json!({"parse": {"title": "T", "text": {"*": "<p>a</p>"}}}),
            Format::Wikipedia,
            &json!({"title": "T", "body": body}),
        );
        check(
            &json!({"title": "T", "extract_html": "<p>a</p>", "content_urls": {"desktop": {"page": "https://w.example/T"}}}),
            Format::Wikipedia,
            &json!({"url": "https://w.example/T", "body": body, "warnings": [" a summary of the page, not all of it"]}),
        );
    }
}
