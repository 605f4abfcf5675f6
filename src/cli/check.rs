//! `recto check`: what is in files of articles, and what could not be used.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::position::{self, Place, named};
use super::terminal::{ERROR, GOOD, NOTE, QUIET, WARNING};
use super::{Done, input, terminal};
use crate::article::walk::each_block;
use crate::article::{Article, Kind};
use crate::json::{self, Value, json};
use crate::reader::{Format, ReadErrorKind};
use crate::text::words;
use crate::warning::{Level, Warning};

/// What makes it fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// What cannot be read.
    Lenient,
    /// Warnings, too.
    Strict,
}

/// For whom the result is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Lines.
    People,
    /// One JSON array.
    Json,
}

/// What was found in a file.
struct Found {
    file: String,
    content: Result<Content, Problem>,
}

/// The articles of a file.
struct Content {
    format: Format,
    articles: Vec<Facts>,
    remarks: Vec<(Warning, Place)>,
}

/// What is told about an article.
struct Facts {
    title: String,
    sections: usize,
    words: usize,
}

/// Why there is no article in a file.
struct Problem {
    message: String,
    place: Place,
}

/// Checks files and those in folders, and prints what was found.
pub(super) fn run(paths: &[PathBuf], rule: Rule, form: Form) -> Done {
    let files = input::files(paths)?;
    let bar = terminal::progress(files.len(), "checking");
    let mut all = Vec::new();
    let mut has_failed = files.is_empty();
    for file in &files {
        let found = look(file);
        has_failed |= match &found.content {
            Err(_) => true,
            Ok(content) => rule == Rule::Strict && content.remarks.iter().any(|(it, _)| it.level == Level::Warning),
        };
        match form {
            Form::People => bar.suspend(|| terminal::print_styled(&lines(&found)))?,
            Form::Json => all.push(to_json(&found)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if form == Form::Json {
        terminal::print(json::pretty(&Value::Array(all)).as_bytes())?;
    }
    if files.is_empty() {
        terminal::error("there are no files of articles");
    }
    Ok(if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn look(path: &Path) -> Found {
    let is_stdin = path.as_os_str() == input::STDIN;
    let file = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let problem = |message: String, place| Err(Problem { message, place });
    let bytes = match input::bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return Found { file, content: problem(error.to_string(), None) },
    };
    let content = match input::read(path, &bytes) {
        Ok(reading) => {
            let text = String::from_utf8_lossy(&bytes);
            let with_place = |warning: Warning| {
                let address = || position::find_only(&text, refused_address(&warning.message)?);
                let place = position::find(&text, &warning.path).or_else(address);
                (warning, place)
            };
            let drafts = reading.articles.iter().filter(|article| article.draft).map(draft_remark);
            let remarks = drafts.chain(reading.warnings).map(with_place).collect();
            Ok(Content { format: reading.format, remarks, articles: reading.articles.into_iter().map(facts).collect() })
        }
        Err(error) => match error.kind() {
            ReadErrorKind::NotJson { line, column, message } => {
                problem(format!("not valid JSON: {message}"), Some((*line, *column)))
            }
            _ => problem(error.to_string(), None),
        },
    };
    Found { file, content }
}

/// The address that a warning about one quotes: it is told from the whole article, which knows no places.
fn refused_address(message: &str) -> Option<&str> {
    message.split_once("the address `")?.1.split_once("` is not allowed").map(|(address, _)| address)
}

fn draft_remark(article: &Article) -> Warning {
    let message = format!("“{}” is a draft: `recto build` leaves it out", article.title.plain_text());
    Warning { message, level: Level::Info, ..Warning::default() }
}

fn facts(mut article: Article) -> Facts {
    let mut sections = 0;
    each_block(&mut article.body, &mut |block| sections += usize::from(matches!(block.kind, Kind::Section(_))));
    Facts { title: article.title.plain_text(), sections, words: words(&article) }
}

fn lines(found: &Found) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write_lines(found, &mut out);
    out
}

fn write_lines(found: &Found, out: &mut String) -> std::fmt::Result {
    let Found { file, content } = found;
    let content = match content {
        Ok(content) => content,
        Err(problem) => {
            let (at, message) = (named(file, problem.place), printable(&problem.message));
            return writeln!(out, "{at}: {ERROR}error{ERROR:#}: {message}");
        }
    };
    for facts in &content.articles {
        let title =
            if facts.title.is_empty() { "no title".to_owned() } else { format!("“{}”", printable(&facts.title)) };
        let (sections, words) = (counted(facts.sections, "section"), counted(facts.words, "word"));
        let format = content.format.name();
        writeln!(out, "{file}: {GOOD}{format}{GOOD:#}, {title}, {sections}, {words}")?;
    }
    for (warning, place) in &content.remarks {
        let (style, level) = match warning.level {
            Level::Warning => (WARNING, "warning"),
            Level::Info => (NOTE, "note"),
        };
        write!(out, "{}: {style}{level}{style:#}: {}", named(file, *place), printable(&warning.message))?;
        if !warning.path.is_empty() {
            write!(out, " {QUIET}at {}{QUIET:#}", printable(&warning.path))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The text of a file without the control characters that would be commands to a terminal.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn to_json(found: &Found) -> Value<'static> {
    let with_place = |mut value: Value<'static>, place: Place| {
        if let Some((line, column)) = place {
            value["line"] = line.into();
            value["column"] = column.into();
        }
        value
    };
    match &found.content {
        Err(problem) => {
            let error = with_place(json!({"message": problem.message}), problem.place);
            json!({"file": found.file, "error": error})
        }
        Ok(content) => {
            let article =
                |facts: &Facts| json!({"title": facts.title, "sections": facts.sections, "words": facts.words});
            let remark = |(warning, place): &(Warning, Place)| {
                let level = if warning.level == Level::Warning { "warning" } else { "note" };
                with_place(json!({"level": level, "path": warning.path, "message": warning.message}), *place)
            };
            json!({
                "file": found.file,
                "format": content.format.as_str(),
                "articles": content.articles.iter().map(article).collect::<Value<'_>>(),
                "warnings": content.remarks.iter().map(remark).collect::<Value<'_>>(),
            })
        }
    }
}
