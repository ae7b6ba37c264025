//! Pictures, embeds, pull quotes and tables to HTML.
//!
//! Promises: the credit stands wherever its picture does, with a caption or without; there is no empty
//! `figcaption`; a picture that nobody described has no `alt`, a decorative one an empty `alt`.

use super::super::blocks::{Block, Caption, Cell, Embed, Gallery, Image, Quote, Table};
use super::{Writer, push_escaped};

impl<'a> Writer<'a> {
    pub(super) fn image(&mut self, image: &'a Image, block: Option<&'a Block>) {
        let Some(url) = &image.url else { return };
        match block {
            Some(block) => self.open_block("figure", block),
            None => self.open("figure", &[]),
        }
        let alt = image.alt.as_deref().or(image.decorative.then_some(""));
        let (width, height) = (image.width.map(|px| px.to_string()), image.height.map(|px| px.to_string()));
        let size = [("width", width.as_deref()), ("height", height.as_deref())];
        self.open("img", &[("src", Some(url)), ("alt", alt), size[0], size[1]]);
        if image.caption.text.is_some() || image.credit.is_some() {
            self.open("figcaption", &[]);
            self.caption(&image.caption);
            if let Some(credit) = &image.credit {
                self.out.push_str(if image.caption.text.is_some() { " " } else { "" });
                self.open("span", &[("class", Some("credit"))]);
                push_escaped(&mut self.out, credit);
                self.close("span");
            }
            self.close("figcaption");
        }
        self.close("figure");
    }

    pub(super) fn gallery(&mut self, gallery: &'a Gallery, block: &'a Block) {
        if gallery.images.iter().all(|image| image.url.is_none()) {
            return;
        }
        self.open_classed("figure", "gallery", block);
        for image in &gallery.images {
            self.image(image, None);
        }
        self.close("figure");
    }

    pub(super) fn embed(&mut self, embed: &'a Embed, block: &'a Block) {
        self.open_classed("figure", "embed", block);
        self.open("a", &[("href", Some(&embed.url))]);
        push_escaped(&mut self.out, embed.title.as_ref().unwrap_or(&embed.url));
        self.out.push_str("</a></figure>");
    }

    pub(super) fn quote(&mut self, quote: &'a Quote, block: &'a Block) {
        self.open_classed("figure", "quote", block);
        self.open("blockquote", &[]);
        self.inline(&quote.inline);
        self.close("blockquote");
        if let Some(attribution) = &quote.attribution {
            self.open("figcaption", &[]);
            push_escaped(&mut self.out, attribution);
            self.close("figcaption");
        }
        self.close("figure");
    }

    pub(super) fn table(&mut self, table: &'a Table, block: &'a Block) {
        self.open_block("table", block);
        if !table.caption.is_empty() {
            self.open("caption", &[]);
            self.caption(&table.caption);
            self.close("caption");
        }
        self.open("tbody", &[]);
        for row in &table.rows {
            self.open("tr", &[]);
            for cell in &row.cells {
                self.cell(cell);
            }
            self.close("tr");
        }
        self.out.push_str("</tbody></table>");
    }

    fn cell(&mut self, cell: &'a Cell) {
        let tag = if cell.header { "th" } else { "td" };
        let (colspan, rowspan) = (cell.colspan.map(|n| n.to_string()), cell.rowspan.map(|n| n.to_string()));
        self.open(tag, &[("colspan", colspan.as_deref()), ("rowspan", rowspan.as_deref())]);
        self.inline(&cell.inline);
        self.close(tag);
    }

    fn caption(&mut self, caption: &'a Caption) {
        match (&caption.spans, &caption.text) {
            (Some(spans), _) => self.inline(spans),
            (None, Some(text)) => self.broken(text),
            (None, None) => {}
        }
    }

    /// Plain text with its line breaks.
    fn broken(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            self.out.push_str(if at > 0 { "<br />" } else { "" });
            push_escaped(&mut self.out, line);
        }
    }
}
