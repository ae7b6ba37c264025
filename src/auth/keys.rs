//! API keys: `wd_<kind>_<id>_<secret>`, stored as a SHA-256 alone, shown once.
//!
//! A key is its maker's and stops while they are disabled; a partner's key is the partner's. It may
//! be bound to addresses and to an end.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::json;

use super::partners::PartnerRow;
use super::secrets::{fingerprint, is_of, random_word};
use super::store;
use super::users::State;
use super::{Caller, KeyCaller, Role, Scope};
use crate::db::ids::{KeyId, PartnerId, UserId};
use crate::db::types::{Json, Stamp};
use crate::db::{Audience, Browse, Change, Conn, Db, Snapshot, Tx};
use crate::error::{Error, Result};
use crate::fields::sort_key;

pub use store::KeyRow;

/// What every key begins with.
pub(super) const PREFIX: &str = "wd_";
/// The longest key that is looked at, in bytes.
const LONGEST: usize = 128;

/// How exactly the last use of a key is known.
const NOTED_EVERY_SECONDS: i64 = 60;

/// The most addresses and networks that a key is bound to.
const MOST_ADDRESSES: usize = 50;

/// Who makes a key, and how far their own rights go.
pub struct Maker {
    /// The rights that no key may exceed.
    pub role: Role,
    /// Whose key it is to be; none for a key of the house.
    pub user: Option<UserId>,
}

impl Maker {
    /// The house itself: the command line and the demo.
    pub fn house() -> Self {
        Maker { role: Role::Admin, user: None }
    }

    /// The caller of a request; 403 where they may make no key.
    pub fn of(caller: &Caller) -> Result<Self> {
        let role = caller.role().ok_or_else(|| Error::Forbidden("a reader makes no keys".into()))?;
        Ok(Maker { role, user: caller.user() })
    }
}

/// A key that is to be made.
pub struct NewKey {
    /// What it is called, for those who look after it.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// The partner that it speaks for; exactly where the scope is `partner`.
    pub partner: Option<PartnerId>,
    /// The networks that it may be used from; empty: from anywhere.
    pub addresses: Vec<IpNet>,
    /// When it ends by itself.
    pub expires_at: Option<Stamp>,
}

/// A key that was made. This is the one time that it is seen.
pub struct MadeKey {
    /// Its id.
    pub id: KeyId,
    /// The key itself.
    pub key: String,
    /// Its last four characters, by which it is told from others later.
    pub hint: String,
}

/// Makes a key. 403 where it would have more rights than its maker; 422 where scope and partner do
/// not fit, or it would have ended already.
pub fn create(tx: &mut Tx, maker: &Maker, new: NewKey) -> Result<MadeKey> {
    check(&new, tx.now())?;
    // Reading and partners' rights are given by whoever looks after keys: an admin.
    if maker.role < new.scope.role().unwrap_or(Role::Admin) {
        return Err(Error::Forbidden("a key cannot have more rights than its maker".into()));
    }
    let id = KeyId::new();
    let key = format!("{PREFIX}{}_{}_{}", new.scope, id.as_str().replace('-', ""), random_word());
    let hint = key[key.len() - 4..].to_owned();
    let row = KeyRow {
        id,
        name_key: sort_key(&new.name),
        name: new.name,
        scope: new.scope,
        hash: fingerprint(&key),
        hint: hint.clone(),
        partner_id: new.partner,
        user_id: maker.user.filter(|_| new.partner.is_none()),
        addresses: Json::of(new.addresses),
        created_at: tx.now(),
        expires_at: new.expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    let detail = json!({ "name": row.name, "scope": row.scope, "hint": row.hint, "partner": row.partner_id });
    store::insert_key(tx, row)?;
    tx.record(Change::new(Audience::Staff, "key.created", "key", id).detail(detail));
    Ok(MadeKey { id, key, hint })
}

fn check(new: &NewKey, now: Stamp) -> Result<()> {
    let is_partners = new.scope == Scope::Partner;
    if is_partners && new.partner.is_none() {
        return Err(Error::body("/partner", "missing_field", "a partner's key names the partner"));
    }
    if !is_partners && new.partner.is_some() {
        return Err(Error::body("/partner", "invalid_value", "only a key of scope `partner` names one"));
    }
    if new.addresses.len() > MOST_ADDRESSES {
        return Err(Error::body("/addresses", "too_long", format!("must be at most {MOST_ADDRESSES}")));
    }
    if new.expires_at.is_some_and(|end| end <= now) {
        return Err(Error::body("/expires_at", "invalid_value", "must be in the future"));
    }
    Ok(())
}

/// Revokes a key: it is 401 from now on. Once more does nothing.
pub fn revoke(tx: &mut Tx, id: KeyId) -> Result<()> {
    let row = store::key(tx, id)?.ok_or(Error::NotFound("key"))?;
    if row.revoked_at.is_none() {
        let now = tx.now();
        store::revoke_key(tx, id, now)?;
        tx.record(
            Change::new(Audience::Staff, "key.revoked", "key", id)
                .detail(json!({ "name": row.name, "hint": row.hint })),
        );
    }
    Ok(())
}

/// A key of any state.
pub fn read(conn: &mut Conn, id: KeyId) -> Result<KeyRow> {
    store::key(conn, id)?.ok_or(Error::NotFound("key"))
}

/// A page of keys by name, revoked ones too, each with the partner that it speaks for.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<(KeyRow, Option<PartnerRow>)>> {
    store::keys(conn, browse)
}

