//! Addresses: resolved against a base, their scheme allow-listed. Follows the WHATWG URL Standard where browsers
//! would see a scheme or a host, so that what passes here means the same to them.
//!
//! Own code because a general URL library ships tables for international host names, which browsers have already.

use std::borrow::Cow;

use crate::letter;

/// What an address is for, which decides the schemes allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Followed by the reader: http, https, mailto, tel, or a fragment.
    Link,
    /// Loaded as a picture: http, https, or `data:` of a raster image.
    Image,
    /// Loaded as sound, video, subtitles: http, https.
    Media,
}

/// Resolves `raw` against `base` (empty: none) and checks it for its use. The result is absolute, or relative
/// where `base` is empty; `None` where no such address is allowed. Resolving a result again changes nothing.
pub fn resolve(raw: &str, base: &str, usage: Use) -> Option<String> {
    let raw = strip(raw);
    if raw.is_empty() {
        return None;
    }
    if let Some(fragment) = raw.strip_prefix('#') {
        return (usage == Use::Link).then(|| encode_to(String::from("#"), fragment, Part::Fragment));
    }
    let Some((scheme, rest)) = split_scheme(&raw) else {
        return resolve_relative(&raw, &Base::parse(base));
    };
    match known_scheme(scheme)? {
        scheme @ ("http" | "https") if rest.starts_with(['/', '\\']) => absolute(scheme, rest),
        scheme @ ("http" | "https") => {
            let base = Base::parse(base);
            if base.scheme == scheme { resolve_relative(rest, &base) } else { absolute(scheme, rest) }
        }
        scheme @ ("mailto" | "tel") if usage == Use::Link => {
            Some(encode_to(format!("{scheme}:"), rest, Part::Query)).filter(|url| url.len() > scheme.len() + 1)
        }
        "data" if usage == Use::Image => raster_image(rest),
        _ => None,
    }
}

/// The scheme in lower case, if any use allows it.
fn known_scheme(scheme: &str) -> Option<&'static str> {
    ["https", "http", "mailto", "tel", "data"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))
}

/// Resolves the addresses of a `srcset` attribute; those not allowed are left out.
pub fn resolve_srcset(srcset: &str, base: &str) -> String {
    let mut resolved = String::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return resolved;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        let (url, descriptor) = match url.strip_suffix(',') {
            Some(url) => {
                rest = after;
                (url.trim_end_matches(','), "")
            }
            None => {
                let end = after.find(',').unwrap_or(after.len());
                rest = &after[end..];
                (url, after[..end].trim())
            }
        };
        let is_descriptor = descriptor.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b' '));
        let Some(url) = resolve(url, base, Use::Image).filter(|_| is_descriptor) else { continue };
        if !resolved.is_empty() {
            resolved.push_str(", ");
        }
        resolved.push_str(&url);
        if !descriptor.is_empty() {
            resolved.push(' ');
            resolved.push_str(descriptor);
        }
    }
}

/// The host of an absolute address, with its port; empty where it has none.
pub fn host(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Scheme, host and port of an absolute address of the web; empty where it is none.
pub fn origin(url: &str) -> &str {
    let host = host(url);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if host.is_empty() || !is_web { "" } else { &url[..url.find(host).unwrap_or_default() + host.len()] }
}

/// The path that a relative address means in `folder`, as files are named; `None` for whole addresses, and what leaves the
/// folder at the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let is_whole = path.starts_with('/') || path.split('/').next().is_some_and(|first| first.contains(':'));
    if is_whole {
        return None;
    }
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(decode_fragment(name)),
        }
    }
    Some(parts.join("/"))
}

/// A path, as files are named, as it stands in an address: the reverse of [`join`]. Whatever could mean something else
/// there is encoded, `%` too.
pub fn encode_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            url.push(char::from(byte));
        } else {
            encode_byte(byte, &mut url);
        }
    }
    url
}

