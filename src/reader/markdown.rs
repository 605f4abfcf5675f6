//! Markdown, with the extensions of GitHub, footnotes, formulas and definition lists; front matter tells about the
//! article. HTML inside stays HTML here: it is resolved with that of all other formats.

use std::mem::take;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::envelope::Shape;
use super::{Context, front_matter};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Align, Article, Block, Blocks, Code, Content, DefinitionItem, DefinitionList,
    FootnoteDefinition, FootnoteReference, Heading, Image, Inline, InlineImage, InlineMath, Inlines, Kind, Link, List,
    ListItem, Math, Quote, Table, TableCell, TableRow, ThematicBreak,
};
use crate::letter::lower_case;

/// How deep blocks and marks nest, in levels of Article JSON; what is deeper joins what is around it.
const DEEPEST_BLOCK: u32 = 48;
const DEEPEST_MARK: u32 = 90;

/// What generators of sites call the parts.
const SHAPE: Shape = Shape {
    title: "title",
    subtitle: "subtitle",
    description: "description summary excerpt abstract extra.summary",
    url: "canonical_url canonicalUrl canonical url",
    language: "lang language locale extra.lang",
    published: "date published publishDate pubDate pubDatetime published_at datePublished created",
    updated: "updated lastmod modified updatedDate last_modified_at dateModified",
    authors: "authors author by extra.author taxonomies.authors params.author",
    picture: "image cover cover_image hero banner thumbnail featured_image coverImage heroImage images header.image \
              extra.image",
    picture_alt: "image_alt cover_alt imageAlt heroImageAlt cover.alt image.alt",
    picture_caption: "image_caption cover.caption image.caption",
    tags: "tags keywords taxonomies.tags",
    categories: "categories category taxonomies.categories",
    license: "license licence",
    copyright: "copyright",
    ..Shape::EMPTY
};

/// Reads a Markdown file.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> Article {
    let text = text.replace("\r\n", "\n");
    let Some((matter, rest)) = front_matter::split(&text) else {
        return Article { body: blocks(&text), ..Article::default() };
    };
    let mut article = context.envelope(&matter, &SHAPE);
    article.body = blocks(rest);
    article
}

/// Whether text is so clearly Markdown that it is read as it: front matter, or several of its signs.
pub(super) fn is_markdown(text: &str) -> bool {
    if front_matter::split(text).is_some() {
        return true;
    }
    let (mut headings, mut fences, mut rows, mut strong) = (0, 0, false, false);
    let mut after_blank = true;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_heading = line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        let is_alone = after_blank && lines.peek().is_none_or(|next| next.trim().is_empty());
        headings += usize::from(is_heading && is_alone);
        fences += usize::from(line.starts_with("```"));
        rows |= line.starts_with("|-") || line.starts_with("| -") || line.starts_with("|:-");
        strong |= line.split("**").count() > 2;
        after_blank = line.trim().is_empty();
    }
    let links = ["](http", "](/", "](#", "](./", "]: http"].iter().any(|sign| text.contains(sign));
    let signs = [headings > 0, headings > 1, fences > 1, rows, strong, links];
    signs.into_iter().filter(|sign| *sign).count() > 1
}

/// Reads Markdown without front matter. Footnotes are blocks among the others; HTML is not resolved.
pub(super) fn blocks(text: &str) -> Blocks {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut builder = Builder { top: Frame::default(), outer: Vec::new(), skipped: 0 };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        // "$5-$6" are prices.
        let is_price = || text[range.end..].starts_with(|next: char| next.is_ascii_digit());
        match event {
            Event::InlineMath(_) if is_price() => builder.text(&text[range]),
            event => builder.event(event),
        }
    }
    while !builder.outer.is_empty() {
        builder.close();
    }
    builder.top.flush();
    builder.top.blocks
}

/// An element in the making, with what it gathers.
#[derive(Default)]
struct Frame<'a> {
    /// `None` for the text as a whole.
    tag: Option<Tag<'a>>,
    level: u32,
    inlines: Inlines,
    blocks: Blocks,
    items: Vec<ListItem>,
    entries: Vec<DefinitionItem>,
    rows: Vec<TableRow>,
    cells: Vec<TableCell>,
    checked: Option<bool>,
    spread: bool,
}

