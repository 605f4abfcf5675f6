//! The contents list: beside the text on wide screens, behind a button on narrow ones, and always one landmark.
//! The style sheet tells the two apart.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::focus::{self, LeaveBy};
use crate::browser::{Element, scroll};
use crate::outline::Entry;
use crate::page::Page;
use crate::spy::{self, Place};
use crate::ui::navigation::{GoToBy, Navigation};
use crate::ui::words;

/// The list of an article's sections, where there is something to choose from and the article wants it.
#[component]
pub fn Contents(
    /// The article.
    page: Arc<Page>,
) -> impl IntoView {
    let title = if page.contents_title.is_empty() { words::CONTENTS.to_owned() } else { page.contents_title.clone() };
    page.has_contents.then(|| view! { <ContentsList page=page title=title/> })
}

#[component]
fn ContentsList(page: Arc<Page>, title: String) -> impl IntoView {
    let navigation = Navigation::use_context();
    let nav = NodeRef::<leptos::html::Nav>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    let panel = NodeRef::<leptos::html::Div>::new();
    // Only where the style sheet makes it a panel: beside the text it is always there.
    let is_open = RwSignal::new(false);
    nav.on_load(move |nav| {
        focus::on_leave(&nav, move |by| {
            if is_open.get_untracked() {
                is_open.set(false);
                if let (LeaveBy::Escape, Some(button)) = (by, button.get_untracked()) {
                    focus::take(&button);
                }
            }
        });
    });
    Effect::new(move || {
        let current = navigation.current();
        is_open.track();
        if let Some(panel) = panel.get() {
            follow(navigation, &panel, current);
        }
    });
    let choose = move |event: leptos::ev::MouseEvent| {
        navigation.follow(&event, GoToBy::Contents);
        if event.default_prevented() {
            is_open.set(false);
        }
    };
    let lang = (!page.language.is_empty()).then(|| page.language.clone());
    // An article may hold a contents list of its own, which is another landmark.
    let label = words::contents_of_page(&title);
    let heading = title.clone();
    let left = move || words::minutes_left(navigation.minutes_left());
    view! {
        <nav
            class="r-contents"
            aria-label=label
            data-open=move || is_open.get().then_some("")
            data-under-way=move || navigation.is_under_way().then_some("")
            node_ref=nav
        >
            <button
                type="button"
                class="r-contents-button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=words::CONTENTS_ID
                node_ref=button
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <span class="r-contents-name">{title}</span>
                <span class="r-contents-left"><bdi>{left}</bdi></span>
            </button>
            <div class="r-contents-panel" id=words::CONTENTS_ID node_ref=panel on:click=choose>
                <p class="r-contents-title" aria-hidden="true">{heading}</p>
                <ol class="r-contents-list" lang=lang>
                    <li class="r-contents-item">
                        <Link href="#".to_owned() label=words::TOP.to_owned() place=move || match navigation.current() {
                            None => Place::Current,
                            Some(_) => Place::Passed,
                        }/>
                    </li>
                    {items(navigation, &page.outline, 0)}
                </ol>
                <p class="r-contents-left"><bdi>{left}</bdi></p>
            </div>
        </nav>
    }
}

/// The entries, of which the first is section `first`.
fn items(navigation: Navigation, entries: &[Entry], first: usize) -> Vec<AnyView> {
    let sections = navigation.sections();
    let folds = spy::starts_folded(&sections);
    let mut next = first;
    let item = |entry: &Entry| {
        let index = next;
        let section = &sections[index];
        next = section.end;
        let is_branch = section.branch == index;
        view! { <Item entry=entry.clone() index=index end=section.end is_branch=is_branch folds=folds/> }.into_any()
    };
    entries.iter().map(item).collect()
}

/// An entry with those inside it.
#[component]
fn Item(
    entry: Entry,
    /// Its place among the sections.
    index: usize,
    /// The section after those inside it.
    end: usize,
    /// Whether it is on the first level.
    is_branch: bool,
    /// Whether branches can be folded.
    folds: bool,
) -> impl IntoView {
    let navigation = Navigation::use_context();
    let folds = folds && is_branch;
    let is_folded = move || folds && !navigation.is_unfolded(index);
    let place = move || match navigation.place(index) {
        // What is folded away is shown by what it is in.
        Place::Around if is_folded() => Place::Current,
        place => place,
    };
    let has_children = !entry.children.is_empty();
    let children_id = format!("{}-{index}", words::CONTENTS_ID);
    let children = has_children.then(|| {
        let id = children_id.clone();
        view! { <ol class="r-contents-list" id=id hidden=is_folded>{items(navigation, &entry.children, index + 1)}</ol> }
    });
    let toggle = (has_children && folds).then(|| {
        view! {
            <button
                type="button"
                class="r-contents-toggle"
                aria-expanded=move || (!is_folded()).to_string()
                aria-controls=children_id
                aria-label=words::sections_of(&entry.label)
                on:click=move |_| navigation.toggle(index)
            ></button>
        }
    });
    view! {
        <li class="r-contents-item">
            <Link href=format!("#{}", entry.id) label=entry.label place=place/>
            {is_branch.then(|| view! { <Minutes index=index end=end/> })}
            {toggle}
            {children}
        </li>
    }
}

#[component]
fn Link(href: String, label: String, place: impl Fn() -> Place + Copy + Send + 'static) -> impl IntoView {
    view! {
        <a
            class="r-contents-link"
            href=href
            aria-current=move || (place() == Place::Current).then_some("true")
            data-place=move || place().as_str()
        >
            {label}
        </a>
    }
}

/// How long a branch takes; how long it still takes while the reader is in it; nothing afterwards.
#[component]
fn Minutes(index: usize, end: usize) -> impl IntoView {
    let navigation = Navigation::use_context();
    let whole = navigation.minutes_of(index, end);
    let left = move || match navigation.place(index) {
        Place::Ahead => whole,
        Place::Current | Place::Around => navigation.minutes_left_in_branch(),
        Place::Passed => 0,
    };
    let text = move || Some(left()).filter(|minutes| *minutes > 0).map(words::minutes);
    (whole > 0).then(|| view! { <span class="r-contents-time"><bdi>{text}</bdi></span> })
}

/// Keeps the entry of the current section in view, or the one it is folded away under.
fn follow(navigation: Navigation, panel: &Element, current: Option<usize>) {
    let branch = current.map(|index| navigation.sections()[index].branch);
    // The link to the top comes first.
    let link = |section: Option<usize>| section.map_or(0, |index| index as u32 + 1);
    scroll::follow(panel, &[link(current), link(branch)]);
}
