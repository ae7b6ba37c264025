//! Quotas: how many stories a partner may take in a day or a month.
//!
//! A story counts once in a period, whatever version or format is taken and however often. Periods are
//! those of UTC.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Partner;
use super::store;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::Result;
use crate::fields::Faults;

/// How many stories a partner may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PartnerQuota)]
pub struct Quota {
    /// How many packages, each of another story.
    #[schema(example = 500)]
    pub packages: u32,
    /// In which time.
    pub per: Period,
}

/// The time that a quota is for, by UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, deserr::Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(as = QuotaPeriod, example = "month")]
pub enum Period {
    /// A day.
    Day,
    /// A month of the calendar.
    Month,
}

impl Period {
    /// When the period of an instant begins.
    pub fn begins(self, now: Stamp) -> Stamp {
        midnight(self.first_day(now))
    }

    /// When the next one begins.
    pub fn ends(self, now: Stamp) -> Stamp {
        let first = self.first_day(now);
        let next = match self {
            Period::Day => first.checked_add_days(Days::new(1)),
            Period::Month => first.checked_add_months(Months::new(1)),
        };
        midnight(next.unwrap_or(first))
    }

    fn first_day(self, now: Stamp) -> NaiveDate {
        let today = now.datetime().date_naive();
        match self {
            Period::Day => today,
            Period::Month => today.with_day(1).unwrap_or(today),
        }
    }
}

fn midnight(day: NaiveDate) -> Stamp {
    Stamp(day.and_time(NaiveTime::MIN).and_utc().timestamp_micros())
}

/// How many stories a partner took in this period.
pub fn used(conn: &mut Conn, partner: &Partner, now: Stamp) -> Result<i32> {
    match partner.agreement.quota {
        Some(quota) => store::quota_used(conn, partner.id, quota.per.begins(now)),
        None => Ok(0),
    }
}

/// Until when the quota keeps a partner from a story; none where it does not.
pub fn exhausted_until(
    conn: &mut Conn,
    partner: &Partner,
    story: ArticleId,
    now: Stamp,
) -> Result<Option<Stamp>> {
    let Some(quota) = partner.agreement.quota else { return Ok(None) };
    let begins = quota.per.begins(now);
    let is_full = i64::from(store::quota_used(conn, partner.id, begins)?) >= i64::from(quota.packages);
    let is_free = !is_full || store::quota_counts(conn, partner.id, begins, story)?;
    Ok((!is_free).then(|| quota.per.ends(now)))
}

/// Counts a story against the quota of its period, once; false where there is no room for it. Nodes and
/// requests that count at the same time never count past the limit.
pub fn take(tx: &mut Tx, partner: &Partner, story: ArticleId) -> Result<bool> {
    let Some(quota) = partner.agreement.quota else { return Ok(true) };
    let begins = quota.per.begins(tx.now());
    if !store::count_story(tx, partner.id, begins, story)? {
        return Ok(true);
    }
    let limit = i32::try_from(quota.packages).unwrap_or(i32::MAX);
    let taken = store::count_up(tx, partner.id, begins, limit)?;
    if !taken {
        store::uncount_story(tx, partner.id, begins, story)?;
    }
    Ok(taken)
}
