//! Files over the network. <https://developer.mozilla.org/docs/Web/API/Fetch_API>

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, Request, RequestCredentials, RequestInit, Response};

use super::bytes::Bytes;
use super::{network, timer, window};
use crate::comments::provider::Answer;
use crate::comments::provider::http::{self, HEADERS, Method};

/// A file that arrived.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Its content.
    pub bytes: Bytes,
    /// Media type that the server declared, without parameters, in lower case.
    pub media_type: String,
    /// Where it came from, after redirects.
    pub url: String,
}

/// Why a file did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// The browser has no network.
    Offline,
    /// No answer that this page may read: the server is down, or does not allow other sites (CORS).
    Unreachable,
    /// The server's answer was an error: its HTTP status.
    Status(u16),
    /// It is larger than is read.
    TooLarge,
}

/// Fetches a file, anew where `reload` is set.
///
/// # Errors
/// When no file arrived: see [`FetchError`].
pub async fn get(url: &str, most_bytes: usize, reload: bool) -> Result<Fetched, FetchError> {
    let unreachable = |_| if network::is_online() { FetchError::Unreachable } else { FetchError::Offline };
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::SameOrigin);
    if reload {
        options.set_cache(web_sys::RequestCache::Reload);
    }
    let request = Request::new_with_str_and_init(url, &options).map_err(unreachable)?;
    let response: Response =
        JsFuture::from(window().fetch_with_request(&request)).await.map_err(unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let header = |name| response.headers().get(name).ok().flatten().unwrap_or_default();
    if header("content-length").parse::<usize>().is_ok_and(|length| length > most_bytes) {
        return Err(FetchError::TooLarge);
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(unreachable)?).await.map_err(unreachable)?;
    let bytes = Bytes::of(&buffer);
    if bytes.len() > most_bytes {
        return Err(FetchError::TooLarge);
    }
    let media_type = header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Ok(Fetched { bytes, media_type, url: response.url() })
}

/// Milliseconds that a server has for an answer: to a question, and to something sent.
const PATIENCE: [i32; 2] = [10_000, 20_000];

/// Sends a request to a server and waits for its answer, for so long.
pub async fn send(request: &http::Request) -> Answer {
    let Ok(abort) = AbortController::new() else { return Answer::Unreachable };
    let late = Rc::new(Cell::new(None::<bool>));
    let patience = PATIENCE[usize::from(request.method != Method::Get)];
    let (is_late, give_up) = (Rc::clone(&late), abort.clone());
    spawn_local(async move {
        timer::sleep(patience).await;
        if is_late.get().is_none() {
            is_late.set(Some(true));
            give_up.abort();
        }
    });
    let was_online = network::is_online();
    let answer = exchange(request, &abort).await;
    if late.get() == Some(true) {
        return Answer::Silent;
    }
    late.set(Some(false));
    match answer {
        Ok(response) => Answer::Http(response),
        // Where the network went in the meantime, it may have arrived before.
        Err(_) if was_online => Answer::Unreachable,
        Err(_) => Answer::Offline,
    }
}

async fn exchange(request: &http::Request, abort: &AbortController) -> Result<http::Response, JsValue> {
    let options = RequestInit::new();
    options.set_method(request.method.as_str());
    options.set_signal(Some(&abort.signal()));
    options.set_credentials(if request.credentials { RequestCredentials::Include } else { RequestCredentials::Omit });
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    options.set_headers(&headers);
    if let Some(body) = &request.body {
        options.set_body(&JsValue::from_str(body));
    }
    // A deletion that was decided on is sent even if the page is left at that moment.
    if request.method == Method::Delete {
        Reflect::set(&options, &"keepalive".into(), &JsValue::TRUE)?;
    }
    let asked = window().fetch_with_str_and_init(&request.url, &options);
    let response: Response = JsFuture::from(asked).await?.unchecked_into();
    let headers = response.headers();
    let header = |name: &&'static str| Some((*name, headers.get(name).ok()??));
    let found = HEADERS.iter().filter_map(header).collect();
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(http::Response { status: response.status(), headers: found, body })
}
