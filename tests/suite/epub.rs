//! Books are as books have to be: checked by EPUBCheck, the program of those who say what a book is.

use std::path::{Path, PathBuf};
use std::process::Command;

use recto::export::epub;
use recto::markup::parse::parse;
use recto::reader::{self, Hint};

use crate::fixtures;

/// Where Debian has it.
const CHECKER: &str = "/usr/share/java/epubcheck.jar";

/// How many files of others are read from each folder: each check takes some seconds.
const OF_EACH: usize = 1;

/// Folders of files of others, and how their names end.
const FOLDERS: &[(&str, &str)] = &[
    ("wordpress-rest", ".json"),
    ("readability", ".html"),
    ("wikipedia", ".json"),
    ("pandoc", ".json"),
    ("ghost", ".json"),
    ("elife", ".json"),
    ("mdast", ".json"),
];

fn check(files: &[PathBuf]) {
    if !Path::new(CHECKER).exists() || Command::new("java").arg("-version").output().is_err() {
        return println!("skipped: there is no EPUBCheck");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("books");
    std::fs::create_dir_all(&folder).expect("a folder for books");
    let mut wrong = Vec::new();
    for path in files {
        let bytes = std::fs::read(path).expect("a file can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let hint = Hint { name: &name, url: "https://example.org/articles/a.html", ..Hint::default() };
        // What cannot be read is the matter of other tests.
        let Ok(reading) = reader::read(&bytes, &hint, parse) else { continue };
        let Some(article) = reading.articles.first() else { continue };
        let book = folder.join(format!("{name}.epub"));
        std::fs::write(&book, epub::write(article)).expect("a book can be written");
        let told = Command::new("java")
            .args(["-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", CHECKER, "--quiet", "--error"])
            .arg(&book)
            .output()
            .expect("EPUBCheck runs");
        if !told.status.success() {
            wrong.push(format!(
                "{}:\n{}{}",
                path.display(),
                String::from_utf8_lossy(&told.stdout),
                String::from_utf8_lossy(&told.stderr)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn books_of_the_samples_have_no_errors() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles");
    let files = std::fs::read_dir(samples).expect("there are samples");
    let is_sample = |path: &PathBuf| path.extension().is_some_and(|end| end == "json") && !path.ends_with("index.json");
    check(&files.filter_map(|file| Some(file.ok()?.path())).filter(is_sample).collect::<Vec<_>>());
}

#[test]
fn books_of_files_of_others_have_no_errors() {
    let of_folder = |(folder, end): &(&str, &str)| {
        let files = fixtures::files(folder, end);
        // Evenly from the whole folder.
        let step = (files.len() / OF_EACH).max(1);
        files.into_iter().step_by(step).take(OF_EACH).collect::<Vec<_>>()
    };
    check(&FOLDERS.iter().flat_map(of_folder).collect::<Vec<_>>());
}
