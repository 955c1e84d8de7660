//! The table of runs that failed: one row for each address book, until a run succeeds.

use rusqlite::{Connection, OptionalExtension, params};

use crate::problem::Result;
use crate::vault::Rows;

/// A run that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tried {
    /// When it failed first.
    pub(crate) begun_at: i64,
    /// When it failed last.
    pub(crate) tried_at: i64,
    /// How often, the first time counted.
    pub(crate) attempts: u32,
    /// When it is tried again by itself; nothing where it is not.
    pub(crate) next_at: Option<i64>,
    /// The code of the problem.
    pub(crate) code: String,
    /// Its facts, as JSON.
    pub(crate) facts: String,
}

/// The run of a connection that failed last, if none succeeded since.
pub(crate) fn of(conn: &Connection, connection_no: i64) -> Result<Option<Tried>> {
    let sql = "SELECT begun_at, tried_at, attempts, next_at, code, facts FROM connection_tried WHERE connection_no = ?";
    let mut query = conn.prepare_cached(sql)?;
    let row = query.query_row([connection_no], |row| {
        Ok(Tried {
            begun_at: row.get(0)?,
            tried_at: row.get(1)?,
            attempts: row.get(2)?,
            next_at: row.get(3)?,
            code: row.get(4)?,
            facts: row.get(5)?,
        })
    });
    Ok(row.optional()?)
}

/// The keys of the connections whose next time has come and that failed first no earlier than at `since`, the longest due first.
pub(crate) fn due(conn: &Connection, at: i64, since: i64) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT key FROM connection_tried JOIN connection ON no = connection_no
         WHERE next_at <= ? AND begun_at >= ? AND ended_at IS NULL ORDER BY next_at, no",
    )?;
    Ok(query.query_map([at, since], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Writes a run that failed over the one before.
pub(crate) fn put(rows: &Rows<'_>, connection_no: i64, tried: &Tried) -> Result<()> {
    rows.prepare_cached(
        "INSERT OR REPLACE INTO connection_tried
           (connection_no, begun_at, tried_at, attempts, next_at, code, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        connection_no,
        tried.begun_at,
        tried.tried_at,
        tried.attempts,
        tried.next_at,
        tried.code,
        tried.facts
    ])?;
    Ok(())
}

/// Forgets that runs of a connection failed; whether one had.
pub(crate) fn forget(rows: &Rows<'_>, connection_no: i64) -> Result<bool> {
    let mut query = rows.prepare_cached("DELETE FROM connection_tried WHERE connection_no = ?")?;
    Ok(query.execute([connection_no])? > 0)
}
