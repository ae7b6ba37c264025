//! What a change of an origin would do to those who run its stories, told before it is made.

pub mod routes;
pub mod views;

use std::collections::HashMap;

use crate::articles::{self, Card};
use crate::db::ids::{ArticleId, PartnerId, SectionId, TagId};
use crate::db::types::Stamp;
use crate::db::{Browse, Conn, Snapshot};
use crate::error::Result;
use crate::publication::{self, Asked, Origin, Settings, judge};
use crate::rights::{Partner, State, Verdict};
use crate::taxonomy::sections;

use super::partners::standing::Bearing;
use super::partners::{self, Client};

/// How many stories are looked at together.
const AT_ONCE: usize = 200;

/// A story whose verdict for nobody in particular would be another.
#[derive(Clone, Debug)]
pub struct Flip {
    /// The story.
    pub article: ArticleId,
    /// Its slug.
    pub slug: String,
    /// What may be done with it today.
    pub from: Verdict,
    /// What could be.
    pub to: Verdict,
}

/// All that would be another.
#[derive(Clone, Debug, Default)]
pub struct Simulation {
    /// The stories, by id.
    pub flips: Vec<Flip>,
    /// How many stories each partner could run that it cannot, or no longer could.
    pub partners: Vec<(PartnerId, usize)>,
}

/// What would flip with an origin that is `after` in the place of `before`; nothing is changed.
pub fn simulate(snapshot: &mut Snapshot, before: &Origin, after: &Origin) -> Result<Simulation> {
    let settings = publication::settings_at(snapshot)?;
    let clients = clients(snapshot)?;
    let mut ids: Vec<ArticleId> =
        articles::facts_of_origin(snapshot, before.id)?.into_iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    let mut simulation = Simulation::default();
    let mut counts = vec![0; clients.len()];
    let mut chains: HashMap<SectionId, Vec<SectionId>> = HashMap::new();
    for batch in ids.chunks(AT_ONCE) {
        for card in articles::cards(snapshot, batch)? {
            let judged = Judged { card: &card, settings: &settings, now: snapshot.now() };
            let (from, to) = (judged.by(before, None), judged.by(after, None));
            let sections = match chains.get(&card.section.id) {
                Some(sections) => sections.clone(),
                None => {
                    let chain = chain(snapshot, card.section.id)?;
                    chains.entry(card.section.id).or_insert(chain).clone()
                }
            };
            for (client, count) in clients.iter().zip(&mut counts) {
                let partner = || Some(client.for_rights(judged.bearing(client, &sections)));
                let flips = judged.by(before, partner()).allows() != judged.by(after, partner()).allows();
                *count += usize::from(flips);
            }
            if from.ruling != to.ruling {
                simulation.flips.push(Flip { article: card.id, slug: card.slug.clone(), from, to });
            }
        }
    }
    let counted = clients.iter().map(|client| client.partner.id).zip(counts);
    simulation.partners = counted.filter(|(_, count)| *count > 0).collect();
    Ok(simulation)
}

/// Every partner, as a verdict takes it.
fn clients(conn: &mut Conn) -> Result<Vec<Client>> {
    let all = Browse { live_only: false, named: None, after: None, limit: i64::MAX };
    partners::browse(conn, &all)?.into_iter().map(|partner| Client::new(conn, partner)).collect()
}

fn chain(conn: &mut Conn, section: SectionId) -> Result<Vec<SectionId>> {
    Ok(sections::chain(conn, section)?.into_iter().map(|section| section.id).collect())
}

struct Judged<'a> {
    card: &'a Card,
    settings: &'a Settings,
    now: Stamp,
}

impl Judged<'_> {
    /// The verdict under an origin.
    fn by(&self, origin: &Origin, partner: Option<Partner<'_>>) -> Verdict {
        let facts = &self.card.facts;
        let anyone = Asked::by_anyone(&facts.rights, facts.withheld, origin, self.now);
        let state = State::Live { since: self.card.first_published_at };
        judge(Asked { state, partner, ..anyone }, self.settings)
    }

    /// How a partner stands to the story, its quota aside.
    fn bearing(&self, client: &Client, sections: &[SectionId]) -> Bearing {
        let tags: Vec<TagId> = self.card.tags.iter().map(|tag| tag.id).collect();
        let granted = client.grants.cover(self.card.id, sections, &tags, Some(self.card.origin.id));
        Bearing { granted, exhausted_until: None }
    }
}
