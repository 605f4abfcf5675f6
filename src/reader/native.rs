//! Article JSON 1.x, with HTML anywhere in it; also an mdast tree alone.

use super::fields::{holds_myst, lift_pictures};
use super::{Context, ReadError, ReadErrorKind};
use crate::article::json::Json;
use crate::article::{Article, Blocks, VERSION};
use crate::json::Value;
use crate::warning::Warnings;

/// Whether a value is Article JSON or an mdast `root` (a hast one holds elements).
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("articleJson").is_some() || is_mdast(value)
}

/// Reads an article; foreign markup inside stays as it is.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = article(value, &mut context.warnings)?;
    if is_mdast(value) {
        lift_pictures(&mut article.body);
    }
    Ok(article)
}

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
