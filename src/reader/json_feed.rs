//! JSON Feed 1.0 and 1.1: each item is an article.

use super::envelope::{Shape, first_text};
use super::fields::{first_words, paragraphs, text};
use super::{Context, ReadError, ReadErrorKind};
use crate::article::{Article, Block, FileLink, Kind, Media, Site};
use crate::json::Value;

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
pub(super) fn matches(value: &Value<'_>) -> bool {
    text(value, "version").contains("jsonfeed.org/version/") && value.get("items").is_some_and(Value::is_array)
}

/// Reads the items of a feed.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Vec<Article>, ReadError> {
    let items = value.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = context.plain(text(value, "title"));
    let (url, logo) = (first_text(value, "home_page_url feed_url"), first_text(value, "icon favicon"));
    let site = Some(Site { name, url: url.to_owned(), logo: logo.to_owned() }).filter(|site| !site.name.is_empty());
    let authors = context.authors(value, ITEM.authors);
    let mut articles = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if !item.is_object() {
            context
                .warnings
                .at("items", |all| all.at_index(index, |warnings| warnings.warn("not an article; left out")));
            continue;
        }
        let length = context.warnings.enter_item("items", index);
        let mut article = read_item(item, context);
        context.warnings.leave(length);
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

fn read_item(item: &Value<'_>, context: &mut Context<'_>) -> Article {
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
fn read_attachment(value: &Value<'_>) -> Option<Block> {
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

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use super::*;
    use crate::json::json;

    fn feed(item: Value<'_>) -> Value<'static> {
        json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "S &amp; T", "home_page_url": "https://s.example/",
            "language": "de", "authors": [{"name": "Feed"}], "items": [item],
        })
    }

    #[test]
    fn items_take_from_the_feed_what_they_do_not_say() {
        check(
            &feed(
                json!({"id": "1", "title": "T", "content_html": "<p>a</p>", "date_published": "2024-10-16", "tags": ["x"]}),
            ),
            Format::JsonFeed,
            &json!({
                "title": "T", "language": "de", "authors": [{"name": "Feed"}], "published": "2024-10-16", "tags": ["x"],
                "site": {"name": "S & T", "url": "https://s.example/"}, "body": [{"type": "paragraph", "children": "a"}],
            }),
        );
    }

    #[test]
    fn notes_without_title_are_named_by_their_words() {
        let text = "The first words of a rather long note that goes on and on, until nobody reads it any more.";
        check(
            &feed(
                json!({"id": 1, "content_text": text, "author": {"name": "Own", "avatar": "https://g.example/a.png"}}),
            ),
            Format::JsonFeed,
            &json!({
                "title": "The first words of a rather long note that goes on and on, until…",
                "authors": [{"name": "Own"}], "body": [{"type": "paragraph", "children": text}],
            }),
        );
    }

    #[test]
    fn attachments_are_played_or_downloaded() {
        let files = json!([{"url": "/a.mp3", "mime_type": "audio/mpeg"}, {"url": "/b.pdf", "mime_type": "application/pdf"}, {}]);
        check(
            &feed(json!({"id": "1", "title": "T", "attachments": files})),
            Format::JsonFeed,
            &json!({"body": [
                {"type": "audio", "src": "https://site.example/a.mp3"},
                {"type": "file", "url": "https://site.example/b.pdf", "mime": "application/pdf"},
            ]}),
        );
    }
}
