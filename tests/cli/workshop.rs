//! A folder to try things in, and the program to try.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

/// An empty folder, gone when dropped.
pub(crate) struct Workshop(PathBuf);

/// What the program answered.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workshop {
    /// A folder with this name, which no other test uses.
    pub(crate) fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("recto-cli-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and the folders around it.
    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn read_bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Runs the program in the folder.
    pub(crate) fn recto(&self, arguments: &[&str]) -> Answer {
        self.recto_with_input(arguments, "")
    }

    /// The same, with something at standard input.
    pub(crate) fn recto_with_input(&self, arguments: &[&str], input: &str) -> Answer {
        let input_file = self.path(".stdin");
        fs::write(&input_file, input).expect("a file can be written");
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::from(fs::File::open(input_file).expect("it was just written")))
            .output()
            .expect("the program starts");
        Answer {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("it answers in UTF-8"),
            err: String::from_utf8(output.stderr).expect("it answers in UTF-8"),
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The articles that come with Recto.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles")
}

impl Answer {
    /// The answer of a program that had nothing to complain about.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }
}
