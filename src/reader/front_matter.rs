//! Front matter of Markdown files: the part of YAML or TOML that people write there, leniently, or JSON. What is not
//! understood is kept as text.

use super::envelope::Shape;
use crate::json::{self, Object, Value};

/// Mappings nested deeper than this are text.
const DEEPEST: u32 = 6;

/// What generators of sites call the parts.
pub(super) const SHAPE: Shape = Shape {
    title: "title",
    subtitle: "subtitle",
    description: "description summary excerpt abstract extra.summary",
    url: "canonical_url canonicalUrl canonical url",
    language: "lang language locale extra.lang",
    published: "date published publishDate pubDate pubDatetime published_at datePublished created",
    updated: "updated lastmod modified updatedDate last_modified_at dateModified",
    authors: "authors author by extra.author taxonomies.authors params.author",
    picture: "image cover.image cover cover_image hero banner thumbnail featured_image coverImage heroImage images header.image \
              extra.image",
    picture_alt: "image_alt cover_alt imageAlt heroImageAlt cover.alt image.alt",
    picture_caption: "image_caption cover.caption image.caption",
    tags: "tags keywords taxonomies.tags",
    categories: "categories category taxonomies.categories",
    license: "license licence",
    copyright: "copyright",
    ..Shape::EMPTY
};

/// Splits a text into its front matter and the rest; `None` where it has none.
pub(super) fn split(text: &str) -> Option<(Value<'_>, &str)> {
    let (fence, toml) = match text.lines().next()?.trim_end() {
        "---" => ("---", false),
        "+++" => ("+++", true),
        "{" => return split_json(text),
        _ => return None,
    };
    let start = text.find('\n')? + 1;
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        let after = end + line.len();
        let line = line.trim_end();
        if line == fence || (!toml && line == "...") {
            let lines: Vec<&str> = text[start..end].lines().collect();
            let value = if toml { read_toml(&lines) } else { Yaml { lines: &lines, at: 0 }.block(0, 0) };
            // A line between two rules is no front matter.
            return value.is_object().then_some((value, &text[after..]));
        }
        end = after;
    }
    None
}

/// Splits off an object whose braces stand on lines of their own. A file that ends with it is JSON, and so are several
/// objects in one file.
fn split_json(text: &str) -> Option<(Value<'_>, &str)> {
    let mut end = 0;
    let close = text.split_inclusive('\n').find(|line| {
        end += line.len();
        line.trim_end() == "}"
    });
    let (object, rest) = close.and(text.split_at_checked(end))?;
    let is_text = !rest.trim_start().is_empty() && !rest.trim_start().starts_with(['{', '[', ',']);
    let value = json::parse(object).ok().filter(|value| is_text && value.is_object())?;
    Some((value, rest))
}

struct Yaml<'a> {
    lines: &'a [&'a str],
    at: usize,
}

impl<'a> Yaml<'a> {
    /// The next line that says something: how far it is indented, and what it says.
    fn peek(&mut self) -> Option<(usize, &'a str)> {
        loop {
            let line = self.lines.get(self.at)?;
            let content = line.trim();
            if !content.is_empty() && !content.starts_with('#') {
                return Some((line.len() - line.trim_start().len(), content));
            }
            self.at += 1;
        }
    }

    /// A list, or a mapping, of lines indented by at least `indent`.
    fn block(&mut self, indent: usize, depth: u32) -> Value<'static> {
        match self.peek() {
            Some((own, line)) if own >= indent && is_item(line) => self.list(own, depth),
            Some((own, line)) if own >= indent && key_of(line).is_some() => self.mapping(own, depth),
            _ => Value::Null,
        }
    }

    fn list(&mut self, indent: usize, depth: u32) -> Value<'static> {
        let mut items = Vec::new();
        while let Some((own, line)) = self.peek()
            && own == indent
            && is_item(line)
        {
            let rest = line[1..].trim_start();
            let inner = indent + line.len() - rest.len();
            self.at += 1;
            items.push(match key_of(rest) {
                Some((key, value)) if depth < DEEPEST => {
                    let mut members = Object::new();
                    let value = self.value(value, inner, depth + 1);
                    members.insert(key.to_owned(), value);
                    self.members(inner, depth + 1, &mut members);
                    Value::Object(members)
                }
                _ => scalar(rest),
            });
        }
        Value::Array(items)
    }

    fn mapping(&mut self, indent: usize, depth: u32) -> Value<'static> {
        let mut members = Object::new();
        self.members(indent, depth, &mut members);
        Value::Object(members)
    }

    fn members(&mut self, indent: usize, depth: u32, members: &mut Object<'static>) {
        while let Some((own, line)) = self.peek()
            && own >= indent
            && !(is_item(line) && own == indent)
        {
            self.at += 1;
            // A line that is no member is skipped, not taken for the end.
            if let Some((key, value)) = key_of(line) {
                let value = self.value(value, own, depth);
                members.insert(key.to_owned(), value);
            }
        }
    }

    /// What follows the colon, or stands on the lines below.
    fn value(&mut self, rest: &str, indent: usize, depth: u32) -> Value<'static> {
        if let Some(style) = rest.chars().next().filter(|style| matches!(style, '|' | '>'))
            && rest.len() <= 2
        {
            return Value::from(self.lines_below(indent, if style == '|' { "\n" } else { " " }));
        }
        if !rest.is_empty() {
            return scalar(rest);
        }
        match self.peek() {
            Some((own, line)) if depth < DEEPEST && (own > indent || (own == indent && is_item(line))) => {
                self.block(own, depth + 1)
            }
            _ => Value::Null,
        }
    }

    fn lines_below(&mut self, indent: usize, separator: &str) -> String {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.get(self.at)
            && (line.trim().is_empty() || line.len() - line.trim_start().len() > indent)
        {
            lines.push(line.trim());
            self.at += 1;
        }
        lines.join(separator).trim().to_owned()
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// Key and value of `key: value`.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let is_value = rest.is_empty() || rest.starts_with([' ', '\t']);
    let key = key.trim().trim_matches(['"', '\'']);
    (is_value && !key.is_empty() && key.len() < 64 && !key.contains(['[', '{'])).then_some((key, rest.trim()))
}

