//! Comments that come while the page is read: it is said how many there are, and they are shown when the reader wants
//! them, so that nothing moves while somebody reads.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::exchange::rebuild;
use super::state::{Discussion, Listing};
use super::words;
use crate::browser::{calls, clock, nearness, timer, visibility};
use crate::comments::caps::Sort;
use crate::comments::{Comment, Moment, State};

/// Milliseconds between questions for news while somebody is near the comments.
const EVERY: i32 = 120_000;
/// Milliseconds that pass before it is asked anew for somebody who comes back to the page.
const AGAIN_AFTER: i64 = 10_000;

impl Discussion {
    /// Asks for news now and then, while somebody sees the page and is near.
    pub(super) fn watch_news(self) {
        visibility::on_visible(move || spawn_local(self.look_for_news()));
        spawn_local(async move {
            loop {
                timer::sleep(EVERY).await;
                if self.news.is_disposed() {
                    break;
                }
                self.look_for_news().await;
            }
        });
    }

    /// Takes note of what the list has; `is_all` where no more is to come.
    pub(super) fn note_newest(self, listed: &[Comment], is_all: bool) {
        let newest = listed.iter().map(|comment| comment.created).max().unwrap_or_default();
        let now = self.lead.try_get_value().flatten().map(|lead| Moment(clock::now().0 + lead));
        self.newest.try_set_value(if is_all { Some(newest) } else { now });
        self.asked_for_news.try_set_value(clock::now());
        self.news.try_set(Vec::new());
    }

    async fn look_for_news(self) {
        let Some(setting) = self.setting.try_get_value() else { return };
        let is_near = self.section().try_get_untracked().flatten().is_some_and(|section| nearness::is_near(&section));
        let asked = self.asked_for_news.try_get_value().unwrap_or_default();
        let is_time = clock::now().0 - asked.0 >= AGAIN_AFTER;
        let is_listed = self.listing.try_get_untracked() == Some(Listing::Done);
        let (true, Some(newest)) =
            (visibility::is_visible() && is_near && is_time && is_listed, self.newest.get_value())
        else {
            return;
        };
        self.asked_for_news.set_value(clock::now());
        let answer = calls::execute(&setting.provider.list(&setting.thread, Sort::Newest, "")).await;
        let Ok(mut page) = setting.provider.listed("", &answer) else { return };
        let is_known = |comment: &Comment| {
            let is_listed = |one: &Arc<Comment>| one.id == comment.id && one.created == comment.created;
            self.listed.try_with_untracked(|listed| listed.iter().any(is_listed)) != Some(false)
                || self.sent.try_with_untracked(|sent| sent.find(comment).is_some()) != Some(false)
        };
        page.comments
            .retain(|comment| comment.created > newest && comment.state == State::Published && !is_known(comment));
        let before = self.news.try_with_untracked(Vec::len);
        let count = page.comments.len();
        self.votes.try_update(|votes| votes.extend(page.votes));
        if rebuild(&mut page.comments).await
            && self.news.try_set(page.comments).is_none()
            && count > 0
            && before != Some(count)
        {
            self.say(words::news(count));
        }
    }

    /// Shows what has come, and leads to the first of it.
    async fn show_news(self) {
        let (setting, mut news) = (self.setting(), self.news.get_untracked());
        news.sort_by_key(|comment| comment.created);
        let Some(first) = news.first().map(|comment| comment.id.clone()) else { return };
        self.news.set(Vec::new());
        self.newest.set_value(news.last().map(|comment| comment.created));
        self.total.update(|total| *total = total.map(|total| total + news.len() as u32));
        self.stays.update(|stays| stays.extend(news.iter().map(|comment| comment.id.clone())));
        // Parents come without markup of ours.
        self.add_parents(&setting, &mut news, &self.listed.get_untracked()).await;
        if !rebuild(&mut news).await {
            return;
        }
        self.listed.try_update(|listed| listed.extend(news.into_iter().map(Arc::new)));
        timer::sleep(0).await;
        let anchor = self.forest.try_with_untracked(|forest| forest.anchor_of(&first).map(str::to_owned));
        self.bring(&anchor.flatten().unwrap_or_default());
    }
}

/// How many comments have come; it covers what is there and moves nothing.
#[component]
pub fn News() -> impl IntoView {
    let discussion = Discussion::use_context();
    let count = Memo::new(move |_| discussion.news.with(Vec::len));
    let show = move |_| spawn_local(discussion.show_news());
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="r-news">
                    <button type="button" class="r-button r-primary" on:click=show>{words::news(count.get())}</button>
                </div>
            }
        })
    }
}
