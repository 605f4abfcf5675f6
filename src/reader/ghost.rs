//! Posts and pages of Ghost, from its Content API, its Admin API, or an export.

use super::envelope::Shape;
use super::fields::{member, number, text};
use super::{Context, ReadError, ReadErrorKind, embedded};
use crate::article::{Article, Block, Kind};
use crate::json::{self, Value};

const SHAPE: Shape = Shape {
    title: "title",
    description: "custom_excerpt excerpt meta_description",
    url: "url canonical_url",
    id: "uuid id",
    language: "locale",
    published: "published_at created_at",
    updated: "updated_at",
    authors: "authors primary_author author",
    picture: "feature_image",
    picture_alt: "feature_image_alt",
    picture_caption: "feature_image_caption",
    tags: "tags",
    ..Shape::EMPTY
};

/// Members of a post of which any service could have the first, and none has both kinds.
const BODIES: &[&str] = &["html", "lexical", "mobiledoc"];
const MARKS: &[&str] = &["uuid", "comment_id", "visibility", "feature_image", "lexical", "mobiledoc"];

/// Whether a value is a post or a page.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| value.get(name).is_some());
    value.get("slug").is_some_and(Value::is_string)
        && value.get("title").is_some_and(Value::is_string)
        && has(BODIES)
        && has(MARKS)
}

/// The posts of an export, which has a table for each kind of thing, with their authors and tags inside; `None` for
/// anything else.
pub(super) fn exported(value: &Value<'_>) -> Option<Value<'static>> {
    let has_tables = |tables: &&Value<'_>| tables.get("posts").is_some_and(Value::is_array);
    let tables = match member(value, "db.0.data").filter(has_tables) {
        Some(tables) => tables,
        None => value.get("data").filter(has_tables).filter(|tables| tables.get("posts_tags").is_some())?,
    };
    let rows = |table: &str| tables.get(table).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    // Whatever a post names in a table of relations, in the order that this gives them.
    let related = |post: &Value<'_>, relations: &str, key: &str, table: &str| {
        let mut own: Vec<&Value<'_>> = rows(relations)
            .iter()
            .filter(|row| row.get("post_id").is_some_and(|id| post.get("id") == Some(id)))
            .collect();
        own.sort_by_key(|row| number(row, "sort_order"));
        let found = own.into_iter().filter_map(|row| rows(table).iter().find(|item| item.get("id") == row.get(key)));
        found.cloned().collect::<Value<'_>>()
    };
    let posts = rows("posts").iter().filter_map(Value::as_object).map(|post| {
        let mut post = post.clone();
        let whole = Value::Object(post.clone());
        post.insert("tags", related(&whole, "posts_tags", "tag_id", "tags"));
        let authors = related(&whole, "posts_authors", "author_id", "users");
        let author =
            || rows("users").iter().find(|user| user.get("id").is_some() && user.get("id") == post.get("author_id"));
        let authors = if authors.item(0).is_some() { Some(authors) } else { author().cloned() };
        if let Some(authors) = authors {
            post.insert("authors", authors);
        }
        Value::Object(post).into_owned()
    });
    Some(posts.collect())
}

/// Reads a post or a page.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    // Ghost hides tags that start with this sign.
    article.tags.retain(|tag| !tag.name.starts_with('#'));
    if value.get("access") == Some(&Value::Bool(false)) {
        if text(value, "html").trim().is_empty() {
            return Err(ReadErrorKind::Protected { title: article.title.plain_text() }.into());
        }
        context.warnings.warn("only members may read all of it; the text ends early");
    }
    let html = text(value, "html");
    if !html.trim().is_empty() {
        (article.body, article.footnotes) = context.body(html);
        return Ok(article);
    }
    for name in ["lexical", "mobiledoc"] {
        let tree = match value.get(name) {
            // A text that holds JSON.
            Some(Value::String(source)) => json::parse(source).ok(),
            Some(object @ Value::Object(_)) => Some(object.clone()),
            _ => None,
        };
        if let Some((blocks, footnotes)) = tree.and_then(|tree| embedded(&tree, context)) {
            (article.body, article.footnotes) = (blocks, footnotes);
            return Ok(article);
        }
    }
    let markdown = text(value, "markdown");
    if markdown.is_empty() {
        context.without_text(&mut article);
    } else {
        article.body.push(Block::new(Kind::Markdown(markdown.to_owned())));
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn exports_have_a_table_for_each_kind() {
        let tables = json!({
            "posts": [{"id": 1, "uuid": "u", "slug": "a", "title": "T", "html": "<p>a</p>"}],
            "tags": [{"id": 4, "name": "x"}, {"id": 5, "name": "y"}], "users": [{"id": 9, "name": "Ann", "slug": "ann"}],
            "posts_tags": [{"post_id": 1, "tag_id": 5, "sort_order": 1}, {"post_id": 1, "tag_id": 4, "sort_order": 0}, {"post_id": 2, "tag_id": 4}],
            "posts_authors": [{"post_id": 1, "author_id": 9}],
        });
        for export in [json!({"db": [{"meta": {}, "data": tables}]}), json!({"meta": {}, "data": tables})] {
            check(
                &export,
                Format::Ghost,
                &json!({"title": "T", "authors": [{"name": "Ann"}], "tags": ["x", "y"], "body": [{"type": "paragraph", "children": "a"}]}),
            );
        }
    }

    #[test]
    fn posts_have_html_and_what_is_around_it() {
        check(
            &json!({"posts": [{
                "id": "1", "uuid": "u", "slug": "t", "title": "T &amp; U", "html": "<p>a</p>", "custom_excerpt": "E",
                "feature_image": "/h.png", "feature_image_alt": "H", "feature_image_caption": "<b>C</b>",
                "published_at": "2024-10-16T10:00:00.000+00:00", "primary_author": {"name": "A", "profile_image": "/p.png"},
                "tags": [{"name": "x", "url": "https://g.example/tag/x/"}, {"name": "#internal"}],
            }]}),
            Format::Ghost,
            &json!({
                "title": "T & U", "description": "E", "published": "2024-10-16T10:00:00Z", "authors": [{"name": "A"}],
                "tags": [{"name": "x", "url": "https://g.example/tag/x/"}], "body": [{"type": "paragraph", "children": "a"}],
                "hero": {"src": "https://site.example/h.png", "alt": "H", "caption": [{"type": "strong", "children": "C"}]},
            }),
        );
    }

    #[test]
    fn trees_in_texts_are_read_by_their_own_format() {
        let tree = r#"{"type": "root", "children": [{"type": "paragraph", "children": ["a"]}]}"#;
        check(
            &json!({"slug": "t", "title": "T", "lexical": tree, "html": null}),
            Format::Ghost,
            &json!({"body": [{"type": "paragraph", "children": "a"}]}),
        );
        check(
            &json!({"slug": "t", "title": "T", "lexical": "{broken", "visibility": "public", "excerpt": "E"}),
            Format::Ghost,
            &json!({"body": [{"type": "paragraph", "children": "E"}], "warnings": [" the text itself is not in this file"]}),
        );
    }
}
