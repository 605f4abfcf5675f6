//! Moving within an article: where the reader is, and getting to its sections, notes and other anchors.
//!
//! Ids have a prefix in the page, but not in addresses. The target of a link counts as the current section at once; it
//! stays so, and stays in its place when images above it come late, until the reader scrolls on.

mod course;

use std::sync::Arc;

use crate::browser::location::{self, Address};
use crate::browser::scroll::{self, Pace, Scroller, Watch};
use crate::browser::{Element, clipboard, document, focus, timer, viewport};
use crate::html::ID_PREFIX;
use crate::json::json;
use crate::page::Page;
use crate::spy::{Place, Section};
use crate::ui::home::Home;
use crate::ui::words;
use course::{Course, Seen, Target};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What asks to go somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoToBy {
    /// An entry of the contents list.
    Contents,
    /// A link in the article.
    Link,
    /// Back, forward, or a fragment typed into the address.
    History,
    /// The address that the page was opened with.
    Load,
}

/// How an article comes to be in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It was opened just now.
    Opening,
    /// It was there before the interface, and somebody has begun to read it.
    Reading,
}

/// When the address may be written: browsers refuse to have it written often.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// At once.
    Ready,
    /// In a second at the latest.
    Resting,
    /// In a second at the latest, and there is something to write.
    Awaited,
}

/// Where the reader is in the article, and the ways to get elsewhere.
#[derive(Clone, Copy)]
pub struct Navigation {
    current: RwSignal<Option<usize>>,
    /// Of each section: a signal of its own, so that a step only wakes those entries of a long list that it changes.
    places: StoredValue<Arc<[RwSignal<Place>]>>,
    progress: RwSignal<f64>,
    minutes_left: RwSignal<u32>,
    branch_left: RwSignal<u32>,
    under_way: RwSignal<bool>,
    unfolded: RwSignal<Vec<usize>>,
    announcement: RwSignal<String>,
    writing: StoredValue<Writing>,
    address: Address,
    home: StoredValue<Home>,
    course: StoredValue<Course, LocalStorage>,
}

impl Navigation {
    /// Provides it, for one article, to the components below.
    pub fn provide(page: &Arc<Page>) -> Self {
        let home = Home::use_context();
        let address = home.address();
        let course = Course::new(page, address, home.tree());
        let navigation = Self {
            current: RwSignal::new(None),
            places: StoredValue::new(course.sections.iter().map(|_| RwSignal::new(Place::Ahead)).collect()),
            progress: RwSignal::new(0.0),
            minutes_left: RwSignal::new(course.minutes()),
            branch_left: RwSignal::new(0),
            under_way: RwSignal::new(false),
            unfolded: RwSignal::new(Vec::new()),
            announcement: RwSignal::new(String::new()),
            writing: StoredValue::new(Writing::Ready),
            address,
            home: StoredValue::new(home),
            course: StoredValue::new_local(course),
        };
        provide_context(navigation);
        navigation
    }

    /// What [`Navigation::provide`] provided.
    pub fn use_context() -> Self {
        expect_context()
    }

    /// The article's sections, in reading order.
    pub fn sections(self) -> Arc<[Section]> {
        self.course.with_value(|course| Arc::clone(&course.sections))
    }

    /// The current section; `None` before the first.
    pub fn current(self) -> Option<usize> {
        self.current.get()
    }

    /// Where a section is, seen from the reader.
    pub fn place(self, section: usize) -> Place {
        self.places.with_value(|places| places[section].get())
    }

    /// How much of the article has gone by, from 0 to 1.
    pub fn progress(self) -> f64 {
        self.progress.get()
    }

    /// Minutes to the article's end.
    pub fn minutes_left(self) -> u32 {
        self.minutes_left.get()
    }

    /// Minutes to the end of the branch of the contents list that the reader is in; 0 when less than half of one.
    pub fn minutes_left_in_branch(self) -> u32 {
        self.branch_left.get()
    }

    /// Minutes that sections `from..to` take; 0 when less than half of one.
    pub fn minutes_of(self, from: usize, to: usize) -> u32 {
        self.course.with_value(|course| course.minutes_of(from, to))
    }

    /// Whether the article's title has left the window.
    pub fn is_under_way(self) -> bool {
        self.under_way.get()
    }

