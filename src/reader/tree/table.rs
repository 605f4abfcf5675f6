//! Tables: rows of cells, which may be grouped.

use super::super::media::captioned;
use super::{Flow, Role, Walk, children_of, flag, name_of, number, role_of};
use crate::article::{Block, Blocks, Content, Kind, Table, TableCell, TableRow};
use crate::json::Value;

/// Reads a table.
pub(super) fn read(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let mut rows = Vec::new();
    let mut rest = Flow::default();
    let found = walk.with_heading(&mut |walk| collect(walk, node, false, &mut rows, &mut rest));
    let caption = found.unwrap_or_else(|| walk.caption(node));
    flow.flush();
    flow.blocks.extend(rest.finish().0);
    if let Some(table) = table(rows) {
        flow.block(captioned(table, caption));
    }
}

/// A table whose first rows and first column are headers where all their cells are.
pub(in super::super) fn table(rows: Vec<TableRow>) -> Option<Kind> {
    let is_header = |row: &TableRow| row.children.iter().all(|cell| cell.header);
    let head = rows.iter().take_while(|row| is_header(row)).count();
    let first_is_header = |row: &TableRow| row.children.first().is_some_and(|cell| cell.header);
    let has_column = head < rows.len() && rows.len() > 1 && rows.iter().skip(head).all(first_is_header);
    let header_rows = u32::try_from(if head < rows.len() { head } else { 0 }).ok();
    let header_cols = has_column.then_some(1);
    (!rows.is_empty()).then(|| Kind::Table(Table { children: rows, header_rows, header_cols, ..Table::default() }))
}

/// The content of a cell: a line, where it is no more than a paragraph.
pub(in super::super) fn content(mut blocks: Blocks) -> Content {
    match blocks.as_mut_slice() {
        [] => Content::default(),
        [Block { kind: Kind::Paragraph(paragraph), .. }] => Content::Inlines(std::mem::take(&mut paragraph.children)),
        _ => Content::Blocks(blocks),
    }
}

fn collect(walk: &mut Walk<'_, '_>, node: &Value<'_>, in_head: bool, rows: &mut Vec<TableRow>, rest: &mut Flow) {
    let Some((key, nodes)) = children_of(node) else { return };
    let length = walk.context.warnings.enter(key);
    for (index, node) in nodes.iter().enumerate() {
        let length = walk.context.warnings.enter_index(index);
        match role_of(name_of(node)) {
            Some(Role::Row) => rows.push(row(walk, node, in_head)),
            Some(Role::Head) => collect(walk, node, true, rows, rest),
            Some(Role::Group) => collect(walk, node, in_head, rows, rest),
            _ => walk.node(node, rest),
        }
        walk.context.warnings.leave(length);
    }
    walk.context.warnings.leave(length);
}

fn row(walk: &mut Walk<'_, '_>, node: &Value<'_>, in_head: bool) -> TableRow {
    let mut row = TableRow::default();
    let Some((key, nodes)) = children_of(node) else { return row };
    let length = walk.context.warnings.enter(key);
    for (index, node) in nodes.iter().enumerate() {
        let length = walk.context.warnings.enter_index(index);
        let role = role_of(name_of(node));
        let span = |names: &[&str]| number(node, names).filter(|span| (2..=1000).contains(span));
        let header = in_head
            || role == Some(Role::HeaderCell)
            || number(node, &["headerState"]).is_some_and(|state| state > 0)
            || flag(node, &["header", "isHeader"]) == Some(true);
        row.children.push(TableCell {
            children: content(walk.cell(node, 6)),
            header,
            colspan: span(&["colspan", "colSpan", "col_span"]),
            rowspan: span(&["rowspan", "rowSpan", "row_span"]),
            align: super::attribute::align(node),
            ..TableCell::default()
        });
        walk.context.warnings.leave(length);
    }
    walk.context.warnings.leave(length);
    row
}
