//! Feeds, services and documents -> articles: the right format with what it says about the article, the same text that
//! its HTML has, and always an answer.

use std::path::PathBuf;

use crate::fixtures::{files, shared};
use crate::sound::check_round_trip;
use recto::article::{Article, Date, Footnotes, normal};
use recto::json::{Value, json};
use recto::markup;
use recto::reader::{self, Format, Hint, ReadErrorKind, Reading, detect};
use recto::warning::Warnings;

fn read(bytes: &[u8], name: &str) -> Result<Reading, reader::ReadError> {
    reader::read(bytes, &Hint { name, ..Hint::default() }, markup::parse::parse)
}

fn read_value(value: &Value<'_>) -> Reading {
    read(value.to_string().as_bytes(), "a.json").expect("an article")
}

/// A folder of fixtures, its format, how many articles are in it at least, and where its files keep their date.
const FOLDERS: &[(&str, Format, usize, &[&str])] = &[
    ("jsonfeed", Format::JsonFeed, 20, &["items.0.date_published", "items.0.date_modified"]),
    ("jsonld", Format::JsonLd, 14, &["datePublished"]),
    ("discourse", Format::Discourse, 2, &["created_at"]),
    ("wikipedia", Format::Wikipedia, 2, &["lead.lastmodified"]),
    ("ninjs", Format::Ninjs, 16, &["versioncreated", "versionCreated"]),
    ("elife", Format::ELife, 29, &["published"]),
    ("mic-article-json", Format::Mic, 6, &[]),
    ("hast", Format::Hast, 17, &[]),
    ("pandoc", Format::Pandoc, 26, &["meta.date"]),
];

fn value(path: &PathBuf) -> Value<'static> {
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    recto::json::parse(&text).expect("a fixture is JSON").into_owned()
}

fn member<'a>(value: &'a Value<'a>, path: &str) -> Option<&'a Value<'a>> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}

#[test]
fn files_of_each_format_say_what_they_are_about() {
    for (folder, format, least, dates) in FOLDERS {
        let mut articles = 0;
        for path in files(folder, ".json") {
            let name = path.display().to_string();
            let reading = match read(&std::fs::read(&path).expect("a fixture can be read"), &name) {
                Ok(reading) => reading,
                Err(error) => {
                    assert!(matches!(error.kind(), ReadErrorKind::UnknownShape { .. }), "{name}: {error}");
                    continue;
                }
            };
            assert_eq!(reading.format, *format, "{name}");
            articles += reading.articles.len();
            let article = &reading.articles[0];
            let title = article.title.plain_text();
            assert!(!title.is_empty() || *format == Format::Mic, "{name} has a title");
            assert!(!title.contains("&#") && !title.contains("&amp;"), "{name}: entities are decoded");
            assert!(article.authors.iter().all(|author| author.avatar.is_empty()), "{name}: pictures of authors");
            let value = value(&path);
            let is_date = |path: &&str| member(&value, path).is_some_and(|date| date != "1970-01-01T00:00:00.000Z");
            if dates.iter().any(is_date) {
                assert!(article.published.or(article.updated).is_some(), "{name} has a date");
            }
            let is_said = reading.warnings.iter().any(|warning| warning.message.contains("not in this file"));
            let is_empty = name.ends_with("head-elements.json");
            assert!(!article.body.is_empty() || is_said || is_empty, "{name} has a text");
        }
        assert!(articles == 0 || articles >= *least, "{folder}: {articles} articles");
    }
}

#[test]
fn posts_of_ghost_are_told_from_others() {
    for path in files("ghost", "fixture-posts.json") {
        let reading = read(&std::fs::read(&path).expect("a fixture can be read"), "a.json").expect("posts");
        assert_eq!(reading.format, Format::Ghost);
        assert!(reading.articles.iter().all(|article| !article.title.is_empty()));
    }
}

