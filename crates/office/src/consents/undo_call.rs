//! Taking a conversation back that was recorded by mistake.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use uuid::Uuid;

use super::follow::correct_many;
use crate::people::Who;
use crate::problem::Result;
use crate::vault::{Act, Done, Rows, Vault, contact};

/// What was taken back of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TakenBack {
    /// The person came in with it, and is gone again.
    pub removed: bool,
}

/// How long whoever came in with a conversation can go again with all of it. What has stood longer is evidence, and is
/// corrected by what comes after it.
const SLIP: TimeDelta = TimeDelta::hours(1);

/// Takes back what a conversation recorded: all of it, or nothing. Whoever came in with it within the last hour, and whom
/// nothing else names since, goes with what they said; of anybody else a correction answers each event.
///
/// # Errors
/// As correcting each of them.
pub fn undo_call(vault: &mut Vault, events: &[Uuid], note: &str, now: DateTime<Utc>) -> Result<Done<TakenBack>> {
    if let Some(who) = came_with(vault.rows(), events, now - SLIP)? {
        return vault.record(Act::CallUndone, Some(who.id), now, |rows| {
            remove(rows, who)?;
            Ok(TakenBack { removed: true })
        });
    }
    let done = correct_many(vault, events, note, now)?;
    Ok(Done { output: TakenBack { removed: false }, touched: done.touched })
}

/// Whose whole history these events are: the contact came in with the conversation that they are of, after `since`, and no other
/// act or import names it.
fn came_with(conn: &Connection, events: &[Uuid], since: DateTime<Utc>) -> Result<Option<Who>> {
    let events: HashSet<Uuid> = events.iter().copied().collect();
    let Some(first) = events.iter().next() else { return Ok(None) };
    let found: Option<(Who, i64)> = conn
        .prepare_cached(
            "SELECT c.no, c.id, a.seq FROM consent_event e JOIN contact c ON c.no = e.contact_no JOIN audit a ON a.seq = e.seq
             WHERE e.id = ? AND a.act = ? AND a.at >= ?
               AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.contact_id = c.id AND l.seq <> a.seq)
               AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.contact_no = c.no)",
        )?
        .query_row(params![first, Act::CallRecorded.code(), since.timestamp_millis()], |row| {
            Ok((Who { no: row.get(0)?, id: row.get(1)? }, row.get(2)?))
        })
        .optional()?;
    let Some((who, seq)) = found else { return Ok(None) };
    let all: HashSet<Uuid> = conn
        .prepare_cached("SELECT id FROM consent_event WHERE contact_no = ?")?
        .query_map([who.no], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let new = conn
        .prepare_cached(
            "SELECT 1 FROM audit_fact WHERE seq = ? AND contact_id = ? AND facts ->> '$.fields' IS NOT NULL LIMIT 1",
        )?
        .exists(params![seq, who.id])?;
    Ok((new && all == events).then_some(who))
}

/// Destroys somebody with all that the conversation recorded; the entries go on naming them.
fn remove(rows: &mut Rows<'_>, who: Who) -> Result<()> {
    rows.execute("INSERT INTO erasing (contact_id) VALUES (?)", [who.id])?;
    rows.execute(
        "DELETE FROM audit_fact WHERE (seq, n) IN (SELECT seq, n FROM audit_leaf WHERE contact_id = ?)",
        [who.id],
    )?;
    rows.execute("DELETE FROM consent_status WHERE contact_no = ?", [who.no])?;
    rows.execute("DELETE FROM proof WHERE event_no IN (SELECT no FROM consent_event WHERE contact_no = ?)", [who.no])?;
    rows.execute("DELETE FROM consent_event WHERE contact_no = ?", [who.no])?;
    // A file that shows something else too stays.
    rows.execute(
        "DELETE FROM proof_content WHERE NOT EXISTS (SELECT 1 FROM proof WHERE proof.content_no = proof_content.no)",
        [],
    )?;
    rows.execute(
        "DELETE FROM proof_chunk WHERE NOT EXISTS (SELECT 1 FROM proof_content c WHERE c.no = proof_chunk.content_no)",
        [],
    )?;
    contact::unindex(rows, who.no)?;
    contact::delete(rows, who.no)?;
    rows.names(who.id)?;
    rows.execute("DELETE FROM erasing", [])?;
    Ok(())
}
