//! MyST: pages as its tools publish them, and their tree alone. The tree is mdast and more; it is rewritten to the
//! tree of Article JSON, which has most of the same names.

use super::envelope::{Shape, first_text};
use super::fields::{holds_myst, lift_pictures, text};
use super::{Context, ReadError};
use crate::article::json::Json;
use crate::article::{Article, Blocks, ReferenceEntry};
use crate::json::{Object, Value, json};

const SHAPE: Shape = Shape {
    title: "title short_title",
    subtitle: "subtitle",
    description: "description abstract",
    published: "date",
    authors: "authors",
    picture: "banner thumbnail",
    tags: "keywords tags",
    license: "license.content.id license.content.name license.id license",
    copyright: "copyright",
    site: "venue",
    ..Shape::EMPTY
};

/// The members that nodes take along; what is not listed here is for MyST's own tools.
const MEMBERS: &[(&str, &[&str])] = &[
    ("abbreviation", &["title"]),
    ("code", &["value", "lang", "filename", "showLineNumbers", "startingLineNumber", "emphasizeLines"]),
    ("definition", &["identifier", "label", "url", "title"]),
    ("footnoteDefinition", &["identifier"]),
    ("footnoteReference", &["identifier"]),
    ("heading", &["depth"]),
    ("html", &["value"]),
    ("image", &["url", "alt", "title"]),
    ("imageReference", &["identifier", "alt", "referenceType"]),
    ("inlineCode", &["value"]),
    ("inlineMath", &["value"]),
    ("link", &["url", "title"]),
    ("linkReference", &["identifier", "referenceType"]),
    ("list", &["ordered", "start", "spread"]),
    ("listItem", &["spread", "checked"]),
    ("math", &["value", "label"]),
    ("table", &["align"]),
    ("tableCell", &["header", "align", "colspan", "rowspan"]),
    ("text", &["value"]),
];

/// Types that are the same in Article JSON, without members of their own.
const SAME: &[&str] = &[
    "paragraph",
    "emphasis",
    "strong",
    "delete",
    "underline",
    "subscript",
    "superscript",
    "smallcaps",
    "keyboard",
    "blockquote",
    "break",
    "thematicBreak",
    "tableRow",
];

/// Whether a value is a page, or a tree that holds what only MyST has.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_root = |value: &Value<'_>| text(value, "type") == "root";
    let is_page =
        value.get("mdast").is_some_and(is_root) && (value.get("frontmatter").is_some() || value.get("kind").is_some());
    is_page || (is_root(value) && holds_myst(value))
}

/// Reads a page or a tree.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = match value.get("frontmatter") {
        Some(matter) => context.envelope(matter, &SHAPE),
        None => Article::default(),
    };
    let root = value.get("mdast").unwrap_or(value);
    let mut rewriter = Rewriter { context, target: String::new() };
    let length = rewriter.context.warnings.enter("mdast");
    let children = rewriter.children(root);
    rewriter.context.warnings.leave(length);
    article.body = Blocks::read(&Value::Array(children), &mut context.warnings).unwrap_or_default();
    lift_pictures(&mut article.body);
    let cited = value.get("references").and_then(|all| all.get("cite")?.get("data")?.as_object());
    for (id, entry) in cited.into_iter().flatten() {
        let line = context.inlines(first_text(entry, "html label"));
        let (url, doi) = (text(entry, "url").to_owned(), text(entry, "doi").to_owned());
        article.references.push(ReferenceEntry { id: id.to_owned(), text: line, url, doi });
    }
    Ok(article)
}

struct Rewriter<'a, 'b> {
    context: &'a mut Context<'b>,
    /// An anchor that the next block takes.
    target: String,
}

impl Rewriter<'_, '_> {
    fn children<'v>(&mut self, node: &'v Value<'v>) -> Vec<Value<'v>> {
        self.nodes(node.get("children").and_then(Value::as_array).into_iter().flatten())
    }

    fn nodes<'v>(&mut self, nodes: impl Iterator<Item = &'v Value<'v>>) -> Vec<Value<'v>> {
        let mut children = Vec::new();
        for (index, child) in nodes.enumerate() {
            let length = children.len();
            let outer = self.context.warnings.enter_item("children", index);
            self.node(child, &mut children);
            self.context.warnings.leave(outer);
            if children.len() > length && !self.target.is_empty() && text(&children[length], "type") != "text" {
                children[length]["id"] = std::mem::take(&mut self.target).into();
            }
        }
        children
    }

