//! An article with everything around it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::article::Direction;
use crate::browser::modules::Markup;
use crate::browser::timer;
use crate::page::Page;
use crate::ui::article_body::ArticleBody;
use crate::ui::comments::Comments;
use crate::ui::contents::Contents;
use crate::ui::home::Home;
use crate::ui::main_area::Main;
use crate::ui::navigation::Navigation;
use crate::ui::offline::OfflineStore;
use crate::ui::progress::Progress;
use crate::ui::remarks::Remarks;
use crate::ui::state::{Library, Origin};

/// An article with its contents list and comments.
#[component]
pub fn Viewer(
    /// The article.
    page: Arc<Page>,
    /// Its content.
    markup: Markup,
    /// What it was read from.
    origin: Arc<Origin>,
) -> impl IntoView {
    Navigation::provide(&page);
    // What is beside and below the article runs with it.
    let dir = (page.direction != Direction::Auto).then(|| page.direction.as_str());
    let home = Home::use_context();
    let contents = home.has_contents().then(|| view! { <Contents page=Arc::clone(&page)/> });
    // What is below the text is made after it: whoever reads has the page to themselves in between.
    let text_is_made = RwSignal::new(false);
    spawn_local(async move {
        timer::sleep(0).await;
        text_is_made.try_set(true);
    });
    let read = Arc::clone(&page);
    let below = move || view! { <Below page=Arc::clone(&read) origin=Arc::clone(&origin)/> };
    view! {
        <div class="r-viewer" dir=dir>
            <Progress/>
            {contents}
            <Main class="r-main">
                <ArticleBody page=page markup=markup/>
                {move || text_is_made.get().then(&below)}
            </Main>
        </div>
    }
}

/// What stands below the text.
#[component]
fn Below(page: Arc<Page>, origin: Arc<Origin>) -> impl IntoView {
    let library = Library::use_context();
    let home = Home::use_context();
    // Whoever puts an article into a page of theirs knows the file; its readers need not.
    let remarks = home.is_page().then(|| view! { <Remarks page=Arc::clone(&page) origin=origin/> });
    // Where the list is a page without a program, what is kept is told here.
    let kept = (home.is_page() && !home.has_query()).then(|| view! { <OfflineStore/> });
    let is_wanted = home.wants_comments(&page.discussion, |endpoint| library.allows(endpoint));
    let has_comments = Memo::new(move |_| is_wanted && library.settings().comments.enabled != Some(false));
    view! {
        {remarks}
        {move || has_comments.get().then(|| view! { <Comments page=Arc::clone(&page)/> })}
        {kept}
    }
}
