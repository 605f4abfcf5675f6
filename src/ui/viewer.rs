//! An article with everything around it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::article::Direction;
use crate::browser::modules::Markup;
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
    let library = Library::use_context();
    let home = Home::use_context();
    let contents = home.has_contents().then(|| view! { <Contents page=Arc::clone(&page)/> });
    // Whoever puts an article into a page of theirs knows the file; its readers need not.
    let remarks = home.is_page().then(|| view! { <Remarks page=Arc::clone(&page) origin=origin/> });
    // Where the list is a page without a program, what is kept is told here.
    let kept = (home.is_page() && !home.has_query()).then(|| view! { <OfflineStore/> });
    let is_wanted = home.wants_comments(&page.discussion);
    let has_comments = Memo::new(move |_| is_wanted && library.settings().comments.enabled != Some(false));
    let discussed = Arc::clone(&page);
    view! {
        <div class="r-viewer" dir=dir>
            <Progress/>
            {contents}
            <Main class="r-main">
                <ArticleBody page=page markup=markup/>
                {remarks}
                {move || has_comments.get().then(|| view! { <Comments page=Arc::clone(&discussed)/> })}
                {kept}
            </Main>
        </div>
    }
}
