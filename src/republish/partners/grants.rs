//! Grants: the sections, tags, origins and single stories that a partner may run.

use crate::addresses::{self, Kind, known_id};
use crate::articles::Card;
use crate::db::ids::kinds::Article;
use crate::db::ids::{ArticleId, GrantId, OriginId, PartnerId, SectionId, TagId};
use crate::db::{Audience, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Ref};
use crate::publication;
use crate::taxonomy::{sections, tags};

use super::{Partner, store};

/// What kind of thing is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantKind {
    /// A section with all below it.
    Section,
    /// A tag.
    Tag,
    /// An origin.
    Origin,
    /// One story.
    Article,
}

impl GrantKind {
    /// Every kind.
    pub const ALL: [GrantKind; 4] =
        [GrantKind::Section, GrantKind::Tag, GrantKind::Origin, GrantKind::Article];

    /// The word of the API, and of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            GrantKind::Section => "section",
            GrantKind::Tag => "tag",
            GrantKind::Origin => "origin",
            GrantKind::Article => "article",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        GrantKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Something granted to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// What kind of thing.
    pub kind: GrantKind,
    /// The thing, by its id.
    pub entity: String,
}

/// Something to be granted, by whatever name.
#[derive(Clone, Debug)]
pub struct GrantDraft {
    /// What kind of thing.
    pub kind: GrantKind,
    /// Its id, slug or code.
    pub named: Ref,
}

/// The grants of a partner, as a story is held against them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    all: Vec<(GrantKind, String)>,
}

impl Grants {
    /// The grants of a partner, each thing that was merged since as the one that it is now.
    pub fn of(conn: &mut Conn, partner: &Partner) -> Result<Self> {
        let ids: Vec<String> = partner.grants.iter().map(|grant| grant.entity.clone()).collect();
        let merged = addresses::merged(conn, &ids)?;
        let now = |entity: &String| merged.get(entity).unwrap_or(entity).clone();
        Ok(Grants { all: partner.grants.iter().map(|grant| (grant.kind, now(&grant.entity))).collect() })
    }

    /// Whether nothing is granted by name, so that everything is.
    pub fn are_open(&self) -> bool {
        self.all.is_empty()
    }

    /// The things of a kind.
    pub fn things(&self, kind: GrantKind) -> impl Iterator<Item = &str> {
        self.all.iter().filter(move |(own, _)| *own == kind).map(|(_, entity)| entity.as_str())
    }

    /// Each as `kind:id`.
    pub fn named(&self) -> Vec<String> {
        self.all.iter().map(|(kind, entity)| format!("{}:{entity}", kind.as_str())).collect()
    }

    /// Whether a story is among what was granted. Its section comes first in `sections`, then that one's
    /// ancestors.
    pub fn cover(
        &self,
        story: ArticleId,
        sections: &[SectionId],
        tags: &[TagId],
        origin: Option<OriginId>,
    ) -> bool {
        self.are_open()
            || self.all.iter().any(|(kind, entity)| match kind {
                GrantKind::Article => story.as_str() == entity,
                GrantKind::Origin => origin.is_some_and(|origin| origin.as_str() == entity),
                GrantKind::Section => sections.iter().any(|section| section.as_str() == entity),
                GrantKind::Tag => tags.iter().any(|tag| tag.as_str() == entity),
            })
    }

    /// Whether a live story is among what was granted.
    pub fn cover_card(&self, conn: &mut Conn, card: &Card) -> Result<bool> {
        if self.are_open() {
            return Ok(true);
        }
        let sections: Vec<SectionId> =
            sections::chain(conn, card.section.id)?.into_iter().map(|section| section.id).collect();
        let tags: Vec<TagId> = card.tags.iter().map(|tag| tag.id).collect();
        Ok(self.cover(card.id, &sections, &tags, Some(card.origin.id)))
    }
}

