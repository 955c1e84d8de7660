//! The table of recipients who heard of a change, or why not (Art. 19).

use akkoord_rules::consent::How;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::problem::Result;
use crate::requests::Outcome;

/// What became of telling a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The recipient's key.
    pub(crate) connection: String,
    pub(crate) outcome: Outcome,
    /// The day.
    pub(crate) on: NaiveDate,
    /// The way in which it heard, where it did.
    pub(crate) how: Option<How>,
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
        told.outcome.as_str(),
        told.on.to_string(),
        told.how.map_or("", How::as_str),
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
        let (outcome, on, how): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Told {
            connection: row.get(0)?,
            outcome: Outcome::parse(&outcome).ok_or(rusqlite::Error::InvalidQuery)?,
            on: on.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
            how: How::parse(&how),
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

/// The entry about the first row that is not as it was sealed, or that is gone; 0 where no entry is about it. What an erasure took
/// the facts of is not looked at.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    const SEALED: &str = "a.act = ?1 AND a.subject = r.id AND a.at = t.recorded_at
        AND f.facts ->> '$.recipient.connection' = c.key AND f.facts ->> '$.recipient.outcome' = t.outcome
        AND f.facts ->> '$.recipient.on' = t.happened_on AND f.facts ->> '$.recipient.how' = t.how
        AND f.facts ->> '$.recipient.reason' = t.reason";
    const TOLD: &str =
        "recipient_told t JOIN request r ON r.no = t.request_no JOIN connection c ON c.no = t.connection_no";
    let act = super::Act::RecipientTold.code();
    let mut other = conn.prepare(&format!(
        "SELECT coalesce((SELECT max(seq) FROM audit a WHERE a.act = ?1 AND a.subject = r.id), 0) FROM {TOLD}
         WHERE r.contact_no IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM audit a JOIN audit_fact f USING (seq) WHERE {SEALED}) LIMIT 1"
    ))?;
    if let Some(seq) = other.query_row([act], |row| row.get(0)).optional()? {
        return Ok(Some(seq));
    }
    let mut gone = conn.prepare(&format!(
        "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act = ?1 AND f.contact_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM {TOLD} WHERE {SEALED}) ORDER BY a.seq LIMIT 1"
    ))?;
    Ok(gone.query_row([act], |row| row.get(0)).optional()?)
}
