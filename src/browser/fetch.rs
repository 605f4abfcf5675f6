//! Files over the network. <https://developer.mozilla.org/docs/Web/API/Fetch_API>

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestCredentials, RequestInit, Response};

use super::bytes::Bytes;
use super::window;

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
    let unreachable = |_| if window().navigator().on_line() { FetchError::Unreachable } else { FetchError::Offline };
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
