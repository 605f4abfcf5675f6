//! Scrolling the page, and lists inside it. <https://developer.mozilla.org/docs/Web/API/Element/scrollIntoView>

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventTarget, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, ScrollToOptions,
};

use super::listener::listen;
use super::{page, timer, viewport, window};
use crate::json;

/// How to get somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// At once.
    Instant,
    /// Visibly, where the reader has not asked for less motion and the way is not more than three screens.
    Smooth,
}

/// What moves an article: the window, and whatever scrolls around it in somebody else's page. Heights are counted as if
/// all of it were one, in CSS pixels.
#[derive(Clone, Default)]
pub struct Scroller(Vec<Element>);

impl Scroller {
    /// What moves `article`.
    pub fn of(article: &Element) -> Self {
        let root = page().document_element();
        let mut around = Vec::new();
        let mut next = outside(article);
        while let Some(element) = next.filter(|element| Some(element) != root.as_ref()) {
            next = outside(&element);
            // What the body says of itself is said of the window, unless the root has said so before.
            let is_body = next.is_some() && next == root;
            if scrolls(&element) && (!is_body || root.as_ref().is_some_and(scrolls)) {
                around.push(element);
            }
        }
        Self(around)
    }

    /// How far it is scrolled.
    pub fn position(&self) -> f64 {
        let around: i32 = self.0.iter().map(Element::scroll_top).sum();
        of_window() + f64::from(around)
    }

    /// How high all is that can be scrolled.
    pub fn height(&self) -> f64 {
        let around: i32 = self.0.iter().map(|element| element.scroll_height() - element.client_height()).sum();
        viewport::document_height() + f64::from(around)
    }

    /// Where `element` begins.
    pub fn top_of(&self, element: &Element) -> f64 {
        seen_at(element) + self.position()
    }

    /// Where `element` ends.
    pub fn end_of(&self, element: &Element) -> f64 {
        element.get_bounding_client_rect().bottom() + self.position()
    }

    /// Where the elements begin; `None` for those that are not rendered.
    pub fn tops_of(&self, elements: &[Option<Element>]) -> Vec<Option<f64>> {
        let position = self.position();
        let some_folded = page().query_selector("details:not([open])").is_ok_and(|details| details.is_some());
        let top = |element: &Element| {
            let bounds = element.get_bounding_client_rect();
            let rendered = bounds.height() > 0.0 || bounds.width() > 0.0;
            // Engines differ in the size they give to what a closed <details> hides.
            let folded =
                some_folded && element.closest("details:not([open]) > :not(summary)").is_ok_and(|it| it.is_some());
            (rendered && !folded).then(|| bounds.top() + position)
        };
        elements.iter().map(|element| element.as_ref().and_then(top)).collect()
    }

    /// Whether an event tells that it has moved.
    fn has_moved(&self, event: &Event) -> bool {
        let target = event.target();
        let is_target = |element: &EventTarget| target.as_ref() == Some(element);
        is_target(&page()) || self.0.iter().any(|element| is_target(element))
    }
}

/// The element around another, also where that is in a shadow root.
fn outside(element: &Element) -> Option<Element> {
    let host = || Reflect::get(&element.get_root_node(), &"host".into()).ok()?.dyn_into().ok();
    element.parent_element().or_else(host)
}

/// Whether an element shows its content through a window of its own.
fn scrolls(element: &Element) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok()).unwrap_or_default();
    matches!(overflow.as_str(), "auto" | "scroll")
}

/// How far below the window's top `element` comes to rest when it is gone to: the scroll padding and margin of its
/// style.
pub fn rest_of(element: &Element) -> f64 {
    let pixels = |element: &Element, property| {
        let style = window().get_computed_style(element).ok().flatten();
        let value = style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default();
        value.strip_suffix("px").and_then(json::decimal).unwrap_or_default()
    };
    let padding = page().document_element().map_or(0.0, |root| pixels(&root, "scroll-padding-top"));
    padding + pixels(element, "scroll-margin-top")
}

