//! Going to a comment: it is shown, scrolled to and given the focus. What is shown grows some comments at a time.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{CHUNK, Discussion, Place, name_of};
use super::words;
use crate::browser::{Element, focus, scroll, timer};
use crate::html::ID_PREFIX;

impl Discussion {
    /// Moves the form back to its place, and the reader to a comment.
    pub async fn leave_form(self, anchor: &str) {
        self.move_form(Place::End);
        timer::sleep(0).await;
        self.bring(anchor);
    }

    /// Shows what is to be shown, some at a time, for as long as that takes.
    pub(super) async fn grow(self) {
        while let (Some(grown), Some(most)) = (self.grown.try_get_untracked(), self.most.try_get_untracked())
            && grown < most
        {
            timer::sleep(0).await;
            // Others may be at it as well.
            self.grown.try_update(|now| *now = (*now).max((grown + CHUNK).min(most)));
        }
    }

    /// Has comments that are about to come shown some at a time; what is shown already stays.
    pub(super) fn begin_to_grow(self, shown: usize) {
        self.grown.try_set(shown.max(CHUNK));
        spawn_local(self.grow());
    }

    /// Goes to the comment of that name: scrolls, moves the focus and says whose it is. False where there is none.
    pub fn go_to(self, anchor: &str) -> bool {
        let Some(node) = self.forest.with_untracked(|forest| forest.find(anchor).cloned()) else { return false };
        self.target.set(anchor.to_owned());
        self.stays.update(|stays| stays.push(node.comment.id.clone()));
        let anchor = anchor.to_owned();
        spawn_local(async move {
            // What comes in before it would take the focus from it.
            self.grow().await;
            timer::sleep(0).await;
            self.bring(&anchor);
        });
        self.say(words::comment_by(name_of(&node.comment)));
        true
    }

    /// The first element in the section that matches.
    pub fn element(self, selector: &str) -> Option<Element> {
        self.section().try_get_untracked()??.query_selector(selector).ok().flatten()
    }

    /// Scrolls to the comment of that name and gives it the focus.
    pub(super) fn bring(self, anchor: &str) {
        if let Some(element) = self.element(&["#", ID_PREFIX, anchor].concat()) {
            scroll::bring(&element, scroll::Pace::Smooth);
            focus::take(&element);
        }
    }

    /// Gives the comment of that name the focus.
    pub(super) fn take_focus(self, anchor: &str) {
        if let Some(element) = self.element(&["#", ID_PREFIX, anchor].concat()) {
            focus::take(&element);
        }
    }

    /// The element of the comment of that identifier.
    pub(super) fn card_of(self, id: &str) -> Option<Element> {
        let anchor = self.forest.try_with_untracked(|forest| forest.anchor_of(id).map(str::to_owned))??;
        self.element(&["#", ID_PREFIX, &anchor].concat())
    }
}
