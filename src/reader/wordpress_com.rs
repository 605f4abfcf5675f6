//! Posts of WordPress.com's own API, v1.1.

use super::envelope::Shape;
use super::fields::{member, text};
use super::{Context, ReadError};
use crate::article::Article;
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "title",
    description: "excerpt",
    url: "URL",
    id: "global_ID ID",
    language: "lang",
    published: "date",
    updated: "modified",
    authors: "author",
    picture: "post_thumbnail featured_image",
    tags: "tags",
    categories: "categories",
    ..Shape::EMPTY
};

/// Whether a value is a post.
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("ID").is_some_and(Value::is_number)
        && value.get("site_ID").is_some()
        && value.get("content").is_some_and(Value::is_string)
}

/// Reads a post.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    article.categories.retain(|category| category.name != "Uncategorized");
    article.comments.closed = member(value, "discussion.comments_open") == Some(&Value::Bool(false));
    (article.body, article.footnotes) = context.body(text(value, "content"));
    if article.body.is_empty() {
        context.without_text(&mut article);
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn posts_are_read_with_their_terms() {
        check(
            &json!({"found": 1, "posts": [{
                "ID": 7, "site_ID": 1, "title": "T &#8217;", "URL": "https://w.example/t/", "content": "<p>a</p>",
                "date": "2024-10-16T10:00:00+02:00", "author": {"name": "A", "avatar_URL": "https://g.example/a"},
                "featured_image": "https://w.example/h.png", "tags": {"x": {"name": "x"}},
                "categories": {"Uncategorized": {}}, "discussion": {"comments_open": false},
            }]}),
            Format::WordPressCom,
            &json!({
                "title": "T ’", "url": "https://w.example/t/", "published": "2024-10-16T10:00:00+02:00",
                "authors": [{"name": "A"}], "hero": {"src": "https://w.example/h.png"}, "tags": ["x"], "categories": null,
                "comments": {"closed": true}, "body": [{"type": "paragraph", "children": "a"}],
            }),
        );
    }
}
