//! Contacts that look alike and are two: the owner looked, and says so once.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde_json::json;
use uuid::Uuid;

use super::duplicates::ordered;
use super::who::resolve;
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Fault, Vault};

/// What `audit verify` calls a pair that is not as it was sealed.
const CHANGED: &str = "distinct_changed";

/// Says that two contacts are two people, so that they are not shown as one again.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; [`crate::Code::Invalid`] when both are one already.
pub fn distinct(vault: &mut Vault, one: &str, other: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let (one, other) = (resolve(vault.rows(), one)?, resolve(vault.rows(), other)?);
    if one.no == other.no {
        return Err(Problem::invalid("other", "same_contact"));
    }
    let by = vault.by().to_owned();
    vault.record(Act::ContactsDistinct, None, now, |rows| {
        let (low, high) = ordered(one.no, other.no);
        rows.prepare_cached("INSERT OR IGNORE INTO distinct_pair (one_no, other_no, at, by) VALUES (?, ?, ?, ?)")?
            .execute(params![low, high, rows.at, by])?;
        for (contact, than) in [(one.id, other.id), (other.id, one.id)] {
            rows.fact(Some(contact), &json!({ "distinct_from": than }))?;
        }
        Ok(())
    })
}

/// Takes back that two contacts are two people: they may be shown as one again.
///
/// # Errors
/// [`crate::Code::NotFound`] for a contact, or where nobody said that of them; [`crate::Code::Ambiguous`];
/// [`crate::Code::Invalid`] when both are one by now.
pub fn alike(vault: &mut Vault, one: &str, other: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let (one, other) = (resolve(vault.rows(), one)?, resolve(vault.rows(), other)?);
    if one.no == other.no {
        return Err(Problem::invalid("other", "same_contact"));
    }
    vault.record(Act::ContactsAlike, None, now, |rows| {
        let sql = "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1),
                   other (no) AS (SELECT ?2 UNION ALL SELECT no FROM contact WHERE merged_into = ?2)
                   DELETE FROM distinct_pair WHERE (one_no IN one AND other_no IN other)
                     OR (one_no IN other AND other_no IN one)
                   RETURNING (SELECT id FROM contact WHERE no = one_no), (SELECT id FROM contact WHERE no = other_no)";
        // Of groups it was said of one in each: those it was are named, not the contacts that stand for them now.
        let said: Vec<(Uuid, Uuid)> = rows
            .prepare_cached(sql)?
            .query_map([one.no, other.no], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        if said.is_empty() {
            return Err(Problem::not_found("distinct", &other.id.to_string()));
        }
        for (contact, like) in said.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
            rows.fact(Some(contact), &json!({ "alike": like }))?;
        }
        Ok(())
    })
}

/// The pairs of which somebody said that they are two, by whoever stands for each now.
pub(super) fn dismissed(conn: &Connection) -> Result<HashSet<(i64, i64)>> {
    let sql = "SELECT coalesce(a.merged_into, a.no), coalesce(b.merged_into, b.no) FROM distinct_pair
               JOIN contact a ON a.no = one_no JOIN contact b ON b.no = other_no";
    let mut query = conn.prepare_cached(sql)?;
    let pairs = query.query_map([], |row| Ok(ordered(row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// The first pair that is not as it was sealed: nobody said so of it, it was taken back, or it is gone though both contacts are there.
pub(super) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    // By pair, the last entry about it, and when it was said that they are two, where that holds.
    let mut sealed: BTreeMap<(Uuid, Uuid), (i64, Option<i64>)> = BTreeMap::new();
    let mut query = conn.prepare(
        "SELECT f.contact_id, coalesce(f.facts ->> '$.distinct_from', f.facts ->> '$.alike'), a.act, a.seq, a.at
         FROM audit a JOIN audit_fact f USING (seq) WHERE a.act IN (?, ?) ORDER BY a.seq, f.n",
    )?;
    let mut rows = query.query([Act::ContactsDistinct.code(), Act::ContactsAlike.code()])?;
    while let Some(row) = rows.next()? {
        let (contact, than, act, seq, at): (Uuid, String, String, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let Ok(than) = than.parse::<Uuid>() else { return Ok(Some(Fault { seq, code: CHANGED })) };
        let pair = (contact.min(than), contact.max(than));
        let said = sealed.entry(pair).or_insert((seq, None));
        said.0 = seq;
        if act == Act::ContactsAlike.code() {
            said.1 = None;
        } else {
            said.1 = said.1.or(Some(at));
        }
    }
    let mut query = conn.prepare(
        "SELECT a.id, b.id, p.at FROM distinct_pair p JOIN contact a ON a.no = p.one_no JOIN contact b ON b.no = p.other_no",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (one, other, at): (Uuid, Uuid, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let said = sealed.remove(&(one.min(other), one.max(other)));
        if said.and_then(|(_, said)| said) != Some(at) {
            return Ok(Some(Fault { seq: said.map_or(0, |(seq, _)| seq), code: CHANGED }));
        }
    }
    let mut there = conn.prepare("SELECT count(*) = 2 FROM contact WHERE id IN (?, ?)")?;
    for ((one, other), (seq, said)) in sealed {
        if said.is_some() && there.query_row([one, other], |row| row.get(0))? {
            return Ok(Some(Fault { seq, code: CHANGED }));
        }
    }
    Ok(None)
}
