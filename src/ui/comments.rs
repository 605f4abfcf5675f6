//! The comments on an article: the thread, and the form.

pub mod comment;
pub mod composer;
pub mod field;
pub mod parts;
pub mod state;
pub mod tools;
pub mod words;

use std::sync::Arc;

use leptos::prelude::*;

use self::comment::Replies;
use self::composer::Composer;
use self::state::{Discussion, Place};
use self::tools::Tools;
use crate::browser::storage;
use crate::comments::caps::{Kept, Post};
use crate::page::Page;
use crate::ui::article_body::SafeContent;
use crate::ui::words::HIDDEN;

/// The comments on an article; nothing where the article wants none.
#[component]
pub fn Comments(
    /// The article.
    page: Arc<Page>,
) -> impl IntoView {
    (page.discussion.enabled != Some(false)).then(|| view! { <Section page=page/> })
}

#[component]
fn Section(page: Arc<Page>) -> impl IntoView {
    let discussion = Discussion::provide(&page);
    let setting = discussion.setting();
    let is_open = setting.caps.post == Post::Open;
    let policy = page.discussion.policy.clone();
    let policy = (!policy.as_str().is_empty()).then(|| view! { <SafeContent html=policy class="r-comment-policy"/> });
    let count = Memo::new(move |_| discussion.forest().count());
    view! {
        <section class="r-comments" id=words::SECTION_ID aria-label=words::SECTION node_ref=discussion.section()>
            <h2 class="r-comments-title" id=words::TITLE_ID>{move || words::title(count.get())}</h2>
            {(setting.caps.kept == Kept::Here).then(|| view! { <KeptHere/> })}
            {parts::line("r-comments-none", "", move || (count.get() == 0 && is_open).then(|| words::NO_COMMENTS.to_owned()))}
            <Replies/>
            {parts::line("r-comments-closed", "", move || (!is_open).then(|| words::CLOSED.to_owned()))}
            {policy}
            {move || (is_open && discussion.is_at(&Place::End)).then(|| view! { <Composer place=Place::End/> })}
            {(setting.caps.kept == Kept::Here).then(|| view! { <Tools/> })}
            <p class=HIDDEN role="status">{move || discussion.said()}</p>
        </section>
    }
}

/// Says plainly where comments are kept.
#[component]
fn KeptHere() -> impl IntoView {
    if storage::is_lasting() {
        view! { <p class="r-kept"><strong>{words::ONLY_HERE}</strong>{words::ONLY_HERE_MEANS}</p> }.into_any()
    } else {
        view! { <p class="r-kept" data-denied=""><strong>{words::NOT_KEPT}</strong></p> }.into_any()
    }
}
