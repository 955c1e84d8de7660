//! Erasures that waited for a hold to end.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::account::Certificate;
use super::carry::carry_each;
use super::order::Warning;
use crate::people::{Who, id, resolve};
use crate::problem::Result;
use crate::vault::erasure::{self as table, Erasure};
use crate::vault::{Done, Vault};

/// What carrying out did, or would do.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasuresRan")]
pub struct Ran {
    /// Whose hold has ended.
    pub destroyed: Vec<Due>,
    /// All contacts that went, those merged into others among them.
    pub gone: Vec<Uuid>,
    /// Who must still be kept.
    pub still_held: Vec<StillHeld>,
    /// What to know.
    pub warnings: Vec<Warning>,
}

/// An erasure that is due.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureDue")]
pub struct Due {
    /// The erasure.
    pub erasure: Uuid,
    /// Whose data it was.
    pub contact: Uuid,
    /// What proves it; absent where it is only foreseen.
    pub certificate: Option<Certificate>,
}

/// An erasure that waits.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureHeld")]
pub struct StillHeld {
    /// The erasure.
    pub erasure: Uuid,
    /// Whose data are kept.
    pub contact: Uuid,
    /// The last day on which they must be.
    pub until: NaiveDate,
    /// Which duty, in words.
    pub reason: String,
}

/// An erasure that waits, and whose.
type Waiting = (Erasure, Who);

/// Those that wait, parted by whether their hold is over on a day.
fn parted(conn: &Connection, on: NaiveDate) -> Result<(Vec<Waiting>, Vec<StillHeld>)> {
    let (mut due, mut held) = (Vec::new(), Vec::new());
    for waiting in table::waiting(conn)? {
        let Some(no) = waiting.contact_no else { continue };
        let who = resolve(conn, &id(conn, no)?.to_string())?;
        match table::held(conn, who.no)?.filter(|hold| hold.until >= on) {
            None => due.push((waiting, who)),
            Some(hold) => {
                held.push(StillHeld { erasure: waiting.id, contact: who.id, until: hold.until, reason: hold.reason })
            }
        }
    }
    Ok((due, held))
}

/// Says whom [`run`] would destroy on a day; nothing is written.
///
/// # Errors
/// Faults of the database.
pub fn would_run(vault: &Vault, on: NaiveDate) -> Result<Ran> {
    let (due, still_held) = parted(vault.rows(), on)?;
    let destroyed =
        due.into_iter().map(|(waiting, who)| Due { erasure: waiting.id, contact: who.id, certificate: None }).collect();
    Ok(Ran { destroyed, still_held, ..Ran::default() })
}

/// Destroys those whose hold has ended, each in an act of its own, from the day after its last one; where erasures are named,
/// none but these.
///
/// # Errors
/// Faults of the database: who was destroyed by then stays so.
pub fn run(vault: &mut Vault, named: Option<&[Uuid]>, now: DateTime<Utc>) -> Result<Done<Ran>> {
    let (mut due, still_held) = parted(vault.rows(), vault.business().today(now))?;
    due.retain(|(waiting, _)| named.is_none_or(|named| named.contains(&waiting.id)));
    let erasures: Vec<(Uuid, Uuid)> = due.iter().map(|(waiting, who)| (waiting.id, who.id)).collect();
    let each = due.into_iter().map(|(waiting, who)| {
        let ground = if waiting.request_no.is_some() { "request" } else { "order" };
        (who, ground, Some(waiting))
    });
    let went = carry_each(vault, each, now)?;
    let destroyed = erasures.into_iter().zip(went.certificates);
    let destroyed = destroyed.map(|((erasure, contact), made)| Due { erasure, contact, certificate: Some(made) });
    let output = Ran { destroyed: destroyed.collect(), gone: went.gone, still_held, warnings: went.warnings };
    Ok(Done { output, touched: went.touched })
}

/// The certificates of all that was erased, the latest first.
///
/// # Errors
/// Faults of the database.
pub fn certificates(vault: &Vault) -> Result<Vec<Certificate>> {
    let all = table::all(vault.rows())?;
    let made = all.iter().rev().map(|one| Certificate::of(vault.rows(), one));
    Ok(made.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
