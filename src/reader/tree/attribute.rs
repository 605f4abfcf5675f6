//! Attributes of nodes: beside the text, or in an object of their own.

use super::super::media::Medium;
use crate::article::Align;
use crate::json::{self, Value};

/// Where nodes keep them, but beside their name; some formats put those of a file into an object of its own.
const PLACES: &[&str] = &["data", "fields", "image", "value", "file"];

/// The first attribute of one of these names.
pub(in super::super) fn attribute<'v>(node: &'v Value<'v>, names: &[&str]) -> Option<&'v Value<'v>> {
    let own = [node.get("attrs"), Some(node)].into_iter().chain(PLACES.iter().map(|place| node.get(place)));
    let mut places = own.flatten().filter(|place| place.is_object());
    places.find_map(|place| names.iter().find_map(|name| place.get(name).filter(|value| !value.is_null())))
}

/// The text of the first attribute of one of these names that has some.
pub(in super::super) fn words<'v>(node: &'v Value<'v>, names: &[&str]) -> &'v str {
    let text = |name: &&str| attribute(node, &[name]).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    names.iter().find_map(text).unwrap_or_default()
}

/// The whole number of the first attribute of one of these names, which may be written `640px`.
pub(in super::super) fn number(node: &Value<'_>, names: &[&str]) -> Option<u32> {
    whole(attribute(node, names)?)
}

/// The whole number that a value is.
pub(in super::super) fn whole(value: &Value<'_>) -> Option<u32> {
    let written = match value {
        Value::Number(number) => json::decimal(number),
        Value::String(text) => json::decimal(text.trim().trim_end_matches("px")),
        _ => None,
    };
    written.filter(|number| (0.0..=f64::from(u32::MAX)).contains(number)).map(|number| number.round() as u32)
}

/// Whether an attribute of one of these names is set.
pub(in super::super) fn flag(node: &Value<'_>, names: &[&str]) -> Option<bool> {
    match attribute(node, names)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(state) => match state.as_ref() {
            "DONE" | "true" | "checked" => Some(true),
            "TODO" | "false" | "unchecked" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The alignment of a node's text, where it is not that of the start.
pub(in super::super) fn align(node: &Value<'_>) -> Option<Align> {
    match words(node, &["textAlign", "align", "alignment", "format"]) {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}

/// What the attributes of a picture, recording, embed or file say; its caption aside.
pub(in super::super) fn medium<'v>(node: &'v Value<'v>) -> Medium<'v> {
    Medium {
        url: words(node, &["src", "url", "href", "source", "embedUrl", "permalink"]),
        alt: words(node, &["alt", "altText", "alternativeText"]),
        title: words(node, &["title"]),
        description: words(node, &["description"]),
        picture: words(node, &["thumbnail", "poster", "thumbnailUrl"]),
        site: words(node, &["provider", "service", "providerName"]),
        mime: words(node, &["mime", "mimeType", "contentType"]),
        link: words(node, &["link", "linkUrl"]),
        credit: words(node, &["copyright", "credit"]),
        width: number(node, &["width"]),
        height: number(node, &["height"]),
        ..Medium::default()
    }
}
