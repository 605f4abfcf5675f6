//! The page's colours: the reader's choice, remembered, or the site's.

use leptos::prelude::*;

use crate::browser::{document, storage};
use crate::site::Theme;
use crate::ui::words;

/// Where the choice is kept; the boot script reads it before the first paint.
pub const KEY: &str = "recto:theme";

/// Puts a theme into effect.
pub fn apply(theme: Theme) {
    document::set_theme(if theme == Theme::Auto { "" } else { theme.as_str() });
}

/// Lets the reader choose.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let chosen = RwSignal::new(storage::get(KEY).and_then(|word| Theme::from_word(&word)).unwrap_or_default());
    let choose = move |word: String| {
        let theme = Theme::from_word(&word).unwrap_or_default();
        chosen.set(theme);
        apply(theme);
        if theme == Theme::Auto {
            storage::remove(KEY);
        } else {
            storage::set(KEY, theme.as_str());
        }
    };
    view! {
        <label class="r-theme">
            <span class=words::HIDDEN>{words::THEME}</span>
            <select on:change:target=move |event| choose(event.target().value())>
                {Theme::ALL.iter().map(|theme| view! {
                    <option value=theme.as_str() selected=move || chosen.get() == *theme>{words::theme(*theme)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}
