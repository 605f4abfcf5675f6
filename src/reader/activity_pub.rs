//! Articles, pages and notes of ActivityPub, alone or in the activity that sends them.

use super::envelope::{Shape, first_text};
use super::fields::{date, first_words, member, number, text};
use super::{Context, ReadError};
use crate::article::{Article, Block, Date, Details, Image, Kind, LinkCard, Media, Person, Tag};
use crate::json::Value;
use crate::url;

const SHAPE: Shape = Shape {
    title: "name",
    description: "summary",
    url: "url url.href url.0.href url.0 id",
    id: "id",
    language: "language.identifier",
    published: "published",
    updated: "updated",
    picture: "image",
    site: "generator",
    ..Shape::EMPTY
};

const OBJECTS: &[&str] = &["Article", "Page", "Note"];
const ACTIVITIES: &[&str] = &["Create", "Announce", "Update"];

/// Activities in activities are opened so many times.
const MOST_ACTIVITIES: u32 = 3;

/// Whether a value is an article or a note, or an activity that brings one.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_ours = |context: &Value<'_>| context.as_str().is_some_and(|name| name.contains("activitystreams"));
    let context = match value.get("@context") {
        Some(Value::Array(items)) => items.iter().any(is_ours),
        Some(single) => is_ours(single),
        None => false,
    };
    context && object(value, 0).is_some()
}

/// The article in an activity.
fn object<'v>(value: &'v Value<'v>, depth: u32) -> Option<&'v Value<'v>> {
    let is_one_of = |names: &[&str]| match value.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(|name| names.contains(&name)),
        Some(Value::String(name)) => names.contains(&name.as_ref()),
        _ => false,
    };
    if is_one_of(OBJECTS) {
        return Some(value);
    }
    if depth < MOST_ACTIVITIES && is_one_of(ACTIVITIES) { object(value.get("object")?, depth + 1) } else { None }
}

/// When an object was made, as the activity that brings it says.
fn created(value: &Value<'_>, depth: u32) -> Option<Date> {
    let inner = value.get("object").filter(|_| depth < MOST_ACTIVITIES)?;
    let own = || if text(value, "type") == "Create" { date(value, "published") } else { None };
    created(inner, depth + 1).or_else(own)
}

/// Reads an article or a note.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let (actor, created) = (value.get("actor"), created(value, 0));
    let value = object(value, 0).unwrap_or(value);
    let mut article = context.envelope(value, &SHAPE);
    article.published = article.published.or(created);
    article.authors = value.get("attributedTo").or(actor).map(|who| actors(who, context)).unwrap_or_default();
    let hashtags = value.get("tag").and_then(Value::as_array).into_iter().flatten();
    article.tags = hashtags
        .filter(|tag| text(tag, "type") == "Hashtag")
        .map(|tag| Tag {
            name: text(tag, "name").trim_start_matches('#').to_owned(),
            url: text(tag, "href").to_owned(),
        })
        .collect();
    let languages = value.get("contentMap").and_then(Value::as_object);
    let of_map = languages.and_then(|map| map.iter().next());
    let html = match text(value, "content") {
        "" => of_map.and_then(|(_, html)| html.as_str()).unwrap_or_default(),
        html => html,
    };
    if let Some((language, _)) = languages.and_then(|map| map.iter().find(|(_, text)| text.as_str() == Some(html))) {
        language.clone_into(&mut article.language);
    }
    if !html.is_empty() && text(value, "mediaType").contains("markdown") {
        article.body.push(Block::new(Kind::Markdown(html.to_owned())));
    } else if !html.is_empty() {
        (article.body, article.footnotes) = context.body(html);
    } else if text(value, "source.mediaType").contains("markdown") {
        article.body.push(Block::new(Kind::Markdown(text(value, "source.content").to_owned())));
    } else {
        (article.body, article.footnotes) = context.text(text(value, "source.content"));
    }
    if article.title.is_empty() {
        article.title = first_words(&article.body);
    }
    // On notes the summary is a warning, which the text stands behind.
    if text(value, "type") == "Note" && !article.description.is_empty() && !article.body.is_empty() {
        let summary = std::mem::take(&mut article.description);
        let children = std::mem::take(&mut article.body);
        article.title = summary.as_str().into();
        article.body.push(Block::new(Kind::Details(Details {
            summary: summary.as_str().into(),
            open: false,
            children,
        })));
    }
    match value.get("attachment") {
        Some(Value::Array(items)) => article.body.extend(items.iter().filter_map(attached)),
        Some(single) => article.body.extend(attached(single)),
        None => {}
    }
    if article.body.is_empty() {
        context.without_text(&mut article);
    }
    Ok(article)
}

