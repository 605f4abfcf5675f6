//! Articles -> a JSON Feed 1.1 (jsonfeed.org).

use super::{Entry, Feed, people, rfc_3339, summary};
use crate::json::{Object, Value, json};

/// Writes the feed; `feed.address` is that of this form of it.
pub fn write<'a>(feed: &Feed<'a>, entries: &'a [Entry<'_>]) -> Value<'a> {
    let mut out = Object::new();
    out.insert("version", "https://jsonfeed.org/version/1.1".into());
    out.insert("title", feed.title.into());
    let members = [
        ("home_page_url", feed.home),
        ("feed_url", feed.address),
        ("description", feed.description),
        ("icon", feed.icon),
        ("language", feed.language),
    ];
    put(&mut out, &members);
    out.insert("items", entries.iter().map(item).collect());
    Value::Object(out)
}

fn item<'a>(entry: &'a Entry<'_>) -> Value<'a> {
    let article = entry.article;
    let mut out = Object::new();
    out.insert("id", entry.id.as_str().into());
    let title = article.title.plain_text();
    let summary = summary(article);
    let picture = super::picture(article).map_or("", |picture| picture.src);
    put(&mut out, &[("url", &entry.url), ("title", &title), ("summary", &summary), ("image", picture)]);
    match &entry.content {
        Some(html) => out.insert("content_html", html.as_str().into()),
        // Each item has to have a content.
        None => out.insert("content_text", summary.into_owned().into()),
    };
    if let Some(published) = &article.published {
        out.insert("date_published", rfc_3339(published).into());
    }
    if let Some(updated) = &article.updated {
        out.insert("date_modified", rfc_3339(updated).into());
    }
    put(&mut out, &[("language", &article.language)]);
    let authors: Vec<Value<'_>> = people(article)
        .into_iter()
        .map(|person| {
            let mut author = Object::new();
            put(&mut author, &[("name", &person.name), ("url", &person.url), ("avatar", &person.avatar)]);
            Value::Object(author)
        })
        .collect();
    if !authors.is_empty() {
        out.insert("authors", authors.into());
    } else if !article.byline.is_empty() {
        out.insert("authors", json!([{"name": article.byline}]));
    }
    let tags: Vec<&str> = article.categories.iter().chain(&article.tags).map(|tag| tag.name.as_str()).collect();
    if !tags.is_empty() {
        out.insert("tags", tags.into());
    }
    if !entry.source.is_empty() {
        out.insert("_recto", json!({"src": entry.source}));
    }
    Value::Object(out)
}

/// Puts the members that are not empty.
fn put(out: &mut Object<'_>, members: &[(&str, &str)]) {
    for (key, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
        out.insert((*key).to_owned(), (*value).to_owned().into());
    }
}
