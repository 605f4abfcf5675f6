//! Articles of Forem, which runs dev.to.

use super::envelope::Shape;
use super::fields::{number, text};
use super::{Context, ReadError};
use crate::article::{Article, Block, Kind};
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "title",
    description: "description",
    url: "url canonical_url",
    id: "id",
    language: "language",
    published: "published_at published_timestamp created_at",
    updated: "edited_at",
    authors: "user organization",
    picture: "cover_image",
    tags: "tags tag_list",
    ..Shape::EMPTY
};

/// Whether a value is an article, with its text or as a list gives it.
pub(super) fn matches(value: &Value<'_>) -> bool {
    text(value, "type_of") == "article" && value.get("title").is_some_and(Value::is_string)
}

/// Reads an article.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    article.reading_time_minutes = number(value, "reading_time_minutes");
    let (html, markdown) = (text(value, "body_html"), text(value, "body_markdown"));
    if !html.trim().is_empty() {
        (article.body, article.footnotes) = context.body(html);
    } else if markdown.is_empty() {
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
    fn markdown_serves_where_there_is_no_html() {
        check(
            &json!({
                "type_of": "article", "title": "T", "body_markdown": "---\ntitle: T\n---\n*a*", "tag_list": "x, y",
                "user": {"name": "A", "profile_image": "/a.png"}, "reading_time_minutes": 3,
            }),
            Format::Forem,
            &json!({
                "authors": [{"name": "A"}], "tags": ["x", "y"], "readingTimeMinutes": 3,
                "body": [{"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}]}],
            }),
        );
    }
}