/// The keys of a partner, the newest first, revoked ones too.
pub fn of_partner(conn: &mut Conn, partner: PartnerId) -> Result<Vec<KeyRow>> {
    store::keys_of_partner(conn, partner)
}

/// A key of a partner; 404 where it is another's.
pub fn read_of_partner(conn: &mut Conn, id: &str, partner: PartnerId) -> Result<KeyRow> {
    let id = id.parse().map_err(|_| Error::NotFound("key"))?;
    let row = store::key(conn, id)?.filter(|key| key.partner_id == Some(partner));
    row.ok_or(Error::NotFound("key"))
}

/// Notes that a key was used; once a minute is enough.
pub(super) async fn note_use(db: &Db, id: KeyId) -> Result<()> {
    let noted = db.write_unlogged(move |tx| {
        let now = tx.now();
        store::note_use(tx, id, now, now.plus_seconds(-NOTED_EVERY_SECONDS))
    });
    noted.await?;
    Ok(())
}

/// A key as it was sent.
pub(super) struct Sent {
    id: KeyId,
    text: String,
}

impl Sent {
    /// Reads the id in a key; 401 where it has not the form of one.
    pub fn parse(text: &str) -> Result<Self> {
        let id = text.strip_prefix(PREFIX).filter(|_| text.len() <= LONGEST).and_then(|rest| {
            let (_, rest) = rest.split_once('_')?;
            let (id, _) = rest.split_once('_')?;
            id.parse().ok()
        });
        let id = id.ok_or(Error::InvalidCredential)?;
        Ok(Sent { id, text: text.to_owned() })
    }
}

/// Whom a key names, and whether its last use is to be noted. The scope in its text is part of what is
/// hashed, so it cannot be changed.
pub(super) fn identify(snapshot: &mut Snapshot, sent: &Sent, address: IpAddr) -> Result<(KeyCaller, bool)> {
    let now = snapshot.now();
    let found = store::key_with_owners(snapshot, sent.id)?.ok_or(Error::InvalidCredential)?;
    let (key, partner, owner) = found;
    let holds = is_of(&sent.text, &key.hash)
        && key.revoked_at.is_none()
        && key.expires_at.is_none_or(|end| now < end)
        && owner.as_ref().is_none_or(|owner| owner.state == State::Active);
    if !holds {
        return Err(Error::InvalidCredential);
    }
    let networks = &key.addresses.value;
    if !networks.is_empty() && !networks.iter().any(|network| network.contains(&address)) {
        return Err(Error::AddressNotAllowed);
    }
    let to_note = key.last_used_at.is_none_or(|last| last < now.plus_seconds(-NOTED_EVERY_SECONDS));
    let caller = KeyCaller {
        id: key.id,
        name: key.name,
        scope: key.scope,
        user: key.user_id,
        owner_role: owner.as_ref().map(|owner| owner.role),
        desks: owner.map(|owner| owner.desks).unwrap_or_default(),
        partner: partner.map(|partner| partner.into_caller()),
    };
    Ok((caller, to_note))
}
