//! Files written whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::Failure;

/// Writes a file and the folders around it. Who reads it meanwhile sees the old content or the new one.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    fs::write(&new, content).and_then(|()| fs::rename(&new, path)).map_err(|error| {
        let _ = fs::remove_file(&new);
        failure(error)
    })
}