    /// Whether a branch of the contents list is unfolded.
    pub fn is_unfolded(self, branch: usize) -> bool {
        self.unfolded.read().contains(&branch)
    }

    /// Folds or unfolds a branch of the contents list.
    pub fn toggle(self, branch: usize) {
        self.unfolded.update(|unfolded| match unfolded.iter().position(|open| *open == branch) {
            Some(index) => drop(unfolded.swap_remove(index)),
            None => unfolded.push(branch),
        });
    }

    /// What to tell those who do not see the page move.
    pub fn announcement(self) -> String {
        self.announcement.get()
    }

    /// Begins to follow the reader through the article, which is in the page now, and goes where the address says.
    /// Ends with the owner of the caller.
    pub fn attach(self, article: &Element, arrival: Arrival) {
        self.address.take_scroll_restoration();
        self.address.on_move(move || self.follow_history());
        location::on_leave(move || {
            self.with(|course| course.write_note());
        });
        scroll::on_hand(move || self.let_go());
        let scroller = Scroller::of(article);
        let watch = Watch::new(scroller.clone(), move || self.show(Course::scrolled), move || self.settle());
        self.with(|course| {
            course.attach(article, scroller, watch);
            course.measure();
        });
        let fragment = self.address.fragment();
        if arrival == Arrival::Reading {
            // Whoever has begun to read stays where they are.
        } else if let Some(target) = self.with(|course| course.noted()).flatten() {
            self.travel(target, Pace::Instant);
        } else if fragment.is_empty() {
            // Where another page is scrolled to is not for us to say.
            if self.address == Address::Whole {
                scroll::to(0.0, Pace::Instant);
            }
        } else {
            self.go_to(&fragment, GoToBy::Load);
        }
        self.show(Course::look);
        viewport::on_resize(article, move || self.adjust());
    }

