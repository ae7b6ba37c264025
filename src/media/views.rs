//! Assets as JSON, in and out.

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asset, Draft, Facts, Lease, LeaseDraft, Syndication};
use crate::articles::cards::Focal;
use crate::articles::views::Rendition;
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::fields::{Faults, Fraction, Key, Name, Number, Ref, Rule, Text, WebUrl};
use crate::rights::LeaseEffect;

/// A picture, or another asset, as readers get it.
#[derive(Serialize, ToSchema)]
#[schema(as = Media)]
pub struct MediaView {
    /// The key of the row.
    pub id: MediaId,
    /// Its address.
    #[schema(example = "https://media.courier.example/harbour-at-dawn.jpg")]
    pub url: String,
    /// Its media type (RFC 6838).
    #[schema(example = "image/jpeg")]
    pub mime: Option<String>,
    /// Width in pixels.
    #[schema(example = 2400)]
    pub width: Option<i32>,
    /// Height in pixels.
    #[schema(example = 1600)]
    pub height: Option<i32>,
    /// What it shows, for who cannot see it.
    #[schema(example = "Three trawlers at the north pier, in fog")]
    pub alt: Option<String>,
    /// Whether it says nothing that the text does not, and needs no alternative text.
    #[schema(example = false)]
    pub decorative: bool,
    /// The words under it.
    #[schema(example = "The fleet waited a third day for the fog to lift.")]
    pub caption: Option<String>,
    /// Who made it; printed wherever the picture stands.
    #[schema(example = "Rui Faro for the Courier")]
    pub credit: Option<String>,
    /// The point that a crop keeps.
    pub focal: Option<Focal>,
    /// The same picture in other sizes.
    pub renditions: Vec<Rendition>,
}

/// A picture, or another asset, as the newsroom sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffMedia)]
pub struct StaffMediaView {
    /// The key of the row.
    pub id: MediaId,
    /// The name by which staff and imports call it.
    #[schema(example = "harbour-at-dawn")]
    pub key: String,
    /// Its address.
    #[schema(example = "https://media.courier.example/harbour-at-dawn.jpg")]
    pub url: String,
    /// Its media type (RFC 6838).
    #[schema(example = "image/jpeg")]
    pub mime: Option<String>,
    /// Width in pixels.
    #[schema(example = 2400)]
    pub width: Option<i32>,
    /// Height in pixels.
    #[schema(example = 1600)]
    pub height: Option<i32>,
    /// What it shows, for who cannot see it.
    #[schema(example = "Three trawlers at the north pier, in fog")]
    pub alt: Option<String>,
    /// Whether it says nothing that the text does not, and needs no alternative text.
    #[schema(example = false)]
    pub decorative: bool,
    /// The words under it.
    #[schema(example = "The fleet waited a third day for the fog to lift.")]
    pub caption: Option<String>,
    /// Who made it, as it is printed.
    #[schema(example = "Rui Faro for the Courier")]
    pub credit: Option<String>,
    /// The point that a crop keeps.
    pub focal: Option<Focal>,
    /// Whether others may run it, where no lease says otherwise.
    pub syndication: Syndication,
    /// What was agreed for some time or somebody.
    pub leases: Vec<Lease>,
}

/// An asset to take in, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MediaInput {
    /// The name by which staff and imports call it, unique; made from the name of its file where it
    /// is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "harbour-at-dawn")]
    pub key: Option<Key>,
    /// Its address.
    #[schema(inline, example = "https://media.courier.example/harbour-at-dawn.jpg")]
    pub url: WebUrl,
    /// Its media type (RFC 6838).
    #[deserr(default)]
    #[schema(inline, example = "image/jpeg")]
    pub mime: Option<MediaType>,
    /// Width in pixels, 1-1,000,000.
    #[deserr(default)]
    #[schema(inline, example = 2400)]
    pub width: Option<Number<1, 1_000_000>>,
    /// Height in pixels, 1-1,000,000.
    #[deserr(default)]
    #[schema(inline, example = 1600)]
    pub height: Option<Number<1, 1_000_000>>,
    /// What it shows, for who cannot see it, at most 2,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Three trawlers at the north pier, in fog")]
    pub alt: Option<Text<2000>>,
    /// Whether it says nothing that the text does not, and needs no alternative text. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub decorative: Option<bool>,
    /// The words under it, at most 5,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "The fleet waited a third day for the fog to lift.")]
    pub caption: Option<Text<5000>>,
    /// Who made it, as it is printed, at most 500 characters.
    #[deserr(default)]
    #[schema(inline, example = "Rui Faro for the Courier")]
    pub credit: Option<Text<500>>,
    /// The point that a crop keeps.
    #[deserr(default)]
    pub focal: Option<FocalInput>,
    /// Whether others may run it, where no lease says otherwise. Default `denied`.
    #[deserr(default)]
    pub syndication: Option<Syndication>,
    /// What was agreed for some time or somebody.
    #[deserr(default)]
    pub leases: Vec<LeaseInput>,
}