/// Who is named by an address, or described.
fn actors(value: &Value<'_>, context: &mut Context<'_>) -> Vec<Person> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| actor(item, context)).collect(),
        single => actor(single, context).into_iter().collect(),
    }
}

fn actor(value: &Value<'_>, context: &mut Context<'_>) -> Option<Person> {
    let iri = value.as_str().unwrap_or_else(|| first_text(value, "url id"));
    let mut name = context.plain(first_text(value, "name preferredUsername"));
    if name.is_empty() {
        // An address alone: its last part is the account, as in `/users/name`.
        let account = iri.trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        let host = url::host(iri);
        name = if account.is_empty() || account == host { host.to_owned() } else { format!("{account}@{host}") };
    }
    let is_named = !name.is_empty() && name != "@";
    is_named.then(|| Person { name, url: iri.to_owned(), ..Person::default() })
}

fn attached(value: &Value<'_>) -> Option<Block> {
    let url = first_text(value, "url href url.0.href").to_owned();
    let name = text(value, "name").to_owned();
    if url.is_empty() {
        return None;
    }
    let (width, height) = (number(value, "width"), number(value, "height"));
    let media = |src| Media { src, title: name.clone(), width, height, ..Media::default() };
    let mime = member(value, "mediaType").and_then(Value::as_str).unwrap_or_default();
    Some(Block::new(match (mime.split('/').next().unwrap_or_default(), text(value, "type")) {
        ("image", _) | (_, "Image") => Kind::Image(Image { url, alt: name, width, height, ..Image::default() }),
        ("video", _) | (_, "Video") => Kind::Video(media(url)),
        ("audio", _) | (_, "Audio") => Kind::Audio(media(url)),
        _ => Kind::LinkCard(LinkCard { url, title: name, ..LinkCard::default() }),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    const CONTEXT: &str = "https://www.w3.org/ns/activitystreams";

    #[test]
    fn articles_are_found_in_activities() {
        check(
            &json!({"@context": [CONTEXT, {}], "type": "Announce", "object": {"type": "Create", "object": {
                "type": "Article", "name": "T", "contentMap": {"de": "<p>a</p>"}, "published": "2024-10-16T10:00:00Z",
                "attributedTo": "https://m.example/users/ann", "url": "https://m.example/a",
                "tag": [{"type": "Hashtag", "name": "#x"}, {"type": "Mention", "name": "@b"}],
                "attachment": [{"type": "Document", "mediaType": "image/png", "url": "https://m.example/i.png", "name": "I"}],
            }}}),
            Format::ActivityPub,
            &json!({
                "title": "T", "language": "de", "url": "https://m.example/a", "tags": ["x"],
                "authors": [{"name": "ann@m.example", "url": "https://m.example/users/ann"}],
                "body": [
                    {"type": "paragraph", "children": "a"},
                    {"type": "image", "url": "https://m.example/i.png", "alt": "I"},
                ],
            }),
        );
    }

    #[test]
    fn contents_may_be_markdown_and_activities_say_when_it_was_made() {
        check(
            &json!({"@context": CONTEXT, "type": "Announce", "published": "2025-01-01", "object": {
                "type": "Create", "published": "2024-10-16", "object": {
                    "type": "Article", "name": "T", "mediaType": "text/markdown", "content": "*a*",
                },
            }}),
            Format::ActivityPub,
            &json!({"title": "T", "published": "2024-10-16", "body": [
                {"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}]},
            ]}),
        );
    }

    #[test]
    fn notes_stand_behind_their_warning() {
        check(
            &json!({"@context": CONTEXT, "type": "Note", "summary": "Spoiler", "content": "<p>a</p>", "attributedTo": []}),
            Format::ActivityPub,
            &json!({"title": "Spoiler", "body": [
                {"type": "details", "summary": "Spoiler", "children": [{"type": "paragraph", "children": "a"}]},
            ]}),
        );
        check(
            &json!({"@context": CONTEXT, "type": "Note", "content": "<p>First line</p><p>b</p>"}),
            Format::ActivityPub,
            &json!({"title": "First line"}),
        );
    }
}
