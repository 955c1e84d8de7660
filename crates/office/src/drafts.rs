//! What somebody typed into a dialog and has not saved yet. It stays in the vault, so that locking loses nothing and the window
//! keeps nothing.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::people::resolve;
use crate::problem::{Code, Problem, Result};
use crate::vault::Vault;

/// The longest draft, in bytes.
pub const DRAFT_MAX: usize = 256 << 10;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Unsaved {
    /// The dialog that it belongs to, and which of its drafts it is.
    pub kind: String,
    /// The contact that it is about.
    pub contact: Option<Uuid>,
    /// What the dialog wrote down of itself.
    pub body: String,
    /// When, RFC 3339 in the business's zone.
    pub at: String,
}

/// The drafts of a dialog, the latest first: those of its own kind, and those of `kind/…`, of which it may have many.
///
/// # Errors
/// Faults of the database.
pub fn list(vault: &Vault, kind: &str) -> Result<Vec<Unsaved>> {
    let kept = vault.drafts(kind)?.into_iter();
    let unsaved = kept.map(|kept| Unsaved {
        kind: kept.kind,
        contact: kept.contact,
        body: kept.body,
        at: vault.business().said(kept.at),
    });
    Ok(unsaved.collect())
}

/// Keeps a draft in the place of the one before of its kind. No act: nothing has happened yet.
///
/// # Errors
/// As `resolve`; [`Code::TooLarge`]; [`Code::VaultReadOnly`]; faults of the database.
pub fn put(vault: &Vault, kind: &str, contact: Option<&str>, body: &str, now: DateTime<Utc>) -> Result<()> {
    if body.len() > DRAFT_MAX {
        let max = format!("{} KB", DRAFT_MAX >> 10);
        return Err(Problem::new(Code::TooLarge).with("file", kind).with("max", max));
    }
    let who = contact.map(|given| resolve(vault.rows(), given)).transpose()?;
    vault.keep_draft(kind, who.map(|who| who.no), body, now.timestamp_millis())
}

/// Takes a draft away: it was saved, or nobody wants it. True where there was one.
///
/// # Errors
/// [`Code::VaultReadOnly`]; faults of the database.
pub fn discard(vault: &Vault, kind: &str) -> Result<bool> {
    vault.drop_draft(kind)
}

#[cfg(test)]
mod tests;
