//! What is in a block whatever its kind: its running texts and its pictures.
//!
//! Each question matches every kind by name, so that a new kind cannot be forgotten here: this is the one place
//! to tell where its words and pictures are.

use super::blocks::{Block, Content, Image, ListKind, Table, Text};
use super::inline::Inline;

impl Block {
    /// A block that still lacks its key.
    pub fn new(content: Content) -> Self {
        Self { content, key: String::new(), level: None, lang: None, dir: None, anchor: None }
    }

    /// A paragraph that still lacks its key.
    pub fn paragraph(inline: Inline) -> Self {
        Self::new(Content::Text(Text { inline, ..Text::default() }))
    }

    /// The kind of list whose item this block is.
    pub fn list_item(&self) -> Option<ListKind> {
        self.as_text().and_then(|text| text.list_item)
    }

    pub(super) fn as_text(&self) -> Option<&Text> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    pub(super) fn shows_something(&self) -> bool {
        match &self.content {
            Content::Text(text) => !text.inline.text().trim().is_empty(),
            Content::Quote(quote) => !quote.inline.text().trim().is_empty(),
            Content::Table(table) => {
                !table.caption.is_empty() || table.inlines().any(|inline| !inline.text().trim().is_empty())
            }
            Content::Code(code) => !code.code.trim().is_empty(),
            Content::Image(_) | Content::Gallery(_) | Content::Embed(_) => true,
            Content::Divider | Content::Related(_) | Content::Promo(_) => false,
        }
    }

    /// Every running text in the block: its own, of cells and of captions.
    pub(super) fn inlines_mut(&mut self) -> Vec<&mut Inline> {
        match &mut self.content {
            Content::Text(text) => vec![&mut text.inline],
            Content::Quote(quote) => vec![&mut quote.inline],
            Content::Image(image) => image.caption.spans.iter_mut().collect(),
            Content::Gallery(gallery) => {
                gallery.images.iter_mut().filter_map(|image| image.caption.spans.as_mut()).collect()
            }
            Content::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.inline);
                table.caption.spans.iter_mut().chain(cells).collect()
            }
            Content::Embed(_)
            | Content::Code(_)
            | Content::Divider
            | Content::Related(_)
            | Content::Promo(_) => Vec::new(),
        }
    }

    /// The same, to read.
    pub(super) fn inlines(&self) -> Vec<&Inline> {
        match &self.content {
            Content::Text(text) => vec![&text.inline],
            Content::Quote(quote) => vec![&quote.inline],
            Content::Image(image) => image.caption.spans.iter().collect(),
            Content::Gallery(gallery) => {
                gallery.images.iter().filter_map(|image| image.caption.spans.as_ref()).collect()
            }
            Content::Table(table) => table.caption.spans.iter().chain(table.inlines()).collect(),
            Content::Embed(_)
            | Content::Code(_)
            | Content::Divider
            | Content::Related(_)
            | Content::Promo(_) => Vec::new(),
        }
    }

    /// The pictures of the block.
    pub(super) fn images(&self) -> &[Image] {
        match &self.content {
            Content::Image(image) => std::slice::from_ref(image),
            Content::Gallery(gallery) => &gallery.images,
            Content::Text(_)
            | Content::Quote(_)
            | Content::Table(_)
            | Content::Embed(_)
            | Content::Code(_) => &[],
            Content::Divider | Content::Related(_) | Content::Promo(_) => &[],
        }
    }

    /// The pictures of the block, to change.
    pub(super) fn images_mut(&mut self) -> &mut [Image] {
        match &mut self.content {
            Content::Image(image) => std::slice::from_mut(image),
            Content::Gallery(gallery) => &mut gallery.images,
            Content::Text(_)
            | Content::Quote(_)
            | Content::Table(_)
            | Content::Embed(_)
            | Content::Code(_) => &mut [],
            Content::Divider | Content::Related(_) | Content::Promo(_) => &mut [],
        }
    }
}

impl Table {
    /// The text of each cell in reading order.
    pub(super) fn inlines(&self) -> impl Iterator<Item = &Inline> {
        self.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.inline)
    }
}
