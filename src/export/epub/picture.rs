//! Data addresses -> pictures that are files of a book.

/// A picture that comes along.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Its file, as the text names it.
    pub(super) name: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its content.
    pub(super) bytes: Vec<u8>,
}

/// The kinds of pictures that every reading program shows, and how they begin. Drawings (SVG) are not among them: they
/// are programs in part, and would have to be read as such.
const KINDS: &[(&str, &str, &[u8])] =
    &[("image/png", "png", b"\x89PNG"), ("image/jpeg", "jpg", b"\xFF\xD8\xFF"), ("image/gif", "gif", b"GIF8")];

/// The picture in an address such as `data:image/png;base64,…`; the `number`th of its book.
pub(super) fn of_address(address: &str, number: usize) -> Option<Picture> {
    let (declared, data) = address.strip_prefix("data:")?.split_once(',')?;
    declared.strip_suffix(";base64")?;
    let bytes = base64(data)?;
    // What it is, its first bytes say; what it is declared to be may be wrong.
    let (media_type, extension, _) = KINDS.iter().find(|(_, _, start)| bytes.starts_with(start))?;
    Some(Picture { name: format!("images/{number}.{extension}"), media_type, bytes })
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ if letter.is_ascii_whitespace() => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64("aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64("aGVs\nbG8").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64("a*"), None);
    }

    #[test]
    fn pictures_are_what_their_bytes_say() {
        let picture = of_address("data:image/jpeg;base64,iVBORw0KGgo=", 3).expect("a picture");
        assert_eq!((picture.name.as_str(), picture.media_type), ("images/3.png", "image/png"));
        assert_eq!(of_address("data:image/svg+xml;base64,PHN2Zy8+", 1), None);
        assert_eq!(of_address("data:image/png,abc", 1), None);
        assert_eq!(of_address("https://example.org/a.png", 1), None);
    }
}
