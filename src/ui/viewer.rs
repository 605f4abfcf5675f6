//! An article with everything around it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::article::Direction;
use crate::browser::modules::Markup;
use crate::page::Page;
use crate::ui::article_body::ArticleBody;
use crate::ui::comments::Comments;
use crate::ui::contents::Contents;
use crate::ui::navigation::Navigation;
use crate::ui::progress::Progress;
use crate::ui::remarks::Remarks;
use crate::ui::state::{Library, Origin};
use crate::ui::words;

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
    let has_comments = Memo::new(move |_| library.settings().comments.enabled != Some(false));
    let discussed = Arc::clone(&page);
    view! {
        <div class="r-viewer" dir=dir>
            <Progress/>
            <Contents page=Arc::clone(&page)/>
            <main class="r-main" id=words::MAIN_ID tabindex="-1">
                <ArticleBody page=Arc::clone(&page) markup=markup/>
                <Remarks page=page origin=origin/>
                {move || has_comments.get().then(|| view! { <Comments page=Arc::clone(&discussed)/> })}
            </main>
        </div>
    }
}
