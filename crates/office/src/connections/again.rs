//! A run that the owner started and that failed, as a server was away, slow or broke off: it is tried again by itself, a little
//! later each time, for at most a day. What only a person can mend is not: a password, a certificate, an address.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::carddav::{Ran, attempt};
use crate::problem::{Code, Problem, Result};
use crate::vault::connection::tried::{self, Tried};
use crate::vault::connection::{Stored, live};
use crate::vault::{Act, Area, Business, Done, Vault};

/// Minutes until the next attempt after the first, the second and so on; from the last on, always as many.
const PAUSES: [i64; 3] = [5, 15, 60];

/// For so many hours after the first attempt, and no longer.
const HOURS: i64 = 24;

/// That the last run failed, as lists and the connection's own page show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionTried")]
pub struct TriedShown {
    /// When, RFC 3339 in the business's zone.
    pub at: String,
    /// The code of the problem.
    pub code: String,
    /// Values for the sentence about it.
    pub facts: Map<String, Value>,
    /// When it is tried again by itself; absent where it is not.
    pub next: Option<String>,
}

/// What came of trying again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Again {
    /// Keys of the connections that are as they should be now.
    pub ran: Vec<String>,
    /// Keys of those where it failed again.
    pub failed: Vec<String>,
}

/// Whether there is a connection whose next time has come.
///
/// # Errors
/// Faults of the database.
pub fn again_due(vault: &Vault, now: DateTime<Utc>) -> Result<bool> {
    Ok(!due(vault, now)?.is_empty())
}

/// The keys of the connections whose next time has come: of a vault that was locked for longer, or put back, none.
fn due(vault: &Vault, now: DateTime<Utc>) -> Result<Vec<String>> {
    tried::due(vault.rows(), now.timestamp_millis(), (now - TimeDelta::hours(HOURS)).timestamp_millis())
}

/// Runs what failed and whose next time has come, as [`super::run`] does it now; nothing is written over. Each password is the one
/// in this computer's keychain.
///
/// # Errors
/// Faults of the database; [`Code::Cancelled`] once `stopped` says so. A run that fails again is an answer, no error.
pub fn again(vault: &mut Vault, stopped: &dyn Fn() -> bool, now: DateTime<Utc>) -> Result<Done<Again>> {
    let mut again = Again::default();
    for key in due(vault, now)? {
        let stored = live(vault.rows(), &key)?;
        let before = tried::of(vault.rows(), stored.no)?;
        let ran = attempt(vault, &stored, None, Vec::new(), stopped, now);
        match noted(vault, &stored, before, ran, now) {
            Ok(_) => again.ran.push(key),
            Err(problem) if matters(problem.code) => again.failed.push(key),
            Err(problem) => return Err(problem),
        }
    }
    Ok(Done { output: again, touched: &[Area::Connections, Area::Contacts] })
}

/// Puts on record that a run failed, or that none does any more; `before` is the failure that it follows.
pub(super) fn noted(
    vault: &mut Vault,
    stored: &Stored,
    before: Option<Tried>,
    ran: Result<Done<Ran>>,
    now: DateTime<Utc>,
) -> Result<Done<Ran>> {
    match &ran {
        Ok(_) if tried::of(vault.rows(), stored.no)?.is_none() => ran,
        Ok(_) => {
            let forgot = vault.record(Act::ConnectionTried, Some(stored.id), now, |rows| {
                tried::forget(rows, stored.no)?;
                rows.fact(None, &json!({ "tried": { "connection": stored.key, "code": "" } }))
            })?;
            ran.map(|ran| if ran.touched.is_empty() { Done { touched: forgot.touched, ..ran } } else { ran })
        }
        Err(problem) if matters(problem.code) => {
            let tried = failed(before, problem, now)?;
            vault.record(Act::ConnectionTried, Some(stored.id), now, |rows| {
                tried::put(rows, stored.no, &tried)?;
                let facts = json!({
                    "connection": stored.key, "code": tried.code, "attempts": tried.attempts, "next_at": tried.next_at,
                });
                rows.fact(None, &json!({ "tried": facts }))
            })?;
            ran
        }
        Err(_) => ran,
    }
}

