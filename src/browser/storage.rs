//! What the browser remembers; every access may be refused. <https://developer.mozilla.org/docs/Web/API/Storage>

use web_sys::Storage;

use super::window;

/// The text under `key`; `None` where there is none, or storage is denied.
pub fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`; false where storage is denied or full.
pub fn set(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets `key`.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
