//! Block-level content. Pictures, tables, code and notes have their own files.

use super::{Writer, code, inline, mathml, media, notes, table};
use crate::article::{
    Admonition, Align, Aside, Attributes, Block, Blocks, Buttons, Columns, Content, DefinitionList, Details, FileLink,
    Heading, Inlines, Kind, List, ListItem, ListStyle, Math, Paragraph, Placement, PullQuote, Question, Quote, Section,
    ThematicBreak, Unknown,
};
use crate::outline::{self, Entry};
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

fn is_plain(attributes: &Attributes, paragraph: &Paragraph) -> bool {
    attributes.id.is_empty() && attributes.lang.is_empty() && attributes.dir.is_none() && paragraph.align.is_none()
}

pub(super) fn write(w: &mut Writer<'_>, block: &Block) {
    let attributes = &block.attributes;
    let around = w.direction;
    match &block.kind {
        Kind::Section(section) => write_section(w, attributes, section),
        Kind::Heading(heading) => write_flat_heading(w, attributes, heading),
        Kind::Paragraph(paragraph) => write_paragraph(w, attributes, paragraph),
        Kind::Blockquote(quote) => write_quote(w, attributes, quote),
        Kind::PullQuote(quote) => write_pull_quote(w, attributes, quote),
        Kind::List(list) => write_list(w, attributes, list),
        Kind::DefinitionList(list) => write_definition_list(w, attributes, list),
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
        Kind::Admonition(admonition) => write_admonition(w, attributes, admonition),
        Kind::Details(details) => write_details(w, attributes, details),
        Kind::Aside(aside) => write_aside(w, attributes, aside),
        Kind::Columns(columns) => write_columns(w, attributes, columns),
        Kind::Question(question) => write_question(w, attributes, question),
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
        Kind::Contents(_) => write_contents(w, attributes),
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

fn write_section(w: &mut Writer<'_>, attributes: &Attributes, section: &Section) {
    if section.title.is_empty() {
        open(w, "<section", attributes);
        write_all(w, &section.children);
        return w.raw("</section>");
    }
    let id = &attributes.id;
    w.raw("<section");
    if !id.is_empty() && !w.is_foreign() {
        w.raw(" aria-labelledby=\"");
        w.raw(super::ID_PREFIX);
        super::escape_attribute(id, &mut w.out);
        w.raw("\"");
    }
    w.language(&attributes.lang, attributes.dir);
    w.raw(">");
    let number = section.numbered.then(|| w.numbers.enter());
    w.level = w.level.saturating_add(1);
    if section.collapsed {
        w.raw("<details class=\"r-collapsed\"><summary>");
        write_section_heading(w, id, section, number.as_deref());
        w.raw("</summary>");
        write_all(w, &section.children);
        w.raw("</details>");
    } else {
        w.raw("<div class=\"r-heading\">");
        write_section_heading(w, id, section, number.as_deref());
        write_heading_link(w, id, &section.title);
        w.raw("</div>");
        write_all(w, &section.children);
    }
    w.level -= 1;
    if number.is_some() {
        w.numbers.leave();
    }
    w.raw("</section>");
}

/// Writes a heading without attributes of its own.
pub(super) fn write_heading(w: &mut Writer<'_>, level: u8, id: &str, title: &Inlines) {
    open_heading(w, level);
    w.id(id);
    close_heading(w, level, title);
}

fn write_section_heading(w: &mut Writer<'_>, id: &str, section: &Section, number: Option<&str>) {
    open_heading(w, w.level);
    w.id(id);
    if let Some(number) = number {
        w.attribute("data-number", number); // shown by the style sheet, as numbers of lists are
    }
    close_heading(w, w.level, &section.title);
}

fn open_heading(w: &mut Writer<'_>, level: u8) {
    const OPEN: [&str; 6] = ["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"];
    w.raw(OPEN[usize::from(level.clamp(1, 6) - 1)]);
    if level > 6 {
        w.number("aria-level", level.into());
    }
}

fn close_heading(w: &mut Writer<'_>, level: u8, title: &Inlines) {
    const CLOSE: [&str; 6] = ["</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"];
    w.raw(">");
    inline::write_all(w, title);
    w.raw(CLOSE[usize::from(level.clamp(1, 6) - 1)]);
}

/// The link that names a heading's address. Its sign comes from the style sheet: it is not part of the text.
fn write_heading_link(w: &mut Writer<'_>, id: &str, title: &Inlines) {
    if id.is_empty() || w.is_foreign() {
        return;
    }
    w.raw("<a class=\"r-anchor\"");
    w.fragment(id);
    let label = w.words().heading_link;
    w.worded_attribute("aria-label", label, &title.plain_text());
    w.raw("></a>");
}

/// A heading inside another block. It stays below the heading it is under, and skips no level.
fn write_flat_heading(w: &mut Writer<'_>, attributes: &Attributes, heading: &Heading) {
    let asked = heading.depth.unwrap_or(2).clamp(1, 6) as u8;
    let level = w.options.heading_level.saturating_add(asked - 1);
    let level = level.clamp(w.options.heading_level.saturating_add(1), w.level.saturating_add(1));
    open_heading(w, level);
    w.attributes(attributes);
    close_heading(w, level, &heading.children);
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

fn write_list(w: &mut Writer<'_>, attributes: &Attributes, list: &List) {
    let is_task_list = list.children.iter().any(|item| item.checked.is_some());
    let is_plain = list.style == Some(ListStyle::Plain);
    w.raw(if list.ordered { "<ol" } else { "<ul" });
    if is_task_list {
        w.raw(" class=\"r-tasks\" role=\"list\"");
    } else if is_plain {
        w.raw(" class=\"r-plain\" role=\"list\"");
    }
    w.attributes(attributes);
    if list.ordered {
        if let Some(start) = list.start.filter(|start| *start != 1) {
            w.number("start", start);
        }
        if list.reversed {
            w.raw(" reversed");
        }
        match list.style {
            Some(ListStyle::LowerAlpha) => w.raw(" type=\"a\""),
            Some(ListStyle::UpperAlpha) => w.raw(" type=\"A\""),
            Some(ListStyle::LowerRoman) => w.raw(" type=\"i\""),
            Some(ListStyle::UpperRoman) => w.raw(" type=\"I\""),
            _ => {}
        }
    }
    w.raw(">");
    let is_loose = list.spread || list.children.iter().any(|item| item.spread);
    for item in &list.children {
        write_item(w, item, is_loose);
    }
    w.raw(if list.ordered { "</ol>" } else { "</ul>" });
}

fn write_item(w: &mut Writer<'_>, item: &ListItem, is_loose: bool) {
    w.raw("<li");
    w.id(&item.id);
    w.raw(">");
    if let Some(is_done) = item.checked {
        let words = w.words();
        w.raw("<span class=\"r-check\" role=\"img\"");
        w.attribute("data-checked", if is_done { "true" } else { "false" });
        w.attribute("aria-label", if is_done { words.done } else { words.not_done });
        w.raw("></span> ");
    }
    for block in &item.children {
        match &block.kind {
            Kind::Paragraph(paragraph) if !is_loose && is_plain(&block.attributes, paragraph) => {
                inline::write_all(w, &paragraph.children);
            }
            _ => write(w, block),
        }
    }
    w.raw("</li>");
}

fn write_definition_list(w: &mut Writer<'_>, attributes: &Attributes, list: &DefinitionList) {
    open(w, "<dl", attributes);
    for item in &list.children {
        for term in &item.terms {
            w.raw("<dt>");
            inline::write_all(w, term);
            w.raw("</dt>");
        }
        for meaning in &item.definitions {
            w.raw("<dd>");
            write_tight(w, meaning);
            w.raw("</dd>");
        }
    }
    w.raw("</dl>");
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

fn write_admonition(w: &mut Writer<'_>, attributes: &Attributes, admonition: &Admonition) {
    w.raw(if admonition.collapsible { "<details" } else { "<div role=\"note\"" });
    w.raw(" class=\"r-admonition\"");
    w.attribute("data-kind", admonition.kind.as_str());
    open(w, "", attributes);
    w.raw(if admonition.collapsible { "<summary" } else { "<p" });
    w.raw(" class=\"r-admonition-title\">");
    if !admonition.icon.is_empty() {
        w.raw("<span class=\"r-icon\" aria-hidden=\"true\">");
        w.text(&admonition.icon);
        w.raw("</span>");
    }
    if admonition.title.is_empty() {
        let title = (w.words().admonition)(admonition.kind);
        w.text(title);
    } else {
        inline::write_all(w, &admonition.title);
    }
    w.raw(if admonition.collapsible { "</summary>" } else { "</p>" });
    write_all(w, &admonition.children);
    w.raw(if admonition.collapsible { "</details>" } else { "</div>" });
}

fn write_details(w: &mut Writer<'_>, attributes: &Attributes, details: &Details) {
    w.raw("<details class=\"r-details\"");
    w.attributes(attributes);
    w.raw(if details.open { " open><summary>" } else { "><summary>" });
    inline::write_all(w, &details.summary);
    w.raw("</summary>");
    write_all(w, &details.children);
    w.raw("</details>");
}

fn write_aside(w: &mut Writer<'_>, attributes: &Attributes, aside: &Aside) {
    w.raw("<aside class=\"r-aside\"");
    if aside.placement == Placement::Margin {
        w.raw(" data-placement=\"margin\"");
    }
    open(w, "", attributes);
    if !aside.title.is_empty() {
        w.raw("<p class=\"r-aside-title\">");
        inline::write_all(w, &aside.title);
        w.raw("</p>");
    }
    write_all(w, &aside.children);
    w.raw("</aside>");
}

/// Widths are rounded to twelfths, for which the style sheet has rules: inline styles are not allowed.
fn write_columns(w: &mut Writer<'_>, attributes: &Attributes, columns: &Columns) {
    open(w, "<div class=\"r-columns\"", attributes);
    for column in &columns.children {
        w.raw("<div");
        if let Some(width) = column.width.filter(|width| (1..100).contains(width)) {
            w.number("data-span", ((width * 12 + 50) / 100).clamp(2, 10));
        }
        w.raw(">");
        write_all(w, &column.children);
        w.raw("</div>");
    }
    w.raw("</div>");
}

fn write_question(w: &mut Writer<'_>, attributes: &Attributes, question: &Question) {
    open(w, "<div class=\"r-question\"", attributes);
    w.raw("<p class=\"r-question-text\">");
    if !question.speaker.is_empty() {
        w.raw("<span class=\"r-speaker\">");
        w.isolated(&question.speaker);
        w.raw(":</span> ");
    }
    inline::write_all(w, &question.question);
    w.raw("</p>");
    write_all(w, &question.children);
    w.raw("</div>");
}

fn write_buttons(w: &mut Writer<'_>, attributes: &Attributes, buttons: &Buttons) {
    open(w, "<p class=\"r-buttons\"", attributes);
    for button in &buttons.items {
        let class = match button.style {
            crate::article::ButtonStyle::Primary => "r-button r-primary",
            crate::article::ButtonStyle::Secondary => "r-button",
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

fn write_contents(w: &mut Writer<'_>, attributes: &Attributes) {
    let Some(article) = w.article else { return };
    if std::mem::replace(&mut w.contents_written, true) {
        return;
    }
    let entries = outline::outline(article);
    if entries.is_empty() {
        return;
    }
    let title = if article.toc.title.is_empty() { w.words().contents } else { &article.toc.title };
    w.raw("<nav class=\"r-contents-here\"");
    w.attribute("aria-label", title);
    open(w, "", attributes);
    w.raw("<p class=\"r-list-title\">");
    w.text(title);
    w.raw("</p>");
    write_entries(w, &entries);
    w.raw("</nav>");
}

fn write_entries(w: &mut Writer<'_>, entries: &[Entry]) {
    w.raw("<ol>");
    for entry in entries {
        w.raw("<li><a");
        w.fragment(&entry.id);
        w.raw(">");
        w.text(&entry.label);
        w.raw("</a>");
        if !entry.children.is_empty() {
            write_entries(w, &entry.children);
        }
        w.raw("</li>");
    }
    w.raw("</ol>");
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
