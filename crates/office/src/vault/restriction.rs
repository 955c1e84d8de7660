//! The table of restrictions: contacts on lock, and locks that were lifted.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::problem::Result;

/// The rows of a contact and of whoever was merged into it: a lock on one of them holds for all.
const GROUP: &str = "contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)";

/// A lock that nobody lifted.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    pub(crate) id: Uuid,
    pub(crate) contact_no: i64,
    /// UTC milliseconds.
    pub(crate) since: i64,
    pub(crate) reason: String,
    pub(crate) by: String,
}

/// How a lock was lifted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifted<'a> {
    pub(crate) at: i64,
    pub(crate) reason: &'a str,
    pub(crate) by: &'a str,
    pub(crate) told_on: &'a str,
}

/// Locks a contact's row.
pub(crate) fn insert(conn: &Connection, lock: &Lock) -> Result<()> {
    conn.prepare_cached("INSERT INTO restriction (id, contact_no, since, reason, by) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![lock.id, lock.contact_no, lock.since, lock.reason, lock.by])?;
    Ok(())
}

/// Lifts a lock.
pub(crate) fn lift(conn: &Connection, id: Uuid, lifted: Lifted<'_>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE restriction SET lifted_at = ?, lifted_reason = ?, lifted_by = ?, told_on = ? WHERE id = ?",
    )?
    .execute(params![lifted.at, lifted.reason, lifted.by, lifted.told_on, id])?;
    Ok(())
}

/// The locks of a contact's group that nobody lifted, the oldest first.
pub(crate) fn standing(conn: &Connection, contact_no: i64) -> Result<Vec<Lock>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT id, contact_no, since, reason, by FROM restriction WHERE {GROUP} AND lifted_at IS NULL ORDER BY since, no"
    ))?;
    let rows = query.query_map([contact_no], |row| {
        Ok(Lock { id: row.get(0)?, contact_no: row.get(1)?, since: row.get(2)?, reason: row.get(3)?, by: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether somebody of a contact's group is locked now.
pub(crate) fn stands(conn: &Connection, contact_no: i64) -> Result<bool> {
    let sql = format!("SELECT 1 FROM restriction WHERE {GROUP} AND lifted_at IS NULL");
    Ok(conn.prepare_cached(&sql)?.exists([contact_no])?)
}

/// From when to when the locks of a contact's group stood, in UTC milliseconds; the end is absent while one stands.
pub(crate) fn spans(conn: &Connection, contact_no: i64) -> Result<Vec<(i64, Option<i64>)>> {
    let mut query = conn.prepare_cached(&format!("SELECT since, lifted_at FROM restriction WHERE {GROUP}"))?;
    let rows = query.query_map([contact_no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entry about the first lock that is not as it was sealed, or is gone; 0 where no entry is about its contact.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let other: Option<i64> = conn
        .prepare(
            "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
             FROM restriction r LEFT JOIN contact c ON c.no = r.contact_no
             WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
                 AND replace(f.facts ->> '$.restriction.id', '-', '') = lower(hex(r.id))
                 AND f.facts ->> '$.restriction.since' = r.since AND f.facts ->> '$.restriction.reason' = r.reason
                 AND f.facts ->> '$.restriction.by' = r.by)
               OR (r.lifted_at IS NOT NULL OR r.lifted_reason <> '' OR r.lifted_by <> '' OR r.told_on <> '')
               AND NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = c.id
                 AND replace(f.facts ->> '$.restriction.id', '-', '') = lower(hex(r.id))
                 AND f.facts ->> '$.restriction.lifted_at' = r.lifted_at
                 AND f.facts ->> '$.restriction.lifted_reason' = r.lifted_reason
                 AND f.facts ->> '$.restriction.lifted_by' = r.lifted_by
                 AND f.facts ->> '$.restriction.told_on' = r.told_on)
             LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    if other.is_some() {
        return Ok(other);
    }
    let gone = conn
        .prepare(
            "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act IN (?1, ?2)
               AND f.facts ->> '$.restriction.id' IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM restriction r WHERE r.id = unhex(replace(f.facts ->> '$.restriction.id', '-', ''))
                   AND (a.act = ?1 OR r.lifted_at IS NOT NULL)) ORDER BY a.seq LIMIT 1",
        )?
        .query_row([super::Act::ContactRestricted.code(), super::Act::ContactUnrestricted.code()], |row| row.get(0))
        .optional()?;
    Ok(gone)
}
