//! Files written whole or not at all, and standard output.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Failure, input, terminal};

/// Where a result goes.
pub(super) enum Target<'a> {
    /// Standard output.
    Standard,
    File(&'a Path),
}

impl<'a> Target<'a> {
    /// The one that `--output` names, which is none of the files read.
    pub(super) fn of(output: Option<&'a Path>, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let Some(path) = output.filter(|path| path.as_os_str() != input::STDIN) else { return Ok(Self::Standard) };
        let whole = path.canonicalize().ok();
        if whole.is_some() && inputs.iter().any(|input| input.canonicalize().ok() == whole) {
            return Err(Failure(format!("{}: the output would replace the article itself", path.display())));
        }
        Ok(Self::File(path))
    }

    /// Writes the result there.
    pub(super) fn write(&self, content: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard => Ok(terminal::print(content)?),
            Self::File(path) => write(path, content),
        }
    }
}

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
