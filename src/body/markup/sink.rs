//! What html5ever builds a tree with.
//!
//! Promises: every operation is constant in the size of the tree (but `reparent_children`, which is linear in
//! the children). The depth of what was last added is known, for the parser's guard.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName, local_name, ns};

use super::tree::{DOCUMENT, Data, Id, Node, Tree};

/// The tree while it is built.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<usize>,
}

fn no_name() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

impl Sink {
    pub(super) fn new() -> Self {
        Self { nodes: RefCell::new(vec![Node::new(no_name(), Data::Other)]), depth: Cell::new(0) }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// How deep in the tree the parser stands, as far as the sink can tell.
    pub(super) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// An end tag came: the parser stands at least one higher.
    pub(super) fn rise(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    fn make(&self, name: QualName, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(name, data));
        nodes.len() - 1
    }

    fn detach(&self, id: Id) {
        let nodes = &mut *self.nodes.borrow_mut();
        let (parent, previous, next) =
            (nodes[id].parent.take(), nodes[id].previous.take(), nodes[id].next.take());
        match (previous, parent) {
            (Some(previous), _) => nodes[previous].next = next,
            (None, Some(parent)) => nodes[parent].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => nodes[next].previous = previous,
            (None, Some(parent)) => nodes[parent].last = previous,
            (None, None) => {}
        }
    }

    /// Puts a node or text below `parent`, before `next` or at the end; text joins the text before it.
    fn insert(&self, parent: Id, next: Option<Id>, child: NodeOrText<Id>) {
        let previous = match next {
            Some(next) => self.nodes.borrow()[next].previous,
            None => self.nodes.borrow()[parent].last,
        };
        let depth = self.nodes.borrow()[parent].depth + 1;
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.depth.set(depth);
                id
            }
            NodeOrText::AppendText(text) => {
                self.depth.set(depth - 1);
                if let Some(previous) = previous
                    && let Data::Text(before) = &mut self.nodes.borrow_mut()[previous].data
                {
                    before.push_str(&text);
                    return;
                }
                self.make(no_name(), Data::Text(text.to_string()))
            }
        };
        self.detach(id);
        let nodes = &mut *self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        nodes[id].previous = previous;
        nodes[id].next = next;
        nodes[id].depth = depth;
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first = Some(id),
        }
        match next {
            Some(next) => nodes[next].previous = Some(id),
            None => nodes[parent].last = Some(id),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| &nodes[*target].name)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Id {
        let is_integration_point = flags.mathml_annotation_xml_integration_point;
        self.make(name, Data::Element { attributes, is_integration_point })
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.make(no_name(), Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.make(no_name(), Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// Templates go whole, so their contents may as well be their children.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = &child {
            self.detach(*id);
        }
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, _target: &Id, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        while let Some(child) = { self.nodes.borrow()[*node].first } {
            self.detach(child);
            self.insert(*new_parent, None, NodeOrText::AppendNode(child));
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Id) -> bool {
        matches!(self.nodes.borrow()[*target].data, Data::Element { is_integration_point: true, .. })
    }
}
