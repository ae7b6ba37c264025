//! Running text: spans with marks, as Portable Text has them.
//!
//! A mark is either a decorator by its name (`strong`) or the `_key` of an annotation in `markDefs` (a link).
//! A line break is `\n` inside a span. An `Inline` always holds at least one span, which may be empty.

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

/// Where a hyperlink leads: `href`, `article`, or both, where `article` decides when the document is resolved.
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
        let taken: std::collections::HashSet<&str> = same.map(|def| def.key.as_str()).collect();
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
        let offset = self.mark_defs.len();
        if let Some(last) = self.children.last_mut()
            && !last.text.is_empty()
        {
            last.text.push('\n');
        }
        let renamed = |mark: String| match other.mark_defs.iter().position(|def| def.key == mark) {
            Some(at) => format!("m{}", offset + at),
            None => mark,
        };
        for span in other.children {
            self.children.push(Span { marks: span.marks.into_iter().map(renamed).collect(), ..span });
        }
        let defs = other.mark_defs.into_iter().enumerate();
        self.mark_defs.extend(defs.map(|(at, def)| MarkDef { key: format!("m{}", offset + at), ..def }));
        self.children.retain(|span| !span.text.is_empty());
        for (at, span) in self.children.iter_mut().enumerate() {
            span.key = format!("s{at}");
        }
    }

    /// Brings foreign spans into form: at least one, each with a key of its own, and no annotation that none names.
    pub(super) fn tidy(&mut self) {
        let mut taken = std::collections::HashSet::new();
        for at in 0..self.children.len() {
            let key = std::mem::take(&mut self.children[at].key);
            let made = (at..).map(|number| format!("s{number}"));
            let free = Some(key)
                .filter(|key| !key.is_empty())
                .into_iter()
                .chain(made)
                .find(|key| taken.insert(key.clone()));
            self.children[at].key = free.unwrap_or_default();
        }
        if self.children.is_empty() {
            *self = Self::default();
        }
        let named: std::collections::HashSet<&str> =
            self.children.iter().flat_map(|span| &span.marks).map(String::as_str).collect();
        let mut seen = std::collections::HashSet::new();
        self.mark_defs.retain(|def| named.contains(def.key.as_str()) && seen.insert(def.key.clone()));
    }

    /// Drops the annotations that `keep` refuses, and those that no span names; the words stay.
    pub(super) fn retain_annotations(&mut self, mut keep: impl FnMut(&mut Annotation) -> bool) {
        self.mark_defs.retain_mut(|def| keep(&mut def.annotation));
        let kept: std::collections::HashSet<&str> =
            self.mark_defs.iter().map(|def| def.key.as_str()).collect();
        for span in &mut self.children {
            span.marks.retain(|mark| Decorator::named(mark).is_some() || kept.contains(mark.as_str()));
        }
    }
}
