//! `recto check`.

use serde_json::Value;

use crate::workshop::{Workshop, samples};

const MILLS: &str = "{\n  \"articleJson\": \"1.0\", \"title\": \"Mills\",\n  \"body\": [\"One two three.\",\n    {\"type\": \"section\", \"title\": \"Water\", \"children\": [{\"type\": \"tide\", \"text\": \"Ebb\"}]}]\n}";

#[test]
fn tells_what_is_in_a_file_and_where_a_warning_belongs() {
    let shop = Workshop::new("check-warning");
    shop.write("mills.json", MILLS);
    let answer = shop.recto(&["check", "mills.json"]).ok();
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(lines[0], "mills.json: Article JSON, “Mills”, 1 section, 5 words");
    assert_eq!(lines[1], "mills.json:4:56: warning: unknown block `tide`; shown as text at /body/1/children/0");
    assert_eq!(answer.err, "");
}

#[test]
fn fails_on_warnings_only_when_asked_to() {
    let shop = Workshop::new("check-strict");
    shop.write("mills.json", MILLS);
    assert_eq!(shop.recto(&["check", "mills.json"]).code, 0);
    assert_eq!(shop.recto(&["check", "--strict", "mills.json"]).code, 1);
    shop.write("fine.html", "<h1>Fine</h1><p>Text.</p>");
    assert_eq!(shop.recto(&["check", "--strict", "fine.html"]).code, 0);
}

#[test]
fn addresses_that_are_not_allowed_are_found_where_they_stand() {
    let shop = Workshop::new("check-addresses");
    let link = |url: &str| format!("{{\"type\": \"link\", \"url\": \"{url}\", \"children\": \"x\"}}");
    let links = [link("javascript:1"), link("vbscript:2"), link("vbscript:2")].join(",\n");
    let body = format!("{{\"type\": \"paragraph\", \"children\": [\n{links}]}}");
    shop.write("a.json", &format!("{{\"articleJson\": \"1.0\", \"title\": \"A\", \"body\": {body}}}"));
    shop.write("a.md", "# A\n\nOne\n[x](javascript:1)");
    let answer = shop.recto(&["check", "a.json", "a.md"]).ok();
    let told = "warning: link: the address `javascript:1` is not allowed and was left out";
    assert!(answer.out.contains(&format!("a.json:2:26: {told}\n")), "{}", answer.out);
    assert!(answer.out.contains("a.json: warning: link: the address `vbscript:2`"), "{}", answer.out);
    assert!(answer.out.contains(&format!("a.md:4:5: {told}\n")), "{}", answer.out);
}

#[test]
fn tells_dates_that_are_none() {
    let shop = Workshop::new("check-dates");
    shop.write("a.md", "---\ntitle: A\ndate: 31.12.2025\n---\n\nText.");
    let answer = shop.recto(&["check", "--strict", "a.md"]);
    let warning = answer.out.lines().nth(1).unwrap_or_default();
    assert!(warning.starts_with("a.md:3:7: warning: expected a date such as ") && answer.code == 1, "{}", answer.out);
    assert!(warning.ends_with(", found `31.12.2025` at /date"), "{}", answer.out);
}

#[test]
fn says_where_a_file_stops_being_json() {
    let shop = Workshop::new("check-error");
    shop.write("bad.json", "{\"articleJson\": \"1.0\",\n  oops}");
    let answer = shop.recto(&["check", "bad.json", "missing.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.starts_with("bad.json:2:3: error: not valid JSON: "), "{}", answer.out);
    assert!(answer.out.contains("missing.json: error: "), "{}", answer.out);
}

#[test]
fn looks_into_folders_and_leaves_out_lists_and_settings() {
    let shop = Workshop::new("check-folder");
    shop.write("a/one.json", MILLS);
    shop.write("a/b/two.txt", "Some text.");
    shop.write("a/index.json", "{}");
    shop.write("a/.hidden.json", "{}");
    shop.write("a/picture.svg", "<svg/>");
    let answer = shop.recto(&["check", "a"]).ok();
    let files: Vec<&str> =
        answer.out.lines().filter(|line| line.contains("word")).filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["a/b/two.txt", "a/one.json"]);
    let empty = Workshop::new("check-empty").recto(&["check", "."]);
    assert_eq!((empty.code, empty.err.as_str()), (1, "error: there are no files of articles\n"));
}

#[test]
fn answers_programs_in_json() {
    let shop = Workshop::new("check-json");
    shop.write("mills.json", MILLS);
    shop.write("bad.json", "{");
    let answer = shop.recto(&["check", "--json", "mills.json", "bad.json"]);
    let found: Value = serde_json::from_str(&answer.out).expect("it is JSON");
    assert_eq!(answer.code, 1);
    assert_eq!(found[0]["format"], "article-json");
    assert_eq!(found[0]["articles"][0], serde_json::json!({"title": "Mills", "sections": 1, "words": 5}));
    assert_eq!((&found[0]["warnings"][0]["line"], &found[0]["warnings"][0]["level"]), (&4.into(), &"warning".into()));
    assert_eq!(found[1]["error"]["line"], 1);
}

#[test]
fn reads_standard_input_and_says_no_to_wrong_usage() {
    let shop = Workshop::new("check-stdin");
    let answer = shop.recto_with_input(&["check", "-"], "<h1>A</h1><p>Two words.</p>").ok();
    assert_eq!(answer.out, "standard input: HTML page, “A”, 0 sections, 2 words\n");
    for wrong in [&["check"][..], &["chek", "a"], &["check", "--wrong", "a"], &[]] {
        assert_eq!(shop.recto(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn terminals_get_no_commands_from_files() {
    let shop = Workshop::new("check-escape");
    shop.write(
        "a.json",
        "{\"articleJson\": \"1.0\", \"title\": \"A\\u001b[31mB\", \"body\": [{\"type\": \"x\\u001b[2J\"}]}",
    );
    let answer = shop.recto(&["check", "a.json"]).ok();
    assert!(!answer.out.contains('\u{1b}'), "{:?}", answer.out);
}

#[test]
fn samples_have_no_warnings_but_the_one_the_tour_shows() {
    let shop = Workshop::new("check-samples");
    let folder = samples();
    let answer = shop.recto(&["check", &folder.to_string_lossy()]).ok();
    let warnings: Vec<&str> = answer.out.lines().filter(|line| line.contains("warning: ")).collect();
    assert!(warnings.len() == 1 && warnings[0].contains("x-tide-table"), "{warnings:?}");
}
