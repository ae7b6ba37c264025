//! Running text to HTML: marks, line breaks, and the footnotes at the end of the body.
//!
//! Notes are numbered in the order of their words. A note's id, its reference's and every named block's carry the
//! caller's suffix, and links to them likewise.

use std::collections::HashSet;

use super::super::inline::{Annotation, Inline, Link};
use super::super::marks::{self, Mark, Step};
use super::{Writer, push_escaped};

/// The footnotes that were written so far, and the anchors of the document.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    /// Their texts in order; the first is number 1.
    texts: Vec<&'a str>,
    /// The number of each, by the annotation itself: a note that is cut in two by other marks is one note.
    numbered: HashSet<*const Annotation>,
}

impl<'a> Writer<'a> {
    pub(super) fn inline(&mut self, inline: &'a Inline) {
        for step in marks::steps(inline) {
            match step {
                Step::Text(text) => push_escaped(&mut self.out, text),
                Step::Break => self.out.push_str("<br />"),
                Step::Open(Mark::Decorator(decorator)) => self.open(decorator.name(), &[]),
                Step::Close(Mark::Decorator(decorator)) => self.close(decorator.name()),
                Step::Open(Mark::Annotation(_, annotation)) => self.open_annotation(annotation),
                Step::Close(Mark::Annotation(_, annotation)) => self.close_annotation(annotation),
            }
        }
    }

    fn open_annotation(&mut self, annotation: &'a Annotation) {
        match annotation {
            Annotation::Link(link) => self.open_link(link),
            Annotation::Footnote { .. } => self.open("span", &[("class", Some("footnote"))]),
            Annotation::Abbr { title } => self.open("abbr", &[("title", Some(title))]),
            Annotation::Ruby { .. } => self.open("ruby", &[]),
            Annotation::Lang { lang } => self.open("span", &[("lang", Some(lang))]),
            Annotation::Dir { dir } => self.open("span", &[("dir", Some(dir.name()))]),
        }
    }

    fn open_link(&mut self, link: &Link) {
        let href = link.href.as_deref().map(|href| match href.strip_prefix('#') {
            Some(name) if !name.is_empty() => format!("#{}", self.id(name)),
            Some(_) | None => href.to_owned(),
        });
        self.open("a", &[("href", href.as_deref()), ("data-article", link.article.as_deref())]);
    }

    fn close_annotation(&mut self, annotation: &'a Annotation) {
        match annotation {
            Annotation::Link(_) => self.close("a"),
            Annotation::Footnote { text } => self.close_footnote(annotation, text),
            Annotation::Abbr { .. } => self.close("abbr"),
            Annotation::Ruby { reading } => {
                self.open("rt", &[]);
                push_escaped(&mut self.out, reading);
                self.out.push_str("</rt></ruby>");
            }
            Annotation::Lang { .. } | Annotation::Dir { .. } => self.close("span"),
        }
    }

    fn close_footnote(&mut self, annotation: &'a Annotation, text: &'a str) {
        if self.notes.numbered.insert(std::ptr::from_ref(annotation)) {
            self.notes.texts.push(text);
            let number = self.notes.texts.len();
            let (note, reference) = (self.id(&format!("fn-{number}")), self.id(&format!("fnref-{number}")));
            self.open("sup", &[]);
            self.open("a", &[("href", Some(&format!("#{note}"))), ("id", Some(&reference))]);
            self.out.push_str(&number.to_string());
            self.out.push_str("</a></sup>");
        }
        self.close("span");
    }

    /// The list of notes, where there are any.
    pub(super) fn footnotes(&mut self) {
        let texts = std::mem::take(&mut self.notes.texts);
        if texts.is_empty() {
            return;
        }
        self.open("section", &[("class", Some("footnotes"))]);
        self.open("ol", &[]);
        for (at, text) in texts.into_iter().enumerate() {
            let (note, reference) =
                (self.id(&format!("fn-{}", at + 1)), self.id(&format!("fnref-{}", at + 1)));
            self.open("li", &[("id", Some(&note))]);
            push_escaped(&mut self.out, text);
            self.out.push(' ');
            self.open("a", &[("href", Some(&format!("#{reference}")))]);
            self.out.push_str("↩</a></li>");
        }
        self.out.push_str("</ol></section>");
    }
}
