//! Dates and numbers in the article's language. <https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Intl>

use js_sys::{Array, Date as JsDate, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::article::Date;

/// Words a date as people of `language` write it, as exactly as it is known; in the reader's language where the tag is
/// unknown. The day is the one written in the article, whatever the reader's own time zone.
pub fn format_date(date: &Date, language: &str) -> String {
    date.in_words(language).unwrap_or_else(|| format_by_browser(date, language))
}

/// The same in the browser's words, for every language.
pub fn format_by_browser(date: &Date, language: &str) -> String {
    let parts = [Some(f64::from(date.year)), date.month.map(f64::from), date.day.map(f64::from)];
    let options = Object::new();
    let set = |key: &str, value: &str| {
        let _ = Reflect::set(&options, &key.into(), &value.into());
    };
    set("timeZone", "UTC");
    set("year", "numeric");
    if parts[1].is_some() {
        set("month", "long");
    }
    if parts[2].is_some() {
        set("day", "numeric");
    }
    let [year, month, day] = parts.map(|part| part.unwrap_or(1.0));
    let moment = JsDate::new(&JsValue::from_f64(JsDate::utc(year, month - 1.0)));
    moment.set_utc_full_year(year as u32);
    moment.set_utc_date(day as u32);
    format("DateTimeFormat", language, &options, &moment).unwrap_or_else(|| date.to_string())
}

/// Words a moment, in milliseconds since 1970, as people of `language` write day and time, in the reader's time zone.
pub fn format_moment(milliseconds: f64, language: &str) -> String {
    let options = Object::new();
    for (key, value) in [("dateStyle", "long"), ("timeStyle", "short")] {
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    format("DateTimeFormat", language, &options, &JsValue::from_f64(milliseconds)).unwrap_or_default()
}

/// Words a number as people of `language` write it.
pub fn format_number(number: f64, language: &str) -> String {
    format("NumberFormat", language, &Object::new(), &JsValue::from_f64(number))
        .unwrap_or_else(|| (number as i64).to_string())
}

/// `new Intl[formatter](language, options).format(value)`; an unknown language tag throws, and is then left out.
fn format(formatter: &str, language: &str, options: &Object, value: &JsValue) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &formatter.into()).ok()?.dyn_into().ok()?;
    let construct = |language: &JsValue| Reflect::construct(&constructor, &Array::of2(language, options));
    let undefined = JsValue::UNDEFINED;
    let tag = if language.is_empty() { undefined.clone() } else { language.into() };
    let instance = construct(&tag).or_else(|_| construct(&undefined)).ok()?;
    let format: Function = Reflect::get(&instance, &"format".into()).ok()?.dyn_into().ok()?;
    format.call1(&instance, value).ok()?.as_string()
}
