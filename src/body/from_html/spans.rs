//! Marks: decorators, links, abbreviations, ruby, language and direction.
//!
//! Promises: of annotations of one kind the innermost holds; a link that may not be followed goes and its words
//! stay; a reading whose words are not one line of text stays as words.

use oxilangtag::LanguageTag;

use super::super::inline::{Annotation, Decorator, Dir, Link};
use super::super::links::{self, Refused};
use super::elements::{Role, role};
use super::line::{Open, collapse};
use super::reader::Reader;
use super::tree::Id;

impl Reader<'_> {
    pub(super) fn decorated(&mut self, id: Id, decorator: Decorator) {
        self.marks.push(Open::Decorator(decorator));
        self.span(id);
        self.marks.pop();
    }

    /// An element that may give its words a language, a direction or a note.
    pub(super) fn span(&mut self, id: Id) {
        self.leave_attributes(
            id,
            if self.tree.has_class(id, "footnote") || self.tree.has_class(id, "credit") {
                &["class"]
            } else {
                &[]
            },
        );
        self.name_block(id);
        let (lang, dir) = self.language(id);
        let dir = dir.or((self.tree.name(id) == "bdi").then_some(Dir::Auto));
        let annotations = lang
            .map(|lang| Annotation::Lang { lang })
            .into_iter()
            .chain(dir.map(|dir| Annotation::Dir { dir }));
        self.annotated(annotations.collect(), |reader| reader.noted(id));
    }

    pub(super) fn abbr(&mut self, id: Id) {
        let title = self.plain(id, "title");
        self.leave_attributes(id, &["title"]);
        let annotation = title.map(|title| Annotation::Abbr { title });
        self.annotated(annotation.into_iter().collect(), |reader| reader.with_language(id));
    }

    pub(super) fn link(&mut self, id: Id) {
        self.leave_attributes(id, &["href", "data-article"]);
        self.name_block(id);
        let link = self.target(id);
        let before = self.texts;
        let annotation = link.clone().map(Annotation::Link);
        self.annotated(annotation.into_iter().collect(), |reader| reader.with_language(id));
        if link.is_some() && before == self.texts {
            self.removed.one("link_removed", "link without words");
        }
    }

    /// Where an `a` leads, if it may lead there.
    pub(super) fn target(&mut self, id: Id) -> Option<Link> {
        let article =
            self.tree.attribute(id, "data-article").map(collapse).filter(|article| is_reference(article));
        let href = match self.tree.attribute(id, "href").map(links::check_html) {
            Some(Ok(href)) => Some(href),
            Some(Err(Refused::Unsafe(what))) => {
                self.removed.one("link_removed", &what);
                None
            }
            Some(Err(Refused::Empty)) => {
                self.removed.one("link_removed", "link without address");
                None
            }
            None => None,
        };
        (href.is_some() || article.is_some()).then_some(Link { href, article })
    }

    /// Ruby: each reading belongs to the words before it.
    pub(super) fn ruby(&mut self, id: Id) {
        self.leave_attributes(id, &[]);
        let tree = self.tree;
        let mut base: Vec<Id> = Vec::new();
        for child in tree.children(id) {
            if tree.name(child) != "rt" {
                base.push(child);
                continue;
            }
            let (reading, before) = (tree.text(child), self.texts);
            let is_mark = !reading.is_empty() && base.iter().all(|node| self.stays_in_line(*node));
            let annotation = is_mark.then(|| Annotation::Ruby { reading: reading.clone() });
            self.annotated(annotation.into_iter().collect(), |reader| {
                base.drain(..).for_each(|node| reader.node(node))
            });
            if !is_mark || before == self.texts {
                self.text(&reading);
            }
        }
        base.into_iter().for_each(|node| self.node(node));
    }

    /// Whether a node is text and marks alone, so that what is said of it is said once.
    pub(super) fn stays_in_line(&self, node: Id) -> bool {
        std::iter::once(node).chain(self.tree.descendants(node)).all(|id| match role(self.tree.name(id)) {
            Role::Mark(_)
            | Role::Inline { .. }
            | Role::Span
            | Role::Anchor
            | Role::Abbr
            | Role::Break
            | Role::Silent => true,
            Role::Whole
            | Role::Nothing
            | Role::Block { .. }
            | Role::Styled(_)
            | Role::Blockquote
            | Role::List(_) => false,
            Role::Item | Role::Aside | Role::Ruby | Role::Rule | Role::Image | Role::Figure => false,
            Role::Frame | Role::Table | Role::Pre => false,
        })
    }

    /// Reads the children of an inline element, marked by its own language and direction.
    fn with_language(&mut self, id: Id) {
        let (lang, dir) = self.language(id);
        let annotations = lang
            .map(|lang| Annotation::Lang { lang })
            .into_iter()
            .chain(dir.map(|dir| Annotation::Dir { dir }));
        self.annotated(annotations.collect(), |reader| reader.children(id));
    }

    /// Reads something under annotations. Of each kind only the innermost holds.
    pub(super) fn annotated(&mut self, annotations: Vec<Annotation>, read: impl FnOnce(&mut Self)) {
        if annotations.is_empty() {
            return read(self);
        }
        let outer = self.marks.clone();
        for annotation in annotations {
            let kind = std::mem::discriminant(&annotation);
            self.marks.retain(
                |mark| !matches!(mark, Open::Annotation(_, other) if std::mem::discriminant(other) == kind),
            );
            let number = self.number();
            self.marks.push(Open::Annotation(number, annotation));
        }
        read(self);
        self.marks = outer;
    }

    /// The language and direction of an element; bad values are told.
    pub(super) fn language(&mut self, id: Id) -> (Option<String>, Option<Dir>) {
        let lang = self.tree.attribute(id, "lang").map(str::trim);
        let dir = self.tree.attribute(id, "dir").map(str::trim);
        let good_lang = lang.filter(|lang| LanguageTag::parse(*lang).is_ok()).map(str::to_owned);
        let good_dir = dir.and_then(Dir::named);
        if lang.is_some() && good_lang.is_none() {
            self.removed.one("attribute_removed", "lang that is no language tag");
        }
        if dir.is_some() && good_dir.is_none() {
            self.removed.one("attribute_removed", "dir that is no direction");
        }
        (good_lang, good_dir)
    }

    /// An attribute as plain text, if it says anything.
    pub(super) fn plain(&self, id: Id, name: &str) -> Option<String> {
        self.tree.attribute(id, name).map(collapse).filter(|text| !text.is_empty())
    }
}

/// Whether a text may be the id or slug of a story.
pub(super) fn is_reference(text: &str) -> bool {
    !text.is_empty() && text.len() <= 200
}
