//! Pandoc's JSON, versions 1.21 to 1.23: the way to here from Word, LaTeX, EPUB and forty other formats.

mod inline;
mod table;
#[cfg(test)]
mod tests;

use super::fields::text;
use super::{Context, ReadError};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Article, Attributes, Block, Blocks, Code, Column, Columns, Content, DefinitionItem,
    DefinitionList, Figure, Footnote, Footnotes, Heading, Inline, Inlines, Kind, List, ListItem, ListStyle, Person,
    Quote, Tag, ThematicBreak,
};
use crate::json::Value;

/// How deep blocks and marks nest, in levels of Article JSON; what is deeper is text.
const DEEPEST_BLOCK: u32 = 48;
const DEEPEST_MARK: u32 = 90;

/// Whether a value is a document.
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("pandoc-api-version").is_some() && value.get("blocks").is_some_and(Value::is_array)
}

/// Reads a document.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut walk = Walk { context, notes: Vec::new() };
    let mut article = walk.metadata(value.get("meta").unwrap_or(&Value::Null));
    let length = walk.context.warnings.enter("blocks");
    article.body = walk.blocks(value.get("blocks"), 1);
    walk.context.warnings.leave(length);
    article.footnotes = Footnotes(walk.notes);
    Ok(article)
}

/// The walk over a document, with the notes found on the way.
pub(super) struct Walk<'a, 'b> {
    context: &'a mut Context<'b>,
    notes: Vec<Footnote>,
}

/// The items of an array; none where it is none.
pub(super) fn items<'v>(value: Option<&'v Value<'v>>) -> &'v [Value<'v>] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The item at a place of an array.
pub(super) fn at<'v>(value: &'v Value<'v>, index: usize) -> Option<&'v Value<'v>> {
    value.as_array()?.get(index)
}

impl Walk<'_, '_> {
    fn metadata(&mut self, meta: &Value<'_>) -> Article {
        let mut article = Article {
            title: self.meta_inlines(meta.get("title")),
            subtitle: self.meta_inlines(meta.get("subtitle")),
            description: self.meta_line(meta, "description"),
            language: self.meta_line(meta, "lang"),
            published: self.meta_line(meta, "date").parse().ok(),
            ..Article::default()
        };
        for author in meta_list(meta.get("author").or_else(|| meta.get("authors"))) {
            let line = |walk: &mut Self, name: &str| author.get("c").map(|map| walk.meta_line(map, name));
            let name = match text(author, "t") {
                "MetaMap" => author.get("c").map(|map| self.name(map)).unwrap_or_default(),
                _ => self.meta_inlines(Some(author)).plain_text(),
            };
            let affiliation = line(self, "affiliation").or_else(|| line(self, "institute")).unwrap_or_default();
            article.authors.push(Person { name, affiliation, ..Person::default() });
        }
        for keyword in meta_list(meta.get("keywords").or_else(|| meta.get("tags"))) {
            let name = self.meta_inlines(Some(keyword)).plain_text();
            article.tags.push(Tag { name, url: String::new() });
        }
        if let Some(summary) = meta.get("abstract") {
            article.lead = match text(summary, "t") {
                "MetaBlocks" => self.blocks(summary.get("c"), 1),
                _ => Some(self.meta_inlines(Some(summary)))
                    .filter(|line| !line.is_empty())
                    .map(Block::paragraph)
                    .into_iter()
                    .collect(),
            };
        }
        article
    }

    /// A person's name, whole or in parts.
    fn name(&mut self, person: &Value<'_>) -> String {
        let Some(parts) = person.get("name").filter(|name| text(name, "t") == "MetaMap").and_then(|name| name.get("c"))
        else {
            return self.meta_line(person, "name");
        };
        let whole = self.meta_line(parts, "literal");
        if !whole.is_empty() {
            return whole;
        }
        let names = ["given", "family"].map(|part| self.meta_line(parts, part));
        names.join(" ").trim().to_owned()
    }

    fn meta_line(&mut self, meta: &Value<'_>, name: &str) -> String {
        self.meta_inlines(meta.get(name)).plain_text()
    }

    fn meta_inlines(&mut self, meta: Option<&Value<'_>>) -> Inlines {
        let Some(meta) = meta else { return Inlines::new() };
        match text(meta, "t") {
            "MetaInlines" => self.inlines(meta.get("c"), 1),
            "MetaString" => text(meta, "c").into(),
            "MetaBlocks" => {
                let blocks = self.blocks(meta.get("c"), 1);
                match blocks.0.into_iter().next().map(|block| block.kind) {
                    Some(Kind::Paragraph(paragraph)) => paragraph.children,
                    _ => Inlines::new(),
                }
            }
            _ => Inlines::new(),
        }
    }

    /// Reads a list of blocks; `level` is how deep they are in Article JSON.
    pub(super) fn blocks(&mut self, value: Option<&Value<'_>>, level: u32) -> Blocks {
        let mut blocks = Blocks::default();
        for (index, block) in items(value).iter().enumerate() {
            let length = self.context.warnings.enter_index(index);
            self.block(block, level, &mut blocks);
            self.context.warnings.leave(length);
        }
        blocks
    }

