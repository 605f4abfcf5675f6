//! Addresses and languages as the rules for books have them: what browsers forgive is an error there.

/// An address of the web, with everything that may not stand in one written as `%` and its number.
pub(super) fn of_the_web(address: &str) -> Option<String> {
    let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    let (scheme, rest) = address.split_once(':')?;
    let start = match scheme {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            let is_host = |letter: char| letter.is_alphanumeric() || ".-_~:@[]".contains(letter);
            if host.is_empty() || !host.chars().all(is_host) {
                return None;
            }
            scheme.len() + 3 + host.len()
        }
        "mailto" | "tel" if !rest.is_empty() => scheme.len() + 1,
        _ => return None,
    };
    let mut out = address[..start].to_owned();
    // Of several `#`, the first begins the fragment.
    let mut has_fragment = false;
    for (index, letter) in address[start..].char_indices() {
        let rest = &address.as_bytes()[start + index + 1..];
        let is_fine = match letter {
            '#' => !std::mem::replace(&mut has_fragment, true),
            '%' => rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit),
            _ => letter.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(letter) || is_foreign(letter),
        };
        if is_fine { out.push(letter) } else { encode(letter, &mut out) }
    }
    Some(out)
}

/// An id as the fragment of an address.
pub(super) fn fragment(id: &str) -> String {
    let mut out = String::new();
    for letter in id.chars() {
        let is_fine = letter.is_ascii_alphanumeric() || "-._~".contains(letter) || is_foreign(letter);
        if is_fine { out.push(letter) } else { encode(letter, &mut out) }
    }
    out
}

/// Whether a tag has the form of a language's.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_first = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(|first| is_part(first) && is_first(first)) && parts.all(is_part)
}

/// Letters of other scripts, which stand in addresses as they are.
fn is_foreign(letter: char) -> bool {
    matches!(letter, '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}') && letter.is_alphanumeric()
}

fn encode(letter: char, out: &mut String) {
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expect: Option<&str>) {
        assert_eq!(of_the_web(address).as_deref(), expect, "{address}");
    }

    #[test]
    fn addresses_are_whole_and_hold_nothing_odd() {
        check("https://example.org/a|b c?x={1}#d#e", Some("https://example.org/a%7Cb%20c?x=%7B1%7D#d%23e"));
        check("https://example.org/100%/%20", Some("https://example.org/100%25/%20"));
        check("//example.org", Some("https://example.org"));
        check("https://example.org/東京", Some("https://example.org/東京"));
        check("mailto:a@example.org", Some("mailto:a@example.org"));
        for address in ["b.html", "/b", "https:///a", "https://a b/", "mailto:", "ftp://example.org/"] {
            check(address, None);
        }
    }

    #[test]
    fn fragments_and_languages() {
        assert_eq!(fragment("recto-a b/é"), "recto-a%20b%2Fé");
        for (tag, expect) in
            [("en", true), ("zh-Hant-TW", true), ("", false), ("en_US", false), ("e", false), ("en-", false)]
        {
            assert_eq!(is_language(tag), expect, "{tag}");
        }
    }
}
