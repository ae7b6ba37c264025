//! Sign-ins: opened by a password, kept up by refresh tokens that are used once, ended by a sign-out,
//! a changed password, a disabled user or a refresh token that comes a second time.

use std::net::IpAddr;

use serde_json::json;

use super::passwords::{Password, PasswordHash, Verdict};
use super::secrets::fingerprint;
use super::store::{self, SessionRow};
use super::throttle::email_key;
use super::tokens::{self, Claims, Refresh};
use super::users::Account;
use super::{Auth, Caller, StaffCaller};
use crate::db::ids::{SessionId, UserId};
use crate::db::types::Stamp;
use crate::db::{Actor, Audience, Change, Db, Snapshot, Tx, Written};
use crate::error::{Error, Result};
use crate::receipts::{self, Named};

/// How long a sign-in lives without a refresh, in seconds.
const IDLE: i64 = 14 * 24 * 3600;
/// How long it lives in all, in seconds.
const WHOLE: i64 = 90 * 24 * 3600;
/// How long a refresh token that comes again is taken for one of two refreshes at once, in seconds.
const GRACE: i64 = 10;

/// What a sign-in gives.
pub struct SignedIn {
    /// For `Authorization: Bearer`, for 15 minutes.
    pub access_token: String,
    /// Seconds until then.
    pub expires_in: i64,
    /// For the next refresh, once.
    pub refresh_token: String,
    /// Who signed in.
    pub account: Account,
}

impl Auth {
    /// Opens a sign-in. 401 where e-mail and password do not fit, with the same cost and answer
    /// whether there is such a user or not; 429 after too many failures.
    pub async fn sign_in(
        &self,
        db: &Db,
        email: &str,
        password: Password,
        address: IpAddr,
        named: Option<Named>,
    ) -> Result<Written<SignedIn>> {
        let key = email_key(email);
        let attempt = self.throttle.begin(&key, address, db.now())?;
        let found = db.read(move |snapshot| store::account_by_email(snapshot, &key)).await?;
        let stored = found.as_ref().and_then(|account| account.password.clone());
        let verdict = self.passwords.verify(stored, password.clone()).await?;
        let account = match found {
            Some(account) if verdict != Verdict::Wrong && account.is_active() => account,
            found => return self.refuse(db, found, address).await,
        };
        let stronger = match verdict {
            Verdict::RightButWeak => Some(self.passwords.hash(password).await?),
            Verdict::Right | Verdict::Wrong => None,
        };
        self.throttle.succeeded(&attempt);
        let session = SessionId::new();
        let refresh = tokens::refresh(&self.secrets, session);
        let row = SessionRow::new(session, account.id, fingerprint(&refresh), db.now());
        let opened = db.write(Actor::new("user", account.id), move |tx| {
            once(tx, named.as_ref(), |tx| open(tx, &account, row, stronger, address))
        });
        self.signed_in(opened.await?, refresh)
    }

    async fn refuse(&self, db: &Db, found: Option<Account>, address: IpAddr) -> Result<Written<SignedIn>> {
        // The typed e-mail of nobody is not kept: it may be a password in the wrong field.
        let id = found.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
        db.write(Actor::anonymous(), move |tx| {
            let failed = Change::new(Audience::Staff, "session.failed", "user", id);
            tx.record(failed.detail(json!({ "address": address })));
            Ok(())
        })
        .await?;
        Err(Error::InvalidCredential)
    }

    /// Gives new tokens for a refresh token, which is then used. One that was used before ends the
    /// sign-in, but for two refreshes at once: there the second is refused and nothing ends.
    pub async fn refresh(&self, db: &Db, token: &str, named: Option<Named>) -> Result<SignedIn> {
        let sent = Refresh::parse(&self.secrets, token)?;
        let next = tokens::refresh(&self.secrets, sent.session);
        let (session, is_ours) = (sent.session, sent.is_ours);
        let hashes = (fingerprint(sent.text), fingerprint(&next));
        let outcome =
            db.write_unlogged(move |tx| rotate(tx, session, is_ours, &hashes.0, hashes.1, named.as_ref()));
        let outcome = outcome.await?;
        match outcome {
            Rotation::Done(opened) => self.signed_in_now(*opened, next),
            Rotation::Refused(error) => Err(error),
            Rotation::Replayed(user) => {
                db.write(Actor::new("user", user), move |tx| end(tx, session, "refresh_reused")).await?;
                Err(Error::RefreshReused)
            }
        }
    }

