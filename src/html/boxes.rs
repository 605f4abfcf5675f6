//! Blocks set apart from the text: notes, details, asides, columns, questions.

use super::{Writer, block, inline};
use crate::article::{Admonition, Aside, Attributes, Columns, Details, Placement, Question};

pub(super) fn write_admonition(w: &mut Writer<'_>, attributes: &Attributes, admonition: &Admonition) {
    w.raw(if admonition.collapsible { "<details" } else { "<div role=\"note\"" });
    w.raw(" class=\"r-admonition\"");
    w.attribute("data-kind", admonition.kind.as_str());
    block::open(w, "", attributes);
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
    block::write_all(w, &admonition.children);
    w.raw(if admonition.collapsible { "</details>" } else { "</div>" });
}

pub(super) fn write_details(w: &mut Writer<'_>, attributes: &Attributes, details: &Details) {
    w.raw("<details class=\"r-details\"");
    w.attributes(attributes);
    w.raw(if details.open { " open><summary>" } else { "><summary>" });
    inline::write_all(w, &details.summary);
    w.raw("</summary>");
    block::write_all(w, &details.children);
    w.raw("</details>");
}

pub(super) fn write_aside(w: &mut Writer<'_>, attributes: &Attributes, aside: &Aside) {
    w.raw("<aside class=\"r-aside\"");
    if aside.placement == Placement::Margin {
        w.raw(" data-placement=\"margin\"");
    }
    block::open(w, "", attributes);
    if !aside.title.is_empty() {
        w.raw("<p class=\"r-aside-title\">");
        inline::write_all(w, &aside.title);
        w.raw("</p>");
    }
    block::write_all(w, &aside.children);
    w.raw("</aside>");
}

/// Widths are rounded to twelfths, for which the style sheet has rules: inline styles are not allowed.
pub(super) fn write_columns(w: &mut Writer<'_>, attributes: &Attributes, columns: &Columns) {
    block::open(w, "<div class=\"r-columns\"", attributes);
    for column in &columns.children {
        w.raw("<div");
        if let Some(width) = column.width.filter(|width| (1..100).contains(width)) {
            w.number("data-span", ((width * 12 + 50) / 100).clamp(2, 10));
        }
        w.raw(">");
        block::write_all(w, &column.children);
        w.raw("</div>");
    }
    w.raw("</div>");
}

pub(super) fn write_question(w: &mut Writer<'_>, attributes: &Attributes, question: &Question) {
    block::open(w, "<div class=\"r-question\"", attributes);
    w.raw("<p class=\"r-question-text\">");
    if !question.speaker.is_empty() {
        w.raw("<span class=\"r-speaker\">");
        w.isolated(&question.speaker);
        w.raw(":</span> ");
    }
    inline::write_all(w, &question.question);
    w.raw("</p>");
    block::write_all(w, &question.children);
    w.raw("</div>");
}
