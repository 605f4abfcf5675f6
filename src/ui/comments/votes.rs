//! Votes on comments, and the order of threads.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Discussion;
use super::{parts, words};
use crate::comments::Comment;
use crate::comments::caps::Sort;
use crate::comments::votes::Vote;

/// The buttons of votes, where votes are counted; on own comments how many there are.
#[component]
pub fn Voting(
    /// The comment.
    comment: Arc<Comment>,
) -> impl IntoView {
    let discussion = Discussion::use_context();
    let id = comment.id.clone();
    let votes = Memo::new(move |_| discussion.votes.with(|votes| votes.get(&id).copied()));
    let told = RwSignal::new(None::<String>);
    let button = move |vote: Vote| {
        let id = comment.id.clone();
        let is_own = comment.mine;
        let words = move || words::vote(vote, votes.get().unwrap_or_default().of(vote));
        let act = move |_| {
            let id = id.clone();
            spawn_local(async move {
                let words = discussion.vote(&id, vote).await;
                told.try_set(words.map(str::to_owned));
            });
        };
        if is_own {
            let is_any = votes.get_untracked().unwrap_or_default().of(vote) > 0;
            is_any.then(|| view! { <span class="r-votes">{words}</span> }.into_any())
        } else {
            Some(view! { <button type="button" class="r-act r-vote" on:click=act>{words}</button> }.into_any())
        }
    };
    let buttons = move || votes.with(Option::is_some).then(|| [Vote::Up, Vote::Down].map(&button));
    (buttons, parts::line("r-comment-note r-told", "", move || told.get()))
}

/// Chooses the order of threads, where there are several.
#[component]
pub fn Order() -> impl IntoView {
    let discussion = Discussion::use_context();
    let setting = discussion.setting();
    let has_votes = Memo::new(move |_| discussion.votes.with(|votes| !votes.is_empty()));
    let sorts = move || {
        let sorts = setting.caps.sorts.iter().copied();
        sorts.filter(move |sort| *sort != Sort::Liked || has_votes.get())
    };
    let are_several = Memo::new(move |_| discussion.forest().roots().len() > 1);
    let choose = move |word: String| {
        if let Some(sort) = Sort::from_word(&word) {
            discussion.sort_by(sort);
        }
    };
    move || {
        are_several.get().then(|| {
            view! {
                <span class="r-sort">
                    <label for=words::SORT_ID>{words::SORT}</label>
                    <select id=words::SORT_ID on:change:target=move |event| choose(event.target().value())>
                        {sorts().map(|sort| {
                            let is_chosen = move || discussion.sort.get() == sort;
                            view! { <option value=sort.as_str() prop:selected=is_chosen>{words::sort(sort)}</option> }
                        }).collect_view()}
                    </select>
                </span>
            }
        })
    }
}
