//! Contentful: entries with a rich text among their fields, and rich texts alone. What a text names by an id, an
//! asset or another entry, is looked up among what the answer includes.

use std::rc::Rc;

use super::fields::{date, member, text};
use super::marks::{self, Lines};
use super::media::{Medium, captioned};
use super::tree::{self, Dialect, Flow, Role, Walk, whole, words};
use super::{Context, ReadError, rescue, rich_text};
use crate::article::{Article, Block, Blocks, Kind};
use crate::json::{Object, Value, json};

/// Whether a value is an entry with a rich text.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let fields = value.get("fields").and_then(Value::as_object);
    let has_document = |fields: &Object<'_>| fields.values().any(|field| is_document(localised(field)));
    text(value, "sys.type") == "Entry" && fields.is_some_and(has_document)
}

/// Whether a value is a rich text, alone or as GraphQL gives it, beside what it links to.
pub(super) fn is_document(value: &Value<'_>) -> bool {
    let value = value.get("json").unwrap_or(value);
    value.get("nodeType").is_some_and(|name| name == "document") && value.get("content").is_some_and(Value::is_array)
}

/// What an answer includes, by kind and id.
pub(super) fn linked(answer: &Value<'_>) -> Object<'static> {
    let lists = ["includes.Asset", "includes.Entry", "items"].iter().filter_map(|path| member(answer, path));
    let items = lists.filter_map(Value::as_array).flatten();
    items.map(|item| (link_name(item), item.clone().into_owned())).collect()
}

/// The kind and the id of an item, or of what a link leads to.
fn link_name(item: &Value<'_>) -> String {
    let kind = text(item, "sys.linkType");
    let kind = if kind.is_empty() { text(item, "sys.type") } else { kind };
    [kind, "/", text(item, "sys.id")].concat()
}

/// Reads an entry, or a rich text alone or in an object.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    if !matches(value) {
        return rich_text::read(value, context);
    }
    context.shown = Object::new();
    let mut fields = Object::new();
    let linked = Rc::clone(&context.linked);
    for (name, field) in value.get("fields").and_then(Value::as_object).into_iter().flatten() {
        fields.insert(name, in_place(localised(field), &linked));
    }
    let length = context.warnings.enter("fields");
    let article = rich_text::read_around(&Value::Object(fields), context);
    context.warnings.leave(length);
    let mut article = article?;
    article.published = article.published.or_else(|| date(value, "sys.createdAt"));
    article.updated = article.updated.or_else(|| date(value, "sys.updatedAt"));
    if article.language.is_empty() {
        text(value, "sys.locale").clone_into(&mut article.language);
    }
    text(value, "sys.id").clone_into(&mut article.id);
    Ok(article)
}

/// A field, with the address of an asset or the name of an entry in place of a link to it.
fn in_place<'v>(field: &'v Value<'v>, linked: &'v Object<'v>) -> Value<'v> {
    match target(field, linked) {
        Some(asset) if !field_text(asset, "file.url").is_empty() => field_text(asset, "file.url").into(),
        Some(entry) => title_of(entry).into(),
        None => field.clone(),
    }
}

/// What a link leads to, where the answer includes it.
fn target<'l>(link: &Value<'_>, linked: &'l Object<'l>) -> Option<&'l Value<'l>> {
    if text(link, "sys.type") != "Link" {
        return None;
    }
    linked.get(&link_name(link))
}

/// A field in one language: in answers of the management API it has a member for each.
fn localised<'v>(field: &'v Value<'v>) -> &'v Value<'v> {
    let Value::Object(members) = field else { return field };
    let is_tag = |key: &str| matches!(key.as_bytes(), [_, _] | [_, _, b'-', _, _]);
    if !members.keys().all(is_tag) {
        return field;
    }
    members.get("en-US").or_else(|| members.values().next()).unwrap_or(field)
}

/// The value at a path below the fields of an item.
fn field<'v>(item: &'v Value<'v>, path: &str) -> Option<&'v Value<'v>> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let field = localised(item.get("fields")?.get(name)?);
    if rest.is_empty() { Some(field) } else { member(field, rest) }
}

fn field_text<'v>(item: &'v Value<'v>, path: &str) -> &'v str {
    field(item, path).and_then(Value::as_str).unwrap_or_default()
}

fn title_of<'v>(item: &'v Value<'v>) -> &'v str {
    let titles = ["title", "headline", "name", "heading", "label"].iter().map(|name| field_text(item, name));
    titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default()
}

