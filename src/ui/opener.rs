//! Opening an article from this device: a file chosen or dropped, or text pasted.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::bytes::Bytes;
use crate::browser::file::{self, FileHandle, Transfer};
use crate::reader::MOST_BYTES;
use crate::ui::failure::Failure;
use crate::ui::state::Library;
use crate::ui::words;

/// The button and its dialogue; also takes files dropped on, and text pasted into, the page.
#[component]
pub fn Opener() -> impl IntoView {
    let library = Library::use_context();
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let pasted = RwSignal::new(String::new());
    let dragging = RwSignal::new(false);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let open_file = move |handle: FileHandle| {
        close();
        spawn_local(read(library, handle));
    };
    let open_text = move |text: &str| {
        close();
        pasted.set(String::new());
        library.open_bytes(Bytes::from(text.as_bytes()), "", "");
    };
    let take = move |transfer| match transfer {
        Some(Transfer::File(handle)) => open_file(handle),
        Some(Transfer::Text(text)) => open_text(&text),
        None => {}
    };
    file::on_page_drop(move |carried| dragging.set(carried), take);
    file::on_page_paste(take);
    view! {
        <button type="button" class="r-tool r-open" on:click=move |_| {
            if let Some(dialog) = dialog.get_untracked() {
                let _ = dialog.show_modal();
            }
        }><bdi>{words::OPEN}</bdi></button>
        <dialog class="r-dialog" node_ref=dialog aria-labelledby=words::OPEN_TITLE_ID>
            <form method="dialog" class=words::DIALOG_FORM on:submit=move |event| {
                event.prevent_default();
                let text = pasted.get_untracked();
                if !text.trim().is_empty() {
                    open_text(&text);
                }
            }>
                <h2 id=words::OPEN_TITLE_ID>{words::OPEN_TITLE}</h2>
                <p>{words::OPEN_HINT}</p>
                <label class="r-file">
                    <span class="r-button r-primary">{words::CHOOSE_FILE}</span>
                    <input type="file" class=words::HIDDEN on:change:target=move |event| {
                        if let Some(handle) = file::chosen(&event.target()) {
                            open_file(handle);
                        }
                    }/>
                </label>
                <label class="r-field">
                    <span>{words::PASTE_LABEL}</span>
                    <textarea rows="6" spellcheck="false" prop:value=pasted
                        on:input:target=move |event| pasted.set(event.target().value())></textarea>
                </label>
                <p class="r-actions">
                    <button type="submit" class="r-button">{words::OPEN_PASTED}</button>
                    <button type="button" class="r-button r-quiet" on:click=move |_| close()>{words::CLOSE}</button>
                </p>
            </form>
        </dialog>
        {move || dragging.get().then(|| view! { <div class="r-drop" aria-hidden="true">{words::DROP_HERE}</div> })}
    }
}

async fn read(library: Library, handle: FileHandle) {
    if handle.size() > MOST_BYTES as f64 {
        return library.fail(Failure::too_large(""));
    }
    match handle.read().await {
        Ok(file) => library.open_bytes(file.bytes, &file.name, &file.media_type),
        Err(error) => library.fail(Failure::file(&error.to_string())),
    }
}
