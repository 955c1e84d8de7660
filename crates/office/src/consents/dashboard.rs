//! How many people stand where, and who they are.

use std::collections::HashMap;

use akkoord_rules::consent::Status;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::people::{PurposeQuestion, counts_on, first_of};
use crate::people::{Listed, Marks, listed, organisations};
use crate::problem::Result;
use crate::purposes::{Stored, all};
use crate::vault::Vault;

/// A purpose with how many people are in each status.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Counted {
    /// The purpose's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many people by status.
    pub counts: Counts,
}

/// How many people stand in each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Counts {
    /// Nothing is known.
    pub not_asked: i64,
    /// Asked; no answer yet.
    pub asked: i64,
    /// A yes that waits for its confirmation.
    pub awaiting_confirmation: i64,
    /// A yes that holds.
    pub given: i64,
    /// Said no.
    pub refused: i64,
    /// Took the yes back.
    pub withdrawn: i64,
    /// A yes that holds no longer.
    pub expired: i64,
}

impl Counts {
    /// How many stand so.
    #[must_use]
    pub fn of(&self, status: Status) -> i64 {
        match status {
            Status::NotAsked => self.not_asked,
            Status::Asked => self.asked,
            Status::AwaitingConfirmation => self.awaiting_confirmation,
            Status::Given => self.given,
            Status::Refused => self.refused,
            Status::Withdrawn => self.withdrawn,
            Status::Expired => self.expired,
        }
    }

    /// Of so many people, those of whom anything is known counted; of all others nothing is.
    fn among(people: i64, known: &HashMap<Status, i64>) -> Self {
        let of = |status| known.get(&status).copied().unwrap_or_default();
        Self {
            not_asked: people - known.values().sum::<i64>(),
            asked: of(Status::Asked),
            awaiting_confirmation: of(Status::AwaitingConfirmation),
            given: of(Status::Given),
            refused: of(Status::Refused),
            withdrawn: of(Status::Withdrawn),
            expired: of(Status::Expired),
        }
    }
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
    let people = persons(conn)?;
    let organisations = Marks::of(&organisations(conn)?);
    let counted = |purpose: Stored| {
        let counts = match on < business.today(now) {
            true => counts_on(vault, &purpose, &organisations, on, now)?,
            false => kept_counts(conn, &purpose, on)?,
        };
        Ok(Counted { counts: Counts::among(people, &counts), key: purpose.rules.key, title: purpose.title })
    };
    all(conn, business)?.into_iter().map(counted).collect()
}

/// How many people there are, each group once. Asked of indexes alone: no row is read for it.
pub(crate) fn persons(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "SELECT (SELECT count(*) FROM contact) - (SELECT count(*) FROM contact WHERE kind = 'organisation')
                  - (SELECT count(*) FROM contact WHERE merged_into IS NOT NULL AND kind = 'person')",
        )?
        .query_row([], |row| row.get(0))?)
}

/// What the status of a row of the projection is by a day: a yes that has ended by then is over.
pub(super) const STATUS_BY: &str =
    "CASE WHEN s.status IN ('given', 'awaiting_confirmation') AND s.expires <> '' AND s.expires <= ?2
    THEN 'expired' ELSE s.status END";

/// From the projection: for today and later days.
fn kept_counts(conn: &Connection, purpose: &Stored, on: NaiveDate) -> Result<HashMap<Status, i64>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {STATUS_BY}, sum(people) FROM consent_count s WHERE s.purpose_no = ?1 GROUP BY 1"
    ))?;
    let rows = query.query_map(params![purpose.no, on.to_string()], |row| {
        let status: String = row.get(0)?;
        Ok((Status::parse(&status).unwrap_or(Status::NotAsked), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
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
    let question = PurposeQuestion {
        purpose: purpose.to_owned(),
        statuses: vec![status],
        on: Some(on),
        ..PurposeQuestion::default()
    };
    let (total, found) = first_of(vault, &question, limit, now)?;
    let contacts = found.into_iter().map(|no| listed(vault.rows(), no)).collect::<Result<_>>()?;
    Ok(InStatus { total, contacts })
}
