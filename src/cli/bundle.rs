//! `recto bundle`: articles and their pictures as one page.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::app::{App, AppFiles};
use super::output::Target;
use super::{Done, Failure, below, convert, input, terminal};
use crate::article::Article;
use crate::export::bundle::{embed_pictures, path_of};
use crate::export::collection::{Part, collect};

/// Larger pictures stay outside: browsers are slow with them.
const LARGEST_PICTURE: u64 = 16 * 1024 * 1024;

/// What is asked for.
pub(super) struct Order {
    pub(super) inputs: Vec<PathBuf>,
    /// Title of several articles together.
    pub(super) title: Option<String>,
    pub(super) output: Option<PathBuf>,
    /// Which of several articles of a file, from 1.
    pub(super) only: Option<usize>,
    pub(super) app: App,
}

/// Bundles articles, with the app where it is there.
pub(super) fn run(order: &Order) -> Done {
    let program = AppFiles::find(&order.app)?.map(|app| app.single()).transpose()?;
    let files = input::files(&order.inputs)?;
    let target = Target::of(order.output.as_deref(), &files)?;
    let Bundled { folder, article, unreadable } = article(order, &files)?;
    let page = match program {
        Some(program) => program.page(&article, &article.url),
        None => convert::web_page(&article, &article.url),
    };
    let page = embed_pictures(&page, &mut |address| picture(&folder, address));
    target.write(page.as_bytes())?;
    Ok(if unreadable > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is to be written.
struct Bundled {
    /// The folder that addresses are from.
    folder: PathBuf,
    /// The article, which several are made into.
    article: Article,
    /// How many files could not be read.
    unreadable: usize,
}

/// The article to be written. Of several files, those that cannot be read are told.
fn article(order: &Order, files: &[PathBuf]) -> Result<Bundled, Failure> {
    if order.only.is_some() && files.len() > 1 {
        return Err(Failure("--only chooses from one file".to_owned()));
    }
    let (mut found, mut unreadable) = (Vec::new(), 0);
    for file in files {
        // Without an address, pictures stay relative, and can be found beside the file.
        match convert::articles(file, "", order.only) {
            Ok(articles) => found.extend(articles.into_iter().map(|article| (file, article))),
            Err(failure) if files.len() == 1 => return Err(failure),
            Err(failure) => {
                unreadable += 1;
                terminal::error(&failure.0);
            }
        }
    }
    if found.is_empty() {
        return Err(Failure("no article found".to_owned()));
    }
    if found.len() == 1 {
        let (file, article) = found.remove(0);
        return Ok(Bundled { folder: folder_of(file), article, unreadable });
    }
    // Some may be named from here, others from the root.
    let whole = |file: &Path| std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = files.iter().map(|file| folder_of(&whole(file))).reduce(shared).unwrap_or_default();
    let title = order.title.clone().unwrap_or_else(|| format!("{} articles", found.len()));
    let parts = found.into_iter().map(|(file, article)| Part { path: below(&folder, &whole(file)), article }).collect();
    Ok(Bundled { folder, article: collect(&title, parts), unreadable })
}

fn folder_of(file: &Path) -> PathBuf {
    let is_stdin = file.as_os_str() == input::STDIN;
    file.parent().filter(|_| !is_stdin).unwrap_or(Path::new("")).to_owned()
}

/// The innermost folder that both are in.
fn shared(one: PathBuf, other: PathBuf) -> PathBuf {
    one.components().zip(other.components()).take_while(|(a, b)| a == b).map(|(same, _)| same).collect()
}

/// The picture at an address that is from `folder`. It is told where one of this disk stays outside.
fn picture(folder: &Path, address: &str) -> Option<Vec<u8>> {
    let is_elsewhere = address.split('/').next().is_some_and(|first| first.contains(':'));
    match path_of(address) {
        Some(path) => read(&folder.join(path)),
        None if is_elsewhere => None,
        None => {
            terminal::warning(&format!("{address}: not in the article's folder, so not in the bundle"));
            None
        }
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST_PICTURE + 1).read_to_end(&mut bytes));
    match read {
        Ok(length) if length as u64 <= LARGEST_PICTURE => Some(bytes),
        Ok(_) => {
            terminal::warning(&format!("{}: too large for a bundle", path.display()));
            None
        }
        Err(error) => {
            terminal::warning(&format!("{}: {error}", path.display()));
            None
        }
    }
}
