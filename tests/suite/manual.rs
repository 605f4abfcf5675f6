//! The manual of Article JSON says what the reader does: its examples are read without a warning, and no type is
//! left out.

use recto::article::Article;
use recto::json::Object;
use recto::json::{Value, json};
use recto::warning::{Level, Warnings};

const MANUAL: &str = include_str!("../../docs/article-json.md");

/// An article around an example: the example is an envelope, members of one, or blocks.
fn envelope(example: Value<'_>) -> Object<'_> {
    let mut article = json!({"articleJson": "1.0", "title": "T", "body": ["Text."]});
    match example {
        Value::Object(members) if !members.contains_key("type") => {
            for (key, value) in members {
                article[&*key] = value;
            }
        }
        block => article["body"] = block,
    }
    article.as_object().cloned().expect("it was made an object")
}

fn check(source: &str, example: Value<'_>) {
    let mut warnings = Warnings::default();
    Article::from_json(&envelope(example), &mut warnings);
    let list = warnings.into_list();
    assert!(list.iter().all(|warning| warning.level == Level::Info && warning.path.is_empty()), "{source}\n{list:?}");
}

#[test]
fn examples_are_read_without_a_warning() {
    let blocks = MANUAL.split("```json\n").skip(1).map(|block| block.split("\n```").next().unwrap_or_default());
    let in_tables =
        MANUAL.split('`').skip(1).step_by(2).filter(|code| code.starts_with("{\"type\"") && !code.contains('…'));
    let mut count = 0;
    for source in blocks.chain(in_tables) {
        let example = recto::json::parse(source).unwrap_or_else(|error| panic!("{error}\n{source}"));
        check(source, example);
        count += 1;
    }
    assert!(count > 40, "the manual has examples, and only {count} were found");
}

#[test]
fn every_type_is_described() {
    let mut types = Vec::new();
    collect_types(&Article::json_schema(), &mut types);
    assert!(types.len() > 60, "the schema names its types");
    for name in types {
        let is_named = ["`", "\"", ", ", "| "].iter().any(|before| MANUAL.contains(&format!("{before}{name}")));
        assert!(is_named || name == "text", "docs/article-json.md says nothing about `{name}`");
    }
}

fn collect_types(schema: &Value<'_>, types: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect_types(item, types)),
        Value::Object(members) => {
            types.extend(schema.pointer("/properties/type/const").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect_types(value, types));
        }
        _ => {}
    }
}

#[test]
fn examples_of_settings_are_read_without_a_warning() {
    let manual = include_str!("../../docs/recto-json.md");
    for block in manual.split("```json\n").skip(1) {
        let source = block.split("\n```").next().unwrap_or_default();
        if source.contains("jsonfeed.org/version") {
            let (_, list) = recto::site::read_feed(source).expect("the example is a feed");
            assert_eq!(list.len(), 1);
        } else {
            assert_eq!(recto::site::Settings::read(source).1.into_list(), [], "{source}");
        }
    }
}

#[test]
fn example_of_a_comments_file_is_read_without_a_warning() {
    let manual = include_str!("../../docs/comments.md");
    let mut blocks = manual.split("```json\n").skip(1).filter_map(|block| block.split("\n```").next());
    let source = blocks.find(|block| block.contains("rectoComments")).unwrap_or_default();
    let (file, warnings) = recto::comments::file::read(source).expect("the example is a file of comments");
    assert_eq!((file.threads.len(), warnings), (1, Vec::new()));
}

#[test]
fn every_failure_is_explained() {
    let manual = include_str!("../../docs/opening-articles.md");
    let source = include_str!("../../src/ui/failure.rs");
    let titles = source.split("Self::new(").skip(1).filter_map(|call| call.split('"').nth(3));
    let titles: Vec<&str> = titles.collect();
    assert!(titles.len() > 10, "failures are made by `Self::new(kind, title, …)`");
    for title in &titles {
        assert!(manual.contains(&format!("\n| {title} |")), "docs/opening-articles.md says nothing about “{title}”");
    }
    let explained = manual.split("\n## When it does not work").nth(1).unwrap_or_default();
    let rows = explained.lines().filter(|line| line.starts_with("| ")).skip(1);
    for message in rows.filter_map(|row| row.split(" | ").next()?.strip_prefix("| ")) {
        assert!(titles.contains(&message), "the app never says “{message}”");
    }
}

#[test]
fn policy_for_hosts_is_that_of_the_page() {
    let (manual, page) = (include_str!("../../docs/hosting.md"), include_str!("../../index.html"));
    let block = manual.split("```text\n").nth(1).and_then(|block| block.split("\n```").next()).unwrap_or_default();
    let policy = block.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(&format!("content=\"{policy}\"")), "docs/hosting.md and index.html have different policies");
}
