//! Bytes -> articles and warnings. The only place that looks at bytes: detects the format once, then one file reads
//! it; those files do not know each other.

use std::rc::Rc;

use crate::article::{Article, Blocks, Footnotes, Inline, normal};
use crate::json::Object;
use crate::json::Value;
use crate::markup::ParseHtml;
use crate::warning::{Warning, Warnings};

mod error;
mod format;
mod binary;
mod decode;
mod syntax;
mod json;
pub mod detect;
mod fields;
mod envelope;
mod resolve;
mod front_matter;
mod markdown;
mod native;
mod wordpress;
mod json_feed;
mod ghost;
mod wordpress_com;
mod readability;
mod json_ld;
mod activity_pub;
mod discourse;
mod forem;
mod wikipedia;
mod ninjs;
mod elife;
mod mic;
mod jupyter;
mod hast;
mod myst;
mod pandoc;
mod html;
mod plain_text;
mod generic;
mod rich_text;
mod tree;
mod marks;
mod levels;
mod media;
mod rescue;
mod budget;
mod koenig;
mod prosemirror;
mod lexical;
mod mobiledoc;
mod contentful;
mod portable_text;
mod slate;
mod strapi;
mod quill;
mod draft;
mod editorjs;
mod notion;
mod gutenberg;

pub use error::{ReadError, ReadErrorKind};
pub use format::Format;
use rich_text::rich_text;
use syntax::{Syntax, expects_json, syntax};

/// More bytes than these are not read: the largest real articles are a tenth of it.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What is known about the bytes from outside.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// File name or last part of the address.
    pub name: &'a str,
    /// Media type, as a server declared it.
    pub media_type: &'a str,
    /// Where they came from; addresses inside are resolved against it where the article has none of its own.
    pub url: &'a str,
    /// The format that the user says it is.
    pub format: Option<Format>,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// In normal form; at least one.
    pub articles: Vec<Article>,
    /// As what they were read.
    pub format: Format,
    /// What could not be used, and what was left out.
    pub warnings: Vec<Warning>,
}

/// What a reader works with.
struct Context<'a> {
    hint: &'a Hint<'a>,
    parse: ParseHtml,
    warnings: Warnings,
    /// What the text names by an id and the file holds elsewhere.
    linked: Rc<Object<'static>>,
    /// The names of what of it is in the text already.
    shown: Object<'static>,
    /// How deep the place that is read is in the result, in levels of Article JSON.
    level: u32,
    /// How many rich texts are around the place that is read.
    nesting: u32,
    /// Bytes copied of what the text names.
    copied: usize,
    /// How many footnotes that blocks carry have been read.
    notes: u32,
}

impl<'a> Context<'a> {
    fn new(hint: &'a Hint<'a>, parse: ParseHtml) -> Self {
        Self {
            hint,
            parse,
            warnings: Warnings::default(),
            linked: Rc::default(),
            shown: Object::new(),
            level: 0,
            nesting: 0,
            copied: 0,
            notes: 0,
        }
    }
}

/// Reads the articles in `bytes`.
///
/// # Errors
/// Only where there is nothing to show; a damaged article is read with warnings.
pub fn read(bytes: &[u8], hint: &Hint<'_>, parse: ParseHtml) -> Result<Reading, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadErrorKind::TooLarge { bytes: bytes.len(), limit: MOST_BYTES }.into());
    }
    let decoded = decode::text_of_file(bytes);
    if let Some(found) = binary::kind(bytes, &decoded) {
        return Err(ReadErrorKind::NotText { found }.into());
    }
    let text = decode::strip_guards(&decoded);
    if text.is_empty() {
        return Err(ReadErrorKind::Empty.into());
    }
    let mut context = Context::new(hint, parse);
    let (articles, format) = match syntax(text, hint) {
        Syntax::Json => read_json(text, &mut context)?,
        Syntax::Html if hint.format.is_none() && expects_json(hint) => return Err(ReadErrorKind::HtmlPage.into()),
        Syntax::Html => {
            let mut article = html::read(text, &mut context)?;
            json_ld::complete(&mut article, text, &mut context);
            (vec![article], Format::Html)
        }
        Syntax::Markdown => (vec![markdown::read(decode::with_indent(&decoded, text), &mut context)], Format::Markdown),
        Syntax::PlainText => (vec![plain_text::read(text, &mut context)], Format::PlainText),
    };
    let finish = |article| finish(article, format, &mut context);
    let articles = articles.into_iter().map(finish).collect();
    Ok(Reading { articles, format, warnings: context.warnings.into_list() })
}

