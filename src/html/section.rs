//! Sections with their headings, and the contents list within the text.

use super::{Writer, block, inline};
use crate::article::{Attributes, Heading, Inlines, Section};
use crate::outline::{self, Entry};

pub(super) fn write(w: &mut Writer<'_>, attributes: &Attributes, section: &Section) {
    if section.title.is_empty() {
        block::open(w, "<section", attributes);
        block::write_all(w, &section.children);
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
        block::write_all(w, &section.children);
        w.raw("</details>");
    } else {
        w.raw("<div class=\"r-heading\">");
        write_section_heading(w, id, section, number.as_deref());
        write_heading_link(w, id, &section.title);
        w.raw("</div>");
        block::write_all(w, &section.children);
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
    if id.is_empty() || w.is_foreign() || w.medium == super::Medium::Feed {
        return;
    }
    w.raw("<a class=\"r-anchor\"");
    w.fragment(id);
    let label = w.words().heading_link;
    w.worded_attribute("aria-label", label, &title.plain_text());
    w.raw("></a>");
}

/// A heading inside another block. It stays below the heading it is under, and skips no level.
pub(super) fn write_flat_heading(w: &mut Writer<'_>, attributes: &Attributes, heading: &Heading) {
    let asked = heading.depth.unwrap_or(2).clamp(1, 6) as u8;
    let level = w.options.heading_level.saturating_add(asked - 1);
    let level = level.clamp(w.options.heading_level.saturating_add(1), w.level.saturating_add(1));
    open_heading(w, level);
    w.attributes(attributes);
    close_heading(w, level, &heading.children);
}

pub(super) fn write_contents(w: &mut Writer<'_>, attributes: &Attributes) {
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
    block::open(w, "", attributes);
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