/// What Readability returns for a page, put together from what its tests expect.
fn extracted(folder: &str) -> Option<(Value<'static>, String)> {
    let folder = shared()?.join("fixtures/readability").join(folder);
    let html = std::fs::read_to_string(folder.join("expected.html")).ok()?;
    let text = std::fs::read_to_string(folder.join("expected-metadata.json")).ok()?;
    let mut object = recto::json::parse(&text).ok()?.into_owned();
    object["content"] = html.clone().into();
    object["textContent"] = "".into();
    object["length"] = 1.into();
    Some((object, html))
}

fn pages() -> Vec<String> {
    let folder = |path: PathBuf| Some(path.parent()?.file_name()?.to_string_lossy().into_owned());
    files("readability", "expected.html").into_iter().filter_map(folder).collect()
}

#[test]
fn pages_that_readability_extracted_keep_what_it_knows() {
    for page in pages() {
        let (object, _) = extracted(&page).expect("a page");
        let text =
            |name: &str| object[name].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let reading = read_value(&object);
        let article = &reading.articles[0];
        assert_eq!(reading.format, Format::Readability, "{page}");
        let title = article.title.plain_text().replace('\u{a0}', " ");
        // The name of the site is taken from its end.
        let rest = text("title").strip_prefix(&title).map(str::to_owned);
        assert!(rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(&text("siteName"))), "{page}: {title}");
        assert_eq!(article.language.to_lowercase(), text("lang").replace('_', "-").to_lowercase(), "{page}");
        assert_eq!(article.site.as_ref().map_or("", |site| site.name.as_str()), text("siteName"), "{page}");
        assert_eq!(article.published, text("publishedTime").parse::<Date>().ok(), "{page}");
        assert!(text("publishedTime").is_empty() || article.published.is_some(), "{page}: {}", text("publishedTime"));
        let first = text("excerpt").split(' ').next().unwrap_or_default().to_owned();
        assert!(article.description.starts_with(&first), "{page}: {}", article.description);
        let is_name = !text("byline").is_empty() && !text("byline").contains("://");
        assert!(!is_name || !article.authors.is_empty(), "{page}: {}", text("byline"));
    }
}

/// The text of an article without white space, and how many headings, links, tables and pictures it has.
fn facts(article: &Article) -> (String, [usize; 4]) {
    let mut text = String::new();
    let mut counts = [0; 4];
    let article = article.to_json();
    for part in ["title", "body", "footnotes"] {
        collect(article.get(part).unwrap_or(&Value::Null), &mut text, &mut counts);
    }
    (text, counts)
}

fn collect(value: &Value<'_>, text: &mut String, counts: &mut [usize; 4]) {
    const WORDS: &[&str] = &[
        "children",
        "title",
        "value",
        "caption",
        "attribution",
        "terms",
        "definitions",
        "summary",
        "question",
        "credit",
        "label",
        "fallback",
        "description",
        "items",
        "alt",
    ];
    match value {
        Value::String(run) => text.extend(run.chars().filter(|letter| !letter.is_whitespace())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, text, counts)),
        Value::Object(members) => {
            let kinds: [&[&str]; 4] = [&["section", "heading"], &["link"], &["table"], &["image"]];
            let tag = members.get("type").and_then(Value::as_str).unwrap_or_default();
            for (count, kind) in counts.iter_mut().zip(kinds) {
                *count += usize::from(kind.contains(&tag));
            }
            // Footnotes are under names of their own.
            let named = members.iter().filter(|(name, _)| tag.is_empty() || WORDS.contains(name));
            let is_remark = |name: &str| matches!(tag, "link" | "image") && name == "title";
            named.filter(|(name, _)| !is_remark(name)).for_each(|(_, value)| collect(value, text, counts));
        }
        _ => {}
    }
}

fn of_html(html: &str, title: &str) -> (String, [usize; 4]) {
    let mut warnings = Warnings::default();
    let fragment = markup::blocks(html, markup::parse::parse, &mut warnings);
    let footnotes = Footnotes(fragment.footnotes);
    let article = Article { title: title.into(), body: fragment.blocks, footnotes, ..Article::default() };
    facts(&normal::normalise(article, &mut warnings))
}