/// Reads one article in Article JSON with no foreign markup inside, as articles of one's own are: all that the part of
/// the program can do that is loaded first. `None` for anything else, which [`read`] may know.
///
/// # Errors
/// Where it is certain that there is nothing to show.
pub fn read_native(bytes: &[u8], hint: &Hint<'_>) -> Result<Option<Reading>, ReadError> {
    let text = decode::text(bytes);
    let text = decode::strip_guards(&text);
    if bytes.len() > MOST_BYTES || !text.starts_with('{') {
        return Ok(None);
    }
    let value = match json::parse(text) {
        // What follows an object may be the Markdown that it is the front matter of.
        Err(_) if text.contains("\n}\n") || text.contains("\n}\r\n") => return Ok(None),
        parsed => parsed?,
    };
    // Trees of mdast alone are read with the other formats.
    if value.get("articleJson").is_none() {
        return Ok(None);
    }
    let mut warnings = Warnings::default();
    let mut article = native::article(&value, &mut warnings)?;
    if resolve::holds_foreign(&mut article) {
        return Ok(None);
    }
    let article = settle(article, Format::Native, hint, &mut warnings);
    Ok(Some(Reading { articles: vec![article], format: Format::Native, warnings: warnings.into_list() }))
}

fn read_json(text: &str, context: &mut Context<'_>) -> Result<(Vec<Article>, Format), ReadError> {
    read_value(&json::parse(text)?, context, 0)
}

fn read_value(value: &Value<'_>, context: &mut Context<'_>, depth: u32) -> Result<(Vec<Article>, Format), ReadError> {
    if depth == 0
        && let Some(posts) = ghost::exported(value, context)
    {
        return read_value(&posts, context, depth + 1);
    }
    let Some(found) = detect::find(value, context.hint.format) else {
        if depth < detect::MOST_ENVELOPES
            && let Some(inner) = detect::json_in_text(value)
        {
            return read_value(&inner, context, depth + 1);
        }
        return Err(ReadErrorKind::UnknownShape { found: json::describe(value) }.into());
    };
    if found.format == Format::JsonFeed && !found.is_list {
        return Ok((json_feed::read(found.value, context)?, Format::JsonFeed));
    }
    if found.format == Format::Contentful {
        context.linked = Rc::new(contentful::linked(value));
    }
    let lengths: Vec<usize> = found.path.iter().rev().map(|key| context.warnings.enter(key)).collect();
    let articles =
        if found.is_list { read_list(&found, context)? } else { vec![reader_of(found.format)(found.value, context)?] };
    lengths.into_iter().rev().for_each(|length| context.warnings.leave(length));
    Ok((articles, found.format))
}

/// Reads each item that is an article.
fn read_list(found: &detect::Found<'_>, context: &mut Context<'_>) -> Result<Vec<Article>, ReadError> {
    let read = reader_of(found.format);
    let mut articles = Vec::new();
    let mut first_error = None;
    for (index, item) in found.value.as_array().into_iter().flatten().enumerate() {
        let length = context.warnings.enter_index(index);
        let item = detect::item(item);
        if !detect::matches(found.format, item) {
            context.warnings.warn("not an article; left out");
        } else {
            match read(item, context) {
                Ok(article) => articles.push(article),
                Err(error) => {
                    context.warnings.warn(error.to_string());
                    first_error.get_or_insert(error);
                }
            }
        }
        context.warnings.leave(length);
    }
    match first_error {
        Some(error) if articles.is_empty() => Err(error),
        _ => Ok(articles),
    }
}

type ReadValue = fn(&Value<'_>, &mut Context<'_>) -> Result<Article, ReadError>;

fn reader_of(format: Format) -> ReadValue {
    match format {
        Format::WordPress => wordpress::read,
        Format::Ghost => ghost::read,
        Format::WordPressCom => wordpress_com::read,
        Format::Readability => readability::read,
        Format::JsonLd => json_ld::read,
        Format::ActivityPub => activity_pub::read,
        Format::Discourse => discourse::read,
        Format::Forem => forem::read,
        Format::Wikipedia => wikipedia::read,
        Format::Ninjs => ninjs::read,
        Format::ELife => elife::read,
        Format::Mic => mic::read,
        Format::Jupyter => jupyter::read,
        Format::Myst => myst::read,
        Format::Pandoc => pandoc::read,
        Format::Hast => |tree, context| html::read(&hast::html(tree), context),
        Format::JsonFeed => |feed, context| Ok(json_feed::read(feed, context)?.swap_remove(0)),
        Format::Contentful => contentful::read,
        Format::Generic => generic::read,
        Format::Native | Format::Html | Format::Markdown | Format::PlainText => native::read,
        _ => rich_text::read,
    }
}

