//! Origins: where stories come from, and whether theirs may be republished.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::judge::offer;
use super::{Asked, judge, settings, store};
use crate::articles::{self, Shown};
use crate::db::ids::OriginId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Key;
use crate::rights::Policy;

/// Where stories come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The key.
    pub id: OriginId,
    /// The code in references.
    pub code: String,
    /// The name.
    pub name: String,
    /// Its own site.
    pub url: Option<String>,
    /// Whether it is this publication itself.
    pub in_house: bool,
    /// What may be done with its stories; unknown denies.
    pub policy: Option<Policy>,
    /// Whom to ask.
    pub contact: Option<OriginContact>,
}

/// Whom to ask about an origin's stories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OriginContact {
    /// The address.
    #[schema(example = "rights@wire.example")]
    pub email: Option<String>,
    /// A page.
    #[schema(example = "https://wire.example/rights")]
    pub url: Option<String>,
    /// A name.
    #[schema(example = "Syndication desk")]
    pub name: Option<String>,
}

/// What is to be stored of an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginDraft {
    /// The code in references, unique.
    pub code: String,
    /// The name.
    pub name: String,
    /// Its own site.
    pub url: Option<String>,
    /// Whether it is this publication itself.
    pub in_house: bool,
    /// What may be done with its stories.
    pub policy: Option<Policy>,
    /// Whom to ask.
    pub contact: Option<OriginContact>,
}

impl OriginDraft {
    /// The origin of that id as it would be.
    pub fn with(self, id: OriginId) -> Origin {
        let OriginDraft { code, name, url, in_house, policy, contact } = self;
        Origin { id, code, name, url, in_house, policy, contact }
    }
}

/// Takes a new origin on; 409 `taken` where another has the code.
pub fn create_origin(tx: &mut Tx, draft: OriginDraft) -> Result<Origin> {
    let origin = draft.with(OriginId::new());
    free_code(tx, &origin)?;
    store::insert_origin(tx, &origin)?;
    tx.touch_live();
    tx.record(change("origin.created", &origin));
    Ok(origin)
}

/// Changes an origin. What may be republished changes with it at once, in every live story of it.
pub fn change_origin(tx: &mut Tx, present: &Origin, draft: OriginDraft) -> Result<Origin> {
    let origin = draft.with(present.id);
    if origin == *present {
        return Ok(origin);
    }
    free_code(tx, &origin)?;
    store::update_origin(tx, &origin)?;
    articles::touch(tx, Shown::Origin, origin.id)?;
    if (origin.policy, origin.in_house) != (present.policy, present.in_house) {
        judge_again(tx, &origin)?;
    }
    tx.record(change("origin.changed", &origin));
    Ok(origin)
}

/// Changes the origin that has the code of the draft, or takes it on.
pub fn put_origin(tx: &mut Tx, draft: OriginDraft) -> Result<Origin> {
    match store::origin(tx, &draft.code)? {
        Some(present) => change_origin(tx, &present, draft),
        None => create_origin(tx, draft),
    }
}

/// Judges anew whether anybody may republish the live stories of an origin whose policy changed.
fn judge_again(tx: &mut Tx, origin: &Origin) -> Result<()> {
    let settings = settings(tx)?;
    let now = tx.now();
    for (id, facts) in articles::facts_of_origin(tx, origin.id)? {
        let asked = Asked::by_anyone(&facts.rights, facts.withheld, origin, now);
        let verdict = judge(asked, &settings);
        if articles::put_offer(tx, id, offer(&verdict))? {
            tx.record(articles::rights_changed(id));
        }
    }
    Ok(())
}

/// Deletes an origin that no story comes from; 409 `in_use` otherwise.
pub fn delete_origin(tx: &mut Tx, origin: &Origin) -> Result<()> {
    articles::uses(tx, Shown::Origin, origin.id.as_str())?.refuse("origin")?;
    store::delete_origin(tx, origin.id)?;
    tx.touch_live();
    tx.record(change("origin.deleted", origin));
    Ok(())
}

/// The origin by id or code.
pub fn find_origin(conn: &mut Conn, key: &str) -> Result<Origin> {
    find_origin_if_any(conn, key)?.ok_or(Error::NotFound("origin"))
}

/// The origin by id or code; none where there is none.
pub fn find_origin_if_any(conn: &mut Conn, key: &str) -> Result<Option<Origin>> {
    match (key.parse::<OriginId>(), Key::parse(key.to_owned())) {
        (Ok(id), _) => store::origin(conn, id.as_str()),
        (Err(_), Ok(code)) => store::origin(conn, code.as_str()),
        // What can be neither is not asked for: PostgreSQL refuses a query that holds a NUL.
        (Err(_), Err(_)) => Ok(None),
    }
}

/// The publication itself as an origin; the first by code where it is several, none where it is none.
pub fn in_house_origin(conn: &mut Conn) -> Result<Option<Origin>> {
    store::in_house_origin(conn)
}

/// The origins of these ids, in no order; what is not there is left out.
pub fn origins_by_ids(conn: &mut Conn, ids: &[OriginId]) -> Result<Vec<Origin>> {
    store::origins_by_ids(conn, ids)
}

/// The origins whose stories may not be republished, those of which nothing is known too; by name.
pub fn reserved_origins(conn: &mut Conn) -> Result<Vec<Origin>> {
    store::reserved_origins(conn)
}

/// A page of origins by name.
pub fn browse_origins(conn: &mut Conn, browse: &Browse) -> Result<Vec<Origin>> {
    store::browse_origins(conn, browse)
}

fn free_code(tx: &mut Tx, origin: &Origin) -> Result<()> {
    match store::origin(tx, &origin.code)? {
        Some(holder) if holder.id != origin.id => {
            Err(Error::Taken(format!("the code `{}` is taken", origin.code)))
        }
        _ => Ok(()),
    }
}

fn change(kind: &'static str, origin: &Origin) -> Change {
    Change::new(Audience::Partner, kind, "origin", origin.id)
        .key("origin", origin.id)
        .keys(["origins".to_owned()])
}
