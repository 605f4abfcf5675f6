//! Rich-text trees: which reader takes one, and the object with title and dates that may be around it.

use std::borrow::Cow;
use std::mem::take;

use super::fields::member;
use super::{Context, Format, ReadError, ReadErrorKind, generic};
use crate::article::{Article, Blocks, Inline, Kind, walk};
use crate::json::{self, Value};

/// A format, whether a value is a tree of it, and its reader. At most one rule holds for any value.
type TreeReader = (Format, fn(&Value<'_>) -> bool, fn(&Value<'_>, &mut Context<'_>) -> Blocks);

const TREES: &[TreeReader] = &[
    (Format::ProseMirror, super::prosemirror::matches, super::prosemirror::read),
    (Format::Lexical, super::lexical::matches, super::lexical::read),
    (Format::Mobiledoc, super::mobiledoc::matches, super::mobiledoc::read),
    (Format::Contentful, super::contentful::is_document, super::contentful::document),
    (Format::PortableText, super::portable_text::matches, super::portable_text::read),
    (Format::Slate, super::slate::matches, super::slate::read),
    (Format::Strapi, super::strapi::matches, super::strapi::read),
    (Format::Quill, super::quill::matches, super::quill::read),
    (Format::Draft, super::draft::matches, super::draft::read),
    (Format::EditorJs, super::editorjs::matches, super::editorjs::read),
    (Format::Notion, super::notion::matches, super::notion::read),
    (Format::Gutenberg, super::gutenberg::matches, super::gutenberg::read),
];

/// Rich texts inside rich texts are read as such this far; what is deeper is read as words. Each may be as deep as
/// JSON goes, and the stack has an end.
const MOST_NESTING: u32 = 2;

/// No deeper in the result than this, so that a text within has room for its own lists and tables.
const SHALLOW: u32 = 8;

/// Where articles have their text, if it is a tree.
const BODIES: &[&str] = &[
    "body",
    "content",
    "blocks",
    "richText",
    "rich_text",
    "text",
    "lexical",
    "mobiledoc",
    "document",
    "article",
    "children",
    // Pages of Confluence.
    "body.atlas_doc_format.value",
];

/// Members that hold the members of an article.
const INNER: &[&str] = &["content", "attributes", "fields", "data"];

/// Reads a tree of any format, or the JSON of one in a string: blocks, which may be HTML or Markdown still, until
/// they are the text [`with_body`].
pub(super) fn rich_text(value: &Value<'_>, context: &mut Context<'_>) -> Option<Blocks> {
    if context.nesting > MOST_NESTING || context.level > SHALLOW {
        return None;
    }
    let tree = parsed(value)?;
    let (_, _, read) = reader_of(&tree)?;
    context.nesting += 1;
    let blocks = read(&tree, context);
    context.nesting -= 1;
    Some(blocks)
}

/// The formats that a value is a tree of.
pub(super) fn trees_of(value: &Value<'_>) -> impl Iterator<Item = Format> {
    TREES.iter().filter(|(_, matches, _)| matches(value)).map(|(format, _, _)| *format)
}

/// The format of the tree that an object with a title has as its text.
pub(super) fn around(value: &Value<'_>) -> Option<Format> {
    if generic::has_title(value) { Some(tree_in(value)?.format) } else { None }
}

/// Reads a tree, and the object around it.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let Some((format, ..)) = reader_of(value) else { return read_around(value, context) };
    let mut article = match generic::has_title(value) || value.get("properties").is_some() {
        true => generic::envelope(value, context),
        false => Article::default(),
    };
    if *format == Format::Notion {
        super::notion::properties(value, &mut article);
    }
    let body = rich_text(value, context).unwrap_or_default();
    Ok(with_body(article, body))
}

/// Reads an object that has a tree as its text.
pub(super) fn read_around(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let Some(inside) = tree_in(value) else {
        return Err(ReadErrorKind::UnknownShape { found: super::json::describe(value) }.into());
    };
    let mut article = generic::envelope(value, context);
    let mut lengths = Vec::new();
    if let Some((key, inner)) = inside.members {
        merge(&mut article, generic::envelope(inner, context));
        lengths.push(context.warnings.enter(key));
    }
    lengths.push(context.warnings.enter(inside.key));
    let body = rich_text(&inside.tree, context).unwrap_or_default();
    lengths.into_iter().rev().for_each(|length| context.warnings.leave(length));
    Ok(with_body(article, body))
}

/// An article with such blocks as its text.
pub(super) fn with_body(mut article: Article, body: Blocks) -> Article {
    article.body = body;
    walk::each_block(&mut article.body, &mut |block| {
        // Headings are bold anyway.
        if let Kind::Heading(heading) = &mut block.kind
            && let [Inline::Strong(text)] = heading.children.as_mut_slice()
        {
            heading.children = take(text);
        }
    });
    article
}

/// A tree in an object.
struct Inside<'a> {
    format: Format,
    tree: Cow<'a, Value<'a>>,
    key: &'a str,
    /// The object in the object that holds it, and its name.
    members: Option<(&'a str, &'a Value<'a>)>,
}

/// The tree that an object has as its text: under a usual name, else under any.
fn tree_in<'v>(value: &'v Value<'v>) -> Option<Inside<'v>> {
    let inner = || {
        INNER.iter().find_map(|key| {
            let members = value.get(key)?;
            let inside = usual(members).or_else(|| any(members))?;
            Some(Inside { members: Some((*key, members)), ..inside })
        })
    };
    usual(value).or_else(inner).or_else(|| any(value))
}

/// The tree under any name, where there is no text under a usual one.
fn any<'v>(value: &'v Value<'v>) -> Option<Inside<'v>> {
    let members = value.as_object().filter(|_| !generic::has_body(value))?;
    members.iter().filter(|(_, value)| !value.is_string()).find_map(|(key, value)| inside(key, value))
}

fn usual<'v>(value: &'v Value<'v>) -> Option<Inside<'v>> {
    BODIES.iter().find_map(|path| inside(path, member(value, path)?))
}

fn inside<'a>(key: &'a str, value: &'a Value<'a>) -> Option<Inside<'a>> {
    let tree = parsed(value)?;
    let (format, _, _) = reader_of(&tree)?;
    Some(Inside { format: *format, tree, key, members: None })
}

