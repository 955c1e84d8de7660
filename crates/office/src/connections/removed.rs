//! That people's data was taken out at a connection: by hand, where it is a file.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use crate::people::resolve;
use crate::problem::{Problem, Result};
use crate::vault::connection::live;
use crate::vault::{Act, Done, Vault, disclosure};

/// What was ticked off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionRemoved")]
pub struct Removed {
    /// How many people's data is there no longer.
    pub removed: usize,
}

/// Records that the data of these people was taken out at a connection.
///
/// # Errors
/// [`crate::Code::NotFound`] for the connection, a contact, or one whose data is not there; [`crate::Code::Ambiguous`].
pub fn removed(vault: &mut Vault, key: &str, contacts: &[String], now: DateTime<Utc>) -> Result<Done<Removed>> {
    let stored = live(vault.rows(), key)?;
    let whom = contacts.iter().map(|given| resolve(vault.rows(), given)).collect::<Result<Vec<_>>>()?;
    vault.record(Act::ConnectionCleared, Some(stored.id), now, |rows| {
        for (who, given) in whom.iter().zip(contacts) {
            if !disclosure::removed(rows, stored.no, who.no)? {
                return Err(Problem::not_found("contact", given).with("why", "not_there"));
            }
            rows.fact(Some(who.id), &json!({ "removed_at": { "connection": stored.key } }))?;
        }
        Ok(Removed { removed: whom.len() })
    })
}
