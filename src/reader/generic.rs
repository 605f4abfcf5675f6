//! Objects of no known format that have a title and a text under usual names. Always a guess, and said to be one.

use serde_json::Value;

use super::fields::{date, member, people, text};
use super::{Context, ReadError};
use crate::article::json::Json;
use crate::article::{Article, Blocks, Footnotes, Hero, Kind, Person, Tag};

const TITLES: &[&str] = &["title", "headline", "name", "title.rendered", "fields.title"];

const BODIES: &[&str] = &[
    "content_html",
    "contentHtml",
    "html",
    "bodyHtml",
    "body_html",
    "content",
    "body",
    "articleBody",
    "content.html",
    "body.html",
    "body.processed",
    "content_text",
    "body_markdown",
    "markdown",
    "content.markdown",
    "text",
];

const AUTHORS: &[&str] =
    &["authors", "author", "byline", "creator", "writer", "primary_author", "user", "by", "fields.byline"];

const PUBLISHED: &[&str] = &[
    "published",
    "date_published",
    "datePublished",
    "published_at",
    "publishedAt",
    "publishedTime",
    "pubDate",
    "published_time",
    "publication_date",
    "webPublicationDate",
    "date",
    "created_at",
    "createdAt",
    "created",
    "timestamp",
];

const UPDATED: &[&str] =
    &["updated", "date_modified", "dateModified", "updated_at", "updatedAt", "modified", "modified_at", "edited_at"];

const PICTURES: &[&str] = &[
    "hero",
    "image",
    "cover_image",
    "coverImage",
    "featured_image",
    "feature_image",
    "featuredImage",
    "lead_image_url",
    "banner_image",
    "image_url",
    "imageUrl",
    "thumbnail",
    "cover",
    "image.url",
    "image.src",
    "cover.url",
];

const DESCRIPTIONS: &[&str] = &["description", "excerpt", "summary", "abstract", "standfirst", "dek"];

/// Whether there is a text under a usual name, and something else that articles have.
pub(super) fn matches(value: &Value) -> bool {
    value.is_object() && !first_text(value, TITLES).is_empty() && body(value).is_some()
}

/// Reads what can be recognised.
pub(super) fn read(value: &Value, context: &mut Context<'_>) -> Result<Article, ReadError> {
    context.warnings.info("the format was guessed from the names of members; parts may be missing");
    let mut article = Article {
        title: context.title(first_text(value, TITLES)),
        subtitle: context.title(first_text(value, &["subtitle", "subheadline", "deck"])),
        description: context.excerpt(first_text(value, DESCRIPTIONS)),
        url: first_text(value, &["url", "link", "canonical_url", "canonicalUrl", "permalink", "webUrl"]).to_owned(),
        id: text(value, "id").to_owned(),
        language: first_text(value, &["language", "lang", "locale", "inLanguage"]).to_owned(),
        published: PUBLISHED.iter().find_map(|path| date(value, path)),
        updated: UPDATED.iter().find_map(|path| date(value, path)),
        authors: AUTHORS.iter().map(|path| authors(value, path)).find(|people| !people.is_empty()).unwrap_or_default(),
        tags: tags(value),
        ..Article::default()
    };
    let picture = first_text(value, PICTURES);
    article.hero = (!picture.is_empty()).then(|| Hero { src: picture.to_owned(), ..Hero::default() });
    (article.body, article.footnotes) = match body(value) {
        Some(Body::Blocks(items)) => {
            (Blocks::read(items, &mut context.warnings).unwrap_or_default(), Footnotes::default())
        }
        Some(Body::Text(text)) => context.text(text),
        None => (Blocks::default(), Footnotes::default()),
    };
    Ok(article)
}

enum Body<'a> {
    Text(&'a str),
    /// Blocks such as those of Article JSON.
    Blocks(&'a Value),
}

fn body(value: &Value) -> Option<Body<'_>> {
    BODIES.iter().find_map(|path| match member(value, path)? {
        Value::String(text) if !text.trim().is_empty() => Some(Body::Text(text)),
        blocks @ Value::Array(items) if !items.is_empty() && items.iter().all(is_block) => Some(Body::Blocks(blocks)),
        _ => None,
    })
}

/// Whether an item is a block of ours: other formats have types of the same names, and their text elsewhere.
fn is_block(item: &Value) -> bool {
    let tag = text(item, "type");
    let has_text = item.get("children").is_some()
        || (matches!(tag, "image" | "embed") && item.get("url").is_some())
        || (matches!(tag, "code" | "math" | "html") && item.get("value").is_some())
        || tag == "thematicBreak";
    item.is_string() || (Kind::knows(tag) && has_text)
}

fn first_text<'a>(value: &'a Value, paths: &[&str]) -> &'a str {
    paths.iter().map(|path| text(value, path)).find(|found| !found.trim().is_empty()).unwrap_or_default()
}

fn authors(value: &Value, path: &str) -> Vec<Person> {
    match member(value, path) {
        Some(Value::String(byline)) => people(byline),
        Some(Value::Array(items)) => items.iter().flat_map(author).collect(),
        Some(single) => author(single),
        None => Vec::new(),
    }
}

fn author(value: &Value) -> Vec<Person> {
    if let Some(name) = value.as_str() {
        return people(name);
    }
    let name = first_text(value, &["name", "display_name", "displayName", "title", "username", "node.name"]);
    let url = first_text(value, &["url", "link", "website"]).to_owned();
    if name.is_empty() { Vec::new() } else { vec![Person { name: name.to_owned(), url, ..Person::default() }] }
}

fn tags(value: &Value) -> Vec<Tag> {
    let items = ["tags", "keywords", "tag_list"].iter().find_map(|path| member(value, path));
    let name =
        |item: &Value| Tag { name: item.as_str().unwrap_or_else(|| text(item, "name")).to_owned(), url: String::new() };
    match items {
        Some(Value::Array(items)) => items.iter().map(name).filter(|tag| !tag.name.is_empty()).collect(),
        Some(Value::String(list)) => {
            list.split(',').map(|name| Tag { name: name.trim().to_owned(), url: String::new() }).collect()
        }
        _ => Vec::new(),
    }
}
