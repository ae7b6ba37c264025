//! What the readers of a body ask of its tree.
//!
//! What goes whole (scripts and their like) is never entered.

use super::elements::{Role, role};

pub(super) use super::super::markup::{Id, Tree, View};

impl Tree {
    /// All nodes below this one in document order, without recursion; what goes whole is given but not
    /// entered.
    pub(in crate::body) fn descendants(&self, top: Id) -> impl Iterator<Item = Id> {
        self.walk(top, |id| !matches!(role(self.name(id)), Role::Whole | Role::Frame))
    }

    /// All text below a node, blanks collapsed, none at the ends.
    pub(in crate::body) fn text(&self, id: Id) -> String {
        let parts = |node: Id| {
            matches!(self.name(node), "br" | "p" | "div" | "li" | "section" | "h2" | "h3" | "td" | "th")
        };
        let mut raw = String::new();
        for node in self.descendants(id) {
            if parts(node) || self.previous(node).is_some_and(parts) {
                raw.push(' ');
            }
            if let View::Text(text) = self.view(node) {
                raw.push_str(text);
            }
        }
        super::line::collapse(&raw)
    }
}
