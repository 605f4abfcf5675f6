//! Properties of Notion's pages: whoever made the database named them, so that name and type together tell what they
//! say about the article.

use super::super::fields::{date, people};
use super::super::marks::key;
use super::super::tree::words;
use super::plain;
use crate::article::{Article, Person, Tag};
use crate::json::Value;

/// Adds what the properties of a page say to its article.
pub(in super::super) fn properties(page: &Value<'_>, article: &mut Article) {
    let mut others = Vec::new();
    for (name, property) in page.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let (name, kind) = (key(name), words(property, &["type"]));
        let found = names(property, kind);
        match (name.as_str(), kind) {
            ("author" | "authors" | "writer" | "writers" | "by" | "byline", _) => {
                push_people(&found, &mut article.authors);
            }
            (_, "people") if is_author(&name) => push_people(&found, &mut others),
            ("tag" | "tags" | "keyword" | "keywords" | "topics", "multi_select" | "select") => {
                push_tags(found, &mut article.tags);
            }
            ("category" | "categories", "multi_select" | "select") => push_tags(found, &mut article.categories),
            ("summary" | "description" | "excerpt" | "abstract", "rich_text") if article.description.is_empty() => {
                article.description = found.concat().trim().to_owned();
            }
            (_, "date") if name == "date" || name.starts_with("publish") => {
                // More exact than when the page was made.
                article.published = date(property, "date.start").or(article.published);
            }
            _ => {}
        }
    }
    if article.authors.is_empty() {
        article.authors = others;
    }
}

/// Whether people of a property of that name may have written the page: others only have to do with it.
fn is_author(name: &str) -> bool {
    !["review", "assign", "edit", "approve"].iter().any(|part| name.contains(part))
}

/// What a property holds: names of options or people, or a text.
fn names(property: &Value<'_>, kind: &str) -> Vec<String> {
    let name = |item: &Value<'_>| words(item, &["name"]).to_owned();
    let names = match (kind, property.get(kind)) {
        ("rich_text", text) => vec![plain(text)],
        (_, Some(Value::Array(items))) => items.iter().map(name).collect(),
        (_, Some(Value::String(text))) => vec![text.as_ref().to_owned()],
        (_, Some(item)) => vec![name(item)],
        _ => Vec::new(),
    };
    names.into_iter().filter(|name| !name.trim().is_empty()).collect()
}

fn push_people(names: &[String], found: &mut Vec<Person>) {
    found.extend(names.iter().flat_map(|name| people(name)));
}

fn push_tags(names: Vec<String>, tags: &mut Vec<Tag>) {
    tags.extend(names.into_iter().map(|name| Tag { name, url: String::new() }));
}

#[cfg(test)]
mod tests {
    use super::super::super::{Format, check};
    use super::*;
    use crate::json::json;

    fn page(properties: &Value<'static>) -> Value<'static> {
        let text = json!([{"type": "text", "plain_text": "a"}]);
        json!({
            "object": "page", "created_time": "2022-03-01T19:05:00.000Z", "properties": properties,
            "children": [{"object": "block", "type": "paragraph", "paragraph": {"rich_text": text}}],
        })
    }

    #[test]
    fn properties_are_known_by_name_and_type() {
        let text = |text: &str| json!([{"type": "text", "plain_text": text}]);
        check(
            &page(&json!({
                "Name": {"id": "title", "type": "title", "title": text("T")},
                "Tags": {"type": "multi_select", "multi_select": [{"name": "x"}, {"name": "y"}]},
                "Publish date": {"type": "date", "date": {"start": "2022-01-02"}},
                "Reviewer": {"type": "people", "people": [{"name": "Cy"}]},
                "Person": {"type": "people", "people": [{"object": "user", "name": "Ann"}]},
                "Summary": {"type": "rich_text", "rich_text": text("S")},
            })),
            Format::Notion,
            &json!({
                "title": "T", "tags": ["x", "y"], "published": "2022-01-02", "authors": [{"name": "Ann"}],
                "description": "S", "body": [{"type": "paragraph", "children": "a"}],
            }),
        );
    }

    #[test]
    fn authors_are_those_of_that_name() {
        check(
            &page(&json!({
                "Author": {"type": "rich_text", "rich_text": [{"plain_text": "Ann Lee and Bob Ray"}]},
                "Person": {"type": "people", "people": [{"name": "Cy"}]},
            })),
            Format::Notion,
            &json!({"authors": [{"name": "Ann Lee"}, {"name": "Bob Ray"}], "published": "2022-03-01T19:05:00Z"}),
        );
    }
}
