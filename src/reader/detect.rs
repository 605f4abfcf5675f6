//! Which format a JSON value is in. One pure predicate for each format, made so that at most one of them holds:
//! their order never matters. A guess is made only where none holds.

use serde_json::Value;

use super::Format;

/// How many envelopes (`{"data": {"post": …}}`) are opened in search of an article.
pub(super) const MOST_ENVELOPES: u32 = 3;

/// Members under which services wrap what they send.
const ENVELOPES: &[&str] = &[
    "data",
    "article",
    "post",
    "page",
    "story",
    "entry",
    "item",
    "result",
    "response",
    "content",
    "articles",
    "posts",
    "pages",
    "items",
    "results",
    "publication",
    "node",
    "nodes",
    "latest_posts",
];

/// A format, and whether a value is one article of it.
type Rule = (Format, fn(&Value) -> bool);

const RULES: &[Rule] = &[
    (Format::Native, super::native::matches),
    (Format::WordPress, super::wordpress::matches),
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

/// Tried where no rule holds.
const GUESS: Rule = (Format::Generic, super::generic::matches);

/// Where an article, or several, were found.
#[derive(Debug, PartialEq)]
pub(super) struct Found<'a> {
    pub(super) format: Format,
    pub(super) value: &'a Value,
    /// The value is an array of articles, not an article.
    pub(super) is_list: bool,
}

/// JSON that a value holds as text, under a name that services wrap what they send under.
pub(super) fn json_in_text(value: &Value) -> Option<Value> {
    let texts = ENVELOPES.iter().filter_map(|key| value.get(*key)).chain([value]);
    let mut texts = texts.filter_map(Value::as_str).filter(|text| text.trim_start().starts_with(['{', '[']));
    texts.find_map(|text| crate::json::parse(text).ok())
}

/// The formats whose rule holds for a value; the tests see to it that there is never more than one.
pub fn formats_of(value: &Value) -> Vec<Format> {
    RULES.iter().filter(|(_, matches)| matches(value)).map(|(format, _)| *format).collect()
}

/// Finds the article in a value, opening envelopes; `format` restricts the search to what the user says it is.
pub(super) fn find(value: &Value, format: Option<Format>) -> Option<Found<'_>> {
    match format {
        Some(format) => search(value, &[(format, rule_of(format))], 0),
        None => search(value, RULES, 0).or_else(|| search(value, &[GUESS], 0)),
    }
}

/// Whether a value is one article of a format.
pub(super) fn matches(format: Format, value: &Value) -> bool {
    rule_of(format)(value)
}

fn rule_of(format: Format) -> fn(&Value) -> bool {
    RULES.iter().chain([&GUESS]).find(|(known, _)| *known == format).map_or(|_| false, |(_, rule)| *rule)
}

fn search<'a>(value: &'a Value, rules: &[Rule], depth: u32) -> Option<Found<'a>> {
    let format_of = |value: &Value| rules.iter().find(|(_, matches)| matches(value)).map(|(format, _)| *format);
    if let Some(format) = format_of(value) {
        return Some(Found { format, value, is_list: false });
    }
    match value {
        Value::Array(items) => items.iter().find_map(format_of).map(|format| Found { format, value, is_list: true }),
        Value::Object(object) if depth < MOST_ENVELOPES => ENVELOPES.iter().find_map(|key| {
            let inner = object.get(*key).filter(|inner| inner.is_object() || inner.is_array())?;
            search(inner, rules, depth + 1)
        }),
        _ => None,
    }
}
