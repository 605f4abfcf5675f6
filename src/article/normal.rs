//! The normal form, which the writer gets: nested sections, unique ids, resolved addresses.
//!
//! In order: footnotes and definitions leave the text; addresses are resolved and checked, texts cleaned, numbers
//! brought into their ranges, what is empty left out; a heading that repeats the title goes; headings become
//! sections; ids are made unique; the direction is settled. Blocks before the first section are the article's
//! opening and stay without a section.

mod clean;
mod ids;
mod inlines;
mod notes;
mod sections;
mod text;

use std::collections::{BTreeMap, VecDeque};
use std::mem::take;

use super::walk::{self, Part};
use super::{Article, Attributes, Block, Blocks, Direction, Inline, Inlines, Kind, Person, Tag};
use crate::language;
use crate::letter::lower_case;
use crate::url::{self, Use};
use crate::warning::Warnings;
use clean::{Cleaner, pixels};
use inlines::is_blank_line;
use text::clean_line;

/// Places or numbers by name. Sets are made of it, too: each further type of map would be 4 KB of code.
type Places = BTreeMap<String, usize>;

/// Brings an article into normal form; doing so again changes nothing.
pub fn normalise(mut article: Article, warnings: &mut Warnings) -> Article {
    let mut cleaner = Cleaner::new(bases(&mut article, warnings), warnings);
    cleaner.definitions = notes::hoist(&mut article, cleaner.warnings);
    cleaner.footnotes = article.footnotes.0.iter().map(|note| (note.identifier.clone(), 0)).collect();
    envelope(&mut article, &mut cleaner);
    cleaner.blocks(&mut article.lead);
    cleaner.blocks(&mut article.body);
    for note in &mut article.footnotes.0 {
        cleaner.blocks(&mut note.children);
    }
    article.body = sections::flatten(take(&mut article.body));
    settle_title(&mut article);
    sections::nest(&mut article.body, sections::TOP);
    sections::unnest(&mut article.lead, sections::TOP);
    for note in &mut article.footnotes.0 {
        sections::unnest(&mut note.children, sections::TOP);
    }
    notes::order(&mut article, warnings);
    ids::assign(&mut article);
    if article.updated == article.published {
        article.updated = None;
    }
    if article.direction == Direction::Auto {
        article.direction = direction(&mut article);
    }
    article
}

/// The folder of a site's articles, within an address.
const ARTICLES: &[u8] = b"/articles/";

/// Settles the article's own address, and gives back what others are resolved against: all, and those of other articles
/// of the site, whose app is beside the folder of its articles.
fn bases(article: &mut Article, warnings: &mut Warnings) -> (String, String) {
    let mut resolve = |url: &mut String, base: &str| {
        if url.is_empty() {
            return;
        }
        let resolved = url::resolve(url, base, Use::Media);
        if resolved.is_none() {
            warnings.at("url", |warnings| warnings.warn("not an address of the web"));
        }
        *url = resolved.unwrap_or_default();
    };
    resolve(&mut article.source.url, "");
    resolve(&mut article.url, &article.source.url);
    let base = if article.url.is_empty() { &article.source.url } else { &article.url };
    let base = base.split('#').next().unwrap_or_default().to_owned();
    let file = &article.source.url;
    let is_file = file.ends_with(".json") || file.ends_with(".md");
    let folder = file.as_bytes().windows(ARTICLES.len()).rposition(|part| part == ARTICLES).filter(|_| is_file);
    (base, folder.map_or_else(String::new, |start| file[..=start].to_owned()))
}

