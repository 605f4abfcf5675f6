//! The whole app: the bar, and one of its screens.

use leptos::prelude::*;

use crate::browser::{document, first_article, focus};
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
        Screen::Picker(choices) => view! { <Picker choices=choices/> }.into_any(),
        Screen::Article(page, markup, origin) => view! { <Viewer page=page markup=markup origin=origin/> }.into_any(),
        Screen::Failed(failure, origin) => view! { <FailureView failure=failure origin=origin/> }.into_any(),
    };
    // A screen that comes in place of another gets the focus, so that reading goes on there; the first one does not.
    Effect::new(move |before: Option<u32>| {
        let (screen, before) = (library.screen(), before.unwrap_or_default());
        // A failure takes it to its heading by itself.
        if before > 0 && !matches!(screen, Screen::Loading | Screen::Failed(..)) {
            focus_main();
        }
        before + u32::from(!matches!(screen, Screen::Loading))
    });
    // Until there is something to show, the article that was there before the interface stays.
    let waits = RwSignal::new(first_article::is_shown());
    Effect::new(move || {
        let screen = library.screen();
        if waits.get_untracked() && !matches!(screen, Screen::Loading) {
            waits.set(false);
            if !matches!(screen, Screen::Article(..)) {
                first_article::remove();
            }
        }
    });
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus_main();
    };
    view! {
        <div class="r-app" hidden=move || waits.get()>
            <a class="r-skip" href=words::SKIP_HREF on:click=skip>{words::SKIP}</a>
            <Toolbar/>
            {screen}
        </div>
    }
}

fn focus_main() {
    if let Some(main) = document::element_by_id(words::MAIN_ID) {
        focus::show(&main);
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
