//! Posts and pages of Ghost, from its Content API, its Admin API, or an export.

use serde_json::Value;

use super::envelope::Shape;
use super::fields::text;
use super::{Context, ReadError, ReadErrorKind, rich_text};
use crate::article::{Article, Block, Kind};
use crate::json;

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
pub(super) fn matches(value: &Value) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| value.get(*name).is_some());
    value.get("slug").is_some_and(Value::is_string)
        && value.get("title").is_some_and(Value::is_string)
        && has(BODIES)
        && has(MARKS)
}

/// Reads a post or a page.
pub(super) fn read(value: &Value, context: &mut Context<'_>) -> Result<Article, ReadError> {
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
        if let Some((blocks, footnotes)) = tree.and_then(|tree| rich_text(&tree, context)) {
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
