//! Files that the reader chose, dropped or pasted. <https://developer.mozilla.org/docs/Web/API/File_API>

use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, HtmlInputElement};

use super::Error;
use super::bytes::Bytes;

/// A file's name, media type and content.
#[derive(Debug, Clone)]
pub struct ChosenFile {
    /// Name, without folders.
    pub name: String,
    /// Media type as the system knows it; often empty.
    pub media_type: String,
    /// Content.
    pub bytes: Bytes,
}

/// A file not read yet.
#[derive(Debug, Clone)]
pub struct FileHandle(File);

impl FileHandle {
    /// Reads it.
    ///
    /// # Errors
    /// When the system refuses: it was moved, or is a folder.
    pub async fn read(self) -> Result<ChosenFile, Error> {
        let buffer = JsFuture::from(self.0.array_buffer()).await?;
        Ok(ChosenFile { name: self.0.name(), media_type: self.0.type_(), bytes: Bytes::of(&buffer) })
    }

    /// Bytes it has.
    pub fn size(&self) -> f64 {
        self.0.size()
    }
}

/// The file chosen in an `<input type="file">`; choosing the same again will count anew.
pub fn chosen(input: &HtmlInputElement) -> Option<FileHandle> {
    let file = first(input.files());
    input.set_value("");
    file
}

/// What a drop or a paste brought.
#[derive(Debug, Clone)]
pub enum Transfer {
    /// A file.
    File(FileHandle),
    /// Text or, where the source offered it, the HTML of what was copied.
    Text(String),
}

/// What `transfer` brings, if it is of use.
fn transferred(transfer: Option<DataTransfer>) -> Option<Transfer> {
    let transfer = transfer?;
    if let Some(file) = first(transfer.files()) {
        return Some(Transfer::File(file));
    }
    let text = |kind| transfer.get_data(kind).ok().filter(|text| !text.trim().is_empty());
    let plain = text("text/plain").filter(|text| text.trim_start().starts_with(['{', '[', '<']));
    plain.or_else(|| text("text/html")).or_else(|| text("text/plain")).map(Transfer::Text)
}

/// Whether a drag carries a file.
fn carries_file(transfer: Option<DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| transfer.types().includes(&JsValue::from_str("Files"), 0))
}

fn first(files: Option<FileList>) -> Option<FileHandle> {
    files.and_then(|files| files.get(0)).map(FileHandle)
}

/// Watches files dragged over the page: `dragging` says whether one is, `dropped` gets it. Drops elsewhere than into
/// a field would otherwise leave the page.
pub fn on_page_drop(dragging: impl Fn(bool) + Copy + 'static, dropped: impl Fn(Option<Transfer>) + Copy + 'static) {
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        if carries_file(event.data_transfer()) {
            event.prevent_default();
            dragging(true);
        }
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event| {
        if event.related_target().is_none() {
            dragging(false);
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        if carries_file(event.data_transfer()) {
            event.prevent_default();
            dragging(false);
            dropped(transferred(event.data_transfer()));
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
}

/// Gives `pasted` what is pasted while no field has the focus.
pub fn on_page_paste(pasted: impl Fn(Option<Transfer>) + Copy + 'static) {
    let paste = window_event_listener(leptos::ev::paste, move |event| {
        let into_field =
            super::document::closest(event.target(), "input, textarea, select, [contenteditable]").is_some();
        if !into_field {
            event.prevent_default();
            pasted(transferred(event.clipboard_data()));
        }
    });
    on_cleanup(move || paste.remove());
}