/// Reads a tree of text that an envelope holds; `None` where it is of no known kind. Every format of trees takes part.
fn embedded(value: &Value<'_>, context: &mut Context<'_>) -> Option<(Blocks, Footnotes)> {
    // An envelope in an envelope would be no text.
    let is_tree = |format: &Format| !matches!(format, Format::Ghost | Format::Generic | Format::JsonFeed);
    let format = detect::formats_of(value).into_iter().find(is_tree)?;
    let article = reader_of(format)(value, context).ok()?;
    Some((article.body, article.footnotes)).filter(|(body, _)| !body.is_empty())
}

/// Notes where the article is from, and brings it into normal form.
fn finish(mut article: Article, format: Format, context: &mut Context<'_>) -> Article {
    resolve::resolve(&mut article, context.parse, &mut context.warnings);
    settle(article, format, context.hint, &mut context.warnings)
}

/// The same where there is no foreign markup inside.
fn settle(mut article: Article, format: Format, hint: &Hint<'_>, warnings: &mut Warnings) -> Article {
    if article.source.format.is_empty() && format != Format::Native {
        article.source.format = format.as_str().to_owned();
    }
    if format != Format::Native {
        without_site(&mut article);
    }
    if article.source.url.is_empty() {
        article.source.url = hint.url.to_owned();
    }
    let mut article = normal::normalise(article, warnings);
    // What services give has no title where it was given none; a document without one is known by its name.
    if article.title.is_empty() && format.is_document() {
        article.title = title_of_name(hint.name).as_str().into();
        if !article.title.is_empty() {
            // It is cleaned like any title, and may settle the direction.
            article = normal::normalise(article, &mut Warnings::default());
        }
    }
    article
}

/// Takes the site's name from the end of the title, where windows have it.
fn without_site(article: &mut Article) {
    let (Some(site), [Inline::Text(title)]) = (&article.site, article.title.0.as_mut_slice()) else { return };
    let Some(rest) = title.strip_suffix(site.name.as_str()).filter(|_| !site.name.is_empty()) else { return };
    let end = rest.trim_end().trim_end_matches(['|', '-', '–', '—', '·', '»', '•']).trim_end().len();
    // A name that only ends the sentence belongs to it.
    if end > 0 && end < rest.trim_end().len() && rest.ends_with(' ') {
        title.truncate(end);
    }
}

/// A title made of a file's name.
fn title_of_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['-', '_'], " ").trim().to_owned()
}

