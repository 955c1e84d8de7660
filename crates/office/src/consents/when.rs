//! Instants and days as people give them (the command line's general rules).

use akkoord_rules::deadline::Received;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, params};

use crate::people::resolve;
use crate::problem::{Code, Problem, Result};
use crate::vault::{Business, Vault};

/// When a fact happened: an instant, seconds and offset left out or not, or a day, which stands for its noon and at most
/// for now. Nothing given is now.
///
/// # Errors
/// [`Code::Invalid`] for a text that is neither; [`Code::InFuture`].
pub fn happened(given: Option<&str>, business: &Business, now: DateTime<Utc>) -> Result<DateTime<FixedOffset>> {
    Ok(read(given, business, now)?
        .map_or_else(|| business.local(now.timestamp_millis()), |received| moment(received, business.zone, now)))
}

/// When somebody said no, objected or took a yes back: as [`happened`], but where the person is known to have said yes
/// later on that day, the moment of that yes, so that it does not outlive the no (decision 7). To that purpose; to any
/// where none is named.
///
/// # Errors
/// Those of [`happened`] and of finding the contact.
pub fn said_no(
    vault: &Vault,
    contact: &str,
    purpose: Option<&str>,
    given: Option<&str>,
    now: DateTime<Utc>,
) -> Result<DateTime<FixedOffset>> {
    let business = vault.business();
    let Some(received) = read(given, business, now)? else { return Ok(business.local(now.timestamp_millis())) };
    let at = moment(received, business.zone, now);
    match received {
        Received::Instant(_) => Ok(at),
        Received::Date(_) => after_yes(vault.rows(), business, resolve(vault.rows(), contact)?.no, purpose, at),
    }
}

/// The moment `at`, which stands for its whole day, or that of the last yes which the contact's group said later that day.
pub(crate) fn after_yes(
    conn: &Connection,
    business: &Business,
    contact_no: i64,
    purpose: Option<&str>,
    at: DateTime<FixedOffset>,
) -> Result<DateTime<FixedOffset>> {
    let mut query = conn.prepare_cached(
        "SELECT happened_at FROM consent_event WHERE answer = 'given' AND happened_at > ?2
           AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
           AND (?3 IS NULL OR purpose_no = (SELECT no FROM purpose WHERE key = ?3)) ORDER BY happened_at DESC",
    )?;
    let day = at.with_timezone(&business.zone).date_naive();
    let mut later = query.query(params![contact_no, at.timestamp_millis(), purpose])?;
    while let Some(row) = later.next()? {
        let yes = business.local(row.get(0)?);
        if yes.with_timezone(&business.zone).date_naive() == day {
            return Ok(yes);
        }
    }
    Ok(at)
}

fn read(given: Option<&str>, business: &Business, now: DateTime<Utc>) -> Result<Option<Received>> {
    let Some(given) = given.map(str::trim) else { return Ok(None) };
    let malformed = |error| Problem::invalid("on", "no_instant").with("given", given).because(error);
    let received = Received::parse(given, business.zone).map_err(malformed)?;
    let future = match received {
        Received::Instant(instant) => instant > now,
        Received::Date(day) => day > business.today(now),
    };
    if future { Err(Problem::new(Code::InFuture).with("given", given)) } else { Ok(Some(received)) }
}

/// The moment for which an instant or a day stands: of a day its noon, at most now.
pub(crate) fn moment(received: Received, zone: Tz, now: DateTime<Utc>) -> DateTime<FixedOffset> {
    let present = now.with_timezone(&zone).fixed_offset();
    let day = match received {
        Received::Instant(at) => return at,
        Received::Date(day) => day,
    };
    let noon = day.and_hms_opt(12, 0, 0).and_then(|noon| zone.from_local_datetime(&noon).latest());
    noon.map_or(present, |noon| noon.fixed_offset().min(present))
}

/// The day that a question is about: a date, or nothing for today.
///
/// # Errors
/// [`Code::Invalid`].
pub fn on_day(given: Option<&str>, business: &Business, now: DateTime<Utc>) -> Result<NaiveDate> {
    let Some(given) = given else { return Ok(business.today(now)) };
    match Received::parse(given.trim(), business.zone) {
        Ok(received) => Ok(received.on(business.zone)),
        Err(error) => Err(Problem::invalid("on", "no_date").with("given", given).because(error)),
    }
}
