//! What is there without a network. `offline.js` keeps it, and is loaded when it is asked.
//! <https://developer.mozilla.org/docs/Web/API/CacheStorage>

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::modules;

#[wasm_bindgen]
extern "C" {
    /// The script.
    pub(super) type Offline;

    #[wasm_bindgen(method, js_name = isPossible)]
    fn is_possible(this: &Offline) -> bool;

    #[wasm_bindgen(method, catch)]
    async fn start(this: &Offline, updated: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn kept(this: &Offline, address: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn keep(this: &Offline, address: &str, page: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn forget(this: &Offline, address: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn total(this: &Offline) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn clear(this: &Offline) -> Result<JsValue, JsValue>;
}

/// Has the program and what is read kept from now on; calls `updated` when a newer program has come, which the next load
/// shows.
pub async fn start(updated: impl FnOnce() + 'static) {
    if let Some(offline) = script().await {
        let _ = offline.start(&Closure::once_into_js(updated)).await;
    }
}

/// Whether this browser lets this page keep files.
pub async fn is_possible() -> bool {
    script().await.is_some_and(|offline| offline.is_possible())
}

/// Bytes of what is kept of the article whose file is at `address`; 0 where it is not kept.
pub async fn kept(address: &str) -> f64 {
    let Some(offline) = script().await else { return 0.0 };
    offline.kept(address).await.ok().and_then(|bytes| bytes.as_f64()).unwrap_or_default()
}

/// Keeps the article that is shown, whose file is at `address`, with its pictures, and the page at `page`, where one was
/// written for it; false where there is no room.
pub async fn keep(address: &str, page: &str) -> bool {
    let Some(offline) = script().await else { return false };
    offline.keep(address, page).await.is_ok_and(|is_kept| is_kept.is_truthy())
}

/// Forgets the article whose file is at `address`.
pub async fn forget(address: &str) {
    if let Some(offline) = script().await {
        let _ = offline.forget(address).await;
    }
}

/// How many articles are kept, and the bytes of everything that is there without a network.
pub async fn total() -> (u32, f64) {
    let Some(offline) = script().await else { return (0, 0.0) };
    let total = offline.total().await.map(|total| Array::from(&total)).unwrap_or_default();
    (total.get(0).as_f64().unwrap_or_default() as u32, total.get(1).as_f64().unwrap_or_default())
}

/// Forgets all.
pub async fn clear() {
    if let Some(offline) = script().await {
        let _ = offline.clear().await;
    }
}

async fn script() -> Option<Offline> {
    modules::offline().await.map(JsCast::unchecked_into)
}
