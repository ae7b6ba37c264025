//! A partner who asks: its agreement and grants as a verdict takes them.

use super::{Grants, Partner, quota, store};
use crate::articles::Card;
use crate::auth::PartnerCaller;
use crate::auth::views::{QuotaView, WhoamiPartnerView};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Conn, Snapshot};
use crate::error::{Error, Result};
use crate::publication::{self, Settings};
use crate::rights::views::refusal_of;
use crate::rights::{self, Profile, Reason};

/// A partner who asks.
#[derive(Clone, Debug)]
pub struct Client {
    /// The partner.
    pub partner: Partner,
    /// Its grants, merged things as what they are now.
    pub grants: Grants,
}

/// What decides about a partner and one story, beside its agreement.
#[derive(Clone, Copy, Debug)]
pub struct Bearing {
    /// Whether its grants cover the story.
    pub granted: bool,
    /// Until when its quota keeps it from the story.
    pub exhausted_until: Option<Stamp>,
}

impl Client {
    /// The partner behind a key; none where nobody of that kind asks.
    pub fn of(conn: &mut Conn, caller: Option<&PartnerCaller>) -> Result<Option<Self>> {
        let Some(caller) = caller else { return Ok(None) };
        let Some(partner) = store::partner(conn, caller.id.as_str())? else { return Ok(None) };
        Ok(Some(Self::new(conn, partner)?))
    }

    /// A partner with its grants.
    pub fn new(conn: &mut Conn, partner: Partner) -> Result<Self> {
        let grants = Grants::of(conn, &partner)?;
        Ok(Client { partner, grants })
    }

    /// How it stands to a live story.
    pub fn bearing(&self, conn: &mut Conn, card: &Card, now: Stamp) -> Result<Bearing> {
        let granted = self.grants.cover_card(conn, card)?;
        self.bearing_on(conn, card.id, granted, now)
    }

    /// How it stands to a story that its grants cover, or do not.
    pub fn bearing_on(
        &self,
        conn: &mut Conn,
        story: ArticleId,
        granted: bool,
        now: Stamp,
    ) -> Result<Bearing> {
        let exhausted_until = quota::exhausted_until(conn, &self.partner, story, now)?;
        Ok(Bearing { granted, exhausted_until })
    }

    /// The partner as the verdict sees it.
    pub fn for_rights(&self, bearing: Bearing) -> rights::Partner<'_> {
        let agreement = &self.partner.agreement;
        rights::Partner {
            id: self.partner.id.as_str(),
            group: agreement.group.as_deref(),
            state: self.partner.state,
            terms_version: agreement.terms_version.as_deref(),
            territory: agreement.territory,
            embargo_access: agreement.embargo_access,
            embargo_delay_minutes: agreement.embargo_delay_minutes,
            granted: bearing.granted,
            quota_exhausted_until: bearing.exhausted_until,
            profile: Profile::of(&agreement.profile),
            images: agreement.images,
        }
    }

    /// What it is told of itself.
    pub fn introduced(&self, snapshot: &mut Snapshot) -> Result<WhoamiPartnerView> {
        let (partner, now) = (&self.partner, snapshot.now());
        let in_force = publication::settings(snapshot)?.terms_version;
        let accepted = partner.agreement.terms_version.clone();
        let quota = match partner.agreement.quota {
            Some(quota) => Some(QuotaView {
                limit: quota.packages,
                used: quota::used(snapshot, partner, now)?,
                resets_at: quota.per.ends(now),
            }),
            None => None,
        };
        Ok(WhoamiPartnerView {
            slug: partner.slug.clone(),
            state: partner.state,
            terms_due: (accepted.as_deref() != Some(in_force.as_str())).then_some(in_force),
            terms_version: accepted,
            grants: self.grants.named(),
            quota,
        })
    }

    /// The reasons against it that no story has a part in.
    pub fn reasons_against(&self, settings: &Settings, now: Stamp) -> Vec<Reason> {
        let bearing = Bearing { granted: true, exhausted_until: None };
        rights::against(self.for_rights(bearing), &settings.terms_version, now)
    }

    /// 403 with every reason where one of those closes lists to it.
    pub fn admitted(&self, settings: &Settings, snapshot: &Snapshot) -> Result<()> {
        let reasons = self.reasons_against(settings, snapshot.now());
        refusal_of(&reasons, None, snapshot.now()).map_or(Ok(()), Err::<(), Error>)
    }
}
