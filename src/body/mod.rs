//! The body of a story: a list of typed blocks, stored and served as Portable Text.
//!
//! Holds the document and all that is done with one: reading it (`from_html`, `from_blocks`), writing it
//! (`to_html`, `to_text`, `to_markdown`), filling what it names (`resolve`), making it ready for other sites
//! (`republish`), comparing (`keys`, `diff`) and measuring it (`words`). Promises: words are never lost, but
//! for elements that hold none (scripts, styles, forms, drawings); what it writes holds only the elements,
//! attributes and URL schemes of its own list; every reading ends in time linear in its input. Pure: it must
//! not know the database, the network, the clock or HTTP.

mod assets;
mod blocks;
mod contents;
mod diff;
mod from_blocks;
mod from_html;
mod inline;
mod keys;
mod links;
mod lists;
mod marks;
pub mod markup;
mod republish;
mod resolve;
mod to_html;
mod to_markdown;
mod to_text;
mod words;

pub use blocks::{
    Block, Caption, Cell, Code, Content, Embed, Gallery, Image, ListKind, MAX_LEVEL, Promo, Quote, Related,
    RelatedItem, Row, Style, Table, Text,
};
pub use diff::{BlockChange, ChangeOp, diff};
pub use from_blocks::Fault;
pub use inline::{Annotation, Decorator, Dir, Inline, Link, MarkDef, Span};
pub use republish::Omitted;
pub use resolve::{Known, KnownArticle, KnownAsset, Mentions};
pub use to_html::{Rendering, escape_html};

use serde::{Deserialize, Serialize};

/// A body: its blocks in reading order. As JSON it is the plain Portable Text array.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document {
    /// The blocks, each with a `_key` of its own.
    pub blocks: Vec<Block>,
}

/// Something that was left out or changed while a body was read, told once a kind and not once an occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What happened: `element_removed element_unwrapped attribute_removed link_removed image_removed
    /// control_character_removed style_changed too_deep too_many_elements too_many_attributes more_removed`.
    pub code: String,
    /// To what, and how often.
    pub detail: String,
}

impl Document {
    /// How many top-level blocks there are; an appeal's `after_block` counts these.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Whether there is nothing to publish: no words and no picture, gallery, embed or code.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| !block.shows_something())
    }
}