    fn block(&mut self, node: &Value<'_>, level: u32, blocks: &mut Blocks) {
        let tag = text(node, "t");
        let Some(content) = node.get("c") else {
            if tag == "HorizontalRule" {
                blocks.push(Block::new(Kind::ThematicBreak(ThematicBreak::default())));
            }
            return;
        };
        let part = |index| at(content, index);
        let mut attributes = Attributes::default();
        if level > DEEPEST_BLOCK && !matches!(tag, "Para" | "Plain" | "Header" | "CodeBlock") {
            self.context.warnings.warn("nested too deep; shown as text");
            return blocks.push(Block::paragraph(words(content).as_str()));
        }
        let kind = match tag {
            "Para" | "Plain" => return self.paragraph(content, level, blocks),
            "Header" => {
                attributes = attributes_of(part(1));
                let depth = part(0).and_then(Value::as_u64).and_then(|depth| u32::try_from(depth).ok());
                Kind::Heading(Heading { depth, children: self.inlines(part(2), level) })
            }
            "CodeBlock" => {
                attributes = attributes_of(part(0));
                Kind::Code(code(&mut attributes, part(0), part(1)))
            }
            "RawBlock" => match raw(content) {
                Some(html) => Kind::Html(html.to_owned()),
                None => return self.left_out(content),
            },
            "BlockQuote" => {
                Kind::Blockquote(Quote { children: self.blocks(Some(content), level + 2), ..Quote::default() })
            }
            "BulletList" => Kind::List(self.list(Some(content), level)),
            "OrderedList" => {
                let start = part(0).and_then(|numbering| at(numbering, 0)).and_then(Value::as_u64);
                let style = part(0).and_then(|numbering| at(numbering, 1)).map_or("", |style| text(style, "t"));
                Kind::List(List {
                    ordered: true,
                    start: start.and_then(|start| u32::try_from(start).ok()).filter(|start| *start != 1),
                    style: list_style(style),
                    ..self.list(part(1), level)
                })
            }
            "DefinitionList" => {
                let entry = |entry: &Value<'_>| DefinitionItem {
                    terms: vec![self.inlines(at(entry, 0), level + 4)],
                    definitions: items(at(entry, 1))
                        .iter()
                        .map(|blocks| self.blocks(Some(blocks), level + 5))
                        .collect(),
                };
                Kind::DefinitionList(DefinitionList { children: items(Some(content)).iter().map(entry).collect() })
            }
            "LineBlock" => {
                let mut verse = Inlines::new();
                for line in items(Some(content)) {
                    if !verse.is_empty() {
                        verse.push(Inline::Break(Empty));
                    }
                    verse.extend(self.inlines(Some(line), level).0);
                }
                Kind::Verse(verse)
            }
            "Table" => {
                attributes = attributes_of(part(0));
                Kind::Table(table::read(self, content, level))
            }
            "Figure" => {
                attributes = attributes_of(part(0));
                let caption = self.caption(part(1), level);
                let children = self.blocks(part(2), level + 2);
                Kind::Figure(Figure { children, caption, ..Figure::default() })
            }
            "Div" => {
                attributes = attributes_of(part(0));
                let title = attribute(part(0), "title").unwrap_or_default();
                let kind = self.div(part(1), &attributes.class, title, level);
                if !matches!(kind, Kind::Group(_)) {
                    attributes.class.clear();
                }
                kind
            }
            "Null" => return,
            other => {
                self.context.warnings.warn(format!("unknown block `{}`; shown as text", other.escape_debug()));
                Block::paragraph(words(content).as_str()).kind
            }
        };
        blocks.push(Block { attributes, kind });
    }

    fn left_out(&mut self, content: &Value<'_>) {
        let format = at(content, 0).and_then(Value::as_str).unwrap_or_default();
        self.context.warnings.info(format!("source of the format `{}` was left out", format.escape_debug()));
    }

    fn div(&mut self, content: Option<&Value<'_>>, classes: &[String], title: &str, level: u32) -> Kind {
        let mut children = self.blocks(content, level + 2);
        // Quarto calls its boxes so, and takes a heading at their start for the title.
        let callout = classes.iter().find_map(|class| AdmonitionKind::from_word(class.strip_prefix("callout-")?));
        let kind = callout.or_else(|| classes.iter().find_map(|class| AdmonitionKind::from_word(class)));
        if let Some(kind) = kind {
            let is_title = |block: &Block| block.attributes.class.iter().any(|class| class == "title");
            let mut title = Inlines::from(title);
            if let Some(Block { kind: Kind::Heading(heading), .. }) = children.first_mut()
                && callout.is_some()
                && title.is_empty()
            {
                title = std::mem::take(&mut heading.children);
                children.remove(0);
            }
            if children.first().is_some_and(is_title)
                && let Kind::Group(lines) = children.remove(0).kind
            {
                let lines = lines.0.into_iter().filter_map(|line| match line.kind {
                    Kind::Paragraph(paragraph) => Some(paragraph.children.0),
                    _ => None,
                });
                title.0 = lines.flatten().collect();
            }
            return Kind::Admonition(Admonition { kind, title, children, ..Admonition::default() });
        }
        let is_column = |block: &Block| block.attributes.class.iter().any(|class| class == "column");
        if classes.iter().any(|class| class == "columns") && !children.is_empty() && children.iter().all(is_column) {
            let column = |block: Block| match block.kind {
                Kind::Group(children) => Column { width: None, children },
                other => Column { width: None, children: Blocks(vec![Block::new(other)]) },
            };
            return Kind::Columns(Columns { children: children.0.into_iter().map(column).collect() });
        }
        Kind::Group(children)
    }

    fn list(&mut self, content: Option<&Value<'_>>, level: u32) -> List {
        let mut list = List::default();
        for item in items(content) {
            list.spread |= items(Some(item)).iter().any(|block| text(block, "t") == "Para");
            let mut children = self.blocks(Some(item), level + 4);
            let checked = checkbox(&mut children);
            list.children.push(ListItem { checked, children, ..ListItem::default() });
        }
        list
    }

    /// A caption, whose short form is for lists of figures.
    pub(super) fn caption(&mut self, content: Option<&Value<'_>>, level: u32) -> Option<Content> {
        let blocks = self.blocks(content.and_then(|caption| at(caption, 1)), level + 2);
        (!blocks.is_empty()).then(|| content_of(blocks))
    }
}

