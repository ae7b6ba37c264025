//! How the marks of spans nest: the order in which a renderer opens and closes them.
//!
//! The rule is that of Portable Text's own renderers, so that plain text comes out as theirs: a mark that holds for more
//! of the following spans stands outside; among equals annotations stand outside decorators; a mark that is open stays
//! open as long as it is needed. Linear in the number of marks.

use super::inline::{Annotation, Decorator, Inline};
use std::collections::HashMap;

/// A mark as it is rendered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark<'a> {
    Decorator(Decorator),
    /// An annotation; two of equal content are told apart by their place in `markDefs`.
    Annotation(usize, &'a Annotation),
}

/// A step of rendering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step<'a> {
    Open(Mark<'a>),
    /// Text without line breaks, never empty.
    Text(&'a str),
    Break,
    Close(Mark<'a>),
}

/// The steps that render the text.
pub(super) fn steps(inline: &Inline) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    for (span, mut needed) in inline.children.iter().zip(ordered(inline)) {
        if span.text.is_empty() {
            continue;
        }
        let mut kept = 0;
        while let Some(at) = open.get(kept).and_then(|mark| needed.iter().position(|other| other == mark)) {
            needed.remove(at);
            kept += 1;
        }
        steps.extend(open.drain(kept..).rev().map(Step::Close));
        steps.extend(needed.iter().copied().map(Step::Open));
        open.append(&mut needed);
        for (at, line) in span.text.split('\n').enumerate() {
            steps.extend((at > 0).then_some(Step::Break));
            steps.extend((!line.is_empty()).then_some(Step::Text(line)));
        }
    }
    steps.extend(open.drain(..).rev().map(Step::Close));
    steps
}

/// The marks of each span, outermost first.
fn ordered(inline: &Inline) -> Vec<Vec<Mark<'_>>> {
    let annotations: HashMap<&str, Mark> = inline
        .mark_defs
        .iter()
        .enumerate()
        .map(|(at, def)| (def.key.as_str(), Mark::Annotation(at, &def.annotation)))
        .collect();
    let mark = |name: &String| {
        annotations.get(name.as_str()).copied().or_else(|| Decorator::named(name).map(Mark::Decorator))
    };
    let mut all: Vec<Vec<Mark>> = Vec::with_capacity(inline.children.len());
    let mut runs: HashMap<(usize, usize), usize> = HashMap::new();
    for span in inline.children.iter().rev().filter(|span| !span.text.is_empty()) {
        let mut marks: Vec<Mark> = span.marks.iter().filter_map(mark).collect();
        marks.sort_by_key(|mark| rank(*mark));
        marks.dedup();
        runs =
            marks.iter().map(|mark| (rank(*mark), runs.get(&rank(*mark)).map_or(1, |run| run + 1))).collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(runs.get(&rank(*mark)).copied()), rank(*mark)));
        all.push(marks);
    }
    // Empty spans have no marks: they are never rendered.
    let mut filled = all.into_iter().rev();
    inline
        .children
        .iter()
        .map(|span| if span.text.is_empty() { Vec::new() } else { filled.next().unwrap_or_default() })
        .collect()
}

/// Annotations in their order, then decorators.
fn rank(mark: Mark<'_>) -> (usize, usize) {
    match mark {
        Mark::Annotation(at, _) => (0, at),
        Mark::Decorator(decorator) => (1, decorator as usize),
    }
}
