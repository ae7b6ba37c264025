//! Lists as renderers need them: the flat blocks of a document nested by their levels.
//!
//! A deeper item opens a list inside the item before it, as Portable Text's own renderers do; a block that
//! has a level without being an item stands inside the item before it, where there is one.

use super::blocks::{Block, ListKind};

/// A block that stands by itself, or a list.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Block(&'a Block),
    List(List<'a>),
}

/// A list with its items.
#[derive(Debug)]
pub(super) struct List<'a> {
    pub kind: ListKind,
    pub items: Vec<Item<'a>>,
}

/// An item: its block, then what continues it and the lists inside it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub block: &'a Block,
    pub rest: Vec<Node<'a>>,
}

/// The blocks, nested.
pub(super) fn nest(blocks: &[Block]) -> Vec<Node<'_>> {
    let mut out = Vec::new();
    // The open lists, outermost first, with their levels.
    let mut open: Vec<(u8, List)> = Vec::new();
    for block in blocks {
        match (block.list_item(), block.level) {
            (Some(kind), level) => {
                let level = level.unwrap_or(1);
                close(&mut open, &mut out, |(at, list)| *at > level || (*at == level && list.kind != kind));
                if open.last().is_none_or(|(at, _)| *at < level) {
                    open.push((level, List { kind, items: Vec::new() }));
                }
                if let Some((_, list)) = open.last_mut() {
                    list.items.push(Item { block, rest: Vec::new() });
                }
            }
            (None, Some(level)) => {
                close(&mut open, &mut out, |(at, _)| *at > level);
                add(&mut open, &mut out, Node::Block(block));
            }
            (None, None) => {
                close(&mut open, &mut out, |_| true);
                out.push(Node::Block(block));
            }
        }
    }
    close(&mut open, &mut out, |_| true);
    out
}

/// Whether all blocks in nodes answer to `has`.
pub(super) fn all(nodes: &[Node<'_>], has: fn(&Block) -> bool) -> bool {
    nodes.iter().all(|node| match node {
        Node::Block(block) => has(block),
        Node::List(list) => list.items.iter().all(|item| has(item.block) && all(&item.rest, has)),
    })
}

/// Closes open lists from the innermost as long as they answer to `which`.
fn close<'a>(
    open: &mut Vec<(u8, List<'a>)>,
    out: &mut Vec<Node<'a>>,
    which: impl Fn(&(u8, List<'a>)) -> bool,
) {
    while let Some((_, list)) = open.pop_if(|last| which(last)) {
        add(open, out, Node::List(list));
    }
}

fn add<'a>(open: &mut [(u8, List<'a>)], out: &mut Vec<Node<'a>>, node: Node<'a>) {
    match open.last_mut().and_then(|(_, list)| list.items.last_mut()) {
        Some(item) => item.rest.push(node),
        None => out.push(node),
    }
}
