//! Envelopes: what stands around the text of an article, read by tables of paths.
//!
//! Most formats say the same things under other names; a [`Shape`] lists the names of one, and one function reads all.

use super::Context;
use super::fields::{date, member, number, people, text, without_address};
use crate::article::{Article, Date, Hero, Person, Site, Tag};
use crate::json::Value;
use crate::warning::printable;

/// A date that is none is quoted up to this length.
const QUOTED: usize = 80;

/// Lists nested in each other deeper than this are not looked into.
const DEEPEST: u32 = 4;

/// Where a format has what: paths separated by spaces, of which the first one that holds something counts.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) title: &'static str,
    pub(super) subtitle: &'static str,
    pub(super) kicker: &'static str,
    pub(super) description: &'static str,
    pub(super) url: &'static str,
    pub(super) id: &'static str,
    pub(super) language: &'static str,
    pub(super) published: &'static str,
    pub(super) updated: &'static str,
    pub(super) authors: &'static str,
    pub(super) site: &'static str,
    /// Addresses, or objects with address, text and caption.
    pub(super) picture: &'static str,
    pub(super) picture_alt: &'static str,
    pub(super) picture_caption: &'static str,
    pub(super) tags: &'static str,
    pub(super) categories: &'static str,
    pub(super) license: &'static str,
    pub(super) copyright: &'static str,
}

impl Shape {
    /// No part anywhere; the others are written over it.
    pub(super) const EMPTY: Self = Self {
        title: "",
        subtitle: "",
        kicker: "",
        description: "",
        url: "",
        id: "",
        language: "",
        published: "",
        updated: "",
        authors: "",
        site: "",
        picture: "",
        picture_alt: "",
        picture_caption: "",
        tags: "",
        categories: "",
        license: "",
        copyright: "",
    };
}

