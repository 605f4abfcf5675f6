//! Tables of data, and tables that only lay out.

use super::facts::is_block;
use super::flow::Flow;
use super::inline;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, container, content_of};
use crate::article::{Align, Kind, Table, TableCell, TableRow};

/// The limits of HTML.
const MAX_COLSPAN: u32 = 1000;
const MAX_ROWSPAN: u32 = 65_534;
/// Cells that spans may cover in one table.
const MAX_AREA: u32 = 10_000;

/// The rows of a table, by the part of it.
#[derive(Default)]
struct Rows {
    caption: Option<NodeId>,
    head: Vec<NodeId>,
    body: Vec<NodeId>,
    foot: Vec<NodeId>,
}

/// Reads a `table`.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    let mut rows = Rows::default();
    collect(w, node, &mut rows);
    if is_layout(tree, node, &rows) {
        return unwrap(w, &rows, flow);
    }
    let attributes = flow.begin(w, node);
    let mut table = Table::default();
    if let Some(caption) = rows.caption {
        table.caption = inline::of(w, caption);
    }
    let mut area = 0;
    for (index, &row) in rows.head.iter().chain(&rows.body).chain(&rows.foot).enumerate() {
        let in_head = index < rows.head.len();
        let outer = w.enter(row);
        let cells: Vec<NodeId> = cells(tree, row).collect();
        let children: Vec<TableCell> = cells.iter().map(|&id| cell(w, id, in_head, &mut area, flow)).collect();
        w.scope = outer;
        if !children.is_empty() {
            table.children.push(TableRow { children });
        }
    }
    if table.children.is_empty() {
        w.ids.extend(attributes.aliases);
        return;
    }
    let is_header = |row: &TableRow| row.children.iter().all(|cell| cell.header);
    let first_rows = table.children.iter().take_while(|row| is_header(row)).count();
    let head = if rows.head.is_empty() { first_rows.min(1) } else { rows.head.len().min(table.children.len()) };
    table.header_rows = Some(if head < table.children.len() || !rows.head.is_empty() { head as u32 } else { 0 });
    let body = table.children.get(head..).unwrap_or_default();
    if body.len() > 1 && body.iter().all(|row| row.children.first().is_some_and(|cell| cell.header)) {
        table.header_cols = Some(1);
    }
    table.footer_rows = Some(rows.foot.len() as u32).filter(|count| *count > 0);
    flow.end(attributes, Kind::Table(table));
}

fn collect(w: &Walk<'_>, node: NodeId, rows: &mut Rows) {
    let tree = w.tree;
    for &part in tree.children(node) {
        let place = match tree.name(part) {
            "caption" => {
                rows.caption = rows.caption.or(Some(part));
                continue;
            }
            "tr" => {
                rows.body.push(part);
                continue;
            }
            "thead" => &mut rows.head,
            "tfoot" => &mut rows.foot,
            "tbody" => &mut rows.body,
            _ => continue,
        };
        place.extend(tree.children(part).iter().filter(|&&row| tree.name(row) == "tr" && !w.is_done(row)));
    }
}

fn cells(tree: &Tree, row: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    tree.children(row).iter().copied().filter(|&id| matches!(tree.name(id), "td" | "th"))
}

/// Whether a table only puts things side by side.
fn is_layout(tree: &Tree, node: NodeId, rows: &Rows) -> bool {
    if matches!(tree.value(node, "role"), "presentation" | "none") {
        return true;
    }
    let all = || rows.head.iter().chain(&rows.body).chain(&rows.foot);
    let has_header = all().any(|&row| cells(tree, row).any(|id| tree.name(id) == "th"));
    if has_header || rows.caption.is_some() || !rows.head.is_empty() {
        return false;
    }
    let count = all().count();
    let width = all().map(|&row| cells(tree, row).count()).max().unwrap_or(0);
    let is_heavy = |id: NodeId| {
        let blocks = tree.children(id).iter().filter(|&&child| is_block(tree.name(child)));
        blocks.count() >= 2 || tree.find_name(id, "table").is_some()
    };
    count <= 1 || width <= 1 || all().any(|&row| cells(tree, row).any(is_heavy))
}

#[inline(never)]
fn unwrap<'a>(w: &mut Walk<'a>, rows: &Rows, flow: &mut Flow<'a>) {
    let tree = w.tree;
    flow.flush(w);
    if let Some(caption) = rows.caption {
        container(w, caption, flow);
    }
    for &row in rows.head.iter().chain(&rows.body).chain(&rows.foot) {
        for cell in cells(tree, row) {
            container(w, cell, flow);
        }
    }
}

#[inline(never)]
fn cell<'a>(w: &mut Walk<'a>, node: NodeId, in_head: bool, area: &mut u32, flow: &Flow<'a>) -> TableCell {
    let tree = w.tree;
    let span = |name, most| {
        let span: u32 = tree.value(node, name).parse().ok()?;
        let span = span.clamp(1, most);
        Some(span).filter(|span| *span > 1)
    };
    let (mut colspan, mut rowspan) = (span("colspan", MAX_COLSPAN), span("rowspan", MAX_ROWSPAN));
    let covered = colspan.unwrap_or(1).saturating_mul(rowspan.unwrap_or(1));
    if area.saturating_add(covered) > MAX_AREA {
        (colspan, rowspan) = (None, None);
    } else {
        *area += covered;
    }
    w.note_ids(node);
    let outer = w.enter(node);
    let children = content_of(w, node, flow, 6);
    w.scope = outer;
    let header = tree.name(node) == "th" || in_head;
    let scope = match tree.value(node, "scope") {
        scope @ ("row" | "col" | "rowgroup" | "colgroup") if header => scope,
        _ => "",
    };
    TableCell { children, header, scope: scope.to_owned(), colspan, rowspan, align: align(tree, node) }
}

fn align(tree: &Tree, node: NodeId) -> Option<Align> {
    let class = tree.value(node, "class");
    let word = inline::style(tree, node, "text-align").or(tree.attribute(node, "align")).unwrap_or_else(|| {
        class.split_ascii_whitespace().find_map(|class| class.strip_prefix("has-text-align-")).unwrap_or_default()
    });
    match word {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}
