//! How far the reader has come, as a thin line at the top of the window.

use leptos::prelude::*;

use crate::ui::navigation::Navigation;
use crate::ui::words;

/// The line, and what navigation tells those who do not see the page move.
#[component]
pub fn Progress() -> impl IntoView {
    let navigation = Navigation::use_context();
    view! {
        <div class="r-progress" aria-hidden="true" style:--r-progress=move || fraction(navigation.progress())></div>
        <p class=words::HIDDEN role="status">{move || navigation.announcement()}</p>
    }
}

/// A number from 0 to 1 with four decimals, formatted as whole numbers: formatting floating-point numbers takes 6 KB.
fn fraction(part: f64) -> String {
    let part = (part * 10_000.0).round() as u32;
    format!("{}.{:04}", part / 10_000, part % 10_000)
}