#[test]
fn the_same_article_has_the_same_text_in_every_form() {
    // A heading that repeats the title would be left out.
    const TITLE: &str = "Quite another title";
    for page in pages() {
        let (mut object, html) = extracted(&page).expect("a page");
        object["title"] = TITLE.into();
        let item = json!({"id": "1", "title": TITLE, "content_html": html});
        let feed = json!({"version": "https://jsonfeed.org/version/1.1", "items": [item]});
        let context = "https://www.w3.org/ns/activitystreams";
        let article = json!({"@context": context, "type": "Article", "name": TITLE, "content": html});
        let post = json!({"ID": 1, "site_ID": 2, "title": TITLE, "content": html});
        let ghost = json!({"slug": "a", "uuid": "b", "title": TITLE, "html": html});
        let expected = of_html(&html, TITLE);
        for value in [object, feed, article, post, ghost] {
            assert_eq!(facts(&read_value(&value).articles[0]), expected, "{page}");
        }
        let tree = shared().expect("fixtures").join(format!("fixtures/hast/{page}.json"));
        if tree.exists() {
            let reading = read(&std::fs::read(&tree).expect("a fixture can be read"), "").expect("an article");
            assert_eq!(reading.format, Format::Hast);
            assert_eq!(facts(&reading.articles[0]), of_html(&html, ""), "hast/{page}");
        }
    }
}

/// Pages of which the emitter of mdast loses or adds more than a little, and why.
const LOSSY_MDAST: &[(&str, &str)] = &[
    ("wikipedia", "it keeps navigation, links from notes back, and boxes as tables"),
    ("wikipedia-2", "as wikipedia"),
    ("pixnet", "its only heading is empty but for a picture"),
];

#[test]
fn trees_of_mdast_have_the_text_of_their_html() {
    for page in pages() {
        let tree = shared().expect("fixtures").join(format!("fixtures/mdast/rehype-remark-{page}.json"));
        let Ok(tree) = std::fs::read(tree) else { continue };
        let (text, counts) = facts(&read(&tree, "").expect("an article").articles[0]);
        let (expected, expected_counts) = of_html(&extracted(&page).expect("a page").1, "");
        let (ours, theirs) = (text.chars().count(), expected.chars().count());
        // Links are another matter: it keeps one around each piece of a picture and its caption, and those of notes.
        let is_same = [0, 2, 3].iter().all(|kind| counts[*kind] == expected_counts[*kind]);
        let is_near = ours.abs_diff(theirs) * 100 <= theirs * 3 && is_same;
        let is_known = LOSSY_MDAST.iter().any(|(name, _)| *name == page);
        assert!(is_near || is_known, "{page}: {ours} letters for {theirs}, {counts:?} for {expected_counts:?}");
    }
}

#[test]
fn pairs_of_mic_are_the_same() {
    for path in files("mic-article-json", ".json") {
        let html = path.with_extension("html");
        let Ok(html) = std::fs::read_to_string(html) else { continue };
        if path.ends_with("head-elements.json") {
            // Its emitter drops a paragraph of a link alone.
            continue;
        }
        let article = read(&std::fs::read(&path).expect("a fixture can be read"), "").expect("an article");
        assert_eq!(facts(&article.articles[0]), of_html(&html, ""), "{}", path.display());
    }
}

