//! A parsed text: nodes in one vector, joined by their places in it.
//!
//! Promises: neither walking nor dropping it recurses.

use html5ever::{Attribute, QualName, ns};

/// A node's place in the tree.
pub type Id = usize;

/// The document node: all of a page stands below it.
pub const DOCUMENT: Id = 0;

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
pub struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// What a node is to a reader.
#[derive(Clone, Copy, Debug)]
pub enum View<'t> {
    /// An element, by its local name.
    Element(&'t str),
    /// Words.
    Text(&'t str),
    /// A comment, or the document itself.
    Other,
}

impl Node {
    pub(super) fn new(name: QualName, data: Data) -> Self {
        Self { data, name, parent: None, previous: None, next: None, first: None, last: None, depth: 0 }
    }
}

impl Tree {
    /// The node that holds the whole fragment.
    pub fn root(&self) -> Id {
        self.nodes[DOCUMENT].first.unwrap_or(DOCUMENT)
    }

    /// What a node is.
    pub fn view(&self, id: Id) -> View<'_> {
        match &self.nodes[id].data {
            Data::Element { .. } => View::Element(&self.nodes[id].name.local),
            Data::Text(text) => View::Text(text),
            Data::Other => View::Other,
        }
    }

    /// The name of an element, else `""`.
    pub fn name(&self, id: Id) -> &str {
        if let View::Element(name) = self.view(id) { name } else { "" }
    }

    /// Whether it is an element of HTML itself, not of a drawing or a formula in it.
    pub fn is_html(&self, id: Id) -> bool {
        self.nodes[id].name.ns == ns!(html)
    }

    /// The nodes right below this one.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// The nodes above this one, the nearest first.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].parent, |ancestor| self.nodes[*ancestor].parent)
    }

    /// The node before this one, below the same.
    pub fn previous(&self, id: Id) -> Option<Id> {
        self.nodes[id].previous
    }

    /// All nodes below this one in document order, without recursion; what `enters` says no to is given but
    /// not entered.
    pub fn walk(&self, top: Id, enters: impl Fn(Id) -> bool) -> impl Iterator<Item = Id> {
        let after = move |mut id: Id| {
            while id != top {
                if let Some(next) = self.nodes[id].next {
                    return Some(next);
                }
                id = self.nodes[id].parent?;
            }
            None
        };
        let first = move |id: Id| self.nodes[id].first.filter(|_| enters(id));
        std::iter::successors(self.nodes[top].first, move |id| first(*id).or_else(|| after(*id)))
    }

    /// The attributes of an element by name and value.
    pub fn attributes(&self, id: Id) -> impl Iterator<Item = (&str, &str)> {
        let attributes: &[Attribute] = match &self.nodes[id].data {
            Data::Element { attributes, .. } => attributes,
            Data::Text(_) | Data::Other => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The value of an attribute.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        self.attributes(id).find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Whether an element is of a class.
    pub fn has_class(&self, id: Id, class: &str) -> bool {
        self.attribute(id, "class")
            .is_some_and(|value| value.split_ascii_whitespace().any(|token| token == class))
    }
}