fn read_toml(lines: &[&str]) -> Value<'static> {
    let mut root = Object::new();
    let mut table = String::new();
    let mut lines = lines.iter();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_matches(['[', ']', ' ']).to_owned();
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let key = key.trim().trim_matches('"').to_owned();
            let mut value = value.trim().to_owned();
            let text = ["\"\"\"", "\'\'\'"].into_iter().find_map(|quotes| {
                let first = value.strip_prefix(quotes)?;
                Some(long_text(first, quotes, &mut lines))
            });
            // A list may go over several lines.
            while value.starts_with('[')
                && !value.ends_with(']')
                && let Some(more) = lines.next()
            {
                value.push_str(more.trim());
            }
            let value = text.map_or_else(|| scalar(&value), Value::from);
            match root.get_mut(&table) {
                Some(Value::Object(members)) => {
                    members.insert(key, value);
                }
                _ if table.is_empty() => {
                    root.insert(key, value);
                }
                _ => {
                    let members = [(key, value)].into_iter().collect();
                    root.insert(table.clone(), Value::Object(members));
                }
            }
        }
    }
    Value::Object(root)
}

/// A text between three quotes, which goes on until there are three again.
fn long_text<'l>(first: &str, quotes: &str, lines: &mut impl Iterator<Item = &'l &'l str>) -> String {
    let mut text = String::new();
    let mut line = Some(first);
    while let Some(part) = line {
        if let Some(end) = part.find(quotes) {
            text.push_str(&part[..end]);
            break;
        }
        match part.strip_suffix('\\').filter(|_| quotes.starts_with('"')) {
            // The line goes on below.
            Some(part) => text.push_str(part),
            None => text.extend([part, "\n"]),
        }
        line = lines.next().copied();
    }
    let text = text.trim();
    if quotes.starts_with('"') { without_escapes(text) } else { text.to_owned() }
}

/// A text, quoted or not, or a list in brackets; numbers and dates are texts here.
fn scalar(text: &str) -> Value<'static> {
    let text = text.trim();
    if let Some(list) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return items(list).into_iter().map(|item| Value::from(unquoted(item))).collect();
    }
    Value::from(unquoted(text))
}

/// The parts of a list between commas outside of quotes.
fn items(list: &str) -> Vec<&str> {
    let mut quote: Option<char> = None;
    let is_separator = |letter: char| {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        letter == ',' && quote.is_none()
    };
    list.split(is_separator).map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn unquoted(text: &str) -> String {
    if let Some(quote) = text.chars().next().filter(|letter| matches!(letter, '"' | '\''))
        && let Some(inner) = text[1..].rfind(quote).and_then(|end| text.get(1..=end))
    {
        return match quote {
            '"' => without_escapes(inner),
            _ => inner.replace("''", "'"),
        };
    }
    let end = text.find(" #").unwrap_or(text.len());
    text[..end].trim().to_owned()
}

fn without_escapes(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[track_caller]
    fn check(text: &str, expect: &Value<'_>, rest: &str) {
        assert_eq!(split(text), Some((expect.clone(), rest)));
    }

    #[test]
    fn yaml_has_members_lists_and_mappings() {
        check(
            "---\ntitle: \"A: \\\"B\\\"\" # note\ndate: 2024-10-16 10:00\ntags: [x, 'y, z']\nempty:\nlist:\n- a\n- b: 1\n  c: 2\nauthor:\n  name: Ann\nnote: >\n  one\n  two\n---\ntext",
            &json!({
                "title": "A: \"B\"", "date": "2024-10-16 10:00", "tags": ["x", "y, z"], "empty": null,
                "list": ["a", {"b": "1", "c": "2"}], "author": {"name": "Ann"}, "note": "one two",
            }),
            "text",
        );
    }

    #[test]
    fn toml_has_members_lists_and_tables() {
        check(
            "+++\ntitle = \"A\"\ntags = [\n  \"x\",\n  \"y\"\n]\n[extra]\nlang = 'de'\n+++\n",
            &json!({"title": "A", "tags": ["x", "y"], "extra": {"lang": "de"}}),
            "",
        );
    }

    #[test]
    fn texts_of_toml_may_have_several_lines() {
        check(
            "+++\na = \"\"\"\nb \\\"c\\\"\n[d]\ne\"\"\"\nf = '''g\\'''\n[h]\ni = \"\"\"j \\\nk\"\"\" # l\n+++\nx",
            &json!({"a": "b \"c\"\n[d]\ne", "f": "g\\", "h": {"i": "j k"}}),
            "x",
        );
    }

    #[test]
    fn json_is_front_matter_where_text_follows() {
        check(
            "{\n\"title\": \"T\",\n\"a\": {\n  \"b\": 1\n  }\n}\n\nText",
            &json!({"title": "T", "a": {"b": 1}}),
            "\nText",
        );
        for text in ["{\n\"title\": \"T\"\n}\n", "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n", "{\n\"a\": \n}\ntext", "{\n"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn rules_are_no_front_matter() {
        assert_eq!(split("---\nA line.\n---\n"), None);
        assert_eq!(split("---\ntitle: a\n"), None);
        assert_eq!(split("text"), None);
    }
}
