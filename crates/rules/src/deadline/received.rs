//! When something was received, as people and programs write it.

use std::fmt;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat, TimeDelta, TimeZone,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A day, or an instant with the offset in which it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Received {
    /// Some time on that day.
    Date(NaiveDate),
    /// At that moment.
    Instant(DateTime<FixedOffset>),
}

/// Why a text is no date and no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceivedError {
    /// Neither `2026-03-05` nor `2026-03-27T10:00`, with or without seconds and offset; or no such day.
    #[error("a date is written like 2026-03-05, an instant like 2026-03-27T10:00+01:00")]
    Malformed,
    /// The year is not within 1900 to 2200; most likely a slip of the pen.
    #[error("the year must be within 1900 and 2200")]
    OutOfRange,
    /// An instant without an offset where no zone is known.
    #[error("an instant needs an offset here, like 2026-03-27T10:00+01:00")]
    NoOffset,
}

impl Received {
    /// Reads a date or an instant (RFC 3339, seconds optional). An instant without an offset is in `zone`: where the
    /// clock was set back and the time happened twice it is the earlier one, where it was set forward and the time
    /// never happened it is as many minutes after the gap.
    ///
    /// # Errors
    /// [`ReceivedError::Malformed`] and [`ReceivedError::OutOfRange`].
    pub fn parse(text: &str, zone: Tz) -> Result<Self, ReceivedError> {
        match read(text)? {
            (date, None) => Ok(Self::Date(date)),
            (date, Some((time, None))) => Ok(Self::Instant(in_zone(date.and_time(time), zone))),
            (date, Some((time, Some(offset)))) => at_offset(date.and_time(time), offset).map(Self::Instant),
        }
    }

    /// The day on which it arrived in that zone, whatever day it was where it was sent.
    #[must_use]
    pub fn on(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Instant(at) => at_offset_of(at, zone).date_naive(),
        }
    }
}

impl TryFrom<String> for Received {
    type Error = ReceivedError;

    /// Without a zone: an instant must carry its offset.
    fn try_from(text: String) -> Result<Self, ReceivedError> {
        match read(&text)? {
            (_, Some((_, None))) => Err(ReceivedError::NoOffset),
            (_, None | Some((_, Some(_)))) => Self::parse(&text, Tz::UTC),
        }
    }
}

impl From<Received> for String {
    fn from(received: Received) -> Self {
        received.to_string()
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Instant(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, false)),
        }
    }
}

const FIRST: NaiveDate = year(NaiveDate::MIN, -262_142);
const LAST: NaiveDate = year(NaiveDate::MAX, 262_142);

/// The first day of a year; the given day if the calendar does not reach it.
const fn year(otherwise: NaiveDate, year: i32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, 1, 1) {
        Some(day) => day,
        None => otherwise,
    }
}

type Clock = (NaiveTime, Option<FixedOffset>);

/// The date, and behind a `T` the time and perhaps its offset.
fn read(text: &str) -> Result<(NaiveDate, Option<Clock>), ReceivedError> {
    let (date, rest) = text.split_at_checked(10).ok_or(ReceivedError::Malformed)?;
    let date =
        shaped(date, "dddd-dd-dd").and_then(|date| date.parse::<NaiveDate>().ok()).ok_or(ReceivedError::Malformed)?;
    if !(1900..=2200).contains(&date.year()) {
        return Err(ReceivedError::OutOfRange);
    }
    if rest.is_empty() {
        return Ok((date, None));
    }
    let clock = rest.strip_prefix(['T', 't', ' ']).and_then(clock).ok_or(ReceivedError::Malformed)?;
    Ok((date, Some(clock)))
}

fn clock(text: &str) -> Option<Clock> {
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Some((time_of_day(time)?, FixedOffset::east_opt(0)));
    }
    let Some(at) = text.find(['+', '-']) else { return Some((time_of_day(text)?, None)) };
    let (time, offset) = text.split_at_checked(at)?;
    let behind = offset.starts_with('-');
    let (hours, minutes) = shaped(offset.strip_prefix(['+', '-'])?, "dd:dd")?.split_once(':')?;
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok().filter(|minutes| *minutes < 60)?);
    let seconds = (hours * 60 + minutes) * 60;
    Some((time_of_day(time)?, Some(FixedOffset::east_opt(if behind { -seconds } else { seconds })?)))
}

/// `10:00`, `10:00:30` or `10:00:30.5`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    if let Some(time) = shaped(text, "dd:dd") {
        return NaiveTime::parse_from_str(time, "%H:%M").ok();
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    shaped(whole, "dd:dd:dd")?;
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok())?
}

/// The text if every `d` of the shape is a digit there and all else is equal.
fn shaped<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'd' { byte.is_ascii_digit() } else { byte == wanted };
    (text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)).then_some(text)
}

fn at_offset(local: NaiveDateTime, offset: FixedOffset) -> Result<DateTime<FixedOffset>, ReceivedError> {
    offset.from_local_datetime(&local).single().ok_or(ReceivedError::OutOfRange)
}

/// A wall-clock time in a zone; never fails, see [`Received::parse`].
pub(super) fn in_zone(local: NaiveDateTime, zone: Tz) -> DateTime<FixedOffset> {
    let found = zone.from_local_datetime(&local).earliest();
    let offset = found.map_or_else(
        || {
            let before = local.checked_sub_signed(TimeDelta::days(1)).unwrap_or(local);
            zone.offset_from_utc_datetime(&before).fix()
        },
        |at| at.offset().fix(),
    );
    let utc = local.checked_sub_offset(offset).unwrap_or(local);
    at_offset_of(DateTime::from_naive_utc_and_offset(utc, offset), zone)
}

/// The same instant in the offset that the zone has then; in the calendar's first and last year held to the next one
/// inside, where adding an offset cannot lead out of it.
pub(super) fn at_offset_of(at: DateTime<FixedOffset>, zone: Tz) -> DateTime<FixedOffset> {
    let utc = at.naive_utc().clamp(FIRST.and_time(NaiveTime::MIN), LAST.and_time(NaiveTime::MIN));
    DateTime::from_naive_utc_and_offset(utc, zone.offset_from_utc_datetime(&utc).fix())
}

#[cfg(test)]
mod tests;
