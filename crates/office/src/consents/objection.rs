//! Objections (GDPR Art. 21): to one purpose, or to all marketing. They count in the gate at once.

use akkoord_rules::consent::{How, stands};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::people::{Who, group, resolve, unlocked};
use crate::problem::{Code, Problem, Result};
use crate::purposes::answerable;
use crate::vault::{Act, Business, Done, Rows, Vault};

/// An objection to be recorded.
#[derive(Debug, Clone)]
pub struct NewObjection {
    /// The purpose's key; `None` is all marketing.
    pub purpose: Option<String>,
    /// The way it came.
    pub how: How,
    /// When it was made.
    pub happened: DateTime<FixedOffset>,
}

/// An objection that was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Objection {
    /// Its id.
    pub objection: Uuid,
    /// What to know about it.
    pub warnings: Vec<ObjectionWarning>,
}

/// What to know about an objection that is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ObjectionWarning {
    /// The purpose rests on a contract, a duty or a life at stake: Art. 21 gives no right to object to that, so it goes on.
    ChangesNothing,
}

/// Records an objection.
///
/// # Errors
/// Those of finding the contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::InFuture`].
pub fn object(vault: &mut Vault, contact: &str, new: &NewObjection, now: DateTime<Utc>) -> Result<Done<Objection>> {
    if new.happened > now {
        return Err(Problem::new(Code::InFuture).with("given", new.happened.to_rfc3339()));
    }
    let by = vault.by().to_owned();
    let who = resolve(vault.rows(), contact)?;
    let (conn, business) = (vault.rows(), vault.business());
    let stored = new.purpose.as_deref().map(|key| answerable(conn, business, key)).transpose()?;
    let in_vain = stored.as_ref().is_some_and(|stored| !stored.rules.falls_to_objection());
    let purpose = stored.map(|stored| (stored.no, stored.rules.key));
    let warnings = if in_vain { vec![ObjectionWarning::ChangesNothing] } else { Vec::new() };
    vault.record(Act::ObjectionRecorded, None, now, |rows| {
        let id = put(rows, who, purpose.as_ref(), new.happened, new.how.as_str(), &by)?;
        rows.about(id);
        Ok(Objection { objection: id, warnings })
    })
}

/// A purpose's row and key.
type Named = (i64, String);

fn purpose_of(vault: &Vault, key: Option<&str>) -> Result<Option<Named>> {
    key.map(|key| Ok((answerable(vault.rows(), vault.business(), key)?.no, key.to_owned()))).transpose()
}

