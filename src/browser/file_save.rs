//! Handing the reader a file. <https://developer.mozilla.org/docs/Web/API/HTMLAnchorElement/download>

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::{Error, page};

/// What is in a file to save. It stays outside of this part of the program.
pub struct FileContent(Blob);

impl FileContent {
    /// Made elsewhere.
    pub(super) fn of(blob: Blob) -> Self {
        Self(blob)
    }
}

/// Saves `text` where the browser saves downloads.
///
/// # Errors
/// When the browser makes no files.
pub fn save(name: &str, text: &str) -> Result<(), Error> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    save_content(name, &FileContent(blob))
}

/// Saves `content` where the browser saves downloads.
///
/// # Errors
/// When the browser makes no files.
pub fn save_content(name: &str, content: &FileContent) -> Result<(), Error> {
    let url = Url::create_object_url_with_blob(&content.0)?;
    let link: HtmlAnchorElement = page().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)?;
    Ok(())
}