/// Decodes the percent-encoding of a fragment; what is not valid in it stays as it is.
pub fn decode_fragment(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[index], digit(index + 1), digit(index + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                index += 3;
            }
            (other, ..) => {
                decoded.push(other);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}

/// What browsers take away before they read an address: controls and spaces around it (of ASCII only: an address
/// that starts with another space is a relative one, and stripping it could bring a scheme to life), and tabs and
/// line ends anywhere.
fn strip(raw: &str) -> Cow<'_, str> {
    let raw = raw.trim_matches(|c: char| c <= ' ');
    let is_gone = |c: &char| matches!(c, '\t' | '\n' | '\r');
    if raw.chars().any(|c| is_gone(&c)) { raw.chars().filter(|c| !is_gone(c)).collect() } else { raw.into() }
}

/// Splits `scheme:rest`.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some((scheme, rest))
}

/// The parts of a base that relative addresses take over.
#[derive(Default)]
struct Base {
    /// `http`, `https`, or nothing.
    scheme: String,
    /// Host and port.
    authority: String,
    /// Starts with `/`; empty where there is no base.
    path: String,
    /// With its `?`.
    query: String,
}

impl Base {
    /// An absolute http(s) address, or a path from the root; anything else is no base.
    fn parse(base: &str) -> Self {
        let base = strip(base);
        let (scheme, rest) = match split_scheme(&base) {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None if base.starts_with("//") => ("https".to_owned(), &*base),
            None if base.starts_with('/') => (String::new(), &*base),
            None => return Self::default(),
        };
        let (authority, rest) = if scheme.is_empty() {
            (String::new(), rest)
        } else if let ("http" | "https", Some((authority, rest))) = (scheme.as_str(), split_authority(&scheme, rest)) {
            (authority, rest)
        } else {
            return Self::default();
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let path = encode_to(String::new(), &path.replace('\\', "/"), Part::Path);
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        Self { scheme, authority, path, query: encode_to(String::new(), query, Part::Query) }
    }

    fn exists(&self) -> bool {
        !self.path.is_empty()
    }

    fn origin(&self) -> String {
        if self.scheme.is_empty() { String::new() } else { format!("{}://{}", self.scheme, self.authority) }
    }
}

/// Resolves an address without a scheme.
fn resolve_relative(raw: &str, base: &Base) -> Option<String> {
    let (before_fragment, fragment) = raw.split_at(raw.find('#').unwrap_or(raw.len()));
    let (path, query) = before_fragment.split_at(before_fragment.find('?').unwrap_or(before_fragment.len()));
    let path = path.replace('\\', "/");
    if path.starts_with("//") {
        let scheme = if base.scheme.is_empty() { "https" } else { &base.scheme };
        return absolute(scheme, raw);
    }
    let path = encode_to(String::new(), &path, Part::Path);
    let mut url = base.origin();
    if path.starts_with('/') {
        url.push_str(&remove_dot_segments(&path));
    } else if !base.exists() {
        // A colon in the first segment would read as a scheme to whoever trims more than browsers do.
        if path.split('/').next().is_some_and(|segment| segment.contains(':')) {
            url.push_str("./");
        }
        url.push_str(&path);
    } else if path.is_empty() {
        url.push_str(&base.path);
        if query.is_empty() {
            url.push_str(&base.query);
        }
    } else {
        let folder = base.path.rfind('/').map_or("/", |end| &base.path[..=end]);
        url.push_str(&remove_dot_segments(&format!("{folder}{path}")));
    }
    url = encode_to(url, query, Part::Query);
    Some(encode_to(url, fragment, Part::Fragment))
}

/// An http(s) address, `rest` being all after the scheme's colon.
fn absolute(scheme: &str, rest: &str) -> Option<String> {
    let (authority, rest) = split_authority(scheme, rest)?;
    let (before_fragment, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let (path, query) = before_fragment.split_at(before_fragment.find('?').unwrap_or(before_fragment.len()));
    let path = encode_to(String::new(), &path.replace('\\', "/"), Part::Path);
    let mut url = format!("{scheme}://{authority}");
    url.push_str(&if path.is_empty() { "/".to_owned() } else { remove_dot_segments(&path) });
    url = encode_to(url, query, Part::Query);
    Some(encode_to(url, fragment, Part::Fragment))
}

/// Splits off host and port, user names dropped; `None` where browsers would refuse the host.
fn split_authority<'a>(scheme: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let port_at = authority.rfind(':').filter(|at| !authority[*at..].contains(']'));
    let (host, port) = match port_at {
        Some(at) => (&authority[..at], &authority[at + 1..]),
        None => (authority, ""),
    };
    if !is_host(host) || !port.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let default = if scheme == "http" { 80 } else { 443 };
    let mut authority = host.to_ascii_lowercase();
    if !port.is_empty() {
        let number: u16 = port.parse().ok()?;
        if number != default {
            authority.push_str(&format!(":{number}"));
        }
    }
    Some((authority, rest))
}

