//! Blocks to plain text.
//!
//! Paragraphs are parted by an empty line, items by a line end; a table has a line for each row and a tab
//! between cells. Text stays in logical order and no mark is added to it. Ruby reads `base(reading)`; notes
//! are numbered, `[1]`, and stand at the end. A picture is its caption and credit.

use super::Document;
use super::blocks::{Block, Content, Image, ListKind, Table};
use super::inline::{Annotation, Inline};
use super::marks::{self, Mark, Step};

impl Document {
    /// The body as plain text.
    pub fn to_text(&self) -> String {
        let mut writer = Writer::default();
        for block in &self.blocks {
            writer.block(block);
        }
        for (at, note) in std::mem::take(&mut writer.notes).into_iter().enumerate() {
            writer.paragraph(&format!("[{}] {note}", at + 1), at > 0);
        }
        writer.out
    }
}

#[derive(Default)]
struct Writer<'a> {
    out: String,
    notes: Vec<&'a str>,
    /// The next number of each open list level, and whether the last block stood in a list.
    numbers: Vec<usize>,
}

impl<'a> Writer<'a> {
    fn block(&mut self, block: &'a Block) {
        let level = block.level.map_or(0, usize::from);
        let is_in_list = !self.numbers.is_empty() && level > 0;
        self.numbers.truncate(level);
        let words = self.words(block);
        let Some(kind) = block.list_item() else {
            if !words.is_empty() {
                let indent = "  ".repeat(level);
                self.paragraph(&indented(&words, &indent, &indent), is_in_list);
            }
            return;
        };
        self.numbers.resize(level.max(1), 0);
        let number = self.numbers.last_mut().map_or(1, |number| {
            *number += 1;
            *number
        });
        let marker = if kind == ListKind::Number { format!("{number}. ") } else { "- ".to_owned() };
        let indent = "  ".repeat(level.saturating_sub(1));
        let line = indented(&words, &format!("{indent}{marker}"), &format!("{indent}  "));
        self.paragraph(line.trim_end_matches(' '), is_in_list);
    }

    /// Adds a paragraph, after an empty line unless it follows closely.
    fn paragraph(&mut self, text: &str, is_close: bool) {
        if !self.out.is_empty() {
            self.out.push_str(if is_close { "\n" } else { "\n\n" });
        }
        self.out.push_str(text);
    }

    fn words(&mut self, block: &'a Block) -> String {
        match &block.content {
            Content::Text(text) => self.inline(&text.inline),
            Content::Quote(quote) => {
                let source =
                    quote.attribution.as_ref().map(|source| format!("\n— {source}")).unwrap_or_default();
                self.inline(&quote.inline) + &source
            }
            Content::Image(image) => image_words(image),
            Content::Gallery(gallery) => {
                let words: Vec<String> =
                    gallery.images.iter().map(image_words).filter(|words| !words.is_empty()).collect();
                words.join("\n")
            }
            Content::Table(table) => self.table(table),
            Content::Code(code) => code.code.trim_end_matches('\n').to_owned(),
            Content::Embed(embed) => embed
                .title
                .as_ref()
                .map_or_else(|| embed.url.clone(), |title| format!("{title}\n{}", embed.url)),
            Content::Divider => "* * *".to_owned(),
            Content::Related(related) => {
                let items: Vec<String> =
                    related.items.iter().map(|item| format!("{}\n{}", item.headline, item.url)).collect();
                items.join("\n")
            }
            Content::Promo(promo) => {
                let parts = [&promo.title, &promo.text, &promo.url];
                parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn table(&mut self, table: &'a Table) -> String {
        let mut lines: Vec<String> = table.caption.text.iter().cloned().collect();
        for row in &table.rows {
            let cells: Vec<String> =
                row.cells.iter().map(|cell| self.inline(&cell.inline).replace('\n', " ")).collect();
            lines.push(cells.join("\t"));
        }
        lines.join("\n")
    }

    fn inline(&mut self, inline: &'a Inline) -> String {
        let mut out = String::new();
        for step in marks::steps(inline) {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Break => out.push('\n'),
                Step::Close(Mark::Annotation(_, Annotation::Ruby { reading })) => {
                    out.push('(');
                    out.push_str(reading);
                    out.push(')');
                }
                Step::Close(Mark::Annotation(_, Annotation::Footnote { text })) => {
                    self.notes.push(text);
                    out.push_str(&format!("[{}]", self.notes.len()));
                }
                Step::Open(_) | Step::Close(_) => {}
            }
        }
        out
    }
}

/// The words that are counted: of text, quotes, tables and code, without markers of any kind.
pub(super) fn block_words(block: &Block) -> String {
    let mut lines: Vec<String> = block.inlines().into_iter().map(Inline::text).collect();
    match &block.content {
        Content::Text(_) => {}
        Content::Quote(quote) => lines.extend(quote.attribution.clone()),
        Content::Table(table) if table.caption.spans.is_none() => lines.extend(table.caption.text.clone()),
        Content::Table(_) => {}
        Content::Code(code) => lines.push(code.code.clone()),
        Content::Image(_) | Content::Gallery(_) | Content::Embed(_) | Content::Divider => lines.clear(),
        Content::Related(_) | Content::Promo(_) => lines.clear(),
    }
    lines.join("\n")
}

fn image_words(image: &Image) -> String {
    [&image.caption.text, &image.credit]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n")
}

fn indented(text: &str, first: &str, others: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| format!("{}{line}", if at == 0 { first } else { others }))
        .collect();
    lines.join("\n")
}
