//! Tables: rows, cells and captions.
//!
//! Promises: headers, spans and the words of each cell stay in place; paragraphs in a cell are parted by line
//! breaks, and what is no text (a picture, a table in a table) follows the table.

use super::super::blocks::{Block, Caption, Cell, Content, Row, Table};
use super::elements::{Role, role};
use super::reader::Reader;
use super::tree::Id;

/// More columns or rows than this no cell covers.
const MAX_SPAN: u16 = 1000;

impl Reader<'_> {
    /// A table: its rows of cells, then what stood in cells and is no text.
    pub(super) fn table(&mut self, id: Id) {
        self.leave_attributes(id, &[]);
        self.within(id, |reader| {
            let mut table = Table::default();
            let mut others = Vec::new();
            reader.rows(id, &mut table, &mut others);
            if table.rows.is_empty() {
                reader.push_paragraph(table.caption.inline().unwrap_or_default());
            } else {
                reader.push(Content::Table(table));
            }
            reader.push_all(others);
        });
    }

    fn rows(&mut self, id: Id, table: &mut Table, others: &mut Vec<Block>) {
        let tree = self.tree;
        for child in tree.children(id) {
            match tree.name(child) {
                "caption" => {
                    self.leave_attributes(child, &[]);
                    let (mut inline, more) = self.words(child);
                    if let Some(mut before) = table.caption.inline() {
                        before.push_line(inline);
                        inline = before;
                    }
                    table.caption = Caption::from(inline);
                    others.extend(more);
                }
                "tr" => {
                    self.leave_attributes(child, &[]);
                    let row = self.row(child, others);
                    table.rows.extend((!row.cells.is_empty()).then_some(row));
                }
                "thead" | "tbody" | "tfoot" => {
                    self.leave_attributes(child, &[]);
                    self.rows(child, table, others);
                }
                name if matches!(role(name), Role::Whole | Role::Nothing) => {
                    self.removed.one("element_removed", name)
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, id: Id, others: &mut Vec<Block>) -> Row {
        let mut cells = Vec::new();
        for child in self.tree.children(id) {
            let name = self.tree.name(child);
            if !matches!(name, "td" | "th") {
                if role(name) == Role::Whole {
                    self.removed.one("element_removed", name);
                }
                continue;
            }
            self.leave_attributes(child, &["colspan", "rowspan"]);
            let (inline, more) = self.words(child);
            others.extend(more);
            let span = |name| {
                let value: Option<u16> =
                    self.tree.attribute(child, name).and_then(|value| value.trim().parse().ok());
                value.filter(|span| (2..=MAX_SPAN).contains(span))
            };
            cells.push(Cell {
                header: name == "th",
                colspan: span("colspan"),
                rowspan: span("rowspan"),
                inline,
            });
        }
        Row { cells }
    }
}
