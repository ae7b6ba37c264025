//! The facts that a package is made of.
//!
//! Borrowed from whatever room has read them, in one snapshot: the story as it is live (or, for a
//! partner with access under an embargo, as it will be), its resolved body, the publication's
//! settings, the verdict that permits it, and the address of the pixel. Nothing else shows in a
//! package, so equal facts make equal bytes.

use chrono_tz::Tz;
use url::Url;

use crate::body::Document;
use crate::db::types::Stamp;
use crate::rights::Verdict;

/// Everything that a package is made of.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The story.
    pub story: Story<'a>,
    /// Its body, resolved.
    pub body: &'a Document,
    /// The assets that it shows, those that the verdict speaks of.
    pub assets: &'a [Asset<'a>],
    /// The publication.
    pub publication: Publication<'a>,
    /// The verdict for the caller.
    pub verdict: &'a Verdict,
    /// Whether the caller gets the whole text.
    pub extent: Extent,
    /// The address of the pixel; `None` where nothing is to be counted.
    pub pixel_url: Option<&'a str>,
}

/// How much of a story a caller gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Full,
    /// Headline, byline, summary and a link.
    Summary,
}

/// The story itself.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its slug.
    pub slug: &'a str,
    /// The published version that this is.
    pub version: u32,
    /// Its language (BCP 47).
    pub locale: &'a str,
    /// Its headline.
    pub headline: &'a str,
    /// Its standfirst.
    pub standfirst: Option<&'a str>,
    /// Its summary.
    pub summary: Option<&'a str>,
    /// Its printed byline.
    pub byline: Option<&'a str>,
    /// Its authors, in the order of the byline.
    pub authors: &'a [Author<'a>],
    /// What readers see as its date.
    pub published_at: Stamp,
    /// The last change of anything that is shown.
    pub modified_at: Stamp,
    /// Its address on our site: what relative links start from.
    pub url: &'a Url,
    /// Its canonical address: what the credit and the canonical link lead to.
    pub canonical_url: &'a str,
    /// Its corrections, in the order they are printed.
    pub corrections: &'a [Correction<'a>],
}

/// An author.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// The printed name.
    pub name: &'a str,
    /// Their page on our site.
    pub url: &'a str,
}

/// A correction.
#[derive(Clone, Copy, Debug)]
pub struct Correction<'a> {
    /// When it was made.
    pub at: Stamp,
    /// `correction clarification update retraction`.
    pub kind: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// An asset that the story shows.
#[derive(Clone, Copy, Debug)]
pub struct Asset<'a> {
    /// Its id, as the verdict names it.
    pub id: &'a str,
    /// Its key.
    pub key: Option<&'a str>,
    /// Where it is.
    pub url: &'a str,
    /// Its media type.
    pub mime: &'a str,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// What it shows, for who cannot see it.
    pub alt: Option<&'a str>,
    /// Its caption, where the body gives it none of its own.
    pub caption: Option<&'a str>,
    /// Its credit line.
    pub credit: Option<&'a str>,
}

/// The publication.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its timezone: that of printed dates.
    pub zone: Tz,
    /// The credit that copies print, in which `{publication}` stands for the name; none: a default
    /// in the story's language.
    pub credit_line: Option<&'a str>,
    /// The page of its guidelines.
    pub guidelines_url: Option<&'a str>,
    /// The address to write to about republishing.
    pub contact_email: Option<&'a str>,
    /// The subject to write under.
    pub contact_subject: Option<&'a str>,
    /// The version of its terms.
    pub terms_version: &'a str,
}
