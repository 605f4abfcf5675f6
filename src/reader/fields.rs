//! What readers of envelopes share: members by their path, and the cleaning of titles, bylines and excerpts.

use std::mem::take;

use serde_json::Value;

use super::Context;
use crate::article::walk;
use crate::article::{Blocks, Date, Footnotes, Inline, Inlines, Person};
use crate::json;
use crate::letter::lower_case;
use crate::markup;
use crate::warning::Warnings;

/// The string at a path such as `title.rendered`; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    member(value, path).and_then(Value::as_str).unwrap_or_default()
}

/// The value at a path; numbers are places in arrays.
pub(super) fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}

/// The whole number at a path, if it fits.
pub(super) fn number(value: &Value, path: &str) -> Option<u32> {
    member(value, path).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}

/// The date at a path: text in any of the usual forms, or seconds or milliseconds since 1970.
pub(super) fn date(value: &Value, path: &str) -> Option<Date> {
    match member(value, path)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => json::decimal(number.as_str()).and_then(Date::from_epoch),
        _ => None,
    }
}

impl Context<'_> {
    /// Reads a title that may hold entities and tags: of marks only those stay that a title may have.
    pub(super) fn title(&mut self, html: &str) -> Inlines {
        let mut inlines = self.inlines(html);
        keep_title_marks(&mut inlines);
        inlines
    }

    /// Reads a short text that may hold entities and tags, as text.
    pub(super) fn plain(&mut self, html: &str) -> String {
        // What is left out of an excerpt or a name is no loss: the text itself is elsewhere.
        let inlines = match html.contains(['<', '&']) {
            true => markup::inlines(html, self.parse, &mut Warnings::default()),
            false => html.into(),
        };
        let text = inlines.plain_text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Reads an excerpt as text, without what invites to read on.
    pub(super) fn excerpt(&mut self, html: &str) -> String {
        let mut text = self.plain(html);
        let end = ["[…]", "[...]", "Continue reading", "Read more"].iter().filter_map(|words| text.rfind(words)).min();
        if let Some(end) = end.filter(|end| *end * 2 > text.len()) {
            text.truncate(end);
            text.truncate(text.trim_end().len());
            if !text.ends_with(['.', '!', '?', '…']) {
                text.push('…');
            }
        }
        text
    }

    /// Reads text-level HTML.
    pub(super) fn inlines(&mut self, html: &str) -> Inlines {
        if html.contains(['<', '&']) {
            markup::inlines(html, self.parse, &mut self.warnings)
        } else {
            html.trim().into()
        }
    }

    /// Reads HTML as the body of an article.
    pub(super) fn body(&mut self, html: &str) -> (Blocks, Footnotes) {
        let fragment = markup::blocks(html, self.parse, &mut self.warnings);
        (fragment.blocks, Footnotes(fragment.footnotes))
    }
}

fn keep_title_marks(inlines: &mut Inlines) {
    for mut inline in take(inlines).0 {
        let stays = matches!(
            inline,
            Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::Subscript(_)
                | Inline::Superscript(_)
                | Inline::CiteTitle(_)
        );
        match walk::children(&mut inline) {
            None => match inline {
                Inline::Image(image) => inlines.push(Inline::Text(image.alt)),
                other => inlines.push(other),
            },
            Some(children) => {
                keep_title_marks(children);
                if stays {
                    inlines.push(inline);
                } else {
                    let children = take(children);
                    inlines.extend(children.0);
                }
            }
        }
    }
}

/// The people a byline names: without "By", split where every part looks like a name. What does not is one name.
pub(super) fn people(byline: &str) -> Vec<Person> {
    let line = byline.split(['\n', '|']).next().unwrap_or_default().trim();
    let lower = lower_case(line);
    let prefixes = ["by ", "von ", "por ", "par ", "di ", "av ", "door ", "text: "];
    let start = prefixes.iter().find(|prefix| lower.starts_with(*prefix)).map_or(0, |prefix| prefix.len());
    let line = line.get(start..).unwrap_or(line).trim().trim_end_matches(',');
    let mut parts: Vec<&str> = vec![line];
    for separator in [", ", " and ", " & ", " und ", " et ", " y "] {
        parts = parts.iter().flat_map(|part| part.split(separator)).collect();
    }
    let parts: Vec<&str> =
        (parts.iter()).map(|part| part.trim().trim_start_matches("and ")).filter(|part| !part.is_empty()).collect();
    let is_name = |part: &&str| part.split_whitespace().count() <= 4 && !part.contains("://");
    let names = if parts.iter().all(is_name) { parts } else { vec![line] };
    let named = names.into_iter().filter(|name| !name.is_empty() && !name.starts_with("http"));
    named.map(|name| Person { name: name.to_owned(), ..Person::default() }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found_by_path() {
        let value = json!({"a": [{"b": "x", "n": 7}]});
        assert_eq!((text(&value, "a.0.b"), number(&value, "a.0.n")), ("x", Some(7)));
        assert_eq!((text(&value, "a.1.b"), member(&value, "a.b")), ("", None));
    }

    #[test]
    fn bylines_are_split_into_names() {
        let names = |byline: &str| people(byline).into_iter().map(|person| person.name).collect::<Vec<_>>();
        assert_eq!(names("By Ann Lee, Bob Ray and Cy Fox"), ["Ann Lee", "Bob Ray", "Cy Fox"]);
        assert_eq!(names("von Ann Lee & Bob Ray\nReporter"), ["Ann Lee", "Bob Ray"]);
        assert_eq!(
            names("Ann Lee, chief of the long named bureau of news"),
            ["Ann Lee, chief of the long named bureau of news"]
        );
        assert_eq!(names("https://facebook.com/ann"), [""; 0]);
    }
}