    /// The children of one type, and all others.
    fn split<'v>(&mut self, node: &'v Value<'v>, name: &str) -> (Vec<Value<'v>>, Vec<Value<'v>>) {
        let own = node.get("children").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let (named, others): (Vec<_>, Vec<_>) = own.iter().partition(|child| text(child, "type") == name);
        let named = named.into_iter().flat_map(|child| self.children(child)).collect();
        (named, self.nodes(others.into_iter()))
    }

    fn node<'v>(&mut self, node: &'v Value<'v>, out: &mut Vec<Value<'v>>) {
        let tag = text(node, "type");
        let mut object = Object::new();
        let identifier = first_text(node, "html_id identifier");
        if let Some((_, names)) = MEMBERS.iter().find(|(known, _)| *known == tag) {
            let members = names.iter().filter_map(|name| Some((*name, node.get(name)?)));
            object.extend(members.map(|(name, value)| (name.into(), value.clone())));
        } else if !SAME.contains(&tag) {
            return self.other(node, tag, out);
        }
        object.insert("type".to_owned(), tag.into());
        let is_anchor = matches!(tag, "heading" | "math" | "code" | "image" | "paragraph" | "table");
        if !identifier.is_empty() && is_anchor {
            object.insert("id".to_owned(), identifier.into());
        }
        if tag == "math" {
            object.insert("number".to_owned(), text(node, "enumerator").into());
        }
        if node.get("children").is_some() {
            object.insert("children".to_owned(), self.children(node).into());
        }
        out.push(Value::Object(object));
    }

    /// What Article JSON has in another form, or not at all.
    fn other<'v>(&mut self, node: &'v Value<'v>, tag: &str, out: &mut Vec<Value<'v>>) {
        let identifier = first_text(node, "html_id identifier");
        let label = if text(node, "label").is_empty() { identifier } else { text(node, "label") };
        let made = match tag {
            "mystComment" | "comment" | "blockBreak" | "captionNumber" => return,
            "mystTarget" => {
                label.clone_into(&mut self.target);
                return;
            }
            "container" => {
                let (mut caption, mut children) = self.split(node, "caption");
                children.retain(|child| {
                    let is_legend = text(child, "class.0") == LEGEND;
                    if is_legend && let Some(Value::Array(blocks)) = child.get("children") {
                        caption.extend(blocks.iter().cloned());
                    }
                    !is_legend
                });
                let number = text(node, "enumerator");
                let name = if text(node, "kind") == "table" { "Table" } else { "Figure" };
                let label = if number.is_empty() { String::new() } else { format!("{name} {number}") };
                json!({"type": "figure", "id": identifier, "label": label, "caption": caption, "children": children})
            }
            "legend" => json!({"type": "group", "class": [LEGEND], "children": self.children(node)}),
            "admonition" | "exercise" | "solution" | "proof" => {
                let (title, children) = self.split(node, "admonitionTitle");
                let class = text(node, "class").split(' ').next().unwrap_or_default();
                let kind = match text(node, "kind") {
                    "" | "admonition" if !class.is_empty() => class,
                    kind => kind,
                };
                let known = crate::article::AdmonitionKind::from_word(kind).map_or("custom", |_| kind);
                json!({"type": "admonition", "id": identifier, "kind": known, "title": title, "children": children})
            }
            "details" => {
                let (summary, children) = self.split(node, "summary");
                json!({"type": "details", "summary": summary, "children": children})
            }
            "tabItem" => {
                json!({"type": "details", "summary": text(node, "title"), "open": true, "children": self.children(node)})
            }
            "aside" | "card" => {
                let (title, children) = self.split(node, if tag == "card" { "cardTitle" } else { "admonitionTitle" });
                json!({"type": "aside", "title": title, "children": children})
            }
            "definitionList" => json!({"type": "definitionList", "children": self.definitions(node)}),
            "crossReference" => {
                let children = match self.children(node) {
                    children if children.is_empty() => vec![first_text(node, "enumerator label identifier").into()],
                    children => children,
                };
                json!({"type": "crossReference", "identifier": identifier, "children": children})
            }
            "cite" => {
                let shown: String = self.children(node).iter().map(|child| text(child, "value")).collect();
                json!({"type": "citation", "identifiers": [label], "label": shown})
            }
            "iframe" => json!({"type": "embed", "url": text(node, "src"), "title": text(node, "title")}),
            tag if tag == "mermaid" || (tag == "mystDirective" && text(node, "name") == "mermaid") => {
                json!({"type": "code", "lang": "mermaid", "value": text(node, "value")})
            }
            "si" | "mystRole" if node.get("children").is_none() => text(node, "value").into(),
            "mystDirective" if node.get("children").is_none() => {
                let name = text(node, "name").escape_debug().to_string();
                self.context.warnings.warn(format!("unknown directive `{name}`; shown as its source"));
                let value = [text(node, "args"), text(node, "value")].join("\n");
                json!({"type": "code", "value": value.trim()})
            }
            "block" | "mystDirective" | "mystDirectiveArg" | "mystDirectiveBody" | "mystRole" | "root" | "grid"
            | "tabSet" | "div" | "span" | "citeGroup" | "outputs" | "include" | "caption" | "admonitionTitle"
            | "summary" | "cardTitle" | "header" | "footer" => {
                return out.extend(self.children(node));
            }
            _ => {
                self.context.warnings.warn(format!("unknown node `{}`; shown as text", tag.escape_debug()));
                let text = first_text(node, "value alt title");
                out.extend(self.children(node));
                if text.is_empty() {
                    return;
                }
                text.into()
            }
        };
        out.push(made);
    }

    fn definitions<'v>(&mut self, node: &'v Value<'v>) -> Vec<Value<'v>> {
        let mut items: Vec<Value<'v>> = Vec::new();
        for part in node.get("children").and_then(Value::as_array).into_iter().flatten() {
            let children = Value::from(self.children(part));
            let is_term = text(part, "type") == "defTerm";
            let is_new = items.last().is_none_or(|item| is_term && item["definitions"] != json!([]));
            if is_new {
                items.push(json!({"type": "definitionItem", "terms": [], "definitions": []}));
            }
            let place = if is_term { "terms" } else { "definitions" };
            if let Some(Value::Array(list)) = items.last_mut().map(|item| &mut item[place]) {
                list.push(children);
            }
        }
        items
    }
}

