//! Saving the article in one of several forms.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::focus::{self, LeaveBy};
use crate::browser::{file_save, modules};
use crate::export::form::Form;
use crate::ui::offline::KeepOffline;
use crate::ui::state::Origin;
use crate::ui::words;

/// What became of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    Nothing,
    Progress(String),
    Failure,
}

/// The button, and the forms that it opens.
#[component]
pub fn SaveMenu(
    /// What the article was read from.
    origin: Arc<Origin>,
) -> impl IntoView {
    let menu = NodeRef::<leptos::html::Div>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    let is_open = RwSignal::new(false);
    let told = RwSignal::new(Told::Nothing);
    let to_button = move || {
        if let Some(button) = button.get_untracked() {
            focus::take(&button);
        }
    };
    menu.on_load(move |menu| {
        focus::on_leave(&menu, move |by| {
            if is_open.get_untracked() {
                is_open.set(false);
                if by == LeaveBy::Escape {
                    to_button();
                }
            }
        });
    });
    let address = origin.address();
    let save = move |form: Form| {
        is_open.set(false);
        to_button();
        told.set(Told::Progress(words::SAVING.to_owned()));
        let origin = Arc::clone(&origin);
        spawn_local(async move {
            let saved = match modules::save(&origin.source, origin.index, form).await {
                Ok((name, content)) => file_save::save_content(&name, &content).ok().map(|()| name),
                Err(_) => None,
            };
            told.set(saved.map_or(Told::Failure, |name| Told::Progress(words::saved(&name))));
        });
    };
    let item = move |form: Form| {
        let save = save.clone();
        view! { <li><button type="button" class="r-save-form" on:click=move |_| save(form)>{words::form(form)}</button></li> }
    };
    view! {
        <div class="r-save" node_ref=menu>
            <button
                type="button"
                class="r-tool r-save-button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=words::SAVE_ID
                node_ref=button
                on:click=move |_| is_open.update(|open| *open = !*open)
            ><bdi>{words::SAVE}</bdi></button>
            <ul class="r-save-forms" id=words::SAVE_ID role="list" hidden=move || !is_open.get()>
                {Form::ALL.iter().copied().map(item).collect_view()}
                {address.map(|address| view! { <KeepOffline address=address/> })}
            </ul>
            <span class=words::HIDDEN role="status">{move || match told.get() {
                Told::Progress(text) => text,
                Told::Nothing | Told::Failure => String::new(),
            }}</span>
            {move || (told.get() == Told::Failure).then(|| view! { <p class="r-save-failure" role="alert">{words::NOT_SAVED}</p> })}
        </div>
    }
}
