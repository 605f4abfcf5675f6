//! Article JSON 1.x, with HTML anywhere in it; also an mdast tree alone.

use super::fields::{holds_myst, lift_pictures};
use super::{Context, ReadError, ReadErrorKind, front_matter};
use crate::article::json::Json;
use crate::article::{Article, Blocks, VERSION};
use crate::json::{Object, Value};
use crate::warning::Warnings;

/// Whether a value is Article JSON or an mdast `root` (a hast one holds elements).
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("articleJson").is_some() || is_mdast(value)
}

/// Reads an article; foreign markup inside stays as it is.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    if !is_mdast(value) {
        return article(value, &mut context.warnings);
    }
    let mut tree = value.clone();
    let matter = tree.get_mut("children").and_then(Value::as_array_mut).and_then(take_front_matter);
    plain(&mut tree, 0);
    let mut article = article(&tree, &mut context.warnings)?;
    lift_pictures(&mut article.body);
    if let Some((matter, _)) = matter.as_deref().and_then(front_matter::split) {
        let told = context.envelope(&matter, &front_matter::SHAPE);
        article = Article { body: article.body, footnotes: article.footnotes, ..told };
    }
    Ok(article)
}

/// The front matter at the start of an mdast tree, as the text of a Markdown file.
fn take_front_matter(children: &mut Vec<Value<'_>>) -> Option<String> {
    let first = children.first()?;
    let fence = match first.get("type")?.as_str()? {
        "yaml" => "---",
        "toml" => "+++",
        _ => return None,
    };
    let text = [fence, "\n", first.get("value")?.as_str()?, "\n", fence, "\n"].concat();
    children.remove(0);
    Some(text)
}

/// What a tree of MDX has beside mdast, as mdast: its imports and exports are no text, and a picture is one.
fn plain(node: &mut Value<'_>, depth: u32) {
    if depth > DEEPEST {
        return;
    }
    let tag = |node: &Value<'_>| node.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(children) = node.get_mut("children").and_then(Value::as_array_mut) {
        children.retain(|child| tag(child) != "mdxjsEsm");
        children.iter_mut().for_each(|child| plain(child, depth + 1));
    }
    if tag(node).starts_with("mdxJsx") && node.get("name").is_some_and(|name| name == "img") {
        let attributes = node.get("attributes").and_then(Value::as_array).into_iter().flatten();
        let mut image = Object::new();
        image.insert("type", "image".into());
        for attribute in attributes {
            let name = attribute.get("name").and_then(Value::as_str).unwrap_or_default();
            if let Some(value) = attribute.get("value").filter(|value| value.is_string()) {
                image.insert(if name == "src" { "url" } else { name }.to_owned(), value.clone().into_owned());
            }
        }
        *node = Value::Object(image);
    }
}

/// Trees deeper than this are cut by the reader of Article JSON anyway.
const DEEPEST: u32 = 100;

/// The same, with nothing but what the part of the program that is loaded first has.
pub(super) fn article(value: &Value<'_>, warnings: &mut Warnings) -> Result<Article, ReadError> {
    match value {
        Value::Object(object) if object.contains_key("articleJson") => {
            check_version(&object["articleJson"], warnings)?;
            Ok(Article::from_json(object, warnings))
        }
        other => Ok(Article { body: Blocks::read(other, warnings).unwrap_or_default(), ..Article::default() }),
    }
}

/// A root that is no tree of hast or MyST.
fn is_mdast(value: &Value<'_>) -> bool {
    let is_root = value.get("type").is_some_and(|tag| tag == "root");
    let is_element = |child: &Value<'_>| child.get("type").is_some_and(|tag| tag == "element" || tag == "doctype");
    let children = value.get("children").and_then(Value::as_array);
    is_root && children.is_some_and(|children| !children.iter().any(is_element)) && !holds_myst(value)
}

/// Any 1.x is read; what a later one adds is shown as text.
fn check_version(version: &Value<'_>, warnings: &mut Warnings) -> Result<(), ReadError> {
    let written = match version {
        Value::String(text) => text.trim().to_owned(),
        other => crate::json::text(other),
    };
    let (major, minor) = written.split_once('.').unwrap_or((&written, "0"));
    match (major.parse::<u32>(), minor.parse::<u32>()) {
        (Ok(1), Ok(0)) => {}
        (Ok(1), _) => {
            let message = format!("version {written} is later than {VERSION}; what it adds is shown as text");
            warnings.at("articleJson", |warnings| warnings.info(message));
        }
        (Ok(major), _) if major > 1 => return Err(ReadErrorKind::NewerVersion { version: written }.into()),
        _ => warnings.at("articleJson", |warnings| warnings.warn(format!("expected `{VERSION}`"))),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn trees_of_markdown_files() {
        let text = |value: &str| json!({"type": "text", "value": value});
        check(
            &json!({"type": "root", "children": [
                {"type": "yaml", "value": "title: T\ndate: 2024-01-02"},
                {"type": "mdxjsEsm", "value": "import X from 'x'"},
                {"type": "paragraph", "children": [text("a")]},
                {"type": "mdxJsxFlowElement", "name": "img", "children": [], "attributes": [
                    {"type": "mdxJsxAttribute", "name": "src", "value": "a.png"},
                    {"type": "mdxJsxAttribute", "name": "alt", "value": "A"},
                ]},
            ]}),
            Format::Native,
            &json!({"title": "T", "published": "2024-01-02", "body": [
                {"type": "paragraph", "children": "a"}, {"type": "image", "url": "https://site.example/a.png", "alt": "A"},
            ]}),
        );
    }
}