    /// Follows the link under the pointer if it leads to somewhere in the article.
    pub fn follow(self, event: &MouseEvent, by: GoToBy) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let Some(link) = document::closest(event.target(), "a[href^='#']") else { return };
        let fragment = link.get_attribute("href").unwrap_or_default();
        let told = json!({ "fragment": fragment.trim_start_matches('#').trim_start_matches(ID_PREFIX) });
        if !self.home.with_value(|home| home.tell("recto-navigate", told)) {
            return event.prevent_default();
        }
        if link.class_list().contains("r-anchor") && self.address != Address::Nothing {
            event.prevent_default();
            spawn_local(self.copy_link(link, fragment));
        } else if self.go_to(&fragment, by) || self.address != Address::Whole {
            // What leads nowhere is not for somebody else's page to follow.
            event.prevent_default();
        }
    }

    /// Goes to where `fragment` leads; false if that is not in the article. An empty one leads to the top.
    pub fn go_to(self, fragment: &str, by: GoToBy) -> bool {
        let fragment = fragment.trim_start_matches('#');
        let start = || Some((String::new(), self.with(|course| course.start()).unwrap_or_default()));
        // https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part
        let found = match fragment.trim_start_matches(ID_PREFIX) {
            "" => start(),
            name => self.with(|course| course.find(fragment)).flatten().or_else(|| start().filter(|_| name == "top")),
        };
        let Some((id, target)) = found else { return false };
        if let Some(element) = &target.element {
            document::open_details_around(element);
        }
        if let Some(section) = target.section {
            let branch = self.sections()[section].branch;
            if !self.unfolded.read_untracked().contains(&branch) {
                self.toggle(branch);
            }
        }
        let destination = target.element.clone();
        match by {
            GoToBy::Contents | GoToBy::Link => {
                self.with(|course| course.push(&id));
                self.travel(target, Pace::Smooth);
                // The focus has the heading read out, too.
                if let Some(element) = destination.or_else(|| self.with(|course| course.title()).flatten()) {
                    focus::take(&element);
                }
            }
            GoToBy::History => {
                self.travel(target, Pace::Instant);
                self.announce_section();
            }
            GoToBy::Load => self.travel(target, Pace::Instant),
        }
        true
    }

    /// Goes back to the top of the page.
    pub fn top(self) {
        self.go_to("", GoToBy::Contents);
    }

    fn travel(self, target: Target, pace: Pace) {
        target.bring(pace);
        self.with(|course| course.depart(target));
        match pace {
            Pace::Instant => self.settle(),
            Pace::Smooth => {
                self.show(Course::look);
                if let Some(watch) = self.with(|course| course.watch.clone()).flatten() {
                    watch.expect_rest();
                }
            }
        }
    }

    /// The page has come to rest.
    fn settle(self) {
        match self.with(|course| std::mem::take(&mut course.travels)) {
            Some(true) => self.adjust(),
            Some(false) => self.track(),
            None => {}
        }
    }

    /// The layout has changed, or the page came to rest: the target keeps its place.
    fn adjust(self) {
        let held = self.with(|course| {
            course.measure();
            course.held.clone().filter(|_| !course.travels)
        });
        if let Some(held) = held.flatten() {
            held.bring(Pace::Instant);
            self.with(Course::arrive);
        }
        self.show(Course::look);
    }

    /// The reader's hand is on the page: from now on it is not moved.
    fn let_go(self) {
        self.with(|course| {
            course.held = None;
            course.travels = false;
        });
    }

    fn follow_history(self) {
        if self.with(|course| course.is_left()) != Some(false) {
            return;
        }
        self.with(Course::read_address);
        match self.with(|course| course.noted()).flatten() {
            Some(target) => {
                self.travel(target, Pace::Instant);
                self.announce_section();
            }
            None => drop(self.go_to(&self.address.fragment(), GoToBy::History)),
        }
    }

    /// Has the address follow the reader, at most once a second.
    fn track(self) {
        if self.writing.get_value() != Writing::Ready {
            return self.writing.set_value(Writing::Awaited);
        }
        if self.with(Course::write) != Some(true) {
            return;
        }
        self.writing.set_value(Writing::Resting);
        spawn_local(async move {
            timer::sleep(1000).await;
            let before = self.writing.try_update_value(|writing| std::mem::replace(writing, Writing::Ready));
            if before == Some(Writing::Awaited) {
                self.track();
            }
        });
    }

    async fn copy_link(self, link: Element, fragment: String) {
        let id = self.with(|course| course.find(fragment.trim_start_matches('#'))).flatten().map(|(id, _)| id);
        let copied = clipboard::copy(&location::with_fragment(&id.unwrap_or_default())).await;
        if !copied {
            // The address bar has it then.
            self.go_to(&fragment, GoToBy::Link);
        }
        let word = if copied { words::LINK_COPIED } else { words::LINK_NOT_COPIED };
        self.announce(word);
        // The style sheet shows it beside the link.
        let _ = link.set_attribute("data-said", word);
        timer::sleep(2000).await;
        let _ = link.remove_attribute("data-said");
    }

    fn announce_section(self) {
        let section = self.current.get_untracked();
        let sections = self.sections();
        self.announce(section.map_or(words::TOP, |index| &sections[index].label));
    }

    fn announce(self, words: &str) {
        // The same words again are only told if the text differs.
        let again = self.announcement.try_with_untracked(|last| last == words) == Some(true);
        self.announcement.try_set(if again { format!("{words}\u{a0}") } else { words.to_owned() });
    }

    fn show(self, look: fn(&mut Course) -> Seen) {
        let Some(seen) = self.with(look) else { return };
        self.show_places(seen.current);
        set(self.current, seen.current);
        set(self.progress, seen.progress);
        set(self.minutes_left, seen.minutes_left);
        set(self.branch_left, seen.branch_left);
        set(self.under_way, seen.under_way);
    }

    fn show_places(self, current: Option<usize>) {
        let before = self.current.get_untracked();
        if before == current {
            return;
        }
        let (sections, places) = (self.sections(), self.places.get_value());
        if let Some(section) = current.map(|index| &sections[index]) {
            let told = json!({ "id": section.id, "title": section.label });
            self.home.with_value(|home| home.tell("recto-section-change", told));
        }
        for (index, section) in sections.iter().enumerate() {
            let place = Place::of(index, section.end, current);
            if place != Place::of(index, section.end, before) {
                places[index].set(place);
            }
        }
    }

    /// `None` when the article was left meanwhile.
    fn with<T>(self, act: impl FnOnce(&mut Course) -> T) -> Option<T> {
        self.course.try_update_value(act)
    }
}

/// Sets a signal only to something else, so that nothing runs in vain.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|before| *before != value) == Some(true) {
        signal.set(value);
    }
}
