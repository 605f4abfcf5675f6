//! How fast each format is read, in MB/s of its files: `cargo bench --no-default-features --bench formats`.
//!
//! The input is our own small files (`fuzz/seeds`), one of each format, read many times; and the files of others,
//! where they are there. With `-- --others` other programs turn the same text into HTML in the same run: `marked` for
//! Markdown, `@portabletext/to-html` for Portable Text; npm brings them to a folder outside of the repository. With
//! `-- --browser` they and the release build that is in `dist/` do the same in headless Chromium, in one page.
//! Compare what is in one run, never runs with runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use recto::article::Article;
use recto::article::normal::normalise;
use recto::json::{Value, json};
use recto::reader::{self, Format, Hint};
use recto::warning::Warnings;
use recto::{html, json, markup};

/// How often each side of a comparison runs: the other programs are compiled while they run, and need to be warm.
const ROUNDS: usize = 40;

/// Bytes of what is compared.
const SIZE: usize = 1_000_000;

/// Where files of others are, by the folder of the fixtures.
const FOLDERS: &[(&str, &str)] = &[
    ("tiptap", ".json"),
    ("lexical", ".json"),
    ("ghost/mobiledoc-from-html", ".json"),
    ("contentful", ".json"),
    ("portabletext/blocktools", ".json"),
    ("slate", ".json"),
    ("quill-delta", ".json"),
    ("draftjs", ".json"),
    ("notion/martian-blocks", ".json"),
    ("wordpress-blocks-json", ".json"),
    ("wordpress-rest", ".json"),
    ("jsonfeed", ".json"),
    ("pandoc", ".json"),
    ("hast", ".json"),
    ("mdast", ".json"),
    ("elife", ".json"),
    ("readability", "expected.html"),
];

fn main() {
    println!("our own small files, read 500 times");
    for format in Format::ALL {
        let Some(path) = seed(*format) else { continue };
        let bytes = std::fs::read(&path).expect("a seed can be read");
        let time = best(5, || (0..500).map(|_| read(&bytes, None)).sum::<usize>());
        line(format.name(), time, bytes.len() * 500);
    }
    if let Some(fixtures) = fixtures() {
        println!("files of others, each read once");
        for (folder, end) in FOLDERS {
            let mut files = Vec::new();
            collect(&fixtures.join(folder), end, &mut files);
            let size = files.iter().map(Vec::len).sum();
            line(folder, best(3, || files.iter().map(|bytes| read(bytes, None)).sum::<usize>()), size);
            if *folder == "tiptap" || *folder == "mdast" {
                stages(&files);
            }
        }
    }
    let is_asked = |option: &str| std::env::args().any(|argument| argument == option);
    if is_asked("--others") {
        compare();
    }
    if is_asked("--browser") {
        compare_in_browser();
    }
}

fn read(bytes: &[u8], format: Option<Format>) -> usize {
    let hint = Hint { format, ..Hint::default() };
    reader::read(bytes, &hint, markup::parse::parse).map_or(0, |reading| reading.articles.len())
}

/// What the stages take that all formats share.
fn stages(files: &[Vec<u8>]) {
    let texts: Vec<&str> = files.iter().filter_map(|bytes| str::from_utf8(bytes).ok()).collect();
    let size = texts.iter().map(|text| text.len()).sum();
    line("  JSON -> value", best(3, || texts.iter().filter(|text| json::parse(text).is_ok()).count()), size);
    let values: Vec<Value<'_>> = texts.iter().filter_map(|text| json::parse(text).ok()).collect();
    line(
        "  which format",
        best(3, || values.iter().map(|value| reader::detect::formats_of(value).len()).sum::<usize>()),
        size,
    );
    let readings = files.iter().filter_map(|bytes| reader::read(bytes, &Hint::default(), markup::parse::parse).ok());
    let articles: Vec<Article> = readings.flat_map(|reading| reading.articles).collect();
    let copies = best(3, || articles.clone().len());
    let normal = |article: &Article| normalise(article.clone(), &mut Warnings::default()).body.len();
    let all = best(3, || articles.iter().map(normal).sum::<usize>());
    line("  normal form, again", all.saturating_sub(copies), size);
    let options = html::Options::default();
    let write = |article: &Article| html::article(article, &options).as_str().len();
    line("  article -> HTML", best(3, || articles.iter().map(write).sum::<usize>()), size);
}

/// A text that is compared: its name, the library of its format, and the text.
type Input = (&'static str, &'static str, Format, String);

/// The same text in each format that is compared, and the folder that has them as files.
fn inputs() -> (PathBuf, [Input; 2]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/compare");
    std::fs::create_dir_all(&folder).expect("a folder for what is compared");
    let manual = manual(root);
    let portable_text = portable_text(&manual);
    let inputs = [
        ("markdown", "marked", Format::Markdown, manual),
        ("portable-text", "@portabletext/to-html", Format::PortableText, portable_text),
    ];
    for (name, _, _, text) in &inputs {
        std::fs::write(folder.join(name), text).expect("the input can be written");
    }
    (folder, inputs)
}

