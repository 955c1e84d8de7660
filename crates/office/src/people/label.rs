//! Giving a label to many people at once, or taking it from them.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::find::listed;
use super::set::GROUP;
use super::who::{group, id, resolve};
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Rows, Vault, contact, restriction};

/// What became of a selection.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Labelled {
    /// Those whom it changed.
    pub changed: Vec<Uuid>,
    /// Those on lock, who stay as they are.
    pub left_out: Vec<LeftOut>,
}

/// Somebody who was left out of a selection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LeftOut {
    /// The contact.
    pub contact: Uuid,
    /// What people call it.
    pub name: String,
}

/// Gives many contacts a label, or takes it from them, in one act. Those on lock are left out and named.
///
/// # Errors
/// As `resolve` for each; [`crate::Code::Invalid`] for a label that is empty or more than one.
pub fn label(
    vault: &mut Vault,
    contacts: &[Uuid],
    label: &str,
    add: bool,
    now: DateTime<Utc>,
) -> Result<Done<Labelled>> {
    let label = label.trim();
    if label.is_empty() || label.contains(',') {
        return Err(Problem::invalid("label", if label.is_empty() { "empty" } else { "one_label" }));
    }
    vault.record(Act::ContactsLabelled, None, now, |rows| {
        let mut done = Labelled::default();
        for contact in contacts {
            let who = resolve(rows, &contact.to_string())?;
            if restriction::stands(rows, who.no)? {
                done.left_out.push(LeftOut { contact: who.id, name: listed(rows, who.no)?.name });
            } else if change(rows, who.no, label, add)? {
                done.changed.push(who.id);
            }
        }
        Ok(done)
    })
}

/// Whether it changed anything for this contact's group: what comes comes to the one that stands for it, where nobody of the group has
/// it, and what goes goes from all.
fn change(rows: &mut Rows<'_>, no: i64, label: &str, add: bool) -> Result<bool> {
    let sql = format!("SELECT 1 FROM contact_label WHERE {GROUP} AND label = ?2");
    if add && rows.prepare_cached(&sql)?.exists(params![no, label])? {
        return Ok(false);
    }
    let mut changed = false;
    for member in if add { vec![no] } else { group(rows, no)? } {
        let done = if add {
            contact::add_label(rows, member, label)?
        } else {
            let sql = "DELETE FROM contact_label WHERE contact_no = ? AND label = ?";
            rows.prepare_cached(sql)?.execute(params![member, label])? > 0
        };
        if done {
            contact::derive(rows, member)?;
            let whom = id(rows, member)?;
            rows.fact(Some(whom), &json!({ "label": label, "added": add }))?;
            changed = true;
        }
    }
    Ok(changed)
}

#[cfg(test)]
mod tests;
