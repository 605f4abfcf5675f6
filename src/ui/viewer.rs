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
use crate::ui::state::Library;
use crate::ui::words;

/// An article with its contents list and comments.
#[component]
pub fn Viewer(
    /// The article.
    page: Arc<Page>,
    /// Its content.
    markup: Markup,
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
                <Remarks page=page/>
                {move || has_comments.get().then(|| view! { <Comments page=Arc::clone(&discussed)/> })}
            </main>
        </div>
    }
}

/// As what the file was read, and what could not be used: quiet, and one click away.
#[component]
fn Remarks(page: Arc<Page>) -> impl IntoView {
    let warnings = page.warnings.clone();
    let count = warnings.len();
    (count > 0).then(|| {
        view! {
            <details class="r-remarks">
                <summary>{words::warnings(count, page.format)}</summary>
                <ul class="r-remark-list">
                    {warnings.into_iter().map(|warning| view! {
                        <li class="r-remark">{warning.message}" "<code dir="ltr">{warning.path}</code></li>
                    }).collect_view()}
                </ul>
            </details>
        }
    })
}