/// Brings the beginning of `element` to the top of the window.
pub fn bring(element: &Element, pace: Pace) {
    let far = seen_at(element).abs() > 3.0 * viewport::height();
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    options.set_behavior(behavior(if far { Pace::Instant } else { pace }));
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Where `element` begins, in pixels from the top of the window.
pub fn seen_at(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

/// How far the window is scrolled, in CSS pixels.
pub fn of_window() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page to `top`.
pub fn to(top: f64, pace: Pace) {
    let far = (top - of_window()).abs() > 3.0 * viewport::height();
    let options = ScrollToOptions::new();
    options.set_top(top);
    options.set_behavior(behavior(if far { Pace::Instant } else { pace }));
    window().scroll_to_with_scroll_to_options(&options);
}

fn behavior(pace: Pace) -> ScrollBehavior {
    // Not "auto": the style sheet could make that smooth.
    if pace == Pace::Smooth && !viewport::prefers_reduced_motion() {
        ScrollBehavior::Smooth
    } else {
        ScrollBehavior::Instant
    }
}

/// Scrolls `list` so that one of its links is in the middle, if it is at or beyond the edge: the first of `links` that is
/// rendered. Not while the pointer or the focus is in the list, which would be pulled away from under them.
pub fn follow(list: &Element, links: &[u32]) {
    const EDGE: f64 = 100.0;
    if list.matches(":hover, :focus-within").unwrap_or(false) {
        return;
    }
    let all = list.get_elements_by_tag_name("a");
    let bounds = links.iter().filter_map(|index| Some(all.item(*index)?.get_bounding_client_rect()));
    let (frame, Some(bounds)) = (list.get_bounding_client_rect(), bounds.into_iter().find(|it| it.height() > 0.0))
    else {
        return;
    };
    if bounds.top() < frame.top() + EDGE || bounds.bottom() > frame.bottom() - EDGE {
        let middle = (bounds.top() + bounds.bottom() - frame.top() - frame.bottom()) / 2.0;
        list.set_scroll_top(list.scroll_top() + middle as i32);
    }
}

/// Watches the page move and come to rest, until the owner of the caller goes.
#[derive(Clone)]
pub struct Watch(Rc<Watcher>);

struct Watcher {
    settled: Box<dyn Fn()>,
    /// Counts what happens, so that a timer can tell whether anything did.
    events: Cell<u32>,
}

impl Watch {
    /// Calls `scrolled` whenever `scroller` has moved, and `settled` once it rests.
    pub fn new(scroller: Scroller, scrolled: impl Fn() + 'static, settled: impl Fn() + 'static) -> Self {
        let watch = Self(Rc::new(Watcher { settled: Box::new(settled), events: Cell::new(0) }));
        let tells_end = Reflect::has(&window(), &"onscrollend".into()).unwrap_or(false);
        let heard = watch.clone();
        let hear = move |event: Event| {
            // Lists inside the page scroll, too.
            if !scroller.has_moved(&event) {
                return;
            }
            heard.0.events.set(heard.0.events.get() + 1);
            if event.type_() == "scrollend" {
                (heard.0.settled)();
            } else {
                scrolled();
                if !tells_end {
                    heard.expect_rest();
                }
            }
        };
        listen(&window(), &["scroll", "scrollend"], Box::new(hear));
        watch
    }

    /// Has the page settled, unless it begins to move: where there was nothing to scroll, no event tells.
    pub fn expect_rest(&self) {
        let (watch, events) = (self.clone(), self.0.events.get());
        spawn_local(async move {
            timer::sleep(120).await;
            if watch.0.events.get() == events {
                (watch.0.settled)();
            }
        });
    }
}

/// Calls `acted` when the reader does something that scrolls, or may: wheel, touch, pointer or key.
pub fn on_hand(acted: impl Fn() + 'static) {
    listen(&window(), &["wheel", "touchmove", "pointerdown", "keydown"], Box::new(move |_| acted()));
}
