//! The tables of breaches: what happened, who was affected, who was told. Every row is sealed whole in the act that wrote it.

use akkoord_rules::breach::{Risk, Told};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fault, Rows};
use crate::people::Who;
use crate::problem::{Code, Problem, Result};

/// A breach as it was taken down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Breach {
    pub(crate) id: Uuid,
    /// A date or an instant with its offset.
    pub(crate) aware: String,
    pub(crate) nature: String,
    pub(crate) data: String,
    pub(crate) people: Option<i64>,
    pub(crate) records: Option<i64>,
    pub(crate) encrypted: bool,
    pub(crate) risk: Risk,
    pub(crate) consequences: String,
    pub(crate) measures: String,
    pub(crate) by: String,
}

/// Whether somebody was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) breach: Uuid,
    pub(crate) whom: Told,
    pub(crate) told: bool,
    /// A date or an instant with its offset.
    pub(crate) happened: String,
    pub(crate) reason: String,
    pub(crate) by: String,
}

/// The facts that seal a row.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    sealed: T,
}

/// Writes a breach, with those of it who are known here, and seals it in the running act.
pub(crate) fn insert(rows: &mut Rows<'_>, breach: &Breach, affected: &[Who]) -> Result<()> {
    rows.prepare_cached(
        "INSERT INTO breach (id, seq, aware, nature, data, people, records, encrypted, risk, consequences, measures,
           recorded_at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        breach.id,
        rows.seq,
        breach.aware,
        breach.nature,
        breach.data,
        breach.people,
        breach.records,
        breach.encrypted,
        breach.risk.as_str(),
        breach.consequences,
        breach.measures,
        rows.at,
        breach.by,
    ])?;
    let no = rows.last_insert_rowid();
    rows.fact(None, &Sealed { sealed: breach })?;
    for who in affected {
        rows.prepare_cached("INSERT INTO breach_contact (breach_no, contact_no) VALUES (?, ?)")?
            .execute([no, who.no])?;
        rows.fact(Some(who.id), &serde_json::json!({ "breach": breach.id }))?;
    }
    Ok(())
}

/// Writes whether somebody was told, and seals it in the running act.
pub(crate) fn answer(rows: &mut Rows<'_>, breach_no: i64, answer: &Answer) -> Result<()> {
    rows.prepare_cached(
        "INSERT INTO breach_answer (breach_no, seq, whom, told, happened, reason, recorded_at, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        breach_no,
        rows.seq,
        answer.whom.as_str(),
        answer.told,
        answer.happened,
        answer.reason,
        rows.at,
        answer.by,
    ])?;
    rows.fact(None, &Sealed { sealed: answer })
}

const COLUMNS: &str =
    "no, id, aware, nature, data, people, records, encrypted, risk, consequences, measures, by, recorded_at, seq";

/// A breach's row, and what stands in it.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) no: i64,
    pub(crate) recorded_at: i64,
    seq: i64,
    pub(crate) breach: Breach,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let risk: String = row.get(8)?;
    Ok(Kept {
        no: row.get(0)?,
        recorded_at: row.get(12)?,
        seq: row.get(13)?,
        breach: Breach {
            id: row.get(1)?,
            aware: row.get(2)?,
            nature: row.get(3)?,
            data: row.get(4)?,
            people: row.get(5)?,
            records: row.get(6)?,
            encrypted: row.get(7)?,
            // The table lets nothing else in; of what is unknown the worst is assumed.
            risk: Risk::parse(&risk).unwrap_or(Risk::High),
            consequences: row.get(9)?,
            measures: row.get(10)?,
            by: row.get(11)?,
        },
    })
}

/// The breach with that id.
pub(crate) fn find(conn: &Connection, id: Uuid) -> Result<Kept> {
    let found = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM breach WHERE id = ?"))?.query_row([id], kept);
    found.optional()?.ok_or_else(|| Problem::not_found("breach", &id.to_string()))
}

/// Every breach, in the order in which they were taken down.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Kept>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM breach ORDER BY no"))?;
    Ok(query.query_map([], kept)?.collect::<Result<_, _>>()?)
}

/// What was answered about a breach, in order, each with the act that sealed it and when.
pub(crate) fn answers(conn: &Connection, kept: &Kept) -> Result<Vec<(i64, i64, Answer)>> {
    let mut query = conn.prepare_cached(
        "SELECT seq, recorded_at, whom, told, happened, reason, by FROM breach_answer WHERE breach_no = ? ORDER BY no",
    )?;
    let rows = query.query_map([kept.no], |row| {
        let whom: String = row.get(2)?;
        let answer = Answer {
            breach: kept.breach.id,
            whom: Told::parse(&whom).unwrap_or(Told::Authority),
            told: row.get(3)?,
            happened: row.get(4)?,
            reason: row.get(5)?,
            by: row.get(6)?,
        };
        Ok((row.get(0)?, row.get(1)?, answer))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The contacts who were affected.
pub(crate) fn affected(conn: &Connection, breach_no: i64) -> Result<Vec<Uuid>> {
    let mut query = conn.prepare_cached(
        "SELECT contact.id FROM breach_contact JOIN contact ON contact.no = contact_no WHERE breach_no = ? ORDER BY contact.no",
    )?;
    Ok(query.query_map([breach_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The first row that is not as it was sealed, or that is gone.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    let fault = |seq| Ok(Some(Fault { seq, code: "breach_changed" }));
    let mut rows = 0;
    for kept in all(conn)? {
        if !is_sealed(conn, kept.seq, kept.recorded_at, &kept.breach)? {
            return fault(kept.seq);
        }
        let answers = answers(conn, &kept)?;
        rows += 1 + answers.len();
        for (seq, at, answer) in &answers {
            if !is_sealed(conn, *seq, *at, answer)? {
                return fault(*seq);
            }
        }
    }
    let (sealed, last): (usize, i64) = conn
        .prepare(
            "SELECT count(*), coalesce(max(a.seq), 0) FROM audit a JOIN audit_fact f USING (seq)
             WHERE a.act IN ('breach_opened', 'breach_answered') AND f.facts ->> '$.sealed' IS NOT NULL",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if sealed == rows { Ok(None) } else { fault(last) }
}

fn is_sealed(conn: &Connection, seq: i64, at: i64, row: &impl Serialize) -> Result<bool> {
    let facts: Option<(String, i64)> = conn
        .prepare_cached("SELECT facts, a.at FROM audit_fact f JOIN audit a USING (seq) WHERE f.seq = ? AND f.n = 0")?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let expected = serde_json::to_string(&Sealed { sealed: row });
    let expected = expected.map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(facts.is_some_and(|(facts, sealed)| facts == expected && sealed == at))
}
