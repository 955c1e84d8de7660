//! Taking a whole import back, as far as nobody has built on it since.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::reader::Progress;
use crate::people;
use crate::problem::{Code, Problem, Result};
use crate::vault::contact::{self, Key};
use crate::vault::import::{self as table, Changes};
use crate::vault::{Act, Done, Rows, Vault};

/// Beyond this many contacts the search indexes are made anew.
const ONE_BY_ONE: usize = 500;

/// What undoing did.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Undone {
    /// Contacts that the import had added and that are gone.
    pub removed: u64,
    /// Contacts that are as they were before it.
    pub restored: u64,
    /// Contacts that stay as they are, and why.
    pub kept: Vec<Kept>,
}

/// A contact that undoing left alone.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Kept {
    /// The contact.
    pub contact: Uuid,
    /// What people call it.
    pub name: String,
    /// Why; a code. `changed_since`: a later act names it. `also_in_import`: a later import brought it too, and now it is
    /// that import's.
    pub why: &'static str,
}

impl Kept {
    fn of(conn: &Connection, key: Key, why: &'static str) -> Result<Self> {
        Ok(Self { contact: key.id, name: people::listed(conn, key.no)?.name, why })
    }
}

/// An import as the list shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ImportListed")]
pub struct Listed {
    /// Its id.
    pub import_id: Uuid,
    /// When, RFC 3339 in the business's zone.
    pub at: String,
    /// The file, without its folder.
    pub file: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
    /// Who wrote the file.
    pub format: String,
    /// Where the data came from at first: `self`, `other` or `unknown`.
    pub origin: String,
    /// Who imported it.
    pub by: String,
    /// Rows below the header.
    pub rows: u64,
    /// New contacts.
    pub added: u64,
    /// Contacts that gained something.
    pub merged: u64,
    /// Rows of which everything was known.
    pub unchanged: u64,
    /// Rows left out by choice, or empty.
    pub skipped: u64,
    /// Rows of erased people.
    pub blocked: u64,
    /// Rows that cannot be a contact.
    pub rejected: u64,
    /// Whether it was taken back.
    pub undone: bool,
}

