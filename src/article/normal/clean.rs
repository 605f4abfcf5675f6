//! One pass over all blocks: addresses resolved and checked, texts cleaned,
//! numbers brought into their ranges, what is empty left out.

use std::mem::take;

use super::super::walk::{self, Part};
use super::super::{
    Attributes, Block, Blocks, Content, Embed, Figure, Image, Inline, Inlines, Kind, Media, Table, TitledUrl,
};
use super::Places;
use super::inlines::is_blank_line;
use super::notes::Definitions;
use super::text::{clean, clean_line};
use crate::url::{self, Use};
use crate::warning::{Warnings, printable};

/// Pictures and players larger than this are mistakes.
const LARGEST_PIXELS: u32 = 20_000;

/// HTML's own limits for cells.
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65_534;

/// An address is quoted in a warning up to this length.
const QUOTED: usize = 80;

/// What the pass knows, and what it has to say.
pub(super) struct Cleaner<'a> {
    /// What addresses are resolved against; empty for none.
    pub(super) base: String,
    /// What `?article=` is resolved against; empty where the file is not in a site's folder of articles.
    pub(super) app: String,
    /// Targets of reference links.
    pub(super) definitions: Definitions,
    /// Footnotes that there are.
    pub(super) footnotes: Places,
    pub(super) warnings: &'a mut Warnings,
    /// Anchors of what was left out, for the next block to take over.
    pub(super) anchors: Vec<String>,
    /// Inside a link there can be no other.
    pub(super) in_link: bool,
    /// In a field of one line.
    pub(super) one_line: bool,
}

impl<'a> Cleaner<'a> {
    pub(super) fn new((base, app): (String, String), warnings: &'a mut Warnings) -> Self {
        let (definitions, footnotes, anchors) = (Definitions::default(), Places::new(), Vec::new());
        Self { base, app, definitions, footnotes, warnings, anchors, in_link: false, one_line: false }
    }

    /// Cleans blocks, and leaves out those that show nothing.
    pub(super) fn blocks(&mut self, blocks: &mut Blocks) {
        let mut kept = Blocks(Vec::with_capacity(blocks.len()));
        for block in take(blocks).0 {
            self.block(block, &mut kept);
        }
        if let Some(last) = kept.last_mut().filter(|_| !self.anchors.is_empty()) {
            last.attributes.aliases.append(&mut self.anchors);
        }
        *blocks = kept;
    }

    /// Resolves an address; one that is not allowed is reported and emptied. Tells whether there is one.
    pub(super) fn url(&mut self, url: &mut String, usage: Use, what: &str) -> bool {
        if url.is_empty() {
            return false;
        }
        let is_of_app = url.starts_with("?article=") && !self.app.is_empty();
        let base = if is_of_app { &self.app } else { &self.base };
        let Some(resolved) = url::resolve(url, base, usage) else {
            let quoted: String = url.chars().take(QUOTED).collect();
            self.warnings.warn(format!("{what}: the address `{}` is not allowed and was left out", printable(&quoted)));
            url.clear();
            return false;
        };
        *url = match resolved.split_once('#') {
            Some((page, fragment)) if usage == Use::Link && page == self.base => format!("#{fragment}"),
            _ => resolved,
        };
        true
    }

    /// A link of the envelope: kept without its address where that is not allowed.
    pub(super) fn titled_url(&mut self, link: &mut TitledUrl) {
        clean_line(&mut link.title);
        self.url(&mut link.url, Use::Link, "link");
    }

    fn block(&mut self, mut block: Block, kept: &mut Blocks) {
        self.attributes(&mut block.attributes);
        block.attributes.aliases.append(&mut self.anchors);
        if matches!(block.kind, Kind::Code(_)) {
            // In JSON, `lang` is the programming language there.
            block.attributes.lang.clear();
        }
        let replacement = self.own_members(&mut block.kind);
        let is_line = !matches!(block.kind, Kind::Paragraph(_) | Kind::Verse(_));
        walk::parts(&mut block, &mut |part| match part {
            Part::Blocks(blocks) => self.blocks(blocks),
            Part::Inlines(inlines) if is_line => self.line(inlines),
            Part::Inlines(inlines) => self.inlines(inlines),
        });
        self.prune(&mut block.kind);
        if !is_empty(&block.kind) {
            kept.push(block);
        } else {
            self.leave_anchors(&mut block);
        }
        let mut replacement = replacement;
        self.blocks(&mut replacement);
        kept.append(&mut replacement.0);
    }

