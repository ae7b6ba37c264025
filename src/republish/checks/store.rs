//! Rows of `checks` and `check_hosts`.

use diesel::prelude::*;

use super::{Check, Findings, Source, State};
use crate::both;
use crate::db::ids::{ArticleId, CheckId, PartnerId};
use crate::db::schema::{check_hosts, checks};
use crate::db::types::{Json, Stamp};
use crate::db::{Conn, Position};
use crate::error::Result;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = checks)]
struct Row {
    id: CheckId,
    partner_id: PartnerId,
    article_id: Option<ArticleId>,
    version: Option<i32>,
    url: Option<String>,
    host: Option<String>,
    #[diesel(serialize_as = String, deserialize_as = String)]
    source: Source,
    due_at: Option<Stamp>,
    checked_at: Option<Stamp>,
    findings: Option<Json<Findings>>,
}

impl From<Row> for Check {
    fn from(row: Row) -> Self {
        let findings = row.findings.map(|findings| findings.value).unwrap_or_default();
        Check {
            id: row.id,
            partner: row.partner_id,
            article: row.article_id,
            version: row.version,
            url: row.url,
            source: row.source,
            state: match row.due_at {
                Some(due) => State::Pending { due },
                None => State::Done,
            },
            checked_at: row.checked_at,
            findings,
        }
    }
}

/// Writes a new check down.
pub fn insert(conn: &mut Conn, check: &Check, host: Option<String>) -> Result<()> {
    let row = Row {
        id: check.id,
        partner_id: check.partner,
        article_id: check.article,
        version: check.version,
        url: check.url.clone(),
        host,
        source: check.source,
        due_at: check.due_at(),
        checked_at: check.checked_at,
        findings: check.checked_at.map(|_| Json::of(check.findings.clone())),
    };
    both!(conn, c => diesel::insert_into(checks::table).values(row).execute(c))?;
    Ok(())
}

/// Writes down what came of a check that waited; says whether it still did.
pub fn finish(conn: &mut Conn, check: &Check) -> Result<bool> {
    let waiting = checks::table.filter(checks::id.eq(check.id)).filter(checks::due_at.is_not_null());
    let changed = diesel::update(waiting)
        .set((
            checks::article_id.eq(check.article),
            checks::version.eq(check.version),
            checks::due_at.eq(None::<Stamp>),
            checks::checked_at.eq(check.checked_at),
            checks::findings.eq(Some(Json::of(check.findings.clone()))),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A check by its id.
pub fn find(conn: &mut Conn, id: CheckId) -> Result<Option<Check>> {
    let row = checks::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Check::from))
}

/// A partner's checks, of one story or all, the newest first.
pub fn browse(
    conn: &mut Conn,
    partner: PartnerId,
    article: Option<ArticleId>,
    after: Option<&Position>,
    limit: i64,
) -> Result<Vec<Check>> {
    let mut query =
        checks::table.filter(checks::partner_id.eq(partner)).select(Row::as_select()).into_boxed();
    if let Some(article) = article {
        query = query.filter(checks::article_id.eq(article));
    }
    if let Some(position) = after {
        query = query.filter(checks::id.lt(&position.id));
    }
    let rows: Vec<Row> = query.order(checks::id.desc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Check::from).collect())
}

/// Whether a check of a partner's page is planned for this very instant.
pub fn is_planned(conn: &mut Conn, partner: PartnerId, url: &str, due: Stamp) -> Result<bool> {
    let same = checks::table
        .filter(checks::due_at.eq(due))
        .filter(checks::partner_id.eq(partner))
        .filter(checks::url.eq(url));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Checks that are due, the earliest first, with the hosts that their pages are on.
pub fn due(conn: &mut Conn, now: Stamp, limit: i64) -> Result<Vec<(String, Check)>> {
    let rows: Vec<Row> = checks::table
        .filter(checks::due_at.le(now))
        .order((checks::due_at, checks::id))
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.host.clone()?, Check::from(row)))).collect())
}

/// Takes a host for some time; says whether nobody else has it.
pub fn take_host(conn: &mut Conn, host: &str, now: Stamp, until: Stamp) -> Result<bool> {
    let over = check_hosts::table.find(host).filter(check_hosts::until.le(now));
    diesel::delete(over).execute(conn)?;
    let row = (check_hosts::host.eq(host), check_hosts::until.eq(until));
    let taken = both!(conn, c => diesel::insert_into(check_hosts::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(taken == 1)
}

/// Gives a host free.
pub fn free_host(conn: &mut Conn, host: &str) -> Result<()> {
    diesel::delete(check_hosts::table.find(host)).execute(conn)?;
    Ok(())
}

/// Forgets checks that were done before an instant.
pub fn delete_before(conn: &mut Conn, before: Stamp) -> Result<()> {
    diesel::delete(checks::table.filter(checks::checked_at.lt(before))).execute(conn)?;
    Ok(())
}
