//! The built app, as Trunk left it in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, below, input};
use crate::export::single::Single;

/// Where the built app is.
pub(super) enum App {
    /// In this folder.
    At(PathBuf),
    /// In `dist`, if that is there.
    IfThere,
    /// It is not wanted.
    Absent,
}

impl App {
    /// What the arguments say.
    pub(super) fn of(folder: Option<PathBuf>, is_absent: bool) -> Self {
        match folder {
            Some(folder) => Self::At(folder),
            None if is_absent => Self::Absent,
            None => Self::IfThere,
        }
    }
}

/// The files of the built app.
pub(super) struct AppFiles {
    /// Their folder.
    pub(super) folder: PathBuf,
    /// Paths below it.
    pub(super) files: Vec<String>,
}

impl AppFiles {
    /// Finds them; `None` where the app is not wanted, or not there.
    pub(super) fn find(app: &App) -> Result<Option<Self>, Failure> {
        let folder = match app {
            App::Absent => return Ok(None),
            App::IfThere if !Path::new("dist/index.html").is_file() => return Ok(None),
            App::IfThere => PathBuf::from("dist"),
            App::At(folder) => folder.clone(),
        };
        if !folder.join("index.html").is_file() {
            return Err(Failure(format!("{} is no built app: it has no index.html", folder.display())));
        }
        let mut files = Vec::new();
        input::walk(&folder, &mut files)?;
        let files = files.iter().map(|path| below(&folder, path));
        // Its articles and settings are samples.
        let files = files.filter(|path| path != "recto.json" && !path.starts_with("articles/")).collect();
        Ok(Some(Self { folder, files }))
    }

    /// Files whose names change with their content, as those do that the app's build has named.
    pub(super) fn hashed(&self) -> Vec<String> {
        let is_hashed = |path: &&String| {
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let mark = stem.trim_end_matches("_bg").rsplit('-').next().unwrap_or_default();
            !path.contains('/') && mark.len() >= 8 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()) && mark != stem
        };
        self.files.iter().filter(is_hashed).cloned().collect()
    }

    /// The script that lets the app take pages over.
    pub(super) fn start(&self) -> Result<String, Failure> {
        self.named("static-", ".js")
    }

    /// The program as one file.
    pub(super) fn single(&self) -> Result<Single, Failure> {
        let path = self.folder.join(self.named("recto-single-", ".json")?);
        let text = fs::read_to_string(&path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
        Single::read(&text).ok_or_else(|| Failure(format!("{} is damaged: build the app anew", path.display())))
    }

    /// The file whose name begins and ends like that.
    fn named(&self, start: &str, end: &str) -> Result<String, Failure> {
        let found = self.files.iter().find(|path| path.starts_with(start) && path.ends_with(end)).cloned();
        found.ok_or_else(|| Failure(format!("{} is an app of another version: build it anew", self.folder.display())))
    }
}
