//! Registers: the audit log, and the breaches.

mod breach;
mod log;

use chrono::NaiveDate;
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use crate::people;
use crate::problem::{Code, Problem, Result};
use crate::vault::Vault;

pub use breach::{
    BreachShown, Duty, NewBreach, NewTold, breach_answer, breach_open, breach_people, breach_show, breaches,
};
pub use log::{About, Line, LogArea, LogPage, LogQuestion, log};

/// An entry of the audit log: ids and codes only.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "AuditEntry")]
pub struct Entry {
    /// Its place in the chain.
    pub seq: i64,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub at: String,
    /// The door it came through.
    pub actor: String,
    /// What was done; a code.
    pub act: String,
    /// What it was done to.
    pub subject: Option<Uuid>,
    /// How many facts it seals.
    pub leaves: i64,
    /// Its hash, in hex.
    pub hash: String,
}

/// The audit log, the oldest entry first; of one contact, or since a day.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`] for the contact; faults of the database.
pub fn audit(vault: &Vault, contact: Option<&str>, since: Option<NaiveDate>) -> Result<Vec<Entry>> {
    let conn = vault.rows();
    // Whoever was merged with the contact is the same person: one row for each, or none for everybody.
    let group = match contact {
        Some(given) => people::group(conn, people::resolve(conn, given)?.no)?,
        None => Vec::new(),
    };
    let group = serde_json::to_string(&group).map_err(|error| Problem::new(Code::System).because(error))?;
    let mut query = conn.prepare_cached(
        "SELECT seq, at, actor, act, subject, (SELECT count(*) FROM audit_leaf l WHERE l.seq = audit.seq), lower(hex(hash))
         FROM audit WHERE ?1 = '[]' OR EXISTS (
           SELECT 1 FROM contact WHERE no IN (SELECT value FROM json_each(?1)) AND (id = subject
             OR EXISTS (SELECT 1 FROM audit_leaf l WHERE l.contact_id = id AND l.seq = audit.seq))) ORDER BY seq",
    )?;
    let rows = query.query_map(params![group], |row| {
        let at: i64 = row.get(1)?;
        let entry = Entry {
            seq: row.get(0)?,
            at: vault.business().said(at),
            actor: row.get(2)?,
            act: row.get(3)?,
            subject: row.get(4)?,
            leaves: row.get(5)?,
            hash: row.get(6)?,
        };
        Ok((vault.business().local(at).date_naive(), entry))
    })?;
    let all = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|(day, _)| since.is_none_or(|since| *day >= since)).map(|(_, entry)| entry).collect())
}
