//! Tables in GitHub's form: a header, one line for each row, what spans several cells in the first of them.

use super::escape::Place;
use super::{Writer, block, inline};
use crate::article::{Align, Content, Table, TableCell};

pub(super) fn write(w: &Writer<'_>, table: &Table) -> String {
    let mut rows = grid(w, table);
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    if columns == 0 {
        return String::new();
    }
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    if table.header_rows == Some(0) {
        rows.insert(0, vec![String::new(); columns]);
    }
    let rule = (0..columns).map(|column| match table.align.get(column).copied().flatten() {
        Some(Align::Start) => ":--".to_owned(),
        Some(Align::Center) => ":-:".to_owned(),
        Some(Align::End) => "--:".to_owned(),
        None => "---".to_owned(),
    });
    rows.insert(1, rule.collect());
    rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect::<Vec<_>>().join("\n")
}

/// The cells with empty ones where others span.
fn grid(w: &Writer<'_>, table: &Table) -> Vec<Vec<String>> {
    // A span is a number in a file: what it says is not believed beyond this.
    const MOST: u32 = 100;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // For each column, how many rows a cell above still covers.
    let mut covered: Vec<u32> = Vec::new();
    for row in &table.children {
        let mut line = Vec::new();
        for cell in &row.children {
            while covered.get(line.len()).is_some_and(|rows| *rows > 0) {
                covered[line.len()] -= 1;
                line.push(String::new());
            }
            let span = cell.colspan.unwrap_or(1).clamp(1, MOST);
            for nth in 0..span {
                let column = line.len();
                covered.resize(covered.len().max(column + 1), 0);
                covered[column] = cell.rowspan.unwrap_or(1).clamp(1, MOST) - 1;
                line.push(if nth == 0 { text(w, cell) } else { String::new() });
            }
        }
        for rest in covered.iter_mut().skip(line.len()) {
            *rest = rest.saturating_sub(1);
        }
        rows.push(line);
    }
    rows
}

/// A cell's content on one line.
fn text(w: &Writer<'_>, cell: &TableCell) -> String {
    match &cell.children {
        Content::Inlines(inlines) => inline::write(w, inlines, Place::Line),
        Content::Blocks(blocks) => block::lines(w, blocks).join("<br>"),
    }
}
