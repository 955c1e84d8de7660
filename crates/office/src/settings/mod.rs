//! What the owner sets: which fields there are and how sensitive each is.

mod exports;
mod own;
mod reach;
mod window;

use akkoord_rules::field::Sensitivity;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;

use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Rows, Vault};

pub use exports::{backup_folder, backup_folder_set, exports, exports_set};
pub use own::{Chosen, NewField, add_field, choices, rename_choice, set_choices};
pub(crate) use own::{OwnField, Unfit, all_choosable, own_field, own_fields};
pub use reach::{Reach, reach, reach_set};
pub use window::{WindowSettings, business_set, window, window_set};

/// A field of a contact.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "FieldShown")]
pub struct Field {
    /// Its key.
    pub key: String,
    /// What people call it; for the fields that every contact has, the key, which the window translates.
    pub title: String,
    /// `text`, `date`, `number` or `choice`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `none`, `low` or `high`.
    pub sensitivity: String,
    /// Whether the owner defined it.
    pub own: bool,
    /// What may be chosen in it, in the owner's order; empty for all that is no choice.
    pub choices: Vec<String>,
}

/// All fields, in the order in which they are shown.
///
/// # Errors
/// Faults of the database.
pub fn fields(vault: &Vault) -> Result<Vec<Field>> {
    let mut query =
        vault.rows().prepare_cached("SELECT key, title, type, sensitivity, own, choices FROM field ORDER BY no")?;
    let rows = query.query_map([], |row| {
        Ok(Field {
            key: row.get(0)?,
            title: row.get(1)?,
            kind: row.get(2)?,
            sensitivity: row.get(3)?,
            own: row.get(4)?,
            choices: own::listed(row, 5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The keys of those fields of high sensitivity of which this is so, for the audit log.
///
/// # Errors
/// Faults of the database.
pub(crate) fn high_among(conn: &Connection, holds: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached("SELECT key FROM field WHERE sensitivity = ? ORDER BY no")?;
    let keys = query.query_map([Sensitivity::High.as_str()], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(keys.into_iter().filter(|key| holds(key)).collect())
}

/// Sets how sensitive a field is, for all contacts.
///
/// # Errors
/// [`crate::Code::NotFound`] for an unknown field.
pub fn set_sensitivity(vault: &mut Vault, key: &str, sensitivity: Sensitivity, now: DateTime<Utc>) -> Result<Done<()>> {
    vault.record(Act::FieldSet, None, now, |rows| {
        let changed =
            rows.execute("UPDATE field SET sensitivity = ? WHERE key = ?", params![sensitivity.as_str(), key])?;
        if changed == 0 {
            return Err(Problem::not_found("field", key));
        }
        rows.fact(None, &json!({ "field": key, "sensitivity": sensitivity.as_str() }))
    })
}

/// Whether the Emergency Kit was typed back from the paper. Nobody asks that of a vault whose code was shown elsewhere.
///
/// # Errors
/// Faults of the database.
pub fn kit_confirmed(vault: &Vault) -> Result<bool> {
    let value: Option<String> = vault
        .rows()
        .prepare_cached("SELECT value FROM setting WHERE key = 'kit_confirmed'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(value.is_none_or(|value| value == "yes"))
}

/// Records that the Emergency Kit was typed back, or that a new one has yet to be.
///
/// # Errors
/// Faults of the database.
pub fn confirm_kit(vault: &mut Vault, confirmed: bool, now: DateTime<Utc>) -> Result<Done<()>> {
    vault.record(Act::KeysChanged, None, now, |rows| put_kit(rows, confirmed))
}

/// Inside the act that makes a code: it has yet to be typed back.
pub(crate) fn ask_kit(rows: &mut Rows<'_>) -> Result<()> {
    put_kit(rows, false)
}

fn put_kit(rows: &mut Rows<'_>, confirmed: bool) -> Result<()> {
    let value = if confirmed { "yes" } else { "no" };
    rows.execute(
        "INSERT INTO setting (key, value) VALUES ('kit_confirmed', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
        [value],
    )?;
    rows.fact(None, &json!({ "kit_confirmed": confirmed }))
}
