//! Texts by their keys, kept safely: what was stored is there after a crash, and no other tab comes between reading and
//! storing. <https://developer.mozilla.org/docs/Web/API/IndexedDB_API>

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::window;

const DATABASE: &str = "recto";
const STORE: &str = "outbox";

// Declared here, because of what `web_sys` has only this is needed, and it has no durability.
#[wasm_bindgen]
extern "C" {
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Factory, name: &str, version: u32) -> Result<Request, JsValue>;

    #[derive(Clone)]
    type Request;
    #[wasm_bindgen(method, getter)]
    fn result(this: &Request) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Request, heard: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Request, heard: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Request, heard: &JsValue);

    type Database;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_object_store(this: &Database, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, store: &str, mode: &str, options: &JsValue) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn object_store(this: &Transaction, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_oncomplete(this: &Transaction, heard: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onabort(this: &Transaction, heard: &Function);

    type Store;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_all(this: &Store) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, text: &str, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Store, key: &str) -> Result<Request, JsValue>;
}

/// The browser keeps nothing for this page, or has no room left; nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

impl From<JsValue> for NotKept {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// Every text that is kept, in the order of their keys.
///
/// # Errors
/// Where the browser refuses.
pub async fn all() -> Result<Vec<String>, NotKept> {
    let database = database().await?;
    let store = transaction(&database, "readonly")?.object_store(STORE)?;
    let texts = Array::from(&done(&store.get_all()?).await?);
    database.close();
    Ok(texts.iter().filter_map(|text| text.as_string()).collect())
}

/// Keeps `after` under a key in place of `before`, where that is what is there; nothing in place of either means nothing.
/// True once it is on the disk, false where something else is there, which stays.
///
/// # Errors
/// Where the browser refuses, or has no room left.
pub async fn swap(key: &str, before: Option<&str>, after: Option<&str>) -> Result<bool, NotKept> {
    let database = database().await?;
    let transaction = transaction(&database, "readwrite")?;
    let ended = Promise::new(&mut |complete, abort| {
        transaction.set_oncomplete(&complete);
        transaction.set_onabort(&abort);
    });
    let store = transaction.object_store(STORE)?;
    let is_expected = done(&store.get(key)?).await?.as_string().as_deref() == before;
    if is_expected {
        match after {
            Some(text) => store.put(text, key)?,
            None => store.delete(key)?,
        };
    }
    let ended = JsFuture::from(ended).await;
    database.close();
    Ok(ended.map(|_| is_expected)?)
}

async fn database() -> Result<Database, JsValue> {
    let factory = Reflect::get(&window(), &"indexedDB".into())?;
    if factory.is_falsy() {
        return Err(JsValue::NULL);
    }
    let request = factory.unchecked_into::<Factory>().open(DATABASE, 1)?;
    let opened = request.clone();
    let upgrade = Closure::once(move || drop(opened.result().unchecked_into::<Database>().create_object_store(STORE)));
    request.set_onupgradeneeded(upgrade.as_ref());
    Ok(done(&request).await?.unchecked_into())
}

fn transaction(database: &Database, mode: &str) -> Result<Transaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    database.transaction(STORE, mode, &options)
}

async fn done(request: &Request) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |success, error| {
        request.set_onsuccess(&success);
        request.set_onerror(&error);
    });
    JsFuture::from(promise).await?;
    Ok(request.result())
}