/// Makes these the grants of a partner: what it has of them stays, the rest goes. 422 at each that names
/// nothing.
pub(super) fn put(tx: &mut Tx, partner: PartnerId, drafts: &[GrantDraft]) -> Result<Vec<Grant>> {
    let mut wanted: Vec<(GrantKind, String)> = Vec::new();
    let mut faults = Faults::default();
    for (place, draft) in drafts.iter().enumerate() {
        match entity(tx, draft) {
            Ok(entity) if !wanted.contains(&(draft.kind, entity.clone())) => {
                wanted.push((draft.kind, entity))
            }
            Ok(_) => {}
            Err(Error::NotFound(what)) => faults.add(
                format!("/grants/{place}/{}", draft.kind.as_str()),
                "unknown_reference",
                format!("there is no such {what}"),
            ),
            Err(error) => return Err(error),
        }
    }
    faults.into_body_error()?;
    let present = store::partner(tx, partner.as_str())?.map(|partner| partner.grants).unwrap_or_default();
    let (kept, gone): (Vec<Grant>, Vec<Grant>) =
        present.into_iter().partition(|grant| wanted.contains(&(grant.kind, grant.entity.clone())));
    for grant in gone {
        store::delete_grant(tx, grant.id)?;
    }
    let mut grants = kept;
    for (kind, entity) in wanted {
        if !grants.iter().any(|grant| grant.kind == kind && grant.entity == entity) {
            let grant = Grant { id: GrantId::new(), kind, entity };
            let now = tx.now();
            store::insert_grant(tx, partner, &grant, now)?;
            grants.push(grant);
        }
    }
    Ok(grants)
}

/// Grants a partner one thing more; what it has already stays as it is.
pub fn grant(tx: &mut Tx, partner: &Partner, draft: &GrantDraft) -> Result<Grant> {
    let entity = entity(tx, draft).map_err(|error| match error {
        Error::NotFound(what) => Error::body(
            format!("/{}", draft.kind.as_str()),
            "unknown_reference",
            format!("there is no such {what}"),
        ),
        other => other,
    })?;
    let present = partner.grants.iter().find(|grant| grant.kind == draft.kind && grant.entity == entity);
    if let Some(present) = present {
        return Ok(present.clone());
    }
    let grant = Grant { id: GrantId::new(), kind: draft.kind, entity };
    let now = tx.now();
    store::insert_grant(tx, partner.id, &grant, now)?;
    tx.record(change("partner.granted", partner, &grant));
    Ok(grant)
}

/// Takes a grant back; 404 where it is no grant of this partner. With its last one a partner may run
/// whatever the rules allow.
pub fn take_back(tx: &mut Tx, partner: &Partner, id: &str) -> Result<()> {
    let grant = partner.grants.iter().find(|grant| grant.id.as_str() == id);
    let grant = grant.ok_or(Error::NotFound("grant"))?;
    store::delete_grant(tx, grant.id)?;
    tx.record(change("partner.grant_taken_back", partner, grant));
    Ok(())
}

/// 409 where a partner was granted a thing that is to be deleted.
pub fn refuse(conn: &mut Conn, what: &str, entity: &str) -> Result<()> {
    match store::granted(conn, entity)? {
        0 => Ok(()),
        partners => Err(Error::InUse {
            detail: format!("this {what} is granted to partners: take the grants back first"),
            counts: [("partners".to_owned(), partners.into())].into_iter().collect(),
        }),
    }
}

fn entity(conn: &mut Conn, draft: &GrantDraft) -> Result<String> {
    let name = draft.named.as_str();
    Ok(match draft.kind {
        GrantKind::Section => sections::find(conn, name)?.id.to_string(),
        GrantKind::Tag => tags::find(conn, name)?.id.to_string(),
        GrantKind::Origin => publication::find_origin(conn, name)?.id.to_string(),
        GrantKind::Article => {
            known_id::<Article>(conn, Kind::Article, name)?.ok_or(Error::NotFound("article"))?.to_string()
        }
    })
}

fn change(kind: &'static str, partner: &Partner, grant: &Grant) -> Change {
    Change::new(Audience::Staff, kind, "partner", partner.id).detail(serde_json::json!({
        "partner": partner.id,
        "kind": grant.kind.as_str(),
        "entity": grant.entity,
    }))
}
