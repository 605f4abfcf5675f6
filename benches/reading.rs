//! How fast an article is read and written: `cargo bench --no-default-features --bench reading`.
//!
//! The budget is 100 MB/s from an article to HTML. Compare stages of one run with each other, not runs with runs.

use std::fmt::Write as _;
use std::time::Duration;

use recto::article::Article;
use recto::article::normal::normalise;
use recto::json::{Value, json};
use recto::text::characters;
use recto::warning::Warnings;
use recto::{html, json, outline};

fn main() {
    let tour = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/public/articles/tour.json"));
    let tour = tour.expect("the tour is there");
    let tour = json::parse(&tour).expect("the tour is JSON");
    report("prose", &prose(4000));
    report("every block", &repeated(&tour, 100));
}

/// An article of paragraphs as people write them: text, some marks, a link now and then.
fn prose(paragraphs: usize) -> Value<'static> {
    let mut body = Vec::new();
    for index in 0..paragraphs {
        if index % 12 == 0 {
            body.push(json!({"type": "heading", "depth": 2 + index / 12 % 2, "children": format!("Part {index}")}));
        }
        let mut run = String::new();
        for word in 0..60 {
            let _ = write!(
                run,
                "{} ",
                ["river", "bridge", "& stone", "“cable”", "und Brücke", "carries"][(index + word) % 6]
            );
        }
        body.push(json!({"type": "paragraph", "children": [
            run,
            {"type": "emphasis", "children": "and more"},
            {"type": "link", "url": "https://example.org/bridges?a=1", "children": "a link"},
            ".",
        ]}));
    }
    json!({"articleJson": "1.0", "title": "Prose", "language": "en", "body": body})
}

/// The tour many times over.
fn repeated<'a>(tour: &Value<'a>, times: usize) -> Value<'a> {
    let mut article = tour.clone();
    let body = tour["body"].as_array().expect("the tour has a body");
    article["body"] = (0..times).flat_map(|_| body.iter().cloned()).collect();
    article
}

fn report(name: &str, article: &Value<'_>) {
    let text = article.to_string();
    let value = json::parse(&text).expect("what was written is JSON");
    let object = value.as_object().expect("an article is an object");
    let read = || Article::from_json(object, &mut Warnings::default());
    let raw = read();
    let article = normalise(raw.clone(), &mut Warnings::default());
    let options = html::Options::default();
    let markup = html::article(&article, &options);
    let (input, output) = (text.len(), markup.as_str().len());
    println!("{name}: {} kB of JSON, {} kB of HTML", input / 1000, output / 1000);

    let parsing = best(|| json::parse(&text).is_ok_and(|value| value.is_object()));
    let reading = best(|| read().body.len());
    let copying = best(|| raw.clone().body.len());
    let normalising = best(|| normalise(raw.clone(), &mut Warnings::default()).body.len()).saturating_sub(copying);
    let writing = best(|| html::article(&article, &options).as_str().len());
    line("JSON -> value", parsing, input);
    line("value -> article", reading, input);
    line("article -> normal form", normalising, input);
    line("article -> HTML", writing, output);
    line("JSON -> HTML, all four", parsing + reading + normalising + writing, input);
    line("article -> contents list", best(|| outline::outline(&article).len()), input);
    line("article -> anchors", best(|| outline::anchors(&article).find("nowhere").is_none()), input);
    line("article -> characters", best(|| characters(&article)), input);
}

fn line(stage: &str, time: Duration, bytes: usize) {
    let seconds = time.as_secs_f64().max(1e-9);
    println!("  {stage:<26} {:>8.2} ms {:>8.0} MB/s", seconds * 1e3, bytes as f64 / seconds / 1e6);
}

/// The shortest of several runs: what the work costs when nothing else disturbs it.
#[expect(clippy::disallowed_methods, reason = "a bench runs natively, where there is a clock")]
fn best<T>(work: impl Fn() -> T) -> Duration {
    let run = || {
        let start = std::time::Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..15).map(|_| run()).min().unwrap_or_default()
}