fn reader_of(value: &Value<'_>) -> Option<&'static TreeReader> {
    TREES.iter().find(|(_, matches, _)| matches(value))
}

/// A value that may be a tree; the JSON in a string is parsed.
fn parsed<'v>(value: &'v Value<'v>) -> Option<Cow<'v, Value<'v>>> {
    match value {
        Value::Object(_) | Value::Array(_) => Some(Cow::Borrowed(value)),
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => json::parse(text).ok().map(Cow::Owned),
        _ => None,
    }
}

/// Fills from what the inner object says; its title and text are the article's own.
pub(super) fn merge(article: &mut Article, mut inner: Article) {
    if !inner.title.is_empty() {
        article.title = take(&mut inner.title);
    }
    let texts = [
        (&mut article.description, &mut inner.description),
        (&mut article.url, &mut inner.url),
        (&mut article.id, &mut inner.id),
        (&mut article.language, &mut inner.language),
    ];
    texts.into_iter().filter(|(outer, _)| outer.is_empty()).for_each(|(outer, inner)| *outer = take(inner));
    if article.subtitle.is_empty() {
        article.subtitle = inner.subtitle;
    }
    if article.authors.is_empty() {
        article.authors = inner.authors;
    }
    if article.tags.is_empty() {
        article.tags = inner.tags;
    }
    if article.categories.is_empty() {
        article.categories = inner.categories;
    }
    article.draft |= inner.draft;
    article.published = article.published.or(inner.published);
    article.updated = article.updated.or(inner.updated);
    article.hero = article.hero.take().or(inner.hero);
}

/// Reads a tree of a format, and checks its blocks and the warnings, each as `path: message`.
#[cfg(test)]
#[track_caller]
pub(super) fn check(format: Format, tree: &Value<'_>, expect: &Value<'_>, warnings: &[&str]) {
    use crate::article::json::Json;

    assert_eq!(trees_of(tree).collect::<Vec<_>>(), [format]);
    let hint = super::Hint::default();
    let mut context = Context::new(&hint, crate::markup::parse::parse);
    let mut article = read(tree, &mut context).expect("an article");
    super::resolve::resolve(&mut article, context.parse, &mut context.warnings);
    let found = context.warnings.into_list();
    let found: Vec<String> = found.iter().map(|warning| [&warning.path, ": ", &warning.message].concat()).collect();
    assert_eq!(
        (&article.body.write(), found.as_slice()),
        (expect, &*warnings.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    );
}
