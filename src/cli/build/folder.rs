//! The folder of a website: knows what is in it from the last time, writes what differs, removes what is gone.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::cli::{Failure, output, terminal};
use crate::export::website::hash;
use crate::json::{self, Object, json};

/// What was written, with a mark of each file's content. Its name keeps it out of most copies.
const RECORD: &str = ".recto-build.json";

/// Files that a build writes, a line for each, noted before they are written: so what a killed build has left is known.
const JOURNAL: &str = ".recto-build.new";

/// The folder, while it is written.
pub(super) struct Folder {
    root: PathBuf,
    before: BTreeMap<String, String>,
    now: Mutex<BTreeMap<String, String>>,
    journal: Mutex<File>,
    written: AtomicUsize,
}

/// How many files were touched, and how many were not.
pub(super) struct Summary {
    pub(super) written: usize,
    pub(super) unchanged: usize,
    pub(super) removed: usize,
}

impl Folder {
    /// Opens a folder that is empty, or was written by this program, if only in part: files of others are not overwritten.
    pub(super) fn open(root: &Path) -> Result<Self, Failure> {
        let (record, journal) = (root.join(RECORD), root.join(JOURNAL));
        let mut before = match fs::read_to_string(&record) {
            Ok(text) => files_of(&text)
                .ok_or_else(|| Failure(format!("{} is damaged: delete the folder and build anew", record.display())))?,
            Err(_) if is_empty(root) || journal.is_file() => BTreeMap::new(),
            Err(_) => {
                let root = root.display();
                return Err(Failure(format!("{root} holds files of others: empty it, or choose another folder")));
            }
        };
        // Their content may not be whole.
        for path in String::from_utf8_lossy(&fs::read(&journal).unwrap_or_default()).lines() {
            before.insert(path.to_owned(), String::new());
        }
        let failure = |error: io::Error| Failure(format!("{}: {error}", journal.display()));
        fs::create_dir_all(root).map_err(failure)?;
        let journal = File::options().create(true).append(true).open(&journal).map_err(failure)?;
        let (root, journal) = (root.to_owned(), Mutex::new(journal));
        Ok(Self { root, before, now: Mutex::default(), journal, written: AtomicUsize::new(0) })
    }

    /// Writes a file, unless the same is there, or one of somebody else's.
    pub(super) fn write(&self, path: &str, content: &[u8]) -> Result<(), Failure> {
        self.keep(path, hash(content), content.len() as u64, |to| output::write(to, content))
    }

    /// Copies a file, unless it is there with the same length and date, or one of somebody else's is.
    pub(super) fn copy(&self, path: &str, from: &Path) -> Result<(), Failure> {
        let failure = |error: io::Error| Failure(format!("{}: {error}", from.display()));
        let metadata = fs::metadata(from).map_err(failure)?;
        let changed = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let mark = format!("{}-{}", metadata.len(), changed.map_or(0, |time| time.as_nanos()));
        self.keep(path, mark, metadata.len(), |to| {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(from, to).map_err(failure).map(|_| ())
        })
    }

    fn keep(
        &self,
        path: &str,
        mark: String,
        length: u64,
        write: impl FnOnce(&Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let to = self.root.join(path);
        if !self.is_ours(path) && to.symlink_metadata().is_ok() {
            let to = to.display();
            terminal::warning(&format!(
                "{to} is not of an earlier build and stays: delete it to have that of the site"
            ));
            return Ok(());
        }
        let is_there = self.before.get(path) == Some(&mark)
            && fs::metadata(&to).is_ok_and(|metadata| metadata.is_file() && metadata.len() == length);
        if !is_there {
            self.note(path)?;
            write(&to)?;
            self.written.fetch_add(1, Ordering::Relaxed);
        }
        if let Ok(mut now) = self.now.lock() {
            now.insert(path.to_owned(), mark);
        }
        Ok(())
    }

    /// Whether a file was written by this build or an earlier one.
    fn is_ours(&self, path: &str) -> bool {
        self.before.contains_key(path) || self.now.lock().is_ok_and(|now| now.contains_key(path))
    }

    /// Notes that a file is going to be ours.
    fn note(&self, path: &str) -> Result<(), Failure> {
        let Ok(mut journal) = self.journal.lock() else { return Ok(()) };
        let written = journal.write_all(format!("{path}\n").as_bytes());
        written.map_err(|error| Failure(format!("{}: {error}", self.root.join(JOURNAL).display())))
    }

    /// Removes what was written before and not this time, and notes what is there now.
    pub(super) fn close(self) -> Result<Summary, Failure> {
        let now = self.now.into_inner().unwrap_or_default();
        let mut removed = 0;
        for path in self.before.keys().filter(|path| !now.contains_key(*path) && is_inside(path)) {
            let path = self.root.join(path);
            removed += usize::from(fs::remove_file(&path).is_ok());
            // A folder that is not empty stays.
            let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
            for folder in folders {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        let written = self.written.into_inner();
        let files: Object<'_> = now.iter().map(|(path, mark)| (&**path, mark.as_str().into())).collect();
        let record = json::pretty(&json!({"version": 1, "files": files}));
        output::write(&self.root.join(RECORD), record.as_bytes())?;
        drop(self.journal);
        let _ = fs::remove_file(self.root.join(JOURNAL));
        Ok(Summary { written, unchanged: now.len() - written, removed })
    }
}

fn files_of(record: &str) -> Option<BTreeMap<String, String>> {
    let record = json::parse(record).ok()?;
    let files = record.get("files")?.as_object()?;
    files.iter().map(|(path, mark)| Some((path.to_owned(), mark.as_str()?.to_owned()))).collect::<Option<_>>()
}

/// Whether a path of the record stays in the folder: somebody may have edited it.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_cannot_lead_out_of_the_folder() {
        for outside in ["../a", "/a", "a/../../b"] {
            assert!(!is_inside(outside), "{outside}");
        }
        assert!(is_inside("articles/a.html") && is_inside(".htaccess"));
    }

    #[test]
    fn what_an_interrupted_build_has_written_is_known() {
        let root = std::env::temp_dir().join(format!("recto-folder-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let begun = Folder::open(&root).ok().expect("a new folder");
        begun.write("a/old.html", b"old").ok().expect("it can be written");
        begun.write("b.html", b"old").ok().expect("it can be written");
        drop(begun);
        let again = Folder::open(&root).ok().expect("a folder of ours");
        again.write("b.html", b"new").ok().expect("it can be written");
        let summary = again.close().ok().expect("it can be written");
        assert_eq!((summary.written, summary.removed), (1, 1));
        let left: Vec<_> = fs::read_dir(&root).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert!(left.len() == 2 && fs::read(root.join("b.html")).is_ok_and(|content| content == b"new"), "{left:?}");
        let _ = fs::remove_dir_all(&root);
    }

    #[test]
    fn damaged_records_are_noticed() {
        assert_eq!(files_of("{\"files\": {\"a\": \"b\"}}").map(|files| files.len()), Some(1));
        for damaged in ["", "[]", "{}", "{\"files\": {\"a\": 1}}"] {
            assert_eq!(files_of(damaged), None, "{damaged}");
        }
    }
}