fn failed(before: Option<Tried>, problem: &Problem, now: DateTime<Utc>) -> Result<Tried> {
    let at = now.timestamp_millis();
    let (begun_at, attempts) = before.map_or((at, 1), |before| (before.begun_at, before.attempts.saturating_add(1)));
    let begun = DateTime::from_timestamp_millis(begun_at).unwrap_or(now);
    let next = if passes(problem) { next(begun, attempts, now) } else { None };
    let facts = serde_json::to_string(&problem.facts).map_err(|error| Problem::new(Code::System).because(error))?;
    let next_at = next.map(|next| next.timestamp_millis());
    Ok(Tried { begun_at, tried_at: at, attempts, next_at, code: problem.code.as_str().to_owned(), facts })
}

/// When to try again after so many attempts, the first of them then; nothing once it was tried long enough.
fn next(begun: DateTime<Utc>, attempts: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let before = attempts.saturating_sub(1) as usize;
    let pause = PAUSES.get(before).or(PAUSES.last()).copied()?;
    Some(now + TimeDelta::minutes(pause)).filter(|next| *next <= begun + TimeDelta::hours(HOURS))
}

/// Whether a run met something that is told on the connection's page.
const fn matters(code: Code) -> bool {
    matches!(
        code,
        Code::ServerUnreachable
            | Code::ServerSlow
            | Code::ServerAnswer
            | Code::ServerUntrusted
            | Code::ServerRefused
            | Code::NoPassword
            | Code::NoKeychain
            | Code::KeychainLocked
            | Code::KeychainEmpty
            | Code::KeychainOther
    )
}

/// Whether a problem may pass by itself.
fn passes(problem: &Problem) -> bool {
    // Of what a server says, only that it cannot just now (RFC 9110, 15.5.9, 15.6; RFC 6585, 4); half an answer has no status.
    let status = problem.facts.get("status").and_then(Value::as_u64);
    let busy = status.is_none_or(|status| status >= 500 || matches!(status, 408 | 425 | 429));
    matches!(problem.code, Code::ServerUnreachable | Code::ServerSlow) || (problem.code == Code::ServerAnswer && busy)
}

/// The run of a connection that failed last, if none succeeded since.
pub(super) fn shown(conn: &Connection, business: &Business, stored: &Stored) -> Result<Option<TriedShown>> {
    let shown = |tried: Tried| TriedShown {
        at: business.said(tried.tried_at),
        code: tried.code,
        facts: serde_json::from_str(&tried.facts).unwrap_or_default(),
        next: tried.next_at.map(|at| business.said(at)),
    };
    Ok(tried::of(conn, stored.no)?.map(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_to_an_hour_and_end_after_a_day() {
        let begun: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
        let (mut now, mut minutes) = (begun, Vec::new());
        while let Some(at) = next(begun, minutes.len() as u32 + 1, now) {
            minutes.push((at - now).num_minutes());
            now = at;
        }
        assert_eq!((&minutes[..4], minutes.len()), (&[5, 15, 60, 60][..], 25));
        assert_eq!(now.to_rfc3339(), "2026-03-03T08:20:00+00:00");
    }

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        let answer = |status: &str| Problem::new(Code::ServerAnswer).with("status", status);
        let status = |status: u16| Problem::new(Code::ServerAnswer).with("status", status);
        for problem in [Code::ServerUnreachable, Code::ServerSlow] {
            assert!(passes(&Problem::new(problem)));
        }
        assert!(passes(&answer("no address book")) && [500, 503, 429].into_iter().map(status).all(|it| passes(&it)));
        assert!([301, 404, 405].into_iter().map(status).all(|it| !passes(&it)));
        for problem in [Code::ServerUntrusted, Code::ServerRefused, Code::NoPassword, Code::KeychainLocked] {
            assert!(!passes(&Problem::new(problem)) && matters(problem));
        }
        assert!(!matters(Code::Cancelled) && !matters(Code::NotFound));
    }
}
