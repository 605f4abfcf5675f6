//! `recto bundle`: an article and its pictures as one page.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use super::app::{App, AppFiles};
use super::convert::{self, Order};
use super::{Done, input, output, terminal};
use crate::export::bundle::{embed_pictures, path_of};

/// Larger pictures stay outside: browsers are slow with them.
const LARGEST_PICTURE: u64 = 16 * 1024 * 1024;

/// Bundles an article, with the app where it is there.
pub(super) fn run(order: &Order, app: &App) -> Done {
    let single = AppFiles::find(app)?.map(|app| app.single()).transpose()?;
    let page = convert::page(order, single.as_ref())?;
    let is_stdin = order.input.as_os_str() == input::STDIN;
    let folder = order.input.parent().filter(|_| !is_stdin).unwrap_or(Path::new(""));
    let page = embed_pictures(&page, &mut |address| picture(&folder.join(path_of(address)?)));
    match &order.output {
        Some(path) => output::write(path, page.as_bytes())?,
        None => terminal::print(page.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn picture(path: &Path) -> Option<Vec<u8>> {
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
