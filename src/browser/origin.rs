//! Which site an address is on. <https://html.spec.whatwg.org/multipage/browsers.html#origin>

use web_sys::Url;

use super::{page, window};

/// The origin of an address, resolved against the page's own; `None` where it is not http or https.
pub fn of(address: &str) -> Option<String> {
    let base = page().base_uri().ok().flatten().unwrap_or_default();
    let url = Url::new_with_base(address, &base).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| url.origin())
}

/// The page's own origin.
pub fn own() -> String {
    window().location().origin().unwrap_or_default()
}

/// Whether an address is on the page's own origin.
pub fn is_own(address: &str) -> bool {
    of(address).is_some_and(|origin| origin == own())
}
