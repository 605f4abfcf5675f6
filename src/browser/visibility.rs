//! Whether the page is seen. <https://developer.mozilla.org/docs/Web/API/Page_Visibility_API>

use super::listener::listen;
use super::page;

/// Whether the page is seen: not in another tab, nor behind a lock screen.
pub fn is_visible() -> bool {
    !page().hidden()
}

/// Calls `seen` when the page is seen again.
pub fn on_visible(seen: impl Fn() + 'static) {
    let changed = move |_| {
        if is_visible() {
            seen();
        }
    };
    listen(&page(), &["visibilitychange"], Box::new(changed));
}
