//! How far the reader has come, as a thin line at the top of the window.

use leptos::prelude::*;

use crate::ui::navigation::Navigation;
use crate::ui::words;

/// The line, and what navigation tells those who do not see the page move.
#[component]
pub fn Progress() -> impl IntoView {
    let navigation = Navigation::use_context();
    view! {
        <div class="r-progress" aria-hidden="true" style:--r-progress=move || format!("{:.4}", navigation.progress())></div>
        <p class=words::HIDDEN role="status">{move || navigation.announcement()}</p>
    }
}
