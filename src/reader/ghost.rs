//! Posts and pages of Ghost, from its Content API, its Admin API, or an export.

use std::collections::BTreeMap;

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
pub(super) fn exported(value: &Value<'_>, context: &mut Context<'_>) -> Option<Value<'static>> {
    let has_tables = |tables: &&Value<'_>| tables.get("posts").is_some_and(Value::is_array);
    let tables = match member(value, "db.0.data").filter(has_tables) {
        Some(tables) => tables,
        None => value.get("data").filter(has_tables).filter(|tables| tables.get("posts_tags").is_some())?,
    };
    let rows = |table: &str| tables.get(table).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let (tags, users) = (by_id(rows("tags"), "id"), by_id(rows("users"), "id"));
    let (tagged, written) = (by_id(rows("posts_tags"), "post_id"), by_id(rows("posts_authors"), "post_id"));
    let mut posts = Vec::new();
    for post in rows("posts").iter().filter_map(Value::as_object) {
        let id = post.get("id").map(id_of).unwrap_or_default();
        let mut whole = post.clone();
        whole.insert("tags", related(tagged.get(&id), "tag_id", &tags, context));
        let mut authors = related(written.get(&id), "author_id", &users, context);
        if authors.item(0).is_none()
            && let Some(author) = post.get("author_id").and_then(|id| users.get(&id_of(id))?.first())
            && context.afford(author)
        {
            authors = (*author).clone();
        }
        if authors.is_object() || authors.item(0).is_some() {
            whole.insert("authors", authors);
        }
        posts.push(Value::Object(whole).into_owned());
    }
    Some(posts.into())
}

type Table<'v> = BTreeMap<String, Vec<&'v Value<'v>>>;

/// The rows of a table by a member that is an id.
fn by_id<'v>(rows: &'v [Value<'v>], key: &str) -> Table<'v> {
    let mut table = Table::new();
    for row in rows {
        if let Some(id) = row.get(key) {
            table.entry(id_of(id)).or_default().push(row);
        }
    }
    table
}

/// An id, which is a number in older exports.
fn id_of(id: &Value<'_>) -> String {
    json::text(id)
}

/// What relations name, in the order that they give.
fn related(
    relations: Option<&Vec<&Value<'_>>>,
    key: &str,
    table: &Table<'_>,
    context: &mut Context<'_>,
) -> Value<'static> {
    let mut relations = relations.cloned().unwrap_or_default();
    relations.sort_by_key(|row| number(row, "sort_order"));
    let items = relations.iter().filter_map(|row| table.get(&id_of(row.get(key)?))?.first());
    items.filter(|item| context.afford(item)).map(|item| (*item).clone().into_owned()).collect()
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
