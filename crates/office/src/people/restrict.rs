//! Contacts on lock (Art. 18): what is held is stored, and nothing else is done with it until the lock is lifted.

use akkoord_rules::consent;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::who::{Who, group, id, resolve};
use crate::erasure;
use crate::problem::{Code, Problem, Result};
use crate::vault::restriction::{self, Lifted, Lock};
use crate::vault::{Act, Business, Done, Fault, Rows, Vault};

/// The lock that a contact is on, as its page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RestrictionShown {
    /// Its id.
    pub restriction: Uuid,
    /// Since when, RFC 3339 in the business's zone.
    pub since: String,
    /// Why.
    pub reason: String,
    /// Who locked it.
    pub by: String,
}

/// A contact that was locked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Restricted {
    /// The contact.
    pub contact: Uuid,
    /// The lock's id.
    pub restriction: Uuid,
    /// Since when, RFC 3339 in the business's zone.
    pub since: String,
}

/// Locks a contact and whoever was merged into it. The gate says no from now on, but to answers to their own requests.
///
/// # Errors
/// As `resolve`; [`Code::Invalid`] without a reason; [`Code::AlreadyRestricted`].
pub fn restrict(vault: &mut Vault, given: &str, reason: &str, now: DateTime<Utc>) -> Result<Done<Restricted>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid("reason", "empty"));
    }
    let who = resolve(vault.rows(), given)?;
    let (business, by) = (vault.business().clone(), vault.by().to_owned());
    if restriction::standing(vault.rows(), who.no)?.iter().any(|lock| lock.contact_no == who.no) {
        return Err(Problem::new(Code::AlreadyRestricted).with("contact", who.id.to_string()));
    }
    vault.record(Act::ContactRestricted, Some(who.id), now, |rows| {
        let restriction = lock(rows, who, reason, &by)?.ok_or_else(|| Problem::new(Code::System))?;
        Ok(Restricted { contact: who.id, restriction, since: business.said(rows.at) })
    })
}

/// Locks whoever of a contact's group is not on lock yet, inside the running act; the first lock that it made.
///
/// # Errors
/// Faults of the database.
pub(crate) fn lock(rows: &mut Rows<'_>, who: Who, reason: &str, by: &str) -> Result<Option<Uuid>> {
    let locked: Vec<i64> = restriction::standing(rows, who.no)?.iter().map(|lock| lock.contact_no).collect();
    let mut kept = None;
    // Each of them, so that taking a merge back opens nobody's lock.
    for no in group(rows, who.no)?.into_iter().filter(|no| !locked.contains(no)) {
        let lock =
            Lock { id: Uuid::now_v7(), contact_no: no, since: rows.at, reason: reason.to_owned(), by: by.to_owned() };
        restriction::insert(rows, &lock)?;
        let facts = json!({ "id": lock.id, "since": lock.since, "reason": lock.reason, "by": lock.by });
        rows.fact(Some(id(rows, no)?), &json!({ "restriction": facts }))?;
        kept.get_or_insert(lock.id);
    }
    Ok(kept)
}

/// Lifts a contact's lock. The person has to hear of it first: `told` is that day. An erasure that waited under it is taken back
/// with it. Returns how many locks stood.
///
/// # Errors
/// As `resolve`; [`Code::NotFound`] when none stands; [`Code::Invalid`] without a reason, or for a day before the lock;
/// [`Code::InFuture`].
pub fn unrestrict(
    vault: &mut Vault,
    given: &str,
    reason: &str,
    told: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Done<usize>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid("reason", "empty"));
    }
    let who = resolve(vault.rows(), given)?;
    let locks = restriction::standing(vault.rows(), who.no)?;
    let Some(first) = locks.first() else {
        return Err(Problem::not_found("restriction", given).with("why", "no_restriction"));
    };
    let business = vault.business();
    if told > business.today(now) {
        return Err(Problem::new(Code::InFuture).with("given", told.to_string()));
    }
    if told < business.local(first.since).date_naive() {
        return Err(Problem::invalid("told", "before_the_restriction"));
    }
    let (by, told) = (vault.by().to_owned(), told.to_string());
    vault.record(Act::ContactUnrestricted, Some(who.id), now, |rows| {
        let lifted = Lifted { at: rows.at, reason, by: &by, told_on: &told };
        for lock in &locks {
            restriction::lift(rows, lock.id, lifted)?;
            let facts = json!({
                "id": lock.id, "lifted_at": lifted.at, "lifted_reason": reason, "lifted_by": by, "told_on": told,
            });
            rows.fact(Some(id(rows, lock.contact_no)?), &json!({ "restriction": facts }))?;
        }
        erasure::unlock(rows, who.no)?;
        Ok(locks.len())
    })
}

/// Refuses to change a contact that is on lock.
///
/// # Errors
/// [`Code::Restricted`].
pub(crate) fn unlocked(conn: &Connection, business: &Business, who: Who) -> Result<()> {
    match restriction::standing(conn, who.no)?.first() {
        None => Ok(()),
        Some(lock) => {
            let since = business.local(lock.since).date_naive().to_string();
            Err(Problem::new(Code::Restricted).with("contact", who.id.to_string()).with("since", since))
        }
    }
}

/// Whether a contact's group was on lock at the end of a day.
///
/// # Errors
/// Faults of the database.
pub(crate) fn locked_on(conn: &Connection, business: &Business, contact_no: i64, on: NaiveDate) -> Result<bool> {
    let instant = |at: i64| DateTime::from_timestamp_millis(at).unwrap_or_default();
    let spans = restriction::spans(conn, contact_no)?;
    let stood =
        |(since, lifted): &(i64, Option<i64>)| consent::stands(instant(*since), lifted.map(instant), on, business.zone);
    Ok(spans.iter().any(stood))
}

/// The lock that a contact is on.
pub(super) fn shown(conn: &Connection, business: &Business, contact_no: i64) -> Result<Option<RestrictionShown>> {
    Ok(restriction::standing(conn, contact_no)?.into_iter().next().map(|lock| RestrictionShown {
        restriction: lock.id,
        since: business.said(lock.since),
        reason: lock.reason,
        by: lock.by,
    }))
}

/// The first lock that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(super) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    Ok(restriction::changed(conn)?.map(|seq| Fault { seq, code: "restriction_changed" }))
}

#[cfg(test)]
mod tests;