/// Reads a value, and compares its format and those parts of the article that are expected.
#[cfg(test)]
#[track_caller]
fn check(value: &Value<'_>, format: Format, expect: &Value<'_>) {
    let hint = Hint { url: "https://site.example/a", ..Hint::default() };
    let reading = read(value.to_string().as_bytes(), &hint, crate::markup::parse::parse).expect("an article");
    assert_eq!(reading.format, format);
    let article = reading.articles[0].to_json();
    for (name, expect) in expect.as_object().expect("an object") {
        let found = if name == "warnings" {
            reading.warnings.iter().map(|warning| format!("{} {}", warning.path, warning.message)).collect()
        } else {
            article.get(name).cloned().unwrap_or_default()
        };
        assert_eq!(found, *expect, "{name}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Tree;

    fn no_html(_: &str) -> Tree {
        Tree::new()
    }

    #[track_caller]
    fn check_error(bytes: &[u8], hint: &Hint<'_>, expect: &str) {
        let error = read(bytes, hint, no_html).expect_err("nothing to show");
        assert_eq!(error.to_string(), expect);
    }

    #[track_caller]
    fn check(text: &str, format: Format, titles: &[&str]) -> Reading {
        let reading = read(text.as_bytes(), &Hint::default(), no_html).expect("an article");
        let found: Vec<String> = reading.articles.iter().map(|article| article.title.plain_text()).collect();
        assert_eq!((reading.format, found.iter().map(String::as_str).collect::<Vec<_>>()), (format, titles.to_vec()));
        reading
    }

    #[test]
    fn failures_say_what_is_wrong() {
        let json = Hint { name: "a.JSON", ..Hint::default() };
        check_error(b" \n", &json, "there is nothing to read");
        check_error(b"\x89PNG\r\n\x1A\n\0\0", &Hint::default(), "expected text, found a PNG picture");
        check_error(b"<!doctype html>", &json, "expected JSON, found an HTML page");
        check_error(b"Not found", &json, "not valid JSON at line 1, column 1: expected a value");
        check_error(b"{}", &json, "expected an article, found an empty object");
        check_error(
            br#"{"code": "x", "message": "y"}"#,
            &json,
            "expected an article, found an object with `code`, `message`",
        );
        check_error(br#"{"articleJson": "2.1"}"#, &json, "expected Article JSON of version 1, found version 2.1");
        check_error(&vec![b' '; MOST_BYTES + 1], &json, "33554433 bytes are more than the 33554432 that are read");
        check_error("[".repeat(500).as_bytes(), &json, "nested deeper than is read");
    }

    #[test]
    fn articles_of_ones_own_are_read_without_the_other_formats() {
        let read_native = |text: &str| read_native(text.as_bytes(), &Hint::default());
        let own =
            r#"{"articleJson": "1.0", "title": "A", "auther": "x", "body": ["a", {"type": "math", "value": "x"}]}"#;
        let reading = read_native(own).expect("an article").expect("one of our own");
        assert_eq!(reading.articles, check(own, Format::Native, &["A"]).articles);
        assert_eq!(reading.warnings.len(), 1);
        for other in [
            "",
            "text",
            "<p>x",
            "{\n\"title\": \"A\"\n}\n\ntext",
            r#"{"title": "A", "content": "b"}"#,
            r#"[{"articleJson": "1.0", "title": "A"}]"#,
            r#"{"articleJson": "1.0", "title": "A", "body": {"html": "<p>x"}}"#,
            r#"{"articleJson": "1.0", "title": "A", "lead": {"markdown": "x"}}"#,
            r#"{"articleJson": "1.0", "title": "A", "body": [{"type": "paragraph", "children": [{"type": "strong", "children": [{"type": "html", "value": "<sub>"}]}]}]}"#,
            r#"{"articleJson": "1.0", "title": [{"type": "html", "value": "<sub>"}]}"#,
            r#"{"articleJson": "1.0", "title": "A", "footnotes": {"a": {"html": "x"}}}"#,
            r#"{"articleJson": "1.0", "title": "A", "comments": {"items": [{"body": {"html": "x"}}]}}"#,
        ] {
            assert_eq!(read_native(other).map(|reading| reading.is_none()), Ok(true), "{other}");
        }
        assert!(read_native("{oops").is_err());
        assert!(read_native(r#"{"articleJson": "2.0"}"#).is_err());
    }

    #[test]
    fn articles_are_found_in_envelopes_and_lists() {
        let article = |title: &str| format!(r#"{{"articleJson": "1.0", "title": "{title}", "body": "x"}}"#);
        check(&article("A"), Format::Native, &["A"]);
        check(&format!(")]}}'\n{{\"data\": {{\"post\": {}}}}}", article("A")), Format::Native, &["A"]);
        let list = check(&format!("[{}, {{}}, {}]", article("A"), article("B")), Format::Native, &["A", "B"]);
        assert_eq!(list.warnings[0].path, "/1");
    }

    #[test]
    fn an_mdast_tree_is_an_article() {
        let text = r##"{"type": "root", "children": [
            {"type": "heading", "depth": 1, "children": [{"type": "text", "value": "T"}]},
            {"type": "paragraph", "children": [{"type": "text", "value": "a"}]}
        ]}"##;
        let reading = check(text, Format::Native, &["T"]);
        assert_eq!(reading.articles[0].body.len(), 1);
        assert_eq!(reading.warnings, []);
    }

    #[test]
    fn a_later_minor_version_is_read_with_a_remark() {
        let reading = check(r#"{"articleJson": "1.7", "title": "A", "body": []}"#, Format::Native, &["A"]);
        assert_eq!(reading.warnings[0].path, "/articleJson");
    }

    #[test]
    fn addresses_are_resolved_against_the_file() {
        let hint = Hint { url: "https://site.example/articles/a.json", ..Hint::default() };
        let text = r#"{"articleJson": "1.0", "title": "A", "body": [{"type": "image", "url": "b.png"}]}"#;
        let reading = read(text.as_bytes(), &hint, no_html).expect("an article");
        assert_eq!(reading.articles[0].to_json()["body"][0]["url"], "https://site.example/articles/b.png");
    }
}
