//! Where the page is and where it is being taken: what navigation knows apart from its signals.

use std::sync::Arc;

use crate::browser::document::Tree;
use crate::browser::location::Address;
use crate::browser::scroll::{self, Pace, Scroller, Watch};
use crate::browser::{Element, viewport};
use crate::html::{ID_PREFIX, TITLE_ID};
use crate::json::decimal;
use crate::page::Page;
use crate::spy::{self, Layout, Section, Spy, Text};

/// An id as it is in the page.
pub(super) fn prefixed(id: &str) -> String {
    format!("{ID_PREFIX}{id}")
}

/// Where the page is taken to.
#[derive(Clone, Default)]
pub(super) struct Target {
    /// `None` is the top of the page.
    pub(super) element: Option<Element>,
    pub(super) section: Option<usize>,
    /// How far the window's top is below the element's; `None` where the style sheet decides.
    pub(super) below: Option<f64>,
    /// Where in the window it was when the page came to rest.
    seen: f64,
}

impl Target {
    pub(super) fn new(element: Option<Element>, section: Option<usize>, below: Option<f64>) -> Self {
        Self { element, section, below, seen: 0.0 }
    }

    /// Moves the page there.
    pub(super) fn bring(&self, pace: Pace) {
        match (&self.element, self.below) {
            (Some(element), None) => scroll::bring(element, pace),
            (Some(element), Some(below)) => scroll::to(scroll::seen_at(element) + scroll::of_window() + below, pace),
            (None, below) => scroll::to(below.unwrap_or(0.0), pace),
        }
    }

    /// Where it is in the window, which is scrolled so far.
    fn seen_at(&self, position: f64) -> f64 {
        self.element.as_ref().map_or(-position, scroll::seen_at)
    }
}

/// What a look at the page tells.
pub(super) struct Seen {
    pub(super) current: Option<usize>,
    pub(super) progress: f64,
    pub(super) minutes_left: u32,
    pub(super) branch_left: u32,
    pub(super) under_way: bool,
}

pub(super) struct Course {
    pub(super) page: Arc<Page>,
    pub(super) sections: Arc<[Section]>,
    /// Characters before the first section.
    lead: u32,
    /// Minutes for the whole.
    minutes: u32,
    article: Option<Element>,
    title: Option<Element>,
    headings: Vec<Option<Element>>,
    scroller: Scroller,
    pub(super) watch: Option<Watch>,
    layout: Layout,
    /// Where the title ends.
    title_end: f64,
    spy: Spy,
    current: Option<usize>,
    /// The target stays where it is, until the reader scrolls on.
    pub(super) held: Option<Target>,
    /// The page is on the way to it.
    pub(super) travels: bool,
    /// The reader has scrolled since the address was written: it may follow.
    pub(super) has_scrolled: bool,
    address: Address,
    tree: Tree,
    /// The query that the article belongs to.
    query: String,
    /// Fragment of the address, and note of the history's step, as last written.
    written: (String, String),
}

impl Course {
    pub(super) fn new(page: &Arc<Page>, address: Address, tree: Tree) -> Self {
        let sections: Arc<[Section]> = spy::sections(&page.outline).into();
        let in_sections = Text { lead: 0, sections: &sections }.characters();
        Self {
            page: Arc::clone(page),
            sections,
            lead: page.characters.saturating_sub(in_sections),
            minutes: page.minutes,
            article: None,
            title: None,
            headings: Vec::new(),
            scroller: Scroller::default(),
            watch: None,
            layout: Layout::default(),
            title_end: 0.0,
            spy: Spy::default(),
            current: None,
            held: None,
            travels: false,
            has_scrolled: false,
            address,
            tree,
            query: address.query(),
            written: (address.fragment().trim_start_matches('#').to_owned(), String::new()),
        }
    }

    /// The article is in the page now.
    pub(super) fn attach(&mut self, article: &Element, scroller: Scroller, watch: Watch) {
        let element = |section: &Section| self.tree.element_by_id(&prefixed(&section.id));
        self.headings = self.sections.iter().map(element).collect();
        self.title = self.tree.element_by_id(&prefixed(TITLE_ID));
        self.article = Some(article.clone());
        self.scroller = scroller;
        self.watch = Some(watch);
    }

    /// What has the focus at the top.
    pub(super) fn title(&self) -> Option<Element> {
        self.title.clone().or_else(|| self.article.clone())
    }

    /// Where the way to the top leads: the page's, or the article's in somebody else's.
    pub(super) fn start(&self) -> Target {
        let element = self.article.clone().filter(|_| self.address != Address::Whole);
        Target::new(element, None, None)
    }

    /// Minutes for all.
    pub(super) fn minutes(&self) -> u32 {
        self.minutes
    }

    /// Minutes for sections `from..to`.
    pub(super) fn minutes_of(&self, from: usize, to: usize) -> u32 {
        let characters = Text { lead: 0, sections: &self.sections[from..to] }.characters();
        spy::minutes_of(characters, self.text().characters(), self.minutes)
    }