#[test]
fn trees_of_myst_mean_what_their_source_means() {
    let (mut same, mut all) = (0, 0);
    for path in files("mdast", "myst.tests.json") {
        for case in value(&path).as_array().expect("a list") {
            let (tree, source) = (&case["mdast"], case["myst"].as_str().unwrap_or_default());
            let name = case["title"].as_str().expect("text");
            assert!(detect::formats_of(tree).len() == 1, "{name}");
            let Ok(reading) = read(tree.to_string().as_bytes(), "") else { continue };
            check_round_trip(&reading.articles[0], name);
            if !name.starts_with("cmark") {
                assert!(reading.warnings.iter().all(|warning| !warning.message.starts_with("unknown node")), "{name}");
                continue;
            }
            let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
            let Ok(ours) = reader::read(source.as_bytes(), &hint, markup::parse::parse) else { continue };
            all += 1;
            let is_same = facts(&reading.articles[0]) == facts(&ours.articles[0]);
            if !is_same {
                println!("{name}: {source:?}\n {:?}\n {:?}", facts(&reading.articles[0]), facts(&ours.articles[0]));
            }
            same += usize::from(is_same);
        }
    }
    println!("{same} of {all}");
    assert!(all == 0 || same * 100 >= all * 97, "{same} of {all}");
}

/// The words of a document of Pandoc: those of nodes that hold text.
fn words_of_pandoc(value: &Value<'_>, words: &mut String) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| words_of_pandoc(item, words)),
        Value::Object(node) => {
            let content = node.get("c").unwrap_or(&Value::Null);
            let text = match node.get("t").and_then(Value::as_str) {
                Some("Str" | "MetaString") => content.as_str(),
                Some("Code" | "CodeBlock" | "Math") => content[1].as_str(),
                Some("RawBlock" | "RawInline") => None,
                _ => {
                    words_of_pandoc(content, words);
                    None
                }
            };
            words.extend(text.unwrap_or_default().chars().filter(|letter| !letter.is_whitespace()));
        }
        _ => {}
    }
}

#[test]
fn no_word_of_pandoc_is_lost() {
    for path in files("pandoc", ".json") {
        let bytes = std::fs::read(&path).expect("a fixture can be read");
        let mut words = String::new();
        let blocks = &value(&path)["blocks"];
        words_of_pandoc(blocks, &mut words);
        let reading = read(&bytes, "").expect("an article");
        let (text, _) = facts(&reading.articles[0]);
        let mut counts = std::collections::BTreeMap::new();
        words.chars().for_each(|letter| *counts.entry(letter).or_insert(0_i32) += 1);
        text.chars().for_each(|letter| *counts.entry(letter).or_insert(0) -= 1);
        counts.retain(|_, count| *count > 0);
        assert!(counts.is_empty(), "{} lost {counts:?}", path.display());
    }
}

/// The texts of an article of eLife, without white space; those in `left_out` are known not to be shown.
fn texts_of_elife(value: &Value<'_>, texts: &mut Vec<String>) {
    const LEFT_OUT: &[&str] = &[
        "references",
        "authors",
        "reviewers",
        "sourceData",
        "image",
        "dataSets",
        "funding",
        "copyright",
        "relatedContent",
        "podcastEpisodes",
        "mediaContacts",
        "subjects",
        "footnotes",
    ];
    match value {
        Value::Array(items) => items.iter().for_each(|item| texts_of_elife(item, texts)),
        Value::Object(node) => {
            let is_math = node.contains_key("mathml");
            for (name, value) in node.iter().filter(|(name, _)| !LEFT_OUT.contains(name)) {
                match value {
                    Value::String(html) if !is_math && ["text", "title", "question", "code"].contains(&name) => {
                        let mut warnings = Warnings::default();
                        let text = markup::inlines(html, markup::parse::parse, &mut warnings).plain_text();
                        // Formulas are no text.
                        if !html.contains("<math") && name != "code" {
                            texts.push(text.chars().filter(|letter| !letter.is_whitespace()).collect());
                        }
                    }
                    other => texts_of_elife(other, texts),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn no_text_of_elife_is_lost() {
    for path in files("elife", ".json") {
        let Ok(reading) = read(&std::fs::read(&path).expect("a fixture can be read"), "") else { continue };
        let (text, _) = facts(&reading.articles[0]);
        let mut texts = Vec::new();
        texts_of_elife(&value(&path), &mut texts);
        for expected in texts {
            assert!(text.contains(&expected), "{} lost {expected}", path.display());
        }
    }
}