impl Context<'_> {
    /// Reads everything but the text.
    pub(super) fn envelope(&mut self, value: &Value<'_>, shape: &Shape) -> Article {
        let line = |paths: &str| first_text(value, paths).trim().to_owned();
        let id = match first(value, shape.id) {
            Some(Value::Number(number)) => number.to_string(),
            _ => line(shape.id),
        };
        Article {
            title: self.title(first_text(value, shape.title)),
            subtitle: self.title(first_text(value, shape.subtitle)),
            kicker: self.plain(first_text(value, shape.kicker)),
            description: self.excerpt(first_text(value, shape.description)),
            url: line(shape.url),
            id,
            language: line(shape.language).replace('_', "-"),
            published: self.moment(value, shape.published),
            updated: self.moment(value, shape.updated),
            draft: is_draft(value),
            authors: self.authors(value, shape.authors),
            site: first(value, shape.site).and_then(site),
            hero: self.hero(value, shape),
            tags: self.tags(value, shape.tags),
            categories: self.tags(value, shape.categories),
            license: Tag { name: line(shape.license), url: String::new() },
            copyright: line(shape.copyright),
            ..Article::default()
        }
    }

    /// The date at the first path that has one; where there is only something else, that is told.
    fn moment(&mut self, value: &Value<'_>, paths: &str) -> Option<Date> {
        // Some libraries write the start of 1970 where there is no date.
        let a_date = |path: &str| date(value, path).filter(|date| Some(*date) != Date::from_epoch(0.0));
        let found = paths.split(' ').find_map(a_date);
        if found.is_none()
            && let Some(path) = paths.split(' ').find(|path| is_meant_as_date(text(value, path)))
        {
            let written: String = text(value, path).chars().take(QUOTED).collect();
            let lengths: Vec<usize> = path.split('.').map(|key| self.warnings.enter(key)).collect();
            self.warnings.warn(format!("{}, found `{}`", Date::EXPECTED, printable(written.trim())));
            lengths.into_iter().rev().for_each(|length| self.warnings.leave(length));
        }
        found
    }

    /// The people at the first path that names some.
    pub(super) fn authors(&mut self, value: &Value<'_>, paths: &str) -> Vec<Person> {
        let mut found = Vec::new();
        for path in paths.split(' ') {
            if let Some(value) = member(value, path)
                && found.is_empty()
            {
                self.push_people(value, &mut found, 0);
            }
        }
        found
    }

    fn push_people(&mut self, value: &Value<'_>, found: &mut Vec<Person>, depth: u32) {
        match value {
            Value::String(byline) => found.extend(people(&self.plain_lines(byline))),
            Value::Array(items) if depth < DEEPEST => {
                items.iter().for_each(|item| self.push_people(item, found, depth + 1));
            }
            Value::Object(_) => {
                // Pictures of people are often a third party's, who would be told who reads what.
                let name = first_text(value, NAMES);
                let name = if name.is_empty() { first_text(value, "node.name givenName") } else { name };
                let url = first_text(value, "url URL link website uri node.url").to_owned();
                let bio = self.excerpt(first_text(value, "bio biography bio.plain"));
                let affiliation = first_text(value, "affiliation.name affiliation organization.name affiliations.0.name.0 affiliations.0.name affiliations.0").to_owned();
                let name = without_address(&self.plain(name)).to_owned();
                if name.is_empty() {
                    if let Some(inner) = wrapped(value).filter(|_| depth < DEEPEST) {
                        self.push_people(inner, found, depth + 1);
                    }
                } else if !found.iter().any(|person| person.name == name) {
                    let orcid = text(value, "orcid").to_owned();
                    found.push(Person { name, url, bio, affiliation, orcid, ..Person::default() });
                }
            }
            _ => {}
        }
    }

    /// A byline, whose line breaks tell a name from what follows it.
    fn plain_lines(&mut self, byline: &str) -> String {
        if byline.contains(['<', '&']) { self.plain(byline) } else { byline.trim().to_owned() }
    }

    /// The tags at the first path that has some: strings, objects with a name, one string with commas or semicolons, or
    /// an object whose members are named by tags.
    pub(super) fn tags(&mut self, value: &Value<'_>, paths: &str) -> Vec<Tag> {
        let mut tags = Vec::new();
        if let Some(found) = first(value, paths) {
            self.push_tags(found, &mut tags, 0);
        }
        tags
    }

    fn push_tags(&mut self, value: &Value<'_>, tags: &mut Vec<Tag>, depth: u32) {
        let mut push = |name: String, url: &str| {
            if !name.is_empty() && !tags.iter().any(|tag| tag.name == name) {
                tags.push(Tag { name, url: url.to_owned() });
            }
        };
        match value {
            Value::String(list) if depth == 0 => {
                // Entities end with a semicolon, too.
                let list = self.plain(list);
                let separator = if list.contains(';') { ';' } else { ',' };
                list.split(separator).for_each(|name| push(name.trim().to_owned(), ""));
            }
            Value::String(name) => push(self.plain(name), ""),
            Value::Array(items) if depth < DEEPEST => {
                items.iter().for_each(|item| self.push_tags(item, tags, depth + 1));
            }
            Value::Object(members) => {
                let name = first_text(value, "name title term label");
                let inner = wrapped(value).filter(|_| depth < DEEPEST);
                match inner {
                    _ if !name.is_empty() => push(self.plain(name), first_text(value, "url link")),
                    // Beside a list there is at most what tells its pages.
                    Some(inner) if depth > 0 || members.len() < 3 => self.push_tags(inner, tags, depth + 1),
                    _ if depth == 0 && members.values().any(Value::is_object) => {
                        members.keys().for_each(|name| push(name.to_owned(), ""));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn hero(&mut self, value: &Value<'_>, shape: &Shape) -> Option<Hero> {
        let mut hero = shape.picture.split(' ').find_map(|path| self.picture(member(value, path)?, 0))?;
        let alt = first_text(value, shape.picture_alt);
        if !alt.is_empty() {
            hero.alt = self.plain(alt);
        }
        let caption = first_text(value, shape.picture_caption);
        if !caption.is_empty() {
            hero.caption = self.line(caption);
        }
        Some(hero)
    }

    /// A picture: its address, or an object or list that has it.
    pub(super) fn picture(&mut self, value: &Value<'_>, depth: u32) -> Option<Hero> {
        match value {
            Value::String(src) if !src.trim().is_empty() => {
                Some(Hero { src: src.trim().to_owned(), ..Hero::default() })
            }
            Value::Array(items) if depth < DEEPEST => items.iter().find_map(|item| self.picture(item, depth + 1)),
            Value::Object(_) => {
                let url = || value.get("url").filter(|inner| inner.is_object() || inner.is_array());
                let inner = wrapped(value).or_else(url).filter(|_| depth < DEEPEST);
                let src = first_text(
                    value,
                    "url src source_url sourceUrl contentUrl href uri URL secure_url mediaItemUrl filename",
                );
                let mut hero = if src.is_empty() {
                    self.picture(inner?, depth + 1)?
                } else {
                    Hero { src: src.to_owned(), ..Hero::default() }
                };
                // What is said around a file is said for this article.
                let alt = first_text(value, "alt altText alt_text alternativeText");
                if !alt.is_empty() {
                    hero.alt = self.plain(alt);
                }
                let caption = first_text(value, "caption caption.rendered description");
                if !caption.is_empty() {
                    hero.caption = self.line(caption);
                }
                let credit = first_text(value, "credit creditText");
                if !credit.is_empty() {
                    hero.credit = self.plain(credit);
                }
                hero.width = number(value, "width").or_else(|| number(value, "width.value")).or(hero.width);
                hero.height = number(value, "height").or_else(|| number(value, "height.value")).or(hero.height);
                Some(hero)
            }
            _ => None,
        }
    }
}

/// Whether a file says of itself that it is not published, as generators of sites and services write it. Dates to come
/// do not count: there is no clock here.
pub(super) fn is_draft(value: &Value<'_>) -> bool {
    let says = |key: &str, words: &[&str]| match value.get(key) {
        Some(Value::Bool(it)) => words.contains(&if *it { "true" } else { "false" }),
        Some(Value::String(text)) => words.iter().any(|word| text.trim().eq_ignore_ascii_case(word)),
        _ => false,
    };
    let unpublished = &["draft", "auto-draft", "pending", "private", "trash"];
    says("draft", &["true", "yes"])
        || says("published", &["false", "no"])
        || says("status", unpublished)
        || says("_status", unpublished)
}

/// Whether a text that is no date stands for one: what says that there is none does not.
fn is_meant_as_date(text: &str) -> bool {
    let text = text.trim();
    let says_nothing = ["", "true", "false", "null", "none", "~"].iter().any(|word| text.eq_ignore_ascii_case(word));
    !says_nothing && !text.starts_with("0000") && text.parse::<Date>().is_err()
}

/// What services put one thing, or a list of things, into.
fn wrapped<'v>(value: &'v Value<'v>) -> Option<&'v Value<'v>> {
    let keys = ["node", "data", "attributes", "nodes", "edges", "asset"];
    keys.iter().find_map(|key| value.get(key).filter(|inner| inner.is_object() || inner.is_array()))
}

const NAMES: &str = "name name.preferred display_name displayName nice_name title username preferredUsername";

fn site(value: &Value<'_>) -> Option<Site> {
    let (name, url) = match value {
        Value::String(name) => (name.as_ref(), ""),
        Value::Array(items) => return items.first().filter(|item| item.is_object()).and_then(site),
        other => (text(other, "name"), text(other, "url")),
    };
    (!name.trim().is_empty()).then(|| Site { name: name.to_owned(), url: url.to_owned(), ..Site::default() })
}

/// The value at the first of the paths that holds something.
pub(super) fn first<'a>(value: &'a Value<'a>, paths: &str) -> Option<&'a Value<'a>> {
    let is_something = |found: &&Value<'_>| match found {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Number(_) => true,
    };
    paths.split(' ').filter(|path| !path.is_empty()).find_map(|path| member(value, path).filter(is_something))
}

/// The text at the first of the paths that holds one; empty where none does.
pub(super) fn first_text<'a>(value: &'a Value<'a>, paths: &str) -> &'a str {
    paths.split(' ').map(|path| text(value, path)).find(|found| !found.trim().is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::Hint;
    use super::*;
    use crate::json::json;
    use crate::markup::parse;

    const SHAPE: Shape = Shape {
        title: "title headline",
        published: "date",
        authors: "authors author",
        picture: "image",
        picture_caption: "note",
        tags: "tags",
        site: "site",
        ..Shape::EMPTY
    };

    #[track_caller]
    fn check(value: &Value<'_>, expect: &Value<'_>) {
        let hint = Hint::default();
        let mut context = Context::new(&hint, parse::parse);
        let article = context.envelope(value, &SHAPE);
        let written = article.to_json();
        for (key, expect) in expect.as_object().expect("an object") {
            assert_eq!(&written[key], expect, "{key}");
        }
    }

    #[test]
    fn parts_are_found_at_the_first_path_that_has_them() {
        check(
            &json!({"title": " ", "headline": "A &amp; B", "date": "2024-10-16"}),
            &json!({"title": "A & B", "published": "2024-10-16"}),
        );
    }

    #[test]
    fn drafts_say_so_in_many_ways() {
        for draft in [
            json!({"draft": true}),
            json!({"draft": "True"}),
            json!({"published": "false"}),
            json!({"published": false}),
            json!({"status": "draft"}),
            json!({"status": "private"}),
            json!({"_status": "draft"}),
        ] {
            assert!(is_draft(&draft), "{draft}");
        }
        for published in [
            json!({"draft": "false", "published": true}),
            json!({"published": "2024-10-16", "status": "publish"}),
            json!({"status": "future", "published": "2124-10-16"}),
            json!({"draft": null}),
        ] {
            assert!(!is_draft(&published), "{published}");
        }
    }

    #[test]
    fn what_is_no_date_is_told() {
        let warnings = |value: &Value<'_>| {
            let hint = Hint::default();
            let mut context = Context::new(&hint, parse::parse);
            context.envelope(value, &Shape { published: "date meta.published", ..Shape::EMPTY });
            context.warnings.into_list().into_iter().map(|it| format!("{} {}", it.path, it.message)).collect::<Vec<_>>()
        };
        let expected = "expected a date such as `2024-10-16` or `2024-10-16T09:30:00Z`, found";
        assert_eq!(warnings(&json!({"date": "31.12.2025"})), [format!("/date {expected} `31.12.2025`")]);
        let inner = json!({"date": " ", "meta": {"published": "2026-02-30"}});
        assert_eq!(warnings(&inner), [format!("/meta/published {expected} `2026-02-30`")]);
        for fine in [
            json!({"date": "soon", "meta": {"published": "2026-02-03"}}),
            json!({"date": "false"}),
            json!({"date": "0000-00-00 00:00:00"}),
            json!({"date": 0}),
        ] {
            assert_eq!(warnings(&fine), [""; 0]);
        }
    }

    #[test]
    fn what_is_no_markup_is_text() {
        check(
            &json!({"title": "Vec<T> &#8217;<em>x</em>", "tags": ["a<b>c"], "image": "a.png", "note": "<hi> <b>x</b>"}),
            &json!({
                "title": ["Vec<T> ’", {"type": "emphasis", "children": "x"}], "tags": ["a<b>c"],
                "hero": {"src": "a.png", "caption": ["<hi> ", {"type": "strong", "children": "x"}]},
            }),
        );
    }

    #[test]
    fn people_are_named_in_many_ways() {
        check(
            &json!({"author": "By Ann Lee and Bob Ray"}),
            &json!({"authors": [{"name": "Ann Lee"}, {"name": "Bob Ray"}]}),
        );
        check(
            &json!({"authors": [{"display_name": "Ann", "URL": "https://a.example"}, "Bob", null, [7]]}),
            &json!({"authors": [{"name": "Ann", "url": "https://a.example"}, {"name": "Bob"}]}),
        );
        check(
            &json!({"authors": [{"name": "Ann <ann@a.example>"}, "Bob <https://b.example/>"]}),
            &json!({"authors": [{"name": "Ann"}, {"name": "Bob"}]}),
        );
        for author in [
            json!({"data": {"id": 1, "attributes": {"name": "Ann"}}}),
            json!({"data": [{"id": 1, "attributes": {"name": "Ann"}}]}),
            json!({"nodes": [{"name": "Ann"}]}),
            json!({"edges": [{"node": {"name": "Ann"}}]}),
        ] {
            check(&json!({"author": author}), &json!({"authors": [{"name": "Ann"}]}));
        }
    }

    #[test]
    fn pictures_are_addresses_objects_or_lists() {
        let hero = json!({"src": "a.png", "caption": "N"});
        for image in [json!("a.png"), json!([{"url": "a.png"}]), json!({"node": {"sourceUrl": "a.png"}})] {
            check(&json!({"image": image, "note": "N"}), &json!({"hero": hero}));
        }
        check(
            &json!({"image": {"asset": {"url": "a.png", "alt": "file"}, "alt": "A", "caption": "C"}}),
            &json!({"hero": {"src": "a.png", "alt": "A", "caption": "C"}}),
        );
    }

    #[test]
    fn tags_are_strings_objects_or_one_string() {
        for tags in [json!("x, y"), json!(["x", {"name": "y"}, "x", 1])] {
            check(&json!({"tags": tags}), &json!({"tags": ["x", "y"]}));
        }
        // A relation, as services wrap it, and tags by their names.
        for tags in [
            json!({"id": 7, "documentId": "k", "name": "x", "slug": "x-1"}),
            json!({"data": {"id": 7, "attributes": {"name": "x", "slug": "x-1"}}}),
            json!({"data": [{"id": 7, "attributes": {"name": "x"}}], "meta": {"total": 1}}),
            json!({"edges": [{"node": {"name": "x"}}]}),
            json!({"x": {"ID": 7, "slug": "x-1"}}),
        ] {
            check(&json!({"tags": tags}), &json!({"tags": ["x"]}));
        }
    }
}
