//! The one Trusted Types policy, through which every string of markup goes that the browser parses. `boot/modules.js` makes
//! it, because a page may have each policy once, and each part of the program is given it.
//! <https://developer.mozilla.org/docs/Web/API/Trusted_Types_API>

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::html::SafeHtml;

thread_local! {
    static POLICY: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says what makes trusted markup of a string.
pub fn provide(policy: Function) {
    POLICY.set(Some(policy));
}

/// Puts `html` into `element`, in place of what is there.
pub fn set_inner_html(element: &Element, html: &SafeHtml) {
    set(element, &JsValue::from_str(html.as_str()));
}

pub(super) fn set(element: &Element, markup: &JsValue) {
    let _ = Reflect::set(element, &"innerHTML".into(), &trusted(markup));
}

/// Markup as the parsing functions of this page take it: a `TrustedHTML` where the browser knows that type.
pub(super) fn trusted(markup: &JsValue) -> JsValue {
    let policy = POLICY.with_borrow(Option::clone);
    policy.and_then(|policy| policy.call1(&JsValue::UNDEFINED, markup).ok()).unwrap_or_else(|| markup.clone())
}
