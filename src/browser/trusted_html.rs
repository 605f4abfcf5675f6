//! The one Trusted Types policy, through which every string of markup goes that the browser parses.
//! <https://developer.mozilla.org/docs/Web/API/Trusted_Types_API>

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::html::SafeHtml;

/// Puts `html` into `element`, in place of what is there.
pub fn set_inner_html(element: &Element, html: &SafeHtml) {
    let _ = Reflect::set(element, &"innerHTML".into(), &trusted(html.as_str()));
}

/// Markup as the parsing functions of this page take it: a `TrustedHTML` where the browser knows that type.
pub(super) fn trusted(markup: &str) -> JsValue {
    thread_local! {
        static POLICY: Option<(JsValue, Function)> = create_policy();
    }
    let markup = JsValue::from_str(markup);
    POLICY.with(|policy| match policy {
        Some((policy, create)) => create.call1(policy, &markup).unwrap_or(markup),
        None => markup,
    })
}

fn create_policy() -> Option<(JsValue, Function)> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok().filter(JsValue::is_object)?;
    let create_policy: Function = Reflect::get(&factory, &"createPolicy".into()).ok()?.dyn_into().ok()?;
    let rules = Object::new();
    // `String` called as a function returns its argument as it is.
    let identity = Reflect::get(&js_sys::global(), &"String".into()).ok()?;
    Reflect::set(&rules, &"createHTML".into(), &identity).ok()?;
    let policy = create_policy.call2(&factory, &"recto".into(), &rules).ok()?;
    let create = Reflect::get(&policy, &"createHTML".into()).ok()?.dyn_into().ok()?;
    Some((policy, create))
}
