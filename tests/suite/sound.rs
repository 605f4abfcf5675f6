//! What holds of everything that is read, however damaged it is. The fuzz targets ask the same (`fuzz/`).

use recto::article::{Article, Footnotes, normal};
use recto::json::Value;
use recto::markup::tree::{Node, NodeId, Tree};
use recto::reader::{self, Format, Hint, Reading};
use recto::warning::Warnings;
use recto::{html, json, markup, page};

/// Reads bytes: a sound article, or an error that says something.
#[track_caller]
pub(crate) fn read(bytes: &[u8], hint: &Hint<'_>, name: &str) -> Option<Reading> {
    match reader::read(bytes, hint, markup::parse::parse) {
        Ok(reading) => {
            assert!(!reading.articles.is_empty(), "{name}: an answer without an article");
            reading.articles.iter().for_each(|article| check(article, name));
            Some(reading)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name}: nothing is said");
            None
        }
    }
}

/// Reads an HTML fragment: its blocks make a sound article.
#[track_caller]
pub(crate) fn fragment(html: &str, name: &str) {
    let mut warnings = Warnings::default();
    let fragment = markup::blocks(html, markup::parse::parse, &mut warnings);
    let title = markup::inlines(html, markup::parse::parse, &mut warnings);
    let (body, footnotes) = (fragment.blocks, Footnotes(fragment.footnotes));
    check(&normal::normalise(Article { title, body, footnotes, ..Article::default() }, &mut warnings), name);
}

/// An article in normal form stays as it is, and its page holds nothing that could do harm.
#[track_caller]
pub(crate) fn check(article: &Article, name: &str) {
    check_round_trip(article, name);
    let again = normal::normalise(article.clone(), &mut Warnings::default());
    assert_same(article, &again, &format!("{name}, normalised again,"));
    let (_, markup) = page::page(article, Format::Native, Vec::new(), &html::Options::default());
    if let Some(found) = harm(markup.as_str()) {
        panic!("{name}: the page holds {found}");
    }
}

/// Writing and reading gives the same article, and normalising it again changes nothing.
#[track_caller]
pub(crate) fn check_round_trip(article: &Article, name: &str) {
    let mut warnings = Warnings::default();
    let written = Value::from(article.to_json());
    let text = json::text(&written);
    let parsed = json::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let object = parsed.as_object().expect("an article is an object");
    let again = normal::normalise(Article::from_json(object, &mut warnings), &mut warnings);
    assert_same(article, &again, name);
}

#[track_caller]
fn assert_same(article: &Article, again: &Article, name: &str) {
    if again != article {
        let (before, after) = (Value::from(article.to_json()), Value::from(again.to_json()));
        let (debug_before, debug_after) = (format!("{article:?}"), format!("{again:?}"));
        let same = debug_before.chars().zip(debug_after.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(same.saturating_sub(200)).take(400).collect::<String>();
        let difference = difference(&before, &after, "");
        panic!("{name} changed: {difference}\n{}\nbecame\n{}", around(&debug_before), around(&debug_after));
    }
}

fn difference(a: &Value<'_>, b: &Value<'_>, path: &str) -> String {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys());
            let other = keys.map(|key| {
                let null = Value::Null;
                difference(a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null), &format!("{path}/{key}"))
            });
            other.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs
                .find_map(|(index, (a, b))| {
                    Some(difference(a, b, &format!("{path}/{index}"))).filter(|it| !it.is_empty())
                })
                .unwrap_or_default()
        }
        _ if a == b => String::new(),
        _ => format!("{path}: {a:.400} became {b:.400}"),
    }
}

/// Elements that no article may put into the page.
const FORBIDDEN: &[&str] =
    &["script", "style", "link", "base", "meta", "object", "embed", "iframe", "frame", "template", "portal", "title"];

/// What in markup of ours could do harm, if anything.
fn harm(markup: &str) -> Option<String> {
    let tree = markup::parse::parse(markup);
    let mut pending: Vec<NodeId> = tree.children(Tree::ROOT).to_vec();
    while let Some(id) = pending.pop() {
        pending.extend(tree.children(id));
        let Node::Element { name, attributes } = tree.node(id) else { continue };
        if FORBIDDEN.contains(&name.as_str()) || name.contains('-') {
            return Some(format!("the element {name}"));
        }
        for (attribute, value) in attributes {
            let is_code =
                attribute.starts_with("on") || ["style", "srcdoc", "is", "name"].contains(&attribute.as_str());
            let is_id = attribute == "id" && !value.starts_with(html::ID_PREFIX);
            let is_address = ["href", "src", "poster", "cite", "data-src"].contains(&attribute.as_str());
            if is_code || is_id || (is_address && !is_harmless(value)) {
                return Some(format!("{attribute}={value} in {name}"));
            }
        }
    }
    None
}

/// Whether an address has a known scheme or none.
fn is_harmless(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = scheme.split_once(':') else { return true };
    let is_picture =
        ["png", "jpeg", "gif", "webp", "avif"].iter().any(|kind| url.starts_with(&format!("data:image/{kind}")));
    ["http", "https", "mailto", "tel"].contains(&scheme) || is_picture
}
