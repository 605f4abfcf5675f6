//! hast, the tree of HTML that unified's tools produce -> HTML, which is read like any other.

use super::fields::text;
use crate::html::{Place, escape};
use crate::json::Value;

/// Elements nested deeper than this are text.
const DEEPEST: u32 = 200;

/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Properties whose name in hast is not that of the attribute without capitals.
const ATTRIBUTES: &[(&str, &str)] =
    &[("className", "class"), ("htmlFor", "for"), ("httpEquiv", "http-equiv"), ("acceptCharset", "accept-charset")];

/// Whether a value is a tree of HTML: a root that holds elements, or an element.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_element = |node: &Value<'_>| {
        text(node, "type") == "doctype" || (text(node, "type") == "element" && node.get("tagName").is_some())
    };
    let children = value.get("children").and_then(Value::as_array);
    is_element(value)
        || (text(value, "type") == "root" && children.is_some_and(|children| children.iter().any(is_element)))
}

/// The HTML of a tree.
pub(super) fn html(value: &Value<'_>) -> String {
    let mut html = String::new();
    write(value, &mut html, 0);
    html
}

fn write(node: &Value<'_>, html: &mut String, depth: u32) {
    let children = || node.get("children").and_then(Value::as_array).into_iter().flatten();
    let name = text(node, "tagName");
    match text(node, "type") {
        "text" => escape(text(node, "value"), Place::Source, html),
        "raw" => html.push_str(text(node, "value")),
        "doctype" => html.push_str("<!doctype html>"),
        "element" if is_name(name) && depth < DEEPEST => {
            html.push('<');
            html.push_str(name);
            for (name, value) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
                attribute(name, value, html);
            }
            html.push('>');
            if !VOID.contains(&name) {
                let is_raw = matches!(name, "script" | "style");
                let content = if name == "template" { node.get("content") } else { None };
                children().chain(content).filter(|_| !is_raw).for_each(|child| write(child, html, depth + 1));
                html.push_str("</");
                html.push_str(name);
                html.push('>');
            }
        }
        "comment" => {}
        _ if depth < DEEPEST * 2 => children().for_each(|child| write(child, html, depth + 1)),
        _ => {}
    }
}

fn attribute(name: &str, value: &Value<'_>, html: &mut String) {
    let text = match value {
        Value::String(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => String::new(),
        Value::Array(items) => {
            let separator = if name == "srcSet" { ", " } else { " " };
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(separator)
        }
        _ => return,
    };
    let known = ATTRIBUTES.iter().find(|(property, _)| *property == name).map(|(_, attribute)| (*attribute).to_owned());
    let name = known.unwrap_or_else(|| match name.strip_prefix("data") {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_uppercase()) => {
            let dashed = rest.chars().flat_map(|letter| {
                let dash = letter.is_ascii_uppercase().then_some('-');
                dash.into_iter().chain([letter.to_ascii_lowercase()])
            });
            format!("data{}", dashed.collect::<String>())
        }
        _ => name.to_ascii_lowercase(),
    });
    if is_name(&name) {
        html.push(' ');
        html.push_str(&name);
        html.push_str("=\"");
        escape(&text, Place::Source, html);
        html.push('"');
    }
}

/// Whether a name can be written as one, and nothing else.
fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(tree: &Value<'_>, expect: &str) {
        assert_eq!(html(tree), expect);
    }

    #[test]
    fn elements_are_written_with_their_attributes() {
        let element = |name: &str, properties: Value<'_>, children: Value<'_>| json!({"type": "element", "tagName": name, "properties": properties, "children": children});
        check(
            &json!({"type": "root", "children": [
                {"type": "doctype"}, {"type": "comment", "value": "c"},
                element("p", json!({"className": ["a", "b"], "dataSrcSet": "x", "hidden": true, "id": null, "tabIndex": 1}),
                    json!([{"type": "text", "value": "<&"}, element("br", json!({}), json!([]))])),
            ]}),
            "<!doctype html><p class=\"a b\" data-src-set=\"x\" hidden=\"\" tabindex=\"1\">&lt;&amp;<br></p>",
        );
    }

    #[test]
    fn names_cannot_break_out() {
        check(&json!({"type": "element", "tagName": "p><script", "children": [{"type": "text", "value": "a"}]}), "a");
        check(&json!({"type": "element", "tagName": "p", "properties": {"a\"><b": "x"}}), "<p></p>");
    }
}