/// Whether browsers accept a host, and people can tell what it says: no percent-encoding, no punctuation or
/// invisible characters outside ASCII.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or_default();
        return address.contains(':') && address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    }
    let allowed = |c: char| match c {
        '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ';' | '=' | ',' => true,
        '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2BFF}' | '\u{3000}' | '\u{FEFF}' | '\u{FF00}'..='\u{FF0F}' => false,
        '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E0000}'.. => false,
        other => other.is_ascii_alphanumeric() || !other.is_ascii(),
    };
    !host.is_empty() && host.chars().all(allowed)
}

/// RFC 3986 §5.2.4, on a path that starts with `/`; `%2e` is a dot, as browsers have it.
fn remove_dot_segments(path: &str) -> String {
    if !["//", "/.", "/%2"].iter().any(|suspect| path.contains(suspect)) {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        let dots = match segment.to_ascii_lowercase().as_str() {
            "." | "%2e" => 1,
            ".." | ".%2e" | "%2e." | "%2e%2e" => 2,
            _ => 0,
        };
        if dots == 2 {
            kept.pop();
        }
        if dots == 0 {
            kept.push(segment);
        } else if is_last {
            kept.push("");
        }
    }
    // `/.//host` must not become `//host`.
    let first = kept.iter().position(|segment| !segment.is_empty()).unwrap_or(kept.len().saturating_sub(1));
    format!("/{}", kept[first..].join("/"))
}

