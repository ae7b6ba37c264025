//! The package: a story made ready to run elsewhere, by our rules.
//!
//! `package` turns a story, its body and a verdict that permits into one value with everything a
//! partner needs, which renders as JSON, HTML, text and Markdown. It is pure and deterministic:
//! equal sources give equal bytes. It promises that a denied story makes no package, that no denied
//! asset is named in one, and that what the verdict requires stands in it. It knows neither who
//! asks nor how a use is recorded.

mod formats;
mod head;
mod images;
mod pieces;
pub mod source;
pub mod views;
mod words;

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::rights::ConditionView;
use pieces::Pieces;

pub use source::{Asset, Author, Correction, Extent, Publication, Source, Story};
pub use views::{AuthorView, ContactView, HeadView, ImageView, OmittedView, PackageView};

/// A story made ready: its answer as JSON, and the pieces that text and Markdown are made of.
#[derive(Clone, Debug)]
pub struct Package {
    view: PackageView,
    pieces: Pieces,
}

/// The package of a story; `None` where the verdict denies it, which the caller then tells.
pub fn package(source: &Source<'_>) -> Option<Package> {
    if !source.verdict.allows() {
        return None;
    }
    let (story, publication) = (&source.story, &source.publication);
    let (pieces, pictures) = pieces::cut(source);
    let credit_html = formats::html_of(&pieces.credit, story.id);
    let pixel_html = source.pixel_url.map(formats::pixel);
    let html = formats::html(&pieces, story, &credit_html, pixel_html.as_deref());
    let view = PackageView {
        id: story.id.to_owned(),
        slug: story.slug.to_owned(),
        version: story.version,
        locale: story.locale.to_owned(),
        headline: pieces.headline.clone(),
        byline: story.byline.map(str::to_owned),
        authors: story.authors.iter().map(AuthorView::from).collect(),
        published_at: story.published_at,
        modified_at: story.modified_at,
        url: story.url.to_string(),
        canonical_url: story.canonical_url.to_owned(),
        head: head::of(source),
        images: images::allowed(source, &pictures),
        omitted: images::omitted(source, &pictures),
        rules: source.verdict.conditions.iter().map(ConditionView::from).collect(),
        contact: ContactView::of(publication),
        guidelines_url: publication.guidelines_url.map(str::to_owned),
        terms_version: publication.terms_version.to_owned(),
        sha256: hexadecimal(&Sha256::digest(html.as_bytes())),
        credit_html,
        pixel_html,
        html,
    };
    Some(Package { view, pieces })
}

impl Package {
    /// The package as JSON.
    pub fn view(&self) -> &PackageView {
        &self.view
    }

    /// The package as JSON, for good.
    pub fn into_view(self) -> PackageView {
        self.view
    }

    /// The whole piece as HTML, to be pasted as it is.
    pub fn html(&self) -> &str {
        &self.view.html
    }

    /// The whole piece as plain text; it has no pixel, and names the story's address below the
    /// credit.
    pub fn text(&self) -> String {
        formats::text(&self.pieces, &self.view.canonical_url)
    }

    /// The whole piece as CommonMark; the pixel is a line of HTML at its end.
    pub fn markdown(&self) -> String {
        formats::markdown(&self.pieces, self.view.pixel_html.as_deref())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
