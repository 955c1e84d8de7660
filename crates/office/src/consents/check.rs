//! That purposes, events, proofs and objections are the ones that were sealed: any column changed behind the application's back
//! shows, and so does a row that was added or removed.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::event::{COLUMNS, EventRow, sealed};
use super::proof::{of_event, pieces};
use crate::problem::Result;
use crate::purposes;
use crate::vault::{Act, Fault};

/// The first thing that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    let checks = [purposes::changed, events, missing_events, proofs, objections, missing_objections];
    for check in checks {
        if let Some(fault) = check(conn)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// Each event against the facts of the entry that it names. The rows' own order decides between events of one instant, so
/// it must be the order in which they were sealed.
fn events(conn: &Connection) -> Result<Option<Fault>> {
    let mut query = conn.prepare(&format!(
        "SELECT {COLUMNS}, e.seq, coalesce(p.key, ''), f.facts, f.n
         FROM consent_event e LEFT JOIN contact c ON c.no = e.contact_no LEFT JOIN purpose p ON p.no = e.purpose_no
         LEFT JOIN audit_fact f ON f.seq = e.seq AND f.n = (
           SELECT l.n FROM audit_leaf l JOIN audit_fact s USING (seq, n) WHERE l.contact_id = c.id AND l.seq = e.seq
             AND replace(s.facts ->> '$.event.id', '-', '') = lower(hex(e.id)))
         ORDER BY e.no"
    ))?;
    let mut rows = query.query([])?;
    let mut before = (0, None);
    while let Some(row) = rows.next()? {
        let event = EventRow::read(row)?;
        let (seq, key, facts): (i64, String, Option<String>) = (row.get(23)?, row.get(24)?, row.get(25)?);
        let proofs = of_event(conn, event.no)?;
        let expected = serde_json::to_value(sealed(&event, &key, &proofs)).ok();
        let found = facts.and_then(|facts| serde_json::from_str::<Value>(&facts).ok());
        let place = (seq, row.get::<_, Option<i64>>(26)?);
        if found.is_none() || found != expected || place <= before {
            return Ok(Some(Fault { seq, code: "event_changed" }));
        }
        before = place;
    }
    Ok(None)
}

/// Each sealed event must still be there. Imports record none, and have the most facts: they are passed over.
fn missing_events(conn: &Connection) -> Result<Option<Fault>> {
    missing(
        conn,
        "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act <> ? AND f.facts ->> '$.event.id' IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.id = unhex(replace(f.facts ->> '$.event.id', '-', '')))
         ORDER BY a.seq LIMIT 1",
        Act::Imported,
        "event_missing",
    )
}

fn missing(conn: &Connection, sql: &str, act: Act, code: &'static str) -> Result<Option<Fault>> {
    let seq: Option<i64> = conn.prepare(sql)?.query_row([act.code()], |row| row.get(0)).optional()?;
    Ok(seq.map(|seq| Fault { seq, code }))
}

/// Each proof's bytes against their SHA-256, which the event's facts hold as well.
fn proofs(conn: &Connection) -> Result<Option<Fault>> {
    let mut query = conn.prepare(
        "SELECT c.no, c.bytes, c.sha256, coalesce((SELECT min(e.seq) FROM proof p JOIN consent_event e ON e.no = p.event_no
           WHERE p.content_no = c.no), 0) FROM proof_content c ORDER BY 4, 1",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (no, bytes, sha256, seq): (i64, u64, [u8; 32], i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let (mut hash, mut found) = (Sha256::new(), 0);
        pieces(conn, no, |piece| {
            hash.update(piece);
            found += piece.len() as u64;
            Ok(())
        })?;
        if found != bytes || hash.finalize().as_slice() != sha256 {
            return Ok(Some(Fault { seq, code: "proof_changed" }));
        }
    }
    Ok(None)
}

/// Each objection against what was sealed when it was made and when it was lifted.
fn objections(conn: &Connection) -> Result<Option<Fault>> {
    let mut query = conn.prepare(
        "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
         FROM objection o LEFT JOIN contact c ON c.no = o.contact_no LEFT JOIN purpose p ON p.no = o.purpose_no
         WHERE (o.purpose_no IS NOT NULL AND p.no IS NULL)
           OR NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
             AND replace(f.facts ->> '$.objection.id', '-', '') = lower(hex(o.id))
             AND f.facts ->> '$.objection.purpose' IS p.key AND f.facts ->> '$.objection.since' = o.since
             AND f.facts ->> '$.objection.since_offset' = o.since_offset
             AND f.facts ->> '$.objection.recorded_at' = o.recorded_at
             AND f.facts ->> '$.objection.how' = o.how AND f.facts ->> '$.objection.by' = o.by)
           OR (o.lifted_at IS NOT NULL OR o.lifted_reason <> '') AND NOT EXISTS (
             SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
             AND replace(f.facts ->> '$.objection.id', '-', '') = lower(hex(o.id))
             AND f.facts ->> '$.objection.lifted_at' = o.lifted_at
             AND f.facts ->> '$.objection.lifted_reason' = o.lifted_reason)
         LIMIT 1",
    )?;
    let seq: Option<i64> = query.query_row([], |row| row.get(0)).optional()?;
    Ok(seq.map(|seq| Fault { seq, code: "objection_changed" }))
}

/// Each sealed objection must still be there, and each lifting too.
fn missing_objections(conn: &Connection) -> Result<Option<Fault>> {
    let made = missing(
        conn,
        "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act <> ? AND f.facts ->> '$.objection.id' IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.id = unhex(replace(f.facts ->> '$.objection.id', '-', '')))
         ORDER BY a.seq LIMIT 1",
        Act::Imported,
        "objection_missing",
    )?;
    if made.is_some() {
        return Ok(made);
    }
    missing(
        conn,
        "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act = ? AND f.facts ->> '$.objection.id' IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.id = unhex(replace(f.facts ->> '$.objection.id', '-', ''))
             AND o.lifted_at IS NOT NULL) ORDER BY a.seq LIMIT 1",
        Act::ObjectionLifted,
        "objection_changed",
    )
}
