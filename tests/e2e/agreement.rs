//! The part that knows foreign formats, as browsers run it, reads the files of others as the native one does: the
//! browser's `DOMParser` there, html5ever here, and the same article.

use std::fs;
use std::path::{Path, PathBuf};

use recto::export::form::{Content, Form};
use recto::reader::{self, Hint, Reading};
use recto::{html, json, markup, page};
use serde_json::Value;

use crate::page::{Viewer, strings};
use crate::server::Server;

/// Bytes that are read by one call of the browser.
const BATCH: usize = 2_000_000;

/// Loads the part once for the page.
const LOAD: &str = r"
return import(arguments[0]).then(async (part) => {
  await part.default({ module_or_path: arguments[1] });
  window.part = part;
  return true;
});
";

/// Reads each text: what the interface is told, with the warnings, and the article's JSON. An error becomes its own
/// message.
const READ: &str = r"
return fetch('batch.json').then((answer) => answer.json()).then((texts) => texts.map((text) => {
  try {
    const file = [new TextEncoder().encode(text), ['a.html', 'text/html', '', ''], (markup) => markup];
    return `${window.part.read(...file, 1, 'all')[0]}\n${window.part.save(...file, 0, 'article', '')[2]}`;
  } catch (refusal) {
    return `refused: ${refusal}`;
  }
}));
";

/// Why texts of some attacks differ.
const STYLE: &str = "in svg and math a style element holds markup; it is left out before browsers see and report it";

/// Files for which the two differ, by a part of their path, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    ("live-core.json#38", STYLE),
    ("live-core.json#42", STYLE),
    ("live-core.json#44", STYLE),
    ("live-core.json#437", STYLE),
    ("live-core.json#592", STYLE),
];

fn fixtures() -> Option<PathBuf> {
    let root =
        std::env::var("RECTO_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let folder = Path::new(&root).join("fixtures");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

/// HTML files in a folder, and the HTML of attack files, each with its name.
fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, found);
        } else if name.ends_with(".html") {
            found.push((name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()));
        } else if name.contains("/xss/") && name.ends_with(".json") {
            let text = fs::read_to_string(&path).unwrap();
            let entries = json::parse(&text).unwrap();
            for (index, entry) in entries.as_array().into_iter().flatten().enumerate() {
                if let Some(payload) = entry["payload"].as_str() {
                    found.push((format!("{name}#{index}"), payload.to_owned()));
                }
            }
        }
    }
}

/// What the exported functions of the part return, by the native reader.
fn native(text: &str) -> String {
    let hint = Hint { name: "a.html", media_type: "text/html", ..Hint::default() };
    match reader::read(text.as_bytes(), &hint, markup::parse::parse) {
        Err(error) => format!("refused: {}\n{error}", error.word()),
        Ok(Reading { articles, format, warnings }) => {
            let Some(Content::Text(json)) = Form::ArticleJson.write(&articles[0], "") else { unreachable!() };
            let told = match articles.as_slice() {
                [article] => page::page(article, format, warnings, &html::Options::default()).0.to_text(),
                _ => format.as_str().to_owned(),
            };
            format!("{told}\n{json}")
        }
    }
}

/// What is around the first difference of two texts.
fn difference(here: &str, there: &str) -> String {
    let same = here.chars().zip(there.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(160).collect::<String>();
    format!("native: …{:?}\n   browser: …{:?}", around(here), around(there))
}

#[test]
fn browsers_and_the_native_program_read_the_same() {
    let Some(folder) = fixtures() else { return };
    let mut texts = Vec::new();
    collect(&folder, &mut texts);
    let viewer = Viewer::start();
    // The page has the one policy there may be; this is about what is read.
    viewer.server.without_policy();
    viewer.open("");
    let files = [".js", "_bg.wasm"].map(|end| viewer.server.url(&Server::built("recto-formats-", end)).into());
    viewer.run_with(LOAD, &files);
    let (mut differ, mut start) = (Vec::new(), 0);
    while start < texts.len() {
        let mut size = 0;
        let fits = |(_, text): &&(String, String)| {
            size += text.len();
            size < BATCH
        };
        let end = start + texts[start..].iter().take_while(fits).count().max(1);
        let batch: Value = texts[start..end].iter().map(|(_, text)| Value::from(text.as_str())).collect();
        viewer.server.put("batch.json", batch.to_string());
        let answers = strings(&viewer.run(READ));
        assert_eq!(answers.len(), end - start, "an answer for each text");
        for ((name, text), there) in texts[start..end].iter().zip(answers) {
            let here = native(text);
            if here != there && !DEVIATIONS.iter().any(|(known, _)| name.ends_with(known)) {
                differ.push(format!("{name}\n   {}", difference(&here, &there)));
            }
        }
        start = end;
    }
    println!("{} texts are read the same", texts.len() - differ.len());
    let some = differ.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differ.is_empty(), "{} of {} differ:\n{some}", differ.len(), texts.len());
}
