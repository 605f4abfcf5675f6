//! Which format a JSON value is in. One pure predicate for each format, made so that at most one of them holds:
//! their order never matters. A guess is made only where none holds.

use super::{Format, rich_text};
use crate::json::Value;

/// How many envelopes (`{"data": {"post": …}}`) are opened in search of an article.
pub(super) const MOST_ENVELOPES: u32 = 4;

/// Members under which services wrap what they send.
const ENVELOPES: &[&str] = &[
    "data",
    "article",
    "post",
    "page",
    "story",
    "stories",
    "entry",
    "edges",
    "item",
    "result",
    "response",
    "content",
    "articles",
    "posts",
    "pages",
    "items",
    "results",
    "attributes",
    "fields",
    "docs",
    "publication",
    "node",
    "nodes",
    "latest_posts",
];

/// A format, and whether a value is one article of it.
type Rule = (Format, fn(&Value<'_>) -> bool);

/// Articles; rich-text trees, which are texts of articles, have their own in [`rich_text`].
const RULES: &[Rule] = &[
    (Format::Native, super::native::matches),
    (Format::WordPress, super::wordpress::matches),
    (Format::Contentful, super::contentful::matches),
    (Format::JsonFeed, super::json_feed::matches),
    (Format::Ghost, super::ghost::matches),
    (Format::WordPressCom, super::wordpress_com::matches),
    (Format::Readability, super::readability::matches),
    (Format::JsonLd, super::json_ld::matches),
    (Format::ActivityPub, super::activity_pub::matches),
    (Format::Discourse, super::discourse::matches),
    (Format::Forem, super::forem::matches),
    (Format::Wikipedia, super::wikipedia::matches),
    (Format::Ninjs, super::ninjs::matches),
    (Format::ELife, super::elife::matches),
    (Format::Mic, super::mic::matches),
    (Format::Jupyter, super::jupyter::matches),
    (Format::Hast, super::hast::matches),
    (Format::Myst, super::myst::matches),
    (Format::Pandoc, super::pandoc::matches),
];

/// Where an article, or several, were found.
#[derive(Debug, PartialEq)]
pub(super) struct Found<'a> {
    pub(super) format: Format,
    pub(super) value: &'a Value<'a>,
    /// The value is an array of articles, not an article.
    pub(super) is_list: bool,
    /// The members that lead to it, the last one first.
    pub(super) path: Vec<&'a str>,
}

/// JSON that a value holds as text, under a name that services wrap what they send under.
pub(super) fn json_in_text<'v>(value: &'v Value<'v>) -> Option<Value<'v>> {
    let texts = ENVELOPES.iter().filter_map(|key| value.get(key)).chain([value]);
    let mut texts = texts.filter_map(Value::as_str).filter(|text| text.trim_start().starts_with(['{', '[']));
    texts.find_map(|text| crate::json::parse(text).ok())
}

/// The formats whose rule holds for a value; the tests see to it that there is never more than one.
pub fn formats_of(value: &Value<'_>) -> Vec<Format> {
    let articles = RULES.iter().filter(|(_, matches)| matches(value)).map(|(format, _)| *format);
    let mut formats: Vec<Format> = articles.chain(rich_text::trees_of(value)).collect();
    if formats.is_empty() {
        formats.extend(rich_text::around(value));
    }
    formats
}

/// Finds the article in a value, opening envelopes; `format` restricts the search to what the user says it is.
pub(super) fn find<'v>(value: &'v Value<'v>, format: Option<Format>) -> Option<Found<'v>> {
    match format {
        Some(format) => search(value, &|value| Some(format).filter(|format| matches(*format, value)), 0),
        None => search(value, &known, 0).or_else(|| search(value, &guess, 0)),
    }
}

/// Whether a value is one article of a format.
pub(super) fn matches(format: Format, value: &Value<'_>) -> bool {
    if format == Format::Generic { guess(value).is_some() } else { known(value) == Some(format) }
}

/// The format that a value is one article of.
fn known(value: &Value<'_>) -> Option<Format> {
    let article = RULES.iter().find(|(_, matches)| matches(value)).map(|(format, _)| *format);
    article.or_else(|| rich_text::trees_of(value).next()).or_else(|| rich_text::around(value))
}

/// Tried where nothing is known.
fn guess(value: &Value<'_>) -> Option<Format> {
    super::generic::matches(value).then_some(Format::Generic)
}

fn search<'a>(value: &'a Value<'a>, format_of: &dyn Fn(&Value<'_>) -> Option<Format>, depth: u32) -> Option<Found<'a>> {
    if let Some(format) = format_of(value) {
        return Some(Found { format, value, is_list: false, path: Vec::new() });
    }
    match value {
        Value::Array(items) => {
            let format = items.iter().map(item).find_map(format_of)?;
            Some(Found { format, value, is_list: true, path: Vec::new() })
        }
        Value::Object(object) if depth < MOST_ENVELOPES => {
            let within = |key: &'a str, inner: &'a Value<'a>| {
                let inner = Some(inner).filter(|inner| inner.is_object() || inner.is_array())?;
                let mut found = search(inner, format_of, depth + 1)?;
                found.path.push(key);
                Some(found)
            };
            // Answers of GraphQL are named by what was asked for.
            let asked = || {
                object.get("data")?.as_object()?.iter().find_map(|(key, inner)| {
                    let mut found = within(key, inner)?;
                    found.path.push("data");
                    Some(found)
                })
            };
            ENVELOPES.iter().find_map(|key| within(key, object.get(key)?)).or_else(asked)
        }
        _ => None,
    }
}

/// An item of a list, which GraphQL puts into an object of its own.
pub(super) fn item<'v>(item: &'v Value<'v>) -> &'v Value<'v> {
    item.get("node").filter(|node| node.is_object()).unwrap_or(item)
}
