//! The whole app: the bar, and one of its screens.

use leptos::prelude::*;

use crate::ui::article_list::ArticleList;
use crate::ui::failure::FailureView;
use crate::ui::picker::Picker;
use crate::ui::state::{Library, Screen};
use crate::ui::toolbar::Toolbar;
use crate::ui::viewer::Viewer;
use crate::ui::words;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let library = Library::provide();
    let screen = move || match library.screen() {
        Screen::Loading => view! { <Skeleton/> }.into_any(),
        Screen::List(listing) => view! { <ArticleList listing=listing/> }.into_any(),
        Screen::Picker(choice) => view! { <Picker choice=choice/> }.into_any(),
        Screen::Article(page) => view! { <Viewer page=page/> }.into_any(),
        Screen::Failed(failure) => view! { <FailureView failure=failure/> }.into_any(),
    };
    view! {
        <div class="r-app">
            <a class="r-skip" href=words::SKIP_HREF>{words::SKIP}</a>
            <Toolbar/>
            {screen}
        </div>
    }
}

/// Grey lines in the place of text. The style sheet shows them only after 300 ms, so that quick loads do not flash.
#[component]
fn Skeleton() -> impl IntoView {
    let line = |_| view! { <div class=words::SKELETON_LINE></div> };
    view! {
        <main class="r-skeleton" id=words::MAIN_ID tabindex="-1" aria-busy="true">
            <p class=words::HIDDEN role="status">{words::LOADING}</p>
            {(0..9).map(line).collect_view()}
        </main>
    }
}
