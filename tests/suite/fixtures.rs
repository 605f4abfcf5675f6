//! Files of others, read in place and never copied here: the folder `fixtures` beside the project's own, or under
//! the folder that `RECTO_SHARED` names.

use std::path::{Path, PathBuf};

/// The folder that holds `fixtures` and `data`; `None`, with a notice, where it is absent.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = match std::env::var_os("RECTO_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    if folder.join("fixtures").is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no folder {}", folder.join("fixtures").display());
    None
}

/// The files below `fixtures/folder` whose name ends in `extension`, in alphabetical order.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if let Some(shared) = shared() {
        collect(&shared.join("fixtures").join(folder), extension, &mut found);
        found.sort();
        assert!(!found.is_empty(), "there are {extension} files in {folder}");
    }
    found
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, extension, found);
        } else if path.to_string_lossy().ends_with(extension) {
            found.push(path);
        }
    }
}
