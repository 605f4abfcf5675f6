//! The one Trusted Types policy, through which every string of markup goes that the browser parses. `modules.js` makes
//! it: a page may have each policy once.
//! <https://developer.mozilla.org/docs/Web/API/Trusted_Types_API>

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::modules::{self, Markup};
use crate::html::SafeHtml;

/// Puts `html` into `element`, in place of what is there.
pub fn set_inner_html(element: &Element, html: &SafeHtml) {
    set(element, &JsValue::from_str(html.as_str()));
}

/// Puts an article's markup into `element`, in place of what is there.
pub fn set_markup(element: &Element, markup: &Markup) {
    set(element, markup.as_js());
}

thread_local! {
    static TRUSTED: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says what makes trusted markup, in a part of the program that knows no other part.
pub fn provide(trusted: Function) {
    TRUSTED.set(Some(trusted));
}

/// Markup as the parsing functions of this page take it: a `TrustedHTML` where the browser knows that type.
pub(super) fn trusted(markup: &JsValue) -> JsValue {
    let provided = TRUSTED.with_borrow(Option::clone);
    let made = match provided {
        Some(trusted) => trusted.call1(&JsValue::UNDEFINED, markup).ok(),
        None => modules::trusted(markup),
    };
    made.unwrap_or_else(|| markup.clone())
}

fn set(element: &Element, markup: &JsValue) {
    let _ = Reflect::set(element, &"innerHTML".into(), &trusted(markup));
}
