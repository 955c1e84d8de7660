//! When something is due by law, and why on that day (LAW §1: GDPR Art. 12(3), 14(3), 33(1); Regulation 1182/71 Art. 3).

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, SecondsFormat, TimeDelta, Weekday};
use chrono_tz::Tz;
use serde::{Serialize, Serializer};

use crate::codes::codes;
use crate::law::Country;

mod received;
mod why;

pub use received::{Received, ReceivedError};
pub use why::{Step, Why};

codes! {
    /// How a period is counted.
    #[serde(rename = "DeadlineRule")]
    pub enum Rule {
        /// The answer to a request (Art. 12(3)).
        OneMonth = "one_month",
        /// The answer when the month was extended by one (Art. 12(3)).
        TwoMonths = "two_months",
        /// The answer when the month was extended by two (Art. 12(3)).
        ThreeMonths = "three_months",
        /// The breach notice to the authority (Art. 33(1)): elapsed hours, not moved by weekends or holidays.
        SeventyTwoHours = "72_hours",
        /// Information to people whose data came from elsewhere (Art. 14(3)). An earlier first communication or
        /// disclosure takes its place; that is the caller's to compare.
        OneMonthNotice = "one_month_notice",
    }
}

impl Rule {
    /// The calendar months from receipt; `None` for a period in hours.
    fn months(self) -> Option<u32> {
        match self {
            Self::OneMonth | Self::OneMonthNotice => Some(1),
            Self::TwoMonths => Some(2),
            Self::ThreeMonths => Some(3),
            Self::SeventyTwoHours => None,
        }
    }
}

/// The end of a period: the last hour of a day, or a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(untagged)]
pub enum Due {
    /// Until the end of that day.
    Date(NaiveDate),
    /// Until that instant, in the offset that the country has then.
    Instant(
        #[serde(serialize_with = "rfc3339")]
        #[cfg_attr(feature = "specta", specta(type = String))]
        DateTime<FixedOffset>,
    ),
}

impl Due {
    /// The day on which the period ends.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Instant(at) => at.date_naive(),
        }
    }
}

/// A date with what led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Whose holidays were counted.
    pub country: Country,
    /// How it was counted.
    pub rule: Rule,
    /// The end.
    pub due: Due,
    /// From receipt to the end, in order.
    pub steps: Vec<Step>,
}

impl Deadline {
    /// The end before it was moved to a working day: the day on which the period itself runs out.
    #[must_use]
    pub fn unmoved(&self) -> NaiveDate {
        let moved = |why: &Why| matches!(why, Why::Saturday | Why::Sunday | Why::Holiday { .. } | Why::NextWorkingDay);
        self.steps.iter().rfind(|step| !moved(&step.why)).map_or(self.due.date(), |step| step.date)
    }
}

/// The deadline of something received. Near the end of the calendar (year 262142) it stands still at the last day
/// instead of failing; [`Received::parse`] admits 1900 to 2200.
#[must_use]
pub fn compute(country: Country, received: Received, rule: Rule) -> Deadline {
    compute_paused(country, received, rule, 0)
}

/// The same with days added during which the clock stood still (Art. 12(6)). They are added before the end is moved to
/// a working day, which is the stricter reading. A period in hours takes no pause.
#[must_use]
pub fn compute_paused(country: Country, received: Received, rule: Rule, paused_days: u32) -> Deadline {
    match rule.months() {
        Some(months) => by_date(country, received, rule, months, paused_days),
        None => by_hours(country, received),
    }
}

/// The internal reminder for an extended request (LAW §1): some count in steps, so that 31 January + 1 month + 2 months
/// is 28 April and not 30 April. The earlier of the two, moved to a working day.
#[must_use]
pub fn extension_reminder(country: Country, received: Received, months: u32, paused_days: u32) -> NaiveDate {
    let on = received.on(country.zone());
    let direct = add_days(add_months(on, 1 + months), paused_days);
    let stepwise = add_days(add_months(add_months(on, 1), months), paused_days);
    working_day(country, direct.min(stepwise))
}

/// The first working day on or after that day (Reg. 1182/71 Art. 3(4)): no Saturday, Sunday or public holiday.
#[must_use]
pub fn working_day(country: Country, date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| free(country, *day).is_none()).unwrap_or(NaiveDate::MAX)
}

fn by_date(country: Country, received: Received, rule: Rule, months: u32, paused_days: u32) -> Deadline {
    let on = received.on(country.zone());
    let first = if rule == Rule::OneMonthNotice { Why::Obtained } else { Why::Received };
    let mut end = add_months(on, months);
    let counted =
        if end.day() == on.day() { Why::Months { months, from: on } } else { Why::NoSuchDay { months, from: on } };
    let mut steps = vec![Step { date: on, why: first }, Step { date: end, why: counted }];
    if paused_days > 0 {
        end = add_days(end, paused_days);
        steps.push(Step { date: end, why: Why::Paused { days: paused_days } });
    }
    let due = working_day(country, end);
    let closed = end.iter_days().take_while(|day| *day < due);
    steps.extend(closed.filter_map(|date| Some(Step { date, why: free(country, date)? })));
    if due > end {
        steps.push(Step { date: due, why: Why::NextWorkingDay });
    }
    Deadline { country, rule, due: Due::Date(due), steps }
}

fn by_hours(country: Country, received: Received) -> Deadline {
    let zone = country.zone();
    let (at, first) = match received {
        Received::Date(on) => {
            let at = received::in_zone(on.and_time(chrono::NaiveTime::MIN), zone);
            (at, Why::AwareSinceMidnight)
        }
        Received::Instant(at) => {
            let at = received::at_offset_of(at, zone);
            (at, Why::Aware { at })
        }
    };
    let due = received::at_offset_of(at.checked_add_signed(TimeDelta::hours(72)).unwrap_or(at), zone);
    let mut steps = vec![Step { date: at.date_naive(), why: first }];
    steps.extend(clock_change(at, zone));
    steps.push(Step { date: due.date_naive(), why: Why::Elapsed { hours: 72, due } });
    Deadline { country, rule: Rule::SeventyTwoHours, due: Due::Instant(due), steps }
}

/// The first change of the zone's offset in the 72 hours after `at`.
fn clock_change(at: DateTime<FixedOffset>, zone: Tz) -> Option<Step> {
    let hours = (1..=72).filter_map(|hour| at.checked_add_signed(TimeDelta::hours(hour)));
    let changed = hours.map(|later| received::at_offset_of(later, zone)).find(|later| later.offset() != at.offset())?;
    let minutes = (changed.offset().local_minus_utc() - at.offset().local_minus_utc()) / 60;
    Some(Step { date: changed.date_naive(), why: Why::ClockChange { minutes } })
}

/// Why nobody works on that day, if so.
fn free(country: Country, date: NaiveDate) -> Option<Why> {
    match date.weekday() {
        Weekday::Sat => Some(Why::Saturday),
        Weekday::Sun => Some(Why::Sunday),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => {
            country.holiday(date).map(|name| Why::Holiday { name })
        }
    }
}

/// The day with the same number that many months later, or that month's last day.
fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn add_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

/// RFC 3339 with seconds and a numeric offset, also for UTC.
fn rfc3339<S: Serializer>(at: &DateTime<FixedOffset>, target: S) -> Result<S::Ok, S::Error> {
    target.serialize_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}

#[cfg(test)]
mod tests;
