//! Block-level content: what leads to the files of each kind, and the kinds too small for one.

use super::{Writer, boxes, code, inline, list, mathml, media, notes, section, table};
use crate::article::{
    Align, Attributes, Block, Blocks, ButtonStyle, Buttons, Content, FileLink, Kind, Math, Paragraph, PullQuote, Quote,
    ThematicBreak, Unknown,
};
use crate::url::Use;

pub(super) fn write_all(w: &mut Writer<'_>, blocks: &Blocks) {
    for block in blocks {
        write(w, block);
    }
}

pub(super) fn write_content(w: &mut Writer<'_>, content: &Content) {
    match content {
        Content::Inlines(inlines) => inline::write_all(w, inlines),
        Content::Blocks(blocks) => write_tight(w, blocks),
    }
}

/// Writes blocks, a single plain paragraph as its text alone.
pub(super) fn write_tight(w: &mut Writer<'_>, blocks: &Blocks) {
    match blocks.as_slice() {
        [Block { attributes, kind: Kind::Paragraph(paragraph) }] if is_plain(attributes, paragraph) => {
            inline::write_all(w, &paragraph.children);
        }
        _ => write_all(w, blocks),
    }
}

pub(super) fn is_plain(attributes: &Attributes, paragraph: &Paragraph) -> bool {
    attributes.id.is_empty() && attributes.lang.is_empty() && attributes.dir.is_none() && paragraph.align.is_none()
}

pub(super) fn write(w: &mut Writer<'_>, block: &Block) {
    let attributes = &block.attributes;
    let around = w.direction;
    match &block.kind {
        Kind::Section(section) => section::write(w, attributes, section),
        Kind::Heading(heading) => section::write_flat_heading(w, attributes, heading),
        Kind::Paragraph(paragraph) => write_paragraph(w, attributes, paragraph),
        Kind::Blockquote(quote) => write_quote(w, attributes, quote),
        Kind::PullQuote(quote) => write_pull_quote(w, attributes, quote),
        Kind::List(list) => list::write(w, attributes, list),
        Kind::DefinitionList(list) => list::write_definition_list(w, attributes, list),
        Kind::Code(code) => code::write(w, attributes, code),
        Kind::Math(math) => write_math(w, attributes, math),
        Kind::Image(image) => media::write_image_block(w, attributes, image),
        Kind::Figure(figure) => media::write_figure(w, attributes, figure),
        Kind::Gallery(gallery) => media::write_gallery(w, attributes, gallery),
        Kind::Video(video) => media::write_recording(w, attributes, video, media::Recording::Video),
        Kind::Audio(audio) => media::write_recording(w, attributes, audio, media::Recording::Audio),
        Kind::Embed(embed) => media::write_embed(w, attributes, embed),
        Kind::LinkCard(card) => media::write_link_card(w, attributes, card),
        Kind::Table(table) => table::write(w, attributes, table),
        Kind::ThematicBreak(line) => write_break(w, attributes, line),
        Kind::Admonition(admonition) => boxes::write_admonition(w, attributes, admonition),
        Kind::Details(details) => boxes::write_details(w, attributes, details),
        Kind::Aside(aside) => boxes::write_aside(w, attributes, aside),
        Kind::Columns(columns) => boxes::write_columns(w, attributes, columns),
        Kind::Question(question) => boxes::write_question(w, attributes, question),
        Kind::Verse(lines) => {
            open(w, "<p class=\"r-verse\"", attributes);
            inline::write_all(w, lines);
            w.raw("</p>");
        }
        Kind::Buttons(buttons) => write_buttons(w, attributes, buttons),
        Kind::File(file) => write_file(w, attributes, file),
        Kind::FootnoteDefinition(definition) => write_all(w, &definition.children),
        Kind::Definition(_) => {}
        Kind::ReferenceList(_) => notes::write_references(w),
        Kind::FootnoteList(_) => notes::write_footnotes(w),
        Kind::Contents(_) => section::write_contents(w, attributes),
        Kind::Group(blocks) => write_group(w, attributes, blocks),
        Kind::Html(source) | Kind::Markdown(source) => {
            open(w, "<pre class=\"r-source\" dir=\"ltr\" tabindex=\"0\"", &Attributes::default());
            w.text(source);
            w.raw("</pre>");
        }
        Kind::Unknown(unknown) => write_unknown(w, attributes, unknown),
    }
    w.direction = around;
}

/// Writes a start tag that lacks only its attributes and `>`.
pub(super) fn open(w: &mut Writer<'_>, tag: &'static str, attributes: &Attributes) {
    w.raw(tag);
    w.attributes(attributes);
    w.raw(">");
}

fn write_paragraph(w: &mut Writer<'_>, attributes: &Attributes, paragraph: &Paragraph) {
    w.raw("<p");
    w.attributes(attributes);
    if let Some(align) = paragraph.align {
        w.attribute("data-align", align_word(align));
    }
    w.raw(">");
    inline::write_all(w, &paragraph.children);
    w.raw("</p>");
}

