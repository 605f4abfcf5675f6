//! What can be done with all comments of this browser on the article: a copy, a copy from elsewhere, the end.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Discussion;
use super::{parts, words};
use crate::browser::file::{self as chosen_file, FileHandle};
use crate::browser::file_save;
use crate::comments::file;
use crate::ui::words::HIDDEN;

/// Export, import, delete all.
#[component]
pub fn Tools() -> impl IntoView {
    let discussion = Discussion::use_context();
    let told = RwSignal::new(String::new());
    let copy = RwSignal::new(None::<String>);
    let has_own = Memo::new(move |_| discussion.has_own());
    let tell = move |words: String| {
        copy.set(None);
        told.set(words.clone());
        discussion.say(words);
    };
    let import = move |handle: FileHandle| {
        spawn_local(async move {
            let text = match handle.read().await {
                Ok(file) => file.bytes.to_text(),
                Err(error) => return tell(error.to_string()),
            };
            tell(import_text(discussion, &text).await);
        });
    };
    let export = move || {
        spawn_local(async move {
            match discussion.export().await {
                Ok(text) if file_save::save(words::EXPORT_NAME, &text).is_ok() => {}
                Ok(_) => tell(words::NOT_EXPORTED.to_owned()),
                Err(refusal) => tell(words::refusal(refusal).to_owned()),
            }
        });
    };
    let delete_all = move || {
        spawn_local(async move {
            match discussion.delete_all().await {
                Ok(text) => {
                    told.set(words::ALL_DELETED.to_owned());
                    copy.set(Some(text));
                }
                Err(refusal) => tell(words::refusal(refusal).to_owned()),
            }
        });
    };
    let undo = move || {
        let text = copy.get_untracked().unwrap_or_default();
        spawn_local(async move {
            import_text(discussion, &text).await;
            tell(words::RESTORED.to_owned());
        });
    };
    view! {
        <div class="r-comment-tools" role="group" aria-label=words::TOOLS>
            {move || has_own.get().then(|| parts::act("r-act", words::EXPORT, export))}
            <label class="r-act">
                <span>{words::IMPORT}</span>
                <input type="file" class=HIDDEN accept=".json,application/json" on:change:target=move |event| {
                    if let Some(handle) = chosen_file::chosen(&event.target()) {
                        import(handle);
                    }
                }/>
            </label>
            {move || has_own.get().then(|| parts::act("r-act r-delete", words::DELETE_ALL, delete_all))}
            <span class="r-told">
                {move || told.get()}
                {move || copy.with(Option::is_some).then(|| parts::act("r-act r-undo", words::UNDO, undo))}
            </span>
        </div>
    }
}

/// Adds the comments of a file's text, and says what came of it.
async fn import_text(discussion: Discussion, text: &str) -> String {
    let (file, warnings) = match file::read(text) {
        Ok(read) => read,
        Err(error) => return words::file_error(&error).to_owned(),
    };
    match discussion.import(&file.threads).await {
        Ok(count) => words::imported(count, warnings.len()),
        Err(refusal) => words::refusal(refusal).to_owned(),
    }
}
