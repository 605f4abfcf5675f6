//! The window's size, what changes it, and the reader's wishes about motion.
//! <https://developer.mozilla.org/docs/Web/API/ResizeObserver>

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

use super::listener::listen;
use super::{page, window};

/// Height of the window in CSS pixels.
pub fn height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Height of the document in CSS pixels.
pub fn document_height() -> f64 {
    page().document_element().map_or(0.0, |root| f64::from(root.scroll_height()))
}

/// Whether the reader asked for less motion.
pub fn prefers_reduced_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Calls `resized` when the size of `element` or of the window has changed, and once at the start.
pub fn on_resize(element: &Element, resized: impl Fn() + Clone + 'static) {
    let on_window = resized.clone();
    listen(&window(), &["resize"], Box::new(move |_| on_window()));
    let callback = Closure::wrap(Box::new(resized) as Box<dyn Fn()>);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = SendWrapper::new((observer, callback));
    on_cleanup(move || kept.take().0.disconnect());
}
