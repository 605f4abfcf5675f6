//! The clipboard. <https://developer.mozilla.org/docs/Web/API/Clipboard_API>

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Copies `text`; false where the browser or the page's embedder does not allow it.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent on pages without a secure origin, where web-sys would still call it.
    let present = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    present && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
