//! An asset as other rooms take it: for a verdict, for a body, for the top of a story.

use super::{Asset, Syndication};
use crate::articles::cards::LeadMedia;
use crate::body::KnownAsset;
use crate::rights;

impl Asset {
    /// Its leases, as a verdict takes them.
    pub fn leases_for_rights(&self) -> Vec<rights::Lease<'_>> {
        self.leases
            .iter()
            .map(|lease| rights::Lease {
                effect: lease.effect,
                group: lease.group.as_deref(),
                partner: lease.partner.as_ref().map(|partner| partner.as_str()),
                from: lease.from,
                to: lease.to,
            })
            .collect()
    }

    /// The asset with its leases, as a verdict takes it.
    pub fn for_rights<'a>(&'a self, leases: &'a [rights::Lease<'a>]) -> rights::Media<'a> {
        rights::Media {
            id: self.id.as_str(),
            key: Some(&self.key),
            credit: self.facts.credit.as_deref(),
            syndication_allowed: self.facts.syndication == Syndication::Allowed,
            leases,
        }
    }

    /// The asset as the body of a story shows it.
    pub fn known(&self) -> KnownAsset {
        let facts = self.facts.clone();
        KnownAsset {
            id: self.id.to_string(),
            url: facts.url,
            alt: facts.alt,
            decorative: facts.decorative,
            caption: facts.caption,
            credit: facts.credit,
            width: facts.width.and_then(|width| width.try_into().ok()),
            height: facts.height.and_then(|height| height.try_into().ok()),
        }
    }

    /// The asset as it stands at the top of a story.
    pub fn lead(&self) -> LeadMedia {
        let facts = self.facts.clone();
        LeadMedia {
            id: self.id,
            url: facts.url,
            alt: facts.alt,
            caption: facts.caption,
            credit: facts.credit,
            width: facts.width,
            height: facts.height,
            focal: facts.focal,
        }
    }
}
