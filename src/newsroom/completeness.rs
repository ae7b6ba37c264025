//! What a story needs before it can go live, and what should be looked at first.

use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::{OriginId, SectionId};
use crate::error::{Error, Result};
use crate::fields::{Faults, Warning};
use crate::media;
use crate::publication::Settings;

/// What a complete story has.
pub struct Complete<'a> {
    /// Its headline.
    pub headline: &'a str,
    /// Its section.
    pub section: SectionId,
    /// Its origin.
    pub origin: OriginId,
}

/// The story's needful parts; 422 with everything that is missing.
pub fn complete<'a>(story: &'a Story, missing_alt: &[Warning], settings: &Settings) -> Result<Complete<'a>> {
    let headline = story.headline.as_deref().filter(|headline| !headline.trim().is_empty());
    let mut faults =
        missing(headline.is_some(), story.section.is_some(), story.origin.is_some(), !story.body.is_empty());
    if settings.require_alt {
        for warning in missing_alt {
            faults.add(
                format!("/{}", warning.field.as_deref().unwrap_or("body")),
                "alt_missing",
                warning.detail.clone(),
            );
        }
    }
    match (headline, story.section, story.origin) {
        (Some(headline), Some(section), Some(origin)) if faults.0.is_empty() => {
            Ok(Complete { headline, section, origin })
        }
        _ => Err(Error::InvalidBody(faults.0)),
    }
}

/// What a story lacks before it can go live, by what it has.
pub fn missing(headline: bool, section: bool, origin: bool, body: bool) -> Faults {
    let mut faults = Faults::default();
    let mut need = |name: &str, code: &'static str, there: bool| {
        if !there {
            faults.add(format!("/{name}"), code, format!("a story needs its {name} before it goes live"));
        }
    };
    need("headline", "missing_field", headline);
    need("section", "missing_field", section);
    need("origin", "origin_required", origin);
    need("body", "missing_field", body);
    faults
}

/// Pictures that have neither alternative text nor are decorative (WCAG 2.2, 1.1.1).
pub fn missing_alt(conn: &mut Conn, story: &Story) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    if let Some(lead) = story.lead_media {
        let asset = media::by_ids(conn, &[lead])?.pop();
        if asset.is_some_and(|asset| asset.facts.alt.is_none() && !asset.facts.decorative) {
            warnings.push(Warning::about(
                "lead_media",
                "alt_missing",
                "the lead picture has no alternative text",
            ));
        }
    }
    let known = super::verdict::known_media(conn, story)?;
    for picture in story.body.pictures_without_alt(&known) {
        warnings.push(Warning::about(
            "body",
            "alt_missing",
            format!("the picture {picture} has no alternative text"),
        ));
    }
    Ok(warnings)
}
