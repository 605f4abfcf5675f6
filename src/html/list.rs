//! Lists: plain, numbered, of tasks, of terms.

use super::{Writer, block, inline};
use crate::article::{Attributes, DefinitionList, Kind, List, ListItem, ListStyle};

pub(super) fn write(w: &mut Writer<'_>, attributes: &Attributes, list: &List) {
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
            Kind::Paragraph(paragraph) if !is_loose && block::is_plain(&block.attributes, paragraph) => {
                inline::write_all(w, &paragraph.children);
            }
            _ => block::write(w, block),
        }
    }
    w.raw("</li>");
}

pub(super) fn write_definition_list(w: &mut Writer<'_>, attributes: &Attributes, list: &DefinitionList) {
    block::open(w, "<dl", attributes);
    for item in &list.children {
        for term in &item.terms {
            w.raw("<dt>");
            inline::write_all(w, term);
            w.raw("</dt>");
        }
        for meaning in &item.definitions {
            w.raw("<dd>");
            block::write_tight(w, meaning);
            w.raw("</dd>");
        }
    }
    w.raw("</dl>");
}
