//! Asking the verdict about a live story, for whoever asks.

use serde_json::{Value, json};

use super::partners::Client;
use crate::articles::{self, Card};
use crate::db::Conn;
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::media::{self, Asset};
use crate::publication::{self, Origin, Settings, judge};
use crate::rights::views::refusal;
use crate::rights::{Channel, State, Territory, Verdict};

/// Who asks, and for what use.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// The partner; none for anybody else.
    pub partner: Option<Client>,
    /// Where the story would run.
    pub channel: Channel,
    /// In which country, as a caller who is no partner says.
    pub territory: Option<Territory>,
    /// When.
    pub now: Stamp,
}

/// A verdict, with what it was asked about.
pub struct Asked {
    /// The verdict.
    pub verdict: Verdict,
    /// Where the story comes from.
    pub origin: Origin,
    /// The assets that the story shows.
    pub assets: Vec<Asset>,
}

impl Asked {
    /// 403 with every reason, where the verdict denies.
    pub fn permitted(self, now: Stamp) -> Result<Self> {
        match refusal(&self.verdict, Some(self.origin_told()), now) {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }

    /// The origin as a refusal names it.
    fn origin_told(&self) -> Value {
        json!({"code": self.origin.code, "name": self.origin.name, "contact": self.origin.contact})
    }
}

/// Asks about a live story: three statements, and two or three more for a partner.
pub fn ask(
    conn: &mut Conn,
    card: &Card,
    settings: &Settings,
    circumstances: &Circumstances,
) -> Result<Asked> {
    let shown: Vec<MediaId> =
        articles::media_of(conn, &[card.id])?.into_iter().map(|(_, media)| media).collect();
    let assets = media::by_ids(conn, &shown)?;
    let origin = publication::find_origin(conn, card.origin.id.as_str())?;
    let bearing = match &circumstances.partner {
        Some(client) => Some(client.bearing(conn, card, circumstances.now)?),
        None => None,
    };
    let leases: Vec<Vec<_>> = assets.iter().map(Asset::leases_for_rights).collect();
    let media: Vec<_> = assets.iter().zip(&leases).map(|(asset, leases)| asset.for_rights(leases)).collect();
    let client = circumstances.partner.as_ref().zip(bearing);
    let asked = publication::Asked {
        rights: &card.facts.rights,
        // A partner's delay counts from when the story was first public, which nobody can set back.
        state: State::Live { since: card.first_published_at },
        withheld: card.facts.withheld,
        origin: &origin,
        media: &media,
        partner: client.map(|(client, bearing)| client.for_rights(bearing)),
        channel: circumstances.channel,
        territory: circumstances.territory,
        now: circumstances.now,
    };
    let verdict = judge(asked, settings);
    Ok(Asked { verdict, origin, assets })
}