    /// Sets another password: every other sign-in of the user ends, and this one gets new tokens.
    pub async fn change_password(
        &self,
        db: &Db,
        caller: &StaffCaller,
        current: Password,
        new: Password,
        address: IpAddr,
        named: Option<Named>,
    ) -> Result<Written<SignedIn>> {
        let user = caller.user;
        let sender = Actor::new("user", user);
        let (asked, asking) = (named.clone(), sender.clone());
        let account = db.read(move |snapshot| {
            // When it comes again, the present password is another.
            let now = snapshot.now();
            receipts::refuse_again(snapshot, now, &asking, asked.as_ref())?;
            store::account(snapshot, user)
        });
        let account = account.await?.ok_or(Error::InvalidCredential)?;
        let attempt = self.throttle.begin(&email_key(&account.email), address, db.now())?;
        let verdict = self.passwords.verify(account.password.clone(), current).await?;
        if verdict == Verdict::Wrong {
            return Err(Error::body("/current", "wrong_password", "is not your present password"));
        }
        let hash = self.passwords.hash(new).await?;
        let session = caller.session;
        let refresh = tokens::refresh(&self.secrets, session);
        let fresh = fingerprint(&refresh);
        let opened = db.write(sender, move |tx| {
            once(tx, named.as_ref(), |tx| change(tx, &account, session, &hash, fresh))
        });
        let opened = opened.await?;
        self.throttle.succeeded(&attempt);
        self.signed_in(opened, refresh)
    }

    fn signed_in(&self, opened: Written<Opened>, refresh: String) -> Result<Written<SignedIn>> {
        let seq = opened.seq;
        Ok(Written { value: self.signed_in_now(opened.value, refresh)?, seq })
    }

    fn signed_in_now(&self, opened: Opened, refresh_token: String) -> Result<SignedIn> {
        let Opened { account, session, installation, now } = opened;
        let access_token =
            tokens::access(&self.secrets, &installation, account.id, session, account.epoch, now)?;
        Ok(SignedIn { access_token, expires_in: tokens::LIFETIME, refresh_token, account })
    }
}

/// A sign-in that stands, and what its access token is made of.
struct Opened {
    account: Account,
    session: SessionId,
    installation: String,
    now: Stamp,
}

enum Rotation {
    Done(Box<Opened>),
    Refused(Error),
    Replayed(UserId),
}

/// Does what gives tokens to whoever writes, unless their request of this name was done before.
fn once(tx: &mut Tx, named: Option<&Named>, work: impl FnOnce(&mut Tx) -> Result<Opened>) -> Result<Opened> {
    let (now, sender) = (tx.now(), tx.actor().clone());
    receipts::refuse_again(tx, now, &sender, named)?;
    let opened = work(tx)?;
    receipts::keep_secret(tx, &sender, named, opened.session)?;
    Ok(opened)
}

fn open(
    tx: &mut Tx,
    seen: &Account,
    row: SessionRow,
    stronger: Option<PasswordHash>,
    address: IpAddr,
) -> Result<Opened> {
    let now = tx.now();
    let mut account = unchanged(tx, seen)?;
    if let Some(hash) = stronger {
        store::set_password(tx, account.id, &hash, account.epoch)?;
    }
    let session = row.id;
    store::insert_session(tx, &SessionRow { created_at: now, rotated_at: now, ..row })?;
    store::set_last_sign_in(tx, account.id, now)?;
    account.last_sign_in_at = Some(now);
    tx.record(
        Change::new(Audience::Staff, "session.opened", "user", account.id)
            .detail(json!({ "session": session, "address": address })),
    );
    Ok(Opened { installation: store::installation(tx)?, account, session, now })
}

