//! Answers of many people that were recorded in one act each: a list of them, and the way back of each, also long after.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use uuid::Uuid;

use super::mistake::Mistake;
use crate::intake::reader::Progress;
use crate::problem::{Code, Problem, Result};
use crate::purposes::by_no;
use crate::vault::{Act, Done, Vault};

/// What taking an answer of many back did.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Unbatched {
    /// How many events count no longer.
    pub corrected: usize,
    /// How many stay because their person is on lock by now.
    pub kept: usize,
}

/// An answer of many people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Pile {
    /// Names the act, so that it can be taken back.
    pub batch: Uuid,
    /// The purpose's key.
    pub purpose: String,
    /// Its title.
    pub title: String,
    /// The day on which they answered.
    pub on: NaiveDate,
    /// The way in which it came.
    pub how: String,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub recorded: String,
    /// Who recorded it.
    pub by: String,
    /// Of how many people.
    pub people: i64,
    /// Of how many it was not corrected since.
    pub left: i64,
}

/// The events that an act recorded, by what it sealed: their ids come with it.
const OF_ACT: &str = "audit a JOIN audit_fact f USING (seq)
    JOIN consent_event e ON e.id = unhex(replace(f.facts ->> '$.event.id', '-', '')) AND e.answer = 'given'";

/// All of them, the latest first.
///
/// # Errors
/// Faults of the database.
pub fn piles(vault: &Vault) -> Result<Vec<Pile>> {
    let (conn, business) = (vault.rows(), vault.business());
    let mut query = conn.prepare_cached(
        "SELECT a.seq, a.subject, a.at FROM audit_fact f JOIN audit a USING (seq)
         WHERE f.contact_id IS NULL AND f.facts ->> '$.batch.people' IS NOT NULL ORDER BY a.seq DESC",
    )?;
    let acts: Vec<(i64, Uuid, i64)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    let mut query = conn.prepare_cached(&format!(
        "SELECT min(e.no), e.purpose_no, e.happened_at, e.how, e.by, count(*), sum(NOT EXISTS (
           SELECT 1 FROM consent_event c WHERE c.contact_no = e.contact_no AND c.corrects = e.id))
         FROM {OF_ACT} WHERE a.seq = ? HAVING count(*) > 0"
    ))?;
    let mut piles = Vec::new();
    for (seq, batch, at) in acts {
        let mut rows = query.query(params![seq])?;
        let Some(row) = rows.next()? else { continue };
        let purpose = by_no(conn, business, row.get(1)?)?;
        piles.push(Pile {
            batch,
            purpose: purpose.rules.key,
            title: purpose.title,
            on: business.local(row.get(2)?).date_naive(),
            how: row.get(3)?,
            recorded: business.said(at),
            by: row.get(4)?,
            people: row.get(5)?,
            left: row.get(6)?,
        });
    }
    Ok(piles)
}

/// Records of everything that was recorded with this act that it was a mistake, so that it counts no longer; in one act. What was
/// corrected before stays so, and whoever is on lock by now stays as they are.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AlreadyCorrected`] where nothing is left to take back; [`Code::Invalid`] without a note;
/// [`Code::Cancelled`] when asked to stop, which leaves nothing.
pub fn undo_batch(
    vault: &mut Vault,
    batch: Uuid,
    note: &str,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<Done<Unbatched>> {
    let events = events_of(vault.rows(), batch)?;
    if events.is_empty() {
        return Err(Problem::not_found("batch", &batch.to_string()));
    }
    let (business, by) = (vault.business().clone(), vault.by().to_owned());
    let mistakes = events.iter().map(|event| Mistake::of(vault.rows(), *event, note)).collect::<Result<Vec<_>>>()?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let mut undone = Unbatched::default();
        for mistake in mistakes {
            progress.one_more()?;
            match mistake.correct(rows, &business, &by, now) {
                Ok(_) => undone.corrected += 1,
                Err(Problem { code: Code::AlreadyCorrected, .. }) => {}
                Err(Problem { code: Code::Restricted, .. }) => undone.kept += 1,
                Err(problem) => return Err(problem),
            }
        }
        if undone.corrected + undone.kept == 0 {
            return Err(Problem::new(Code::AlreadyCorrected).with("event", batch.to_string()));
        }
        Ok(undone)
    })
}

/// The events of one of them, in the order of the people.
pub(super) fn events_of(conn: &Connection, batch: Uuid) -> Result<Vec<Uuid>> {
    let mut query = conn.prepare_cached(&format!("SELECT e.id FROM {OF_ACT} WHERE a.subject = ? ORDER BY e.no"))?;
    Ok(query.query_map([batch], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
