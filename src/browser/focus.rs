//! Moving the focus. <https://developer.mozilla.org/docs/Web/API/HTMLElement/focus>

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, Event, FocusOptions, HtmlElement, KeyboardEvent, Node};

use super::listener::listen;
use super::window;

/// How the reader leaves something that opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveBy {
    /// By pressing, or moving the focus to, something outside.
    Elsewhere,
    /// By the key.
    Escape,
}

/// Calls `left` when the reader leaves `element`.
pub fn on_leave(element: &Element, left: impl Fn(LeaveBy) + 'static) {
    let element = element.clone();
    let check = move |event: Event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
            if key.key() == "Escape" {
                left(LeaveBy::Escape);
            }
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !element.contains(target.as_ref()) {
            left(LeaveBy::Elsewhere);
        }
    };
    listen(&window(), &["pointerdown", "focusin", "keydown"], Box::new(check));
}

/// Moves the focus to a field or button, and scrolls as little as it takes to see it.
pub fn show(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to `element` without scrolling. What cannot have it by itself can until it loses it.
pub fn take(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
        let lent = element.clone();
        let give_back = Closure::once_into_js(move || {
            let _ = lent.remove_attribute("tabindex");
        });
        let once = AddEventListenerOptions::new();
        once.set_once(true);
        let blur = give_back.unchecked_ref();
        let _ = element.add_event_listener_with_callback_and_add_event_listener_options("blur", blur, &once);
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
