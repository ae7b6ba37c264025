//! Reading what was just written, where a follower of the log makes it: `Wiredesk-Min-Sequence`.
//!
//! The edge waits until this node has seen that number. A route that shows what a follower made (notices,
//! deliveries, a search) takes this parameter and waits for that follower too.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::edge::MIN_SEQUENCE;
use crate::changes::Follower;
use crate::db::Db;
use crate::error::{Error, Result};

/// The number of the log that the answer must stand for at least, where the caller named one.
pub struct MinSequence(Option<i64>);

impl FromRequest for MinSequence {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // One that is not a number was refused at the edge.
        let sent = request.headers().get(MIN_SEQUENCE).and_then(|value| value.to_str().ok());
        ready(Ok(MinSequence(sent.and_then(|text| text.parse().ok()))))
    }
}

impl MinSequence {
    /// Waits until a follower has passed it; 503 `not_caught_up` after a second.
    pub async fn passed_by(&self, follower: &Follower, db: &Db) -> Result<()> {
        match self.0 {
            Some(seq) => follower.passed(db, seq).await,
            None => Ok(()),
        }
    }
}
