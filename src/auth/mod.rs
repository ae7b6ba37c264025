//! Who may do what: users with roles, sign-ins, API keys, and the secrets behind them.
//!
//! A credential is never degraded to anonymous: it is good or it is 401. Nothing secret is stored in
//! clear; passwords are argon2id hashes, keys and refresh tokens SHA-256 hashes. Every credential is
//! held against the database at each request, so what was taken back is taken back on every node.
//! Knows nothing of stories.

mod caller;
mod fields;
pub mod keys;
pub mod partners;
pub mod passwords;
pub mod permissions;
pub mod routes;
pub mod secrets;
pub mod sessions;
mod store;
mod throttle;
mod tokens;
pub mod users;
pub mod views;

use std::net::IpAddr;

use crate::config::Config;
use crate::db::Db;
use crate::error::Result;

pub use caller::{Caller, KeyCaller, PartnerCaller, Role, Scope, StaffCaller};
pub use passwords::{Password, PasswordHash, Passwords};
pub use secrets::Secrets;

use throttle::Throttle;

/// What this process knows of credentials: the secrets, and the sign-ins that failed.
pub struct Auth {
    /// The ring of secrets, with a key derived for each purpose.
    pub secrets: Secrets,
    /// Where passwords are hashed.
    pub passwords: Passwords,
    throttle: Throttle,
}

impl Auth {
    /// Reads the secrets, or makes them in the data folder.
    pub fn open(config: &Config) -> Result<Self> {
        Ok(Auth {
            secrets: Secrets::open(config)?,
            passwords: Passwords::new(),
            throttle: Throttle::new(config.limits),
        })
    }

    /// Whom a credential names: an API key or a staff access token.
    ///
    /// 401 where it names nobody, nobody any more, or nobody yet; 403 `address_not_allowed` for a key
    /// that is good elsewhere.
    pub async fn identify(&self, db: &Db, credential: &str, address: IpAddr) -> Result<Caller> {
        if credential.starts_with(keys::PREFIX) {
            let key = keys::Sent::parse(credential)?;
            let (caller, to_note) = db.read(move |snapshot| keys::identify(snapshot, &key, address)).await?;
            if to_note {
                // A key is as good where its use cannot be noted: reads go on while nothing can be written.
                let _ = keys::note_use(db, caller.id).await;
            }
            return Ok(Caller::Key(caller));
        }
        let claims = tokens::verify(&self.secrets, credential)?;
        db.read(move |snapshot| sessions::identify(snapshot, &claims)).await
    }
}
