//! What the head of a page says to search engines, to those who make previews of links, and to catalogues.

use super::{Frame, List, attribute};
use crate::article::{Article, Role};
use crate::export::{iso_date, people, picture, summary};
use crate::html::escape_text;
use crate::url::{self, Use};

/// Describes an article: for search engines, Open Graph, and the catalogues that read `citation_*`.
pub(super) fn of_article(article: &Article, frame: &Frame<'_>, out: &mut String) {
    let heading = article.title.plain_text();
    let summary = summary(article);
    title(&heading, frame, out);
    named("description", &summary, out);
    for person in people(article) {
        named("author", &person.name, out);
    }
    let canonical = canonical(article, frame);
    common(&canonical, frame, out);
    property("og:type", "article", out);
    property("og:title", &heading, out);
    property("og:description", &summary, out);
    property("og:url", &canonical, out);
    let site = article.site.as_ref().map_or(frame.site, |site| &site.name);
    property("og:site_name", site, out);
    property("og:locale", &article.language.replace('-', "_"), out);
    let image = picture(article).and_then(|picture| Some((absolute(picture.src, frame)?, picture)));
    if let Some((address, picture)) = &image {
        property("og:image", address, out);
        property("og:image:alt", picture.alt, out);
        for (name, size) in [("og:image:width", picture.width), ("og:image:height", picture.height)] {
            property(name, &size.map(|size| size.to_string()).unwrap_or_default(), out);
        }
    }
    named("twitter:card", if image.is_some() { "summary_large_image" } else { "summary" }, out);
    let published = article.published.as_ref().map(iso_date).unwrap_or_default();
    property("article:published_time", &published, out);
    property("article:modified_time", &article.updated.as_ref().map(iso_date).unwrap_or_default(), out);
    for tag in &article.categories {
        property("article:section", &tag.name, out);
    }
    for tag in &article.tags {
        property("article:tag", &tag.name, out);
    }
    named("citation_title", &heading, out);
    for person in article.authors.iter().filter(|person| person.role == Role::Author) {
        named("citation_author", &person.name, out);
        named("citation_author_institution", &person.affiliation, out);
        named("citation_author_orcid", &person.orcid, out);
    }
    let day = published.get(..10).unwrap_or(&published).replace('-', "/");
    named("citation_publication_date", &day, out);
    named("citation_journal_title", site, out);
    named("citation_language", &article.language, out);
    named("citation_public_url", &canonical, out);
}

/// Describes a list.
pub(super) fn of_list(list: &List<'_>, frame: &Frame<'_>, out: &mut String) {
    title(list.title, frame, out);
    named("description", list.description, out);
    common(frame.url, frame, out);
    property("og:type", "website", out);
    property("og:title", list.title, out);
    property("og:description", list.description, out);
    property("og:url", frame.url, out);
    property("og:site_name", frame.site, out);
    for (rel, href) in [("prev", list.newer), ("next", list.older)] {
        link(rel, "", "", href.unwrap_or_default(), out);
    }
}

/// Describes a page that is not to be found.
pub(super) fn of_message(heading: &str, frame: &Frame<'_>, out: &mut String) {
    title(heading, frame, out);
    named("robots", "noindex", out);
    link("icon", "image/svg+xml", "", frame.icon, out);
}

fn common(canonical: &str, frame: &Frame<'_>, out: &mut String) {
    link("canonical", "", "", canonical, out);
    named("generator", "Recto", out);
    link("icon", "image/svg+xml", "", frame.icon, out);
    for alternate in &frame.alternates {
        link("alternate", alternate.media_type, &alternate.title, &alternate.href, out);
    }
}

/// Where the article is at home: the address it names, else that of the page.
fn canonical(article: &Article, frame: &Frame<'_>) -> String {
    absolute(&article.url, frame).unwrap_or_else(|| frame.url.to_owned())
}

/// An address of the web in full; previews are made elsewhere, where a relative one leads nowhere.
fn absolute(raw: &str, frame: &Frame<'_>) -> Option<String> {
    let resolved = url::resolve(raw, frame.url, Use::Media)?;
    (resolved.starts_with("https://") || resolved.starts_with("http://")).then_some(resolved)
}

fn title(heading: &str, frame: &Frame<'_>, out: &mut String) {
    out.push_str("<title>");
    let name = if heading.is_empty() { "Untitled" } else { heading };
    escape_text(name, out);
    if !frame.site.is_empty() && frame.site != name {
        out.push_str(" · ");
        escape_text(frame.site, out);
    }
    out.push_str("</title>\n");
}

fn named(name: &'static str, content: &str, out: &mut String) {
    meta("name", name, content, out);
}

fn property(name: &'static str, content: &str, out: &mut String) {
    meta("property", name, content, out);
}

fn meta(kind: &'static str, name: &'static str, content: &str, out: &mut String) {
    if !content.is_empty() {
        out.push_str("<meta");
        attribute(kind, name, out);
        attribute("content", content, out);
        out.push_str(">\n");
    }
}

fn link(rel: &'static str, media_type: &'static str, title: &str, href: &str, out: &mut String) {
    if !href.is_empty() {
        out.push_str("<link");
        attribute("rel", rel, out);
        attribute("type", media_type, out);
        attribute("title", title, out);
        attribute("href", href, out);
        out.push_str(">\n");
    }
}