/// The point of a picture that a crop keeps, from the top left.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct FocalInput {
    /// Of the width, 0-1.
    #[schema(inline, example = 0.5)]
    pub x: Fraction,
    /// Of the height, 0-1.
    #[schema(inline, example = 0.33)]
    pub y: Fraction,
}

/// What was agreed about an asset. One that names a group or a partner binds only them.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = LeaseInput::in_order -> Faults)]
pub struct LeaseInput {
    /// Whether it allows or denies; a denial goes before a permission.
    pub effect: LeaseEffect,
    /// The group of partners that it is for, 1-100 characters.
    #[deserr(default)]
    #[schema(inline, example = "islands")]
    pub group: Option<Name<100>>,
    /// The partner that it is for.
    #[deserr(default)]
    #[schema(inline, example = "the-ferryman")]
    pub partner: Option<Ref>,
    /// Its beginning, inclusive; null: always.
    #[deserr(default)]
    pub from: Option<Stamp>,
    /// Its end, exclusive and later than its beginning; null: for ever.
    #[deserr(default)]
    pub to: Option<Stamp>,
}

impl LeaseInput {
    fn in_order(self, location: ValuePointerRef) -> Result<Self, Faults> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to <= from => {
                Err(Faults::one(location.push_key("to"), "invalid_value", "must be later than `from`"))
            }
            _ => Ok(self),
        }
    }
}

/// A media type (RFC 6838) without parameters, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = MediaType::parse -> Rule)]
#[schema(value_type = String, example = "image/jpeg", max_length = 127)]
pub struct MediaType(String);

impl MediaType {
    fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, 127)?;
        let good = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
        };
        match text.split_once('/') {
            Some((kind, subtype)) if good(kind) && good(subtype) => Ok(MediaType(text.to_ascii_lowercase())),
            _ => Err(Rule::invalid("must be a media type like image/jpeg")),
        }
    }
}

impl MediaView {
    /// The asset.
    pub fn new(asset: Asset) -> Self {
        let Asset { id, key: _, facts, leases: _ } = asset;
        let Facts { url, mime, width, height, alt, decorative, caption, credit, focal, syndication: _ } =
            facts;
        let renditions = Vec::new();
        MediaView { id, url, mime, width, height, alt, decorative, caption, credit, focal, renditions }
    }
}

impl StaffMediaView {
    /// The asset.
    pub fn new(asset: Asset) -> Self {
        let Asset { id, key, facts, leases } = asset;
        let Facts { url, mime, width, height, alt, decorative, caption, credit, focal, syndication } = facts;
        StaffMediaView {
            id,
            key,
            url,
            mime,
            width,
            height,
            alt,
            decorative,
            caption,
            credit,
            focal,
            syndication,
            leases,
        }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(asset: &Asset) -> serde_json::Value {
        let facts = &asset.facts;
        serde_json::json!({
            "key": asset.key,
            "url": facts.url,
            "mime": facts.mime,
            "width": facts.width,
            "height": facts.height,
            "alt": facts.alt,
            "decorative": facts.decorative,
            "caption": facts.caption,
            "credit": facts.credit,
            "focal": facts.focal,
            "syndication": facts.syndication,
            "leases": asset.leases,
        })
    }
}

impl From<LeaseInput> for LeaseDraft {
    fn from(input: LeaseInput) -> Self {
        let LeaseInput { effect, group, partner, from, to } = input;
        LeaseDraft { effect, group: group.map(Name::into_string), partner, from, to }
    }
}

impl From<MediaInput> for Draft {
    fn from(input: MediaInput) -> Self {
        let facts = Facts {
            url: input.url.into_string(),
            mime: input.mime.map(|mime| mime.0),
            width: input.width.map(|width| width.0),
            height: input.height.map(|height| height.0),
            alt: input.alt.and_then(Text::filled),
            decorative: input.decorative.unwrap_or(false),
            caption: input.caption.and_then(Text::filled),
            credit: input.credit.and_then(Text::filled),
            focal: input.focal.map(|focal| Focal { x: focal.x.0, y: focal.y.0 }),
            syndication: input.syndication.unwrap_or_default(),
        };
        Draft { key: input.key, facts, leases: input.leases.into_iter().map(LeaseDraft::from).collect() }
    }
}