/// What GraphQL gives beside a rich text, in the form that the REST API has.
fn linked_beside(value: &Value<'_>) -> Object<'static> {
    let kinds = [("assets", "Asset"), ("entries", "Entry")].into_iter();
    let places = kinds.flat_map(|(list, kind)| ["block", "inline", "hyperlink"].map(|place| (list, kind, place)));
    let mut linked = Object::new();
    for (list, kind, place) in places {
        let items = value.get("links").and_then(|links| links.get(list)?.get(place)?.as_array());
        for item in items.into_iter().flatten() {
            let mut fields = item.clone();
            if kind == "Asset" {
                let size = json!({"image": {"width": item.get("width"), "height": item.get("height")}, "size": item.get("size")});
                let file = json!({"url": item.get("url"), "contentType": item.get("contentType"), "details": size});
                fields = json!({"title": item.get("title"), "description": item.get("description"), "file": file});
            }
            let sys = json!({"type": kind, "id": text(item, "sys.id"), "contentType": {"sys": {"id": text(item, "__typename")}}});
            let whole = json!({"sys": sys, "fields": fields});
            linked.insert(link_name(&whole), whole.into_owned());
        }
    }
    linked
}

/// Reads a rich text.
pub(super) fn document(value: &Value<'_>, context: &mut Context<'_>) -> Blocks {
    if let Some(tree) = value.get("json") {
        let outer = std::mem::replace(&mut context.linked, Rc::new(linked_beside(value)));
        let blocks = document(tree, context);
        context.linked = outer;
        return blocks;
    }
    tree::read(value, &Dialect { lines: Lines::Break, own }, context)
}

/// Nodes that name an asset or another entry.
fn own(walk: &mut Walk<'_, '_>, node: &Value<'_>, name: &str, flow: &mut Flow) -> bool {
    if !matches!(
        name,
        "embedded-asset-block"
            | "embedded-entry-block"
            | "embedded-resource-block"
            | "embedded-entry-inline"
            | "embedded-resource-inline"
            | "entry-hyperlink"
            | "asset-hyperlink"
            | "resource-hyperlink"
    ) {
        return false;
    }
    let link = member(node, "data.target").unwrap_or(&Value::Null);
    // The management API of older times has the item itself there.
    let linked = Rc::clone(&walk.context.linked);
    let found = target(link, &linked).or_else(|| link.get("fields").map(|_| link));
    if name.ends_with("hyperlink") {
        let url = found.map(|item| match field_text(item, "file.url") {
            "" => words(item.get("fields").unwrap_or(item), &["url", "href", "link"]),
            url => url,
        });
        walk.marked(marks::link(url.unwrap_or_default(), ""), node, flow);
        return true;
    }
    let Some(item) = found else {
        walk.context.warnings.warn("an item that is not in the file; left out");
        walk.children(node, flow);
        return true;
    };
    if name.ends_with("inline") {
        let own = |names: &[&str]| names.iter().map(|name| field_text(item, name)).find(|text| !text.is_empty());
        let title = Some(title_of(item)).filter(|title| !title.is_empty());
        let shown = title.or_else(|| own(&["linkText", "text", "nt_fallback"])).unwrap_or_default();
        if walk.context.spend(shown.len()) {
            walk.marks.extend(own(&["url", "href", "link"]).and_then(|url| marks::link(url, "")));
            walk.text(shown, flow);
        }
    } else if !walk.context.afford(item) {
        return true;
    } else if !field_text(item, "file.url").is_empty() {
        flow.flush();
        flow.blocks.extend(asset(item).map(Block::new));
    } else {
        flow.flush();
        entry(item, &linked, walk, flow);
    }
    true
}

fn asset(item: &Value<'_>) -> Option<Kind> {
    let mime = field_text(item, "file.contentType");
    let size = |path: &str| field(item, path).and_then(whole);
    let (title, description) = (field_text(item, "title"), field_text(item, "description"));
    let mut medium = Medium {
        url: field_text(item, "file.url"),
        mime,
        width: size("file.details.image.width"),
        height: size("file.details.image.height"),
        size: size("file.details.size"),
        ..Medium::default()
    };
    match mime.split('/').next().unwrap_or_default() {
        "image" => {
            medium.alt = if description.is_empty() { title } else { description };
            medium.block(Role::Image)
        }
        kind @ ("video" | "audio") => {
            medium.title = title;
            medium.block(if kind == "video" { Role::Video } else { Role::Audio })
        }
        _ => {
            (medium.title, medium.description) = (title, description);
            medium.block(Role::File)
        }
    }
}

/// An entry in the text: of a site's own type, of which only words and addresses are known. Each is shown in full
/// once, since they may hold each other, and by its title after that.
fn entry(item: &Value<'_>, linked: &Object<'_>, walk: &mut Walk<'_, '_>, flow: &mut Flow) {
    if walk.context.shown.insert(link_name(item), Value::Null).is_some() && !text(item, "sys.id").is_empty() {
        walk.text(title_of(item), flow);
        return flow.flush();
    }
    let fields = item.get("fields").unwrap_or(item);
    let kind = text(item, "sys.contentType.sys.id");
    let url = ["url", "embedUrl", "videoUrl", "link"]
        .iter()
        .map(|name| field_text(item, name))
        .find(|url| url.contains("://"));
    let image = ["image", "media", "file", "picture"].iter().find_map(|name| field(item, name));
    let image = image.and_then(|link| target(link, linked)).filter(|asset| !field_text(asset, "file.url").is_empty());
    let code = field_text(item, "code");
    match (url, image) {
        (Some(url), None) if crate::markup::embed(url).is_some() => {
            let embed = Medium { url, title: title_of(item), ..Medium::default() }.block(Role::Embed);
            flow.blocks.extend(embed.map(Block::new));
        }
        (_, Some(picture)) => {
            let kind = asset(picture);
            let caption = walk.context.inlines(field_text(item, "caption"));
            flow.blocks.extend(kind.map(|kind| Block::new(captioned(kind, caption))));
        }
        _ if !code.is_empty() => flow.block(tree::code_block(code.to_owned(), field_text(item, "language"))),
        _ => {
            let mut plain = Object::new();
            for (name, field) in fields.as_object().into_iter().flatten() {
                plain.insert(name, localised(field).clone());
            }
            flow.blocks.extend(rescue::unknown(kind, &Value::Object(plain), walk.context).0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Hint, read};
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(nodes: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
        let document = json!({"nodeType": "document", "data": {}, "content": nodes});
        rich_text::check(Format::Contentful, &document, expect, warnings);
    }

    fn leaf(text: &str) -> Value<'static> {
        json!({"nodeType": "text", "value": text, "marks": []})
    }

    #[test]
    fn graphql_gives_what_is_linked_beside_the_text() {
        let target = |kind: &str, id: &str| json!({"target": {"sys": {"type": "Link", "linkType": kind, "id": id}}});
        let document = json!({"nodeType": "document", "data": {}, "content": [
            {"nodeType": "paragraph", "content": [leaf("a")]},
            {"nodeType": "embedded-asset-block", "data": target("Asset", "1"), "content": []},
            {"nodeType": "embedded-entry-block", "data": target("Entry", "2"), "content": []},
        ]});
        let links = json!({
            "assets": {"block": [{"sys": {"id": "1"}, "url": "https://a.example/a.png", "contentType": "image/png", "title": "A", "width": 4, "height": 3}]},
            "entries": {"block": [{"sys": {"id": "2"}, "__typename": "Code", "code": "x", "language": "js"}]},
        });
        super::super::check(
            &json!({"data": {"postCollection": {"items": [{"title": "T", "body": {"json": document, "links": links}}]}}}),
            Format::Contentful,
            &json!({"title": "T", "body": [
                {"type": "paragraph", "children": "a"},
                {"type": "image", "url": "https://a.example/a.png", "alt": "A", "width": 4, "height": 3},
                {"type": "code", "lang": "js", "value": "x"},
            ]}),
        );
    }

    #[test]
    fn entries_in_a_line_may_be_links() {
        let entry =
            json!({"sys": {"type": "Entry", "id": "1"}, "fields": {"linkText": "b", "url": "https://b.example/"}});
        check(
            &json!([{"nodeType": "paragraph", "content": [
                leaf("a "), {"nodeType": "embedded-entry-inline", "data": {"target": entry}, "content": []}, leaf("c"),
            ]}]),
            &json!([{"type": "paragraph", "children": ["a ", {"type": "link", "url": "https://b.example/", "children": "b"}, "c"]}]),
            &[],
        );
    }

    #[test]
    fn nodes_and_marks() {
        let p = |text: &str| json!({"nodeType": "paragraph", "content": [leaf(text)]});
        check(
            &json!([
                {"nodeType": "heading-2", "content": [leaf("T")]},
                {"nodeType": "paragraph", "content": [
                    {"nodeType": "text", "value": "a", "marks": [{"type": "bold"}, {"type": "superscript"}]},
                    {"nodeType": "hyperlink", "data": {"uri": "/x"}, "content": [leaf("b")]},
                    leaf("c\nd"),
                ]},
                {"nodeType": "unordered-list", "content": [{"nodeType": "list-item", "content": [p("e")]}]},
                {"nodeType": "table", "content": [
                    {"nodeType": "table-row", "content": [{"nodeType": "table-header-cell", "content": [p("h")]}]},
                    {"nodeType": "table-row", "content": [{"nodeType": "table-cell", "data": {"colspan": 2}, "content": [p("f")]}]},
                ]},
                {"nodeType": "hr"},
                {"nodeType": "embedded-asset-block", "data": {"target": {"sys": {"type": "Link", "linkType": "Asset", "id": "1"}}}, "content": []},
            ]),
            &json!([
                {"type": "heading", "depth": 2, "children": "T"},
                {"type": "paragraph", "children": [
                    {"type": "strong", "children": [{"type": "superscript", "children": "a"}]},
                    {"type": "link", "url": "/x", "children": "b"},
                    "c", {"type": "break"}, "d",
                ]},
                {"type": "list", "children": [{"type": "listItem", "children": [{"type": "paragraph", "children": "e"}]}]},
                {"type": "table", "headerRows": 1, "children": [
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "h", "header": true}]},
                    {"type": "tableRow", "children": [{"type": "tableCell", "children": "f", "colspan": 2}]},
                ]},
                {"type": "thematicBreak"},
            ]),
            &["/content/5: an item that is not in the file; left out"],
        );
    }

    #[test]
    fn links_are_looked_up_in_what_the_answer_includes() {
        let target = |kind: &str, id: &str| json!({"target": {"sys": {"type": "Link", "linkType": kind, "id": id}}});
        let node = |name: &str, kind: &str, id: &str, text: &str| json!({"nodeType": name, "data": target(kind, id), "content": [leaf(text)]});
        let file = json!({"url": "//images.example/a.png", "contentType": "image/png", "details": {"image": {"width": 800, "height": 600}}});
        let entry = json!({
            "sys": {"type": "Entry", "id": "e", "createdAt": "2024-10-16T00:00:00Z", "locale": "de"},
            "fields": {
                "title": "T", "author": target("Entry", "a")["target"], "heroImage": target("Asset", "p")["target"],
                "text": {"nodeType": "document", "content": [
                    node("embedded-asset-block", "Asset", "p", ""),
                    {"nodeType": "paragraph", "content": [node("asset-hyperlink", "Asset", "p", "a"), node("embedded-entry-inline", "Entry", "a", "")]},
                    node("embedded-entry-block", "Entry", "v", ""),
                    node("embedded-entry-block", "Entry", "v", ""),
                ]},
            },
        });
        let answer = json!({
            "sys": {"type": "Array"}, "items": [entry],
            "includes": {
                "Asset": [{"sys": {"type": "Asset", "id": "p"}, "fields": {"title": "P", "file": file}}],
                "Entry": [
                    {"sys": {"type": "Entry", "id": "a"}, "fields": {"name": {"en-US": "Ann", "de": "Anna"}}},
                    {"sys": {"type": "Entry", "id": "v"}, "fields": {"videoUrl": "https://vimeo.com/1", "title": "V"}},
                ],
            },
        });
        let reading =
            read(answer.to_string().as_bytes(), &Hint::default(), crate::markup::parse::parse).expect("an entry");
        let article = &reading.articles[0].to_json();
        assert_eq!(
            (reading.format, &article["title"], &article["language"]),
            (Format::Contentful, &json!("T"), &json!("de"))
        );
        assert_eq!(
            (&article["authors"], &article["published"]),
            (&json!([{"name": "Ann"}]), &json!("2024-10-16T00:00:00Z"))
        );
        assert_eq!(article["hero"]["src"], "https://images.example/a.png");
        assert_eq!(
            article["body"],
            json!([
                {"type": "image", "url": "https://images.example/a.png", "alt": "P", "width": 800, "height": 600},
                {"type": "paragraph", "children": [{"type": "link", "url": "https://images.example/a.png", "children": "a"}, "Ann"]},
                {"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "embedUrl": "https://player.vimeo.com/video/1?dnt=1", "title": "V"},
                {"type": "paragraph", "children": "V"},
            ])
        );
    }
}
