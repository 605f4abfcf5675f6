//! Article -> Markdown: CommonMark with GitHub's tables, tasks, strikethrough, footnotes and alerts. What the article
//! says about itself stands before it in YAML, as site builders expect it.

use crate::article::{Article, HeroKind, Tag};
use crate::markup::stray;

mod block;
mod escape;
mod inline;
mod table;

use escape::Place;

/// Writes a normalised article.
pub fn write(article: &Article) -> String {
    let w = Writer { article, footnotes: footnote_names(article) };
    let mut parts = vec![front_matter(article)];
    if !article.title.is_empty() {
        parts.push(format!("# {}", heading(&w, &article.title)));
    }
    if !article.subtitle.is_empty() {
        parts.push(block::emphasised(&w, &article.subtitle));
    }
    if let Some(hero) = &article.hero {
        let text = if hero.alt.is_empty() && hero.kind == HeroKind::Video { "Video" } else { &hero.alt };
        let sign = if hero.kind == HeroKind::Video { "" } else { "!" };
        parts.push(format!("{sign}{}", link(&hero.src, text)));
        parts.push(block::emphasised(&w, &hero.caption));
    }
    block::write_all(&w, &article.lead, 2, &mut parts);
    block::write_all(&w, &article.body, 2, &mut parts);
    references(&w, &mut parts);
    for (index, note) in article.footnotes.0.iter().enumerate() {
        let text = block::joined(&w, &note.children, 2);
        parts.push(block::indented(&text, &format!("[^{}]: ", w.footnotes[index]), "    "));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// What writing needs to know about the article.
struct Writer<'a> {
    article: &'a Article,
    /// Names of the footnotes, by their place.
    footnotes: Vec<String>,
}

impl Writer<'_> {
    /// What a footnote is called in the text.
    fn footnote(&self, identifier: &str) -> Option<&str> {
        let place = self.article.footnotes.0.iter().position(|note| note.identifier == identifier)?;
        self.footnotes.get(place).map(String::as_str)
    }

    /// The number of a reference; its identifier where it is not in the list.
    fn reference(&self, identifier: &str) -> String {
        let place = self.article.references.iter().position(|entry| entry.id == identifier);
        place.map_or_else(|| identifier.to_owned(), |place| (place + 1).to_string())
    }
}

/// The identifiers where all are simple, else numbers.
fn footnote_names(article: &Article) -> Vec<String> {
    let notes = &article.footnotes.0;
    let is_simple = |name: &str| {
        !name.is_empty()
            && name.len() <= 40
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if notes.iter().all(|note| is_simple(&note.identifier)) {
        return notes.iter().map(|note| note.identifier.clone()).collect();
    }
    (1..=notes.len()).map(|number| number.to_string()).collect()
}

fn front_matter(article: &Article) -> String {
    // A JSON string is a YAML string.
    let quoted = |text: &str| crate::json::Value::from(text).to_string();
    let mut lines = vec!["---".to_owned()];
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{key}: {}", quoted(value)));
        }
    };
    // In these, readers look for markup.
    line("title", &stray::protect(&article.title.plain_text()));
    line("description", &stray::protect(&article.description));
    line("lang", &article.language);
    let date = |date: &Option<crate::article::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    line("date", &date(&article.published));
    line("updated", &date(&article.updated));
    line("canonical", &article.url);
    line("license", &article.license.name);
    let mut list = |key: &str, values: Vec<&str>| {
        if !values.is_empty() {
            let values = values.into_iter().map(|value| quoted(&stray::protect(value)));
            lines.push(format!("{key}: [{}]", values.collect::<Vec<_>>().join(", ")));
        }
    };
    list("authors", article.authors.iter().map(|person| person.name.as_str()).collect());
    let name = |tag: &Tag| tag.name.clone();
    let tags: Vec<String> = article.categories.iter().chain(&article.tags).map(name).collect();
    list("tags", tags.iter().map(String::as_str).collect());
    if article.draft {
        lines.push("draft: true".to_owned());
    }
    if lines.len() == 1 {
        return String::new();
    }
    lines.push("---".to_owned());
    lines.join("\n")
}

fn references(w: &Writer<'_>, parts: &mut Vec<String>) {
    let entries = &w.article.references;
    if entries.is_empty() {
        return;
    }
    parts.push(format!("## {}", crate::html::words::ENGLISH.references));
    let entry = |(index, entry): (usize, &crate::article::ReferenceEntry)| {
        let doi = entry.doi.trim_start_matches("https://doi.org/").trim_start_matches("doi:");
        let url = if doi.is_empty() { entry.url.clone() } else { format!("https://doi.org/{doi}") };
        let mut text = inline::write(w, &entry.text, Place::Paragraph);
        if !url.is_empty() {
            text = format!("{text} {}", link(&url, &url)).trim_start().to_owned();
        }
        let marker = format!("{}. ", index + 1);
        block::indented(&text, &marker, &" ".repeat(marker.len()))
    };
    parts.push(entries.iter().enumerate().map(entry).collect::<Vec<_>>().join("\n"));
}

/// The text of a heading, whose end is no `#`.
fn heading(w: &Writer<'_>, inlines: &crate::article::Inlines) -> String {
    let text = inline::write(w, inlines, Place::Line);
    match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text,
    }
}

/// A link around plain text; the text where there is no address.
fn link(url: &str, text: &str) -> String {
    let mut label = String::new();
    escape::text(text, &mut label);
    if url.is_empty() { label } else { format!("[{label}]({})", escape::address(url)) }
}

/// The text between the tags of markup that we wrote or checked, such as MathML.
fn text_of_markup(markup: &str) -> String {
    let pieces = markup.split('<').enumerate();
    let texts = pieces
        .map(|(index, piece)| if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
