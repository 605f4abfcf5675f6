//! Objects of no known format that have a title and a text under usual names: those of Blogger, Substack, Drupal, the
//! Guardian, Strapi, Hashnode, WordPress over GraphQL, and many more. Always a guess, and said to be one.

use std::borrow::Cow;

use super::envelope::{Shape, first_text};
use super::fields::{member, text};
use super::{Context, ReadError, detect, embedded};
use crate::article::json::Json;
use crate::article::{Article, Block, Blocks, Footnotes, Kind};
use crate::json::{self, Value};

const SHAPE: Shape = Shape {
    title: "title headline name title.rendered fields.headline fields.title webTitle",
    subtitle: "subtitle subheadline deck fields.standfirst",
    kicker: "kicker sectionName",
    description: "description excerpt summary abstract standfirst dek brief fields.trailText body.summary",
    url: "url link canonical_url canonicalUrl permalink webUrl uri",
    id: "id _id documentId databaseId",
    language: "language lang locale inLanguage langcode __i18n_lang meta_lang meta.lang",
    published: "published date_published datePublished published_at publishedAt publishedTime pubDate published_time \
                post_date publication_date webPublicationDate dateGmt publishDate publish_date published_date date_publish \
                first_published_at firstPublishedAt date created_at createdAt \
                created timestamp _createdAt created_time",
    updated: "updated date_modified dateModified updated_at updatedAt modifiedGmt modified modified_at edited_at \
              changed fields.lastModified _updatedAt last_edited_time",
    authors: "authors author byline creator writer primary_author publishedBylines user by fields.byline",
    site: "site siteName publication sitename source-hostname",
    picture: "hero image cover_image coverImage featured_image feature_image featuredImage lead_image_url banner_image \
              image_url imageUrl urlToImage top_image cover images thumbnail fields.thumbnail heroImage mainImage image.filename \
              cover.external cover.data.attributes",
    picture_alt: "image_alt feature_image_alt cover_image_alt",
    picture_caption: "image_caption feature_image_caption cover_image_caption",
    tags: "tags keywords tag_list labels postTags tags.nodes",
    categories: "categories categories.nodes category",
    license: "license",
    copyright: "copyright",
};

/// Where texts are: HTML before Markdown before plain text, where a service gives several.
const BODIES: &str = "content_html contentHtml html bodyHtml body_html content.html body.html body.processed content \
                      body articleBody body.value fields.body body_markdown bodyMarkdown content_markdown \
                      contentMarkdown markdown content.markdown body.markdown content_text blocks richText rich_text \
                      cleaned_text maintext text";

/// Whether there is a title and a text under usual names.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let value = own(value);
    has_title(value) && has_body(value)
}

/// Whether an object has a title under a usual name.
pub(super) fn has_title(value: &Value<'_>) -> bool {
    value.is_object() && !first_text(value, SHAPE.title).is_empty()
}

/// Whether an object has a text, or blocks of ours, under a usual name.
pub(super) fn has_body(value: &Value<'_>) -> bool {
    body(value).is_some()
}

/// Reads everything but the text from members of usual names.
pub(super) fn envelope(value: &Value<'_>, context: &mut Context<'_>) -> Article {
    let mut article = context.envelope(value, &SHAPE);
    // The paths of WordPress and Drupal have no host.
    if article.url.starts_with('/') && context.hint.url.is_empty() {
        article.url.clear();
    }
    article
}

/// Drupal and older versions of Strapi keep all members but the id together.
fn own<'v>(value: &'v Value<'v>) -> &'v Value<'v> {
    value.get("attributes").filter(|inner| inner.is_object()).unwrap_or(value)
}

/// Reads what can be recognised.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    context.warnings.info("the format was guessed from the names of members; parts may be missing");
    let value = own(value);
    let mut article = envelope(value, context);
    (article.body, article.footnotes) = match body(value) {
        Some(Body::Blocks(items)) => {
            (Blocks::read(items, &mut context.warnings).unwrap_or_default(), Footnotes::default())
        }
        Some(Body::Tree(tree)) => embedded(&tree, context).unwrap_or_default(),
        Some(Body::Markdown(text)) => (Blocks(vec![markdown(text)]), Footnotes::default()),
        Some(Body::Text(text)) => context.text(text),
        None => (Blocks::default(), Footnotes::default()),
    };
    Ok(article)
}

