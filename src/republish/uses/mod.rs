//! The use ledger: each package that a partner fetched, and each use that it reported.
//!
//! A line says what the verdict was at that moment, and is never altered. What was refused stands in no
//! line: it was not used. Nor does what was only looked at, by `dry=true`.

pub mod routes;
pub mod views;

mod store;

use crate::db::ids::{ArticleId, KeyId, PartnerId, UseId};
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};
use crate::rights::{Channel, ReasonCode, Ruling, Territory, Verdict};

/// How a use became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// The partner fetched the package.
    Package,
    /// The partner told of it.
    Report,
}

impl UseKind {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            UseKind::Package => "package",
            UseKind::Report => "report",
        }
    }

    /// The kind of a word of the API.
    pub fn parse(word: &str) -> Option<Self> {
        [UseKind::Package, UseKind::Report].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What is used: a version of a story by a partner in a channel, with the verdict of the moment.
#[derive(Clone, Debug)]
pub struct Use {
    /// The partner.
    pub partner: PartnerId,
    /// The key that it asked with.
    pub key: Option<KeyId>,
    /// The story.
    pub article: ArticleId,
    /// Its version.
    pub version: i32,
    /// Where it is used.
    pub channel: Channel,
    /// The country that the partner publishes in.
    pub territory: Option<Territory>,
    /// The verdict.
    pub ruling: Ruling,
    /// Every reason against it.
    pub reasons: Vec<ReasonCode>,
}

impl Use {
    /// The same with what a verdict says.
    pub fn judged(self, verdict: &Verdict) -> Self {
        let reasons = verdict.reasons.iter().map(|reason| reason.code).collect();
        Use { ruling: verdict.ruling, reasons, ..self }
    }
}

/// When a reported use was, and what the partner says of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// When.
    pub used_at: Stamp,
    /// In the partner's words.
    pub note: Option<String>,
}

/// A line of the ledger.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id; later ones sort after earlier ones.
    pub id: UseId,
    /// When it was written.
    pub at: Stamp,
    /// How the use became known.
    pub kind: UseKind,
    /// The partner.
    pub partner: PartnerId,
    /// The story.
    pub article: ArticleId,
    /// Its version.
    pub version: i32,
    /// Where it was used.
    pub channel: String,
    /// The country that the partner publishes in.
    pub territory: Option<String>,
    /// The verdict of then.
    pub verdict: String,
    /// Every reason against it.
    pub reasons: Vec<String>,
    /// The last four characters of the key.
    pub key_hint: Option<String>,
    /// When it was used.
    pub used_at: Stamp,
    /// What the partner says of it.
    pub note: Option<String>,
}

/// Which lines; all that is said must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of a partner.
    pub partner: Option<PartnerId>,
    /// Those of a story.
    pub article: Option<ArticleId>,
    /// From this instant on.
    pub after: Option<Stamp>,
    /// Until before this instant.
    pub before: Option<Stamp>,
}

/// Lines below an id, the newest first.
pub fn browse(conn: &mut Conn, filter: &Filter, below: Option<UseId>, limit: i64) -> Result<Vec<Line>> {
    store::page(conn, filter, below, limit)
}

/// A line of the ledger; 404 where there is none.
pub fn read(conn: &mut Conn, id: UseId) -> Result<Line> {
    store::line(conn, id)?.ok_or(Error::NotFound("use"))
}

/// Writes down a use that a partner tells of, with the verdict of now.
pub fn report(tx: &mut Tx, used: &Use, told: &Told) -> Result<UseId> {
    store::insert(tx, UseKind::Report, used, told)
}

/// Writes down that a package was fetched.
pub fn note_package(tx: &mut Tx, used: &Use) -> Result<UseId> {
    let told = Told { used_at: tx.now(), note: None };
    store::insert(tx, UseKind::Package, used, &told)
}
