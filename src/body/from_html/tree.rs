//! A parsed text: nodes in one vector, joined by their places in it.
//!
//! Promises: neither walking nor dropping it recurses, and what goes whole (scripts and their like) is never
//! entered.

use html5ever::{Attribute, QualName};

use super::elements::{Role, role};

/// A node's place in the tree.
pub(super) type Id = usize;

/// The document node.
pub(super) const DOCUMENT: Id = 0;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Element { attributes: Vec<Attribute>, is_integration_point: bool },
    Text(String),
    Other,
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub data: Data,
    /// The name of an element; of others it is empty.
    pub name: QualName,
    pub parent: Option<Id>,
    pub previous: Option<Id>,
    pub next: Option<Id>,
    pub first: Option<Id>,
    pub last: Option<Id>,
    pub depth: usize,
}

/// The tree.
#[derive(Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

/// What a node is to a reader.
#[derive(Clone, Copy, Debug)]
pub(super) enum View<'t> {
    Element(&'t str),
    Text(&'t str),
    Other,
}

impl Node {
    pub(super) fn new(name: QualName, data: Data) -> Self {
        Self { data, name, parent: None, previous: None, next: None, first: None, last: None, depth: 0 }
    }
}

impl Tree {
    /// The node that holds the whole fragment.
    pub(super) fn root(&self) -> Id {
        self.nodes[DOCUMENT].first.unwrap_or(DOCUMENT)
    }

    pub(super) fn view(&self, id: Id) -> View<'_> {
        match &self.nodes[id].data {
            Data::Element { .. } => View::Element(&self.nodes[id].name.local),
            Data::Text(text) => View::Text(text),
            Data::Other => View::Other,
        }
    }

    /// The name of an element, else `""`.
    pub(super) fn name(&self, id: Id) -> &str {
        if let View::Element(name) = self.view(id) { name } else { "" }
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// The nodes above this one, the nearest first.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].parent, |ancestor| self.nodes[*ancestor].parent)
    }

    /// All nodes below this one in document order, without recursion; what goes whole is given but not
    /// entered.
    pub(super) fn descendants(&self, top: Id) -> impl Iterator<Item = Id> + '_ {
        let after = move |mut id: Id| {
            while id != top {
                if let Some(next) = self.nodes[id].next {
                    return Some(next);
                }
                id = self.nodes[id].parent?;
            }
            None
        };
        let first = move |id: Id| {
            self.nodes[id].first.filter(|_| !matches!(role(self.name(id)), Role::Whole | Role::Frame))
        };
        std::iter::successors(self.nodes[top].first, move |id| first(*id).or_else(|| after(*id)))
    }

    /// The attributes of an element by name and value.
    pub(super) fn attributes(&self, id: Id) -> impl Iterator<Item = (&str, &str)> {
        let attributes: &[Attribute] = match &self.nodes[id].data {
            Data::Element { attributes, .. } => attributes,
            Data::Text(_) | Data::Other => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        self.attributes(id).find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    pub(super) fn has_class(&self, id: Id, class: &str) -> bool {
        self.attribute(id, "class")
            .is_some_and(|value| value.split_ascii_whitespace().any(|token| token == class))
    }

    /// All text below a node, blanks collapsed, none at the ends.
    pub(super) fn text(&self, id: Id) -> String {
        let parts = |node: Id| {
            matches!(self.name(node), "br" | "p" | "div" | "li" | "section" | "h2" | "h3" | "td" | "th")
        };
        let mut raw = String::new();
        for node in self.descendants(id) {
            if parts(node) || self.nodes[node].previous.is_some_and(parts) {
                raw.push(' ');
            }
            if let View::Text(text) = self.view(node) {
                raw.push_str(text);
            }
        }
        super::line::collapse(&raw)
    }
}
