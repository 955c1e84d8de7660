//! Instants and days as people give them (the command line's general rules).

use akkoord_rules::deadline::Received;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::problem::{Code, Problem, Result};
use crate::vault::Business;

/// When a fact happened: an instant, seconds and offset left out or not, or a day, which is its noon. For today before
/// noon it is now. Nothing given is now.
///
/// # Errors
/// [`Code::Invalid`] for a text that is neither; [`Code::InFuture`].
pub fn happened(given: Option<&str>, business: &Business, now: DateTime<Utc>) -> Result<DateTime<FixedOffset>> {
    let local = business.local(now.timestamp_millis());
    let Some(given) = given else { return Ok(local) };
    let given = given.trim();
    let malformed = |error| Problem::invalid("on", "no_instant").with("given", given).because(error);
    let instant = match Received::parse(given, business.zone).map_err(malformed)? {
        Received::Instant(instant) => instant,
        Received::Date(day) => {
            let noon = Received::parse(&format!("{day}T12:00"), business.zone).map_err(malformed)?;
            match noon {
                Received::Instant(noon) if day == local.date_naive() => noon.min(local),
                Received::Instant(noon) => noon,
                Received::Date(_) => local,
            }
        }
    };
    if instant > now {
        return Err(Problem::new(Code::InFuture).with("given", given));
    }
    Ok(instant)
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
