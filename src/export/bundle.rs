//! A page and its pictures -> one file that can be sent along.

use crate::url::join;

/// The path of a picture that is in the page's folder or below it, as files are named there; `None` for pictures of the
/// web.
pub fn path_of(address: &str) -> Option<String> {
    join("", address.split(['?', '#']).next()?).filter(|path| !path.is_empty())
}

/// The page with those pictures inside for which `load` has the bytes, by their addresses. Each keeps the address that
/// it had, as `data-src`.
pub fn embed_pictures(page: &str, load: &mut dyn FnMut(&str) -> Option<Vec<u8>>) -> String {
    let mut out = String::with_capacity(page.len() * 2);
    let mut rest = page;
    // Our own writer wrote the page: there is no other `<` than of tags, and no `>` within an attribute.
    while let Some((start, holder)) = next_picture(rest) {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end);
        out.push_str(&rest[..start]);
        let tag = &rest[start..end];
        out.push_str(&picture(tag, holder, load).unwrap_or_else(|| tag.to_owned()));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the next tag is that shows a picture, and the attribute that holds its address.
fn next_picture(page: &str) -> Option<(usize, &'static str)> {
    let holders = [("<img ", "src"), ("<video ", "poster")];
    holders.into_iter().filter_map(|(tag, holder)| Some((page.find(tag)?, holder))).min()
}

/// The tag with its picture inside, if that is at hand.
fn picture(tag: &str, holder: &str, load: &mut dyn FnMut(&str) -> Option<Vec<u8>>) -> Option<String> {
    let (before, value, after) = attribute(tag, holder)?;
    let address = value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let bytes = load(&address)?;
    let media_type = media_type(&bytes)?;
    let mut tag =
        format!("{before} {holder}=\"data:{media_type};base64,{}\" data-src=\"{value}\"{after}", base64(&bytes));
    // Other sizes would be fetched in its place.
    for name in ["srcset", "sizes"] {
        if let Some((before, _, after)) = attribute(&tag, name) {
            tag = format!("{before}{after}");
        }
    }
    Some(tag)
}

/// A tag before an attribute, its value, and the tag after it.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let start = format!(" {name}=\"");
    let (before, rest) = tag.split_once(&start)?;
    let (value, after) = rest.split_once('"')?;
    Some((before, value, after))
}

/// The kind of picture that bytes are, by how they begin; `None` for anything else.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let part = |range: std::ops::Range<usize>| bytes.get(range).unwrap_or_default();
    let is_svg = || {
        std::str::from_utf8(bytes).is_ok_and(|text| {
            let text = text.trim_start_matches('\u{FEFF}').trim_start();
            text.starts_with("<svg")
                || ((text.starts_with("<?xml") || text.starts_with("<!--")) && text.contains("<svg"))
        })
    };
    match () {
        () if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        () if bytes.starts_with(b"\xff\xd8\xff") => Some("image/jpeg"),
        () if bytes.starts_with(b"GIF8") => Some("image/gif"),
        () if part(0..4) == b"RIFF" && part(8..12) == b"WEBP" => Some("image/webp"),
        () if part(4..8) == b"ftyp" && part(8..12).starts_with(b"avi") => Some("image/avif"),
        // A picture like others: in an `img`, its scripts do not run.
        () if is_svg() => Some("image/svg+xml"),
        () => None,
    }
}

/// Base64 as in RFC 4648.
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * index) & 63) as usize];
            out.push(if index <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expect: &str) {
        let mut load = |address: &str| match path_of(address)?.as_str() {
            "a b.gif" | "in/a.gif" => Some(b"GIF89a".to_vec()),
            "a.svg" => Some(b"<svg/>".to_vec()),
            "secret.txt" => Some(b"secret".to_vec()),
            _ => None,
        };
        assert_eq!(embed_pictures(page, &mut load), expect);
    }

    #[test]
    fn pictures_at_hand_go_into_the_page() {
        check(
            "<p><img src=\"in/a.gif\" srcset=\"b.gif 2x\" sizes=\"1px\" alt=\"x\"> <b>",
            "<p><img src=\"data:image/gif;base64,R0lGODlh\" data-src=\"in/a.gif\" alt=\"x\"> <b>",
        );
        check(
            "<img class=\"c\" src=\"a%20b.gif?v=1\">",
            "<img class=\"c\" src=\"data:image/gif;base64,R0lGODlh\" data-src=\"a%20b.gif?v=1\">",
        );
        check("<img src=\"a.svg\">", "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" data-src=\"a.svg\">");
    }

    #[test]
    fn films_have_their_still_pictures_inside() {
        check(
            "<video controls poster=\"in/a.gif\" width=\"4\"><source src=\"a.mp4\"></video><img src=\"a.svg\">",
            "<video controls poster=\"data:image/gif;base64,R0lGODlh\" data-src=\"in/a.gif\" width=\"4\"><source src=\"a.mp4\"></video><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" data-src=\"a.svg\">",
        );
        check("<video controls><source src=\"in/a.gif\"></video>", "<video controls><source src=\"in/a.gif\"></video>");
    }

    #[test]
    fn other_pictures_stay_where_they_are() {
        for page in [
            "<img src=\"https://a.example/in/a.gif\">",
            "<img src=\"missing.gif\">",
            "<img src=\"../in/a.gif\">",
            "<img src=\"/in/a.gif\">",
            "<img src=\"secret.txt\">",
            "<img src=\"data:image/gif;base64,R0\">",
            "<img ",
        ] {
            check(page, page);
        }
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, expect) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), expect);
        }
    }
}
