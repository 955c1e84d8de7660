//! The information queue (Art. 14): who must be told that their data is held, by when and why then, the most urgent first.

use akkoord_rules::consent::How;
use akkoord_rules::deadline::{Received, Rule, compute};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::find::{Listed, listed};
use super::inform::{self, Informed, inform};
use super::order::of as by_name;
use super::who::resolve;
use crate::problem::Result;
use crate::requests;
use crate::vault::{Business, Done, Vault};

/// Who must be told.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "InformQueue")]
pub struct Queue {
    /// How many people.
    pub total: usize,
    /// Of them, how many should have been told by then.
    pub overdue: usize,
    /// The first of them.
    pub people: Vec<Waiting>,
}

/// Somebody who must be told.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "InformWaiting")]
pub struct Waiting {
    /// Who.
    #[serde(flatten)]
    pub contact: Listed,
    /// Since when the data is held.
    pub since: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// Days left until then; negative when it is past.
    pub days_left: i64,
    /// Why on that day: `one_month`, or `first_contact` where they were asked something, or their data went to somebody else,
    /// earlier (Art. 14(3)).
    pub why: &'static str,
    /// Where the data came from: `other`, or `unknown`.
    pub origin: String,
    /// The file that it came with, if it came with one.
    pub file: Option<String>,
}

/// Who must be told, as of the end of that day; at most `limit` of them.
///
/// # Errors
/// Faults of the database.
pub fn queue(vault: &Vault, on: NaiveDate, limit: usize) -> Result<Queue> {
    let (conn, business) = (vault.rows(), vault.business());
    let end = end_of(on, business);
    let country = requests::country(&business.country)?;
    let mut waiting = Vec::new();
    let order = by_name(vault)?;
    for (no, at) in inform::to_tell(conn, business, &order, end)? {
        let since = business.local(at).date_naive();
        let month = compute(country, Received::Date(since), Rule::OneMonthNotice).due.date();
        let spoken = first_contact(conn, no, at, end)?.map(|at| business.local(at).date_naive());
        let (due, why) = match spoken.filter(|day| *day < month) {
            Some(day) => (day, "first_contact"),
            None => (month, "one_month"),
        };
        waiting.push((due, since, no, why));
    }
    waiting.sort_unstable();
    let overdue = waiting.iter().filter(|(due, ..)| *due < on).count();
    let total = waiting.len();
    let people = waiting.into_iter().take(limit).map(|(due, since, no, why)| {
        let (origin, file) = came_from(conn, no)?;
        let days_left = due.signed_duration_since(on).num_days();
        Ok(Waiting { contact: listed(conn, no)?, since, due, days_left, why, origin, file })
    });
    Ok(Queue { total, overdue, people: people.collect::<Result<_>>()? })
}

/// Records that people, by id or e-mail address, were told.
///
/// # Errors
/// As [`inform`].
pub fn told(
    vault: &mut Vault,
    contacts: &[String],
    how: How,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Done<Informed>> {
    let ids = contacts.iter().map(|contact| Ok(resolve(vault.rows(), contact)?.id)).collect::<Result<Vec<_>>>()?;
    inform(vault, &ids, how, on, now)
}

/// The last millisecond of a day.
fn end_of(day: NaiveDate, business: &Business) -> i64 {
    let next = (day + Days::new(1)).and_time(NaiveTime::MIN);
    let midnight = business.zone.from_local_datetime(&next).earliest().map(|at| at.timestamp_millis());
    midnight.unwrap_or_else(|| next.and_utc().timestamp_millis()) - 1
}

/// When somebody was first asked anything, or their data first went to somebody else, after it came.
fn first_contact(conn: &Connection, no: i64, since: i64, until: i64) -> Result<Option<i64>> {
    let sql = "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
               SELECT min(at) FROM (
                 SELECT happened_at AS at FROM consent_event WHERE answer = 'asked' AND contact_no IN one
                 UNION ALL SELECT at FROM disclosed JOIN disclosure ON disclosure.no = disclosure_no WHERE contact_no IN one
               ) WHERE at BETWEEN ?2 AND ?3";
    Ok(conn.prepare_cached(sql)?.query_row(params![no, since, until], |row| row.get(0))?)
}

/// The first source that is not the person.
fn came_from(conn: &Connection, no: i64) -> Result<(String, Option<String>)> {
    let sql = "SELECT source.origin, import.file FROM source LEFT JOIN import ON import.no = import_no
               WHERE source.origin <> 'self'
                 AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
               ORDER BY source.at, source.no LIMIT 1";
    let found = conn.prepare_cached(sql)?.query_row([no], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn somebody_who_is_asked_something_must_have_been_told_by_then() {
        let mut trial = Trial::new();
        let an = trial.person("An");
        let tell = |trial: &Trial, on: NaiveDate| {
            let queue = queue(&trial.vault, on, 10).unwrap();
            queue.people.iter().map(|one| (one.due.to_string(), one.days_left, one.why)).collect::<Vec<_>>()
        };
        let today = trial.vault.business().today(trial.now);
        assert_eq!(tell(&trial, today), []);
        let (now, no) = (trial.now, resolve(trial.vault.rows(), &an).unwrap().no);
        let elsewhere = |rows: &mut crate::vault::Rows<'_>| {
            rows.execute("UPDATE source SET origin = 'other' WHERE contact_no = ?", [no])?;
            Ok(())
        };
        trial.vault.record(crate::vault::Act::ContactSet, None, now, elsewhere).unwrap();
        assert_eq!(tell(&trial, today), [("2026-04-02".to_owned(), 31, "one_month")]);
        assert_eq!(tell(&trial, today - Days::new(1)), []);
        let asked = |rows: &mut crate::vault::Rows<'_>| {
            rows.execute(
                "INSERT INTO consent_event (id, seq, contact_no, purpose_no, version, answer, happened_at, happened_offset,
                   recorded_at, how, language, by) SELECT zeroblob(16), 1, ?1, min(no), 1, 'asked', ?2, 0, ?2, 'email', 'nl', 'An' FROM purpose",
                params![no, (now + Days::new(3)).timestamp_millis()],
            )?;
            Ok(())
        };
        trial.purpose("nieuws", None);
        trial.vault.record(crate::vault::Act::ConsentRecorded, None, now, asked).unwrap();
        assert_eq!(tell(&trial, today + Days::new(10)), [("2026-03-05".to_owned(), -7, "first_contact")]);
        let how = How::Letter;
        told(&mut trial.vault, &["an@example.be".to_owned()], how, today, now).unwrap();
        assert_eq!(tell(&trial, today + Days::new(10)), []);
    }
}
