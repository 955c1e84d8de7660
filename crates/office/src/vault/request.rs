//! The tables of requests: what somebody asked, and what has happened with it since.

use akkoord_rules::request::{Event, Kind, State};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::problem::{Code, Problem, Result};

/// A request as it was taken down. Who asked is a contact, or the name of somebody unknown.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) id: Uuid,
    pub(crate) contact_no: Option<i64>,
    pub(crate) unknown_name: String,
    pub(crate) kind: Kind,
    /// A date or an instant with its offset, as it was said.
    pub(crate) received: String,
    pub(crate) how: String,
    pub(crate) words: String,
    pub(crate) country: String,
    pub(crate) recorded_at: i64,
    pub(crate) by: String,
}

/// An event of a request and how it came into the file.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    pub(crate) on: NaiveDate,
    pub(crate) event: Event,
    pub(crate) recorded_at: i64,
    pub(crate) by: String,
}

/// Writes a request down; its events follow. Returns its row.
pub(crate) fn insert(conn: &Connection, asked: &Asked, on: NaiveDate, due: NaiveDate) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO request (id, contact_no, unknown_name, kind, received, received_on, how, words, country, due, state,
           recorded_at, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        asked.id,
        asked.contact_no,
        asked.unknown_name,
        asked.kind.as_str(),
        asked.received,
        on.to_string(),
        asked.how,
        asked.words,
        asked.country,
        due.to_string(),
        State::Open.as_str(),
        asked.recorded_at,
        asked.by,
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Adds an event; `code` is its stable name.
pub(crate) fn add_event(conn: &Connection, request_no: i64, code: &str, logged: &Logged) -> Result<()> {
    let data = serde_json::to_string(&logged.event).map_err(|error| Problem::new(Code::System).because(error))?;
    conn.prepare_cached(
        "INSERT INTO request_event (request_no, kind, happened_on, data, recorded_at, by) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![request_no, code, logged.on.to_string(), data, logged.recorded_at, logged.by])?;
    Ok(())
}

/// Stores where a request stands, as its events say.
pub(crate) fn settle(conn: &Connection, request_no: i64, state: State, due: NaiveDate) -> Result<()> {
    conn.prepare_cached("UPDATE request SET state = ?, due = ? WHERE no = ?")?.execute(params![
        state.as_str(),
        due.to_string(),
        request_no
    ])?;
    Ok(())
}

const COLUMNS: &str = "no, id, contact_no, unknown_name, kind, received, how, words, country, recorded_at, by";

/// The request with that id.
pub(crate) fn find(conn: &Connection, id: Uuid) -> Result<Option<(i64, Asked)>> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM request WHERE id = ?"))?
        .query_row([id], asked)
        .optional()?;
    Ok(found)
}

/// Every request, or those of one row of contacts, in the order in which they were taken down.
pub(crate) fn all(conn: &Connection, contact_no: Option<i64>) -> Result<Vec<(i64, Asked)>> {
    let Some(contact_no) = contact_no else {
        let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM request ORDER BY no"))?;
        return Ok(query.query_map([], asked)?.collect::<Result<_, _>>()?);
    };
    // A statement of its own: "any contact or this one" would read the whole table for one contact.
    let mut query = conn.prepare_cached(&of_contact())?;
    Ok(query.query_map([contact_no], asked)?.collect::<Result<_, _>>()?)
}

/// Every request that is not closed, in the order in which they were taken down.
pub(crate) fn open(conn: &Connection) -> Result<Vec<(i64, Asked)>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM request WHERE state IN ('open', 'waiting_identity', 'extended') ORDER BY no"
    ))?;
    Ok(query.query_map([], asked)?.collect::<Result<_, _>>()?)
}

fn of_contact() -> String {
    format!("SELECT {COLUMNS} FROM request WHERE contact_no = ? ORDER BY no")
}

fn asked(row: &Row<'_>) -> rusqlite::Result<(i64, Asked)> {
    let kind: String = row.get(4)?;
    let asked = Asked {
        id: row.get(1)?,
        contact_no: row.get(2)?,
        unknown_name: row.get(3)?,
        kind: Kind::parse(&kind).ok_or(rusqlite::Error::InvalidQuery)?,
        received: row.get(5)?,
        how: row.get(6)?,
        words: row.get(7)?,
        country: row.get(8)?,
        recorded_at: row.get(9)?,
        by: row.get(10)?,
    };
    Ok((row.get(0)?, asked))
}

/// A request's events in the order in which they were recorded.
pub(crate) fn events(conn: &Connection, request_no: i64) -> Result<Vec<Logged>> {
    let mut query = conn.prepare_cached(
        "SELECT happened_on, data, recorded_at, by FROM request_event WHERE request_no = ? ORDER BY no",
    )?;
    let rows = query.query_map([request_no], |row| {
        let (on, data): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((on, data, row.get(2)?, row.get(3)?))
    })?;
    let mut events = Vec::new();
    for row in rows {
        let (on, data, recorded_at, by) = row?;
        let on = on.parse().map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
        let event = serde_json::from_str(&data).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
        events.push(Logged { on, event, recorded_at, by });
    }
    Ok(events)
}

/// A request's events with their rows.
pub(crate) fn events_by_row(conn: &Connection, request_no: i64) -> Result<Vec<(i64, Event)>> {
    let mut query = conn.prepare_cached("SELECT no, data FROM request_event WHERE request_no = ? ORDER BY no")?;
    let all = query
        .query_map([request_no], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let read = |(no, data): (i64, String)| {
        Ok((no, serde_json::from_str(&data).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?))
    };
    all.into_iter().map(read).collect()
}

/// Puts an event in the place of the one in this row.
pub(crate) fn rewrite(conn: &Connection, event_no: i64, event: &Event) -> Result<()> {
    let data = serde_json::to_string(event).map_err(|error| Problem::new(Code::System).because(error))?;
    conn.prepare_cached("UPDATE request_event SET data = ? WHERE no = ?")?.execute(params![data, event_no])?;
    Ok(())
}

/// Takes out of a request who asked, in which words, and the files.
pub(crate) fn forget(conn: &Connection, no: i64) -> Result<()> {
    conn.prepare_cached("UPDATE request SET contact_no = NULL, unknown_name = '', words = '' WHERE no = ?")?
        .execute([no])?;
    conn.prepare_cached("DELETE FROM proof WHERE request_no = ?")?.execute([no])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_of_one_contact_are_found_by_their_index() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(include_str!("migrations/0001_first.sql")).unwrap();
        let plan: String = conn
            .prepare(&format!("EXPLAIN QUERY PLAN {}", of_contact()))
            .unwrap()
            .query_row([1], |row| row.get("detail"))
            .unwrap();
        assert!(plan.contains("request_by_contact"), "{plan}");
    }
}
