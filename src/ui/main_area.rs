//! The main content of a screen: a landmark on a page of its own; in somebody else's page, which has one, it is not.

use leptos::prelude::*;

use crate::ui::home::Home;
use crate::ui::words;

/// The main content.
#[component]
pub fn Main(
    /// Its class.
    class: &'static str,
    /// What kind of screen it is, for styles and tests.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// What is in it.
    children: Children,
) -> AnyView {
    if Home::use_context().is_page() {
        view! { <main class=class data-kind=kind id=words::MAIN_ID tabindex="-1">{children()}</main> }.into_any()
    } else {
        view! { <div class=class part=kind.map(|_| "error") data-kind=kind id=words::MAIN_ID tabindex="-1">{children()}</div> }.into_any()
    }
}
