//! The style sheets of pages that are written in advance, as one text.

use std::sync::LazyLock;

/// Includes sheets by their names in `style/`.
macro_rules! sheets {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../style/", $name)))),*] };
}

/// Name and text of each sheet, in cascade order: those of the app that such a page needs, and its own.
const SHEETS: &[(&str, &str)] = sheets![
    "layers.css"
    "tokens.css"
    "base.css"
    "prose.css"
    "layout.css"
    "components/header.css"
    "components/figure.css"
    "components/table.css"
    "components/code.css"
    "components/admonition.css"
    "components/embed.css"
    "components/button.css"
    "components/toolbar.css"
    "components/contents.css"
    "components/progress.css"
    "components/screens.css"
    "components/list.css"
    "pages/static.css"
    "print.css"
];

/// All sheets, without comments and without white space that means nothing. Every page of a site holds it: it is made once.
pub fn sheet() -> &'static str {
    static SHEET: LazyLock<String> = LazyLock::new(|| {
        let mut out = String::new();
        SHEETS.iter().for_each(|(_, text)| shorten(text, &mut out));
        out
    });
    &SHEET
}

fn shorten(css: &str, out: &mut String) {
    let mut rest = css;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
        } else if letter.is_ascii_whitespace() {
            rest = rest.trim_start();
            let is_needed =
                !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ' ']) && !rest.starts_with(['{', '}', ';']);
            if is_needed {
                out.push(' ');
            }
        } else if matches!(letter, '"' | '\'') {
            let end = string_end(rest, letter);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
}

/// Where the string ends that `text` begins with.
fn string_end(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (index, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return index + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_goes() {
        let mut out = String::new();
        shorten("/* a */\n.a :hover > b,\n  c { content: \"/* ; \\\" */\"; margin: 0 calc(1px + 2px) }\n", &mut out);
        assert_eq!(out, ".a :hover > b,c{content: \"/* ; \\\" */\";margin: 0 calc(1px + 2px)}");
    }

    #[test]
    fn sheets_stand_in_the_order_of_the_app() {
        let index = include_str!("../../style/index.txt");
        let order: Vec<&str> = index.lines().filter(|line| !line.starts_with('#')).collect();
        let places: Vec<usize> =
            SHEETS.iter().filter_map(|(name, _)| order.iter().position(|listed| listed == name)).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!(places.len(), SHEETS.len() - 1, "all but one are the app's");
    }

    #[test]
    fn braces_match() {
        let sheet = sheet();
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(!sheet.contains("</"), "it can stand in a `style` element");
    }
}
