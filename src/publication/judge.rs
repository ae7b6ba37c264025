//! Asking the verdict: a story's rights, its origin and the publication's terms put together.

use super::{Origin, Settings};
use crate::articles::Offer;
use crate::articles::story::StoryRights;
use crate::db::types::Stamp;
use crate::rights::{self, ArticleRights, Channel, Media, Partner, Question, State, Territory, Verdict};

/// What is asked about a story.
pub struct Asked<'a> {
    /// The story's rights.
    pub rights: &'a StoryRights,
    /// Where it stands.
    pub state: State,
    /// Whether it is held back from partners.
    pub withheld: bool,
    /// Where it comes from.
    pub origin: &'a Origin,
    /// The assets that it shows.
    pub media: &'a [Media<'a>],
    /// The partner who asks.
    pub partner: Option<Partner<'a>>,
    /// Where it would run.
    pub channel: Channel,
    /// The country, where a caller without a partner key told one.
    pub territory: Option<Territory>,
    /// The instant.
    pub now: Stamp,
}

/// To whom a story is offered, by the verdict for nobody in particular.
pub fn offer(verdict: &Verdict) -> Offer {
    Offer { to_anyone: verdict.allows(), somewhere: verdict.allows_somewhere() }
}

impl<'a> Asked<'a> {
    /// What nobody in particular may do on the web with a story that is live since now, its pictures aside: they deny
    /// no story.
    pub fn by_anyone(rights: &'a StoryRights, withheld: bool, origin: &'a Origin, now: Stamp) -> Self {
        Asked {
            rights,
            state: State::Live { since: now },
            withheld,
            origin,
            media: &[],
            partner: None,
            channel: Channel::Web,
            territory: None,
            now,
        }
    }
}

/// The verdict under the publication's terms.
pub fn judge(asked: Asked, settings: &Settings) -> Verdict {
    let contact = asked.origin.contact.as_ref().and_then(|contact| {
        [&contact.email, &contact.url, &contact.name].into_iter().flatten().next().map(String::as_str)
    });
    rights::verdict(&Question {
        article: ArticleRights {
            state: asked.state,
            withheld: asked.withheld,
            opt_out: asked.rights.opt_out,
            expires_at: asked.rights.expires_at,
            channels: &asked.rights.channels,
            territories_in: &asked.rights.territories_in,
            territories_out: &asked.rights.territories_out,
        },
        origin: Some(rights::Origin {
            code: &asked.origin.code,
            name: &asked.origin.name,
            policy: asked.origin.policy,
            contact,
        }),
        partner: asked.partner,
        terms_version: &settings.terms_version,
        media: asked.media,
        channel: asked.channel,
        territory: asked.territory,
        now: asked.now,
    })
}
