//! What would go to a connection now, what would stay and why; nothing is sent.

use std::collections::BTreeMap;

use akkoord_rules::gate::Reason;
use akkoord_rules::outflow::{Flow, Verdict};
use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use super::flow::{Fate, Flows};
use crate::people::{Listed, listed};
use crate::problem::{Code, Problem, Result};
use crate::vault::Vault;
use crate::vault::connection::live;

/// What there is to know of somebody who does not go.
#[derive(Debug, Clone, Copy)]
pub enum Word<'w> {
    /// Stays, for these reasons.
    Stays(&'w [Reason]),
    /// Went before and may not any more: has to be taken out there.
    ToRemove,
}

/// A run in numbers: people, and the fields that are held back of those who go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "OutflowTally")]
pub struct Tally {
    /// How many people go.
    pub sent: i64,
    /// How many stay.
    pub stays: i64,
    /// How many of those the connection has from before, so that they have to be taken out there.
    pub to_remove: i64,
    /// By reason, how many stay for it; the most first. Who stays for several is counted with the first.
    pub reasons: Vec<ReasonCount>,
    /// By field, of how many people it goes.
    pub fields: BTreeMap<String, i64>,
    /// By field, of how many people who go it is held back.
    pub withheld_fields: BTreeMap<String, i64>,
}

/// How many people stay for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReasonCount {
    /// The reason.
    pub reason: Reason,
    /// How many people.
    pub people: i64,
}

impl Tally {
    /// Counts one more person.
    pub(super) fn count(&mut self, fields: &[&str], fate: &Fate) {
        self.to_remove += i64::from(fate.to_remove());
        match &fate.verdict {
            Verdict::Goes(flows) => {
                self.sent += 1;
                for (key, flow) in fields.iter().zip(flows) {
                    let counts = match flow {
                        Flow::Goes => &mut self.fields,
                        Flow::Held => &mut self.withheld_fields,
                        Flow::Empty => continue,
                    };
                    match counts.get_mut(*key) {
                        Some(count) => *count += 1,
                        None => _ = counts.insert((*key).to_owned(), 1),
                    }
                }
            }
            Verdict::Stays(reasons) => {
                self.stays += 1;
                let Some(reason) = reasons.first() else { return };
                match self.reasons.iter_mut().find(|known| known.reason == *reason) {
                    Some(known) => known.people += 1,
                    None => self.reasons.push(ReasonCount { reason: *reason, people: 1 }),
                }
            }
        }
    }

    pub(super) fn sorted(mut self) -> Self {
        self.reasons.sort_by_key(|count| (-count.people, count.reason));
        self
    }
}

/// Says what a run would do now, and hands out each person who does not go.
///
/// # Errors
/// [`Code::NotFound`]; what `each` refuses with; faults of the database.
pub fn preview(
    vault: &Vault,
    key: &str,
    now: DateTime<Utc>,
    mut each: impl FnMut(Uuid, Word<'_>) -> Result<()>,
) -> Result<Tally> {
    let (conn, business) = (vault.rows(), vault.business());
    let stored = live(conn, key)?;
    let fields: Vec<&str> = stored.fields.iter().map(|field| field.key.as_str()).collect();
    let mut tally = Tally::default();
    Flows::of(conn, business, &stored, business.today(now))?.each(|fate| {
        tally.count(&fields, &fate);
        tell(&fate, &mut each)
    })?;
    Ok(tally.sorted())
}

/// Hands out somebody who does not go.
pub(super) fn tell(fate: &Fate, each: &mut impl FnMut(Uuid, Word<'_>) -> Result<()>) -> Result<()> {
    if let Verdict::Stays(reasons) = &fate.verdict {
        each(fate.who.id, Word::Stays(reasons))?;
    }
    if fate.to_remove() { each(fate.who.id, Word::ToRemove) } else { Ok(()) }
}

/// People who do not go, the first of them by name.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Staying {
    /// How many there are in all.
    pub total: i64,
    /// The first of them, in alphabetical order.
    pub contacts: Vec<StayingContact>,
}

/// Somebody who does not go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StayingContact {
    /// Who it is.
    pub contact: Listed,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Which people who do not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those who stay for this reason first of all.
    For(Reason),
    /// Those who have to be taken out at the connection.
    ToRemove,
}

/// Lists people who do not go.
///
/// # Errors
/// As [`preview`].
pub fn staying(vault: &Vault, key: &str, which: Which, limit: usize, now: DateTime<Utc>) -> Result<Staying> {
    let (conn, business) = (vault.rows(), vault.business());
    let stored = live(conn, key)?;
    let mut found: BTreeMap<i64, Vec<Reason>> = BTreeMap::new();
    Flows::of(conn, business, &stored, business.today(now))?.each(|fate| {
        let Verdict::Stays(reasons) = &fate.verdict else { return Ok(()) };
        let wanted = match which {
            Which::For(reason) => reasons.first() == Some(&reason),
            Which::ToRemove => fate.to_remove(),
        };
        if wanted {
            found.insert(fate.who.no, reasons.clone());
        }
        Ok(())
    })?;
    let numbers: Vec<i64> = found.keys().copied().collect();
    let numbers = serde_json::to_string(&numbers).map_err(|error| Problem::new(Code::System).because(error))?;
    let limit_rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = conn.prepare_cached(
        "SELECT no FROM contact WHERE no IN (SELECT value FROM json_each(?1)) ORDER BY sort_key, no LIMIT ?2",
    )?;
    let first: Vec<i64> = query.query_map(params![numbers, limit_rows], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let shown = |no: i64| {
        Ok(StayingContact { contact: listed(conn, no)?, reasons: found.get(&no).cloned().unwrap_or_default() })
    };
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    Ok(Staying { total, contacts: first.into_iter().map(shown).collect::<Result<_>>()? })
}
