//! What there is, in a few figures.

use serde::Serialize;
use uuid::Uuid;

use super::{SCHEMA, Vault, backup};
use crate::key::SlotKind;
use crate::problem::Result;

/// A vault at a glance.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "VaultGlance")]
pub struct Status {
    /// Its id.
    pub vault_id: Uuid,
    /// This copy of it: new at set-up and at restore.
    pub instance: Option<Uuid>,
    /// The version of its schema.
    pub schema: i64,
    /// How many contacts it holds; two that were merged count once.
    pub contacts: i64,
    /// The ways in.
    pub slots: Vec<String>,
    /// What encrypts it.
    pub cipher: String,
    /// The size of its file.
    pub size_bytes: u64,
    /// When it was last backed up.
    pub last_backup: Option<String>,
    /// Whether the file was put back to an older state: it is read, but not written.
    pub rolled_back: bool,
    /// The fingerprint of the key that signs its dossiers.
    pub fingerprint: String,
}

impl Vault {
    /// The vault at a glance.
    ///
    /// # Errors
    /// Faults of the database.
    pub fn status(&self) -> Result<Status> {
        let conn = self.rows();
        let version: String = conn.pragma_query_value(None, "cipher_version", |row| row.get(0))?;
        Ok(Status {
            vault_id: self.id(),
            instance: self.settings().instance,
            schema: SCHEMA,
            contacts: conn.query_row("SELECT count(*) FROM contact WHERE merged_into IS NULL", [], |row| row.get(0))?,
            slots: self.slots().into_iter().map(SlotKind::as_str).map(str::to_owned).collect(),
            cipher: format!("SQLCipher {version}, AES-256"),
            size_bytes: std::fs::metadata(self.profile().vault()).map_or(0, |meta| meta.len()),
            last_backup: backup::last(self).map(|last| last.made),
            rolled_back: self.rolled_back(),
            fingerprint: self.fingerprint()?,
        })
    }
}
