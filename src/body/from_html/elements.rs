//! What each HTML element is to a body: one table, the only place where elements are named for their part.
//!
//! An element that is not named is inline, as in a browser: it is unwrapped and told.

use super::super::blocks::{ListKind, Style};
use super::super::inline::Decorator;

/// The part that an element plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// Goes with all that it holds.
    Whole,
    /// Holds nothing and shows nothing that we keep.
    Nothing,
    /// Holds nothing and may go unseen.
    Silent,
    /// A mark on its words.
    Mark(Decorator),
    /// Unwrapped; its words go on in the line.
    Inline {
        told: bool,
    },
    /// Unwrapped; its words are a block of their own.
    Block {
        told: bool,
    },
    /// A block of a style.
    Styled(Style),
    /// A quotation, or a post quoted from elsewhere.
    Blockquote,
    /// A list.
    List(ListKind),
    /// An item of a list.
    Item,
    /// A box, perhaps one of ours.
    Aside,
    /// Has a reader of its own.
    Anchor,
    Abbr,
    Ruby,
    Span,
    Break,
    Rule,
    Image,
    Figure,
    Frame,
    Table,
    Pre,
}

/// The part of the element of that name.
pub(super) fn role(name: &str) -> Role {
    match name {
        "script" | "style" | "template" | "form" | "object" | "svg" | "math" | "noscript" | "head"
        | "title" => Role::Whole,
        "base" | "embed" | "frame" | "input" | "link" | "meta" | "param" | "area" | "track" | "bgsound"
        | "keygen" => Role::Nothing,
        "wbr" | "source" | "col" | "colgroup" | "rp" => Role::Silent,
        "strong" | "b" => Role::Mark(Decorator::Strong),
        "em" | "i" | "cite" | "dfn" | "var" => Role::Mark(Decorator::Em),
        "code" | "kbd" | "samp" | "tt" => Role::Mark(Decorator::Code),
        "u" | "ins" => Role::Mark(Decorator::U),
        "s" | "strike" | "del" => Role::Mark(Decorator::S),
        "sub" => Role::Mark(Decorator::Sub),
        "sup" => Role::Mark(Decorator::Sup),
        "a" => Role::Anchor,
        "abbr" | "acronym" => Role::Abbr,
        "ruby" => Role::Ruby,
        "span" | "bdi" | "bdo" => Role::Span,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" | "image" => Role::Image,
        "figure" => Role::Figure,
        "iframe" => Role::Frame,
        "table" => Role::Table,
        "pre" | "listing" | "xmp" | "plaintext" => Role::Pre,
        "p" => Role::Block { told: false },
        "h1" | "h2" => Role::Styled(Style::H2),
        "h3" => Role::Styled(Style::H3),
        "h4" | "h5" | "h6" => Role::Styled(Style::H4),
        "blockquote" => Role::Blockquote,
        "ul" | "menu" | "dir" => Role::List(ListKind::Bullet),
        "ol" => Role::List(ListKind::Number),
        "li" => Role::Item,
        "aside" => Role::Aside,
        "div" | "section" | "article" | "main" | "header" | "footer" | "figcaption" | "caption" | "html"
        | "body" => Role::Block { told: false },
        "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => Role::Block { told: false },
        "address" | "center" | "dd" | "details" | "dialog" | "dl" | "dt" | "fieldset" | "hgroup"
        | "legend" | "nav" | "optgroup" | "option" | "search" | "summary" | "frameset" | "noframes"
        | "textarea" | "select" | "marquee" => Role::Block { told: true },
        "picture" | "rb" | "rt" | "rtc" => Role::Inline { told: false },
        _ => Role::Inline { told: true },
    }
}
