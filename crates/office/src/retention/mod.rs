//! Who may go: people whose every reason to be kept has ended (SPEC §10). The owner destroys them; nothing goes by itself.

mod gather;

use akkoord_rules::retention::{self as rules, Bar, Fate, Why};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use self::gather::Gathered;
use crate::erasure::{self, Certificate, Warning};
use crate::people::{Who, listed, resolve};
use crate::problem::{Code, Problem, Result};
use crate::vault::{Done, Vault, erasure as table};

/// People who may go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MayGo {
    /// How many there are.
    pub total: usize,
    /// Whose reasons ended first, first.
    pub contacts: Vec<Leaving>,
}

/// Somebody who may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RetentionLeaving")]
pub struct Leaving {
    /// The contact.
    pub contact: Uuid,
    /// What people call it.
    pub name: String,
    /// Since when nothing wants it kept.
    pub on: NaiveDate,
    /// What ended last.
    pub why: Why,
}

/// Who may go on a day, as things stand now; at most so many of them by name, those whose reasons ended first.
///
/// # Errors
/// Faults of the database.
pub fn list(vault: &Vault, on: NaiveDate, most: usize) -> Result<MayGo> {
    let mut going: Vec<(NaiveDate, i64, Why)> = Vec::new();
    gather::everybody(vault, on, |no, facts| {
        let fate = rules::fate(facts);
        if let (true, Fate::Ends { on: day, why, .. }) = (fate.may_go(on), fate) {
            going.push((day, no, why));
        }
    })?;
    going.sort_unstable_by_key(|(day, no, _)| (*day, *no));
    let shown = going.iter().take(most).map(|(on, no, why)| {
        let contact = listed(vault.rows(), *no)?;
        Ok(Leaving { contact: contact.id, name: contact.name, on: *on, why: *why })
    });
    Ok(MayGo { total: going.len(), contacts: shown.collect::<Result<_>>()? })
}

/// People who went.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RetentionDestroyed")]
pub struct Destroyed {
    /// What proves each.
    pub certificates: Vec<Certificate>,
    /// All contacts that went, those merged into others among them.
    pub gone: Vec<Uuid>,
    /// What to know.
    pub warnings: Vec<Warning>,
}

/// Destroys people who may go, each in an act of its own: all of them are looked over before the first goes.
///
/// # Errors
/// As `resolve` for each; [`Code::StillNeeded`] for one who must be kept; faults of the database: who went by then stays gone.
pub fn destroy(vault: &mut Vault, contacts: &[String], now: DateTime<Utc>) -> Result<Done<Destroyed>> {
    let today = vault.business().today(now);
    let mut whom: Vec<Who> = Vec::new();
    for given in contacts {
        let who = resolve(vault.rows(), given)?;
        let (fate, _) = fate(vault, who, today)?;
        if !fate.may_go(today) {
            return Err(needed(who, fate));
        }
        if !whom.contains(&who) {
            whom.push(who);
        }
    }
    let each = whom.into_iter().map(|who| (who, "retention", None));
    let went = erasure::carry_each(vault, each, now)?;
    let output = Destroyed { certificates: went.certificates, gone: went.gone, warnings: went.warnings };
    Ok(Done { output, touched: went.touched })
}

fn needed(who: Who, fate: Fate) -> Problem {
    let problem = Problem::new(Code::StillNeeded).with("contact", who.id.to_string());
    match fate {
        Fate::Stays => problem.with("why", "reason_stands"),
        Fate::Ends { on, bar: None, .. } => problem.with("why", "not_yet_over").with("on", on.to_string()),
        Fate::Ends { bar: Some(bar), .. } => problem.with("why", bar.as_str()),
    }
}

/// How long a contact is kept, and whether nothing asks for it any more on a day.
fn fate(vault: &Vault, who: Who, on: NaiveDate) -> Result<(Fate, bool)> {
    let mut found = (Fate::Stays, false);
    Gathered::of_one(vault, who.no, on)?.each(|no, facts| {
        if no == who.no {
            found = (rules::fate(facts), rules::over(facts, on));
        }
    });
    Ok(found)
}

/// How long a contact is kept, as its page says it: `ends` and `why` once the last reason has an end, `over` once none stands any more, `bar` for what stands against it,
/// the duty to keep it, and the erasure that waits. Empty while nothing is known to end.
///
/// # Errors
/// Faults of the database.
pub(crate) fn shown(vault: &Vault, who: Who, today: NaiveDate) -> Result<Map<String, Value>> {
    let mut shown = Map::new();
    if let (Fate::Ends { on, why, bar }, over) = fate(vault, who, today)? {
        shown.insert("over".to_owned(), json!(over));
        shown.insert("ends".to_owned(), json!(on));
        shown.insert("why".to_owned(), json!(why));
        if let Some(bar) = bar {
            shown.insert("bar".to_owned(), json!(bar));
        }
    }
    if let Some(hold) = table::held(vault.rows(), who.no)? {
        shown.insert("held_until".to_owned(), json!(hold.until));
        shown.insert("hold_reason".to_owned(), json!(hold.reason));
    }
    if let Some(waiting) = table::of_group(vault.rows(), who.no)? {
        shown.insert("erasure".to_owned(), json!(waiting.id));
        shown.insert("bar".to_owned(), json!(Bar::ErasureOrdered));
    }
    Ok(shown)
}

#[cfg(test)]
mod tests;
