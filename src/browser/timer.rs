//! Waiting. <https://developer.mozilla.org/docs/Web/API/Window/setTimeout>

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Resolves after `milliseconds`.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}