enum Body<'a> {
    Text(&'a str),
    Markdown(&'a str),
    /// Blocks such as those of Article JSON.
    Blocks(&'a Value<'a>),
    /// A tree of a known format.
    Tree(Cow<'a, Value<'a>>),
}

fn body<'v>(value: &'v Value<'v>) -> Option<Body<'v>> {
    let is_tree = |value: &Value<'_>| !detect::formats_of(value).is_empty();
    BODIES.split(' ').find_map(|path| match member(value, path)? {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => {
            if text.starts_with(['{', '['])
                && let Ok(tree) = json::parse(text)
                && is_tree(&tree)
            {
                return Some(Body::Tree(Cow::Owned(tree)));
            }
            let is_markdown = path.contains("arkdown");
            Some(if is_markdown { Body::Markdown(text) } else { Body::Text(text) })
        }
        blocks @ Value::Array(items) if !items.is_empty() && items.iter().all(is_block) => Some(Body::Blocks(blocks)),
        tree if is_tree(tree) => Some(Body::Tree(Cow::Borrowed(tree))),
        _ => None,
    })
}

/// Whether an item is a block of ours: other formats have types of the same names, and their text elsewhere.
fn is_block(item: &Value<'_>) -> bool {
    let tag = text(item, "type");
    let has_text = item.get("children").is_some()
        || (matches!(tag, "image" | "embed") && item.get("url").is_some())
        || (matches!(tag, "code" | "math" | "html") && item.get("value").is_some())
        || tag == "thematicBreak";
    item.is_string() || (Kind::knows(tag) && has_text)
}

fn markdown(text: &str) -> Block {
    Block::new(Kind::Markdown(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use super::*;
    use crate::json::json;

    fn body() -> Value<'static> {
        json!([{"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}]}])
    }

    #[test]
    fn services_are_recognised_by_usual_names() {
        let person = json!([{"name": "Ann Lee"}]);
        for value in [
            json!({"kind": "blogger#post", "title": "T", "content": "<p><em>a</em></p>", "author": {"displayName": "Ann Lee"}}),
            json!({"title": "T", "body_html": "<p><em>a</em></p>", "publishedBylines": [{"name": "Ann Lee"}]}),
            json!({"data": {"publication": {"post": {"title": "T", "content": {"markdown": "*a*"}, "author": {"name": "Ann Lee"}}}}}),
            json!({"data": {"post": {"title": "T", "content": "<p><em>a</em></p>", "author": {"node": {"name": "Ann Lee"}}}}}),
            json!({"response": {"content": {"webTitle": "T", "fields": {"body": "<p><em>a</em></p>", "byline": "Ann Lee"}}}}),
            json!({"data": {"type": "node--a", "attributes": {"title": "T", "author": "Ann Lee", "body": {"processed": "<p><em>a</em></p>"}}}}),
            json!({"data": "{\"title\": \"T\", \"html\": \"<p><em>a</em></p>\", \"author\": \"Ann Lee\"}"}),
        ] {
            check(&value, Format::Generic, &json!({"title": "T", "authors": person, "body": body()}));
        }
    }

    #[test]
    fn answers_of_graphql_are_named_by_what_was_asked_for() {
        let post = json!({"title": "T", "content": "<p><em>a</em></p>"});
        for value in [
            json!({"data": {"blogPosts": [post]}}),
            json!({"data": {"publication": {"posts": {"edges": [{"node": post}]}}}}),
        ] {
            check(&value, Format::Generic, &json!({"title": "T", "body": body()}));
        }
    }

    #[test]
    fn extractors_have_names_of_their_own() {
        for (date, body, picture) in [
            ("publish_date", "cleaned_text", "top_image"),
            ("date_publish", "maintext", "image_url"),
            ("published_date", "text", "urlToImage"),
        ] {
            check(
                &json!({
                    "title": "T", date: "2019-01-01 10:00:00", body: "a", picture: "https://x.example/i.jpg",
                    "author": "Ann Lee; Bob Ray, Jr.", "tags": "x;y, z", "images": ["https://x.example/other.jpg"],
                }),
                Format::Generic,
                &json!({
                    "title": "T", "published": "2019-01-01T10:00:00", "hero": {"src": "https://x.example/i.jpg"},
                    "authors": [{"name": "Ann Lee"}, {"name": "Bob Ray, Jr."}], "tags": ["x", "y, z"],
                    "body": [{"type": "paragraph", "children": "a"}],
                }),
            );
        }
    }

    #[test]
    fn texts_may_be_trees() {
        let tree = json!({"type": "root", "children": [{"type": "paragraph", "children": [
            {"type": "emphasis", "children": [{"type": "text", "value": "a"}]},
        ]}]});
        check(&json!({"title": "T", "content": tree.to_string()}), Format::Generic, &json!({"body": body()}));
        check(&json!({"title": "T", "body": tree}), Format::Generic, &json!({"body": body()}));
    }
}
