//! The table of recipients who heard of a change, or why not (Art. 19).

use rusqlite::{Connection, OptionalExtension, params};

use crate::problem::Result;

/// What became of telling a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The recipient's key.
    pub(crate) connection: String,
    /// `told`, `impossible` or `disproportionate`.
    pub(crate) outcome: String,
    /// The day, as a date.
    pub(crate) on: String,
    /// The way in which it heard; empty where it did not.
    pub(crate) how: String,
    /// Why not, or a note.
    pub(crate) reason: String,
    pub(crate) recorded_at: i64,
    pub(crate) by: String,
}

/// Writes down what became of telling a recipient about a request.
pub(crate) fn insert(conn: &Connection, request_no: i64, connection_no: i64, told: &Told) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO recipient_told (request_no, connection_no, outcome, happened_on, how, reason, recorded_at, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        request_no,
        connection_no,
        told.outcome,
        told.on,
        told.how,
        told.reason,
        told.recorded_at,
        told.by
    ])?;
    Ok(())
}

/// What became of telling each recipient about a request: the latest of each.
pub(crate) fn of_request(conn: &Connection, request_no: i64) -> Result<Vec<Told>> {
    let mut query = conn.prepare_cached(
        "SELECT c.key, t.outcome, t.happened_on, t.how, t.reason, t.recorded_at, t.by
         FROM recipient_told t JOIN connection c ON c.no = t.connection_no
         WHERE t.no IN (SELECT max(no) FROM recipient_told WHERE request_no = ? GROUP BY connection_no) ORDER BY c.no",
    )?;
    let rows = query.query_map([request_no], |row| {
        Ok(Told {
            connection: row.get(0)?,
            outcome: row.get(1)?,
            on: row.get(2)?,
            how: row.get(3)?,
            reason: row.get(4)?,
            recorded_at: row.get(5)?,
            by: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes out what was said of it in words; that it was told, when and how stays.
pub(crate) fn forget(conn: &Connection, request_no: i64) -> Result<()> {
    conn.prepare_cached("UPDATE recipient_told SET reason = '—' WHERE request_no = ? AND reason <> ''")?
        .execute([request_no])?;
    Ok(())
}

/// The row and title of a connection, also of one that has ended.
pub(crate) fn connection(conn: &Connection, key: &str) -> Result<Option<(i64, String)>> {
    let mut query = conn.prepare_cached("SELECT no, title FROM connection WHERE key = ?")?;
    Ok(query.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}