/// A script beside this file.
fn script(name: &str) -> Command {
    let mut program = Command::new("node");
    program.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(name));
    program
}

/// The same text to HTML by other programs, in the same run: as often, the best run, in time on the processor.
fn compare() {
    let (folder, inputs) = inputs();
    for (name, library, format, text) in inputs {
        println!("{name}: {} kB to HTML, the best of {ROUNDS} runs", text.len() / 1000);
        let options = html::Options::default();
        let to_html = || {
            let hint = Hint { format: Some(format), ..Hint::default() };
            let reading = reader::read(text.as_bytes(), &hint, markup::parse::parse).expect("an article");
            html::article(&reading.articles[0], &options).as_str().len()
        };
        let time = best(ROUNDS, to_html);
        line("Recto", time, text.len());
        let mut program = script("compare.mjs");
        program.args([folder.as_path(), Path::new(name)]).arg(ROUNDS.to_string());
        let answer = program.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        match answer.unwrap_or_default().trim().parse::<f64>() {
            Ok(seconds) => {
                line(library, Duration::from_secs_f64(seconds), text.len());
                println!("  Recto has {:.2} times the speed of {library}", seconds / time.as_secs_f64());
            }
            Err(_) => println!("  {library} did not run: is there Node.js with npm?"),
        }
    }
}

/// The same in a browser, by the release build.
fn compare_in_browser() {
    let (folder, _) = inputs();
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let mut program = script("browser.mjs");
    program.args([folder, dist]).arg(ROUNDS.to_string());
    if !program.status().is_ok_and(|status| status.success()) {
        println!("  it did not run: are there Node.js with npm, esbuild, Chromium, and a build in dist/?");
    }
}

/// The manual of this repository, over and over: about a megabyte of Markdown as people write it.
fn manual(root: &Path) -> String {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root.join("docs")).expect("docs").flatten().map(|entry| entry.path()).collect();
    files.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let text = texts.join("\n\n");
    [text.as_str(), "\n\n"].concat().repeat(SIZE / text.len())
}

/// The paragraphs, headings and items of a Markdown text as Portable Text, about a megabyte: what is between back
/// quotes is marked as code, what is between asterisks as strong, and every fourth block has a link.
fn portable_text(markdown: &str) -> String {
    let mut blocks = Vec::new();
    let mut size = 0;
    for (index, part) in markdown.split("\n\n").flat_map(|part| part.split("\n- ")).enumerate() {
        let part = part.trim();
        if part.is_empty() || size > SIZE {
            continue;
        }
        let words = part.trim_start_matches(['#', '-', ' ']).replace('\n', " ");
        let mut children = Vec::new();
        for (index, text) in words.split(['`', '*']).enumerate().filter(|(_, text)| !text.is_empty()) {
            let marks = if index % 2 == 0 {
                vec![]
            } else if text.contains(' ') {
                vec!["strong"]
            } else {
                vec!["code"]
            };
            children.push(json!({"_type": "span", "_key": format!("s{index}"), "text": text, "marks": marks}));
        }
        let mut block = json!({"_type": "block", "_key": format!("b{index}"), "style": "normal", "markDefs": []});
        if part.starts_with('#') {
            block["style"] = "h2".into();
        } else if part.starts_with("- ") {
            block["listItem"] = "bullet".into();
            block["level"] = 1.into();
        }
        if index % 4 == 0
            && let Some(span) = children.last_mut()
        {
            block["markDefs"] = json!([{"_key": "k", "_type": "link", "href": "https://example.org/bridge"}]);
            span["marks"] = json!(["k"]);
        }
        block["children"] = children.into();
        size += block.to_string().len();
        blocks.push(block);
    }
    Value::Array(blocks).to_string()
}

fn seed(format: Format) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/read");
    let mut paths = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    paths.find(|path| path.file_stem().is_some_and(|stem| stem == format.as_str()))
}

fn fixtures() -> Option<PathBuf> {
    let shared = std::env::var_os("RECTO_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    Some(shared.join("fixtures")).filter(|folder| folder.is_dir())
}

fn collect(folder: &Path, end: &str, files: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, end, files);
        } else if path.to_string_lossy().ends_with(end) {
            files.extend(std::fs::read(path));
        }
    }
}

fn line(what: &str, time: Duration, bytes: usize) {
    let seconds = time.as_secs_f64().max(1e-9);
    println!("  {what:<32} {:>9.2} ms {:>8.1} MB/s", seconds * 1e3, bytes as f64 / seconds / 1e6);
}

/// The shortest of several runs, in time on the processor where the system tells it: others may be at work beside us.
fn best<T>(times: usize, work: impl Fn() -> T) -> Duration {
    let run = || {
        let start = now();
        std::hint::black_box(work());
        now().saturating_sub(start)
    };
    (0..times).map(|_| run()).min().unwrap_or_default()
}

/// Time that this thread had on a processor; else the time since the bench began.
#[expect(clippy::disallowed_methods, reason = "a bench runs natively, where there is a clock")]
fn now() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    // Linux counts what runs at its next turn only, which may be four milliseconds away.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(std::time::Instant::now).elapsed(), Duration::from_nanos)
}