/// One paragraph as text, anything else as blocks.
pub(super) fn content_of(mut blocks: Blocks) -> Content {
    match blocks.as_mut_slice() {
        [] => Content::default(),
        [Block { kind: Kind::Paragraph(only), .. }] => Content::Inlines(std::mem::take(&mut only.children)),
        _ => Content::Blocks(blocks),
    }
}

/// Whether an item starts with a ballot box, as Pandoc writes task lists.
fn checkbox(children: &mut Blocks) -> Option<bool> {
    let Some(Block { kind: Kind::Paragraph(first), .. }) = children.first_mut() else { return None };
    let Some(Inline::Text(text)) = first.children.first_mut() else { return None };
    let checked = match text.chars().next()? {
        '☐' => false,
        '☒' => true,
        _ => return None,
    };
    *text = text[3..].trim_start().to_owned();
    Some(checked)
}

fn meta_list<'v>(meta: Option<&'v Value<'v>>) -> Vec<&'v Value<'v>> {
    match meta {
        Some(list) if text(list, "t") == "MetaList" => items(list.get("c")).iter().collect(),
        single => single.into_iter().collect(),
    }
}

fn attribute<'a>(attr: Option<&'a Value<'a>>, name: &str) -> Option<&'a str> {
    let pairs = items(at(attr?, 2));
    pairs.iter().find(|pair| text(pair, "0") == name).map(|pair| text(pair, "1"))
}

fn attributes_of(attr: Option<&Value<'_>>) -> Attributes {
    let Some(attr) = attr else { return Attributes::default() };
    let classes = items(at(attr, 1)).iter().filter_map(Value::as_str);
    Attributes {
        id: text(attr, "0").to_owned(),
        class: classes.map(str::to_owned).collect(),
        lang: attribute(Some(attr), "lang").unwrap_or_default().to_owned(),
        dir: attribute(Some(attr), "dir").and_then(crate::article::Direction::from_word),
        ..Attributes::default()
    }
}

fn code(attributes: &mut Attributes, attr: Option<&Value<'_>>, value: Option<&Value<'_>>) -> Code {
    let classes = std::mem::take(&mut attributes.class);
    let is_option =
        |class: &&String| matches!(class.as_str(), "numberLines" | "lineAnchors" | "number-lines" | "sourceCode");
    Code {
        value: value.and_then(Value::as_str).unwrap_or_default().to_owned(),
        lang: classes.iter().find(|class| !is_option(class)).cloned().unwrap_or_default(),
        show_line_numbers: classes.iter().any(|class| class == "numberLines"),
        starting_line_number: attribute(attr, "startFrom").and_then(|number| number.parse().ok()),
        filename: attribute(attr, "filename").unwrap_or_default().to_owned(),
        ..Code::default()
    }
}

fn list_style(name: &str) -> Option<ListStyle> {
    match name {
        "LowerAlpha" => Some(ListStyle::LowerAlpha),
        "UpperAlpha" => Some(ListStyle::UpperAlpha),
        "LowerRoman" => Some(ListStyle::LowerRoman),
        "UpperRoman" => Some(ListStyle::UpperRoman),
        _ => None,
    }
}

/// Source in HTML; `None` for that of other formats.
fn raw<'v>(content: &'v Value<'v>) -> Option<&'v str> {
    matches!(text(content, "0"), "html" | "html4" | "html5").then(|| text(content, "1"))
}

/// The words in what cannot be read otherwise.
fn words(value: &Value<'_>) -> String {
    fn collect(value: &Value<'_>, words: &mut String) {
        match value {
            Value::String(word) => words.push_str(word),
            Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
            Value::Object(node) => match node.get("c") {
                Some(content) => collect(content, words),
                None => words.push(' '),
            },
            _ => {}
        }
    }
    let mut words_found = String::new();
    collect(value, &mut words_found);
    words_found
}
