//! The two tokens of a sign-in: a signed access token of 15 minutes (RFC 7519, typed as in RFC 9068),
//! and a refresh token that is used once.
//!
//! What the signature, the header and the clock say is read here; whether the sign-in still stands is
//! asked of the database by `sessions`. The clocks of two nodes may differ by 30 seconds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use super::secrets::{Purpose, Secrets, mac, random_word};
use crate::db::ids::{SessionId, UserId};
use crate::db::types::Stamp;
use crate::error::{Error, Result};

/// How long an access token lives, in seconds.
pub(super) const LIFETIME: i64 = 15 * 60;
/// By how much the clocks of two nodes may differ, in seconds.
const LEEWAY: i64 = 30;
const TYPE: &str = "at+jwt";
/// The longest token that is looked at, in bytes.
const LONGEST: usize = 2048;

/// What an access token says.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    pub sub: UserId,
    pub sid: SessionId,
    pub epoch: i64,
    iat: u32,
    nbf: u32,
    exp: u32,
}

// Strict: a header that names a key of its own (`jku`, `jwk`, `x5u`) or asks for more (`crit`) is not ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

/// An access token for a sign-in. `installation` names the database's history: the tokens of another
/// installation, or from before a backup was restored, are nothing here.
pub(super) fn access(
    secrets: &Secrets,
    installation: &str,
    user: UserId,
    session: SessionId,
    epoch: i64,
    now: Stamp,
) -> Result<String> {
    let second = |at: Stamp| u32::try_from(at.unix_seconds()).map_err(internal);
    let claims = Claims {
        iss: issuer(installation),
        aud: audience(installation),
        sub: user,
        sid: session,
        epoch,
        iat: second(now)?,
        nbf: second(now)?,
        exp: second(now.plus_seconds(LIFETIME))?,
    };
    let (kid, key) = secrets.signing_key(Purpose::AccessToken);
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(kid.to_owned());
    encode(&header, &claims, &EncodingKey::from_secret(&key)).map_err(internal)
}

/// What a token says, where we signed it for this purpose; 401 otherwise.
pub(super) fn verify(secrets: &Secrets, token: &str) -> Result<Claims> {
    if token.len() > LONGEST {
        return Err(Error::InvalidCredential);
    }
    let head = head(token).ok_or(Error::InvalidCredential)?;
    if head.alg != "HS256" || head.typ != TYPE {
        return Err(Error::InvalidCredential);
    }
    let key = secrets
        .verifying_keys(Purpose::AccessToken)
        .find_map(|(kid, key)| (kid == head.kid).then_some(key))
        .ok_or(Error::InvalidCredential)?;
    // The library's clock is not the house's: `hold` looks at the times.
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    decode::<Claims>(token, &DecodingKey::from_secret(&key), &rules)
        .map(|read| read.claims)
        .map_err(|_| Error::InvalidCredential)
}

impl Claims {
    /// Holds the claims against the installation and the clock.
    pub fn hold(&self, installation: &str, now: Stamp) -> Result<()> {
        let now = now.unix_seconds();
        let is_early = i64::from(self.iat).max(i64::from(self.nbf)) > now + LEEWAY;
        if self.iss != issuer(installation) || self.aud != audience(installation) || is_early {
            return Err(Error::InvalidCredential);
        }
        if now > i64::from(self.exp) + LEEWAY {
            return Err(Error::TokenExpired);
        }
        Ok(())
    }
}

fn head(token: &str) -> Option<Head> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn issuer(installation: &str) -> String {
    format!("wiredesk:{installation}")
}

fn audience(installation: &str) -> String {
    format!("wiredesk:{installation}:staff")
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("signing an access token: {error}"))
}

/// A refresh token: the sign-in that it belongs to, a random part, and a seal by which one that was
/// used long ago is still known as ours.
pub(super) fn refresh(secrets: &Secrets, session: SessionId) -> String {
    let word = random_word();
    let seal = seal(&secrets.signing_key(Purpose::RefreshToken).1, session, &word);
    format!("wdr_{session}_{word}_{seal}")
}

/// A refresh token as it was sent.
pub(super) struct Refresh<'t> {
    pub session: SessionId,
    /// Whether we made it, at whatever time.
    pub is_ours: bool,
    pub text: &'t str,
}

impl<'t> Refresh<'t> {
    /// Reads a refresh token; 401 where it has not the form of one.
    pub fn parse(secrets: &Secrets, text: &'t str) -> Result<Self> {
        let mut parts = text.split('_');
        let (Some("wdr"), Some(session), Some(word), Some(sent), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::InvalidCredential);
        };
        let session: SessionId = session.parse().map_err(|_| Error::InvalidCredential)?;
        let is_ours = secrets.verifying_keys(Purpose::RefreshToken).any(|(_, key)| {
            constant_time_eq::constant_time_eq(seal(&key, session, word).as_bytes(), sent.as_bytes())
        });
        Ok(Refresh { session, is_ours, text })
    }
}

fn seal(key: &[u8; 32], session: SessionId, word: &str) -> String {
    let seal = mac(key, &[session.as_str().as_bytes(), word.as_bytes()]);
    seal[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}
