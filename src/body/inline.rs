//! Running text: spans with marks, as Portable Text has them.
//!
//! A mark is either a decorator by its name (`strong`) or the `_key` of an annotation in `markDefs` (a link).
//! A line break is `\n` inside a span. An `Inline` always holds at least one span, which may be empty.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// Spans and the annotations that their marks name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// The text in order.
    pub children: Vec<Span>,
    /// The annotations, each named by the marks of at least one span.
    #[serde(rename = "markDefs", default)]
    pub mark_defs: Vec<MarkDef>,
}

/// A run of text whose marks are the same throughout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "_type", rename = "span")]
pub struct Span {
    /// Unique within its block.
    #[serde(rename = "_key")]
    pub key: String,
    /// The words; `\n` is a line break.
    pub text: String,
    /// Decorators and keys of annotations.
    #[serde(default)]
    pub marks: Vec<String>,
}

/// An annotation with the key by which spans name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkDef {
    /// Unique within its block.
    #[serde(rename = "_key")]
    pub key: String,
    /// What it says of the words.
    #[serde(flatten)]
    pub annotation: Annotation,
}

/// A mark that carries data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum Annotation {
    /// A hyperlink.
    Link(Link),
    /// A note on the words; its number is its place in the document.
    Footnote {
        /// The note, plain text.
        text: String,
    },
    /// An abbreviation.
    Abbr {
        /// What it stands for.
        title: String,
    },
    /// East Asian ruby.
    Ruby {
        /// How the words are read.
        reading: String,
    },
    /// Words in another language.
    Lang {
        /// A BCP 47 tag.
        lang: String,
    },
    /// Words that run in a direction of their own.
    Dir {
        /// The direction.
        dir: Dir,
    },
}

/// Where a hyperlink leads: `href`, `article`, or both, where `article` decides when the document is
/// resolved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// An `http`, `https`, `mailto` or `tel` URL, a fragment, or a relative reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Id or slug of a story of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// A text direction, HTML's `dir`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
    /// By the first strong character.
    Auto,
}

/// A mark without data. Their order is the order in which equal runs nest, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decorator {
    /// Bold.
    Strong,
    /// Italic.
    Em,
    /// Code.
    Code,
    /// Underlined.
    U,
    /// Struck through.
    S,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
}

impl Decorator {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Strong, Self::Em, Self::Code, Self::U, Self::S, Self::Sub, Self::Sup];

    /// The mark's name, which is also its HTML element.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Em => "em",
            Self::Code => "code",
            Self::U => "u",
            Self::S => "s",
            Self::Sub => "sub",
            Self::Sup => "sup",
        }
    }

    /// The decorator of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decorator| decorator.name() == name)
    }
}

impl Dir {
    /// HTML's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
            Self::Auto => "auto",
        }
    }

    /// The direction that HTML's word names, in any letter case.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Ltr, Self::Rtl, Self::Auto].into_iter().find(|dir| dir.name().eq_ignore_ascii_case(name))
    }
}

impl Annotation {
    /// The name in this document to which a link leads.
    pub(super) fn fragment(&self) -> Option<&str> {
        if let Self::Link(Link { href: Some(href), .. }) = self { href.strip_prefix('#') } else { None }
    }
}

impl Default for Inline {
    fn default() -> Self {
        Self::plain("")
    }
}

impl Inline {
    /// Text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            children: vec![Span { key: "s0".into(), text: text.into(), marks: Vec::new() }],
            mark_defs: Vec::new(),
        }
    }

    /// Text that is one link.
    pub fn linked(text: impl Into<String>, href: impl Into<String>) -> Self {
        let mut inline = Self::plain(text);
        inline.annotate_all(Annotation::Link(Link { href: Some(href.into()), article: None }));
        inline
    }

    /// The words alone, with `\n` for line breaks.
    pub fn text(&self) -> String {
        self.children.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there is no text, not even a blank.
    pub fn is_empty(&self) -> bool {
        self.children.iter().all(|span| span.text.is_empty())
    }

    /// Whether any span has a mark.
    pub fn is_marked(&self) -> bool {
        self.children.iter().any(|span| !span.marks.is_empty())
    }

    /// Puts an annotation on every span that has none of its kind.
    pub(super) fn annotate_all(&mut self, annotation: Annotation) {
        let key = format!("m{}", self.mark_defs.len());
        let kind = std::mem::discriminant(&annotation);
        let same = self.mark_defs.iter().filter(|def| std::mem::discriminant(&def.annotation) == kind);
        let taken: HashSet<&str> = same.map(|def| def.key.as_str()).collect();
        let mut is_used = false;
        for span in self
            .children
            .iter_mut()
            .filter(|span| !span.marks.iter().any(|mark| taken.contains(mark.as_str())))
        {
            span.marks.push(key.clone());
            is_used = true;
        }
        self.mark_defs.extend(is_used.then_some(MarkDef { key, annotation }));
    }

    /// Adds a line break and other text; keys are made anew.
    pub(super) fn push_line(&mut self, other: Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            self.children.clear();
        }
        if let Some(last) = self.children.last_mut().filter(|last| !last.text.is_empty()) {
            last.text.push('\n');
        }
        let offset = self.mark_defs.len();
        let new_key = |at: usize| format!("m{}", offset + at);
        let keys: HashMap<&str, String> =
            other.mark_defs.iter().enumerate().map(|(at, def)| (def.key.as_str(), new_key(at))).collect();
        for span in other.children {
            let marks =
                span.marks.into_iter().map(|mark| keys.get(mark.as_str()).cloned().unwrap_or(mark)).collect();
            self.push_span(span.text, marks);
        }
        let defs = other.mark_defs.iter().enumerate();
        self.mark_defs
            .extend(defs.map(|(at, def)| MarkDef { key: new_key(at), annotation: def.annotation.clone() }));
    }

    fn push_span(&mut self, text: String, marks: Vec<String>) {
        match self.children.last_mut().filter(|last| last.marks == marks) {
            Some(last) => last.text.push_str(&text),
            None => self.children.push(Span { key: format!("s{}", self.children.len()), text, marks }),
        }
    }

    /// Brings foreign spans into form: at least one, each with a key of its own, and no annotation that none
    /// names.
    pub(super) fn tidy(&mut self) {
        let mut taken = HashSet::new();
        let mut made = (0_usize..).map(|number| format!("s{number}"));
        for span in &mut self.children {
            while span.key.is_empty() || !taken.insert(span.key.clone()) {
                span.key = made.next().unwrap_or_default();
            }
        }
        if self.children.is_empty() {
            *self = Self::default();
        }
        let named: HashSet<&str> =
            self.children.iter().flat_map(|span| &span.marks).map(String::as_str).collect();
        let mut seen = HashSet::new();
        self.mark_defs.retain(|def| named.contains(def.key.as_str()) && seen.insert(def.key.clone()));
    }

    /// Drops the annotations that `keep` refuses, and those that no span names; the words stay.
    pub(super) fn retain_annotations(&mut self, mut keep: impl FnMut(&mut Annotation) -> bool) {
        self.mark_defs.retain_mut(|def| keep(&mut def.annotation));
        let kept: HashSet<&str> = self.mark_defs.iter().map(|def| def.key.as_str()).collect();
        for span in &mut self.children {
            span.marks.retain(|mark| Decorator::named(mark).is_some() || kept.contains(mark.as_str()));
        }
    }
}
