//! The program `recto`: what can be asked of it, and what it answers. The only place with input and output, natively.
//!
//! Results go to standard output, remarks to standard error. It ends with 0 where all is well, 1 where something could
//! not be read or written, 2 where it was asked wrongly.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueHint};

use self::app::App;
use crate::export::website;

mod app;
mod build;
mod bundle;
mod check;
mod convert;
mod input;
mod manual;
mod output;
mod parallel;
mod position;
mod terminal;

/// Checks, converts and publishes articles.
#[derive(Parser)]
#[command(name = "recto", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Tell what is in files of articles, and what could not be used
    ///
    /// Prints for each file its format, title, sections and words, then warnings with their place. Ends with 1 where
    /// a file cannot be read, and with --strict also where there is a warning.
    Check {
        /// Files, or folders to look for them in; `-` is standard input
        #[arg(required = true, value_name = "FILE|FOLDER", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// Fail on warnings, too
        #[arg(long)]
        strict: bool,
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write an article in another form
    Convert {
        /// The file; `-` is standard input
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        input: PathBuf,
        /// The form; by default what the name of the output says, else Article JSON
        #[arg(long, value_enum, value_name = "FORM")]
        to: Option<convert::Form>,
        /// Where to write; by default, and for `-`, standard output
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// The address the file is from: relative addresses inside are resolved against it
        #[arg(long, value_name = "ADDRESS", default_value = "", hide_default_value = true, value_hint = ValueHint::Url)]
        url: String,
        /// Of several articles in the file, take this one
        #[arg(long, value_name = "NUMBER")]
        only: Option<usize>,
    },
    /// Write a website of articles that needs no script and no server program
    ///
    /// Writes a page for each article, lists, tags, feeds, a sitemap, and the settings that hosts ask for. Only what
    /// changed is written; what is no longer there is removed. Drafts are left out.
    Build {
        /// The folder of articles, and of their pictures
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        articles: PathBuf,
        /// The address the website will have
        #[arg(long, value_name = "ADDRESS", value_parser = address, value_hint = ValueHint::Url)]
        base: String,
        /// Where to write it
        #[arg(short, long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        output: PathBuf,
        /// The site's settings, as the app reads them
        #[arg(long, value_name = "RECTO.JSON", value_hint = ValueHint::FilePath)]
        site: Option<PathBuf>,
        /// Publish drafts, too
        #[arg(long)]
        drafts: bool,
        /// The built app, to include; by default `dist` where it is there
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "no_app")]
        app: Option<PathBuf>,
        /// Leave out the app
        #[arg(long)]
        no_app: bool,
    },
    /// Write articles and their pictures as one page to send along
    Bundle {
        /// Files, and folders of them; the pictures are those below each file's folder
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
        inputs: Vec<PathBuf>,
        /// Title of the page, where it holds several articles
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// Where to write; by default, and for `-`, standard output
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// Of several articles in the file, take this one
        #[arg(long, value_name = "NUMBER")]
        only: Option<usize>,
        /// Include this built app; by default `dist`, where it is there
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        app: Option<PathBuf>,
        /// Include no app: a page without a script
        #[arg(long, conflicts_with = "app")]
        no_app: bool,
    },
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man {
        /// The verb to describe, in place of the whole
        verb: Option<String>,
    },
}

/// Reads the arguments and does what they ask.
pub fn run() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Check { paths, strict, json } => {
            let form = if json { check::Form::Json } else { check::Form::People };
            check::run(&paths, if strict { check::Rule::Strict } else { check::Rule::Lenient }, form)
        }
        Verb::Convert { input, to, output, url, only } => {
            convert::run(&convert::Order { input, form: to, output, url, only })
        }
        Verb::Bundle { inputs, title, output, only, app, no_app } => {
            bundle::run(&bundle::Order { inputs, title, output, only, app: App::of(app, no_app) })
        }
        Verb::Build { articles, base, output, site, drafts, app, no_app } => {
            let drafts = if drafts { build::Drafts::Published } else { build::Drafts::LeftOut };
            build::run(&build::Order { articles, base, output, site, drafts, app: App::of(app, no_app) })
        }
        Verb::Completions { shell } => manual::completions(&mut Arguments::command(), shell),
        Verb::Man { verb } => manual::page(Arguments::command(), verb.as_deref()),
    };
    done.unwrap_or_else(|failure| {
        terminal::error(&failure.0);
        ExitCode::FAILURE
    })
}

/// The address of a website.
fn address(text: &str) -> Result<String, &'static str> {
    website::base(text).ok_or("expected a whole address, such as https://example.org/blog/")
}

/// A path below a folder, with `/` on every system.
fn below(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Why nothing, or not all, could be done; in words for people.
struct Failure(String);

type Done = Result<ExitCode, Failure>;

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}
