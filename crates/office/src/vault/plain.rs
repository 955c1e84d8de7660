//! Leaving with everything: the whole vault as an ordinary SQLite file, which any program reads.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::{Act, Done, SCHEMA, Vault};
use crate::problem::Result;
use crate::profile::Leaving;

/// What was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Plain {
    /// The file.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// The version of its schema.
    pub schema: i64,
}

/// Writes the whole vault into an SQLite file that is **not encrypted**. Only the vault's own keys stay behind: with them
/// others could sign in the business's name. That it was written is on the audit log, as its last entry says.
///
/// # Errors
/// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database. No file is
/// left then.
pub fn export_plain(vault: &mut Vault, to: &Path, now: DateTime<Utc>) -> Result<Done<Plain>> {
    let leaving = Leaving::begin(vault.profile(), to)?;
    let conn = vault.rows();
    conn.execute("ATTACH DATABASE ? AS plain KEY ''", [leaving.path().to_string_lossy()])?;
    let filled = conn.execute_batch(&format!(
        "PRAGMA plain.journal_mode = MEMORY; PRAGMA plain.secure_delete = ON;
         SELECT sqlcipher_export('plain'); PRAGMA plain.user_version = {SCHEMA}; DELETE FROM plain.vault_key;"
    ));
    conn.execute_batch("DETACH DATABASE plain")?;
    filled?;
    leaving.sync()?;
    let bytes = leaving.file().metadata().map_err(|error| leaving.failed(error))?.len();
    let plain = Plain { file: to.display().to_string(), bytes, schema: SCHEMA };
    let done = vault.record(Act::EverythingExported, None, now, |rows| {
        rows.fact(None, &json!({ "as": "sqlite", "bytes": bytes }))?;
        Ok(plain)
    })?;
    leaving.put_recorded()?;
    Ok(done)
}
