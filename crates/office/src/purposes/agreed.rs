//! Who agreed to which version of a purpose's wording.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;

use super::stored::answerable;
use crate::problem::Result;
use crate::vault::Vault;

/// How many people agreed to each version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Agreements {
    /// By version, those whose yes holds today; the first version first. A version to which nobody agreed is not in it.
    pub versions: Vec<VersionAgreed>,
    /// How many would have to be asked again if the wording changed in a way that needs a new yes: all of them, and those whose
    /// yes waits for confirmation.
    pub ask_again: i64,
}

/// How many people agreed to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct VersionAgreed {
    /// The version.
    pub version: u32,
    /// How many people.
    pub people: i64,
}

/// Counts the people, not organisations, whose yes to a purpose holds today.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::BuiltinPurpose`]; faults of the database.
pub fn agreed(vault: &Vault, key: &str, now: DateTime<Utc>) -> Result<Agreements> {
    let (conn, today) = (vault.rows(), vault.business().today(now).to_string());
    let purpose = answerable(conn, vault.business(), key)?;
    let mut query = conn.prepare_cached(
        "SELECT version, count(*) FROM consent_status s JOIN contact c ON c.no = s.contact_no
         WHERE purpose_no = ?1 AND status = 'given' AND (expires = '' OR expires > ?2) AND kind = 'person'
         GROUP BY version ORDER BY version",
    )?;
    let rows = query
        .query_map(params![purpose.no, today], |row| Ok(VersionAgreed { version: row.get(0)?, people: row.get(1)? }))?;
    let versions = rows.collect::<Result<_, _>>()?;
    let ask_again = conn
        .prepare_cached(
            "SELECT coalesce(sum(people), 0) FROM consent_count
             WHERE purpose_no = ?1 AND status IN ('given', 'awaiting_confirmation') AND (expires = '' OR expires > ?2)",
        )?
        .query_row(params![purpose.no, today], |row| row.get(0))?;
    Ok(Agreements { versions, ask_again })
}