impl Frame<'_> {
    /// Makes a paragraph of the text so far.
    fn flush(&mut self) {
        let mut inlines = take(&mut self.inlines);
        if !inlines.is_empty() {
            raise(&mut inlines);
            push_paragraph(inlines, &mut self.blocks);
        }
    }

    fn finish(&mut self) -> Blocks {
        self.flush();
        take(&mut self.blocks)
    }
}

/// Raises and lowers what stands between signs within a word: `1^st^`, `H~2~O`. The parser knows them only at the
/// start of words, and there a tilde strikes out.
fn raise(inlines: &mut Inlines) {
    let is_raised = |inline: &Inline| matches!(inline, Inline::Text(text) if text.contains(['^', '~']));
    if !inlines.iter().any(is_raised) {
        return;
    }
    for inline in take(inlines).0 {
        let Inline::Text(text) = &inline else {
            inlines.push(inline);
            continue;
        };
        let (mut done, mut at) = (0, 0);
        while let Some(open) = text[at..].find(['^', '~']).map(|open| at + open) {
            let sign = &text[open..=open];
            at = open + 1;
            let Some(close) = text[at..].find(sign).map(|close| at + close) else { continue };
            let is_word = |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || "+-−".contains(letter));
            let is_within = text[..open].ends_with(|before: char| before.is_alphanumeric() || before == ')');
            if is_within && close > at && is_word(&text[at..close]) {
                let children = Inlines::from(&text[at..close]);
                inlines.extend(Inlines::from(&text[done..open]).0);
                inlines.push(if sign == "^" { Inline::Superscript(children) } else { Inline::Subscript(children) });
                done = close + 1;
                at = done;
            }
        }
        inlines.extend(Inlines::from(&text[done..]).0);
    }
}

/// A paragraph of pictures only is these pictures.
fn push_paragraph(mut inlines: Inlines, blocks: &mut Blocks) {
    let is_space = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        other => matches!(other, Inline::Break(_)),
    };
    if !inlines.iter().all(|inline| is_space(inline) || picture(inline).is_some()) {
        return blocks.push(Block::paragraph(inlines));
    }
    inlines.retain(|inline| !is_space(inline));
    for (image, link) in inlines.iter().filter_map(picture) {
        blocks.push(Block::new(Kind::Image(Image {
            url: image.url.clone(),
            alt: image.alt.clone(),
            title: image.title.clone(),
            link: link.to_owned(),
            ..Image::default()
        })));
    }
}

/// A picture, and where it leads.
fn picture(inline: &Inline) -> Option<(&InlineImage, &str)> {
    match inline {
        Inline::Image(image) => Some((image, "")),
        Inline::Link(link) => match link.children.as_slice() {
            [Inline::Image(image)] => Some((image, &link.url)),
            _ => None,
        },
        _ => None,
    }
}

