//! The way to the site's list.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ui::home::Home;
use crate::ui::state::Library;

/// A link to the site's list, which the app shows itself where the page's query says what is shown.
#[component]
pub fn ListLink(
    /// Where the list is.
    href: String,
    /// Its class.
    class: &'static str,
    /// What it says of itself.
    #[prop(optional)]
    title: Option<&'static str>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let (home, library) = (Home::use_context(), Library::use_context());
    let open = move |event: MouseEvent| {
        if home.has_query() {
            event.prevent_default();
            library.open_list();
        }
    };
    view! { <a class=class href=href title=title on:click=open>{children()}</a> }
}
