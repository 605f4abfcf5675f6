//! CommonMark's examples: Markdown read by us means what the HTML that the specification expects for it means.

use crate::fixtures::files;
use recto::article::{Article, Footnotes, normal};
use recto::json::Value;
use recto::markup;
use recto::reader::{self, Format, Hint};
use recto::warning::Warnings;

/// Examples that differ, and why.
const DEVIATIONS: &[(u64, &str)] = &[
    (34, "a language of a fence may have letters of any script; the HTML reader takes classes of ASCII letters only"),
    (45, "a line of `===` is a change of scene in HTML, where people draw it; in Markdown it has its own meaning"),
    (97, "as 45"),
    (180, "HTML ends `<?php` at the first `>`; text after it is broken at blank lines, as in raw posts"),
    (475, "a picture of raw HTML in a line of text stays in the line"),
    (579, "a picture in a line of text stays in the line, where the HTML reader makes a block of it"),
    (587, "as 579"),
    (590, "a name in double brackets is a link of Obsidian, of which the words are kept"),
    (608, "an address in the text is a link, as on GitHub"),
    (611, "as 608"),
];

fn of_markdown(text: &str) -> Value<'static> {
    let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
    match reader::read(text.as_bytes(), &hint, markup::parse::parse) {
        Ok(reading) => form(&reading.articles[0]),
        // There is nothing in it.
        Err(_) => form(&Article::default()),
    }
}

fn of_html(html: &str) -> Value<'static> {
    let mut warnings = Warnings::default();
    let fragment = markup::blocks(html, markup::parse::parse, &mut warnings);
    let article = Article { body: fragment.blocks, footnotes: Footnotes(fragment.footnotes), ..Article::default() };
    form(&normal::normalise(article, &mut warnings))
}

/// Title and text, without what HTML does not tell.
fn form(article: &Article) -> Value<'static> {
    let article = article.to_json();
    let mut form = recto::json::json!([article["title"], article["body"]]);
    strip(&mut form);
    form
}

fn strip(value: &mut Value<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(members) => {
            for name in ["spread", "meta", "id", "aliases", "headerRows"] {
                members.remove(name);
            }
            members.values_mut().for_each(strip);
        }
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        _ => {}
    }
}

#[test]
fn examples_of_commonmark_mean_what_their_html_means() {
    let Some(path) = files("commonmark", "spec.json").pop() else { return };
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    let examples = recto::json::parse(&text).expect("JSON");
    let examples = examples.as_array().expect("a list");
    let mut different = Vec::new();
    for (number, example) in (1..).zip(examples) {
        let text = |key: &str| example[key].as_str().expect("text");
        let (ours, expected) = (of_markdown(text("markdown")), of_html(text("html")));
        if ours != expected {
            println!("{number} ({}): {:?}\n  {ours}\n  {expected}", text("section"), text("markdown"));
            different.push(number);
        }
    }
    let known: Vec<u64> = DEVIATIONS.iter().map(|(number, _)| *number).collect();
    assert_eq!(different, known);
    assert!(examples.len() - different.len() >= 640);
}

#[test]
fn damaged_markdown_gets_an_answer() {
    let Some(path) = files("commonmark", "spec.json").pop() else { return };
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    let examples = recto::json::parse(&text).expect("JSON");
    let all: String =
        examples.as_array().into_iter().flatten().filter_map(|example| example["markdown"].as_str()).collect();
    let matter = "---\ntitle: \"a\ntags: [b, 'c\n- d\n  - e: f\n g:\n    - h\nx: |\n---\n+++\n[t\na = [1\n";
    for cut in 0..40 {
        let end = (0..=all.len() * cut / 40).rev().find(|end| all.is_char_boundary(*end)).unwrap_or_default();
        for text in
            [all[end..].get(..4000).unwrap_or(&all[end..]), &matter[cut..], &matter[..(cut * 2).min(matter.len())]]
        {
            let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
            if let Ok(reading) = reader::read(text.as_bytes(), &hint, markup::parse::parse) {
                crate::sound::check_round_trip(&reading.articles[0], text);
            }
        }
    }
}
