//! Articles -> an Atom feed (RFC 4287).

use super::xml::{attribute, element, escape};
use super::{Entry, Feed, people, rfc_3339, summary};
use crate::article::Date;

/// Writes the feed; `feed.address` is that of this form of it. A feed without entries is of the time `otherwise`.
pub fn write(feed: &Feed<'_>, entries: &[Entry<'_>], otherwise: &Date) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    attribute("xml:lang", feed.language, &mut out);
    out.push_str(">\n");
    element("id", feed.home, &mut out);
    // It has to be there even where it is empty.
    title(feed.title, &mut out);
    element("subtitle", feed.description, &mut out);
    let latest = entries.iter().map(|entry| &entry.updated).max_by_key(|date| date.since_epoch());
    element("updated", &rfc_3339(latest.unwrap_or(otherwise)), &mut out);
    link("self", "application/atom+xml", feed.address, &mut out);
    link("alternate", "text/html", feed.home, &mut out);
    element("icon", feed.icon, &mut out);
    element("generator", "Recto", &mut out);
    // Each entry needs an author, or the feed.
    author(if feed.title.is_empty() { "Unknown" } else { feed.title }, "", &mut out);
    for entry in entries {
        write_entry(entry, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn write_entry(entry: &Entry<'_>, out: &mut String) {
    let article = entry.article;
    out.push_str("<entry");
    attribute("xml:lang", &article.language, out);
    out.push_str(">\n");
    element("id", &entry.id, out);
    title(&article.title.plain_text(), out);
    link("alternate", "text/html", &entry.url, out);
    if let Some(published) = &article.published {
        element("published", &rfc_3339(published), out);
    }
    element("updated", &rfc_3339(&entry.updated), out);
    for person in people(article) {
        author(&person.name, &person.url, out);
    }
    if people(article).is_empty() && !article.byline.is_empty() {
        author(&article.byline, "", out);
    }
    for tag in article.categories.iter().chain(&article.tags) {
        out.push_str("<category");
        attribute("term", &tag.name, out);
        out.push_str("/>\n");
    }
    let rights = if article.copyright.is_empty() { &article.license.name } else { &article.copyright };
    element("rights", rights, out);
    element("summary", &summary(article), out);
    if let Some(html) = &entry.content {
        out.push_str("<content type=\"html\"");
        attribute("xml:base", &entry.url, out);
        out.push('>');
        escape(html, out);
        out.push_str("</content>\n");
    }
    out.push_str("</entry>\n");
}

fn title(text: &str, out: &mut String) {
    out.push_str("<title>");
    escape(text, out);
    out.push_str("</title>\n");
}

fn link(rel: &'static str, media_type: &'static str, address: &str, out: &mut String) {
    if !address.is_empty() {
        out.push_str("<link");
        attribute("rel", rel, out);
        attribute("type", media_type, out);
        attribute("href", address, out);
        out.push_str("/>\n");
    }
}

fn author(name: &str, url: &str, out: &mut String) {
    out.push_str("<author>");
    element("name", name, out);
    if url.starts_with("http") {
        element("uri", url, out);
    }
    out.push_str("</author>\n");
}
