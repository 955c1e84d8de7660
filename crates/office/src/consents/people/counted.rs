//! How many people stand how at the end of a day that is over.

use std::collections::HashMap;

use akkoord_rules::consent::Status;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::stood::{again, each, touched};
use crate::consents::dashboard::STATUS_BY;
use crate::people::{Marks, by_name};
use crate::problem::Result;
use crate::purposes::Stored;
use crate::vault::Vault;

/// Where one in so many, or fewer, answered after the day, it is quicker to look at these alone.
const FEW: i64 = 8;

/// A yes that ended only after the day: what it was on it, its events say.
const ENDED_LATER: &str = "status = 'expired' AND expires > ?2";

/// How many people stand how at the end of a day that is over; of all others nothing is known.
pub(in crate::consents) fn counts_on(
    vault: &Vault,
    purpose: &Stored,
    organisations: &Marks,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<HashMap<Status, i64>> {
    let mut counts = Tally::default();
    let (order, mut later) = (by_name(vault)?, Vec::new());
    let mut marked = order.nobody();
    touched(vault.rows(), "happened_at > ?", purpose.no, vault.business().end_of(on), |no| {
        let head = order.head(no);
        if marked.mark(head) {
            later.push(head);
        }
    })?;
    drop(order);
    if i64::try_from(later.len()).unwrap_or(i64::MAX).saturating_mul(FEW) > known(vault.rows(), purpose.no)? {
        each(vault, &*by_name(vault)?, purpose, on, now, |stand| {
            if !organisations.has(stand.no) {
                counts.add(stand.status, 1);
            }
        })?;
        return Ok(counts.0);
    }
    counts.begin(vault.rows(), purpose.no, on)?;
    for no in later.iter().filter(|no| !organisations.has(**no)) {
        if let Some(status) = counted(vault.rows(), *no, purpose.no, on)? {
            counts.add(status, -1);
        }
    }
    ended_later(vault.rows(), purpose.no, on, |no| {
        if !marked.has(no) {
            later.push(no);
        }
    })?;
    for no in later.into_iter().filter(|no| !organisations.has(*no)) {
        counts.add(again(vault, purpose, no, on)?.status, 1);
    }
    Ok(counts.0)
}

/// People by status; nobody counts of whom nothing is known.
#[derive(Debug, Default)]
struct Tally(HashMap<Status, i64>);

impl Tally {
    /// With everybody whose standing of today counts for the day.
    fn begin(&mut self, conn: &Connection, purpose_no: i64, on: NaiveDate) -> Result<()> {
        let mut query = conn.prepare_cached(&format!(
            "SELECT {STATUS_BY}, sum(people) FROM consent_count s WHERE purpose_no = ?1 AND NOT ({ENDED_LATER}) GROUP BY 1"
        ))?;
        let mut rows = query.query(params![purpose_no, on.to_string()])?;
        while let Some(row) = rows.next()? {
            self.add(status(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?), row.get(1)?);
        }
        Ok(())
    }

    fn add(&mut self, status: Status, people: i64) {
        if status != Status::NotAsked {
            *self.0.entry(status).or_default() += people;
        }
    }
}

fn status(code: &str) -> Status {
    Status::parse(code).unwrap_or(Status::NotAsked)
}

/// Of how many people anything is known today.
fn known(conn: &Connection, purpose_no: i64) -> Result<i64> {
    let sql = "SELECT coalesce(sum(people), 0) FROM consent_count WHERE purpose_no = ?";
    Ok(conn.prepare_cached(sql)?.query_row([purpose_no], |row| row.get(0))?)
}

/// As what [`Tally::begin`] counted a contact, if it did.
fn counted(conn: &Connection, no: i64, purpose_no: i64, on: NaiveDate) -> Result<Option<Status>> {
    let sql = format!(
        "SELECT {STATUS_BY} FROM consent_status s WHERE purpose_no = ?1 AND contact_no = ?3 AND NOT ({ENDED_LATER})"
    );
    let mut query = conn.prepare_cached(&sql)?;
    let found = query.query_row(params![purpose_no, on.to_string(), no], |row| row.get::<_, String>(0)).optional()?;
    Ok(found.map(|code| status(&code)))
}

/// The contacts whose yes ended after the day.
fn ended_later(conn: &Connection, purpose_no: i64, on: NaiveDate, mut give: impl FnMut(i64)) -> Result<()> {
    let sql = format!("SELECT contact_no FROM consent_status WHERE purpose_no = ?1 AND {ENDED_LATER}");
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(params![purpose_no, on.to_string()])?;
    while let Some(row) = rows.next()? {
        give(row.get(0)?);
    }
    Ok(())
}
