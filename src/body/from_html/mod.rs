//! HTML to blocks.
//!
//! The text is parsed as a browser parses it (`markup`, within bounds), and its tree is read into blocks
//! (`reader`), never copied: what comes out holds only what the readers made. Words are never lost, but those
//! in `script style template form object svg math noscript`, which go whole; every removal is told, once a
//! kind. What `to_html` writes is read back as what it was: html → blocks → html is byte-stable after the
//! first pass.

mod boxes;
mod cells;
mod elements;
mod embeds;
mod figures;
mod items;
mod line;
mod notes;
mod placing;
mod reader;
mod removed;
mod spans;
mod tree;

use super::{Document, Warning, markup};
pub(super) use items::is_language;
pub(super) use line::collapse;

impl Document {
    /// Reads HTML. Never fails: what cannot be kept is left out and told.
    pub fn from_html(html: &str) -> (Self, Vec<Warning>) {
        let mut removed = removed::Removed::default();
        let (tree, left_out) = markup::fragment(html);
        removed.count("too_many_attributes", "attributes beyond the first 256 of a tag", left_out.attributes);
        removed.count("too_deep", "elements nested too deeply", left_out.too_deep);
        removed.count("too_many_elements", "elements", left_out.too_many);
        let mut reader = reader::Reader::new(&tree, removed);
        reader.children(tree.root());
        let (blocks, removed) = reader.finish();
        let mut document = Self { blocks };
        document.make_keys();
        (document, removed.warnings())
    }
}
