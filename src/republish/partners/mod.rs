//! Partner publications: what was agreed with them, what they were granted, how much they may take.
//!
//! A partner is one row with its agreement, and grants beside it. It promises that a partner never
//! chooses its own terms: all it can do to its agreement is accept the terms in force. Keys are the
//! room `auth`'s; whether a story may run is the verdict's, which these facts go into.

pub mod grants;
pub mod quota;
pub mod routes;
pub mod standing;
pub mod views;

mod store;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::auth::partners::PartnerRow;
use crate::db::ids::PartnerId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Slug, sort_key};
use crate::rights::{Duty, PartnerState, Territory};

pub use grants::{Grant, GrantDraft, GrantKind, Grants};
pub use quota::{Period, Quota};
pub use standing::{Client, buyer};

/// A partner publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Its standing.
    pub state: PartnerState,
    /// What was agreed with it.
    pub agreement: Agreement,
    /// What it was granted; nothing: whatever the rules allow.
    pub grants: Vec<Grant>,
}

/// What was agreed with a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreement {
    /// The hosts of its pages, names or addresses, without port.
    pub hosts: Vec<String>,
    /// Where the newsroom writes to.
    pub contact_email: Option<String>,
    /// The group that leases may name.
    pub group: Option<String>,
    /// The country that it publishes in.
    pub territory: Option<Territory>,
    /// The version of the terms that it accepted.
    pub terms_version: Option<String>,
    /// Whether it may read a story before the end of its embargo.
    pub embargo_access: bool,
    /// Minutes that it must wait after a story went live.
    pub embargo_delay_minutes: u32,
    /// How many packages it may take; none: as many as it likes.
    pub quota: Option<Quota>,
    /// Whether it may run pictures at all.
    pub images: bool,
    /// How much of a story it gets.
    pub text: Portion,
    /// The rules that are asked of it.
    pub profile: Vec<Duty>,
}

impl Default for Agreement {
    fn default() -> Self {
        Agreement {
            hosts: Vec::new(),
            contact_email: None,
            group: None,
            territory: None,
            terms_version: None,
            embargo_access: false,
            embargo_delay_minutes: 0,
            quota: None,
            images: true,
            text: Portion::Full,
            profile: Duty::ALL.to_vec(),
        }
    }
}

/// How much of a story a partner gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, deserr::Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = crate::fields::Faults, rename_all = lowercase)]
#[schema(example = "full")]
pub enum Portion {
    /// All of it.
    #[default]
    Full,
    /// Headline, byline, summary or standfirst, and the link.
    Summary,
}

/// A partner to take on, or the whole of what one is changed to.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its name in addresses; made of the name where it is left out.
    pub slug: Option<Slug>,
    /// What it is called.
    pub name: String,
    /// Its standing.
    pub state: PartnerState,
    /// What is agreed with it.
    pub agreement: Agreement,
    /// What it is granted.
    pub grants: Vec<GrantDraft>,
}

/// Takes a partner on. Its slug is the typed one (409 where another has it), or made of the name.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Partner> {
    let id = PartnerId::new();
    let slug = match draft.slug {
        Some(slug) => free(tx, id, slug)?,
        None => made_slug(tx, id, &draft.name)?,
    };
    let Draft { name, state, agreement, grants: wanted, .. } = draft;
    let mut partner = Partner { id, slug: slug.into(), name, state, agreement, grants: Vec::new() };
    store::insert(tx, &partner)?;
    partner.grants = grants::put(tx, id, &wanted)?;
    tx.record(told("partner.created", &partner).detail(json!({ "slug": partner.slug })));
    Ok(partner)
}

