//! Text to tree, within bounds that hold whatever the text is.
//!
//! html5ever follows the standard, whose tree may be as deep as the text is long and whose work then grows
//! with the square of it. Between its tokenizer and its tree builder stands a guard: start tags beyond a
//! depth, and all tags beyond a number of nodes, are left out with their end tags. Words are not touched.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};

use super::attributes;
use super::sink::Sink;
use super::tree::Tree;

/// How deep elements may nest. The reader of the tree recurses; this is what its stack must hold.
pub(in crate::body) const MAX_DEPTH: usize = 100;

/// How many nodes a tree may have.
const MAX_NODES: usize = 200_000;

/// How many things were left out of a tree, by what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Attributes of tags that had too many.
    pub attributes: usize,
    /// Elements that stood too deep.
    pub too_deep: usize,
    /// Elements of a text that had too many.
    pub too_many: usize,
}

/// The tree of a text that stands in a `body`.
pub(in crate::body) fn fragment(html: &str) -> (Tree, LeftOut) {
    let sink = Sink::new();
    let context = sink.create_element(
        QualName::new(None, ns!(html), local_name!("body")),
        Vec::new(),
        ElementFlags::default(),
    );
    grow(html, TreeBuilder::new_for_fragment(sink, context, None, TreeBuilderOpts::default()))
}

/// The tree of a whole page, as a browser that runs scripts reads it: a `noscript` holds nothing but text.
pub fn page(html: &str) -> (Tree, LeftOut) {
    grow(html, TreeBuilder::new(Sink::new(), TreeBuilderOpts::default()))
}

fn grow(html: &str, builder: TreeBuilder<usize, Sink>) -> (Tree, LeftOut) {
    let (html, attributes) = attributes::bounded(html);
    let guard =
        Guard { builder, left_out: RefCell::default(), too_deep: Cell::new(0), too_many: Cell::new(0) };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&html));
    // A script would be run here; ours are not.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let guard = tokenizer.sink;
    let left_out = LeftOut { attributes, too_deep: guard.too_deep.get(), too_many: guard.too_many.get() };
    (guard.builder.sink.finish(), left_out)
}

struct Guard {
    builder: TreeBuilder<usize, Sink>,
    /// How many start tags of each name were left out whose end tags are still to come.
    left_out: RefCell<HashMap<LocalName, usize>>,
    too_deep: Cell<usize>,
    too_many: Cell<usize>,
}

impl Guard {
    /// Whether the tag goes to the tree builder.
    fn admits(&self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => {
                let counter = if self.builder.sink.len() > MAX_NODES {
                    &self.too_many
                } else if self.builder.sink.depth() > MAX_DEPTH {
                    &self.too_deep
                } else {
                    return true;
                };
                counter.set(counter.get() + 1);
                if !is_void(&tag.name) {
                    *self.left_out.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                false
            }
            TagKind::EndTag => {
                if let Some(count) = self.left_out.borrow_mut().get_mut(&tag.name).filter(|count| **count > 0)
                {
                    *count -= 1;
                    return false;
                }
                self.builder.sink.rise();
                true
            }
        }
    }
}

impl TokenSink for Guard {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        match &token {
            Token::TagToken(tag) if !self.admits(tag) => TokenSinkResult::Continue,
            Token::ParseError(_) => TokenSinkResult::Continue,
            Token::TagToken(_) | Token::DoctypeToken(_) | Token::CommentToken(_) => {
                self.builder.process_token(token, line)
            }
            Token::CharacterTokens(_) | Token::NullCharacterToken | Token::EOFToken => {
                self.builder.process_token(token, line)
            }
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
