//! News items of ninjs, the JSON of the IPTC, versions 1 to 3.

use super::envelope::{Shape, first_text};
use super::fields::{is_html, number, paragraphs, text};
use super::{Context, ReadError, ReadErrorKind};
use crate::article::{Article, Hero, Person};
use crate::json::Value;

/// Pictures wider than this are for printing.
const WIDEST: u32 = 2400;

const SHAPE: Shape = Shape {
    title: "headline title",
    kicker: "slugline",
    description: "description_text description_xhtml",
    id: "uri",
    language: "language",
    published: "firstcreated firstCreated contentcreated contentCreated versioncreated versionCreated",
    updated: "versioncreated versionCreated",
    authors: "byline by",
    copyright: "copyrightnotice copyrightNotice",
    ..Shape::EMPTY
};

const MARKS: &[&str] = &[
    "versioncreated",
    "versionCreated",
    "pubstatus",
    "pubStatus",
    "headlines",
    "bodies",
    "body_xhtml",
    "body_text",
    "renditions",
];

/// Whether a value is a news item.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let names = |path: &str| text(value, path) == "ninjs";
    value.get("uri").is_some_and(Value::is_string)
        && (names("standard.name") || names("$standard.name") || MARKS.iter().any(|mark| value.get(mark).is_some()))
        && value.get("@context").is_none()
}

/// Reads a news item.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    if article.title.is_empty() {
        article.title = context.title(of_role(value, "headlines", &["main", "headline", ""]));
    }
    if article.description.is_empty() {
        article.description = context.excerpt(of_role(value, "descriptions", &["text", "summary", "drop", ""]));
    }
    if article.authors.is_empty() {
        article.authors = named(value, &["people", "person"], &["author", "creator", "writer"]);
    }
    article.tags = context.tags(value, "subjects subject keywords");
    let is_picture = matches!(text(value, "type"), "picture" | "graphic");
    article.hero = if is_picture { picture(value, context) } else { None }.or_else(|| associated(value, context));
    let body = body(value);
    match body {
        "" => {
            let description = of_role(value, "descriptions", &["text", "caption", "summary", "drop", ""]);
            let description = first_text(value, "description_xhtml description_text description_caption_xhtml")
                .to_owned()
                + description;
            (article.body, article.footnotes) = context.text(&description);
            if !is_picture {
                context.warnings.warn("the text itself is not in this file");
            }
        }
        html if is_html(html) => (article.body, article.footnotes) = context.body(html),
        plain => article.body = paragraphs(plain),
    }
    if article.title.is_empty() && article.body.is_empty() {
        return Err(ReadErrorKind::UnknownShape { found: "a news item without headline and text".to_owned() }.into());
    }
    Ok(article)
}

/// The text: as HTML, else in other markup, else plain.
fn body<'v>(value: &'v Value<'v>) -> &'v str {
    let own = first_text(value, "body_xhtml body_html body_text");
    if !own.is_empty() {
        return own;
    }
    let bodies = value.get("bodies").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let rank = |body: &&Value<'_>| {
        let kind = first_text(body, "contentType contenttype role");
        match kind {
            kind if kind.contains("html") => 0,
            kind if kind.contains("xml") => 1,
            _ => 2,
        }
    };
    let filled = bodies.iter().filter(|body| !text(body, "value").trim().is_empty());
    filled.min_by_key(rank).map_or("", |body| text(body, "value"))
}

/// The value that one of the roles has in a list of texts; an empty role stands for any.
fn of_role<'a>(value: &'a Value<'a>, list: &str, roles: &[&str]) -> &'a str {
    let items = value.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = roles.iter().find_map(|role| {
        items.iter().find(|item| (role.is_empty() || text(item, "role") == *role) && !text(item, "value").is_empty())
    });
    found.map_or("", |item| text(item, "value"))
}

fn named(value: &Value<'_>, lists: &[&str], roles: &[&str]) -> Vec<Person> {
    let people = lists.iter().filter_map(|list| value.get(list)?.as_array()).flatten();
    let wanted = people.filter(|person| roles.contains(&first_text(person, "role rel")));
    wanted.map(|person| Person { name: text(person, "name").to_owned(), ..Person::default() }).collect()
}

/// Version 1 has members under names of its choice, later ones a list.
fn items<'v>(value: Option<&'v Value<'v>>) -> Vec<&'v Value<'v>> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(members)) => members.values().collect(),
        _ => Vec::new(),
    }
}

fn associated(value: &Value<'_>, context: &mut Context<'_>) -> Option<Hero> {
    let pictures = items(value.get("associations")).into_iter().filter(|item| text(item, "type") == "picture");
    pictures.into_iter().find_map(|item| picture(item, context))
}

/// The largest form of a picture that is meant for screens.
fn picture(item: &Value<'_>, context: &mut Context<'_>) -> Option<Hero> {
    let forms = items(item.get("renditions")).into_iter().filter(|form| {
        let mime = first_text(form, "mimetype contentType contenttype");
        !text(form, "href").is_empty() && (mime.is_empty() || mime.starts_with("image/"))
    });
    let width = |form: &Value<'_>| number(form, "width").unwrap_or_default();
    let form = forms.max_by_key(|form| (width(form) <= WIDEST, width(form)))?;
    let caption = match first_text(item, "description_xhtml description_text") {
        "" => of_role(item, "descriptions", &["caption", "text", ""]),
        own => own,
    };
    Some(Hero {
        src: text(form, "href").to_owned(),
        width: number(form, "width"),
        height: number(form, "height"),
        caption: context.inlines(caption),
        credit: context.plain(first_text(item, "byline by creditline")),
        ..Hero::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn the_first_version_names_its_members() {
        check(
            &json!({
                "uri": "urn:1", "versioncreated": "2024-10-16T10:00:00Z", "headline": "T", "byline": "By Ann Lee",
                "body_text": "x", "body_xhtml": "<p>a</p>",
                "associations": {"main": {"type": "picture", "description_text": "D", "byline": "P", "renditions": {
                    "print": {"href": "/p.jpg", "width": 9000}, "web": {"href": "/w.jpg", "width": 800}, "s": {"href": "/s.jpg", "width": 80},
                }}},
            }),
            Format::Ninjs,
            &json!({
                "title": "T", "authors": [{"name": "Ann Lee"}], "body": [{"type": "paragraph", "children": "a"}],
                "hero": {"src": "https://site.example/w.jpg", "width": 800, "caption": "D", "credit": "P"},
            }),
        );
    }

    #[test]
    fn later_versions_have_lists_with_roles() {
        check(
            &json!({
                "uri": "urn:1", "versionCreated": "2024-10-16T10:00:00Z", "by": "Ann Lee",
                "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "T"}],
                "bodies": [{"contentType": "text/plain", "value": "x"}, {"contentType": "text/html", "value": "<p>a</p>"}],
            }),
            Format::Ninjs,
            &json!({"title": "T", "body": [{"type": "paragraph", "children": "a"}]}),
        );
    }
}
