//! `recto build`: a folder of articles becomes a website.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::app::{App, AppFiles};
use super::terminal::GOOD;
use super::{Done, Failure, below, input, parallel, position, terminal};
use crate::article::Article;
use crate::export::website::{self, ARTICLES, File, Source, VIEWER, Website};
use crate::json;
use crate::reader::Reading;
use crate::site::Settings;
use crate::warning::{Level, Warning, printable};

mod folder;

use folder::Folder;

/// What is asked for.
pub(super) struct Order {
    pub(super) articles: PathBuf,
    pub(super) base: String,
    pub(super) output: PathBuf,
    pub(super) site: Option<PathBuf>,
    pub(super) drafts: Drafts,
    pub(super) app: App,
}

/// What becomes of articles that say that they are drafts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drafts {
    LeftOut,
    Published,
}

/// Builds the website.
pub(super) fn run(order: &Order) -> Done {
    let app = AppFiles::find(&order.app)?;
    let folders = [Some(order.articles.as_path()), app.as_ref().map(|app| app.folder.as_path())];
    stay_apart(&order.output, folders.into_iter().flatten())?;
    let settings = settings(order.site.as_deref())?;
    let starts = match &app {
        Some(app) => website::App::Included(app.start()?),
        None => website::App::Absent,
    };
    let mut found = Vec::new();
    input::walk(&order.articles, &mut found)?;
    let folder = Folder::open(&order.output)?;

    let (articles, others): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(|path| input::is_article(path));
    let Read { sources, unreadable, remarks } = read_all(order, &articles);
    let site = Website::new(settings, order.base.clone(), starts, sources);
    write(&site, &folder)?;
    for path in others.iter().filter(|path| !is_list_or_settings(path)) {
        folder.copy(&format!("{ARTICLES}/{}", below(&order.articles, path)), path)?;
    }
    let hashed = app.as_ref().map(AppFiles::hashed).unwrap_or_default();
    let files = site.others(&hashed);
    if let Some(app) = &app {
        copy(app, &files, &folder)?;
        folder.write("recto.json", settings_for_app(order.site.as_deref(), site.title())?.as_bytes())?;
    }
    for File { path, content } in &files {
        folder.write(path, content.as_bytes())?;
    }
    let count = site.pages().len();
    let summary = folder.close()?;
    if remarks > 0 {
        terminal::warning(&format!("{remarks} remarks about articles; `recto check` tells them"));
    }
    terminal::print_styled(&format!(
        "{GOOD}built{GOOD:#} {count} articles: {} files written, {} unchanged, {} removed\n",
        summary.written, summary.unchanged, summary.removed
    ))?;
    Ok(if unreadable > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What was read.
#[derive(Default)]
struct Read {
    sources: Vec<Source>,
    /// How many files could not be.
    unreadable: usize,
    /// How many warnings there are.
    remarks: usize,
}

/// Reads files of articles; what cannot be read, and what is left out, is told.
fn read_all(order: &Order, files: &[PathBuf]) -> Read {
    let bar = terminal::progress(files.len(), "reading");
    let readings = parallel::map(files, |path| {
        let reading = read(path);
        bar.inc(1);
        reading
    });
    bar.finish_and_clear();
    let mut all = Read::default();
    for (path, reading) in files.iter().zip(readings) {
        match reading {
            Ok(mut reading) => {
                if order.drafts == Drafts::LeftOut {
                    leave_out_drafts(path, &mut reading.articles);
                }
                all.remarks += reading.warnings.iter().filter(|warning| warning.level == Level::Warning).count();
                all.sources.push(Source { path: below(&order.articles, path), articles: reading.articles });
            }
            Err(failure) => {
                all.unreadable += 1;
                terminal::error(&failure.0);
            }
        }
    }
    all
}

/// Leaves out articles that are drafts, and says so.
fn leave_out_drafts(path: &Path, articles: &mut Vec<Article>) {
    articles.retain(|article| {
        if article.draft {
            let title = printable(&article.title.plain_text());
            terminal::warning(&format!("{}: the draft “{title}” is left out; --drafts publishes it", path.display()));
        }
        !article.draft
    });
}

/// Copies the app, but for files that the website has itself; the first page becomes the viewer's.
fn copy(app: &AppFiles, own: &[File], folder: &Folder) -> Result<(), Failure> {
    for path in &app.files {
        let to = if path == "index.html" { VIEWER } else { path };
        if !own.iter().any(|file| file.path == to) {
            folder.copy(to, &app.folder.join(path))?;
        }
    }
    Ok(())
}

/// Writes the files of each article.
fn write(site: &Website, folder: &Folder) -> Result<(), Failure> {
    let bar = terminal::progress(site.pages().len(), "writing");
    let written = parallel::map(site.pages(), |page| {
        let mut files = site.article(page).into_iter();
        let written = files.try_for_each(|file| folder.write(&file.path, file.content.as_bytes()));
        bar.inc(1);
        written
    });
    bar.finish_and_clear();
    written.into_iter().collect()
}

fn read(path: &Path) -> Result<Reading, Failure> {
    let failure = |reason: String| Failure(format!("{}: {reason}", path.display()));
    let bytes = input::bytes(path).map_err(|error| failure(error.to_string()))?;
    input::read(path, &bytes).map_err(|error| failure(error.to_string()))
}

fn is_list_or_settings(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// The settings asked for, without which nothing is built.
fn settings(path: Option<&Path>) -> Result<Settings, Failure> {
    let Some(path) = path else { return Ok(Settings::default()) };
    let failure = |reason: String| Failure(format!("{}: {reason}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| failure(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    match json::parse(text) {
        Ok(value) if value.is_object() => {}
        Ok(_) => return Err(failure("expected an object of settings".to_owned())),
        Err(error) => return Err(failure(error.to_string())),
    }
    let (settings, warnings) = Settings::read(text);
    for Warning { path: pointer, message, .. } in warnings.into_list() {
        let place = position::find(text, &pointer);
        terminal::warning(&format!("{}: {message} at {pointer}", position::named(&path.display().to_string(), place)));
    }
    Ok(settings)
}

/// The app's own settings: those given, which name the list that is built.
fn settings_for_app(path: Option<&Path>, title: &str) -> Result<String, Failure> {
    let text = path.map_or_else(|| Ok("{}".to_owned()), fs::read_to_string)?;
    let mut value = json::parse(&text).unwrap_or_else(|_| json::json!({}));
    if let Some(members) = value.as_object_mut() {
        members.insert("articles", format!("{ARTICLES}/index.json").into());
        members.insert("title", title.into());
    }
    Ok(json::pretty(&value))
}

/// What is written must not be read again, nor what is read be overwritten.
fn stay_apart<'a>(output: &Path, folders: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    let output = whole(output)?;
    for folder in folders {
        let other = whole(folder)?;
        if output.starts_with(&other) || other.starts_with(&output) {
            let (output, other) = (output.display(), other.display());
            return Err(Failure(format!("{output} and {other} must not be inside of each other")));
        }
    }
    Ok(())
}
