//! Rows of `notices`.

use diesel::prelude::*;

use super::{Filter, Notice, NoticeKind, Outcome};
use crate::both;
use crate::db::ids::{ArticleId, NoticeId, PartnerId};
use crate::db::schema::notices;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::Result;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = notices, treat_none_as_null = true)]
struct Row {
    id: NoticeId,
    seq: i64,
    partner_id: PartnerId,
    article_id: ArticleId,
    version: i32,
    kind: String,
    severity: String,
    words: String,
    opened_at: Stamp,
    due_at: Stamp,
    fetched_at: Option<Stamp>,
    acknowledged_at: Option<Stamp>,
    outcome: Option<String>,
    url: Option<String>,
    claimed_at: Option<Stamp>,
    verified_at: Option<Stamp>,
    overdue_at: Option<Stamp>,
}

impl From<&Notice> for Row {
    fn from(notice: &Notice) -> Self {
        Row {
            id: notice.id,
            seq: notice.seq,
            partner_id: notice.partner,
            article_id: notice.article,
            version: notice.version,
            kind: notice.kind.as_str().to_owned(),
            severity: notice.severity.clone(),
            words: notice.text.clone(),
            opened_at: notice.opened_at,
            due_at: notice.due_at,
            fetched_at: notice.fetched_at,
            acknowledged_at: notice.acknowledged_at,
            outcome: notice.outcome.map(|outcome| outcome.as_str().to_owned()),
            url: notice.url.clone(),
            claimed_at: notice.claimed_at,
            verified_at: notice.verified_at,
            overdue_at: notice.overdue_at,
        }
    }
}

impl From<Row> for Notice {
    fn from(row: Row) -> Self {
        let outcomes = [Outcome::Removed, Outcome::Updated, Outcome::NotUsed];
        Notice {
            id: row.id,
            seq: row.seq,
            partner: row.partner_id,
            article: row.article_id,
            version: row.version,
            kind: match row.kind.as_str() {
                "retraction" => NoticeKind::Retraction,
                _ => NoticeKind::Correction,
            },
            severity: row.severity,
            text: row.words,
            opened_at: row.opened_at,
            due_at: row.due_at,
            fetched_at: row.fetched_at,
            acknowledged_at: row.acknowledged_at,
            outcome: row
                .outcome
                .and_then(|word| outcomes.into_iter().find(|outcome| outcome.as_str() == word)),
            url: row.url,
            claimed_at: row.claimed_at,
            verified_at: row.verified_at,
            overdue_at: row.overdue_at,
        }
    }
}

/// Opens a notice; false where this change opened it for this partner before.
pub fn insert(tx: &mut Tx, notice: &Notice) -> Result<bool> {
    let row = Row::from(notice);
    let made = both!(&mut **tx, c => diesel::insert_into(notices::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(made > 0)
}

pub fn update(conn: &mut Conn, notice: &Notice) -> Result<()> {
    diesel::update(notices::table.find(notice.id)).set(Row::from(notice)).execute(conn)?;
    Ok(())
}

pub fn notice(conn: &mut Conn, id: NoticeId) -> Result<Option<Notice>> {
    let row = notices::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Notice::from))
}

/// Notices below an id, the newest first.
pub fn page(conn: &mut Conn, filter: &Filter, below: Option<NoticeId>, limit: i64) -> Result<Vec<Notice>> {
    let mut query = notices::table.select(Row::as_select()).into_boxed();
    if let Some(article) = filter.article {
        query = query.filter(notices::article_id.eq(article));
    }
    if let Some(partner) = filter.partner {
        query = query.filter(notices::partner_id.eq(partner));
    }
    if let Some(below) = below {
        query = query.filter(notices::id.lt(below));
    }
    let rows = query.order(notices::id.desc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Notice::from).collect())
}

/// What is not verified yet of a partner and a story.
pub fn open_of(conn: &mut Conn, partner: PartnerId, article: ArticleId) -> Result<Vec<Notice>> {
    let rows = notices::table
        .filter(notices::partner_id.eq(partner))
        .filter(notices::article_id.eq(article))
        .filter(notices::verified_at.is_null())
        .order(notices::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Notice::from).collect())
}

/// Notes when these were first read.
pub fn note_fetched(conn: &mut Conn, ids: &[NoticeId], now: Stamp) -> Result<()> {
    let unread = notices::table.filter(notices::id.eq_any(ids)).filter(notices::fetched_at.is_null());
    diesel::update(unread).set(notices::fetched_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Those whose time is over and of which nothing was heard, the earliest first.
pub fn overdue(conn: &mut Conn, now: Stamp, limit: i64) -> Result<Vec<NoticeId>> {
    Ok(notices::table
        .filter(notices::due_at.le(now))
        .filter(notices::overdue_at.is_null())
        .filter(notices::acknowledged_at.is_null())
        .filter(notices::claimed_at.is_null())
        .filter(notices::verified_at.is_null())
        .order((notices::due_at, notices::id))
        .limit(limit)
        .select(notices::id)
        .load(conn)?)
}
