//! What extractors make of web pages: Readability (`textContent`, `length`) and Mercury (`word_count`, `lead_image_url`).

use super::envelope::Shape;
use super::fields::text;
use super::{Context, ReadError};
use crate::article::{Article, Direction};
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "title",
    subtitle: "dek",
    description: "excerpt",
    url: "url",
    language: "lang language",
    published: "publishedTime date_published",
    authors: "byline author",
    site: "siteName",
    picture: "lead_image_url",
    ..Shape::EMPTY
};

/// Whether a value is what one of both returns.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_text = |name: &str| value.get(name).is_some_and(Value::is_string);
    let has = |name: &str| value.get(name).is_some();
    is_text("content")
        && has("title")
        && (is_text("textContent") && has("length") || has("word_count") && has("lead_image_url"))
}

/// Reads what was extracted.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    article.direction = Direction::from_word(text(value, "dir")).unwrap_or(Direction::Auto);
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
    fn both_extractors_are_read() {
        check(
            &json!({
                "title": "T – S", "byline": "By Ann Lee\nReporter", "dir": "rtl", "lang": "ar", "content": "<div><p>a</p></div>",
                "textContent": "a", "length": 1, "excerpt": "E", "siteName": "S", "publishedTime": "2024-10-16T10:00:00Z",
            }),
            Format::Readability,
            &json!({
                "title": "T", "authors": [{"name": "Ann Lee"}], "direction": "rtl", "language": "ar", "description": "E",
                "site": {"name": "S"}, "published": "2024-10-16T10:00:00Z", "body": [{"type": "paragraph", "children": "a"}],
            }),
        );
        check(
            &json!({"title": "T", "content": "<p>a</p>", "author": null, "lead_image_url": "/h.png", "word_count": 1}),
            Format::Readability,
            &json!({"hero": {"src": "https://site.example/h.png"}, "body": [{"type": "paragraph", "children": "a"}]}),
        );
    }
}
