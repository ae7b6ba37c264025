//! The assets of a package: which the caller may run, and which were left out.
//!
//! A package's text holds no image. Those that the verdict allows are listed with all that is
//! needed to run them, and with the caption they have in the body. Of the others nothing is told
//! that leads to them: kind, reason, credit and whom to ask.

use std::collections::HashSet;

use super::source::{Asset, Source};
use super::views::{ImageView, OmittedView};
use crate::body::Omitted;
use crate::rights::AssetReason;

/// The assets that the caller may run, in the order of the verdict. `pictures` are those that were
/// taken out of the body.
pub(super) fn allowed(source: &Source<'_>, pictures: &[Omitted]) -> Vec<ImageView> {
    let decisions = source.verdict.assets.iter().filter(|decision| decision.allowed());
    decisions
        .filter_map(|decision| source.assets.iter().find(|asset| asset.id == decision.media))
        .map(|asset| image(asset, pictures))
        .collect()
}

fn image(asset: &Asset<'_>, pictures: &[Omitted]) -> ImageView {
    let shown = pictures.iter().find(|picture| is_of(picture, asset));
    let caption = shown.and_then(|picture| picture.caption.as_deref());
    ImageView {
        media: asset.id.to_owned(),
        key: asset.key.map(str::to_owned),
        url: asset.url.to_owned(),
        mime: asset.mime.to_owned(),
        width: asset.width,
        height: asset.height,
        alt: filled(asset.alt),
        caption: filled(caption.or(asset.caption)),
        credit: filled(asset.credit),
    }
}

/// Everything else that the story shows: assets that the verdict denies, and pictures in the body
/// that are none of our assets and that nobody can have cleared.
pub(super) fn omitted(source: &Source<'_>, pictures: &[Omitted]) -> Vec<OmittedView> {
    let contact = source.publication.contact_email;
    let entry = |kind: &str, reason: AssetReason, credit: Option<&str>| OmittedView {
        kind: kind.to_owned(),
        reason,
        credit: filled(credit),
        contact: contact.map(str::to_owned),
    };
    let denied = source.verdict.assets.iter().filter_map(|decision| {
        let mime = source.assets.iter().find(|asset| asset.id == decision.media).map(|asset| asset.mime);
        decision.reason.map(|reason| entry(kind(mime), reason, decision.credit.as_deref()))
    });
    let mut seen = HashSet::new();
    let foreign = pictures
        .iter()
        .filter(|picture| !source.assets.iter().any(|asset| is_of(picture, asset)))
        .filter(|picture| seen.insert((picture.media.as_deref(), picture.url.as_deref())))
        .map(|picture| entry(&picture.kind, AssetReason::NotCleared, picture.credit.as_deref()));
    denied.chain(foreign).collect()
}

fn kind(mime: Option<&str>) -> &str {
    match mime.and_then(|mime| mime.split('/').next()) {
        Some(kind @ ("audio" | "video")) => kind,
        Some(_) | None => "image",
    }
}

fn is_of(picture: &Omitted, asset: &Asset<'_>) -> bool {
    match picture.media.as_deref() {
        Some(media) => media == asset.id || Some(media) == asset.key,
        None => picture.url.as_deref() == Some(asset.url),
    }
}

fn filled(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).map(str::to_owned)
}
