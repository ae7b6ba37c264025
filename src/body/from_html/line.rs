//! One line of running text while it is read, with HTML's collapsing of white space.
//!
//! Promises: the text is what a browser shows: blanks, tabs and line ends of the source are one blank, none
//! at the ends of a line or beside a `<br>`; U+00A0 is a letter. Breaks at the beginning and the end of a
//! block are none.

use std::collections::HashMap;

use super::super::inline::{Annotation, Decorator, Inline, MarkDef, Span};

/// A mark that is open where text is read. An annotation is known by the number of the element that made it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Open {
    Decorator(Decorator),
    Annotation(usize, Annotation),
}

/// White space that is held back until it is known what follows.
#[derive(Clone, Debug, Default)]
enum Gap {
    #[default]
    None,
    Blank(Vec<String>),
    Breaks(Vec<Vec<String>>),
}

/// The line.
#[derive(Debug, Default)]
pub(super) struct Line {
    spans: Vec<Span>,
    defs: Vec<MarkDef>,
    numbers: HashMap<usize, String>,
    gap: Gap,
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds text of the source; gives how many control characters were left out.
    pub(super) fn push(&mut self, text: &str, open: &[Open]) -> usize {
        let mut left_out = 0;
        let mut names = None;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = rest.find(|c: char| c.is_control() || c == ' ').unwrap_or(rest.len());
            if length > 0 {
                let names = names.get_or_insert_with(|| self.names(open));
                self.fill_gap();
                self.append(&rest[..length], names);
                rest = &rest[length..];
                continue;
            }
            if is_blank(c) {
                if matches!(self.gap, Gap::None) && !self.is_empty() {
                    self.gap = Gap::Blank(self.gap_names(open));
                }
            } else {
                left_out += 1;
            }
            rest = &rest[c.len_utf8()..];
        }
        left_out
    }

    /// Adds a line break.
    pub(super) fn push_break(&mut self, open: &[Open]) {
        if self.is_empty() {
            return;
        }
        let names = self.gap_names(open);
        match &mut self.gap {
            Gap::Breaks(breaks) => breaks.push(names),
            Gap::None | Gap::Blank(_) => self.gap = Gap::Breaks(vec![names]),
        }
    }

    /// The line, if it holds anything; then it is empty again.
    pub(super) fn take(&mut self) -> Option<Inline> {
        let line = std::mem::take(self);
        (!line.is_empty()).then_some(Inline { children: line.spans, mark_defs: line.defs })
    }

    fn fill_gap(&mut self) {
        match std::mem::take(&mut self.gap) {
            Gap::None => {}
            Gap::Blank(names) => self.append_gap(" ", names),
            Gap::Breaks(breaks) => {
                for names in breaks {
                    self.append_gap("\n", names);
                }
            }
        }
    }

    /// Adds a blank or a break. It goes on with an annotation but does not begin one; then it has only the
    /// marks outside that.
    fn append_gap(&mut self, text: &str, mut names: Vec<String>) {
        let before = self.spans.last().map(|span| span.marks.as_slice()).unwrap_or_default();
        let begins = names.iter().position(|name| Decorator::named(name).is_none() && !before.contains(name));
        names.truncate(begins.unwrap_or(names.len()));
        self.append(text, &in_order(names));
    }

    fn append(&mut self, text: &str, names: &[String]) {
        if let Some(last) = self.spans.last_mut()
            && last.marks == names
        {
            last.text.push_str(text);
        } else {
            let key = format!("s{}", self.spans.len());
            self.spans.push(Span { key, text: text.to_owned(), marks: names.to_vec() });
        }
    }

    /// The marks for text, whose annotations the line comes to hold.
    fn names(&mut self, open: &[Open]) -> Vec<String> {
        for mark in open {
            if let Open::Annotation(number, annotation) = mark
                && !self.numbers.contains_key(number)
            {
                let key = format!("m{}", self.defs.len());
                self.defs.push(MarkDef { key: key.clone(), annotation: annotation.clone() });
                self.numbers.insert(*number, key);
            }
        }
        in_order(self.gap_names(open))
    }

    /// The marks for a blank or a break as they nest; an annotation without words has no name yet.
    fn gap_names(&self, open: &[Open]) -> Vec<String> {
        let names = open.iter().map(|mark| match mark {
            Open::Decorator(decorator) => decorator.name().to_owned(),
            Open::Annotation(number, _) => self.numbers.get(number).cloned().unwrap_or_default(),
        });
        names.collect()
    }
}

/// Annotations, then decorators in their order, each once.
fn in_order(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| Decorator::named(name));
    names.dedup();
    names
}

/// HTML's white space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Plain text with its white space collapsed, none at the ends, and without control characters.
pub(in crate::body) fn collapse(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).collect()
}
