//! Whether a text is JSON, HTML, Markdown or plain: by what is known about it from outside, and how it starts.

use super::{Format, Hint, detect, front_matter, json, markdown};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Html,
    Markdown,
    PlainText,
}

/// Tells by what the user says, else by the first letter; a declared type only decides in doubt.
pub(super) fn syntax(text: &str, hint: &Hint<'_>) -> Syntax {
    match hint.format {
        Some(Format::Html) => return Syntax::Html,
        Some(Format::Markdown) => return Syntax::Markdown,
        Some(Format::PlainText) => return Syntax::PlainText,
        Some(_) => return Syntax::Json,
        None => {}
    }
    if hint.media_type.contains("markdown") || has_extension(hint.name, &["md", "markdown", "mdown", "mkd", "mdx"]) {
        return Syntax::Markdown;
    }
    let says_text = hint.media_type.starts_with("text/plain") || has_extension(hint.name, &["txt", "text"]);
    let says_html = hint.media_type.starts_with("text/html") || has_extension(hint.name, &["html", "htm", "xhtml"]);
    match text.as_bytes()[0] {
        b'{' if !expects_json(hint) && front_matter::split(text).is_some() => Syntax::Markdown,
        b'{' => Syntax::Json,
        b'[' if (starts_like_list(text) && !says_text) || json::parse(text).is_ok() => Syntax::Json,
        b'<' => Syntax::Html,
        // JSON that was made a text of once more.
        b'"' if json::parse(text).is_ok_and(|value| detect::json_in_text(&value).is_some()) => Syntax::Json,
        _ if expects_json(hint) => Syntax::Json,
        _ if !says_html && markdown::is_markdown(text) => Syntax::Markdown,
        _ if says_html || (!says_text && holds_markup(text)) => Syntax::Html,
        _ => Syntax::PlainText,
    }
}

/// Whether `[` starts a JSON list, though perhaps a damaged one, and not a note or a shortcode.
fn starts_like_list(text: &str) -> bool {
    text[1..].trim_start().starts_with(['{', '[', '"', ']'])
}

/// Whether a text that starts with words is a piece of HTML.
fn holds_markup(text: &str) -> bool {
    ["</p>", "</div>", "</h2>", "</h3>", "</ul>", "</blockquote>", "</figure>"].iter().any(|tag| text.contains(tag))
}

pub(super) fn expects_json(hint: &Hint<'_>) -> bool {
    hint.media_type.contains("json") || has_extension(hint.name, &["json"])
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_tells_the_syntax_and_the_name_decides_in_doubt() {
        let syntax = |text: &str, name: &str| syntax(text, &Hint { name, ..Hint::default() });
        for (text, name) in [("{}", ""), ("[1]", "a.txt"), ("[{\"a\": tru}]", ""), ("<p>", ""), ("x", "a.json")] {
            let expect = if text == "<p>" { Syntax::Html } else { Syntax::Json };
            assert_eq!(syntax(text, name), expect, "{text}");
        }
        let matter = "{\n\"title\": \"T\"\n}\n\nText";
        assert_eq!((syntax(matter, ""), syntax(matter, "a.json")), (Syntax::Markdown, Syntax::Json));
        for (text, name) in [("[gallery ids=1] x", "a.html"), ("x<p>y</p>", ""), ("x", "a.HTM")] {
            assert_eq!(syntax(text, name), Syntax::Html, "{text}");
        }
        for (text, name) in [("[Note] x", ""), ("x </p> y", "a.txt"), ("a < b", "")] {
            assert_eq!(syntax(text, name), Syntax::PlainText, "{text}");
        }
    }
}