    /// Where a fragment leads: the id, its element, and its place in the contents list.
    pub(super) fn find(&self, fragment: &str) -> Option<(String, Target)> {
        let id = self.page.anchors.find(fragment)?;
        let element = self.tree.element_by_id(&prefixed(id))?;
        let section = self.sections.iter().position(|section| section.id == id);
        Some((id.to_owned(), Target::new(Some(element), section, None)))
    }

    /// Takes the measures of the layout.
    pub(super) fn measure(&mut self) {
        let Some(article) = &self.article else { return };
        let rest = self.headings.iter().flatten().next().map_or(0.0, scroll::rest_of);
        self.title_end = self.title.as_ref().map_or(0.0, |title| self.scroller.end_of(title));
        self.layout = Layout {
            headings: self.scroller.tops_of(&self.headings),
            start: self.scroller.top_of(article),
            end: self.scroller.end_of(article),
            viewport: viewport::height(),
            document: self.scroller.height(),
            rest,
        };
    }

    /// Looks where the reader is.
    pub(super) fn look(&mut self) -> Seen {
        let position = self.scroller.position();
        if self.travels {
            // Not every section on the way is to light up.
        } else {
            self.current = self.spy.look(&self.layout, position);
        }
        let (layout, text) = (&self.layout, self.text());
        let all = text.characters();
        let left = |from, to| layout.characters_left(position, &text, from, to);
        let branch = self.current.map(|index| self.sections[index].branch);
        Seen {
            current: self.current,
            progress: layout.progress(position),
            minutes_left: spy::minutes_left(left(None, self.sections.len()), all, self.minutes),
            branch_left: branch
                .map_or(0, |from| spy::minutes_of(left(Some(from), self.sections[from].end), all, self.minutes)),
            under_way: position > self.title_end,
        }
    }

    /// The page has scrolled: by the reader, unless it travels, or the target moved along with what came in above it.
    pub(super) fn scrolled(&mut self) -> Seen {
        if !self.travels {
            let position = self.scroller.position();
            let still = self.held.as_ref().is_some_and(|held| (held.seen_at(position) - held.seen).abs() < 2.0);
            if still {
                self.arrive();
            } else {
                self.held = None;
                self.has_scrolled = true;
            }
        }
        self.look()
    }

    /// The target is where it is to be, or as near as the page's end allows.
    pub(super) fn arrive(&mut self) {
        let position = self.scroller.position();
        let Some(held) = &mut self.held else { return };
        held.seen = held.seen_at(position);
        if held.below.is_none() && (held.section.is_some() || held.element.is_none()) {
            self.spy.arrive(&self.layout, position, held.section);
            self.current = held.section;
        }
    }

    /// The target counts as the current section while the page is on the way.
    pub(super) fn depart(&mut self, target: Target) {
        if target.section.is_some() || target.element.is_none() {
            self.current = target.section;
        }
        self.held = Some(target);
        self.travels = true;
        self.has_scrolled = false;
    }

    /// The address shows another article, or is about to.
    pub(super) fn is_left(&self) -> bool {
        self.query != self.address.query()
    }

    /// The address was changed by the browser.
    pub(super) fn read_address(&mut self) {
        self.written = (self.address.fragment().trim_start_matches('#').to_owned(), String::new());
    }

    /// Makes `id` the address, and a new step of the history where it differs. The step left behind remembers where the
    /// reader was.
    pub(super) fn push(&mut self, id: &str) {
        self.address.set_note(&self.note());
        if self.written.0 != id {
            self.address.push_fragment(id);
        }
        self.written = (id.to_owned(), String::new());
    }

    /// Has the address and the history follow the reader; false if there is nothing new.
    pub(super) fn write(&mut self) -> bool {
        if !std::mem::take(&mut self.has_scrolled) {
            return false;
        }
        if self.scroller.position() + self.layout.rest > self.layout.end {
            // What comes after the article has addresses of its own.
            return false;
        }
        let id = self.current.map_or("", |index| self.sections[index].id.as_str());
        let written = (id.to_owned(), self.note());
        if self.written == written {
            return false;
        }
        self.address.replace_fragment(&written.0, &written.1);
        self.written = written;
        true
    }

    /// Has the present step of the history remember where the reader is.
    pub(super) fn write_note(&self) {
        if !self.is_left() {
            self.address.set_note(&self.note());
        }
    }

    /// Where the reader left the present step of the history.
    pub(super) fn noted(&self) -> Option<Target> {
        let note = self.address.note()?;
        let (below, id) = note.split_once(' ')?;
        let element = self.tree.element_by_id(&prefixed(id));
        let is_known = element.is_some() || id.is_empty();
        is_known.then_some(Target::new(element, None, Some(decimal(below)?)))
    }

    /// How far the window's top is below the heading above it, and the heading's id; empty where the reader is still at
    /// the target.
    fn note(&self) -> String {
        if self.held.as_ref().is_some_and(|held| held.below.is_none()) {
            return String::new();
        }
        let position = self.scroller.position();
        let index = spy::last_above(&self.layout.headings, position);
        let (top, id) = match index {
            Some(index) => (self.layout.headings[index].unwrap_or(0.0), self.sections[index].id.as_str()),
            None => (0.0, ""),
        };
        format!("{} {id}", (position - top).round() as i64)
    }

    fn text(&self) -> Text<'_> {
        Text { lead: self.lead, sections: &self.sections }
    }
}
