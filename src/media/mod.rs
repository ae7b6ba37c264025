//! Pictures and other assets: where each is, what it shows, whose it is, and who may run it.
//!
//! This room keeps what is known of an asset, not its bytes. A live story shows an asset's credit and
//! words as they are now, so changing them changes the story's answers at once. Whether others may
//! run an asset is decided in `rights`, from `syndication` and the leases.

pub mod routes;
pub mod views;

mod bodies;
mod leases;
mod shown;
mod store;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::articles::cards::Focal;
use crate::articles::{self, Shown};
use crate::db::ids::MediaId;
use crate::db::{Audience, Browse, Change, Conn, Position, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Key, Slug};

pub use bodies::{bodies, body, body_of, resolved};
pub use leases::{Lease, LeaseDraft};

/// A picture, or another asset, that stories show.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// The key of the row.
    pub id: MediaId,
    /// The name by which staff and imports call it.
    pub key: String,
    /// What is known of it.
    pub facts: Facts,
    /// What was agreed for some time or somebody.
    pub leases: Vec<Lease>,
}

/// What is known of an asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub mime: Option<String>,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// What it shows, for who cannot see it.
    pub alt: Option<String>,
    /// Whether it says nothing that the text does not.
    pub decorative: bool,
    /// The words under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The point that a crop keeps.
    pub focal: Option<Focal>,
    /// Whether others may run it, where no lease says otherwise.
    pub syndication: Syndication,
}

/// Whether others may run an asset, where no lease says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "denied")]
pub enum Syndication {
    /// They may.
    Allowed,
    /// They may not.
    #[default]
    Denied,
}

/// What is to be stored of an asset.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its key; made from the name of its file where it is left out.
    pub key: Option<Key>,
    /// What is known of it.
    pub facts: Facts,
    /// What was agreed, with partners by id or slug.
    pub leases: Vec<LeaseDraft>,
}

/// Takes an asset in. 409 `taken` where another has the key, 422 at `/leases` where a partner is
/// not there.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Asset> {
    let id = MediaId::new();
    let key = match draft.key {
        Some(key) => free_key(tx, key, id)?,
        None => make_key(tx, &draft.facts.url, id)?,
    };
    let leases = leases::agreed(tx, draft.leases)?;
    let asset = Asset { id, key, facts: draft.facts, leases };
    store::insert(tx, &asset)?;
    tx.record(changed("media.created", &asset));
    Ok(asset)
}

/// Changes an asset; live stories that show it show the change at once. An identical change is none.
pub fn change(tx: &mut Tx, present: &Asset, draft: Draft) -> Result<Asset> {
    let key = match draft.key {
        Some(key) => free_key(tx, key, present.id)?,
        None => present.key.clone(),
    };
    let leases = leases::agreed(tx, draft.leases)?;
    let asset = Asset { id: present.id, key, facts: draft.facts, leases };
    if asset == *present {
        return Ok(asset);
    }
    store::update(tx, &asset)?;
    articles::touch(tx, Shown::Media, asset.id)?;
    tx.record(changed("media.changed", &asset));
    Ok(asset)
}

/// Changes the asset that has the key of the draft, or takes it in.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<Asset> {
    let present = match &draft.key {
        Some(key) => store::by_key(tx, key.as_str())?,
        None => None,
    };
    match present {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

/// Deletes an asset that no story shows; 409 `in_use` with the counts otherwise.
pub fn delete(tx: &mut Tx, asset: &Asset) -> Result<()> {
    articles::uses(tx, Shown::Media, asset.id.as_str())?.refuse("asset")?;
    store::delete(tx, asset.id)?;
    tx.record(changed("media.deleted", asset));
    Ok(())
}

/// The asset by id or key.
pub fn find(conn: &mut Conn, name: &str) -> Result<Asset> {
    find_if_any(conn, name)?.ok_or(Error::NotFound("asset"))
}

/// The asset by id or key; none where there is none.
pub fn find_if_any(conn: &mut Conn, name: &str) -> Result<Option<Asset>> {
    match (name.parse(), Key::parse(name.to_owned())) {
        (Ok(id), _) => store::by_id(conn, id),
        (Err(_), Ok(key)) => store::by_key(conn, key.as_str()),
        // What cannot be a key is not asked for: PostgreSQL refuses a query that holds a NUL.
        (Err(_), Err(_)) => Ok(None),
    }
}

/// The assets of these ids, in no order; what is not there is left out.
pub fn by_ids(conn: &mut Conn, ids: &[MediaId]) -> Result<Vec<Asset>> {
    store::by_ids(conn, ids)
}

/// The assets at these addresses, in the order in which they came; several may share one.
pub fn by_urls(conn: &mut Conn, urls: &[String]) -> Result<Vec<Asset>> {
    store::by_urls(conn, urls)
}

/// A page of assets by key; `named` is looked for in key, alternative text, caption and credit.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Asset>> {
    store::browse(conn, browse)
}

/// Where an asset stands in that order.
pub fn position(asset: &Asset) -> Position {
    Position { key: asset.key.clone(), id: asset.id.to_string() }
}

fn free_key(tx: &mut Tx, key: Key, id: MediaId) -> Result<String> {
    match store::by_key(tx, key.as_str())? {
        Some(holder) if holder.id != id => Err(Error::Taken(format!("the key `{}` is taken", key.as_str()))),
        Some(_) | None => Ok(key.into_string()),
    }
}

/// A key from the name of the file, made unique by `-2`, `-3` ….
fn make_key(tx: &mut Tx, url: &str, id: MediaId) -> Result<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = percent_encoding::percent_decode_str(stem).decode_utf8_lossy();
    let made = Slug::from_words(&stem).unwrap_or_else(|| Slug::from_id("media", &id));
    let mut key = made.clone();
    let mut number = 2;
    while store::by_key(tx, key.as_str())?.is_some() {
        key = made.with_suffix(number);
        number += 1;
    }
    Ok(key.into())
}

fn changed(kind: &'static str, asset: &Asset) -> Change {
    Change::new(Audience::Staff, kind, "media", asset.id).key("media", asset.id)
}

impl Syndication {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Syndication::Allowed => "allowed",
            Syndication::Denied => "denied",
        }
    }

    /// The value of that word; what is no word of ours denies.
    pub fn of(word: &str) -> Self {
        if word == "allowed" { Syndication::Allowed } else { Syndication::Denied }
    }
}
