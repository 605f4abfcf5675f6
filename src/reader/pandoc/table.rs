//! Tables of Pandoc, which have every part that tables can have.

use super::{Walk, at, content_of, items};
use crate::article::{Align, Content, Table, TableCell, TableRow};
use crate::json::Value;
use crate::reader::fields::{first_words, text};

/// Reads the content of a `Table` node: attributes, caption, columns, head, bodies, foot.
pub(super) fn read(walk: &mut Walk<'_, '_>, content: &Value<'_>, level: u32) -> Table {
    let part = |index| at(content, index);
    let mut table = Table::default();
    if let Some(caption) = walk.caption(part(1), level) {
        table.caption = match caption {
            Content::Inlines(inlines) => inlines,
            Content::Blocks(blocks) => first_words(&blocks),
        };
    }
    table.align = items(part(2)).iter().map(|column| at(column, 0).and_then(align)).collect();
    if table.align.iter().all(Option::is_none) {
        table.align.clear();
    }
    let is_filled = |row: &TableRow| row.children.iter().any(|cell| cell.children != Content::default());
    let head = rows(walk, part(3).and_then(|head| at(head, 1)), level);
    table.children.extend(head.into_iter().filter(is_filled));
    table.header_rows = u32::try_from(table.children.len()).ok();
    for body in items(part(4)) {
        let columns = at(body, 1).and_then(Value::as_u64).and_then(|columns| u32::try_from(columns).ok());
        table.header_cols = table.header_cols.max(columns.filter(|columns| *columns > 0));
        let mut titles = rows(walk, at(body, 2), level);
        titles.iter_mut().flat_map(|row| &mut row.children).for_each(|cell| cell.header = true);
        table.children.extend(titles);
        table.children.extend(rows(walk, at(body, 3), level));
    }
    let foot = rows(walk, part(5).and_then(|foot| at(foot, 1)), level);
    table.footer_rows = u32::try_from(foot.len()).ok().filter(|rows| *rows > 0);
    table.children.extend(foot);
    table
}

fn rows(walk: &mut Walk<'_, '_>, content: Option<&Value<'_>>, level: u32) -> Vec<TableRow> {
    let row = |row: &Value<'_>| TableRow {
        children: items(at(row, 1)).iter().map(|cell| read_cell(walk, cell, level)).collect(),
    };
    items(content).iter().map(row).collect()
}

fn read_cell(walk: &mut Walk<'_, '_>, cell: &Value<'_>, level: u32) -> TableCell {
    let span = |index| {
        let span = at(cell, index).and_then(Value::as_u64).and_then(|span| u32::try_from(span).ok());
        span.filter(|span| *span > 1)
    };
    TableCell {
        children: content_of(walk.blocks(at(cell, 4), level + 6)),
        align: at(cell, 1).and_then(align),
        rowspan: span(2),
        colspan: span(3),
        ..TableCell::default()
    }
}

fn align(value: &Value<'_>) -> Option<Align> {
    match text(value, "t") {
        "AlignLeft" => Some(Align::Start),
        "AlignCenter" => Some(Align::Center),
        "AlignRight" => Some(Align::End),
        _ => None,
    }
}
