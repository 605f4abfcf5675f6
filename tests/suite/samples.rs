//! The articles that come with Recto: read without a warning, complete, and listed in their feed.

use std::path::{Path, PathBuf};

use recto::article::{Article, Block, Kind};
use recto::json::Value;
use recto::markup::Tree;
use recto::outline::outline;
use recto::reader::{self, Format, Hint};
use recto::warning::Warnings;

/// Every sample, by its slug, in alphabetical order.
fn slugs() -> Vec<String> {
    let files = std::fs::read_dir(articles()).expect("public/articles is there");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut slugs: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).filter(|slug| slug != "index").collect();
    slugs.sort();
    assert!(slugs.len() > 1, "there are samples");
    slugs
}

fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles")
}

fn json(name: &str) -> Value<'static> {
    let text = std::fs::read_to_string(articles().join(name)).expect("a sample is UTF-8 text");
    recto::json::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}")).into_owned()
}

/// As the page gets it.
fn article(slug: &str) -> Article {
    let bytes = std::fs::read(articles().join(format!("{slug}.json"))).expect("a sample is a file");
    let url = format!("https://example.org/articles/{slug}.json");
    let hint = Hint { url: &url, ..Hint::default() };
    let reading = reader::read(&bytes, &hint, |_| Tree::new()).unwrap_or_else(|error| panic!("{slug}: {error}"));
    // The tour shows what becomes of a block that nobody knows.
    let is_meant = |message: &str| slug == "tour" && message.starts_with("unknown block `x-tide-table`");
    let warnings: Vec<_> = reading.warnings.into_iter().filter(|warning| !is_meant(&warning.message)).collect();
    assert_eq!(warnings, [], "{slug} is read without a warning");
    assert_eq!(reading.format, Format::Native);
    reading.articles.into_iter().next().expect("a reading has an article")
}

#[test]
fn samples_say_what_they_are() {
    for slug in slugs() {
        let article = article(&slug);
        assert!(!article.title.is_empty(), "{slug} has a title");
        assert!(!article.description.is_empty(), "{slug} has a description");
        assert!(!article.language.is_empty(), "{slug} has a language");
        assert!(article.published.is_some(), "{slug} has a date");
        assert_eq!(article.id, slug, "{slug} is stored under its slug");
    }
}

#[test]
fn samples_have_sections() {
    for slug in slugs() {
        assert!(outline(&article(&slug)).len() >= 4, "{slug} has sections");
    }
}

#[test]
fn missile_article_has_its_outline() {
    let article = article("ballistic-missiles");
    assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2024-10-16"));
    let is_section = |block: &&Block| matches!(block.kind, Kind::Section(_));
    let lead = article.body.iter().take_while(|block| !is_section(block)).count();
    assert_eq!((lead, outline(&article).len()), (2, 7));
}

#[test]
fn tour_shows_every_block_and_inline() {
    let tour = std::fs::read_to_string(articles().join("tour.json")).expect("the tour is there");
    let schema = Article::json_schema();
    // Other spellings of text, and what is no longer there once an article is read.
    let elsewhere = ["text", "html", "markdown", "footnoteDefinition", "definition"];
    for definition in ["Block", "Inline"] {
        let variants = schema["$defs"][definition]["anyOf"].as_array().expect("a choice of types");
        for tag in variants.iter().filter_map(|variant| variant["properties"]["type"]["const"].as_str()) {
            let is_there = tour.contains(&format!("\"type\": \"{tag}\""));
            assert!(is_there || elsewhere.contains(&tag), "the tour shows `{tag}`");
        }
    }
}

#[test]
fn pictures_of_samples_exist() {
    for slug in slugs() {
        let mut addresses = Vec::new();
        collect_pictures(&json(&format!("{slug}.json")), &mut addresses);
        for address in addresses {
            assert!(articles().join(&address).is_file(), "{slug} names {address}, which is not there");
        }
    }
}

/// Local addresses of pictures: members that name a file by a relative path.
fn collect_pictures(value: &Value<'_>, addresses: &mut Vec<String>) {
    const PICTURES: &[&str] = &[".svg", ".png", ".jpg", ".webp", ".avif", ".gif"];
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_pictures(item, addresses)),
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(text)
                        if matches!(
                            key,
                            "url" | "src" | "srcDark" | "poster" | "thumbnail" | "image" | "avatar" | "icon"
                        ) && !text.contains("://")
                            && PICTURES.iter().any(|extension| text.ends_with(extension)) =>
                    {
                        addresses.push(text.to_owned());
                    }
                    Some(_) => {}
                    None => collect_pictures(value, addresses),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn feed_lists_every_sample() {
    let feed = json("index.json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let items = feed["items"].as_array().expect("a feed has items");
    assert_eq!(items.len(), slugs().len(), "index.json lists what is there");
    for slug in slugs() {
        let item = items.iter().find(|item| item["id"] == slug.as_str());
        let item = item.unwrap_or_else(|| panic!("index.json lists {slug}"));
        let (article, source) = (article(&slug), json(&format!("{slug}.json")));
        assert_eq!(item["url"], format!("?article={slug}"));
        assert_eq!(item["_recto"]["src"], format!("{slug}.json"));
        assert_eq!(item["title"], source["title"]);
        assert_eq!(item["language"], article.language);
        let day = article.published.map(|date| date.to_string()).unwrap_or_default();
        let listed = item["date_published"].as_str().unwrap_or_default();
        assert!(listed.starts_with(&day[..day.len().min(10)]), "{slug}: {listed} is the day {day}");
        assert!(item["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{slug} has a summary");
        if let Some(image) = item["image"].as_str() {
            assert!(articles().join("..").join(image).is_file(), "{slug}: {image} is there");
        }
    }
}

#[test]
fn json_shown_in_samples_is_json() {
    let mut sources = Vec::new();
    for slug in slugs() {
        collect_json_code(&json(&format!("{slug}.json")), &mut sources);
    }
    assert!(sources.len() > 2, "samples show JSON");
    for source in sources {
        let value = recto::json::parse(&source).unwrap_or_else(|error| panic!("{error}\n{source}"));
        let mut warnings = Warnings::default();
        if value.get("articleJson").is_some() {
            Article::from_json(value.as_object().expect("it has a member"), &mut warnings);
        }
        assert_eq!(warnings.into_list(), [], "{source}");
    }
}

fn collect_json_code(value: &Value<'_>, sources: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_json_code(item, sources)),
        Value::Object(members) => {
            if members.get("lang").is_some_and(|lang| lang == "json") {
                sources.extend(members.get("value").and_then(Value::as_str).map(str::to_owned));
            }
            members.values().for_each(|value| collect_json_code(value, sources));
        }
        _ => {}
    }
}