    fn attributes(&mut self, attributes: &mut Attributes) {
        clean_line(&mut attributes.id);
        attributes.aliases.iter_mut().for_each(clean_line);
        attributes.aliases.retain(|alias| !alias.is_empty() && *alias != attributes.id);
        self.language(&mut attributes.lang);
    }

    /// Brings a language tag into the form of BCP 47, or empties it.
    pub(super) fn language(&mut self, tag: &mut String) {
        if tag.is_empty() {
            return;
        }
        let written = tag.trim().replace('_', "-");
        let is_tag = written.len() <= 35 && written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_tag {
            self.warnings.warn(format!("`{}` is not a language tag", printable(tag)));
        }
        *tag = if is_tag { written } else { String::new() };
    }

    /// Checks the members of a block that are not content. Where it cannot be shown for want of an address, it is
    /// emptied, and its words are given back as blocks.
    fn own_members(&mut self, kind: &mut Kind) -> Blocks {
        let mut words = Words::default();
        match kind {
            Kind::Heading(heading) => heading.depth = heading.depth.map(|depth| depth.clamp(1, 6)),
            Kind::Blockquote(quote) => {
                self.url(&mut quote.cite, Use::Link, "source of a quotation");
            }
            Kind::Code(code) => {
                clean(&mut code.value);
                clean_line(&mut code.lang);
                clean_line(&mut code.filename);
            }
            Kind::Math(math) => {
                clean(&mut math.value);
                clean_line(&mut math.number);
            }
            Kind::Image(image) => self.image(image, &mut words),
            Kind::Figure(figure) => {
                clean_line(&mut figure.label);
                plain_caption(figure);
            }
            Kind::Gallery(gallery) => {
                gallery.columns = gallery.columns.filter(|columns| (1..=8).contains(columns));
                gallery.items.iter_mut().for_each(|item| self.image(item, &mut words));
                gallery.items.retain(|item| !item.url.is_empty());
            }
            Kind::Video(media) | Kind::Audio(media) => self.media(media, &mut words),
            Kind::Embed(embed) => self.embed(embed, &mut words),
            Kind::LinkCard(card) => {
                [&mut card.title, &mut card.description, &mut card.site].into_iter().for_each(clean_line);
                self.url(&mut card.image, Use::Image, "picture of a link");
                self.url(&mut card.icon, Use::Image, "icon of a link");
                if !self.url(&mut card.url, Use::Link, "link") {
                    words.text(&mut card.title);
                    words.text(&mut card.description);
                }
            }
            Kind::Table(table) => clamp_table(table),
            Kind::ThematicBreak(it) => clean_line(&mut it.ornament),
            Kind::Admonition(it) => clean_line(&mut it.icon),
            Kind::Columns(it) => {
                it.children.iter_mut().for_each(|column| column.width = column.width.filter(|w| (1..=100).contains(w)));
            }
            Kind::Question(it) => clean_line(&mut it.speaker),
            Kind::Buttons(buttons) => {
                for button in &mut buttons.items {
                    clean_line(&mut button.label);
                    if !self.url(&mut button.url, Use::Link, "button") {
                        words.text(&mut button.label);
                    }
                }
                buttons.items.retain(|button| !button.url.is_empty());
            }
            Kind::File(file) => {
                [&mut file.title, &mut file.description, &mut file.mime].into_iter().for_each(clean_line);
                if !self.url(&mut file.url, Use::Link, "file") {
                    words.text(&mut file.title);
                    words.text(&mut file.description);
                }
            }
            Kind::Unknown(unknown) => unknown.text.iter_mut().for_each(clean),
            _ => {}
        }
        words.0
    }

    fn image(&mut self, image: &mut Image, words: &mut Words) {
        clean_line(&mut image.alt);
        clean_line(&mut image.title);
        clean_line(&mut image.sizes);
        image.width = pixels(image.width);
        image.height = pixels(image.height);
        image.srcset = url::resolve_srcset(&image.srcset, &self.base);
        self.url(&mut image.link, Use::Link, "link of a picture");
        self.url(&mut image.src_dark, Use::Image, "picture for dark pages");
        if !self.url(&mut image.url, Use::Image, "picture") {
            let first = image.srcset.split([' ', ',']).next().unwrap_or_default();
            image.url = first.to_owned();
        }
        if image.url.is_empty() {
            words.text(&mut image.alt);
            words.inlines(&mut image.caption);
        }
    }

