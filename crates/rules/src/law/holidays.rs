//! Public holidays of a year, computed from a country's file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use serde::Deserialize;

/// One public holiday; years outside `from..=until` do not have it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    key: String,
    on: Day,
    instead: Option<Instead>,
    from: Option<i32>,
    until: Option<i32>,
}

/// How the day is found in a year.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Day {
    /// Days after Easter Sunday, negative before it.
    Easter { easter: i64 },
    /// The first or last such weekday of a month.
    Weekday { month: u32, weekday: Weekday, nth: Nth },
    /// The same date every year.
    Fixed { month: u32, day: u32 },
}

/// Which of a month's Mondays (Tuesdays, …).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Nth {
    First,
    Last,
}

/// Puts the holiday on another day of `month`: in a year in which `when` is a `weekday`, it is kept on `then`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Instead {
    month: u32,
    when: u32,
    weekday: Weekday,
    then: u32,
}

impl Holiday {
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn is_on(&self, date: NaiveDate) -> bool {
        self.day_in(date.year()) == Some(date)
    }

    fn day_in(&self, year: i32) -> Option<NaiveDate> {
        if self.from.is_some_and(|from| year < from) || self.until.is_some_and(|until| year > until) {
            return None;
        }
        self.instead.and_then(|instead| instead.day_in(year)).or_else(|| self.on.day_in(year))
    }
}

impl Day {
    fn day_in(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Easter { easter: days } => easter(year)?.checked_add_signed(TimeDelta::try_days(days)?),
            Self::Weekday { month, weekday, nth: Nth::First } => {
                NaiveDate::from_weekday_of_month_opt(year, month, weekday, 1)
            }
            Self::Weekday { month, weekday, nth: Nth::Last } => {
                let five = NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5);
                five.or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4))
            }
            Self::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
        }
    }
}

impl Instead {
    fn day_in(self, year: i32) -> Option<NaiveDate> {
        let usual = NaiveDate::from_ymd_opt(year, self.month, self.when)?;
        if usual.weekday() == self.weekday { NaiveDate::from_ymd_opt(year, self.month, self.then) } else { None }
    }
}

/// Easter Sunday of a year in the Gregorian calendar (the anonymous computus, Nature 1876; Meeus, Astronomical
/// Algorithms, ch. 8). `None` only for years beyond the calendar.
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)?;
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_shift + 15).rem_euclid(30);
    let sunday = (32 + 2 * century.rem_euclid(4) + 2 * of_century.div_euclid(4) - epact - of_century.rem_euclid(4))
        .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * sunday).div_euclid(451);
    let days = u64::try_from(epact + sunday - 7 * late).ok()?;
    // The earliest possible Easter, 22 March, is day 0.
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_days(Days::new(days))
}

/// The English title of a holiday's key; the key itself for a key that no country uses.
#[must_use]
pub fn holiday_title(key: &str) -> &str {
    static TITLES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TITLES.get_or_init(titles).get(key).map_or(key, String::as_str)
}

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
fn titles() -> BTreeMap<String, String> {
    toml::from_str(include_str!("holidays.toml")).expect("the embedded holiday titles are well formed")
}
