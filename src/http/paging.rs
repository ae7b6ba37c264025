//! Opaque cursors: where a page ended, bound to the list that it was a page of.
//!
//! A cursor carries a MAC over the surface, the class of the caller, the sort, the filters and the
//! database's history, so that one of another list, another caller or a backup's past is refused.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::envelope::{Links, List, Meta};
use crate::auth::secrets::{Purpose, Secrets, mac};
use crate::db::{Browse, Position};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Text, Whole, sort_key};
use deserr::Deserr;
use utoipa::IntoParams;

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

/// Parameters of a list that is sorted by name.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Browsing {
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub cursor: Option<Text<2000>>,
    /// Only those in whose name this stands, case and accents aside: for typeahead.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub q: Option<Text<256>>,
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
}

impl Paging {
    /// How many a page holds.
    pub fn limit(&self) -> u32 {
        self.limit.map_or(20, |limit| limit.0)
    }

    /// Whether the page begins at a cursor.
    pub fn has_cursor(&self) -> bool {
        self.cursor.is_some()
    }

    /// The page of the list `name` that was asked for; `name` says all that its cursors are bound to, but for the
    /// database's history.
    pub fn page(&self, secrets: &Secrets, links: Links, name: &str, epoch: &str) -> Result<Page> {
        let cursors = Cursors::new(secrets, format!("{name}\n{epoch}"));
        Page::new(cursors, self.limit(), self.cursor.as_deref(), links)
    }

    /// 400 where a page is asked for of what is sent whole.
    pub fn refuse(&self, why: &str) -> Result<()> {
        let sent = [("limit", self.limit.is_some()), ("cursor", self.cursor.is_some())];
        let faults: Vec<Fault> = sent
            .into_iter()
            .filter(|(_, is_sent)| *is_sent)
            .map(|(name, _)| Fault::parameter(name, "invalid_parameter", why))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
    }
}

/// A page being made: where it begins, and the links of the page after it.
pub struct Page {
    cursors: Cursors,
    limit: u32,
    after: Option<Position>,
    links: Links,
}

impl Browsing {
    /// What must stand in the name, if anything.
    pub fn named(&self) -> Option<&str> {
        self.q.as_deref()
    }

    /// The page of the list `name` that was asked for.
    pub fn page(&self, secrets: &Secrets, links: Links, name: &str, epoch: &str) -> Result<Page> {
        let named = self.named().unwrap_or_default();
        let cursors = Cursors::new(secrets, format!("{name}\n{named}\n{epoch}"));
        Page::new(cursors, self.limit.map_or(20, |limit| limit.0), self.cursor.as_deref(), links)
    }
}

impl Page {
    /// A page of a list whose cursors are these; 400 where the cursor is not one of them.
    pub fn new(cursors: Cursors, limit: u32, cursor: Option<&str>, links: Links) -> Result<Self> {
        let after = cursor.map(|cursor| cursors.read(cursor)).transpose()?;
        Ok(Page { cursors, limit, after, links })
    }

    /// The id after which the page begins, of a list that is sorted by ids.
    pub fn after_id<T: FromStr>(&self) -> Result<Option<T>> {
        let id = self.after.as_ref().map(|after| after.id.parse());
        id.transpose().map_err(|_| Error::InvalidCursor)
    }

    /// How many rows to ask for: one more than the page holds, to know whether there is a next.
    pub fn most(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// What to ask the store for: one more than the page holds, to know whether there is a next.
    pub fn browse(&self, live_only: bool, named: Option<&str>) -> Browse {
        Browse { live_only, named: named.map(sort_key), after: self.after.clone(), limit: self.most() }
    }

    /// The page of the rows that the store gave.
    pub fn of<R, T>(
        mut self,
        mut rows: Vec<R>,
        position: impl Fn(&R) -> Position,
        view: impl FnMut(R) -> T,
    ) -> List<T> {
        let limit = self.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        if let (true, Some(last)) = (more, rows.last()) {
            self.links.next = Some(self.links.with("cursor", &self.cursors.after(&position(last))));
        }
        let meta = Meta { limit: Some(self.limit), ..Meta::default() };
        List { data: rows.into_iter().map(view).collect(), meta, links: self.links }
    }
}
