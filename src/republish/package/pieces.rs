//! The pieces of a package: what stands before the body, the body, and what stands after it.
//!
//! Each piece is a document like the body itself, so that one set of renderers writes every format
//! and escapes every text once. The order of the pieces is the order on the page.

use super::source::{Correction, Extent, Publication, Source, Story};
use super::words;
use crate::articles::printed_date;
use crate::body::{Annotation, Block, Document, Inline, Link, MarkDef, Omitted, Span};

/// A story cut into what every format prints in this order.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    /// The headline, one line.
    pub headline: String,
    /// Standfirst or summary, byline, date.
    pub front: Document,
    /// The words of the story; of a summary the link to it.
    pub body: Document,
    /// The corrections.
    pub corrections: Document,
    /// The credit line, with its link.
    pub credit: Document,
}

/// The pieces of a story, and the pictures that were taken out of its body.
pub(super) fn cut(source: &Source<'_>) -> (Pieces, Vec<Omitted>) {
    let story = &source.story;
    let headline = one_line(story.headline);
    let ((body, pictures), corrections) = match source.extent {
        Extent::Full => (
            source.body.for_republishing(story.url),
            story.corrections.iter().map(|one| correction(one, story, &source.publication)).collect(),
        ),
        Extent::Summary => {
            let link = document([Inline::linked(headline.as_str(), story.canonical_url)]);
            ((link, Vec::new()), Vec::new())
        }
    };
    let pieces = Pieces {
        headline,
        front: front(source),
        body,
        corrections: document(corrections),
        credit: document([credit(story, &source.publication)]),
    };
    (pieces, pictures)
}

fn front(source: &Source<'_>) -> Document {
    let story = &source.story;
    let lead = match source.extent {
        Extent::Full => story.standfirst,
        Extent::Summary => filled(story.summary).or(story.standfirst),
    };
    let date = printed_date(story.published_at, source.publication.zone, story.locale);
    document(
        [filled(lead), filled(story.byline), Some(date.as_str())].into_iter().flatten().map(Inline::plain),
    )
}

fn correction(correction: &Correction<'_>, story: &Story<'_>, publication: &Publication<'_>) -> Inline {
    let label = words::correction(story.locale, correction.kind);
    let date = printed_date(correction.at, publication.zone, story.locale);
    Inline {
        children: vec![
            Span { key: "s0".to_owned(), text: label.to_owned(), marks: vec!["strong".to_owned()] },
            Span { key: "s1".to_owned(), text: format!(" ({date}): {}", correction.text), marks: Vec::new() },
        ],
        mark_defs: Vec::new(),
    }
}

/// The publication's credit line, in which its name (or, where it is not named, the whole line)
/// leads to the story.
fn credit(story: &Story<'_>, publication: &Publication<'_>) -> Inline {
    let line = filled(publication.credit_line).unwrap_or_else(|| words::credit_line(story.locale));
    let Some((before, after)) = line.split_once(PUBLICATION) else {
        return Inline::linked(line, story.canonical_url);
    };
    let after = after.replace(PUBLICATION, publication.name);
    let texts = [(before, false), (publication.name, true), (after.as_str(), false)];
    let children =
        texts.into_iter().filter(|(text, _)| !text.is_empty()).enumerate().map(|(at, (text, linked))| Span {
            key: format!("s{at}"),
            text: text.to_owned(),
            marks: if linked { vec!["m0".to_owned()] } else { Vec::new() },
        });
    let link = Annotation::Link(Link { href: Some(story.canonical_url.to_owned()), article: None });
    Inline {
        children: children.collect(),
        mark_defs: vec![MarkDef { key: "m0".to_owned(), annotation: link }],
    }
}

/// What stands for the publication's name in a credit line.
const PUBLICATION: &str = "{publication}";

fn document(paragraphs: impl IntoIterator<Item = Inline>) -> Document {
    let keyed = |(at, inline)| Block { key: format!("p{at}"), ..Block::paragraph(inline) };
    Document { blocks: paragraphs.into_iter().enumerate().map(keyed).collect() }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// A headline is one line in every format.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
