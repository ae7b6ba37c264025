//! HTML as browsers read it: text to tree, within bounds that hold whatever the text is.
//!
//! A body is read from such a tree, and so is a page on which a copy runs. It knows nothing of either.

mod attributes;
mod parse;
mod sink;
mod tree;

pub use parse::{LeftOut, page};
pub(super) use parse::{MAX_DEPTH, fragment};
pub use tree::{DOCUMENT, Id, Tree, View};
