//! A place in JSON or in front matter as a JSON Pointer -> its line and column in the text, where editors go.

/// Line and column, from 1, where they are known.
pub(super) type Place = Option<(usize, usize)>;

/// `file:line:column` as editors understand it.
pub(super) fn named(file: &str, place: Place) -> String {
    place.map_or_else(|| file.to_owned(), |(line, column)| format!("{file}:{line}:{column}"))
}

/// Line and column, from 1, of the value that `pointer` names; of the deepest one around it where it is not there.
/// `None` where nothing of the pointer is found.
pub(super) fn find(text: &str, pointer: &str) -> Place {
    let fence = text.lines().next().map(str::trim_end);
    if let Some(fence) = fence.filter(|fence| matches!(*fence, "---" | "+++")) {
        return find_in_front_matter(text, fence, pointer);
    }
    let mut scan = Scan { bytes: text.as_bytes(), at: text.find(['{', '['])? };
    let mut found = None;
    for key in pointer.strip_prefix('/')?.split('/') {
        let key = key.replace("~1", "/").replace("~0", "~");
        if scan.enter(&key).is_none() {
            break;
        }
        found = Some(scan.at);
    }
    found.map(|at| line_and_column(&text[..at]))
}

/// Line and column of a piece of the text that is there once.
pub(super) fn find_only(text: &str, piece: &str) -> Place {
    let at = text.find(piece).filter(|at| !piece.is_empty() && text.rfind(piece) == Some(*at))?;
    Some(line_and_column(&text[..at]))
}

/// The value of the first member that the pointer names, which stands on a line of its own.
fn find_in_front_matter(text: &str, fence: &str, pointer: &str) -> Place {
    let key = pointer.strip_prefix('/')?.split('/').next()?;
    let lines = text.lines().enumerate().skip(1).take_while(|(_, line)| line.trim_end() != fence);
    lines.into_iter().find_map(|(index, line)| {
        let value = line.strip_prefix(key)?.trim_start().strip_prefix([':', '='])?.trim_start();
        Some((index + 1, line.chars().count() - value.chars().count() + 1))
    })
}

/// Where the text before a place ends.
fn line_and_column(before: &str) -> (usize, usize) {
    let start = before.rfind('\n').map_or(0, |line_break| line_break + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// A place in JSON, at the start of a value. Damaged JSON ends the search.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Goes to the member or item `key` of the value here.
    fn enter(&mut self, key: &str) -> Option<()> {
        match self.peek()? {
            b'{' => {
                self.at += 1;
                while self.next_byte()? == b'"' {
                    let start = self.at;
                    self.skip_string()?;
                    let name = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
                    let is_it = crate::json::parse(name).is_ok_and(|name| name == key);
                    self.expect(b':')?;
                    self.next_byte()?;
                    if is_it {
                        return Some(());
                    }
                    self.skip_value()?;
                    self.expect_or_end(b',')?;
                }
                None
            }
            b'[' => {
                self.at += 1;
                let mut items: usize = key.parse().ok()?;
                while self.next_byte()? != b']' {
                    if items == 0 {
                        return Some(());
                    }
                    items -= 1;
                    self.skip_value()?;
                    self.expect_or_end(b',')?;
                }
                None
            }
            _ => None,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is not white space.
    fn next_byte(&mut self) -> Option<u8> {
        while self.peek()?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.peek()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        let is_there = self.next_byte()? == byte;
        self.at += 1;
        is_there.then_some(())
    }

    fn expect_or_end(&mut self, byte: u8) -> Option<()> {
        match self.next_byte()? {
            b'}' | b']' => Some(()),
            _ => self.expect(byte),
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        loop {
            match self.next_byte()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                _ => {
                    while self.peek().is_some_and(|byte| !b",:]}".contains(&byte) && !byte.is_ascii_whitespace()) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, pointer: &str, expect: Option<(usize, usize)>) {
        assert_eq!(find(text, pointer), expect, "{pointer} in {text}");
    }

    #[test]
    fn values_are_found_by_their_pointer() {
        let text = "{\n  \"a\": {\"x\\\"y\": [1, {\"é\": tru}], \"b/c\": null},\n  \"é\": \"{\", \"d\": 2}";
        check(text, "/a", Some((2, 8)));
        check(text, "/a/x\"y/1", Some((2, 21)));
        check(text, "/a/b~1c", Some((2, 41)));
        check(text, "/d", Some((3, 18)));
        check("\u{feff}[0, -1.5e3, \"]\", 3]", "/3", Some((1, 19)));
    }

    #[test]
    fn members_of_front_matter_are_found_by_their_name() {
        let text = "---\ntitle: A\ndate: x\n---\n\nother: {\"b\": 1}";
        check(text, "/date", Some((3, 7)));
        check(text, "/other", None);
        check(text, "/b", None);
        check("+++\r\ntitle = 'A'\r\ndate = 'x'\r\n+++\r\n", "/date", Some((3, 8)));
    }

    #[test]
    fn what_is_missing_leads_to_what_is_around_it() {
        check("{\"a\": [1]}", "/a/7", Some((1, 7)));
        check("{\"a\": [1]}", "/b", None);
        check("{\"a\": [1]}", "", None);
        check("plain", "/a", None);
    }

    #[test]
    fn damaged_json_ends_the_search() {
        for text in ["{", "{\"a", "{\"a\"", "{\"a\":", "[1 2]", "[}", "{\"b\": \"\\", "{\"b\": ]}"] {
            check(text, "/a/1", None);
        }
    }
}