/// Cleans everything but the text.
fn envelope(article: &mut Article, cleaner: &mut Cleaner<'_>) {
    [
        &mut article.id,
        &mut article.kicker,
        &mut article.description,
        &mut article.byline,
        &mut article.copyright,
        &mut article.toc.title,
    ]
    .into_iter()
    .for_each(clean_line);
    cleaner.line(&mut article.title);
    cleaner.line(&mut article.subtitle);
    cleaner.language(&mut article.language);
    people(&mut article.authors, cleaner);
    if let Some(site) = &mut article.site {
        clean_line(&mut site.name);
        cleaner.url(&mut site.url, Use::Link, "site");
        cleaner.url(&mut site.logo, Use::Image, "logo");
    }
    if let Some(hero) = &mut article.hero {
        clean_line(&mut hero.alt);
        clean_line(&mut hero.credit);
        cleaner.line(&mut hero.caption);
        hero.width = pixels(hero.width);
        hero.height = pixels(hero.height);
        hero.srcset = url::resolve_srcset(&hero.srcset, &cleaner.base);
        cleaner.url(&mut hero.poster, Use::Image, "still picture");
        let usage = if hero.kind == super::HeroKind::Image { Use::Image } else { Use::Media };
        if !cleaner.url(&mut hero.src, usage, "hero") {
            article.hero = None;
        }
    }
    tags(&mut article.tags, cleaner);
    tags(&mut article.categories, cleaner);
    clean_line(&mut article.license.name);
    cleaner.url(&mut article.license.url, Use::Link, "licence");
    article.toc.min_depth = article.toc.min_depth.map(|depth| depth.clamp(1, 6));
    article.toc.max_depth = article.toc.max_depth.map(|depth| depth.clamp(1, 6));
    for reference in &mut article.references {
        cleaner.line(&mut reference.text);
        clean_line(&mut reference.doi);
        cleaner.url(&mut reference.url, Use::Link, "reference");
    }
    comments(article, cleaner);
    navigation(article, cleaner);
}

fn people(people: &mut Vec<Person>, cleaner: &mut Cleaner<'_>) {
    people.iter_mut().for_each(|person| clean_person(person, cleaner));
    people.retain(|person| !person.name.is_empty());
}

fn clean_person(person: &mut Person, cleaner: &mut Cleaner<'_>) {
    [&mut person.name, &mut person.bio, &mut person.affiliation, &mut person.orcid].into_iter().for_each(clean_line);
    cleaner.url(&mut person.url, Use::Link, "author");
    cleaner.url(&mut person.avatar, Use::Image, "picture of an author");
    person.links.iter_mut().for_each(|link| cleaner.titled_url(link));
    person.links.retain(|link| !link.url.is_empty());
}

fn tags(tags: &mut Vec<Tag>, cleaner: &mut Cleaner<'_>) {
    for tag in &mut *tags {
        clean_line(&mut tag.name);
        cleaner.url(&mut tag.url, Use::Link, "tag");
    }
    tags.retain(|tag| !tag.name.is_empty());
}

fn comments(article: &mut Article, cleaner: &mut Cleaner<'_>) {
    let comments = &mut article.comments;
    cleaner.url(&mut comments.endpoint, Use::Media, "endpoint of comments");
    cleaner.line(&mut comments.policy);
    comments.thread_depth = comments.thread_depth.map(|depth| depth.clamp(1, 10));
    for comment in &mut comments.items {
        clean_person(&mut comment.author, cleaner);
        cleaner.blocks(&mut comment.body);
        sections::unnest(&mut comment.body, sections::TOP);
    }
}

fn navigation(article: &mut Article, cleaner: &mut Cleaner<'_>) {
    let navigation = &mut article.navigation;
    for link in [&mut navigation.previous, &mut navigation.next, &mut navigation.up] {
        if let Some(neighbour) = link {
            cleaner.titled_url(neighbour);
            if neighbour.url.is_empty() {
                *link = None;
            }
        }
    }
    if let Some(series) = &mut navigation.series {
        clean_line(&mut series.title);
        cleaner.url(&mut series.url, Use::Link, "series");
    }
    for related in &mut article.related {
        clean_line(&mut related.title);
        clean_line(&mut related.description);
        cleaner.url(&mut related.url, Use::Link, "related article");
        cleaner.url(&mut related.image, Use::Image, "picture of a related article");
    }
    article.related.retain(|related| !related.url.is_empty());
}

