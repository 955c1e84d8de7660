//! Instants and days as people give them (the command line's general rules).

use akkoord_rules::deadline::Received;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

use crate::problem::{Code, Problem, Result};
use crate::vault::Business;

/// The moment that a day without a time stands for (decision 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayAs {
    /// Its noon, as the command line's general rules say.
    Noon,
    /// Its last moment: for a no, a withdrawal and an objection, so that they count over anything else of that day.
    End,
}

impl DayAs {
    /// That of an answer: a no counts over a yes of the same day.
    #[must_use]
    pub const fn of_answer(yes: bool) -> Self {
        if yes { Self::Noon } else { Self::End }
    }
}

/// When a fact happened: an instant, seconds and offset left out or not, or a day, which stands for a moment of it that
/// is at most now. Nothing given is now.
///
/// # Errors
/// [`Code::Invalid`] for a text that is neither; [`Code::InFuture`].
pub fn happened(
    given: Option<&str>,
    day_as: DayAs,
    business: &Business,
    now: DateTime<Utc>,
) -> Result<DateTime<FixedOffset>> {
    let Some(given) = given else { return Ok(business.local(now.timestamp_millis())) };
    let given = given.trim();
    let malformed = |error| Problem::invalid("on", "no_instant").with("given", given).because(error);
    let received = Received::parse(given, business.zone).map_err(malformed)?;
    let future = match received {
        Received::Instant(instant) => instant > now,
        Received::Date(day) => day > business.today(now),
    };
    if future {
        return Err(Problem::new(Code::InFuture).with("given", given));
    }
    Ok(moment(received, day_as, business.zone, now))
}

/// The moment for which an instant or a day stands, at most now where it is a day.
pub(crate) fn moment(received: Received, day_as: DayAs, zone: Tz, now: DateTime<Utc>) -> DateTime<FixedOffset> {
    let present = now.with_timezone(&zone).fixed_offset();
    let day = match received {
        Received::Instant(at) => return at,
        Received::Date(day) => day,
    };
    let time = match day_as {
        DayAs::Noon => day.and_hms_opt(12, 0, 0),
        DayAs::End => day.and_hms_milli_opt(23, 59, 59, 999),
    };
    let local = time.and_then(|time| zone.from_local_datetime(&time).latest());
    local.map_or(present, |local| local.fixed_offset().min(present))
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
