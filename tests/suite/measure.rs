//! What of an article is compared with another: its words, and how many there are of each kind.

use std::collections::BTreeMap;
use std::path::Path;

use recto::article::{Article, Block, Blocks, Content, Inline, Inlines, Kind};
use recto::markup;
use recto::reader::{self, Hint};

/// The letters and digits of all text, and counts of headings, links, pictures and tables.
#[derive(Default)]
pub(crate) struct Measure {
    pub(crate) text: String,
    pub(crate) counts: BTreeMap<&'static str, usize>,
}

impl Measure {
    pub(crate) fn of(article: &Article) -> Self {
        let mut measure = Self::default();
        measure.inlines(&article.title);
        measure.blocks(&article.body);
        article.footnotes.0.iter().for_each(|note| measure.blocks(&note.children));
        measure
    }

    pub(crate) fn of_file(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("a fixture can be read");
        let reading = reader::read(&bytes, &Hint::default(), markup::parse::parse);
        Self::of(&reading.unwrap_or_else(|error| panic!("{}: {error}", path.display())).articles[0])
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn text(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|letter| letter.is_alphanumeric()));
    }

    fn blocks(&mut self, blocks: &Blocks) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Inlines(inlines) => self.inlines(inlines),
            Content::Blocks(blocks) => self.blocks(blocks),
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Section(it) => {
                self.count("headings");
                self.inlines(&it.title);
                self.blocks(&it.children);
            }
            Kind::Heading(it) => {
                self.count("headings");
                self.inlines(&it.children);
            }
            Kind::Paragraph(it) => self.inlines(&it.children),
            Kind::Blockquote(it) => {
                self.blocks(&it.children);
                self.inlines(&it.attribution);
            }
            Kind::PullQuote(it) => {
                self.inlines(&it.children);
                self.inlines(&it.attribution);
            }
            Kind::List(it) => it.children.iter().for_each(|item| self.blocks(&item.children)),
            Kind::DefinitionList(it) => it.children.iter().for_each(|item| {
                item.terms.iter().for_each(|term| self.inlines(term));
                item.definitions.iter().for_each(|definition| self.blocks(definition));
            }),
            Kind::Code(it) => self.text(&it.value),
            Kind::Image(it) => {
                self.count("images");
                self.inlines(&it.caption);
            }
            Kind::Figure(it) => {
                self.blocks(&it.children);
                it.caption.iter().for_each(|caption| self.content(caption));
                self.inlines(&it.credit);
            }
            Kind::Gallery(it) => {
                self.counts.entry("images").and_modify(|n| *n += it.items.len()).or_insert(it.items.len());
                it.items.iter().for_each(|image| self.inlines(&image.caption));
                self.inlines(&it.caption);
            }
            Kind::Table(it) => {
                self.count("tables");
                self.inlines(&it.caption);
                it.children.iter().flat_map(|row| &row.children).for_each(|cell| self.content(&cell.children));
            }
            Kind::Details(it) => {
                self.inlines(&it.summary);
                self.blocks(&it.children);
            }
            Kind::Admonition(it) => {
                self.inlines(&it.title);
                self.blocks(&it.children);
            }
            Kind::Aside(it) => {
                self.inlines(&it.title);
                self.blocks(&it.children);
            }
            Kind::Columns(it) => it.children.iter().for_each(|column| self.blocks(&column.children)),
            Kind::Verse(it) => self.inlines(it),
            Kind::Embed(it) => {
                self.inlines(&it.caption);
                self.blocks(&it.fallback);
            }
            Kind::Buttons(it) => it.items.iter().for_each(|button| self.text(&button.label)),
            Kind::Group(children) => self.blocks(children),
            _ => {}
        }
    }

    fn inlines(&mut self, inlines: &Inlines) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::InlineCode(text) => self.text(text),
                Inline::Link(it) => {
                    self.count("links");
                    self.inlines(&it.children);
                }
                Inline::Image(_) => self.count("images"),
                Inline::Emphasis(it)
                | Inline::Strong(it)
                | Inline::Delete(it)
                | Inline::Insert(it)
                | Inline::Underline(it)
                | Inline::Subscript(it)
                | Inline::Superscript(it)
                | Inline::SmallCaps(it)
                | Inline::Small(it)
                | Inline::Keyboard(it)
                | Inline::Sample(it)
                | Inline::Variable(it)
                | Inline::CiteTitle(it) => self.inlines(it),
                Inline::Mark(it) => self.inlines(&it.children),
                Inline::Quote(it) => self.inlines(&it.children),
                Inline::Abbreviation(it) => self.inlines(&it.children),
                Inline::Time(it) => self.inlines(&it.children),
                Inline::CrossReference(it) => self.inlines(&it.children),
                Inline::Span(it) => self.inlines(&it.children),
                Inline::Mention(it) => self.text(&it.name),
                Inline::Citation(it) => self.text(&it.label),
                Inline::FootnoteReference(it) => self.text(&it.label),
                _ => {}
            }
        }
    }
}
