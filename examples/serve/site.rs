//! A directory as a web site: which bytes and headers answer a path. The end-to-end tests serve by the same rules.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// What is sent for a path.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// Header names and values; the length is added when sending.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The content.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// An answer with a body of the type that the path's extension stands for.
    pub(crate) fn of(path: &str, body: Vec<u8>) -> Self {
        let headers = vec![
            ("Content-Type", content_type(path).to_owned()),
            ("Cache-Control", cache_control(path).to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        Self { status: 200, headers, body }
    }

    /// A short text with a status that is no success.
    pub(crate) fn refusal(status: u16, text: &str) -> Self {
        Self { status, headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())], body: text.into() }
    }
}

/// Finds the file under `root` that a request's URL names; `/` stands for `/index.html`.
pub(crate) fn answer(root: &Path, url: &str) -> Answer {
    let path = path_of(url);
    match file_under(root, &path).and_then(|file| fs::read(file).ok()) {
        Some(body) => Answer::of(&path, body),
        None => Answer::refusal(404, "not found"),
    }
}

/// The path that a request's URL names: no query, percent-decoded, a directory as its index page.
pub(crate) fn path_of(url: &str) -> String {
    let path = percent_decoded(url.split(['?', '#']).next().unwrap_or_default());
    if path.ends_with('/') { path + "index.html" } else { path }
}

fn file_under(root: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| root.join(relative)).filter(|file| file.is_file())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("mp3") => "audio/mpeg",
        Some("ogg") => "audio/ogg",
        Some("mp4") => "video/mp4",
        Some("webm") => "video/webm",
        Some("woff2") => "font/woff2",
        Some("xml") => "application/xml",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Names that carry a hash of their content never change; everything else is asked for again.
fn cache_control(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let hashed =
        name.split(['-', '.', '_']).any(|part| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit()));
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}
