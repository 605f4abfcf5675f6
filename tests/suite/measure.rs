//! What of an article is compared with another: its words, and how many there are of each kind.

use std::collections::BTreeMap;
use std::path::Path;

use recto::article::walk::{self, Part};
use recto::article::{Article, Blocks, Inline, Inlines, Kind};
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
        let mut article = article.clone();
        measure.inlines(&mut article.title);
        measure.blocks(&mut article.body);
        article.footnotes.0.iter_mut().for_each(|note| measure.blocks(&mut note.children));
        measure
    }

    pub(crate) fn of_file(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("a fixture can be read");
        let reading = reader::read(&bytes, &Hint::default(), markup::parse::parse);
        Self::of(&reading.unwrap_or_else(|error| panic!("{}: {error}", path.display())).articles[0])
    }

    fn count(&mut self, what: &'static str, number: usize) {
        *self.counts.entry(what).or_default() += number;
    }

    fn text(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|letter| letter.is_alphanumeric()));
    }

    fn blocks(&mut self, blocks: &mut Blocks) {
        for block in &mut blocks.0 {
            match &block.kind {
                Kind::Section(_) | Kind::Heading(_) => self.count("headings", 1),
                Kind::Image(_) => self.count("images", 1),
                Kind::Gallery(gallery) => self.count("images", gallery.items.len()),
                Kind::Table(_) => self.count("tables", 1),
                Kind::Code(code) => self.text(&code.value),
                Kind::Buttons(buttons) => buttons.items.iter().for_each(|button| self.text(&button.label)),
                _ => {}
            }
            walk::parts(block, &mut |part| match part {
                Part::Blocks(blocks) => self.blocks(blocks),
                Part::Inlines(inlines) => self.inlines(inlines),
            });
        }
    }

    fn inlines(&mut self, inlines: &mut Inlines) {
        walk::each_inline(inlines, &mut |inline| match inline {
            Inline::Text(text) | Inline::InlineCode(text) => self.text(text),
            Inline::Link(_) => self.count("links", 1),
            Inline::Image(_) => self.count("images", 1),
            Inline::Mention(mention) => self.text(&mention.name),
            Inline::Citation(citation) => self.text(&citation.label),
            Inline::FootnoteReference(reference) => self.text(&reference.label),
            _ => {}
        });
    }
}
