//! What can be done with all comments of this browser on the article: a copy, a copy from elsewhere, the end.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Discussion;
use super::{parts, words};
use crate::browser::file::{self as chosen_file, FileHandle};
use crate::browser::{file_save, focus, timer};
use crate::comments::caps::Kept;
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
                Err(refusal) => tell(words::refusal(&refusal)),
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
                Err(refusal) => tell(words::refusal(&refusal)),
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

/// Deletes what comments keep about this reader in the browser, after asking once.
#[component]
pub fn DeviceData() -> impl IntoView {
    let discussion = Discussion::use_context();
    let unsent = RwSignal::new(None::<usize>);
    let place = NodeRef::<leptos::html::Div>::new();
    let focus_later = move || {
        spawn_local(async move {
            timer::sleep(0).await;
            let button =
                place.try_get_untracked().flatten().and_then(|place| place.query_selector("button").ok().flatten());
            if let Some(button) = button {
                focus::take(&button);
            }
        });
    };
    let ask = move || {
        spawn_local(async move {
            unsent.try_set(Some(discussion.count_unsent().await));
            focus_later();
        });
    };
    let delete = move || {
        spawn_local(async move {
            discussion.delete_data().await;
            unsent.try_set(None);
            focus_later();
        });
    };
    let keep = move || {
        unsent.set(None);
        focus_later();
    };
    let is_here = discussion.setting().caps.kept == Kept::Here;
    view! {
        <div class="r-device-data" role="group" aria-label=words::DELETE_DATA node_ref=place>
            {move || match unsent.get() {
                None => parts::act("r-act", words::DELETE_DATA, ask),
                Some(count) => view! {
                    <p>{words::DELETE_DATA_ASK}{is_here.then_some(words::DELETE_DATA_HERE)}{words::unsent(count)}</p>
                    {parts::act("r-button", words::KEEP_DATA, keep)}
                    {parts::act("r-act r-delete", words::DELETE, delete)}
                }.into_any(),
            }}
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
        Err(refusal) => words::refusal(&refusal),
    }
}