/// All imports, the latest first.
///
/// # Errors
/// Faults of the database.
pub fn imports(vault: &Vault) -> Result<Vec<Listed>> {
    let mut query = vault.rows().prepare_cached(
        "SELECT id, at, file, lower(hex(sha256)), format, origin, by, rows, added, merged, unchanged, skipped, blocked,
           rejected, undone_at IS NOT NULL FROM import ORDER BY no DESC",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Listed {
            import_id: row.get(0)?,
            at: vault.business().said(row.get(1)?),
            file: row.get(2)?,
            sha256: row.get(3)?,
            format: row.get(4)?,
            origin: row.get(5)?,
            by: row.get(6)?,
            rows: row.get(7)?,
            added: row.get(8)?,
            merged: row.get(9)?,
            unchanged: row.get(10)?,
            skipped: row.get(11)?,
            blocked: row.get(12)?,
            rejected: row.get(13)?,
            undone: row.get(14)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes an import back: people it added and nobody touched since go, merged fields go back, the rest stays and is listed.
/// All of it, or nothing.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AlreadyUndone`]; [`Code::Cancelled`] when asked to stop.
pub fn undo(vault: &mut Vault, import: Uuid, progress: &Progress, now: DateTime<Utc>) -> Result<Done<Undone>> {
    let found: Option<(i64, i64, bool)> = vault
        .rows()
        .prepare_cached("SELECT no, seq, undone_at IS NOT NULL FROM import WHERE id = ?")?
        .query_row([import], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (import_no, seq) = match found {
        None => return Err(Problem::not_found("import", &import.to_string())),
        Some((_, _, true)) => return Err(Problem::new(Code::AlreadyUndone)),
        Some((no, seq, false)) => (no, seq),
    };
    vault.record(Act::ImportUndone, Some(import), now, |rows| {
        let mut undone = Undone::default();
        let added = added(rows, import_no)?;
        restore(rows, import_no, seq, &added, (&mut undone, progress))?;
        remove(rows, import_no, seq, &added, (&mut undone, progress))?;
        progress.goes_on()?;
        drop_fields(rows, seq)?;
        rows.execute("UPDATE import SET undone_at = ? WHERE no = ?", params![rows.at, import_no])?;
        rows.fact(None, &json!({ "removed": undone.removed, "restored": undone.restored, "kept": undone.kept.len() }))?;
        Ok(undone)
    })
}

/// Contacts whose first source is this import.
fn added(conn: &Connection, import_no: i64) -> Result<Vec<Key>> {
    let mut query = conn.prepare(
        "SELECT contact.no, contact.id FROM source first JOIN contact ON contact.no = first.contact_no
         WHERE first.import_no = ?1 AND NOT EXISTS
           (SELECT 1 FROM source before WHERE before.contact_no = first.contact_no AND before.no < first.no)
         ORDER BY contact.no",
    )?;
    let rows = query.query_map([import_no], |row| Ok(Key { no: row.get(0)?, id: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether any act between the import and the running one names the contact.
fn touched(rows: &Rows<'_>, seq: i64, id: Uuid) -> Result<bool> {
    let mut query =
        rows.prepare_cached("SELECT 1 FROM audit_leaf WHERE contact_id = ? AND seq > ? AND seq < ? LIMIT 1")?;
    Ok(query.exists(params![id, seq, rows.seq])?)
}

/// Takes merges back on contacts that were there before, the last first.
fn restore(
    rows: &mut Rows<'_>,
    import_no: i64,
    seq: i64,
    added: &[Key],
    (undone, progress): (&mut Undone, &Progress),
) -> Result<()> {
    let new: HashSet<i64> = added.iter().map(|key| key.no).collect();
    let merges: Vec<(Key, String)> = rows
        .prepare(
            "SELECT contact.no, contact.id, changes FROM import_row JOIN contact ON contact.no = contact_no
             WHERE import_no = ? AND outcome = 'merged' ORDER BY import_row.no DESC",
        )?
        .query_map([import_no], |row| Ok((Key { no: row.get(0)?, id: row.get(1)? }, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    for (key, changes) in merges.iter().filter(|(key, _)| !new.contains(&key.no)) {
        progress.one_more()?;
        let first = seen.insert(key.no);
        if touched(rows, seq, key.id)? {
            if first {
                undone.kept.push(Kept::of(rows, *key, "changed_since")?);
            }
            continue;
        }
        let changes: Changes =
            serde_json::from_str(changes).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
        table::unfill(rows, key.no, &changes)?;
        contact::derive(rows, key.no)?;
        if first {
            undone.restored += 1;
        }
    }
    for (key, _) in merges.iter().filter(|(key, _)| seen.remove(&key.no)) {
        if !touched(rows, seq, key.id)? {
            rows.fact(Some(key.id), &json!({ "restored": true }))?;
        }
    }
    Ok(())
}

/// Destroys the contacts that the import added; the entry goes on naming them.
fn remove(
    rows: &mut Rows<'_>,
    import_no: i64,
    seq: i64,
    added: &[Key],
    (undone, progress): (&mut Undone, &Progress),
) -> Result<()> {
    let many = added.len() > ONE_BY_ONE;
    for key in added {
        progress.one_more()?;
        let stays = if touched(rows, seq, key.id)? {
            Some("changed_since")
        } else if hand_over(rows, import_no, key.no)? {
            Some("also_in_import")
        } else {
            None
        };
        if let Some(why) = stays {
            undone.kept.push(Kept::of(rows, *key, why)?);
            continue;
        }
        rows.prepare_cached("INSERT INTO erasing (contact_id) VALUES (?)")?.execute([key.id])?;
        rows.prepare_cached(
            "DELETE FROM audit_fact WHERE (seq, n) IN (SELECT seq, n FROM audit_leaf WHERE contact_id = ?)",
        )?
        .execute([key.id])?;
        if !many {
            contact::unindex(rows, key.no)?;
        }
        contact::delete(rows, key.no)?;
        rows.names(key.id)?;
        undone.removed += 1;
    }
    if many {
        contact::reindex(rows)?;
    }
    rows.execute("DELETE FROM erasing", [])?;
    Ok(())
}

/// A contact that a later import brought too becomes that import's: true if there is one.
fn hand_over(rows: &Rows<'_>, import_no: i64, contact_no: i64) -> Result<bool> {
    let moved = rows
        .prepare_cached(
            "UPDATE source SET (import_no, row) = (heir.import_no, heir.line) FROM
               (SELECT import_no, line FROM import_row JOIN import ON import.no = import_no
                WHERE contact_no = ?2 AND import_no <> ?1 AND undone_at IS NULL ORDER BY import_row.no LIMIT 1) AS heir
             WHERE source.import_no = ?1 AND contact_no = ?2",
        )?
        .execute(params![import_no, contact_no])?;
    Ok(moved > 0)
}

/// Drops the own fields that the import made and that nothing uses.
fn drop_fields(rows: &Rows<'_>, seq: i64) -> Result<()> {
    rows.execute(
        "DELETE FROM field WHERE own = 1
           AND no IN (SELECT facts ->> 'field_added' FROM audit_fact WHERE seq = ? AND contact_id IS NULL)
           AND NOT EXISTS (SELECT 1 FROM custom_value WHERE field_no = field.no)",
        [seq],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
