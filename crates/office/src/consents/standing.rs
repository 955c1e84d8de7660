//! Where people stand: folded from the events, and the projection of it that lists and counts read.

use std::borrow::Cow;

use akkoord_rules::consent::{CONFIRM_DAYS, Event, Standing, Status, day_of, fold};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};

use super::event::history;
use crate::problem::Result;
use crate::purposes::{Stored, by_no};
use crate::vault::{Business, Rows};

/// Where a contact, and whoever was merged into it, stands towards a purpose at the end of a day.
pub(crate) fn standing(
    conn: &Connection,
    business: &Business,
    contact_no: i64,
    purpose: &Stored,
    on: NaiveDate,
) -> Result<Standing> {
    let events = history(conn, contact_no, purpose.no)?;
    Ok(fold(&events, &purpose.rules, on, business.zone, CONFIRM_DAYS))
}

/// The standing that the projection keeps: of the day of the latest event. A yes that ended since stands there as it was, with
/// its end, so that the projection says for every day from then on how it stood.
fn latest_standing(events: &[Event], purpose: &Stored, business: &Business, now: DateTime<Utc>) -> Standing {
    let last = events.iter().map(|event| day_of(event.happened, business.zone)).max();
    let on = last.unwrap_or_else(|| business.today(now));
    fold(events, &purpose.rules, on, business.zone, CONFIRM_DAYS)
}

/// Puts the projection of a contact and purpose right; returns the standing that it keeps.
pub(crate) fn refresh(
    rows: &Rows<'_>,
    business: &Business,
    contact_no: i64,
    purpose: &Stored,
    now: DateTime<Utc>,
) -> Result<Standing> {
    let events = history(rows, contact_no, purpose.no)?;
    let standing = latest_standing(&events, purpose, business, now);
    if standing.status == Status::NotAsked {
        rows.prepare_cached("DELETE FROM consent_status WHERE contact_no = ? AND purpose_no = ?")?
            .execute([contact_no, purpose.no])?;
        return Ok(standing);
    }
    let happened = || events.iter().map(|event| event.happened.timestamp_millis());
    rows.prepare_cached(
        "INSERT INTO consent_status (contact_no, purpose_no, status, since, expires, version, first_at, last_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET status = excluded.status, since = excluded.since, expires = excluded.expires,
           version = excluded.version, first_at = excluded.first_at, last_at = excluded.last_at",
    )?
    .execute(params![
        contact_no,
        purpose.no,
        standing.status.as_str(),
        standing.since.map(|since| since.timestamp_millis()),
        standing.expires.map_or(Cow::Borrowed(""), |day| Cow::Owned(day.to_string())),
        standing.version.unwrap_or(1),
        happened().min().unwrap_or_default(),
        happened().max().unwrap_or_default(),
    ])?;
    Ok(standing)
}

/// Puts the projection of one contact right for every purpose: after its group has changed. A contact that was merged
/// into another has no rows of its own.
pub(crate) fn refresh_contact(rows: &Rows<'_>, business: &Business, contact_no: i64, now: DateTime<Utc>) -> Result<()> {
    rows.prepare_cached("DELETE FROM consent_status WHERE contact_no = ?")?.execute([contact_no])?;
    let purposes: Vec<i64> = rows
        .prepare_cached(
            "SELECT DISTINCT purpose_no FROM consent_event WHERE contact_no IN (
               SELECT no FROM contact WHERE merged_into = ?1
               UNION ALL SELECT no FROM contact WHERE no = ?1 AND merged_into IS NULL)
               AND (SELECT merged_into FROM contact WHERE no = ?1) IS NULL",
        )?
        .query_map([contact_no], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for purpose in purposes {
        refresh(rows, business, contact_no, &by_no(rows, business, purpose)?, now)?;
    }
    Ok(())
}

/// Puts the projection of one purpose right for everybody: after its wording has changed in a way that ends a yes.
pub(crate) fn refresh_purpose(rows: &Rows<'_>, business: &Business, purpose_no: i64, now: DateTime<Utc>) -> Result<()> {
    let purpose = by_no(rows, business, purpose_no)?;
    let contacts: Vec<i64> = rows
        .prepare_cached("SELECT contact_no FROM consent_status WHERE purpose_no = ?")?
        .query_map([purpose_no], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    contacts.into_iter().try_for_each(|no| refresh(rows, business, no, &purpose, now).map(drop))
}