/// Takes the title from a first heading where there is none, and leaves out a first heading that repeats it.
fn settle_title(article: &mut Article) {
    if is_blank_line(&article.title)
        && let Some(Block { kind: Kind::Heading(heading), .. }) = article.body.first()
        && heading.depth == Some(1)
    {
        article.title.clone_from(&heading.children);
    }
    let title = comparable(&article.title.plain_text());
    let site = article.site.as_ref().map(|site| comparable(&site.name)).unwrap_or_default();
    let mut anchors = Vec::new();
    let mut blocks = VecDeque::from(take(&mut article.body.0));
    let is_repetition = |block: &Block| match &block.kind {
        Kind::Heading(heading) => repeats(&comparable(&heading.children.plain_text()), &title, &site),
        Kind::Section(section) => repeats(&comparable(&section.title.plain_text()), &title, &site),
        _ => false,
    };
    while blocks.front().is_some_and(is_repetition)
        && let Some(block) = blocks.pop_front()
    {
        let Attributes { id, aliases, .. } = block.attributes;
        anchors.extend([id].into_iter().chain(aliases).filter(|id| !id.is_empty()));
        if let Kind::Section(section) = block.kind {
            sections::flatten(section.children).0.into_iter().rev().for_each(|child| blocks.push_front(child));
        }
    }
    article.body.0 = blocks.into();
    if let Some(first) = article.body.first_mut() {
        first.attributes.aliases.append(&mut anchors);
    }
}

/// Whether a heading says what the title says, which may have the site's name after it.
fn repeats(heading: &str, title: &str, site: &str) -> bool {
    let Some(rest) = title.strip_prefix(heading).filter(|_| !heading.is_empty()) else { return false };
    let after = rest.trim_start().trim_start_matches(['|', '–', '—', '-', '·', '»']).trim_start();
    rest.is_empty() || (!site.is_empty() && after == site)
}

