//! Files of articles: found in folders, read, and turned into articles.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::markup;
use crate::reader::{self, Format, Hint, MOST_BYTES, ReadError, Reading};

/// Ends of the names of files that are looked at in folders, and the format without which they mean nothing.
const EXTENSIONS: &[(&str, &str)] = &[
    ("json", "article-json"),
    ("html", "html"),
    ("htm", "html"),
    ("xhtml", "html"),
    ("txt", "text"),
    ("text", "text"),
    ("md", "markdown"),
    ("markdown", "markdown"),
    ("ipynb", "jupyter"),
];

/// Files in folders of articles that are no articles: settings, and the list.
const OTHERS: &[&str] = &["recto.json", "index.json"];

/// The name that stands for standard input.
pub(super) const STDIN: &str = "-";

/// The files that `paths` name: they themselves, and those in folders, in alphabetical order.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut inside = Vec::new();
            walk(path, &mut inside)?;
            found.extend(inside.into_iter().filter(|path| is_article(path)));
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

/// Every file below `folder` but hidden ones, in alphabetical order. Links to folders are not followed: they may lead
/// in a circle.
pub(super) fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure(format!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = fs::read_dir(folder).and_then(Iterator::collect).map_err(failure)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry.file_type().map_err(failure)?;
        match entry.path() {
            _ if is_hidden => {}
            path if kind.is_dir() => walk(&path, found)?,
            path if path.is_file() => found.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file in a folder is taken for an article, by its name.
pub(super) fn is_article(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_read =
        |(known, format): &(&str, &str)| known.eq_ignore_ascii_case(&extension) && Format::from_word(format).is_some();
    EXTENSIONS.iter().any(is_read) && !OTHERS.contains(&&*name)
}

/// The content of a file, or of standard input.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // One more than is read is enough to be refused for its size.
    let most = MOST_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path.as_os_str() == STDIN {
        io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        let file = fs::File::open(path)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len().min(most));
        bytes.reserve(length as usize + 1);
        file.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Reads the articles in a file's content; its name helps to tell the format, and stands in for a title.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Reading, ReadError> {
    read_from(path, bytes, "")
}

/// The same for a file that is at home at an address, against which those inside are resolved.
pub(super) fn read_from(path: &Path, bytes: &[u8], url: &str) -> Result<Reading, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = if path.as_os_str() == STDIN { "" } else { &*name };
    reader::read(bytes, &Hint { name, url, ..Hint::default() }, markup::parse::parse)
}
