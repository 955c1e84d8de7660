//! The table of mappings: what the columns of files mean that come again.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::problem::Result;

/// A mapping as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// The names in its header, as they are compared; empty where it is taken only by its name.
    pub(crate) shape: String,
    pub(crate) document: String,
    /// UTC milliseconds.
    pub(crate) at: i64,
    pub(crate) by: String,
}

/// All of them, by name.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Kept>> {
    let sql = "SELECT id, name, shape, document, at, by FROM mapping ORDER BY name, no";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query.query_map([], |row| {
        let (id, name, shape) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Kept { id, name, shape, document: row.get(3)?, at: row.get(4)?, by: row.get(5)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The one of this name, whatever its capitals.
pub(crate) fn named(conn: &Connection, name: &str) -> Result<Option<Uuid>> {
    let mut query = conn.prepare_cached("SELECT id FROM mapping WHERE name = ?")?;
    Ok(query.query_row([name], |row| row.get(0)).optional()?)
}

/// Keeps one, in the place of the one with its id. Others for the same header are from now on taken only by their names.
pub(crate) fn keep(conn: &Connection, kept: &Kept) -> Result<()> {
    if !kept.shape.is_empty() {
        let sql = "UPDATE mapping SET shape = '' WHERE shape = ? AND id <> ?";
        conn.prepare_cached(sql)?.execute(params![kept.shape, kept.id])?;
    }
    conn.prepare_cached(
        "INSERT INTO mapping (id, name, shape, document, at, by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
           name = excluded.name, shape = excluded.shape, document = excluded.document, at = excluded.at, by = excluded.by",
    )?
    .execute(params![kept.id, kept.name, kept.shape, kept.document, kept.at, kept.by])?;
    Ok(())
}

/// Gives one another name; true if it is there.
pub(crate) fn rename(conn: &Connection, id: Uuid, name: &str) -> Result<bool> {
    Ok(conn.prepare_cached("UPDATE mapping SET name = ? WHERE id = ?")?.execute(params![name, id])? > 0)
}

/// Takes one away; true if it was there.
pub(crate) fn remove(conn: &Connection, id: Uuid) -> Result<bool> {
    Ok(conn.prepare_cached("DELETE FROM mapping WHERE id = ?")?.execute([id])? > 0)
}
