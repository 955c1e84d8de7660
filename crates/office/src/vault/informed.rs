//! The tables from which it follows who must still be told that their data is held (Art. 14): sources that are not the person, and
//! whom the business told since.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::Business;
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

/// Takes a note that somebody was told away. True when it was there.
pub(crate) fn remove(conn: &Connection, id: Uuid) -> Result<bool> {
    Ok(conn.prepare_cached("DELETE FROM informed WHERE id = ?")?.execute([id])? == 1)
}

/// When the first source of a contact that is not the person came.
pub(crate) fn first_from_elsewhere(conn: &Connection, contact_no: i64) -> Result<Option<i64>> {
    let mut query = conn.prepare_cached("SELECT min(at) FROM source WHERE origin <> 'self' AND contact_no = ?")?;
    Ok(query.query_row([contact_no], |row| row.get(0))?)
}

/// Rows of contacts with sources that are not the person and that nobody told them of since, as it stood at this instant; with the
/// first of these. What came
/// after the day on which they were told they have not heard of, whenever it was recorded.
pub(crate) fn untold(conn: &Connection, business: &Business, until: i64) -> Result<HashMap<i64, i64>> {
    let mut told: HashMap<i64, Vec<(NaiveDate, i64)>> = HashMap::new();
    let mut query =
        conn.prepare_cached("SELECT contact_no, told_on, recorded_at FROM informed WHERE recorded_at <= ?")?;
    let mut rows = query.query([until])?;
    while let Some(row) = rows.next()? {
        let on: String = row.get(1)?;
        if let Ok(on) = on.parse() {
            told.entry(row.get(0)?).or_default().push((on, row.get(2)?));
        }
    }
    let mut untold: HashMap<i64, i64> = HashMap::new();
    let mut query = conn.prepare_cached("SELECT contact_no, at FROM source WHERE origin <> 'self' AND at <= ?")?;
    let mut rows = query.query([until])?;
    while let Some(row) = rows.next()? {
        let (no, at): (i64, i64) = (row.get(0)?, row.get(1)?);
        let heard = |told: &Vec<(NaiveDate, i64)>| {
            let day = business.local(at).date_naive();
            told.iter().any(|(on, recorded)| *on >= day && *recorded >= at)
        };
        if !told.get(&no).is_some_and(heard) {
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
                 AND a.at = i.recorded_at AND f.facts ->> '$.informed.by' = i.by)
               OR EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n)
               WHERE l.contact_id = c.id AND replace(f.facts ->> '$.uninformed', '-', '') = lower(hex(i.id))) LIMIT 1",
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
               AND NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact u USING (seq, n)
                 WHERE l.contact_id = f.contact_id AND u.facts ->> '$.uninformed' = f.facts ->> '$.informed.id')
             ORDER BY a.seq LIMIT 1",
        )?
        .query_row([super::Act::PeopleInformed.code()], |row| row.get(0))
        .optional()?;
    Ok(gone)
}
