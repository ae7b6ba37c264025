//! Asking the verdict about a live story, for whoever asks.

use serde_json::{Value, json};

use crate::articles::{self, Card};
use crate::auth::PartnerCaller;
use crate::db::Conn;
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::media::{self, Asset};
use crate::publication::{self, Origin, Settings, judge};
use crate::rights::views::refusal;
use crate::rights::{Channel, Partner, PartnerState, Profile, State, Territory, Verdict};

/// Who asks, and for what use.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// The partner; none for anybody else.
    pub partner: Option<PartnerCaller>,
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

/// Asks about a live story: three statements.
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
    let verdict = verdict(card, &origin, &assets, settings, circumstances);
    Ok(Asked { verdict, origin, assets })
}

fn verdict(
    card: &Card,
    origin: &Origin,
    assets: &[Asset],
    settings: &Settings,
    circumstances: &Circumstances,
) -> Verdict {
    let leases: Vec<Vec<_>> = assets.iter().map(Asset::leases_for_rights).collect();
    let media: Vec<_> = assets.iter().zip(&leases).map(|(asset, leases)| asset.for_rights(leases)).collect();
    let asked = publication::Asked {
        rights: &card.facts.rights,
        state: State::Live { since: card.published_at },
        withheld: card.facts.withheld,
        origin,
        media: &media,
        partner: circumstances.partner.as_ref().map(|partner| standing(partner, settings)),
        channel: circumstances.channel,
        territory: circumstances.territory,
        now: circumstances.now,
    };
    judge(asked, settings)
}

/// A partner as the verdict sees it: a name in good standing unless the newsroom said otherwise.
fn standing<'a>(partner: &'a PartnerCaller, settings: &'a Settings) -> Partner<'a> {
    Partner {
        id: partner.id.as_str(),
        group: None,
        state: match partner.state.as_str() {
            "active" => PartnerState::Active,
            "suspended" => PartnerState::Suspended,
            _ => PartnerState::Blocked,
        },
        terms_version: Some(&settings.terms_version),
        territory: None,
        embargo_access: false,
        embargo_delay_minutes: 0,
        granted: true,
        quota_exhausted_until: None,
        profile: Profile::ALL,
        images: true,
    }
}
