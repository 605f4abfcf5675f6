//! JSON Feed 1.0 and 1.1: each item is an article.

use serde_json::Value;

use super::envelope::{Shape, first_text};
use super::fields::{first_words, paragraphs, text};
use super::{Context, ReadError, ReadErrorKind};
use crate::article::{Article, Block, FileLink, Kind, Media, Site};

const ITEM: Shape = Shape {
    title: "title",
    description: "summary",
    url: "url external_url",
    id: "id",
    language: "language",
    published: "date_published",
    updated: "date_modified",
    authors: "authors author",
    picture: "image banner_image",
    tags: "tags",
    ..Shape::EMPTY
};

/// Whether a value is a feed.
pub(super) fn matches(value: &Value) -> bool {
    text(value, "version").contains("jsonfeed.org/version/") && value.get("items").is_some_and(Value::is_array)
}

/// Reads the items of a feed.
pub(super) fn read(value: &Value, context: &mut Context<'_>) -> Result<Vec<Article>, ReadError> {
    let items = value.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = context.plain(text(value, "title"));
    let (url, logo) = (first_text(value, "home_page_url feed_url"), first_text(value, "icon favicon"));
    let site = Some(Site { name, url: url.to_owned(), logo: logo.to_owned() }).filter(|site| !site.name.is_empty());
    let authors = context.authors(value, ITEM.authors);
    let mut articles = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if !item.is_object() {
            context.warnings.at_index(index, |warnings| warnings.warn("not an article; left out"));
            continue;
        }
        let mut article = read_item(item, context);
        article.site.clone_from(&site);
        if article.authors.is_empty() {
            article.authors.clone_from(&authors);
        }
        if article.language.is_empty() {
            article.language = text(value, "language").to_owned();
        }
        articles.push(article);
    }
    if articles.is_empty() {
        return Err(ReadErrorKind::UnknownShape { found: "a JSON Feed without items".to_owned() }.into());
    }
    Ok(articles)
}

fn read_item(item: &Value, context: &mut Context<'_>) -> Article {
    let mut article = context.envelope(item, &ITEM);
    let (html, plain) = (text(item, "content_html"), text(item, "content_text"));
    if !html.trim().is_empty() {
        (article.body, article.footnotes) = context.body(html);
    } else {
        article.body = paragraphs(plain);
    }
    for attachment in item.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        article.body.extend(read_attachment(attachment));
    }
    if article.body.is_empty() {
        context.without_text(&mut article);
    }
    if article.title.is_empty() {
        article.title = first_words(&article.body);
    }
    article
}

/// An episode of a podcast, or a file.
fn read_attachment(value: &Value) -> Option<Block> {
    let (url, mime) = (text(value, "url").to_owned(), text(value, "mime_type").to_owned());
    let title = text(value, "title").to_owned();
    let media = |url| Media { src: url, title: title.clone(), ..Media::default() };
    let kind = match mime.split('/').next().unwrap_or_default() {
        _ if url.is_empty() => return None,
        "audio" => Kind::Audio(media(url)),
        "video" => Kind::Video(media(url)),
        _ => Kind::File(FileLink { url, title, mime, ..FileLink::default() }),
    };
    Some(Block::new(kind))
}