/// Writes an objection, to a purpose or to all marketing, and seals it in the running act.
pub(crate) fn put(
    rows: &mut Rows<'_>,
    who: Who,
    purpose: Option<&Named>,
    happened: DateTime<FixedOffset>,
    how: &str,
    by: &str,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let (since, offset) = (happened.timestamp_millis(), happened.offset().local_minus_utc() / 60);
    rows.prepare_cached(
        "INSERT INTO objection (id, contact_no, purpose_no, since, since_offset, recorded_at, how, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![id, who.no, purpose.map(|(no, _)| no), since, offset, rows.at, how, by])?;
    let facts = json!({
        "id": id, "purpose": purpose.map(|(_, key)| key), "since": since, "since_offset": offset, "recorded_at": rows.at,
        "how": how, "by": by,
    });
    rows.fact(Some(who.id), &json!({ "objection": facts }))?;
    Ok(id)
}

/// Lifts the objection to a purpose, or to all marketing: the person asked for it. Returns how many stood.
///
/// # Errors
/// Those of finding the contact; [`Code::Restricted`]; [`Code::NotFound`] when none stands; [`Code::Invalid`] without a reason.
pub fn lift(
    vault: &mut Vault,
    contact: &str,
    purpose: Option<&str>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Done<usize>> {
    if reason.trim().is_empty() {
        return Err(Problem::invalid("reason", "empty"));
    }
    let who = resolve(vault.rows(), contact)?;
    unlocked(vault.rows(), vault.business(), who)?;
    let named = purpose_of(vault, purpose)?;
    vault.record(Act::ObjectionLifted, None, now, |rows| {
        let mut lifted = 0;
        for no in group(rows, who.no)? {
            let (contact, ids) = standing_of(rows, no, named.as_ref().map(|(no, _)| *no))?;
            for id in ids {
                rows.prepare_cached("UPDATE objection SET lifted_at = ?, lifted_reason = ? WHERE id = ?")?
                    .execute(params![rows.at, reason.trim(), id])?;
                let facts = json!({ "id": id, "lifted_at": rows.at, "lifted_reason": reason.trim() });
                rows.fact(Some(contact), &json!({ "objection": facts }))?;
                lifted += 1;
            }
        }
        match lifted {
            0 => Err(Problem::not_found("objection", contact).with("why", "no_objection")),
            lifted => Ok(lifted),
        }
    })
}

/// The contact's id, and the objections of this scope that nobody lifted.
fn standing_of(conn: &Connection, contact_no: i64, purpose_no: Option<i64>) -> Result<(Uuid, Vec<Uuid>)> {
    let contact =
        conn.prepare_cached("SELECT id FROM contact WHERE no = ?")?.query_row([contact_no], |row| row.get(0))?;
    let mut query = conn.prepare_cached(
        "SELECT id FROM objection WHERE contact_no = ? AND purpose_no IS ? AND lifted_at IS NULL ORDER BY no",
    )?;
    let ids = query.query_map(params![contact_no, purpose_no], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok((contact, ids))
}

/// What somebody objected to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Objected {
    pub(super) marketing: bool,
    pub(super) purpose: bool,
}

/// What the group objected to, as of the end of a day.
pub(super) fn objected(
    conn: &Connection,
    business: &Business,
    contact_no: i64,
    purpose_no: Option<i64>,
    on: NaiveDate,
) -> Result<Objected> {
    let mut query = conn.prepare_cached(
        "SELECT purpose_no, since, lifted_at FROM objection
         WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
           AND (purpose_no IS NULL OR purpose_no = ?2)",
    )?;
    let mut rows = query.query(params![contact_no, purpose_no])?;
    let mut found = Objected::default();
    while let Some(row) = rows.next()? {
        let instant = |ms: i64| DateTime::from_timestamp_millis(ms).unwrap_or_default();
        let (since, lifted): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
        if stands(instant(since), lifted.map(instant), on, business.zone) {
            match row.get::<_, Option<i64>>(0)? {
                None => found.marketing = true,
                Some(_) => found.purpose = true,
            }
        }
    }
    Ok(found)
}

/// An objection as the contact's page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ObjectionShown {
    /// Its id.
    pub objection: Uuid,
    /// The purpose's key; absent where it is to all marketing.
    pub purpose: Option<String>,
    /// Since when, RFC 3339 in the business's zone.
    pub since: String,
    /// The way it came.
    pub how: String,
    /// When it was lifted; absent while it stands.
    pub lifted: Option<String>,
    /// Why it was lifted.
    pub lifted_reason: Option<String>,
}

/// Every objection of a contact and whoever was merged into it, in the order of recording.
pub(crate) fn objections_of(conn: &Connection, business: &Business, contact_no: i64) -> Result<Vec<ObjectionShown>> {
    let mut query = conn.prepare_cached(
        "SELECT o.id, p.key, o.since, o.how, o.lifted_at, o.lifted_reason
         FROM objection o LEFT JOIN purpose p ON p.no = o.purpose_no
         WHERE o.contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY o.no",
    )?;
    let rows = query.query_map([contact_no], |row| {
        let lifted: Option<i64> = row.get(4)?;
        Ok(ObjectionShown {
            objection: row.get(0)?,
            purpose: row.get(1)?,
            since: business.said(row.get(2)?),
            how: row.get(3)?,
            lifted: lifted.map(|at| business.said(at)),
            lifted_reason: lifted.map(|_| row.get(5)).transpose()?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
