//! Lists, quotations and preformatted text.
//!
//! Promises: an item without words and blocks is none; a list never ends the item around it; preformatted text
//! keeps every blank and line end.

use super::super::blocks::{Code, Content, ListKind, MAX_LEVEL, Style};
use super::elements::{Role, role};
use super::reader::{OpenList, Reader};
use super::tree::{Id, View};

impl Reader<'_> {
    /// A list. Deeper than levels go, its items stand on the deepest.
    pub(super) fn list(&mut self, id: Id, kind: ListKind) {
        self.leave_attributes(id, &[]);
        self.within(id, |reader| {
            let is_deeper = reader.lists.len() < usize::from(MAX_LEVEL);
            if is_deeper {
                reader.lists.push(OpenList { kind, has_item: false });
            }
            reader.children(id);
            reader.end_line();
            if is_deeper {
                reader.lists.pop();
            }
        });
    }

    /// An item; one outside any list is a bullet.
    pub(super) fn item(&mut self, id: Id) {
        if self.notes.is_used(id) {
            return;
        }
        self.leave_attributes(id, &[]);
        self.end_line();
        let is_stray = self.lists.is_empty();
        if is_stray {
            self.lists.push(OpenList { kind: ListKind::Bullet, has_item: false });
        }
        self.within(id, |reader| {
            if let Some(list) = reader.lists.last_mut() {
                list.has_item = false;
            }
            reader.children(id);
        });
        if is_stray {
            self.lists.pop();
        }
    }

    /// A quotation: a post from elsewhere becomes an embed, one set apart a pull quote.
    pub(super) fn blockquote(&mut self, id: Id) {
        if ["pullquote", "pull-quote", "wp-block-pullquote"]
            .iter()
            .any(|class| self.tree.has_class(id, class))
        {
            self.quote(id);
        } else if !self.post(id) {
            self.block(id, Some(Style::Blockquote));
        }
    }

    /// Preformatted text, word for word.
    pub(super) fn pre(&mut self, id: Id) {
        let code = self.tree.children(id).find(|child| self.tree.name(*child) == "code");
        self.leave_attributes(id, &["class"]);
        let language = [Some(id), code].into_iter().flatten().find_map(|node| {
            let class = self.tree.attribute(node, "class")?;
            class
                .split_ascii_whitespace()
                .find_map(|token| token.strip_prefix("language-").map(str::to_owned))
        });
        let language = language.filter(|name| is_language(name));
        let code = self.verbatim(id);
        self.within(id, |reader| {
            if !code.trim().is_empty() {
                reader.push(Content::Code(Code { language, code }));
            }
        });
    }

    fn verbatim(&mut self, top: Id) -> String {
        let mut out = String::new();
        for id in self.tree.descendants(top) {
            match self.tree.view(id) {
                View::Text(text) => out.push_str(text),
                View::Element("br") => out.push('\n'),
                View::Element(name) if role(name) == Role::Whole => self.removed.one("element_removed", name),
                View::Element(_) | View::Other => {}
            }
        }
        let before = out.chars().count();
        out.retain(|c| !c.is_control() || matches!(c, '\t' | '\n'));
        self.removed.count("control_character_removed", "control characters", before - out.chars().count());
        out
    }
}

/// Whether a language's name may stand in a class and in a Markdown fence.
pub(in crate::body) fn is_language(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#' | '.'))
}
