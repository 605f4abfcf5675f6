//! The interface: Leptos components, the only place with `view!`.
//!
//! The page forbids turning strings into markup (Trusted Types), and Leptos compiles subtrees without dynamic parts
//! to just that: every element here has a dynamic part, its text from [`words`] if nothing else.

pub mod words;
pub mod state;
pub mod app;
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
pub mod theme;
pub mod navigation;
pub mod contents;
pub mod progress;

/// Starts the app in the page's body.
pub fn start() {
    leptos::mount::mount_to_body(app::App);
}
