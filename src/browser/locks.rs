//! One tab at a time. <https://developer.mozilla.org/docs/Web/API/Web_Locks_API>

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::window;

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that is held until this is dropped, or the tab goes.
#[derive(Debug)]
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// Waits until no other tab of this site holds the lock of that name; nothing where the browser has no locks, as on pages
/// without https.
pub async fn hold(name: &str) -> Option<Lock> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(|locks| !locks.is_falsy())?;
    let locks: LockManager = locks.unchecked_into();
    let promise = Promise::new(&mut |held, refused| {
        // The lock is held as long as the promise is that the callback returns.
        let granted = Closure::once_into_js(move || {
            Promise::new(&mut |release, _| drop(held.call1(&JsValue::UNDEFINED, &release)))
        });
        match locks.request(name, &granted) {
            Ok(request) => spawn_local(async move {
                if JsFuture::from(request).await.is_err() {
                    let _ = refused.call0(&JsValue::UNDEFINED);
                }
            }),
            Err(_) => drop(refused.call0(&JsValue::UNDEFINED)),
        }
    });
    JsFuture::from(promise).await.ok().map(|release| Lock(release.unchecked_into()))
}
