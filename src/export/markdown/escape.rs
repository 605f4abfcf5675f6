//! Text -> Markdown that means the same text.

/// Where text stands, as far as that changes what has a meaning there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have several lines.
    Paragraph,
    /// In a heading or a cell of a table, which have one.
    Line,
}

/// Appends text without anything that would be markup. What only has a meaning where a line begins is left to
/// [`guard_line`].
pub(super) fn text(text: &str, out: &mut String) {
    let mut before = out.chars().next_back().unwrap_or(' ');
    let mut letters = text.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let is_markup = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '$' | '|' => true,
            // Inside a word it is a letter like others.
            '_' => !(before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)),
            // Entities begin so.
            '&' => after.is_some_and(|after| after == '#' || after.is_ascii_alphabetic()),
            // What follows may be a link, and both together a picture.
            '!' => after.is_none_or(|after| after == '['),
            // Addresses of the web and of mail become links by themselves.
            ':' => text[index..].starts_with("://"),
            '@' => before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric),
            '.' => ends_with_www(&text[..index]) && after.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        match letter {
            '\n' | '\r' => out.push(' '),
            _ if letter.is_control() && letter != '\t' => {}
            _ => {
                if is_markup {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
        before = letter;
    }
}

fn ends_with_www(before: &str) -> bool {
    let start = before.len().saturating_sub(3);
    before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
        && !before[..start].ends_with(char::is_alphanumeric)
}

/// The line of a paragraph without what would make it a heading, a list, a quotation, a table or a line.
pub(super) fn guard_line(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(b'#' | b'-' | b'+' | b'=' | b'>' | b':') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// A link's target, within `<>` where it needs them.
pub(super) fn address(address: &str) -> String {
    // Between cells of a table this sign has a meaning even here.
    let address = address.replace('|', "%7C");
    let is_plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"<>()\\&*_".contains(letter);
    if !address.is_empty() && address.chars().all(is_plain) {
        return address;
    }
    let mut out = String::from("<");
    for letter in address.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '<' | '>' | '\\' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('>');
    out
}

/// A link's title in quotes, with a space before it; nothing where there is none.
pub(super) fn title(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    let mut out = String::from(" \"");
    for letter in title.chars() {
        match letter {
            '"' | '\\' | '&' | '<' => out.extend(['\\', letter]),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Code within a line, between as many backticks as it takes.
pub(super) fn code(code: &str) -> String {
    let code = code.replace(['\n', '\r'], " ");
    let marks = "`".repeat(longest_run(&code, '`') + 1);
    let is_blank = code.trim().is_empty();
    let touches = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    match () {
        () if code.is_empty() => String::new(),
        () if touches && !is_blank => format!("{marks} {code} {marks}"),
        () => format!("{marks}{code}{marks}"),
    }
}

/// How many of `mark` stand together at most.
pub(super) fn longest_run(text: &str, mark: char) -> usize {
    text.split(|letter| letter != mark).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expect: &str) {
        let mut out = String::new();
        text(raw, &mut out);
        assert_eq!(guard_line(&out), expect, "{raw}");
    }

    #[test]
    fn text_has_no_markup() {
        check("a *b* _c_ `d` ~e~ $f$", r"a \*b\* \_c\_ \`d\` \~e\~ \$f\$");
        check("snake_case and [x](y) ![z]", r"snake_case and \[x\](y) \!\[z\]");
        check("<b> &amp; & A\\B | Q&A", r"\<b> \&amp; & A\\B \| Q\&A");
        check("https://a.example www.b.example c@d.example", r"https\://a.example www\.b.example c\@d.example");
        check("<javascript:alert(1)> [a]: javascript:alert(1)", r"\<javascript:alert(1)> \[a\]: javascript:alert(1)");
        check("Stop!", r"Stop\!");
    }

    #[test]
    fn lines_begin_as_text() {
        check("# a", r"\# a");
        check("- a", r"\- a");
        check("2024. Then", r"2024\. Then");
        check("1) a", r"1\) a");
        check("> a", r"\> a");
        check("===", r"\===");
        check("   a", "a");
        check("2024 was", "2024 was");
        check(": a", r"\: a");
    }

    #[test]
    fn addresses_and_titles_stay_whole() {
        assert_eq!(address("https://a.example/b"), "https://a.example/b");
        assert_eq!(address("a b(c)>"), "<a b(c)\\>>");
        assert_eq!(address(""), "<>");
        assert_eq!(title("say \"x\" \\ &amp;"), " \"say \\\"x\\\" \\\\ \\&amp;\"");
    }

    #[test]
    fn code_may_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(code(" a "), "`  a  `");
    }
}
