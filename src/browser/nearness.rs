//! Whether something is about to be seen. <https://developer.mozilla.org/docs/Web/API/Intersection_Observer_API>

use js_sys::{Array, Promise};
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::viewport;

/// How far away from the window something is near: about a screen.
const MARGIN: &str = "800px";

/// Whether something is near the window now: within a screen of it.
pub fn is_near(element: &Element) -> bool {
    let (place, height) = (element.get_bounding_client_rect(), viewport::height());
    place.top() < 2.0 * height && place.bottom() > -height
}

/// Calls `near` once, when `element` comes near the window; at once where the browser cannot tell.
pub fn when_near(element: &Element, near: impl FnOnce() + 'static) {
    let mut resolve_near = None;
    let promise = Promise::new(&mut |resolve, _| resolve_near = Some(resolve));
    wasm_bindgen_futures::spawn_local(async move {
        if JsFuture::from(promise).await.is_ok_and(|near| near.is_truthy()) {
            near();
        }
    });
    let Some(resolve) = resolve_near else { return };
    let told = resolve.clone();
    let callback = Closure::wrap(Box::new(move |entries: Array| {
        if entries.iter().any(|entry| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting()) {
            let _ = told.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
        }
    }) as Box<dyn Fn(Array)>);
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    let Ok(observer) = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options) else {
        let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
        return;
    };
    observer.observe(element);
    let kept = SendWrapper::new((observer, callback));
    on_cleanup(move || kept.take().0.disconnect());
}
