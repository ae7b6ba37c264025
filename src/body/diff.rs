//! What changed between two states of a body, block by block.
//!
//! Blocks are known by their `_key`. The answer tells the removed in the old order, then the rest in the new
//! one; moved are as few blocks as explain the new order.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::Document;
use super::blocks::Block;

/// A change of one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockChange {
    /// What happened to it.
    pub op: ChangeOp,
    /// Its `_key`.
    pub key: String,
    /// The block as it was, null if added; of a moved block its place from 0.
    pub from: Value,
    /// The block as it is, null if removed; of a moved block its place from 0.
    pub to: Value,
}

/// Kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = BlockChangeOp)]
pub enum ChangeOp {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says or shows something else.
    Changed,
    /// It stands elsewhere among the others.
    Moved,
}

/// The changes that lead from one state to the other. A block that was moved and changed is told twice.
pub fn diff(from: &Document, to: &Document) -> Vec<BlockChange> {
    let old: HashMap<&str, (usize, &Block)> =
        from.blocks.iter().enumerate().map(|(at, block)| (block.key.as_str(), (at, block))).collect();
    let new: HashSet<&str> = to.blocks.iter().map(|block| block.key.as_str()).collect();
    let change = |op, block: &Block, from, to| BlockChange { op, key: block.key.clone(), from, to };
    let gone = from.blocks.iter().filter(|block| !new.contains(block.key.as_str()));
    let mut changes: Vec<BlockChange> =
        gone.map(|block| change(ChangeOp::Removed, block, json(block), Value::Null)).collect();
    let common: Vec<usize> =
        to.blocks.iter().filter_map(|block| old.get(block.key.as_str()).map(|(at, _)| *at)).collect();
    let in_order = longest_rising(&common);
    for (place, block) in to.blocks.iter().enumerate() {
        let Some((at, before)) = old.get(block.key.as_str()) else {
            changes.push(change(ChangeOp::Added, block, Value::Null, json(block)));
            continue;
        };
        if *before != block {
            changes.push(change(ChangeOp::Changed, block, json(before), json(block)));
        }
        if !in_order.contains(at) {
            changes.push(change(ChangeOp::Moved, block, Value::from(*at), Value::from(place)));
        }
    }
    changes
}

fn json(block: &Block) -> Value {
    serde_json::to_value(block).unwrap_or_default()
}

/// The members of a longest rising subsequence; these did not move.
fn longest_rising(values: &[usize]) -> HashSet<usize> {
    // For each length the place of the smallest value that ends a rising sequence of it, and each place's
    // predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| values[at]).collect()
}
