//! The tables of erasures and legal holds.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::problem::{Code, Problem, Result};

/// The rows of a contact and of whoever was merged into it: what was ordered of one of them holds for all.
const GROUP: &str = "contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)";

/// An erasure.
#[derive(Debug, Clone)]
pub(crate) struct Erasure {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    /// Whose, while it waits.
    pub(crate) contact_no: Option<i64>,
    pub(crate) request_no: Option<i64>,
    /// Why, where nobody asked for it; empty once destroyed.
    pub(crate) reason: String,
    /// UTC milliseconds.
    pub(crate) ordered_at: i64,
    pub(crate) by: String,
    /// `locked`, `destroyed` or `taken_back`.
    pub(crate) state: String,
    /// The entry of the audit chain by which it was destroyed.
    pub(crate) seq: Option<i64>,
    /// What went, as JSON.
    pub(crate) account: String,
}

/// A duty to keep.
#[derive(Debug, Clone)]
pub(crate) struct Hold {
    pub(crate) id: Uuid,
    pub(crate) contact_no: i64,
    /// The last day.
    pub(crate) until: NaiveDate,
    pub(crate) reason: String,
    /// UTC milliseconds.
    pub(crate) recorded_at: i64,
    pub(crate) by: String,
}

const COLUMNS: &str = "no, id, contact_no, request_no, reason, ordered_at, by, state, seq, account";

fn erasure(row: &Row<'_>) -> rusqlite::Result<Erasure> {
    Ok(Erasure {
        no: row.get(0)?,
        id: row.get(1)?,
        contact_no: row.get(2)?,
        request_no: row.get(3)?,
        reason: row.get(4)?,
        ordered_at: row.get(5)?,
        by: row.get(6)?,
        state: row.get(7)?,
        seq: row.get(8)?,
        account: row.get(9)?,
    })
}

/// Writes an erasure down; returns its row.
pub(crate) fn insert(conn: &Connection, one: &Erasure) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO erasure (id, contact_no, request_no, reason, ordered_at, by, state, seq, account)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        one.id,
        one.contact_no,
        one.request_no,
        one.reason,
        one.ordered_at,
        one.by,
        one.state,
        one.seq,
        one.account
    ])?;
    Ok(conn.last_insert_rowid())
}

/// What was ordered has been done: nothing says any more whose it was.
pub(crate) fn done(conn: &Connection, no: i64, seq: i64, account: &str) -> Result<()> {
    conn.prepare_cached(
        "UPDATE erasure SET state = 'destroyed', contact_no = NULL, reason = '', seq = ?, account = ? WHERE no = ?",
    )?
    .execute(params![seq, account, no])?;
    Ok(())
}

/// A request that came later is behind what waits.
pub(crate) fn tie(conn: &Connection, no: i64, request_no: i64) -> Result<()> {
    conn.prepare_cached("UPDATE erasure SET request_no = ? WHERE no = ?")?.execute([request_no, no])?;
    Ok(())
}

/// What was ordered will not be done.
pub(crate) fn take_back(conn: &Connection, no: i64) -> Result<()> {
    conn.prepare_cached("UPDATE erasure SET state = 'taken_back' WHERE no = ?")?.execute([no])?;
    Ok(())
}

/// Every erasure, in the order in which they were ordered.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Erasure>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM erasure ORDER BY no"))?;
    Ok(query.query_map([], erasure)?.collect::<Result<_, _>>()?)
}

/// Those that wait, in the order in which they were ordered.
pub(crate) fn waiting(conn: &Connection) -> Result<Vec<Erasure>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {COLUMNS} FROM erasure WHERE state = 'locked' ORDER BY no"))?;
    Ok(query.query_map([], erasure)?.collect::<Result<_, _>>()?)
}

/// The one that waits for a contact's group, if any.
pub(crate) fn of_group(conn: &Connection, contact_no: i64) -> Result<Option<Erasure>> {
    let sql = format!("SELECT {COLUMNS} FROM erasure WHERE {GROUP} AND state = 'locked' ORDER BY no LIMIT 1");
    Ok(conn.prepare_cached(&sql)?.query_row([contact_no], erasure).optional()?)
}

/// The one with this id.
pub(crate) fn find(conn: &Connection, id: Uuid) -> Result<Option<Erasure>> {
    let sql = format!("SELECT {COLUMNS} FROM erasure WHERE id = ?");
    Ok(conn.prepare_cached(&sql)?.query_row([id], erasure).optional()?)
}

/// Writes a hold down.
pub(crate) fn hold(conn: &Connection, hold: &Hold) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO legal_hold (id, contact_no, until, reason, recorded_at, by) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![hold.id, hold.contact_no, hold.until.to_string(), hold.reason, hold.recorded_at, hold.by])?;
    Ok(())
}

