//! Two contacts that are one: a pointer from one to the other. Nothing moves, so nothing is lost when it is taken back.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde_json::json;
use uuid::Uuid;

use super::who::{group, resolve};
use crate::consents::refresh_contact;
use crate::erasure;
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Vault};

/// Points `other`, and whoever was merged into it, to `keep`. Returns the merge's id, with which it can be taken back.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; [`crate::Code::Invalid`] when both are one already;
/// [`crate::Code::Restricted`] where one of them is to be erased.
pub fn merge(vault: &mut Vault, keep: &str, other: &str, now: DateTime<Utc>) -> Result<Done<Uuid>> {
    let (keep, other) = (resolve(vault.rows(), keep)?, resolve(vault.rows(), other)?);
    if keep.no == other.no {
        return Err(Problem::invalid("other", "same_contact"));
    }
    let business = vault.business().clone();
    for who in [keep, other] {
        erasure::forbids_merge(vault.rows(), &business, who)?;
    }
    vault.record(Act::ContactMerged, None, now, |rows| {
        let id = Uuid::now_v7();
        rows.about(id);
        let moved: Vec<Uuid> = rows
            .prepare_cached("SELECT id FROM contact WHERE no = ?1 OR merged_into = ?1")?
            .query_map([other.no], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        rows.prepare_cached("UPDATE contact SET merged_into = ?1 WHERE no = ?2 OR merged_into = ?2")?
            .execute(params![keep.no, other.no])?;
        rows.fact(Some(keep.id), &json!({ "merge": id, "kept": keep.id, "other": other.id }))?;
        for contact in moved {
            rows.fact(Some(contact), &json!({ "merge": id, "kept": keep.id, "was_under": other.id }))?;
        }
        for no in group(rows, keep.no)? {
            refresh_contact(rows, &business, no, now)?;
        }
        Ok(id)
    })
}

/// Takes a merge back: whoever it pointed away stands alone again, as before it.
///
/// # Errors
/// [`crate::Code::NotFound`] when there is no such merge, or it was taken back or built upon since.
pub fn unmerge(vault: &mut Vault, merge: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    let missing = || Problem::not_found("merge", &merge.to_string());
    let seq: i64 = vault
        .rows()
        .prepare_cached(
            "SELECT seq FROM audit WHERE act = ?1 AND subject = ?2
               AND NOT EXISTS (SELECT 1 FROM audit WHERE act = ?3 AND subject = ?2)",
        )?
        .query_row(params![Act::ContactMerged.code(), merge, Act::ContactUnmerged.code()], |row| row.get(0))
        .optional()?
        .ok_or_else(missing)?;
    let moved: Vec<(Uuid, Uuid, Uuid)> = vault
        .rows()
        .prepare_cached(
            "SELECT contact_id, facts ->> 'was_under', facts ->> 'kept' FROM audit_fact
             WHERE seq = ? AND facts ->> 'was_under' IS NOT NULL",
        )?
        .query_map([seq], |row| Ok((row.get(0)?, id(row, 1)?, id(row, 2)?)))?
        .collect::<Result<_, _>>()?;
    let business = vault.business().clone();
    vault.record(Act::ContactUnmerged, Some(merge), now, |rows| {
        for (contact, was_under, kept) in &moved {
            let back = rows
                .prepare_cached(
                    "UPDATE contact SET merged_into = CASE WHEN id = ?2 THEN NULL
                       ELSE (SELECT no FROM contact WHERE id = ?2) END
                     WHERE id = ?1 AND merged_into = (SELECT no FROM contact WHERE id = ?3)",
                )?
                .execute(params![contact, was_under, kept])?;
            if back != 1 {
                return Err(missing());
            }
            rows.fact(Some(*contact), &json!({ "unmerged": merge }))?;
        }
        if let Some((_, _, kept)) = moved.first() {
            rows.fact(Some(*kept), &json!({ "unmerged": merge }))?;
        }
        for contact in moved.iter().flat_map(|(contact, _, kept)| [contact, kept]) {
            let no = rows
                .prepare_cached("SELECT no FROM contact WHERE id = ?")?
                .query_row([contact], |row| row.get::<_, i64>(0))?;
            refresh_contact(rows, &business, no, now)?;
        }
        Ok(())
    })
}

/// Facts are JSON: an id in them is text.
fn id(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
