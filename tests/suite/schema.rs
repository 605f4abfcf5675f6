//! The JSON Schema that is checked in: current, and true of what we write and read.

use std::path::{Path, PathBuf};

use recto::article::Article;
use recto::json::Value;
use recto::site::Settings;
use recto::warning::Warnings;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<(PathBuf, Value<'static>)> {
    let files = std::fs::read_dir(root().join("public/articles")).expect("samples are there");
    let paths = files.flatten().map(|entry| entry.path());
    let is_article = |path: &PathBuf| path.extension().is_some_and(|it| it == "json") && !path.ends_with("index.json");
    paths.filter(is_article).map(|path| (path.clone(), json(&path))).collect()
}

fn json(path: &Path) -> Value<'static> {
    let text = std::fs::read_to_string(path).expect("a file of the project can be read");
    recto::json::parse(&text).expect("a file of the project is JSON").into_owned()
}

#[track_caller]
fn check_current(file: &str, schema: &Value<'_>) {
    let path = root().join(file);
    let current = recto::json::pretty(schema);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &current).expect("the schema can be written");
    }
    let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(checked_in == current, "{file} is not current: run with UPDATE_EXPECT=1 to write it");
}

#[test]
fn schema_is_current() {
    check_current("docs/article-1.schema.json", &Article::json_schema());
}

#[test]
fn schema_of_settings_is_current_and_true_of_ours() {
    let schema = Settings::json_schema();
    check_current("docs/recto.schema.json", &schema);
    assert_eq!(violation(&json(&root().join("public/recto.json")), &schema, &schema, ""), None);
}

#[test]
fn samples_follow_the_schema() {
    let schema = Article::json_schema();
    for (path, sample) in samples() {
        assert_eq!(violation(&sample, &schema, &schema, ""), None, "{}", path.display());
    }
}

#[test]
fn samples_are_written_as_they_are_read() {
    let schema = Article::json_schema();
    for (path, sample) in samples() {
        let mut warnings = Warnings::default();
        let article = Article::from_json(sample.as_object().expect("an envelope"), &mut warnings);
        let written = article.to_json();
        assert_eq!(Article::from_json(&written, &mut warnings), article, "{}", path.display());
        assert_eq!(violation(&Value::Object(written), &schema, &schema, ""), None, "{}", path.display());
    }
}

#[test]
fn schema_refuses_what_is_wrong() {
    let schema = Article::json_schema();
    for wrong in [
        r#"{"title": "T", "body": []}"#,
        r#"{"articleJson": "1.0", "title": "T", "body": [{"type": "paragraf"}]}"#,
        r#"{"articleJson": "1.0", "title": "T", "body": [], "direction": "up"}"#,
        r#"{"articleJson": "1.0", "title": "T", "body": [], "authors": [{"url": "https://a.example/"}]}"#,
    ] {
        let value = recto::json::parse(wrong).expect("JSON");
        assert!(violation(&value, &schema, &schema, "").is_some(), "{wrong}");
    }
}

/// Where and how a value does not follow a schema, for the keywords that ours uses.
fn violation(value: &Value<'_>, schema: &Value<'_>, root: &Value<'_>, path: &str) -> Option<String> {
    let Value::Object(rules) = schema else { return None };
    if let Some(target) = rules.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(target.trim_start_matches('#')).unwrap_or_else(|| panic!("{target} is defined"));
        if let Some(found) = violation(value, target, root, path) {
            return Some(found);
        }
    }
    for (keyword, rule) in rules {
        let holds = match keyword {
            "type" => match rule.as_str().expect("one type") {
                "string" => value.is_string(),
                "boolean" => value.as_bool().is_some(),
                "integer" => value.as_u64().is_some(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                "null" => value.is_null(),
                other => panic!("unknown type {other}"),
            },
            "const" => value == rule,
            "enum" => rule.as_array().expect("values").contains(value),
            "minimum" => value.as_f64() >= rule.as_f64(),
            "anyOf" => {
                let variants = rule.as_array().expect("schemas");
                let found: Vec<String> = variants.iter().map_while(|it| violation(value, it, root, path)).collect();
                if found.len() == variants.len() {
                    // The longest path belongs to the variant that fits best.
                    return found.into_iter().max_by_key(|text| text.split(':').next().map(str::len));
                }
                true
            }
            "required" => {
                rule.as_array().expect("names").iter().all(|name| value.get(name.as_str().expect("a name")).is_some())
            }
            "properties" | "additionalProperties" | "items" => {
                if let Some(found) = violation_inside(value, keyword, rule, root, path) {
                    return Some(found);
                }
                true
            }
            "pattern" if rule == "^x-" => value.as_str().is_some_and(|text| text.starts_with("x-")),
            "$ref" | "$schema" | "$defs" | "title" | "description" | "pattern" => true,
            other => panic!("unknown keyword {other}"),
        };
        if !holds {
            return Some(format!("{path}: {keyword} {rule:.80}"));
        }
    }
    None
}

fn violation_inside(
    value: &Value<'_>,
    keyword: &str,
    rule: &Value<'_>,
    root: &Value<'_>,
    path: &str,
) -> Option<String> {
    match (keyword, value) {
        ("properties", Value::Object(members)) => {
            let rules = rule.as_object().expect("schemas");
            // The type first: it tells most variants apart at once.
            let names = ["type"].into_iter().chain(rules.keys());
            names
                .into_iter()
                .find_map(|name| violation(members.get(name)?, rules.get(name)?, root, &format!("{path}/{name}")))
        }
        ("additionalProperties", Value::Object(members)) => {
            members.iter().find_map(|(name, value)| violation(value, rule, root, &format!("{path}/{name}")))
        }
        ("items", Value::Array(items)) => {
            items.iter().enumerate().find_map(|(index, item)| violation(item, rule, root, &format!("{path}/{index}")))
        }
        _ => None,
    }
}
