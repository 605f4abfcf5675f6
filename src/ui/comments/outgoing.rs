//! What is said and can be done under a comment that has not arrived yet.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Discussion;
use super::{parts, words};
use crate::browser::{clock, timer};
use crate::comments::Moment;
use crate::comments::outbox::{Outgoing, Stage};
use crate::comments::provider::Refusal;

/// The word for how far it is.
#[component]
pub fn Standing(
    /// The comment.
    entry: Arc<Outgoing>,
) -> impl IntoView {
    let word = words::standing(&entry, clock::now());
    view! { <span class="r-badge" data-stage=entry.stage.as_str()>{word}</span> }
}

/// Why it is not there, and what happens next.
#[component]
pub fn Why(
    /// The comment.
    entry: Arc<Outgoing>,
) -> impl IntoView {
    let elsewhere = (entry.why == Some(Refusal::LoginRequired) && !entry.thread.url.is_empty()).then(|| {
        let href = [&entry.thread.url, "#respond"].concat();
        view! { <a class="r-permalink" href=href rel="noopener">{words::COMMENT_ELSEWHERE}</a> }
    });
    let pause = entry.pause().map(|until| view! { <Countdown until=until/> });
    words::not_arrived(&entry)
        .map(|why| view! { <p class="r-comment-note r-not-arrived">{why}" "{elsewhere}{pause}</p> })
}

/// What the reader can do about it.
#[component]
pub fn Decide(
    /// The comment.
    entry: Arc<Outgoing>,
) -> impl IntoView {
    let discussion = Discussion::use_context();
    let (is_known, waits) = (words::not_arrived(&entry).is_some(), entry.pause().is_some());
    let again = if entry.stage == Stage::Asking { words::SEND_AGAIN } else { words::TRY_AGAIN };
    let button = move |class, word, act: Act| {
        let entry = Arc::clone(&entry);
        parts::act(class, word, move || {
            let entry = Arc::clone(&entry);
            spawn_local(async move {
                match act {
                    Act::Send => discussion.send_again(&entry).await,
                    Act::Edit => discussion.edit_outgoing(&entry).await,
                    Act::Delete => discussion.discard_outgoing(&entry).await,
                }
            });
        })
    };
    is_known.then(|| {
        view! {
            <p class="r-comment-actions">
                {(!waits).then(|| button("r-act r-again", again, Act::Send))}
                {button("r-act r-edit", words::EDIT, Act::Edit)}
                {button("r-act r-delete", words::DELETE, Act::Delete)}
            </p>
        }
    })
}

/// What the reader decides.
#[derive(Clone, Copy)]
enum Act {
    Send,
    Edit,
    Delete,
}

/// Seconds until it is sent by itself.
#[component]
fn Countdown(until: Moment) -> impl IntoView {
    let left = move || ((until.0 - clock::now().0 + 999) / 1000).max(0) as u32;
    let seconds = RwSignal::new(left());
    spawn_local(async move {
        while seconds.try_set(left()).is_none() {
            timer::sleep(1000).await;
        }
    });
    view! { <span class="r-countdown">{move || words::sends_in(seconds.get())}</span> }
}