/// The id of each hold that stands for a contact's group, and whose row it is about.
pub(crate) fn standing_holds(conn: &Connection, contact_no: i64) -> Result<Vec<(Uuid, i64)>> {
    let sql = format!("SELECT id, contact_no FROM legal_hold WHERE {GROUP} AND replaced = 0 ORDER BY no");
    let mut query = conn.prepare_cached(&sql)?;
    Ok(query.query_map([contact_no], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Another hold comes in the place of this one.
pub(crate) fn replace(conn: &Connection, hold: Uuid) -> Result<()> {
    conn.prepare_cached("UPDATE legal_hold SET replaced = 1 WHERE id = ?")?.execute([hold])?;
    Ok(())
}

/// The hold of a contact's group that ends last.
pub(crate) fn held(conn: &Connection, contact_no: i64) -> Result<Option<Hold>> {
    let sql = format!(
        "SELECT id, contact_no, until, reason, recorded_at, by FROM legal_hold WHERE {GROUP} AND replaced = 0
         ORDER BY until DESC, no DESC LIMIT 1"
    );
    let found = conn
        .prepare_cached(&sql)?
        .query_row([contact_no], |row| {
            let until: String = row.get(2)?;
            let hold = Hold {
                id: row.get(0)?,
                contact_no: row.get(1)?,
                until: NaiveDate::MAX,
                reason: row.get(3)?,
                recorded_at: row.get(4)?,
                by: row.get(5)?,
            };
            Ok((until, hold))
        })
        .optional()?;
    found
        .map(|(until, hold)| {
            let until = until.parse().map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
            Ok(Hold { until, ..hold })
        })
        .transpose()
}

/// The entry about the first hold or waiting erasure that is not as it was sealed, or is gone; 0 where none is about its contact.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let checks = [
        "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
         FROM legal_hold h LEFT JOIN contact c ON c.no = h.contact_no
         WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
           AND replace(f.facts ->> '$.hold.id', '-', '') = lower(hex(h.id)) AND f.facts ->> '$.hold.until' = h.until
           AND f.facts ->> '$.hold.reason' = h.reason AND f.facts ->> '$.hold.by' = h.by)
           OR h.replaced <> EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
             AND replace(f.facts ->> '$.replaced', '-', '') = lower(hex(h.id))) LIMIT 1",
        // Whoever it is about may have gone by another act: then it does not wait any more.
        "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
         FROM erasure e LEFT JOIN contact c ON c.no = e.contact_no
         WHERE e.state = 'locked' AND e.contact_no IS NULL OR e.state <> 'destroyed' AND e.contact_no IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) JOIN audit a USING (seq) WHERE l.contact_id = c.id
           AND replace(f.facts ->> '$.ordered.id', '-', '') = lower(hex(e.id)) AND f.facts ->> '$.ordered.reason' = e.reason
           AND f.facts ->> '$.ordered.by' = e.by AND a.at = e.ordered_at) LIMIT 1",
        // The request behind it is the one that was sealed with the order, or tied to it later.
        "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
         FROM erasure e JOIN contact c ON c.no = e.contact_no LEFT JOIN request r ON r.no = e.request_no
         WHERE e.state <> 'destroyed' AND coalesce(lower(hex(r.id)), '') <> coalesce((
           SELECT replace(coalesce(f.facts ->> '$.tied.request', f.facts ->> '$.ordered.request'), '-', '')
           FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
             AND replace(coalesce(f.facts ->> '$.tied.id', f.facts ->> '$.ordered.id'), '-', '') = lower(hex(e.id))
           ORDER BY f.seq DESC, f.n DESC LIMIT 1), '') LIMIT 1",
        "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
         FROM erasure e JOIN contact c ON c.no = e.contact_no
         WHERE e.state = 'taken_back' AND NOT EXISTS (
           SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
           AND replace(f.facts ->> '$.taken_back', '-', '') = lower(hex(e.id))) LIMIT 1",
        "SELECT f.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act IN ('erasure_ordered', 'hold_set', 'contact_unrestricted')
           AND (f.facts ->> '$.hold.id' IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM legal_hold h WHERE h.id = unhex(replace(f.facts ->> '$.hold.id', '-', '')))
             OR f.facts ->> '$.ordered.id' IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM erasure e WHERE e.id = unhex(replace(f.facts ->> '$.ordered.id', '-', '')))
             OR f.facts ->> '$.taken_back' IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM erasure e WHERE e.id = unhex(replace(f.facts ->> '$.taken_back', '-', ''))
               AND e.state <> 'locked')) LIMIT 1",
    ];
    for check in checks {
        let found: Option<i64> = conn.prepare(check)?.query_row([], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