    fn media(&mut self, media: &mut Media, words: &mut Words) {
        clean_line(&mut media.title);
        media.width = pixels(media.width);
        media.height = pixels(media.height);
        self.url(&mut media.poster, Use::Image, "still picture");
        self.url(&mut media.src, Use::Media, "recording");
        for source in &mut media.sources {
            clean_line(&mut source.mime);
            self.url(&mut source.src, Use::Media, "recording");
        }
        media.sources.retain(|source| !source.src.is_empty());
        for track in &mut media.tracks {
            clean_line(&mut track.label);
            self.language(&mut track.lang);
            self.url(&mut track.src, Use::Media, "subtitles");
            if !matches!(track.kind.as_str(), "" | "subtitles" | "captions" | "descriptions" | "chapters") {
                track.kind.clear();
            }
        }
        media.tracks.retain(|track| !track.src.is_empty());
        if media.src.is_empty() && media.sources.is_empty() {
            words.text(&mut media.title);
            words.inlines(&mut media.caption);
            words.0.append(&mut media.transcript.0);
        }
    }

    fn embed(&mut self, embed: &mut Embed, words: &mut Words) {
        clean_line(&mut embed.title);
        clean_line(&mut embed.provider);
        embed.width = pixels(embed.width);
        embed.height = pixels(embed.height);
        let is_ratio = |(width, height): (&str, &str)| width.parse::<u16>().is_ok() && height.parse::<u16>().is_ok();
        if !embed.aspect.split_once('/').is_some_and(is_ratio) {
            embed.aspect.clear();
        }
        self.url(&mut embed.embed_url, Use::Media, "player");
        self.url(&mut embed.thumbnail, Use::Image, "still picture");
        if !self.url(&mut embed.url, Use::Media, "embedded content") {
            words.text(&mut embed.title);
            words.inlines(&mut embed.caption);
            words.0.append(&mut embed.fallback.0);
        }
    }

    /// Leaves out empty parts of a block.
    fn prune(&mut self, kind: &mut Kind) {
        match kind {
            Kind::List(list) => {
                let anchors = &mut self.anchors;
                list.children.retain_mut(|item| {
                    clean_line(&mut item.id);
                    let keep = !item.children.is_empty() || item.checked.is_some();
                    if !keep && !item.id.is_empty() {
                        anchors.push(take(&mut item.id));
                    }
                    keep
                });
            }
            Kind::DefinitionList(list) => {
                for item in &mut list.children {
                    item.terms.retain(|term| !term.is_empty());
                    item.definitions.retain(|definition| !definition.is_empty());
                }
                list.children.retain(|item| !item.terms.is_empty() || !item.definitions.is_empty());
            }
            Kind::Figure(figure) => plain_caption(figure),
            Kind::Table(table) => {
                for cell in table.children.iter_mut().flat_map(|row| &mut row.children) {
                    if matches!(&cell.children, Content::Blocks(blocks) if blocks.is_empty()) {
                        cell.children = Content::default();
                    }
                }
            }
            Kind::Columns(columns) => columns.children.retain(|column| !column.children.is_empty()),
            _ => {}
        }
    }

    /// Keeps the anchors of a block that is left out, for the next one.
    fn leave_anchors(&mut self, block: &mut Block) {
        let own = take(&mut block.attributes);
        self.anchors.extend([own.id].into_iter().chain(own.aliases).filter(|id| !id.is_empty()));
        walk::parts(block, &mut |part| {
            if let Part::Inlines(inlines) = part {
                self.leave_span_anchors(inlines);
            }
        });
    }

    fn leave_span_anchors(&mut self, inlines: &mut Inlines) {
        walk::each_inline(inlines, &mut |inline| {
            if let Inline::Span(span) = inline {
                self.anchors.extend(Some(take(&mut span.id)).filter(|id| !id.is_empty()));
            }
        });
    }
}

/// Words of a block that cannot be shown as what it is.
#[derive(Default)]
struct Words(Blocks);

impl Words {
    fn text(&mut self, text: &mut String) {
        if !text.is_empty() {
            self.0.push(Block::paragraph(take(text).as_str()));
        }
    }