pub(super) fn align_word(align: Align) -> &'static str {
    align.as_str()
}

fn write_quote(w: &mut Writer<'_>, attributes: &Attributes, quote: &Quote) {
    let is_attributed = !quote.attribution.is_empty();
    if is_attributed {
        open(w, "<figure class=\"r-quote\"", attributes);
    }
    w.raw("<blockquote");
    if !is_attributed {
        w.attributes(attributes);
    }
    if let Some(cite) = Writer::address(&quote.cite, Use::Link) {
        w.attribute("cite", &cite);
    }
    w.raw(">");
    write_all(w, &quote.children);
    w.raw("</blockquote>");
    if is_attributed {
        w.raw("<figcaption>");
        let is_open = w.open_link(&quote.cite, "", "");
        inline::write_all(w, &quote.attribution);
        if is_open {
            w.close_link();
        }
        w.raw("</figcaption></figure>");
    }
}

fn write_pull_quote(w: &mut Writer<'_>, attributes: &Attributes, quote: &PullQuote) {
    open(w, "<figure class=\"r-pullquote\"", attributes);
    w.raw("<blockquote><p>");
    inline::write_all(w, &quote.children);
    w.raw("</p></blockquote>");
    if !quote.attribution.is_empty() {
        w.raw("<figcaption>");
        inline::write_all(w, &quote.attribution);
        w.raw("</figcaption>");
    }
    w.raw("</figure>");
}

fn write_math(w: &mut Writer<'_>, attributes: &Attributes, math: &Math) {
    open(w, "<div class=\"r-math\" tabindex=\"0\"", attributes);
    mathml::write(w, &math.mathml, &math.value, mathml::Display::Block);
    if !math.number.is_empty() {
        w.raw("<span class=\"r-math-number\">(");
        w.text(&math.number);
        w.raw(")</span>");
    }
    w.raw("</div>");
}

fn write_break(w: &mut Writer<'_>, attributes: &Attributes, line: &ThematicBreak) {
    if line.ornament.is_empty() {
        return open(w, "<hr", attributes);
    }
    open(w, "<div class=\"r-ornament\" role=\"separator\"", attributes);
    w.text(&line.ornament);
    w.raw("</div>");
}

fn write_buttons(w: &mut Writer<'_>, attributes: &Attributes, buttons: &Buttons) {
    open(w, "<p class=\"r-buttons\"", attributes);
    for button in &buttons.items {
        let class = match button.style {
            ButtonStyle::Primary => "r-button r-primary",
            ButtonStyle::Secondary => "r-button",
        };
        w.link(&button.url, class, if button.label.is_empty() { &button.url } else { &button.label });
        w.raw(" ");
    }
    w.raw("</p>");
}

fn write_file(w: &mut Writer<'_>, attributes: &Attributes, file: &FileLink) {
    let name = file.url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    open(w, "<div class=\"r-download\"", attributes);
    w.link(&file.url, "r-download-name", if file.title.is_empty() { name } else { &file.title });
    w.raw(" <span class=\"r-download-facts\">");
    let kind = match file.mime.rsplit('/').next() {
        Some(kind) if !kind.is_empty() && kind.len() < 8 => kind,
        _ => name.rsplit_once('.').map_or("", |(_, extension)| extension),
    };
    w.text(&kind.to_ascii_uppercase());
    if let Some(size) = file.size {
        w.raw(if kind.is_empty() { "" } else { ", " });
        w.text(&size_words(size));
    }
    w.raw("</span>");
    if !file.description.is_empty() {
        w.raw("<p>");
        w.text(&file.description);
        w.raw("</p>");
    }
    w.raw("</div>");
}

/// Bytes in the unit that people would choose, such as `1.2 MB`.
fn size_words(bytes: u32) -> String {
    let tenths = |unit: u32| {
        let tenths = (u64::from(bytes) * 10 + u64::from(unit) / 2) / u64::from(unit);
        if tenths % 10 == 0 || tenths >= 100 {
            format!("{}", tenths / 10)
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        }
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

fn write_group(w: &mut Writer<'_>, attributes: &Attributes, blocks: &Blocks) {
    let is_bare = attributes.id.is_empty() && attributes.lang.is_empty() && attributes.dir.is_none();
    if is_bare {
        return write_all(w, blocks);
    }
    open(w, "<div", attributes);
    write_all(w, blocks);
    w.raw("</div>");
}

fn write_unknown(w: &mut Writer<'_>, attributes: &Attributes, unknown: &Unknown) {
    if unknown.text.is_empty() {
        return;
    }
    w.raw("<div class=\"r-unknown\" role=\"note\"");
    let label = w.words().unknown;
    w.worded_attribute("aria-label", label, &unknown.tag);
    w.attribute("data-type", &unknown.tag);
    open(w, "", attributes);
    for text in &unknown.text {
        w.raw("<p>");
        w.text(text);
        w.raw("</p>");
    }
    w.raw("</div>");
}
