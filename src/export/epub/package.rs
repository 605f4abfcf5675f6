//! What a book says about itself, and its contents list.

use super::address::{fragment, is_language};
use super::xhtml::Body;
use crate::article::{Article, Date, Direction};
use crate::comments::Moment;
use crate::export::xml::{attribute, element, escape};
use crate::export::{iso_date, people, summary};
use crate::html::ID_PREFIX;
use crate::outline::{Entry, outline};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const UNTITLED: &str = "Untitled";

/// Writes the package document: metadata, files, reading order.
pub(super) fn package(article: &Article, body: &Body, direction: Direction) -> String {
    let mut out = String::from(XML);
    out.push_str("<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\"");
    attribute("xml:lang", language(article), &mut out);
    if direction != Direction::Auto {
        attribute("dir", direction.as_str(), &mut out);
    }
    out.push_str(">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:identifier id=\"id\">");
    let title = title(article);
    let identifier = [&article.url, &article.id, &title].into_iter().find(|text| !text.trim().is_empty());
    escape(identifier.map_or(UNTITLED, |text| text.trim()), &mut out);
    out.push_str("</dc:identifier>\n");
    element("dc:title", &title, &mut out);
    element("dc:language", if language(article).is_empty() { "und" } else { language(article) }, &mut out);
    for person in people(article) {
        element("dc:creator", person.name.trim(), &mut out);
    }
    element("dc:date", &article.published.as_ref().map(iso_date).unwrap_or_default(), &mut out);
    element("dc:description", summary(article).trim(), &mut out);
    for tag in &article.tags {
        element("dc:subject", tag.name.trim(), &mut out);
    }
    let site = article.site.as_ref().map_or("", |site| site.name.trim());
    element("dc:publisher", site, &mut out);
    element("dc:rights", article.license.name.trim(), &mut out);
    meta("dcterms:modified", &modified(article), &mut out);
    for (property, value) in [
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityHazard", "none"),
    ] {
        meta(property, value, &mut out);
    }
    out.push_str("</metadata>\n<manifest>\n");
    let mut file = |id: &str, href: &str, media_type: &str, properties: &str| {
        out.push_str(&format!("<item id=\"{id}\" href=\"{href}\" media-type=\"{media_type}\""));
        attribute("properties", properties, &mut out);
        out.push_str("/>\n");
    };
    file("nav", "nav.xhtml", "application/xhtml+xml", "nav");
    file("article", "article.xhtml", "application/xhtml+xml", if body.holds_mathml { "mathml" } else { "" });
    file("styles", "book.css", "text/css", "");
    for (index, picture) in body.pictures.iter().enumerate() {
        file(&format!("picture-{}", index + 1), &picture.name, picture.media_type, "");
    }
    out.push_str("</manifest>\n<spine");
    if direction != Direction::Auto {
        attribute("page-progression-direction", direction.as_str(), &mut out);
    }
    out.push_str("><itemref idref=\"article\"/></spine>\n</package>\n");
    out
}

/// Writes the contents list: the article's sections, or the article alone.
pub(super) fn navigation(article: &Article, body: &Body, direction: Direction) -> String {
    let mut out = String::new();
    open_page(article, direction, &mut out);
    out.push_str("<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n");
    let title = title(article);
    element("h1", &title, &mut out);
    let entries = outline(article);
    if entries.is_empty() {
        out.push_str("<ol><li><a href=\"article.xhtml\">");
        escape(&title, &mut out);
        out.push_str("</a></li></ol>");
    } else {
        write_entries(&entries, body, &mut out);
    }
    out.push_str("\n</nav>\n</body>\n</html>\n");
    out
}

/// Begins a page of the book, up to its body.
pub(super) fn open_page(article: &Article, direction: Direction, out: &mut String) {
    out.push_str(XML);
    out.push_str(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"",
    );
    attribute("lang", language(article), out);
    attribute("xml:lang", language(article), out);
    if direction != Direction::Auto {
        attribute("dir", direction.as_str(), out);
    }
    out.push_str(">\n<head>\n<meta charset=\"utf-8\"/>\n");
    element("title", &title(article), out);
    out.push_str("<link rel=\"stylesheet\" href=\"book.css\"/>\n</head>\n");
}

fn write_entries(entries: &[Entry], body: &Body, out: &mut String) {
    out.push_str("<ol>");
    for entry in entries {
        let label = entry.label.trim();
        let id = format!("{ID_PREFIX}{}", entry.id);
        out.push_str("<li><a href=\"article.xhtml");
        if body.has_id(&id) {
            out.push('#');
            out.push_str(&fragment(&id));
        }
        out.push_str("\">");
        escape(if label.is_empty() { UNTITLED } else { label }, out);
        out.push_str("</a>");
        if !entry.children.is_empty() {
            write_entries(&entry.children, body, out);
        }
        out.push_str("</li>");
    }
    out.push_str("</ol>");
}

fn title(article: &Article) -> String {
    let title = article.title.plain_text();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { UNTITLED.to_owned() } else { title }
}

/// The language, if its tag has the form of one.
fn language(article: &Article) -> &str {
    if is_language(&article.language) { &article.language } else { "" }
}

/// When it was last changed, as a whole moment in UTC. Where that is not known it is the beginning of 1970: the same
/// article makes the same book at any time.
fn modified(article: &Article) -> String {
    let date: Option<&Date> = article.updated.as_ref().or(article.published.as_ref());
    let moment = date.map(Moment::from).unwrap_or_default().to_string();
    format!("{}Z", moment.split('.').next().unwrap_or_default())
}

fn meta(property: &str, value: &str, out: &mut String) {
    out.push_str(&format!("<meta property=\"{property}\">"));
    escape(value, out);
    out.push_str("</meta>\n");
}
