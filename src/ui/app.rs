//! The whole app: the bar, and one of its screens.

use leptos::prelude::*;

use crate::browser::document::Tree;
use crate::browser::{first_article, focus};
use crate::ui::article_list::ArticleList;
use crate::ui::failure::FailureView;
use crate::ui::home::Home;
use crate::ui::offline::UpdateNotice;
use crate::ui::picker::Picker;
use crate::ui::state::{Library, Screen};
use crate::ui::toolbar::Toolbar;
use crate::ui::viewer::Viewer;
use crate::ui::words;

/// The app.
#[component]
pub fn App(
    /// Where it is.
    home: Home,
) -> impl IntoView {
    home.provide();
    let tree = home.tree();
    let library = Library::provide();
    let is_page = home.is_page();
    // A page that was written for an article, or is somebody else's, says what language it is in; this program's words are
    // in another.
    let lang = (!home.has_query()).then_some(words::LANGUAGE);
    let screen = move || match library.screen() {
        // In somebody else's page, what the element holds is seen meanwhile.
        Screen::Loading => is_page.then(|| view! { <Skeleton/> }).into_any(),
        Screen::List(listing) => view! { <ArticleList listing=listing/> }.into_any(),
        Screen::Picker(choices) => view! { <Picker choices=choices/> }.into_any(),
        Screen::Article(page, markup, origin) => view! { <Viewer page=page markup=markup origin=origin/> }.into_any(),
        Screen::Failed(failure, origin) => view! { <FailureView failure=failure origin=origin/> }.into_any(),
    };
    // A screen that comes in place of another gets the focus, so that reading goes on there; the first one does not.
    let (now_in, here) = (tree.clone(), tree.clone());
    Effect::new(move |before: Option<u32>| {
        let (screen, before) = (library.screen(), before.unwrap_or_default());
        // A failure takes it to its heading by itself.
        if before > 0 && !matches!(screen, Screen::Loading | Screen::Failed(..)) {
            focus_main(&now_in);
        }
        before + u32::from(!matches!(screen, Screen::Loading))
    });
    // Until there is something to show, the article that was there before the interface stays. Where it is what is to be
    // shown, its text brings the app forward as it moves into it.
    let waits = RwSignal::new(first_article::is_shown(&tree));
    Effect::new(move || {
        if waits.get_untracked() && !matches!(library.screen(), Screen::Loading | Screen::Article(..)) {
            waits.set(false);
            first_article::remove(&tree);
        }
    });
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus_main(&here);
    };
    // The bar is the page's own, and so is the way past it.
    let bar = is_page.then(|| {
        view! {
            <a class="r-skip" href=words::SKIP_HREF on:click=skip>{words::SKIP}</a>
            <Toolbar/>
        }
    });
    view! {
        <div class="r-app" lang=lang hidden=move || waits.get()>
            {bar}
            {screen}
            {is_page.then(|| view! { <UpdateNotice/> })}
        </div>
    }
}

fn focus_main(tree: &Tree) {
    if let Some(main) = tree.element_by_id(words::MAIN_ID) {
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
