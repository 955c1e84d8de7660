//! The audit log as a table: ids and codes, each entry with its hash, so that nobody can say that it was another one.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::table;
use crate::problem::Result;
use crate::profile::Leaving;
use crate::registers::audit;
use crate::vault::{Act, Done, Vault};

/// The audit log as it was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LogbookWritten")]
pub struct Logged {
    /// How many entries are in it.
    pub entries: usize,
    /// The hash of the last one, in hex.
    pub head: String,
}

/// Writes the audit log into a table (CSV): all of it, without a name or a value of anybody.
///
/// # Errors
/// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database.
pub fn logbook(vault: &mut Vault, to: &Path, now: DateTime<Utc>) -> Result<Done<Logged>> {
    let entries = audit(vault, None, None)?;
    let head = entries.last().map(|entry| entry.hash.clone()).unwrap_or_default();
    let columns = ["entry", "at", "door", "act", "subject", "facts", "hash"];
    let row = |entry: &crate::registers::Entry| {
        let subject = entry.subject.map(|id| id.to_string()).unwrap_or_default();
        let (seq, leaves) = (entry.seq.to_string(), entry.leaves.to_string());
        vec![seq, entry.at.clone(), entry.actor.clone(), entry.act.clone(), subject, leaves, entry.hash.clone()]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    let leaving = Leaving::whole(vault.profile(), to, &table::plain(&columns, &rows)?.0)?;
    let written = Logged { entries: rows.len(), head };
    let done = vault.record(Act::RegisterWritten, None, now, |rows| {
        rows.fact(
            None,
            &json!({ "register": "audit", "format": "csv", "entries": written.entries, "head": written.head }),
        )?;
        Ok(written)
    })?;
    leaving.put_recorded()?;
    Ok(done)
}
