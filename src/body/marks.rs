//! How the marks of spans nest: the order in which a renderer opens and closes them.
//!
//! The rule is that of Portable Text's own renderers, so that plain text comes out as theirs: a mark that
//! holds for more of the following spans stands outside; among equals annotations stand outside decorators; a
//! mark that is open stays open as long as it is needed, unless it would cut an annotation in two. Linear in
//! the number of marks.

use std::collections::HashMap;

use super::inline::{Annotation, Decorator, Inline};

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

/// A mark that a span needs, and for how many spans from there it holds.
type Needed<'a> = (usize, Mark<'a>);

/// The steps that render the text.
pub(super) fn steps(inline: &Inline) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    let spans = inline.children.iter().filter(|span| !span.text.is_empty());
    for (span, mut needed) in spans.zip(ordered(inline)) {
        let kept = keep(&open, &mut needed);
        steps.extend(open.drain(kept..).rev().map(Step::Close));
        steps.extend(needed.iter().map(|(_, mark)| Step::Open(*mark)));
        open.extend(needed.into_iter().map(|(_, mark)| mark));
        for (at, line) in span.text.split('\n').enumerate() {
            steps.extend((at > 0).then_some(Step::Break));
            steps.extend((!line.is_empty()).then_some(Step::Text(line)));
        }
    }
    steps.extend(open.drain(..).rev().map(Step::Close));
    steps
}

/// How many of the open marks stay open; these are no longer needed.
fn keep(open: &[Mark<'_>], needed: &mut Vec<Needed<'_>>) -> usize {
    let mut kept = 0;
    while let Some(at) = open.get(kept).and_then(|mark| needed.iter().position(|(_, other)| other == mark)) {
        let run = needed[at].0;
        if needed[..at].iter().any(|(longer, mark)| *longer > run && matches!(mark, Mark::Annotation(..))) {
            break;
        }
        needed.remove(at);
        kept += 1;
    }
    kept
}

/// The marks of each span that is not empty, outermost first.
fn ordered(inline: &Inline) -> impl Iterator<Item = Vec<Needed<'_>>> {
    let annotations: HashMap<&str, Mark> = inline
        .mark_defs
        .iter()
        .enumerate()
        .map(|(at, def)| (def.key.as_str(), Mark::Annotation(at, &def.annotation)))
        .collect();
    let mark = |name: &String| {
        annotations.get(name.as_str()).copied().or_else(|| Decorator::named(name).map(Mark::Decorator))
    };
    let mut all: Vec<Vec<Needed>> = Vec::with_capacity(inline.children.len());
    let mut runs: HashMap<(usize, usize), usize> = HashMap::new();
    for span in inline.children.iter().rev().filter(|span| !span.text.is_empty()) {
        let marks = span
            .marks
            .iter()
            .filter_map(mark)
            .map(|mark| (runs.get(&rank(mark)).map_or(1, |run| run + 1), mark));
        let mut marks: Vec<Needed> = marks.collect();
        marks.sort_by_key(|(run, mark)| (std::cmp::Reverse(*run), rank(*mark)));
        marks.dedup();
        runs = marks.iter().map(|(run, mark)| (rank(*mark), *run)).collect();
        all.push(marks);
    }
    all.into_iter().rev()
}

/// Annotations in their order, then decorators.
fn rank(mark: Mark<'_>) -> (usize, usize) {
    match mark {
        Mark::Annotation(at, _) => (0, at),
        Mark::Decorator(decorator) => (1, decorator as usize),
    }
}
