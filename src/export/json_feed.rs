//! Articles -> a JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Map, Value, json};

use super::{Entry, Feed, people, rfc_3339, summary};

/// Writes the feed; `feed.address` is that of this form of it.
pub fn write(feed: &Feed<'_>, entries: &[Entry<'_>]) -> Value {
    let mut out = Map::new();
    out.insert("version".to_owned(), "https://jsonfeed.org/version/1.1".into());
    out.insert("title".to_owned(), feed.title.into());
    let members = [
        ("home_page_url", feed.home),
        ("feed_url", feed.address),
        ("description", feed.description),
        ("icon", feed.icon),
        ("language", feed.language),
    ];
    put(&mut out, &members);
    out.insert("items".to_owned(), entries.iter().map(item).collect());
    Value::Object(out)
}

fn item(entry: &Entry<'_>) -> Value {
    let article = entry.article;
    let mut out = Map::new();
    out.insert("id".to_owned(), entry.id.as_str().into());
    let title = article.title.plain_text();
    let summary = summary(article);
    let picture = super::picture(article).map_or("", |picture| picture.src);
    put(&mut out, &[("url", &entry.url), ("title", &title), ("summary", &summary), ("image", picture)]);
    match &entry.content {
        Some(html) => out.insert("content_html".to_owned(), html.as_str().into()),
        // Each item has to have a content.
        None => out.insert("content_text".to_owned(), (*summary).into()),
    };
    if let Some(published) = &article.published {
        out.insert("date_published".to_owned(), rfc_3339(published).into());
    }
    if let Some(updated) = &article.updated {
        out.insert("date_modified".to_owned(), rfc_3339(updated).into());
    }
    put(&mut out, &[("language", &article.language)]);
    let authors: Vec<Value> = people(article)
        .into_iter()
        .map(|person| {
            let mut author = Map::new();
            put(&mut author, &[("name", &person.name), ("url", &person.url), ("avatar", &person.avatar)]);
            Value::Object(author)
        })
        .collect();
    if !authors.is_empty() {
        out.insert("authors".to_owned(), authors.into());
    } else if !article.byline.is_empty() {
        out.insert("authors".to_owned(), json!([{"name": article.byline}]));
    }
    let tags: Vec<&str> = article.categories.iter().chain(&article.tags).map(|tag| tag.name.as_str()).collect();
    if !tags.is_empty() {
        out.insert("tags".to_owned(), tags.into());
    }
    if !entry.source.is_empty() {
        out.insert("_recto".to_owned(), json!({"src": entry.source}));
    }
    Value::Object(out)
}

/// Puts the members that are not empty.
fn put(out: &mut Map<String, Value>, members: &[(&str, &str)]) {
    for (key, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
        out.insert((*key).to_owned(), (*value).into());
    }
}
