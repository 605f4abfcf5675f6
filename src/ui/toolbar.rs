//! The bar at the top: the way to the list, opening, saving, printing, colours.

use leptos::prelude::*;

use crate::article::Direction;
use crate::browser::document;
use crate::ui::home::Home;
use crate::ui::list_link::ListLink;
use crate::ui::opener::Opener;
use crate::ui::save_menu::SaveMenu;
use crate::ui::state::{Library, Screen};
use crate::ui::theme::ThemeMenu;
use crate::ui::words;

/// The bar at the top of every screen.
#[component]
pub fn Toolbar() -> impl IntoView {
    let library = Library::use_context();
    let name = move || {
        let title = library.settings().title.clone();
        if title.is_empty() { words::RECTO.to_owned() } else { title }
    };
    let home = match Home::use_context().list() {
        Some(href) => {
            view! { <ListLink class="r-home" href=href title=words::ALL_ARTICLES><bdi>{name}</bdi></ListLink> }
                .into_any()
        }
        None => view! { <span class="r-home"><bdi>{name}</bdi></span> }.into_any(),
    };
    let origin = move || match library.screen() {
        Screen::Article(_, _, origin) => Some(origin),
        _ => None,
    };
    // The bar runs with the article below it, its words as English does.
    let dir = move || match library.screen() {
        Screen::Article(page, ..) if page.direction != Direction::Auto => Some(page.direction.as_str()),
        _ => None,
    };
    view! {
        <header class="r-toolbar" aria-label=words::TOOLBAR dir=dir>
            {home}
            <div class="r-tools">
                <Opener/>
                {move || origin().map(|origin| view! {
                    <SaveMenu origin=origin/>
                    <button type="button" class="r-tool r-print" on:click=|_| document::print()><bdi>{words::PRINT}</bdi></button>
                })}
                <ThemeMenu/>
            </div>
        </header>
    }
}
