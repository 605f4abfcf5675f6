//! The comments on an article: the thread, and the form.

pub mod comment;
pub mod composer;
pub mod consent;
pub mod exchange;
pub mod field;
pub mod going;
pub mod news;
pub mod outbox;
pub mod outgoing;
pub mod parts;
pub mod state;
pub mod tools;
pub mod votes;
pub mod words;
pub mod writing;

use std::sync::Arc;

use crate::json::json;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::comment::Replies;
use self::composer::Composer;
use self::news::News;
use self::state::{Discussion, Listing, Place};
use self::tools::{DeviceData, Tools};
use self::votes::Order;
use crate::browser::storage;
use crate::comments::caps::{Kept, Post};
use crate::page::Page;
use crate::ui::article_body::SafeContent;
use crate::ui::home::Home;
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
    let level = Home::use_context().heading_below(1);
    let policy = page.discussion.policy.clone();
    let policy = (!policy.as_str().is_empty()).then(|| view! { <SafeContent html=policy class="r-comment-policy"/> });
    let count = Memo::new(move |_| discussion.count());
    let is_empty = move || discussion.is_empty() && is_open && discussion.listing() == Listing::Done;
    Effect::new(move |_| {
        if discussion.listing() == Listing::Done {
            let (count, are_more) = count.get();
            discussion.tell("recto-comments-count", json!({ "count": count, "more": are_more }));
        }
    });
    view! {
        <section class="r-comments" part="comments" id=words::SECTION_ID aria-label=words::SECTION node_ref=discussion.section()>
            <News/>
            <div class="r-comments-head">
            <h2 class="r-comments-title" {..level} id=words::TITLE_ID>{move || { let (count, are_more) = count.get(); words::title(count, are_more) }}</h2>
            <Order/>
            </div>
            {(setting.caps.kept == Kept::Here).then(|| view! { <KeptHere/> })}
            {parts::line("r-comments-none", "", move || is_empty().then(|| words::NO_COMMENTS.to_owned()))}
            <Replies/>
            <Progress/>
            {parts::line("r-comments-closed", "", move || (!is_open).then(|| words::CLOSED.to_owned()))}
            {policy}
            {move || (is_open && discussion.is_at(&Place::End)).then(|| view! { <Composer place=Place::End/> })}
            {(setting.caps.kept == Kept::Here).then(|| view! { <Tools/> })}
            <DeviceData/>
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

/// How far the list is, where that is not all there is to it.
#[component]
fn Progress() -> impl IntoView {
    let discussion = Discussion::use_context();
    let again = move || spawn_local(discussion.refresh());
    let more = move || spawn_local(discussion.load_more());
    move || match discussion.listing() {
        Listing::Waiting => None,
        Listing::Loading => Some(parts::line("r-comments-none", "", || Some(words::LOADING.to_owned()))),
        Listing::Done => discussion.has_more().then(|| parts::act("r-button r-more", words::LOAD_MORE, more)),
        Listing::Failed(refusal) => Some(
            view! {
                <div class="r-comments-failed" role="alert">
                    <p>{words::not_listed(&refusal)}</p>
                    {parts::act("r-button", words::TRY_AGAIN, again)}
                </div>
            }
            .into_any(),
        ),
    }
}