struct Builder<'a> {
    top: Frame<'a>,
    outer: Vec<Frame<'a>>,
    /// Elements inside the top one that were too deep to be opened.
    skipped: u32,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>) {
        let inline = match event {
            Event::Start(tag) => return self.open(tag),
            Event::End(end) if self.skipped > 0 => {
                self.skipped -= 1;
                if matches!(end, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableRow) {
                    self.top.flush();
                }
                return;
            }
            Event::End(_) => return self.close(),
            Event::Rule => return self.block(Kind::ThematicBreak(ThematicBreak::default())),
            Event::TaskListMarker(checked) => {
                // In a loose item it stands in the first paragraph.
                let item = match self.top.tag {
                    Some(Tag::Paragraph) => self.outer.last_mut(),
                    _ => Some(&mut self.top),
                };
                if let Some(item) = item {
                    item.checked = Some(checked);
                }
                return;
            }
            Event::Text(text) => return self.text(&text),
            Event::SoftBreak => return self.text(" "),
            Event::Html(html) => return self.text(&html),
            Event::DisplayMath(value) if !is_mark(self.top.tag.as_ref()) => {
                let is_cell = matches!(self.top.tag, Some(Tag::TableCell | Tag::DefinitionListTitle));
                if !is_cell {
                    self.top.flush();
                    let math = Math { value: value.trim().to_owned(), ..Math::default() };
                    return self.top.blocks.push(Block::new(Kind::Math(math)));
                }
                Inline::Math(InlineMath { value: value.trim().to_owned(), ..InlineMath::default() })
            }
            Event::InlineMath(value) | Event::DisplayMath(value) => {
                Inline::Math(InlineMath { value: value.trim().to_owned(), ..InlineMath::default() })
            }
            Event::Code(value) if value.trim().is_empty() => return,
            Event::Code(value) => Inline::InlineCode(value.into_string()),
            Event::InlineHtml(html) => Inline::Html(html.into_string()),
            Event::FootnoteReference(label) => {
                Inline::FootnoteReference(FootnoteReference { identifier: lower_case(&label), label: String::new() })
            }
            Event::HardBreak => Inline::Break(Empty),
        };
        self.top.inlines.push(inline);
    }

    fn text(&mut self, text: &str) {
        match self.top.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.top.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn block(&mut self, kind: Kind) {
        self.top.flush();
        self.top.blocks.push(Block::new(kind));
    }

    fn open(&mut self, tag: Tag<'a>) {
        let levels = match &tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_) => 2,
            Tag::DefinitionList | Tag::DefinitionListDefinition => 3,
            Tag::Table(_) => 6,
            tag if is_mark(Some(tag)) => 2,
            _ => 0,
        };
        let level = self.top.level + levels;
        // An item without its list would be lost.
        let is_too_deep = if is_mark(Some(&tag)) { level > DEEPEST_MARK } else { level > DEEPEST_BLOCK };
        let is_part = matches!(tag, Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition);
        if self.skipped > 0 || (is_too_deep && levels > 0 && !is_part) {
            self.skipped += 1;
            return;
        }
        let is_block = !is_mark(Some(&tag));
        if is_block {
            // In tight items text stands without a paragraph.
            self.top.flush();
        }
        if let (Tag::Paragraph, Some(Tag::Item)) = (&tag, &self.top.tag) {
            self.top.spread = true;
        }
        let frame = Frame { tag: Some(tag), level, ..Frame::default() };
        self.outer.push(std::mem::replace(&mut self.top, frame));
    }

    fn close(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let mut frame = std::mem::replace(&mut self.top, outer);
        let Some(tag) = frame.tag.take() else { return };
        if !matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock) {
            raise(&mut frame.inlines);
        }
        let top = &mut self.top;
        let kind = match tag {
            Tag::Heading { level, id, classes, .. } => {
                let children = frame.inlines;
                let mut block = Block::new(Kind::Heading(Heading { depth: Some(level as u32), children }));
                block.attributes.id = id.map(pulldown_cmark::CowStr::into_string).unwrap_or_default();
                block.attributes.class = classes.into_iter().map(pulldown_cmark::CowStr::into_string).collect();
                return top.blocks.push(block);
            }
            Tag::BlockQuote(kind) => {
                let children = frame.finish();
                match kind {
                    Some(kind) => {
                        Kind::Admonition(Admonition { kind: admonition(kind), children, ..Admonition::default() })
                    }
                    None => Kind::Blockquote(Quote { children, ..Quote::default() }),
                }
            }
            Tag::CodeBlock(kind) => {
                let mut code = Code { value: plain(&frame.inlines), ..Code::default() };
                if code.value.ends_with('\n') {
                    code.value.pop();
                }
                if let CodeBlockKind::Fenced(info) = kind {
                    (code.lang, code.meta) = language(&info);
                }
                Kind::Code(code)
            }
            Tag::HtmlBlock => Kind::Html(plain(&frame.inlines)),
            Tag::List(start) => {
                let start = start.and_then(|start| u32::try_from(start).ok());
                Kind::List(List {
                    ordered: start.is_some(),
                    start: start.filter(|start| *start != 1),
                    spread: frame.spread,
                    children: frame.items,
                    ..List::default()
                })
            }
            Tag::Item => {
                top.spread |= frame.spread;
                let (checked, children) = (frame.checked, frame.finish());
                return top.items.push(ListItem { checked, children, ..ListItem::default() });
            }
            Tag::FootnoteDefinition(label) => Kind::FootnoteDefinition(FootnoteDefinition {
                identifier: lower_case(&label),
                children: frame.finish(),
                ..FootnoteDefinition::default()
            }),
            Tag::DefinitionList => Kind::DefinitionList(DefinitionList { children: frame.entries }),
            Tag::DefinitionListTitle => {
                match top.entries.last_mut() {
                    Some(entry) if entry.definitions.is_empty() => entry.terms.push(frame.inlines),
                    _ => top.entries.push(DefinitionItem { terms: vec![frame.inlines], definitions: Vec::new() }),
                }
                return;
            }
            Tag::DefinitionListDefinition => {
                let definition = frame.finish();
                match top.entries.last_mut() {
                    Some(entry) => entry.definitions.push(definition),
                    None => top.entries.push(DefinitionItem { terms: Vec::new(), definitions: vec![definition] }),
                }
                return;
            }
            Tag::Table(align) => {
                let align = if align.iter().all(|align| *align == Alignment::None) {
                    Vec::new()
                } else {
                    align.into_iter().map(alignment).collect()
                };
                Kind::Table(Table { children: frame.rows, align, ..Table::default() })
            }
            Tag::TableHead | Tag::TableRow => return top.rows.push(TableRow { children: frame.cells }),
            Tag::TableCell => {
                let children = Content::Inlines(frame.inlines);
                return top.cells.push(TableCell { children, ..TableCell::default() });
            }
            Tag::Paragraph | Tag::MetadataBlock(_) => {
                frame.flush();
                return top.blocks.0.append(&mut frame.blocks.0);
            }
            mark => return self.mark(mark, frame.inlines),
        };
        top.blocks.push(Block::new(kind));
    }

    fn mark(&mut self, tag: Tag<'_>, children: Inlines) {
        let is_open =
            |mark: &Tag<'_>| self.outer.iter().chain([&self.top]).any(|frame| frame.tag.as_ref() == Some(mark));
        let mark = match tag {
            // Emphasis inside emphasis stresses nothing more.
            mark @ (Tag::Emphasis | Tag::Strong) if is_open(&mark) => return self.top.inlines.0.extend(children.0),
            Tag::Emphasis => Inline::Emphasis(children),
            Tag::Strong => Inline::Strong(children),
            Tag::Strikethrough => Inline::Delete(children),
            Tag::Link { dest_url, title, link_type, .. } => {
                let mail = if link_type == pulldown_cmark::LinkType::Email { "mailto:" } else { "" };
                // Browsers would take a backslash for a slash.
                let url = [mail, &dest_url].concat().replace('\\', "%5C");
                Inline::Link(Link { url, title: title.into_string(), children })
            }
            Tag::Image { dest_url, title, .. } => Inline::Image(InlineImage {
                url: dest_url.into_string(),
                title: title.into_string(),
                alt: children.plain_text(),
                ..InlineImage::default()
            }),
            _ => return self.top.inlines.0.extend(children.0),
        };
        self.top.inlines.push(mark);
    }
}