/// The text with case, kinds of quotes and white space made equal.
fn comparable(text: &str) -> String {
    let text = lower_case(text).replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The language's direction, else that of the first letter.
fn direction(article: &mut Article) -> Direction {
    language::direction(&article.language)
        .or_else(|| direction_of_inlines(&mut article.title))
        .or_else(|| direction_of_blocks(&mut article.body))
        .unwrap_or_default()
}

fn direction_of_blocks(blocks: &mut Blocks) -> Option<Direction> {
    blocks.0.iter_mut().find_map(|block| {
        let mut direction = None;
        walk::parts(block, &mut |part| {
            if direction.is_none() {
                direction = match part {
                    Part::Blocks(blocks) => direction_of_blocks(blocks),
                    Part::Inlines(inlines) => direction_of_inlines(inlines),
                };
            }
        });
        direction
    })
}

fn direction_of_inlines(inlines: &mut Inlines) -> Option<Direction> {
    let mut direction = None;
    walk::each_inline(inlines, &mut |inline| {
        if let (None, Inline::Text(text)) = (direction, inline) {
            direction = language::direction_of_text(text);
        }
    });
    direction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Value, json};

    fn read(json: &Value<'_>) -> Article {
        Article::from_json(json.as_object().expect("an object"), &mut Warnings::default())
    }

    /// Normalises, twice to the same effect, and gives back the JSON form and the warnings.
    #[track_caller]
    fn normal(json: &Value<'_>) -> (Value<'static>, Vec<String>) {
        let mut warnings = Warnings::default();
        let article = normalise(read(json), &mut warnings);
        let again = normalise(article.clone(), &mut Warnings::default());
        assert_eq!(article.to_json(), again.to_json(), "normalising twice changes something");
        assert_eq!(article, again);
        let messages = warnings.into_list().into_iter().map(|warning| warning.message).collect();
        (Value::Object(article.to_json()).into_owned(), messages)
    }

    #[track_caller]
    fn check_body(body: impl Into<Value<'static>>, expect: impl Into<Value<'static>>) {
        let (article, _) = normal(&json!({"title": "T", "body": body.into()}));
        assert_eq!(article["body"], expect.into(), "{}", article["body"]);
    }

    fn heading(depth: u32, text: &str) -> Value<'static> {
        json!({"type": "heading", "depth": depth, "children": [text]})
    }

    fn paragraph(text: &str) -> Value<'static> {
        json!({"type": "paragraph", "children": text})
    }

    #[test]
    fn articles_of_a_site_name_each_other_as_the_app_does() {
        let check = |file: &str, expect: &str| {
            let body =
                json!([{"type": "paragraph", "children": [{"type": "link", "url": "?article=b#c", "children": "B"}]}]);
            let source = json!({"url": file});
            let (article, _) =
                normal(&json!({"title": "T", "url": "https://b.example/t", "source": source, "body": body}));
            assert_eq!(article["body"][0]["children"][0]["url"], json!(expect), "{file}");
        };
        check("https://a.example/x/articles/a.json", "https://a.example/x/?article=b#c");
        check("https://a.example/x/articles/2026/a.md", "https://a.example/x/?article=b#c");
        check("https://a.example/articles/a.php", "https://b.example/t?article=b#c");
    }

    #[test]
    fn headings_become_nested_sections() {
        check_body(
            json!([
                paragraph("lead"),
                heading(3, "A"),
                paragraph("a"),
                heading(5, "B"),
                heading(4, "C"),
                heading(3, "D")
            ]),
            json!([
                paragraph("lead"),
                {"type": "section", "id": "a", "title": "A", "children": [
                    paragraph("a"),
                    {"type": "section", "id": "b", "title": "B", "level": 4},
                    {"type": "section", "id": "c", "title": "C"},
                ]},
                {"type": "section", "id": "d", "title": "D"},
            ]),
        );
    }

    #[test]
    fn explicit_sections_stay_and_end_what_a_heading_opened() {
        check_body(
            json!([
                heading(2, "A"),
                {"type": "section", "title": "B", "children": [heading(1, "B1"), paragraph("b")]},
                paragraph("after"),
            ]),
            json!([
                {"type": "section", "id": "a", "title": "A"},
                {"type": "section", "id": "b", "title": "B", "children": [
                    {"type": "section", "id": "b1", "title": "B1", "children": [paragraph("b")]},
                ]},
                paragraph("after"),
            ]),
        );
    }

    #[test]
    fn headings_in_other_blocks_stay_headings() {
        let quote = |children: Value<'_>| json!({"type": "blockquote", "children": children});
        check_body(
            json!([
                heading(1, "A"),
                quote(json!([heading(2, "in"), {"type": "section", "title": "S", "children": [paragraph("s")]}])),
            ]),
            json!([{"type": "section", "id": "a", "title": "A", "children": [quote(json!([
                {"type": "heading", "id": "in", "depth": 3, "children": "in"},
                {"type": "heading", "id": "s", "depth": 4, "children": "S"},
                paragraph("s"),
            ]))]}]),
        );
    }

    #[test]
    fn groups_and_untitled_sections_are_taken_apart() {
        check_body(
            json!([
                {"type": "group", "id": "g", "lang": "de", "children": [heading(2, "A"), paragraph("a")]},
                {"type": "section", "children": [paragraph("b")]},
            ]),
            json!([{"type": "section", "id": "g", "lang": "de", "title": "A", "children": [
                {"type": "paragraph", "lang": "de", "children": "a"},
                paragraph("b"),
            ]}]),
        );
    }

    #[test]
    fn a_heading_that_repeats_the_title_is_left_out() {
        for title in ["It’s  here", "It's here | The Site"] {
            let body = json!([{"type": "heading", "depth": 2, "id": "old", "children": "It's Here"}, paragraph("a")]);
            let (article, _) = normal(&json!({"title": title, "site": {"name": "The Site"}, "body": body}));
            assert_eq!(article["body"], json!([{"type": "paragraph", "id": "old", "children": "a"}]));
        }
        let (article, _) = normal(&json!({"title": "Rust – a tour", "body": [heading(1, "Rust")]}));
        assert_eq!(article["body"][0]["title"], "Rust");
    }

    #[test]
    fn a_first_heading_serves_as_title() {
        let (article, _) = normal(&json!({"body": [heading(1, "Title"), heading(2, "A")]}));
        assert_eq!(article["title"], "Title");
        assert_eq!(article["body"], json!([{"type": "section", "id": "a", "title": "A"}]));
    }

    #[test]
    fn marks_that_lose_their_id_to_an_earlier_one_go() {
        let span = |text: &str| json!({"type": "span", "id": "a", "children": text});
        check_body(
            json!([{"type": "paragraph", "children": [span("one"), " ", span("two"), " three"]}]),
            json!([{"type": "paragraph", "children": [span("one"), " two three"]}]),
        );
    }

    #[test]
    fn ids_are_unique_and_old_ones_stay_as_aliases() {
        let with_id = |id: &str, text: &str| json!({"type": "heading", "depth": 2, "id": id, "children": text});
        let (article, _) = normal(&json!({"title": "T", "body": [
            heading(2, "Intro"), with_id("intro", "Second"), heading(2, "Intro"), with_id("a b(c)", "Третий"),
            with_id("intro", "Dup"), heading(2, "***"), {"type": "paragraph", "id": "(x)", "children": "p"},
        ]}));
        let body = article["body"].as_array().expect("sections");
        let ids: Vec<&str> = body.iter().map(|section| section["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["intro-2", "intro", "intro-3", "третий", "dup", "section-6"]);
        assert_eq!(body[3]["aliases"], json!(["a b(c)"]));
        assert_eq!(
            body[5]["children"][0],
            json!({"type": "paragraph", "id": "x", "aliases": ["(x)"], "children": "p"})
        );
    }

    #[test]
    fn ids_of_items_are_cleaned_like_any_other() {
        let (article, _) = normal(&json!({"title": "T", "body": [
            {"type": "list", "children": [{"type": "listItem", "id": "a\u{2} b", "children": ["x"]}]},
        ]}));
        assert_eq!(article["body"][0]["children"][0]["children"][0]["aliases"], json!(["a b"]));
    }

    #[test]
    fn empty_paragraphs_leave_their_anchor_to_the_next_block() {
        check_body(
            json!([
                {"type": "paragraph", "id": "p", "children": [" \u{a0}", {"type": "span", "id": "s", "children": []}]},
                {"type": "paragraph", "children": ["a", "", "b", {"type": "strong", "children": [""]}, "c"]},
            ]),
            json!([{"type": "paragraph", "id": "p", "aliases": ["s"], "children": "abc"}]),
        );
    }

    #[test]
    fn addresses_are_resolved_and_bad_ones_leave_their_text() {
        let (article, warnings) = normal(&json!({
            "title": "T", "url": "https://site.example/a/b",
            "authors": [{"name": "A", "url": "javascript:alert(1)"}],
            "hero": {"src": "//cdn.example/x.png"},
            "body": [
                {"type": "paragraph", "children": [
                    {"type": "link", "url": "java\nscript:alert(1)", "children": ["one "]},
                    {"type": "link", "url": "../c", "children": ["two"]},
                    {"type": "link", "url": "https://site.example/a/b#frag", "children": ["three"]},
                ]},
                {"type": "image", "url": "data:text/html,x", "alt": "seen"},
                {"type": "image", "url": "", "srcset": "s.png 2x, vbscript:x 3x"},
                {"type": "embed", "url": "file:///x", "title": "E", "fallback": [paragraph("f")]},
                {"type": "buttons", "items": [{"label": "go", "url": "about:blank"}]},
            ],
        }));
        assert_eq!(article["authors"], json!([{"name": "A"}]));
        assert_eq!(article["hero"]["src"], "https://cdn.example/x.png");
        assert_eq!(
            article["body"],
            json!([
                {"type": "paragraph", "children": [
                    "one ",
                    {"type": "link", "url": "https://site.example/c", "children": "two"},
                    {"type": "link", "url": "#frag", "children": "three"},
                ]},
                paragraph("seen"),
                {"type": "image", "url": "https://site.example/a/s.png", "srcset": "https://site.example/a/s.png 2x"},
                paragraph("E"), paragraph("f"),
                paragraph("go"),
            ])
        );
        assert_eq!(warnings.len(), 5, "{warnings:?}");
    }

    #[test]
    fn footnotes_stand_in_the_order_of_their_first_reference() {
        let reference = |id: &str| json!({"type": "footnoteReference", "identifier": id});
        let (article, warnings) = normal(&json!({
            "title": "T",
            "footnotes": {"a": "unused", "b": [{"type": "paragraph", "children": ["see ", reference("z")]}]},
            "body": [
                {"type": "footnoteDefinition", "identifier": "z", "children": [paragraph("last")]},
                {"type": "paragraph", "children": [{"type": "strong", "children": [reference("b")]}, "x", reference("no")]},
            ],
        }));
        assert_eq!(article["body"][0]["children"][1], "x[no]");
        assert_eq!(warnings, ["there is no footnote `no`", "nothing refers to the footnote `a`"]);
        let mut warnings = Warnings::default();
        let order: Vec<String> =
            normalise(read(&article), &mut warnings).footnotes.0.into_iter().map(|note| note.identifier).collect();
        assert_eq!(order, ["b", "z", "a"]);
    }

    #[test]
    fn reference_links_are_resolved() {
        check_body(
            json!([
                {"type": "paragraph", "children": [
                    {"type": "linkReference", "identifier": "X", "children": [{"type": "text", "value": "a"}]},
                    {"type": "linkReference", "identifier": "y", "children": [{"type": "text", "value": "b"}]},
                ]},
                {"type": "definition", "identifier": "x", "url": "https://x.example/"},
            ]),
            json!([{"type": "paragraph", "children":
                [{"type": "link", "url": "https://x.example/", "children": "a"}, "b"]}]),
        );
    }

    #[test]
    fn numbers_come_into_their_ranges() {
        check_body(
            json!([
                {"type": "image", "url": "a.png", "width": 0, "height": 99999},
                {"type": "table", "headerRows": 9, "children": [{"type": "tableRow", "children": [
                    {"type": "tableCell", "colspan": 4_000_000, "rowspan": 1, "children": "a"},
                ]}]},
            ]),
            json!([
                {"type": "image", "url": "a.png"},
                {"type": "table", "headerRows": 1, "children": [{"type": "tableRow", "children": [
                    {"type": "tableCell", "colspan": 1000, "children": "a"},
                ]}]},
            ]),
        );
    }

    #[test]
    fn invisible_names_are_no_names() {
        let (article, _) = normal(&json!({
            "title": "a\u{202e}b", "authors": [{"name": "\u{200b}\u{3164}"}, {"name": " B\n"}], "tags": ["\u{ad}", "t"],
            "body": [],
        }));
        assert_eq!((&article["title"], &article["tags"]), (&json!("ab"), &json!(["t"])));
        assert_eq!(article["authors"], json!([{"name": "B"}]));
    }

    #[test]
    fn direction_follows_the_language_then_the_text() {
        let direction = |language: &str, title: &str, body: &str| {
            normalise(read(&json!({"title": title, "language": language, "body": body})), &mut Warnings::default())
                .direction
        };
        assert_eq!(direction("ar", "Title", ""), Direction::RightToLeft);
        assert_eq!(direction("", "123", "שלום"), Direction::RightToLeft);
        assert_eq!(direction("", "Title", "שלום"), Direction::LeftToRight);
    }
}
