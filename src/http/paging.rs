//! Opaque cursors: where a page ended, bound to the list that it was a page of.
//!
//! A cursor carries a MAC over the surface, the class of the caller, the sort, the filters and the
//! database's history, so that one of another list, another caller or a backup's past is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::auth::secrets::{Purpose, Secrets, mac};
use crate::error::{Error, Result};

/// Where a page ended: the sort key of its last row, and the id that breaks ties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The sort key of the last row, as text.
    #[serde(rename = "k")]
    pub key: String,
    /// Its id.
    #[serde(rename = "i")]
    pub id: String,
}

/// Makes and reads the cursors of one list.
pub struct Cursors {
    signing: [u8; 32],
    verifying: Vec<[u8; 32]>,
    list: String,
}

impl Cursors {
    /// `list` names the list whole: surface, class of the caller, sort, filters, epoch.
    pub fn new(secrets: &Secrets, list: String) -> Self {
        let verifying = secrets.verifying_keys(Purpose::Cursor).map(|(_, key)| key).collect();
        Cursors { signing: secrets.signing_key(Purpose::Cursor).1, verifying, list }
    }

    /// The cursor after a position.
    pub fn after(&self, position: &Position) -> String {
        let payload = serde_json::to_vec(position).unwrap_or_default();
        let mut bytes = self.seal(&self.signing, &payload).to_vec();
        bytes.extend_from_slice(&payload);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position of a cursor; 400 where it is not one of this list.
    pub fn read(&self, cursor: &str) -> Result<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::InvalidCursor)?;
        let (sealed, payload) = bytes.split_at_checked(16).ok_or(Error::InvalidCursor)?;
        if !self.verifying.iter().any(|key| self.seal(key, payload) == sealed) {
            return Err(Error::InvalidCursor);
        }
        serde_json::from_slice(payload).map_err(|_| Error::InvalidCursor)
    }

    fn seal(&self, key: &[u8; 32], payload: &[u8]) -> [u8; 16] {
        let whole = mac(key, &[self.list.as_bytes(), payload]);
        std::array::from_fn(|place| whole[place])
    }
}
