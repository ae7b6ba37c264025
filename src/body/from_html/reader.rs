//! The reader of a tree: where it stands, and who reads which element.
//!
//! Text gathers in a line; where a block begins or ends the line becomes a block (`placing`). Recursion is
//! bounded: what nests too deeply is read as plain words.

use std::collections::HashSet;

use super::super::blocks::{Block, Content, ListKind, Style};
use super::super::inline::Dir;
use super::elements::{Role, role};
use super::line::{Line, Open};
use super::notes::Notes;
use super::removed::Removed;
use super::tree::{Id, Tree, View};

/// How deep the reader goes; the parser's bound leaves room for what it nests by itself.
const MAX_NESTING: usize = 3 * super::super::markup::MAX_DEPTH;

/// What blocks inherit from the elements around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub style: Style,
    pub lang: Option<String>,
    pub dir: Option<Dir>,
}

/// A list that is being read.
#[derive(Debug)]
pub(super) struct OpenList {
    pub kind: ListKind,
    /// Whether the present item has its block.
    pub has_item: bool,
}

pub(super) struct Reader<'t> {
    pub tree: &'t Tree,
    pub removed: Removed,
    pub place: Place,
    pub marks: Vec<Open>,
    pub lists: Vec<OpenList>,
    pub notes: Notes<'t>,
    /// Nodes that are read elsewhere.
    skipped: Vec<Id>,
    /// How many elements are being read inside each other.
    nesting: usize,
    /// The names that links of this document lead to.
    targets: HashSet<&'t str>,
    /// The name of the block that comes next.
    pub anchor: Option<String>,
    pub line: Line,
    /// Blocks that wait for the end of the line.
    pub waiting: Vec<Block>,
    pub blocks: Vec<Block>,
    annotations: usize,
    /// How many texts were read that hold more than blanks.
    pub texts: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tree: &'t Tree, removed: Removed) -> Self {
        let links = tree.descendants(tree.root()).filter(|id| tree.name(*id) == "a");
        let targets = links.filter_map(|id| tree.attribute(id, "href")?.trim().strip_prefix('#')).collect();
        Self {
            tree,
            removed,
            place: Place::default(),
            marks: Vec::new(),
            lists: Vec::new(),
            notes: Notes::of(tree),
            skipped: Vec::new(),
            nesting: 0,
            targets,
            anchor: None,
            line: Line::default(),
            waiting: Vec::new(),
            blocks: Vec::new(),
            annotations: 0,
            texts: 0,
        }
    }

    /// The blocks, named only where a link that was kept leads to them.
    pub(super) fn finish(mut self) -> (Vec<Block>, Removed) {
        self.end_line();
        let defs = self.blocks.iter().flat_map(Block::inlines).flat_map(|inline| &inline.mark_defs);
        let names: HashSet<String> =
            defs.filter_map(|def| def.annotation.fragment().map(str::to_owned)).collect();
        for block in &mut self.blocks {
            block.anchor.take_if(|anchor| !names.contains(anchor));
        }
        (self.blocks, self.removed)
    }

    pub(super) fn children(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child);
        }
    }

    pub(super) fn node(&mut self, id: Id) {
        match self.tree.view(id) {
            View::Text(text) => self.text(text),
            View::Element(_) if self.skipped.contains(&id) => {}
            View::Element(_) if self.nesting == MAX_NESTING => self.flat(id),
            View::Element(name) => {
                self.nesting += 1;
                self.element(id, name);
                self.nesting -= 1;
            }
            View::Other => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.texts += usize::from(!text.trim_ascii().is_empty());
        let left_out = self.line.push(text, &self.marks);
        self.removed.count("control_character_removed", "control characters", left_out);
    }

    fn element(&mut self, id: Id, name: &'t str) {
        match role(name) {
            Role::Whole => self.removed.one("element_removed", name),
            Role::Nothing => self.removed.one("element_removed", name),
            Role::Silent => {}
            Role::Mark(decorator) => self.decorated(id, decorator),
            Role::Inline { told } => {
                self.unwrapped(name, told);
                self.span(id);
            }
            Role::Block { told } => {
                self.unwrapped(name, told);
                self.block(id, None);
            }
            Role::Styled(style) => self.block(id, Some(style)),
            Role::Blockquote => self.blockquote(id),
            Role::List(kind) => self.list(id, kind),
            Role::Item => self.item(id),
            Role::Aside => self.aside(id),
            Role::Anchor => self.link(id),
            Role::Abbr => self.abbr(id),
            Role::Ruby => self.ruby(id),
            Role::Span => self.span(id),
            Role::Break => self.line.push_break(&self.marks),
            Role::Rule => {
                self.leave_attributes(id, &[]);
                self.within(id, |reader| reader.push(Content::Divider));
            }
            Role::Image => self.image(id),
            Role::Figure => self.figure(id),
            Role::Frame => self.frame(id),
            Role::Table => self.table(id),
            Role::Pre => self.pre(id),
        }
    }

    pub(super) fn unwrapped(&mut self, name: &str, told: bool) {
        if told {
            self.removed.one("element_unwrapped", name);
        }
    }

    /// Reads what is too deep as words.
    fn flat(&mut self, top: Id) {
        self.removed.one("too_deep", "elements nested too deeply");
        let tree = self.tree;
        for id in tree.descendants(top) {
            match tree.view(id) {
                View::Text(text) => self.text(text),
                View::Element(name) if role(name) == Role::Whole => self.removed.one("element_removed", name),
                View::Element(_) | View::Other => {}
            }
        }
    }

    /// Reads an element as a block, or as the blocks that it holds.
    pub(super) fn block(&mut self, id: Id, style: Option<Style>) {
        self.leave_attributes(id, if self.tree.has_class(id, "footnotes") { &["class"] } else { &[] });
        self.within(id, |reader| {
            reader.place.style = style.unwrap_or(reader.place.style);
            reader.children(id);
        });
    }

    /// Reads something but for a node that is read elsewhere.
    pub(super) fn without<T>(&mut self, node: Option<Id>, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.skipped.len();
        self.skipped.extend(node);
        let result = read(self);
        self.skipped.truncate(before);
        result
    }

    /// Reads something with the language and the name that an element gives to its blocks.
    pub(super) fn within(&mut self, id: Id, read: impl FnOnce(&mut Self)) {
        self.end_line();
        let outer = self.place.clone();
        let (lang, dir) = self.language(id);
        self.place.lang = lang.or_else(|| outer.lang.clone());
        self.place.dir = dir.or(outer.dir);
        self.name_block(id);
        read(self);
        self.end_line();
        self.place = outer;
    }

    /// Reads something into blocks of its own, outside any list.
    pub(super) fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let blocks = std::mem::take(&mut self.blocks);
        let line = std::mem::take(&mut self.line);
        let waiting = std::mem::take(&mut self.waiting);
        let lists = std::mem::take(&mut self.lists);
        let anchor = self.anchor.take();
        let style = std::mem::take(&mut self.place.style);
        read(self);
        self.end_line();
        self.place.style = style;
        self.anchor = anchor.or(self.anchor.take());
        self.lists = lists;
        self.waiting = waiting;
        self.line = line;
        std::mem::replace(&mut self.blocks, blocks)
    }

    /// A number for an annotation.
    pub(super) fn number(&mut self) -> usize {
        self.annotations += 1;
        self.annotations
    }

    /// Keeps the name of an element that a link of this document leads to.
    pub(super) fn name_block(&mut self, id: Id) {
        let name = self.tree.attribute(id, "id").or_else(|| self.tree.attribute(id, "name"));
        if let Some(name) = name.filter(|name| self.targets.contains(name) && is_name(name)) {
            self.anchor.get_or_insert_with(|| name.to_owned());
        }
    }

    /// Gives a name to the block that comes next, if it has none.
    pub(super) fn name_next(&mut self, name: Option<String>) {
        self.anchor = self.anchor.take().or(name);
    }

    /// Tells the attributes of an element that are not kept.
    pub(super) fn leave_attributes(&mut self, id: Id, kept: &[&str]) {
        for (name, value) in self.tree.attributes(id) {
            let is_kept = match name {
                "lang" | "dir" => true,
                "id" | "name" => self.targets.contains(value) || self.notes.has_id(value),
                _ => kept.contains(&name),
            };
            if !is_kept {
                self.removed.one("attribute_removed", name);
            }
        }
    }
}

/// Whether an id may be kept.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 100 && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}
