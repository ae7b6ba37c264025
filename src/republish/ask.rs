//! Asking the verdict about a live story, for whoever asks.

use serde_json::{Value, json};

use super::partners::{Client, Portion};
use crate::articles::{self, Card, Found};
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::db::{Conn, Snapshot};
use crate::error::{Error, Result};
use crate::media::{self, Asset};
use crate::newsroom::{self, Embargoed};
use crate::publication::{self, Origin, Settings, judge};
use crate::rights::views::refusal;
use crate::rights::{Channel, ReasonCode, State, Territory, Verdict};

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

impl Circumstances {
    /// A use on the web, in a partner's own country or one that nobody told.
    pub fn on_the_web(partner: Option<Client>, now: Stamp) -> Self {
        Circumstances { partner, channel: Channel::Web, territory: None, now }
    }

    /// How much of a story whoever asks gets.
    pub fn portion(&self) -> Portion {
        self.partner.as_ref().map_or(Portion::Full, |client| client.partner.agreement.text)
    }
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

/// A story that somebody asks about, which they may know of.
pub enum Subject {
    /// It is live.
    Live(Box<Card>),
    /// It waits under an embargo, and a partner who may read it before asks.
    Embargoed(Box<Embargoed>),
}

/// What an id or slug leads to.
pub enum Sought {
    /// The story is at another slug.
    Moved(String),
    /// The story, with the verdict.
    Found(Subject, Box<Asked>),
}

impl Subject {
    /// The story as it is shown.
    pub fn card(&self) -> &Card {
        match self {
            Subject::Live(card) => card,
            Subject::Embargoed(embargoed) => &embargoed.card,
        }
    }
}

/// Looks for the story of an id or slug and asks about it. 404 of what is not live, but for a partner with access under
/// an embargo, to whom nothing else is denied; 410 of what was taken back.
pub fn seek(
    snapshot: &mut Snapshot,
    key: &str,
    settings: &Settings,
    circumstances: &Circumstances,
) -> Result<Sought> {
    match articles::find(snapshot, key) {
        Ok(Found::Moved(slug)) => Ok(Sought::Moved(slug)),
        Ok(Found::Here(card)) => {
            card.noted_in(snapshot);
            let asked = ask(snapshot, &card, settings, circumstances)?;
            Ok(Sought::Found(Subject::Live(card), Box::new(asked)))
        }
        Err(Error::NotFound(what)) => {
            let found = embargoed(snapshot, key, settings, circumstances)?;
            found.map(|(story, asked)| Sought::Found(story, Box::new(asked))).ok_or(Error::NotFound(what))
        }
        Err(error) => Err(error),
    }
}

fn embargoed(
    snapshot: &mut Snapshot,
    key: &str,
    settings: &Settings,
    circumstances: &Circumstances,
) -> Result<Option<(Subject, Asked)>> {
    let access = circumstances.partner.as_ref().is_some_and(|client| client.partner.agreement.embargo_access);
    if !access {
        return Ok(None);
    }
    let Some(story) = newsroom::under_embargo(snapshot, key)? else { return Ok(None) };
    let state = State::Embargoed { until: story.until };
    let asked = ask_as(snapshot, &story.card, state, &story.media, settings, circumstances)?;
    let only_waits = asked.verdict.reasons.iter().all(|reason| reason.code == ReasonCode::EmbargoActive);
    Ok(only_waits.then(|| (Subject::Embargoed(Box::new(story)), asked)))
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
    // A partner's delay counts from when the story was first public, which nobody can set back.
    let state = State::Live { since: card.first_published_at };
    ask_as(conn, card, state, &shown, settings, circumstances)
}

fn ask_as(
    conn: &mut Conn,
    card: &Card,
    state: State,
    shown: &[MediaId],
    settings: &Settings,
    circumstances: &Circumstances,
) -> Result<Asked> {
    let assets = media::by_ids(conn, shown)?;
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
        state,
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
