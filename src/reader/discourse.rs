//! Topics of Discourse: the first post is the article, those after it are its comments. Also a post alone.

use super::envelope::{Shape, first_text};
use super::fields::{date, member, number, text};
use super::{Context, ReadError};
use crate::article::{Article, CommentEntry, Person};
use crate::json::Value;

const TOPIC: Shape = Shape {
    title: "fancy_title title",
    description: "excerpt",
    language: "locale",
    published: "created_at",
    picture: "image_url",
    tags: "tags",
    ..Shape::EMPTY
};

const POST: Shape = Shape { title: "topic_html_title topic_title", published: "created_at", ..Shape::EMPTY };

/// Whether a value is a topic or a post.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_text = |path: &str| member(value, path).is_some_and(Value::is_string);
    is_text("post_stream.posts.0.cooked") || (is_text("cooked") && is_text("topic_slug"))
}

/// Reads a topic, or a post.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let posts = member(value, "post_stream.posts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let (first, mut article) = match posts.first() {
        Some(first) => (first, context.envelope(value, &TOPIC)),
        None => (value, context.envelope(value, &POST)),
    };
    if article.title.is_empty() {
        article.title = text(value, "topic_slug").replace('-', " ").as_str().into();
    }
    article.url = context.hint.url.trim_end_matches(".json").to_owned();
    article.updated = date(first, "updated_at");
    article.authors.extend(author(first));
    (article.body, article.footnotes) = context.body(text(first, "cooked"));
    let comments = &mut article.comments;
    comments.closed = ["closed", "archived"].iter().any(|name| value.get(name) == Some(&Value::Bool(true)));
    for post in posts.iter().skip(1).filter(|post| !text(post, "cooked").is_empty()) {
        let name = |path: &str| number(post, path).filter(|number| *number > 1).map(|number| number.to_string());
        comments.items.push(CommentEntry {
            id: name("post_number").unwrap_or_default(),
            parent: name("reply_to_post_number").unwrap_or_default(),
            author: author(post).unwrap_or_default(),
            published: date(post, "created_at"),
            body: context.body(text(post, "cooked")).0,
            ..CommentEntry::default()
        });
    }
    comments.count = u32::try_from(comments.items.len()).ok().filter(|count| *count > 0);
    let all = number(value, "posts_count").unwrap_or_default() as usize;
    if all > posts.len() && !posts.is_empty() {
        context.warnings.info(format!("{} further posts of the topic are not in this file", all - posts.len()));
    }
    Ok(article)
}

/// Who wrote a post; not their picture, which may be a third party's.
fn author(post: &Value<'_>) -> Option<Person> {
    let name = first_text(post, "name display_username username");
    (!name.is_empty()).then(|| Person { name: name.to_owned(), ..Person::default() })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn posts_after_the_first_are_comments() {
        let post = |number: u32, reply: Option<u32>| {
            json!({
                "cooked": format!("<p>{number}</p>"), "post_number": number, "username": "u", "name": "U",
                "reply_to_post_number": reply, "created_at": "2024-10-16T10:00:00Z",
            })
        };
        let comment = |number: u32, parent: Option<&str>| {
            let mut comment = json!({
                "id": number.to_string(), "author": {"name": "U"}, "published": "2024-10-16T10:00:00Z",
                "body": [{"type": "paragraph", "children": number.to_string()}],
            });
            if let Some(parent) = parent {
                comment["parent"] = json!(parent);
            }
            comment
        };
        check(
            &json!({
                "title": "T", "fancy_title": "T &ndash;", "posts_count": 9, "closed": true,
                "post_stream": {"posts": [post(1, None), post(2, Some(1)), post(3, Some(2))]},
            }),
            Format::Discourse,
            &json!({
                "title": "T –", "authors": [{"name": "U"}], "body": [{"type": "paragraph", "children": "1"}],
                "comments": {"closed": true, "count": 2, "items": [comment(2, None), comment(3, Some("2"))]},
                "warnings": [" 6 further posts of the topic are not in this file"],
            }),
        );
    }
}