/// `data:` of a raster image in base64, nothing else.
fn raster_image(rest: &str) -> Option<String> {
    let (kind, data) = rest.split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    let (mime, encoding) = kind.split_once(';')?;
    let is_raster = matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif");
    let data: String = data.chars().filter(|c| *c != ' ').collect();
    let is_base64 = data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_'));
    (is_raster && encoding == "base64" && is_base64 && !data.is_empty()).then(|| format!("data:{kind},{data}"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Query,
    Fragment,
}

/// Appends `text` percent-encoded as browsers do for that part of an address. What is encoded already stays so.
fn encode_to(mut url: String, text: &str, part: Part) -> String {
    let mut buffer = [0; 4];
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let encoded = match letter {
            '\0'..=' ' | '"' | '<' | '>' | '\u{7F}'..='\u{A0}' => true,
            '{' | '}' | '`' | '^' => part == Part::Path,
            '\'' => part == Part::Query,
            // Fragments stay readable: they are looked up among ids of any script.
            other => !other.is_ascii() && (part != Part::Fragment || !letter::is_word(other)),
        };
        if !encoded {
            continue;
        }
        url.push_str(&text[start..at]);
        start = at + letter.len_utf8();
        letter.encode_utf8(&mut buffer).bytes().for_each(|byte| encode_byte(byte, &mut url));
    }
    url.push_str(&text[start..]);
    url
}

fn encode_byte(byte: u8, url: &mut String) {
    url.push('%');
    url.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
    url.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, base: &str, expect: Option<&str>) {
        let resolved = resolve(raw, base, Use::Link);
        assert_eq!(resolved.as_deref(), expect, "{raw:?} against {base:?}");
        if let Some(once) = resolved {
            assert_eq!(resolve(&once, base, Use::Link).as_ref(), Some(&once), "{raw:?} resolved twice");
        }
    }

    #[test]
    fn resolves_as_rfc_3986_does() {
        let base = "http://a/b/c/d;p?q";
        for (raw, expect) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g/"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("g/../h", "http://a/b/c/h"),
            ("g/%2E%2e/h", "http://a/b/c/h"),
            ("http:g", "http://a/b/c/g"),
            ("https:g", "https://g/"),
        ] {
            check(raw, base, Some(expect));
        }
    }

    #[test]
    fn keeps_relative_addresses_without_a_base() {
        check("img/a.png", "", Some("img/a.png"));
        check("../a?b=c#d", "", Some("../a?b=c#d"));
        check("./a:b", "", Some("./a:b"));
        check("\u{a0}javascript:alert(1)", "", Some("./%C2%A0javascript:alert(1)"));
        check("//host/x", "", Some("https://host/x"));
        check("/x/../y", "/articles/z.json", Some("/y"));
        check("y.png", "/articles/z.json", Some("/articles/y.png"));
    }

    #[test]
    fn keeps_fragments_readable() {
        check("#Überblick 1", "https://a/b", Some("#Überblick%201"));
        assert_eq!(decode_fragment("%C3%9Cber%20b%zz"), "Über b%zz");
        assert_eq!(decode_fragment("%ff"), "%ff");
    }

    #[test]
    fn reads_schemes_and_hosts_as_browsers_do() {
        check(" \u{1}java\nscript:alert(1)", "", None);
        check("\\\\evil.example\\x", "https://ok/", Some("https://evil.example/x"));
        check("https:///User:pw@EVIL.example:443/a b", "", Some("https://evil.example/a%20b"));
        check("https://ok.example:-1/", "", None);
        check("https://%00evil.example/", "", None);
        check("https://ok.example\u{ff0f}evil.example/", "", None);
        check("https://[::1]:8080", "", Some("https://[::1]:8080/"));
        check("mailto:a@b.example?subject=x y", "", Some("mailto:a@b.example?subject=x%20y"));
        check("/.//evil.example", "https://ok/", Some("https://ok/evil.example"));
    }

    #[test]
    fn allows_data_of_raster_images_alone() {
        let png = "data:image/png;base64,iVBORw0KGgo=";
        assert_eq!(resolve(png, "", Use::Image).as_deref(), Some(png));
        assert_eq!(resolve(png, "", Use::Link), None);
        assert_eq!(resolve("data:image/svg+xml;base64,AAAA", "", Use::Image), None);
        assert_eq!(resolve("data:image/png,<script>", "", Use::Image), None);
    }

    #[test]
    fn joined_paths_stay_within_the_folder() {
        assert_eq!(join("articles/", "../a%20b/./c.json").as_deref(), Some("a b/c.json"));
        assert_eq!(join("articles/", "../").as_deref(), Some(""));
        for outside in ["../../x", "/x", "https://a.example/", "mailto:a@b"] {
            assert_eq!(join("articles/", outside), None, "{outside}");
        }
    }

    #[test]
    fn encoded_paths_are_those_of_the_files() {
        for (path, expect) in [
            ("C#/x.md", "C%23/x.md"),
            ("what?/50%25 off.md", "what%3F/50%2525%20off.md"),
            ("a:b/\"<é>\n", "a%3Ab/%22%3C%C3%A9%3E%0A"),
            ("it's/(a+b)&c.png", "it's/(a+b)&c.png"),
        ] {
            let encoded = encode_path(path);
            assert_eq!(encoded, expect);
            assert_eq!(join("", &encoded).as_deref(), Some(path));
            assert_eq!(resolve(&encoded, "", Use::Media).as_ref(), Some(&encoded), "{path} is an address as it is");
        }
    }

    #[test]
    fn resolves_every_candidate_of_a_srcset() {
        let srcset = "a,b.png 1x, javascript:x 2x , /c.png 300w,d.png,";
        let expect = "https://h/a,b.png 1x, https://h/c.png 300w, https://h/d.png";
        assert_eq!(resolve_srcset(srcset, "https://h/"), expect);
        assert_eq!(resolve_srcset(expect, "https://h/"), expect);
    }
}
