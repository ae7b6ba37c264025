//! Footnotes as `to_html` writes them: words with a number behind them, and the notes in a section of their
//! own.
//!
//! Other footnotes (a link to an item with an id) need no reader: they are links to a named block.

use std::collections::{HashMap, HashSet};

use super::super::inline::Annotation;
use super::reader::Reader;
use super::tree::{Id, Tree, View};

/// The notes of a text by their ids.
#[derive(Debug, Default)]
pub(super) struct Notes<'t> {
    texts: HashMap<&'t str, String>,
    /// The ids of the links that stand behind words.
    references: HashSet<&'t str>,
    used: HashSet<Id>,
    items: HashMap<&'t str, Id>,
}

impl<'t> Notes<'t> {
    pub(super) fn of(tree: &'t Tree) -> Self {
        let mut notes = Self::default();
        let sections = tree
            .descendants(tree.root())
            .filter(|id| tree.name(*id) == "section" && tree.has_class(*id, "footnotes"));
        for section in sections {
            for list in tree.children(section).filter(|id| tree.name(*id) == "ol") {
                for item in tree.children(list).filter(|id| tree.name(*id) == "li") {
                    notes.add(tree, item);
                }
            }
        }
        notes
    }

    /// An item that is a text and a link back.
    fn add(&mut self, tree: &'t Tree, item: Id) {
        let Some(id) = tree.attribute(item, "id") else { return };
        let children: Vec<Id> = tree.children(item).collect();
        let [text, back] = children.as_slice() else { return };
        let reference = tree.attribute(*back, "href").and_then(|href| href.strip_prefix('#'));
        if let (View::Text(text), Some(reference)) = (tree.view(*text), reference)
            && tree.text(*back) == "↩"
            && !self.texts.contains_key(id)
        {
            self.texts.insert(id, super::line::collapse(text));
            self.items.insert(id, item);
            self.references.insert(reference);
        }
    }

    /// Whether an id is that of a note or of a reference to one.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.texts.contains_key(id) || self.references.contains(id)
    }

    /// Whether an item is a note that stands with its words.
    pub(super) fn is_used(&self, item: Id) -> bool {
        self.used.contains(&item)
    }
}

impl Reader<'_> {
    /// Reads the children of a span; those of `span.footnote` as words with a note.
    pub(super) fn noted(&mut self, id: Id) {
        let reference = self.tree.children(id).last().filter(|_| self.tree.has_class(id, "footnote"));
        let note = reference.filter(|_| self.stays_in_line(id)).and_then(|sup| self.note_of(sup));
        let Some((item, text)) = note else { return self.children(id) };
        self.notes.used.insert(item);
        self.without(reference, |reader| {
            reader.annotated(vec![Annotation::Footnote { text }], |reader| reader.children(id))
        });
    }

    /// The note that `sup > a` leads to, and its item.
    fn note_of(&self, sup: Id) -> Option<(Id, String)> {
        let link = self.tree.children(sup).next().filter(|_| self.tree.name(sup) == "sup")?;
        let name = self.tree.attribute(link, "href")?.strip_prefix('#')?;
        let text = self.notes.texts.get(name).filter(|text| !text.is_empty())?;
        let item = self.notes.items.get(name).filter(|item| !self.notes.used.contains(item))?;
        Some((*item, text.clone()))
    }
}