/// Changes a partner; what is the same is no change. A verdict asked from now on goes by it.
pub fn change(tx: &mut Tx, present: &Partner, draft: Draft) -> Result<Partner> {
    let Draft { slug, name, state, agreement, grants: wanted } = draft;
    let slug = match slug {
        Some(slug) if slug.as_str() != present.slug => free(tx, present.id, slug)?.into(),
        Some(_) | None => present.slug.clone(),
    };
    let grants = grants::put(tx, present.id, &wanted)?;
    let partner = Partner { id: present.id, slug, name, state, agreement, grants };
    if partner == *present {
        return Ok(partner);
    }
    store::update(tx, &partner)?;
    tx.record(changed(present, &partner));
    Ok(partner)
}

/// The change that tells of a partner: its standing before all else.
fn changed(before: &Partner, after: &Partner) -> Change {
    let kind = match after.state {
        state if state == before.state => "partner.changed",
        PartnerState::Active => "partner.activated",
        PartnerState::Suspended => "partner.suspended",
        PartnerState::Blocked => "partner.blocked",
    };
    told(kind, after)
}

/// Suspends a partner, unless it is shut out already.
pub fn suspend(tx: &mut Tx, present: &Partner) -> Result<()> {
    if present.state == PartnerState::Active {
        let suspended = Partner { state: PartnerState::Suspended, ..present.clone() };
        store::update(tx, &suspended)?;
        tx.record(told("partner.suspended", &suspended));
    }
    Ok(())
}

/// Notes that a partner accepted the terms in force. 422 where those are another version.
pub fn accept_terms(tx: &mut Tx, present: &Partner, version: &str, in_force: &str) -> Result<Partner> {
    if version != in_force {
        let words = format!("version {in_force} of the terms is in force");
        return Err(Error::body("/version", "invalid_value", words));
    }
    if present.agreement.terms_version.as_deref() == Some(version) {
        return Ok(present.clone());
    }
    let agreement = Agreement { terms_version: Some(version.to_owned()), ..present.agreement.clone() };
    let partner = Partner { agreement, ..present.clone() };
    store::update(tx, &partner)?;
    tx.record(told("partner.terms_accepted", &partner).detail(json!({
        "partner": partner.id,
        "terms_version": version,
    })));
    Ok(partner)
}

/// The partner with an id or slug; 404 where there is none.
pub fn read(conn: &mut Conn, key: &str) -> Result<Partner> {
    find(conn, key)?.ok_or(Error::NotFound("partner"))
}

/// The partner with an id or slug, if there is one.
pub fn find(conn: &mut Conn, key: &str) -> Result<Option<Partner>> {
    store::partner(conn, key)
}

/// A page of partners by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Partner>> {
    store::browse(conn, browse)
}

/// The names of these partners, each by its id.
pub fn names(conn: &mut Conn, ids: &[PartnerId]) -> Result<Vec<(PartnerId, String, String)>> {
    store::names(conn, ids)
}

fn free(tx: &mut Tx, id: PartnerId, slug: Slug) -> Result<Slug> {
    match store::partner(tx, slug.as_str())? {
        Some(holder) if holder.id != id => Err(Error::SlugTaken(slug.into())),
        Some(_) | None => Ok(slug),
    }
}

fn made_slug(tx: &mut Tx, id: PartnerId, name: &str) -> Result<Slug> {
    let made = Slug::from_words(name).unwrap_or_else(|| Slug::from_id("partner", &id));
    let mut slug = made.clone();
    let mut number = 2;
    while store::partner(tx, slug.as_str())?.is_some() {
        slug = made.with_suffix(number);
        number += 1;
    }
    Ok(slug)
}

impl From<&Partner> for PartnerRow {
    fn from(partner: &Partner) -> Self {
        PartnerRow {
            id: partner.id,
            slug: partner.slug.clone(),
            name: partner.name.clone(),
            state: partner.state,
        }
    }
}

/// What lists of partners are sorted by.
pub fn name_key(partner: &Partner) -> String {
    sort_key(&partner.name)
}

fn told(kind: &'static str, partner: &Partner) -> Change {
    Change::new(Audience::Staff, kind, "partner", partner.id).detail(json!({ "partner": partner.id }))
}
