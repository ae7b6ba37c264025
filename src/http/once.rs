//! Requests that may be repeated: the sender names one in `Idempotency-Key`, and it is done once.
//!
//! Every POST of the newsroom and of partners writes through `Once`, whether its sender named it or not. The
//! look at what was answered before, the verb and the keeping of its answer are one transaction, in which
//! writers stand in line: a request that comes again while the first still runs waits for it and gets its answer.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderName;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use sha2::{Digest, Sha256};

use super::envelope::Saved;
use crate::app::App;
use crate::auth::secrets::{Purpose, Secrets, mac};
use crate::db::{Actor, Db, Tx, Written};
use crate::error::{Error, Result};
use crate::receipts::{self, Named};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest name, in characters.
const LONGEST: usize = 255;

/// A POST, with the name that its sender may have given it.
pub struct Once {
    key: Option<String>,
    request: HttpRequest,
}

impl FromRequest for Once {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(key(request).map(|key| Once { key, request: request.clone() }))
    }
}

fn key(request: &HttpRequest) -> Result<Option<String>> {
    let mut sent = request.headers().get_all(IDEMPOTENCY_KEY);
    let Some(value) = sent.next() else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| (1..=LONGEST).contains(&text.len()));
    match (text, sent.next()) {
        (Some(text), None) => Ok(Some(text.to_owned())),
        _ => Err(Error::InvalidHeader(format!("Idempotency-Key must be one of 1 to {LONGEST} characters"))),
    }
}

/// The SHA-256 of the body that a named request came with.
struct BodyDigest([u8; 32]);

/// Notes what a request came with, where it may come again.
pub(super) fn note_body(request: &HttpRequest, body: &[u8]) {
    if request.headers().contains_key(IDEMPOTENCY_KEY) {
        request.extensions_mut().insert(BodyDigest(Sha256::digest(body).into()));
    }
}

impl Once {
    /// The request that its sender named; none where they did not.
    pub fn named(&self, secrets: &Secrets) -> Option<Named> {
        let key = self.key.clone()?;
        let digest = self.request.extensions().get::<BodyDigest>().map_or([0; 32], |digest| digest.0);
        let address = self.request.uri().path_and_query().map_or("/", |address| address.as_str());
        let parts = [self.request.method().as_str().as_bytes(), address.as_bytes(), &digest];
        let seal = |key| mac(&key, &parts).iter().map(|byte| format!("{byte:02x}")).collect();
        let seals = secrets.verifying_keys(Purpose::Receipt).map(|(_, key)| seal(key)).collect();
        Some(Named { key, seals })
    }

    /// The request itself.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// What was answered before, where the request is done in several writes, each by itself; the last of them
    /// keeps the answer.
    pub async fn earlier(&self, app: &App, sender: Actor) -> Result<Option<Saved>> {
        let Some(named) = self.named(&app.auth.secrets) else { return Ok(None) };
        let earlier = app.db.read(move |snapshot| {
            let now = snapshot.now();
            receipts::earlier(snapshot, now, &sender, &named)
        });
        Ok(earlier.await?.map(Saved::from))
    }

    /// A write of the house that is done once under its name.
    pub fn write<T>(
        &self,
        app: &App,
        sender: Actor,
        work: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Write<T> {
        let named = self.named(&app.auth.secrets);
        Write { db: app.db.clone(), sender, named, work: Box::new(work) }
    }
}

/// The verb of a write.
type Verb<T> = Box<dyn FnOnce(&mut Tx) -> Result<T> + Send>;

/// A write that waits for how it is to be answered.
#[must_use]
pub struct Write<T> {
    db: Db,
    sender: Actor,
    named: Option<Named>,
    work: Verb<T>,
}

impl<T: Send + 'static> Write<T> {
    /// Does it, and answers as `render` says; where it was done before, with the answer of then.
    pub async fn answer(self, render: impl FnOnce(&Written<T>) -> Saved + Send + 'static) -> Result<Saved> {
        let Write { db, sender, named, work } = self;
        let Some(named) = named else {
            return Ok(render(&db.write(sender, work).await?));
        };
        let answered = db.write(sender.clone(), move |tx| {
            let now = tx.now();
            if let Some(answered) = receipts::earlier(tx, now, &sender, &named)? {
                return Ok(Saved::from(answered));
            }
            let value = work(tx)?;
            let saved = render(&Written { value, seq: tx.seq() });
            match saved.secret() {
                Some(made) => receipts::keep_secret(tx, &sender, Some(&named), made)?,
                None => receipts::keep(tx, &sender, &named, saved.answered())?,
            }
            Ok(saved)
        });
        Ok(answered.await?.value)
    }
}
