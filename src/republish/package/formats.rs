//! A package as HTML, plain text and Markdown.
//!
//! Each is the whole copyable piece in the same order: headline, lead, byline, date, body,
//! corrections, credit, pixel. No image but the pixel, no script, style, frame, form or event
//! attribute can stand in it, as the body's renderers write none. Equal pieces give equal bytes.

use super::pieces::Pieces;
use super::source::Story;
use super::words;
use crate::body::{Block, Content, Document, Inline, Rendering, Style, Text, escape_html};

/// The piece as HTML.
pub(super) fn html(pieces: &Pieces, story: &Story<'_>, credit: &str, pixel: Option<&str>) -> String {
    let (lang, dir) = (escape_html(story.locale), words::direction(story.locale));
    let opening = format!("<article lang=\"{lang}\" dir=\"{dir}\">");
    let headline = format!("<h1>{}</h1>", escape_html(&pieces.headline));
    let front = html_of(&pieces.front, story.id);
    let body = html_of(&pieces.body, story.id);
    let corrections = html_of(&pieces.corrections, story.id);
    join(
        [&opening, &headline, &front, &body, &corrections, credit, pixel.unwrap_or_default(), "</article>"],
        "\n",
    )
}

/// A part of the piece as HTML. The end of the story's id keeps the footnotes of two packages on
/// one page apart.
pub(super) fn html_of(part: &Document, id: &str) -> String {
    part.to_html(&Rendering { footnote_suffix: id.rsplit('-').next().map(str::to_owned) })
}

/// The pixel as HTML. Not loaded lazily, of fixed size and with an empty `alt`, so that it counts
/// and is neither seen nor read out; without a referrer policy, so that the page's own decides what
/// is told to us.
pub(super) fn pixel(url: &str) -> String {
    format!("<img src=\"{}\" width=\"1\" height=\"1\" alt=\"\" loading=\"eager\" />", escape_html(url))
}

/// The piece as plain text.
pub(super) fn text(pieces: &Pieces, canonical_url: &str) -> String {
    let credit = format!("{}\n{canonical_url}", pieces.credit.to_text().trim_end());
    let (front, body, corrections) =
        (pieces.front.to_text(), pieces.body.to_text(), pieces.corrections.to_text());
    join([&pieces.headline, &front, &body, &corrections, &credit], "\n\n")
}

/// The piece as CommonMark.
pub(super) fn markdown(pieces: &Pieces, pixel: Option<&str>) -> String {
    let headline = heading(&pieces.headline);
    let [front, body, corrections, credit] =
        [&pieces.front, &pieces.body, &pieces.corrections, &pieces.credit].map(Document::to_markdown);
    join([&headline, &front, &body, &corrections, &credit, pixel.unwrap_or_default()], "\n\n")
}

/// The headline as a heading of the first rank. The body's renderer knows what must be escaped in
/// one, but begins at the second rank.
fn heading(headline: &str) -> String {
    let text = Text { style: Style::H2, inline: Inline::plain(headline), ..Text::default() };
    let second = Document { blocks: vec![Block::new(Content::Text(text))] }.to_markdown();
    second.strip_prefix('#').unwrap_or(&second).to_owned()
}

/// The parts that are not empty, parted, with a line end behind the last.
fn join<const N: usize>(parts: [&str; N], between: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().map(str::trim_end).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join(between))
}
