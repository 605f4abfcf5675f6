//! Small views used in several places. Each is one type however often it is used, which keeps the program small.

use leptos::prelude::*;

/// A small button.
pub fn act(class: &'static str, word: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    button(class, word, Callback::new(move |()| act()))
}

fn button(class: &'static str, word: &'static str, act: Callback<()>) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act.run(())>{word}</button> }.into_any()
}

/// A paragraph that is there while there is something to say.
pub fn line(
    class: &'static str,
    id: &'static str,
    text: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> AnyView {
    derived_line(class, id, Signal::derive(text))
}

fn derived_line(class: &'static str, id: &'static str, text: Signal<Option<String>>) -> AnyView {
    let id = (!id.is_empty()).then_some(id);
    (move || text.get().map(|text| view! { <p class=class id=id>{text}</p> })).into_any()
}
