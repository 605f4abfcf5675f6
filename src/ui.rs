//! The interface: Leptos components, the only place with `view!`.
//!
//! The page forbids turning strings into markup (Trusted Types), and Leptos compiles subtrees without dynamic parts
//! to just that: every element here has a dynamic part, its text from [`words`] if nothing else.

pub mod words;
pub mod state;
pub mod home;
pub mod main_area;
pub mod app;
pub mod list_link;
pub mod toolbar;
pub mod article_list;
pub mod picker;
pub mod failure;
pub mod opener;
pub mod save_menu;
pub mod viewer;
pub mod remarks;
pub mod article_body;
pub mod comments;
pub mod offline;
pub mod theme;
pub mod navigation;
pub mod contents;
pub mod progress;

use leptos::prelude::*;

use crate::browser::first_article::FirstArticle;
use crate::browser::host::Host;
use crate::browser::storage;
use app::App;
use home::Home;

/// Starts the app in the page's body.
pub fn start(first: FirstArticle) {
    let home = Home::new(None, first);
    leptos::mount::mount_to_body(move || view! { <App home=home/> });
}

/// Starts the app in an element of somebody else's page. What is returned ends it.
pub fn start_in(host: Host, first: FirstArticle) -> impl FnOnce() {
    if host.asked("storage") == "none" {
        storage::forbid();
    }
    let container = host.container();
    let home = Home::new(Some(host), first);
    let mounted = leptos::mount::mount_to(container, move || view! { <App home=home/> });
    move || drop(mounted)
}
