//! Tables, each in a box of its own that scrolls sideways.

use super::{Writer, block, inline};
use crate::article::{Attributes, Content, Inline, Table, TableCell, TableRow};

pub(super) fn write(w: &mut Writer<'_>, attributes: &Attributes, table: &Table) {
    let caption = table.caption.plain_text();
    w.raw("<div class=\"r-table-scroll\" role=\"group\" tabindex=\"0\"");
    let name = w.words().table;
    w.attribute("aria-label", if caption.is_empty() { name } else { &caption });
    w.attributes(attributes);
    w.raw("><table>");
    if !table.caption.is_empty() {
        w.raw("<caption>");
        inline::write_all(w, &table.caption);
        w.raw("</caption>");
    }
    let rows = table.children.len();
    let header = (table.header_rows.unwrap_or(1) as usize).min(rows);
    let footer = (table.footer_rows.unwrap_or(0) as usize).min(rows - header);
    let (head, rest) = table.children.split_at(header);
    let (body, foot) = rest.split_at(rest.len() - footer);
    write_rows(w, table, head, Part::Head);
    write_rows(w, table, body, Part::Body);
    write_rows(w, table, foot, Part::Foot);
    w.raw("</table></div>");
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Head,
    Body,
    Foot,
}

fn write_rows(w: &mut Writer<'_>, table: &Table, rows: &[TableRow], part: Part) {
    if rows.is_empty() {
        return;
    }
    w.raw(match part {
        Part::Head => "<thead>",
        Part::Body => "<tbody>",
        Part::Foot => "<tfoot>",
    });
    for row in rows {
        w.raw("<tr>");
        let mut column = 0;
        for cell in &row.children {
            write_cell(w, table, cell, column, part);
            column += cell.colspan.unwrap_or(1).max(1);
        }
        w.raw("</tr>");
    }
    w.raw(match part {
        Part::Head => "</thead>",
        Part::Body => "</tbody>",
        Part::Foot => "</tfoot>",
    });
}

fn write_cell(w: &mut Writer<'_>, table: &Table, cell: &TableCell, column: u32, part: Part) {
    let is_row_header = column < table.header_cols.unwrap_or(0);
    // An empty header names nothing.
    let is_header = (cell.header || part == Part::Head || is_row_header) && !is_empty(&cell.children);
    w.raw(if is_header { "<th" } else { "<td" });
    if is_header {
        let scope = match cell.scope.as_str() {
            "row" => "row",
            "col" => "col",
            "rowgroup" => "rowgroup",
            "colgroup" => "colgroup",
            _ if part == Part::Head => "col",
            _ => "row",
        };
        w.attribute("scope", scope);
    }
    if let Some(span) = cell.colspan.filter(|span| (2..=1000).contains(span)) {
        w.number("colspan", span);
    }
    if let Some(span) = cell.rowspan.filter(|span| (2..=65534).contains(span)) {
        w.number("rowspan", span);
    }
    if let Some(align) = cell.align.or_else(|| table.align.get(column as usize).copied().flatten()) {
        w.attribute("data-align", block::align_word(align));
    }
    w.raw(">");
    block::write_content(w, &cell.children);
    w.raw(if is_header { "</th>" } else { "</td>" });
}

fn is_empty(content: &Content) -> bool {
    match content {
        Content::Inlines(inlines) => {
            inlines.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
        }
        Content::Blocks(blocks) => blocks.is_empty(),
    }
}