    fn inlines(&mut self, inlines: &mut Inlines) {
        if !inlines.is_empty() {
            self.0.push(Block::paragraph(take(inlines)));
        }
    }
}

/// Whether a block shows nothing.
fn is_empty(kind: &Kind) -> bool {
    match kind {
        Kind::Section(it) => it.title.is_empty() && it.children.is_empty(),
        Kind::Heading(it) => is_blank_line(&it.children),
        Kind::Paragraph(it) => is_blank_line(&it.children),
        Kind::Verse(it) => is_blank_line(it),
        Kind::Blockquote(it) => it.children.is_empty() && it.attribution.is_empty(),
        Kind::PullQuote(it) => it.children.is_empty() && it.attribution.is_empty(),
        Kind::List(it) => it.children.is_empty(),
        Kind::DefinitionList(it) => it.children.is_empty(),
        Kind::Code(it) => it.value.trim().is_empty() && it.caption.is_empty(),
        Kind::Math(it) => it.value.is_empty() && it.mathml.is_empty(),
        Kind::Image(it) => it.url.is_empty(),
        Kind::Figure(it) => it.children.is_empty() && it.caption.is_none() && it.credit.is_empty(),
        Kind::Gallery(it) => it.items.is_empty() && it.caption.is_empty(),
        Kind::Video(it) | Kind::Audio(it) => it.src.is_empty() && it.sources.is_empty(),
        Kind::Embed(it) => it.url.is_empty(),
        Kind::LinkCard(it) => it.url.is_empty(),
        Kind::Table(it) => it.children.is_empty() && it.caption.is_empty(),
        Kind::Admonition(it) => it.title.is_empty() && it.children.is_empty(),
        Kind::Details(it) => it.summary.is_empty() && it.children.is_empty(),
        Kind::Aside(it) => it.title.is_empty() && it.children.is_empty(),
        Kind::Columns(it) => it.children.is_empty(),
        Kind::Question(it) => it.question.is_empty() && it.children.is_empty(),
        Kind::Buttons(it) => it.items.is_empty(),
        Kind::File(it) => it.url.is_empty(),
        Kind::Group(it) => it.is_empty(),
        Kind::Html(it) | Kind::Markdown(it) => it.trim().is_empty(),
        Kind::ThematicBreak(_)
        | Kind::FootnoteDefinition(_)
        | Kind::Definition(_)
        | Kind::ReferenceList(_)
        | Kind::FootnoteList(_)
        | Kind::Contents(_)
        | Kind::Unknown(_) => false,
    }
}

/// A caption of one plain paragraph is text; an empty one is none.
fn plain_caption(figure: &mut Figure) {
    let Some(caption) = &mut figure.caption else { return };
    if let Content::Blocks(blocks) = caption
        && let [Block { kind: Kind::Paragraph(paragraph), attributes }] = blocks.as_mut_slice()
        && *attributes == Attributes::default()
        && paragraph.align.is_none()
    {
        *caption = Content::Inlines(take(&mut paragraph.children));
    }
    let is_empty = match caption {
        Content::Inlines(inlines) => is_blank_line(inlines),
        Content::Blocks(blocks) => blocks.is_empty(),
    };
    if is_empty {
        figure.caption = None;
    }
}

fn clamp_table(table: &mut Table) {
    table.children.retain(|row| !row.children.is_empty());
    let rows = table.children.len() as u32;
    table.header_rows = table.header_rows.map(|count| count.min(rows));
    table.footer_rows = table.footer_rows.map(|count| count.min(rows));
    table.header_cols = table.header_cols.map(|count| count.min(MOST_COLUMNS));
    for row in &mut table.children {
        let mut columns = 0;
        for cell in &mut row.children {
            let span = cell.colspan.unwrap_or(1).clamp(1, MOST_COLUMNS.saturating_sub(columns).max(1));
            columns += span;
            cell.colspan = (span > 1).then_some(span);
            cell.rowspan = cell.rowspan.map(|span| span.min(MOST_ROWS)).filter(|span| *span > 1);
            if !matches!(cell.scope.as_str(), "" | "row" | "col" | "rowgroup" | "colgroup") {
                cell.scope.clear();
            }
        }
    }
}

/// A size in pixels that makes sense.
pub(super) fn pixels(size: Option<u32>) -> Option<u32> {
    size.filter(|pixels| (1..=LARGEST_PIXELS).contains(pixels))
}
