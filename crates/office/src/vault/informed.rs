//! The tables from which it follows who must still be told that their data is held (Art. 14): sources that are not the person, and
//! whom the business told since.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::problem::Result;

/// That somebody was told.
#[derive(Debug, Clone)]
pub(crate) struct Told<'a> {
    pub(crate) id: Uuid,
    pub(crate) contact_no: i64,
    pub(crate) told_on: &'a str,
    pub(crate) how: &'a str,
    pub(crate) recorded_at: i64,
    pub(crate) by: &'a str,
}

/// Writes down that somebody was told.
pub(crate) fn insert(conn: &Connection, told: &Told<'_>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO informed (id, contact_no, told_on, how, recorded_at, by) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![told.id, told.contact_no, told.told_on, told.how, told.recorded_at, told.by])?;
    Ok(())
}

/// When a contact's group was told, and how, the first first.
pub(crate) fn of(conn: &Connection, contact_no: i64) -> Result<Vec<(String, String, String)>> {
    let mut query = conn.prepare_cached(
        "SELECT told_on, how, by FROM informed
         WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) GROUP BY told_on, how, by ORDER BY told_on",
    )?;
    let rows = query.query_map([contact_no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of contacts with sources that are not the person and that nobody told them of since; with the first of these.
pub(crate) fn untold(conn: &Connection) -> Result<HashMap<i64, i64>> {
    let pairs = |sql: &str| -> Result<Vec<(i64, i64)>> {
        let mut query = conn.prepare_cached(sql)?;
        Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    };
    let told: HashMap<i64, i64> =
        pairs("SELECT contact_no, max(recorded_at) FROM informed GROUP BY contact_no")?.into_iter().collect();
    let mut untold: HashMap<i64, i64> = HashMap::new();
    for (no, at) in pairs("SELECT contact_no, at FROM source WHERE origin <> 'self' ORDER BY contact_no")? {
        if told.get(&no).is_none_or(|told| *told < at) {
            untold.entry(no).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
    }
    Ok(untold)
}

/// The entry about the first row that is not as it was sealed, or is gone; 0 where no entry is about its contact.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let other: Option<i64> = conn
        .prepare(
            "SELECT coalesce((SELECT min(l.seq) FROM audit_leaf l WHERE l.contact_id = c.id), 0)
             FROM informed i LEFT JOIN contact c ON c.no = i.contact_no
             WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) JOIN audit a USING (seq)
               WHERE l.contact_id = c.id AND replace(f.facts ->> '$.informed.id', '-', '') = lower(hex(i.id))
                 AND f.facts ->> '$.informed.told_on' = i.told_on AND f.facts ->> '$.informed.how' = i.how
                 AND a.at = i.recorded_at AND f.facts ->> '$.informed.by' = i.by) LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    if other.is_some() {
        return Ok(other);
    }
    let gone = conn
        .prepare(
            "SELECT a.seq FROM audit a JOIN audit_fact f USING (seq) WHERE a.act = ? AND f.facts ->> '$.informed.id' IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM informed i WHERE i.id = unhex(replace(f.facts ->> '$.informed.id', '-', '')))
             ORDER BY a.seq LIMIT 1",
        )?
        .query_row([super::Act::PeopleInformed.code()], |row| row.get(0))
        .optional()?;
    Ok(gone)
}
