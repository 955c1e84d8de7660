//! How many people stand where, and who they are.

use std::collections::HashMap;

use akkoord_rules::consent::{CONFIRM_DAYS, Event, Standing, Status, fold};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::{Map, Value};

use super::event::{FOLDED, folded};
use crate::people::{Listed, listed};
use crate::problem::Result;
use crate::purposes::{Stored, all, answerable};
use crate::vault::{Business, Vault};

/// A purpose with how many people are in each status.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Counted {
    /// The purpose's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many people by status; every status is there.
    pub counts: Map<String, Value>,
}

/// People in one status.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InStatus {
    /// How many there are in all.
    pub total: usize,
    /// The first of them, in alphabetical order.
    pub contacts: Vec<Listed>,
}

/// Counts people, not organisations, each once per purpose, as of the end of a day.
///
/// # Errors
/// Faults of the database.
pub fn dashboard(vault: &Vault, on: NaiveDate, now: DateTime<Utc>) -> Result<Vec<Counted>> {
    let (conn, business) = (vault.rows(), vault.business());
    let people: i64 = conn
        .prepare_cached("SELECT count(*) FROM contact WHERE kind = 'person' AND merged_into IS NULL")?
        .query_row([], |row| row.get(0))?;
    let counted = |purpose: Stored| {
        let counts = match on < business.today(now) {
            true => folded_counts(conn, business, &purpose, on)?,
            false => kept_counts(conn, &purpose, on)?,
        };
        let known: i64 = counts.values().sum();
        let of = |status: &Status| {
            if *status == Status::NotAsked { people - known } else { counts.get(status).copied().unwrap_or(0) }
        };
        let counts = Status::ALL.iter().map(|status| (status.as_str().to_owned(), of(status).into()));
        Ok(Counted { counts: counts.collect(), key: purpose.rules.key, title: purpose.title })
    };
    all(conn, business)?.into_iter().map(counted).collect()
}

/// What the status of a row of the projection is by a day: a yes that has ended by then is over.
const STATUS_BY: &str =
    "CASE WHEN s.status IN ('given', 'awaiting_confirmation') AND s.expires <> '' AND s.expires <= ?2
    THEN 'expired' ELSE s.status END";

/// From the projection: for today and later days.
fn kept_counts(conn: &Connection, purpose: &Stored, on: NaiveDate) -> Result<HashMap<Status, i64>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {STATUS_BY}, count(*) FROM consent_status s JOIN contact c ON c.no = s.contact_no
         WHERE s.purpose_no = ?1 AND c.kind = 'person' GROUP BY 1"
    ))?;
    let rows = query.query_map(params![purpose.no, on.to_string()], |row| {
        let status: String = row.get(0)?;
        Ok((Status::parse(&status).unwrap_or(Status::NotAsked), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// From the events: for a day that is over.
fn folded_counts(
    conn: &Connection,
    business: &Business,
    purpose: &Stored,
    on: NaiveDate,
) -> Result<HashMap<Status, i64>> {
    let mut counts = HashMap::new();
    each_standing(conn, business, purpose, on, |_, standing| {
        if standing.status != Status::NotAsked {
            *counts.entry(standing.status).or_insert(0) += 1;
        }
    })?;
    Ok(counts)
}

/// Folds the events of every person about one purpose, one person after the other.
fn each_standing(
    conn: &Connection,
    business: &Business,
    purpose: &Stored,
    on: NaiveDate,
    mut each: impl FnMut(i64, Standing),
) -> Result<()> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {FOLDED}, coalesce(c.merged_into, c.no) FROM consent_event e JOIN contact c ON c.no = e.contact_no
         JOIN contact h ON h.no = coalesce(c.merged_into, c.no)
         WHERE e.purpose_no = ? AND h.kind = 'person' ORDER BY 14, e.no"
    ))?;
    let mut rows = query.query([purpose.no])?;
    let mut group: (i64, Vec<Event>) = (0, Vec::new());
    let mut close = |group: &mut (i64, Vec<Event>)| {
        if !group.1.is_empty() {
            each(group.0, fold(&group.1, &purpose.rules, on, business.zone, CONFIRM_DAYS));
            group.1.clear();
        }
    };
    while let Some(row) = rows.next()? {
        let head: i64 = row.get(13)?;
        if head != group.0 {
            close(&mut group);
            group.0 = head;
        }
        group.1.push(folded(row)?);
    }
    close(&mut group);
    Ok(())
}

/// The people who stand so towards a purpose at the end of a day, in alphabetical order.
///
/// # Errors
/// [`crate::Code::NotFound`] for the purpose; [`crate::Code::BuiltinPurpose`].
pub fn list(
    vault: &Vault,
    purpose: &str,
    status: Status,
    on: NaiveDate,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<InStatus> {
    let (conn, business) = (vault.rows(), vault.business());
    let purpose = answerable(conn, business, purpose)?;
    let by_no = match on < business.today(now) {
        true => folded_statuses(conn, business, &purpose, on)?,
        false => kept_statuses(conn, &purpose, on)?,
    };
    let mut query = conn
        .prepare_cached("SELECT no FROM contact WHERE kind = 'person' AND merged_into IS NULL ORDER BY sort_key, no")?;
    let (mut total, mut found) = (0, Vec::new());
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        if by_no.get(&no).copied().unwrap_or(Status::NotAsked) == status {
            total += 1;
            if found.len() < limit {
                found.push(no);
            }
        }
    }
    let contacts = found.into_iter().map(|no| listed(conn, no)).collect::<Result<_>>()?;
    Ok(InStatus { total, contacts })
}

fn kept_statuses(conn: &Connection, purpose: &Stored, on: NaiveDate) -> Result<HashMap<i64, Status>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT contact_no, {STATUS_BY} FROM consent_status s WHERE purpose_no = ?1"))?;
    let rows = query.query_map(params![purpose.no, on.to_string()], |row| {
        let status: String = row.get(1)?;
        Ok((row.get(0)?, Status::parse(&status).unwrap_or(Status::NotAsked)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn folded_statuses(
    conn: &Connection,
    business: &Business,
    purpose: &Stored,
    on: NaiveDate,
) -> Result<HashMap<i64, Status>> {
    let mut statuses = HashMap::new();
    each_standing(conn, business, purpose, on, |no, standing| {
        statuses.insert(no, standing.status);
    })?;
    Ok(statuses)
}
