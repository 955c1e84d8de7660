//! Looking a profile over: what is well, what is not, by codes that the window and the command line put into words.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;

use super::{Opener, Vault, backup, file};
use crate::key::{Fault, Origin, Slots};
use crate::problem::{Code, Problem, Result};
use crate::profile::{Profile, place};

/// A backup older than this is old, where something changed since.
const OLD: TimeDelta = TimeDelta::days(7);

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing to do.
    Ok,
    /// Works, but should be seen to.
    Warning,
    /// Wrong.
    Fault,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was looked at: `folder`, `slots`, `key`, `vault`, `audit`, `anchor`, `backups`, `clock`.
    pub area: &'static str,
    /// How it is.
    pub state: State,
    /// What was found; a code.
    pub code: String,
    /// Values for the sentence about it.
    pub facts: serde_json::Value,
}

impl Check {
    fn new(area: &'static str, state: State, code: &str, facts: serde_json::Value) -> Self {
        Self { area, state, code: code.to_owned(), facts }
    }

    fn ok(area: &'static str) -> Self {
        Self::new(area, State::Ok, "ok", json!({}))
    }

    fn fault(area: &'static str, problem: &Problem) -> Self {
        Self::new(area, State::Fault, problem.code.as_str(), json!(problem.facts))
    }
}

/// Looks at the folder and the key slots, which can be seen without a key.
#[must_use]
pub fn outside(profile: &Profile) -> Vec<Check> {
    let mut checks = Vec::new();
    let places = place::warnings(profile.dir());
    if places.is_empty() {
        checks.push(Check::ok("folder"));
    }
    for place in places {
        checks.push(Check::new("folder", State::Warning, place.as_str(), json!({ "name": name(&place) })));
    }
    match Slots::load(profile) {
        Err(problem) => checks.push(Check::fault("slots", &problem)),
        Ok(_) => checks.push(slot_files(&Slots::faults(profile))),
    }
    checks
}

/// One of the two slot files serves; the other may still be lost or damaged.
fn slot_files(faults: &[(Origin, Fault)]) -> Check {
    match faults.first() {
        None => Check::ok("slots"),
        Some((Origin::File, fault)) => {
            Check::new("slots", State::Fault, "slots_from_copy", json!({ "fault": fault.as_str() }))
        }
        Some((Origin::Twin | Origin::Copy(_), fault)) => {
            Check::new("slots", State::Warning, "twin_missing", json!({ "fault": fault.as_str() }))
        }
    }
}

fn name(place: &place::Place) -> &str {
    match place {
        place::Place::Network { kind } => kind,
        place::Place::Synchronised { by } => by,
    }
}

/// Looks at the keychain, where the vault has a slot for it.
#[must_use]
pub fn keychain(profile: &Profile) -> Option<Check> {
    let slots = Slots::load(profile).ok()?.slots;
    slots.kinds().contains(&crate::key::SlotKind::Keychain).then(|| match Opener::Keychain.key(&slots) {
        Ok(_) => Check::ok("key"),
        Err(problem) => Check::fault("key", &problem),
    })
}

/// Looks into an open vault: every page's seal, the database's own check, the audit chain and anchor, backups, the clock.
///
/// # Errors
/// Faults of the database that leave nothing to look at.
pub fn inside(vault: &Vault, now: DateTime<Utc>) -> Result<Vec<Check>> {
    let conn = vault.rows();
    let mut checks = vec![pages(conn), audit(vault), anchor(vault)];
    checks.push(backups(vault, now)?);
    let last = super::record::head(conn)?.at;
    checks.push(if last > now.timestamp_millis() {
        Check::new("clock", State::Warning, "clock_behind", json!({ "last": vault.business().said(last) }))
    } else {
        Check::ok("clock")
    });
    Ok(checks)
}

/// What is wrong with a vault that could not be opened.
#[must_use]
pub fn unopened(problem: &Problem) -> Check {
    Check::fault("vault", problem)
}

fn pages(conn: &Connection) -> Check {
    match file::sound(conn) {
        Ok(true) => Check::ok("vault"),
        Ok(false) => Check::new("vault", State::Fault, "vault_damaged", json!({})),
        Err(error) => Check::fault("vault", &Problem::from(error)),
    }
}

/// Whether there is a backup to fall back on.
fn backups(vault: &Vault, now: DateTime<Utc>) -> Result<Check> {
    let check = |state, code, facts| Ok(Check::new("backups", state, code, facts));
    if let Some(bad) = backup::newest_is_bad(vault.profile()) {
        return Ok(Check::fault("backups", &bad));
    }
    let Some(last) = backup::last(vault) else { return check(State::Warning, "no_backups_yet", json!({})) };
    let facts = json!({ "last": last.made });
    let made = DateTime::parse_from_rfc3339(&last.made).map_or(i64::MIN, |made| made.timestamp_millis());
    let old = made < (now - OLD).timestamp_millis() && last.entries != super::record::head(vault.rows())?.seq;
    if old { check(State::Warning, "backup_old", facts) } else { check(State::Ok, "ok", facts) }
}

/// What stands outside the file about its chain.
fn anchor(vault: &Vault) -> Check {
    match vault.doubt() {
        None => Check::ok("anchor"),
        Some(lost) if lost.code == Code::AnchorLost => {
            Check::new("anchor", State::Warning, lost.code.as_str(), json!(lost.facts))
        }
        Some(problem) => Check::fault("anchor", &problem),
    }
}

fn audit(vault: &Vault) -> Check {
    match vault.verify(None) {
        Ok(verified) => match verified.first_fault {
            None => Check::new("audit", State::Ok, "ok", json!({ "entries": verified.entries })),
            Some(fault) => Check::new("audit", State::Fault, fault.code, json!({ "seq": fault.seq })),
        },
        Err(problem) => Check::fault("audit", &problem),
    }
}