fn is_mark(tag: Option<&Tag<'_>>) -> bool {
    matches!(tag, Some(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }))
}

/// The text of code or HTML, which has no marks.
fn plain(inlines: &Inlines) -> String {
    match inlines.as_slice() {
        [Inline::Text(text)] => text.clone(),
        _ => String::new(),
    }
}

/// Language and remainder of what follows a fence: `rust,ignore`, `js {1,3}`, `{.python .numbered}`.
fn language(info: &str) -> (String, String) {
    let info = info.trim();
    if let Some(classes) = info.strip_prefix('{') {
        let class = classes.split([' ', '}']).find_map(|word| word.strip_prefix('.')).unwrap_or_default();
        return (class.to_owned(), info.to_owned());
    }
    let end = info.find([' ', ',', '\t', '{']).unwrap_or(info.len());
    (info[..end].to_owned(), info[end..].trim_start_matches([' ', ',', '\t']).to_owned())
}

fn alignment(align: Alignment) -> Option<Align> {
    match align {
        Alignment::None => None,
        Alignment::Left => Some(Align::Start),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::End),
    }
}

fn admonition(kind: BlockQuoteKind) -> AdmonitionKind {
    match kind {
        BlockQuoteKind::Note => AdmonitionKind::Note,
        BlockQuoteKind::Tip => AdmonitionKind::Tip,
        BlockQuoteKind::Important => AdmonitionKind::Important,
        BlockQuoteKind::Warning => AdmonitionKind::Warning,
        BlockQuoteKind::Caution => AdmonitionKind::Caution,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::article::json::Json;

    #[track_caller]
    fn check(text: &str, expect: &Value) {
        assert_eq!(&blocks(text).write(), expect);
    }

    #[test]
    fn tables_have_alignments_and_marks_in_cells() {
        check(
            "| a | b |\n|:-:|---|\n| *c* | |\n",
            &json!([{"type": "table", "align": ["center", null], "children": [
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "a"}, {"type": "tableCell", "children": "b"},
                ]},
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": [{"type": "emphasis", "children": "c"}]}, {"type": "tableCell"},
                ]},
            ]}]),
        );
    }

    #[test]
    fn lists_have_tasks_and_blocks() {
        check(
            "3. [x] a\n\n   b\n4. [ ] c\n",
            &json!([{"type": "list", "ordered": true, "start": 3, "spread": true, "children": [
                {"type": "listItem", "checked": true, "children": [
                    {"type": "paragraph", "children": "a"}, {"type": "paragraph", "children": "b"},
                ]},
                {"type": "listItem", "checked": false, "children": [{"type": "paragraph", "children": "c"}]},
            ]}]),
        );
        check(
            "- a\n  - b\n",
            &json!([{"type": "list", "children": [{"type": "listItem", "children": [
                {"type": "paragraph", "children": "a"},
                {"type": "list", "children": [
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "b"}]},
                ]},
            ]}]}]),
        );
    }

    #[test]
    fn alerts_definitions_and_footnotes_are_what_they_are() {
        check(
            "> [!TIP]\n> a\n\nterm\n: meaning\n\nb[^N]\n\n[^n]: note\n",
            &json!([
                {"type": "admonition", "kind": "tip", "children": [{"type": "paragraph", "children": "a"}]},
                {"type": "definitionList", "children": [{"type": "definitionItem", "terms": ["term"], "definitions": [
                    [{"type": "paragraph", "children": "meaning"}],
                ]}]},
                {"type": "paragraph", "children": ["b", {"type": "footnoteReference", "identifier": "n"}]},
                {"type": "footnoteDefinition", "identifier": "n", "children": [
                    {"type": "paragraph", "children": "note"},
                ]},
            ]),
        );
    }

    #[test]
    fn formulas_are_told_from_prices_and_raised_text_from_powers() {
        check(
            "$5-$6, x^2 + y^2, $a^2$, 1^st^, H~2~O, ~~x~~\n\n$$\nb\n$$\n",
            &json!([
                {"type": "paragraph", "children": [
                    "$5-$6, x^2 + y^2, ", {"type": "inlineMath", "value": "a^2"}, ", 1",
                    {"type": "superscript", "children": "st"}, ", H", {"type": "subscript", "children": "2"}, "O, ",
                    {"type": "delete", "children": "x"},
                ]},
                {"type": "math", "value": "b"},
            ]),
        );
    }

    #[test]
    fn code_has_its_language_and_headings_their_attributes() {
        check(
            "## A {#b .c}\n\n```rust,ignore\nfn\n\n```\n\n~~~ {.py .n}\n~~~\n",
            &json!([
                {"type": "heading", "id": "b", "class": ["c"], "depth": 2, "children": "A"},
                {"type": "code", "lang": "rust", "meta": "ignore", "value": "fn\n"},
                {"type": "code", "lang": "py", "meta": "{.py .n}"},
            ]),
        );
    }

    #[test]
    fn paragraphs_of_pictures_are_pictures() {
        check(
            "[![a](b.png \"t\")](c)\n![](d.png)\n",
            &json!([
                {"type": "image", "url": "b.png", "alt": "a", "title": "t", "link": "c"},
                {"type": "image", "url": "d.png"},
            ]),
        );
    }

    #[test]
    fn deep_nesting_joins_what_is_around_it() {
        let deep = format!("{}a\n\n{}\n", "> ".repeat(5000), "*a **b ".repeat(3000));
        assert!(blocks(&deep).write().to_string().contains("\"a\""));
        assert!(blocks(&"- ".repeat(3000)).len() < 3000);
    }

    #[test]
    fn clear_markdown_is_told_from_text() {
        for text in
            ["---\ntitle: a\n---\n", "# A\n\nb\n\n# C\n\nd", "# A\n\n[b](https://c.example)", "```\na\n```\n**b**"]
        {
            assert!(is_markdown(text), "{text}");
        }
        for text in ["# a\n# b\nx = 1", "a\n---\nb", "#hash [a]", "2 ** 3 ** 4", "* a\n* b"] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