/// The account as it stands, where its password is still the one that was verified.
fn unchanged(tx: &mut Tx, seen: &Account) -> Result<Account> {
    store::account(tx, seen.id)?
        .filter(|account| account.is_active() && account.password == seen.password)
        .ok_or(Error::InvalidCredential)
}

fn rotate(
    tx: &mut Tx,
    session: SessionId,
    is_ours: bool,
    sent: &str,
    next: String,
    named: Option<&Named>,
) -> Result<Rotation> {
    let now = tx.now();
    let refused = Ok(Rotation::Refused(Error::InvalidCredential));
    let Some(row) = store::session(tx, session)? else { return refused };
    let sender = Actor::new("user", row.user_id);
    receipts::refuse_again(tx, now, &sender, named)?;
    let is_over = row.ended_at.is_some()
        || now >= row.rotated_at.plus_seconds(IDLE)
        || now >= row.created_at.plus_seconds(WHOLE);
    let Some(account) = store::account(tx, row.user_id)?.filter(Account::is_active) else { return refused };
    if is_over {
        return refused;
    }
    if store::rotate_session(tx, session, sent, next, now)? {
        receipts::keep_secret(tx, &sender, named, session)?;
        let installation = store::installation(tx)?;
        return Ok(Rotation::Done(Box::new(Opened { account, session, installation, now })));
    }
    // Read again: another refresh may have come between on the other engine.
    let Some(row) = store::session(tx, session)? else { return refused };
    let is_previous = row.previous_hash.as_deref() == Some(sent);
    match (is_previous, is_ours) {
        (true, _) if now <= row.rotated_at.plus_seconds(GRACE) => Ok(Rotation::Refused(Error::RefreshReused)),
        (true, _) | (_, true) => Ok(Rotation::Replayed(row.user_id)),
        (false, false) => refused,
    }
}

fn change(
    tx: &mut Tx,
    seen: &Account,
    session: SessionId,
    hash: &PasswordHash,
    fresh: String,
) -> Result<Opened> {
    let now = tx.now();
    let mut account = unchanged(tx, seen)?;
    account.epoch += 1;
    store::set_password(tx, account.id, hash, account.epoch)?;
    store::end_sessions(tx, account.id, Some(session), now)?;
    if !store::replace_refresh(tx, session, fresh, now)? {
        return Err(Error::InvalidCredential);
    }
    tx.record(Change::new(Audience::Staff, "user.password_changed", "user", account.id));
    Ok(Opened { installation: store::installation(tx)?, account, session, now })
}

/// Ends a sign-in: its access and refresh tokens are nothing from now on.
pub fn sign_out(tx: &mut Tx, session: SessionId) -> Result<()> {
    end(tx, session, "sign_out")
}

fn end(tx: &mut Tx, session: SessionId, reason: &str) -> Result<()> {
    let now = tx.now();
    if store::end_session(tx, session, now)? {
        tx.record(
            Change::new(Audience::Staff, "session.ended", "session", session)
                .detail(json!({ "reason": reason })),
        );
    }
    Ok(())
}

/// Whom an access token names, where its sign-in still stands.
pub(super) fn identify(snapshot: &mut Snapshot, claims: &Claims) -> Result<Caller> {
    claims.hold(snapshot.epoch(), snapshot.now())?;
    let standing = store::standing(snapshot, claims.sid)?.ok_or(Error::InvalidCredential)?;
    let (ended_at, account) = standing;
    let holds = ended_at.is_none()
        && account.is_active()
        && account.id == claims.sub
        && account.epoch == claims.epoch;
    if !holds {
        return Err(Error::InvalidCredential);
    }
    Ok(Caller::Staff(StaffCaller {
        user: account.id,
        session: claims.sid,
        name: account.name,
        role: account.role,
        may_publish: account.may_publish,
        desks: account.desks,
    }))
}
