//! Events, listened to until the owner of the caller goes. <https://developer.mozilla.org/docs/Web/API/EventTarget>

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// Calls `heard` on events of these names at `target`, before anything inside it hears them.
/// What it does may lead to such an event again.
pub(super) fn listen(target: &EventTarget, names: &'static [&'static str], heard: Box<dyn Fn(Event)>) {
    let heard = Closure::wrap(heard);
    for name in names {
        let _ = target.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
    }
    let kept = SendWrapper::new((target.clone(), heard));
    on_cleanup(move || {
        let (target, heard) = kept.take();
        for name in names {
            let _ = target.remove_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
        }
    });
}
