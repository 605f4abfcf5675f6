//! An article -> the forms that others read: Markdown, plain text, pages that need no script, feeds, descriptions for
//! search engines. Like all of the core, functions between types.
//!
//! Each form escapes in one place of its own: `markdown/escape.rs` for Markdown, `html` for HTML, `xml.rs` for XML,
//! `script_json.rs` for JSON inside of HTML, `file_name.rs` for names of files.

use std::borrow::Cow;

use crate::article::{Article, Block, Date, HeroKind, Kind, Person, Role};
use crate::text;

pub mod atom;
pub mod bundle;
#[cfg(not(target_arch = "wasm32"))]
pub mod collection;
pub mod epub;
pub mod file_name;
pub mod form;
pub mod json_feed;
pub mod json_ld;
pub mod markdown;
pub mod page;
pub mod plain_text;
mod script_json;
pub mod single;
pub mod sitemap;
pub mod style;
#[cfg(not(target_arch = "wasm32"))]
pub mod website;
mod xml;
#[cfg(test)]
mod tests;

pub use script_json::script_json;

/// What a feed says about itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Feed<'a> {
    /// Its title.
    pub title: &'a str,
    /// A sentence about it.
    pub description: &'a str,
    /// Language, as a BCP 47 tag.
    pub language: &'a str,
    /// Address of the list of its articles for people.
    pub home: &'a str,
    /// Its own address.
    pub address: &'a str,
    /// Address of its picture.
    pub icon: &'a str,
}

/// An article in a feed.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The article; addresses in it are absolute.
    pub article: &'a Article,
    /// What names it for good: its address as a rule.
    pub id: String,
    /// Its address.
    pub url: String,
    /// When it last changed.
    pub updated: Date,
    /// Its text in HTML, for feeds that carry it.
    pub content: Option<String>,
    /// Address of its file for the app, from the feed's own; empty where there is none.
    pub source: String,
}

/// A summary is at most so many characters long.
const LONGEST_SUMMARY: usize = 280;

/// The article's description, else how its text begins.
pub fn summary(article: &Article) -> Cow<'_, str> {
    if !article.description.is_empty() {
        return Cow::Borrowed(&article.description);
    }
    let mut text = String::new();
    for paragraph in article.lead.iter().chain(&*article.body) {
        opening(paragraph, &mut text);
        if text.len() > LONGEST_SUMMARY {
            break;
        }
    }
    let text = text.trim();
    match text.char_indices().nth(LONGEST_SUMMARY) {
        None => Cow::Owned(text.to_owned()),
        Some((end, _)) => {
            let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
            Cow::Owned(format!("{}…", text[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric())))
        }
    }
}

/// Appends the paragraphs that a block begins with.
fn opening(block: &Block, text: &mut String) {
    match &block.kind {
        Kind::Paragraph(paragraph) => {
            if !text.is_empty() {
                text.push(' ');
            }
            text::push_inlines(&paragraph.children, text);
        }
        Kind::Section(section) if text.len() < LONGEST_SUMMARY => {
            section.children.iter().for_each(|block| opening(block, text));
        }
        Kind::Group(blocks) if text.len() < LONGEST_SUMMARY => blocks.iter().for_each(|block| opening(block, text)),
        _ => {}
    }
}

/// The people of the byline: its authors, else everybody.
fn people(article: &Article) -> Vec<&Person> {
    let authors: Vec<&Person> = article.authors.iter().filter(|person| person.role == Role::Author).collect();
    if authors.is_empty() { article.authors.iter().collect() } else { authors }
}

/// The picture that stands for an article.
struct Picture<'a> {
    src: &'a str,
    alt: &'a str,
    width: Option<u32>,
    height: Option<u32>,
}

/// The hero, else the first picture of the text. Pictures inside of the page itself cannot stand for it elsewhere.
fn picture(article: &Article) -> Option<Picture<'_>> {
    let hero = article.hero.as_ref().map(|hero| match hero.kind {
        HeroKind::Image => Picture { src: &hero.src, alt: &hero.alt, width: hero.width, height: hero.height },
        HeroKind::Video => Picture { src: &hero.poster, alt: &hero.alt, width: None, height: None },
    });
    let usable = |picture: &Picture<'_>| !picture.src.is_empty() && !picture.src.starts_with("data:");
    hero.filter(usable).or_else(|| article.lead.iter().chain(&*article.body).find_map(picture_in).filter(usable))
}

fn picture_in(block: &Block) -> Option<Picture<'_>> {
    match &block.kind {
        Kind::Image(it) => Some(Picture { src: &it.url, alt: &it.alt, width: it.width, height: it.height }),
        Kind::Gallery(it) => {
            it.items.first().map(|it| Picture { src: &it.url, alt: &it.alt, width: it.width, height: it.height })
        }
        Kind::Figure(it) => it.children.iter().find_map(picture_in),
        Kind::Section(it) => it.children.iter().find_map(picture_in),
        Kind::Group(it) => it.iter().find_map(picture_in),
        _ => None,
    }
}

/// A date as ISO 8601 has it, which may be partial; a time without zone is taken for UTC.
fn iso_date(date: &Date) -> String {
    date.assuming_utc().to_string()
}

/// A whole moment (RFC 3339): what is not known is the first of its kind.
pub fn rfc_3339(date: &Date) -> String {
    let mut date = date.assuming_utc();
    date.month.get_or_insert(1);
    date.day.get_or_insert(1);
    if date.time.is_none() { format!("{date}T00:00:00Z") } else { date.to_string() }
}
