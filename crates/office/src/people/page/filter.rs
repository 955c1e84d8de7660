//! Whom a filter lets through.

use akkoord_rules::consent::Status;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::PageFilter;
use crate::people::order::{Marks, Order, organisations};
use crate::problem::{Problem, Result};
use crate::purposes::answerable;
use crate::today;
use crate::vault::Vault;

/// Sets of contacts, in all of which somebody must be, or of which they must be out.
#[derive(Debug, Default)]
pub(super) struct Sieve(Vec<(Marks, bool)>);

impl Sieve {
    /// What the filter says, looked up.
    pub(super) fn of(vault: &Vault, order: &Order, filter: &PageFilter, today: NaiveDate) -> Result<Self> {
        let conn = vault.rows();
        let mut sieve = Self::default();
        if !filter.statuses.is_empty() {
            sieve.0.push(standing_so(vault, filter, today)?);
        }
        let mut only = |rows: Vec<i64>| sieve.0.push((Marks::of(&order.heads(rows)), true));
        if let Some(label) = &filter.label {
            only(numbers(conn, "SELECT contact_no FROM contact_label WHERE label = ?", [label])?);
        }
        if let Some(import) = &filter.import {
            let no: Option<i64> = conn
                .prepare_cached("SELECT no FROM import WHERE id = ?")?
                .query_row([import], |row| row.get(0))
                .optional()?;
            let no = no.ok_or_else(|| Problem::not_found("import", &import.to_string()))?;
            only(numbers(conn, "SELECT contact_no FROM source WHERE import_no = ?", [no])?);
        }
        if filter.restricted {
            only(numbers(conn, "SELECT contact_no FROM restriction WHERE lifted_at IS NULL", [])?);
        }
        if filter.open_request {
            only(open_requests(conn)?.into_iter().map(|(_, no)| no).collect());
        }
        if let Some(task) = filter.task {
            only(today::people_of(vault, order, task, today)?);
        }
        if filter.persons || filter.task.is_some() {
            sieve.0.push((Marks::of(&organisations(conn)?), false));
        }
        Ok(sieve)
    }

    /// Whether the contact that stands for its group is let through.
    pub(super) fn lets(&self, no: i64) -> bool {
        self.0.iter().all(|(marks, inside)| marks.has(no) == *inside)
    }

    /// Whether it lets everybody through.
    pub(super) fn is_open(&self) -> bool {
        self.0.is_empty()
    }
}

/// Contacts with a request that is not closed, with the day on which it is due.
pub(in crate::people) fn open_requests(conn: &Connection) -> Result<Vec<(String, i64)>> {
    let mut query = conn.prepare_cached(
        "SELECT due, contact_no FROM request WHERE state IN ('open', 'waiting_identity', 'extended')
           AND contact_no IS NOT NULL ORDER BY due, no",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those who stand in one of the statuses, or, where not being asked is one of them, those to leave out.
fn standing_so(vault: &Vault, filter: &PageFilter, today: NaiveDate) -> Result<(Marks, bool)> {
    let (conn, business) = (vault.rows(), vault.business());
    let purpose = filter.purpose.as_deref().map(|key| answerable(conn, business, key)).transpose()?;
    let purposes = match purpose {
        Some(purpose) => vec![purpose.no],
        None => numbers(conn, "SELECT no FROM purpose", [])?,
    };
    let not_asked = filter.statuses.contains(&Status::NotAsked);
    let mut rows = Vec::new();
    for purpose in purposes {
        for status in Status::ALL.iter().filter(|status| filter.statuses.contains(status) != not_asked) {
            rows.extend(in_status(conn, purpose, *status, today)?);
        }
    }
    Ok((Marks::of(&rows), !not_asked))
}

/// Rows of the projection that stand so today: a yes that has ended by then is over.
fn in_status(conn: &Connection, purpose: i64, status: Status, today: NaiveDate) -> Result<Vec<i64>> {
    let today = today.to_string();
    let base = "SELECT contact_no FROM consent_status WHERE purpose_no = ?1 AND status";
    let mut rows = match status {
        Status::Given | Status::AwaitingConfirmation => {
            let sql = format!("{base} = ?2 AND (expires = '' OR expires > ?3)");
            return numbers(conn, &sql, params![purpose, status.as_str(), today]);
        }
        Status::NotAsked | Status::Asked | Status::Refused | Status::Withdrawn | Status::Expired => {
            numbers(conn, &format!("{base} = ?2"), params![purpose, status.as_str()])?
        }
    };
    if status == Status::Expired {
        let ended = format!("{base} IN ('given', 'awaiting_confirmation') AND expires <> '' AND expires <= ?2");
        rows.extend(numbers(conn, &ended, params![purpose, today])?);
    }
    Ok(rows)
}

fn numbers(conn: &Connection, sql: &str, given: impl rusqlite::Params) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_map(given, |row| row.get(0))?.collect::<Result<_, _>>()?)
}