/// Marks what is to follow a caption until the figure around it is made.
const LEGEND: &str = "legend";

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn pages_have_front_matter_and_what_myst_adds_to_mdast() {
        let text = |text: &str| json!([{"type": "text", "value": text}]);
        let paragraph = |words: &str| json!({"type": "paragraph", "children": text(words)});
        check(
            &json!({
                "kind": "Article",
                "frontmatter": {"title": "T", "authors": [{"name": "A", "orcid": "0000"}], "license": {"content": {"id": "CC-BY-4.0"}}},
                "mdast": {"type": "root", "children": [{"type": "block", "children": [
                    {"type": "mystTarget", "label": "here"},
                    paragraph("a"),
                    {"type": "container", "kind": "figure", "identifier": "f", "enumerator": "1", "children": [
                        {"type": "image", "url": "/i.png", "urlOptimized": "x", "width": "70%"},
                        {"type": "caption", "children": [{"type": "captionNumber"}, paragraph("c")]},
                        {"type": "legend", "children": [paragraph("l")]},
                    ]},
                    {"type": "admonition", "kind": "seealso", "children": [
                        {"type": "admonitionTitle", "children": text("S")}, paragraph("s"),
                    ]},
                    {"type": "mystDirective", "name": "abc", "value": "v"},
                    {"type": "mystDirective", "name": "mermaid", "value": "graph TD"},
                    {"type": "mystDirective", "name": "own", "children": [
                        {"type": "mystDirectiveBody", "value": "once", "children": [{"type": "paragraph", "children": [{"type": "text", "value": "once"}]}]},
                    ]},
                    {"type": "paragraph", "children": [
                        {"type": "cite", "label": "k", "children": text("K 2020")}, {"type": "mystRole", "name": "r", "value": "w"},
                    ]},
                    {"type": "wholly-new", "children": text("n")},
                ]}]},
                "references": {"cite": {"data": {"k": {"html": "<i>K</i>", "doi": "10.1/k"}}}},
            }),
            Format::Myst,
            &json!({
                "title": "T", "authors": [{"name": "A", "orcid": "0000"}], "license": "CC-BY-4.0",
                "references": [{"id": "k", "text": [{"type": "emphasis", "children": "K"}], "doi": "10.1/k"}],
                "body": [
                    {"type": "paragraph", "id": "here", "children": "a"},
                    {"type": "figure", "id": "f", "label": "Figure 1", "children": [{"type": "image", "url": "https://site.example/i.png"}],
                     "caption": [{"type": "paragraph", "children": "c"}, {"type": "paragraph", "children": "l"}]},
                    {"type": "admonition", "kind": "info", "title": "S", "children": [{"type": "paragraph", "children": "s"}]},
                    {"type": "code", "value": "v"},
                    {"type": "code", "lang": "mermaid", "value": "graph TD"},
                    {"type": "paragraph", "children": "once"},
                    {"type": "paragraph", "children": [{"type": "citation", "identifiers": ["k"], "label": "K 2020"}, "w"]},
                    {"type": "paragraph", "children": "n"},
                ],
                "warnings": [
                    "/mdast/children/0/children/4 unknown directive `abc`; shown as its source", "/mdast/children/0/children/8 unknown node `wholly-new`; shown as text",
                ],
            }),
        );
    }
}
