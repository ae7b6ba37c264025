//! Tables to Markdown.
//!
//! Promises: no header, span or caption is lost. What a pipe table cannot say is written as HTML, on one line, as
//! an empty line would end it.

use super::super::blocks::{Block, Content, Table};
use super::super::{Document, Rendering};
use super::Writer;
use super::inline::Breaks;

impl<'a> Writer<'a> {
    /// A pipe table, or HTML where cells span or head their rows, or there is a caption.
    pub(super) fn table(&mut self, table: &'a Table) -> String {
        if is_plain(table) { self.pipes(table) } else { html(table) }
    }

    fn pipes(&mut self, table: &'a Table) -> String {
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let mut lines = Vec::with_capacity(table.rows.len() + 2);
        for (at, row) in table.rows.iter().enumerate() {
            let is_header = at == 0 && row.cells.iter().all(|cell| cell.header);
            if at == 0 && !is_header {
                lines.push(line(vec![String::new(); width]));
                lines.push(line(vec!["---".to_owned(); width]));
            }
            let mut cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| self.inline(&cell.inline, Breaks::Tags).replace('|', "\\|"))
                .collect();
            cells.resize(width, String::new());
            lines.push(line(cells));
            if is_header {
                lines.push(line(vec!["---".to_owned(); width]));
            }
        }
        lines.join("\n")
    }
}

/// Whether a pipe table says all that the table says.
fn is_plain(table: &Table) -> bool {
    let spans = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.colspan.is_some() || cell.rowspan.is_some());
    let heads_rows = table.rows.iter().enumerate().any(|(at, row)| {
        let heads = row.cells.iter().filter(|cell| cell.header).count();
        heads > 0 && (at > 0 || heads < row.cells.len())
    });
    table.caption.is_empty() && !spans && !heads_rows
}

/// The table alone, as HTML on one line; notes in it follow it.
fn html(table: &Table) -> String {
    let block = Block::new(Content::Table(table.clone()));
    let document = Document { blocks: vec![block] };
    document.to_html(&Rendering::default())
}

fn line(cells: Vec<String>) -> String {
    format!("| {} |", cells.join(" | "))
}
