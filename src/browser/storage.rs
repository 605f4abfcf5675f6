//! What the browser remembers. Every access may be refused: then it is remembered as long as the page is open.
//! <https://developer.mozilla.org/docs/Web/API/Web_Storage_API>

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use web_sys::wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

use super::listener::listen;
use super::window;

/// The text under `key`; `None` where there is none.
pub fn get(key: &str) -> Option<String> {
    match lasting() {
        Some(storage) => storage.get_item(key).ok().flatten(),
        None => MEMORY.with_borrow(|memory| memory.get(key).cloned()),
    }
}

/// Keeps `value` under `key`; false where there is no room for it, and what was there stays.
pub fn set(key: &str, value: &str) -> bool {
    match lasting() {
        Some(storage) => storage.set_item(key, value).is_ok(),
        None => {
            MEMORY.with_borrow_mut(|memory| memory.insert(key.to_owned(), value.to_owned()));
            true
        }
    }
}

/// Forgets `key`.
pub fn remove(key: &str) {
    match lasting() {
        Some(storage) => drop(storage.remove_item(key)),
        None => drop(MEMORY.with_borrow_mut(|memory| memory.remove(key))),
    }
}

/// Forgets everything whose key begins so.
pub fn remove_all(prefix: &str) {
    let keys: Vec<String> = match lasting() {
        Some(storage) => {
            let count = storage.length().unwrap_or_default();
            (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect()
        }
        None => MEMORY.with_borrow(|memory| memory.keys().cloned().collect()),
    };
    keys.iter().filter(|key| key.starts_with(prefix)).for_each(|key| remove(key));
}

/// From now on nothing is kept beyond the visit: a page with an element of ours in it does not want that.
pub fn forbid() {
    FORBIDDEN.set(true);
}

/// Whether what is kept will be there at the next visit.
pub fn is_lasting() -> bool {
    lasting().is_some()
}

/// Calls `changed` with the key when another tab changed something; without one when it forgot everything.
pub fn on_change(changed: impl Fn(Option<String>) + 'static) {
    let heard = move |event: web_sys::Event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            changed(event.key());
        }
    };
    listen(&window(), &["storage"], Box::new(heard));
}

thread_local! {
    static FORBIDDEN: Cell<bool> = const { Cell::new(false) };
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    /// Whether storage was usable when first asked: it must not change under a visit.
    static USABLE: bool = probe().is_some();
}

fn lasting() -> Option<Storage> {
    (!FORBIDDEN.get() && USABLE.with(|usable| *usable)).then(storage).flatten()
}

/// Some browsers hand out a storage that takes nothing.
fn probe() -> Option<()> {
    const KEY: &str = "recto:probe";
    let storage = storage()?;
    let is_used = storage.length().is_ok_and(|length| length > 0);
    is_used.then_some(()).or_else(|| storage.set_item(KEY, "").and_then(|()| storage.remove_item(KEY)).ok())
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
