//! The steps that explain a date: codes with data, and one table of English sentences for them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde::Serialize;

use super::{Deadline, rfc3339};
use crate::law::holiday_title;

/// One step of the way from receipt to the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day on which the count stands after this step.
    pub date: NaiveDate,
    /// What brought it there.
    pub why: Why,
}

/// What a step of the count did. The code is stable; the window translates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// A request came in; its day is not counted (Reg. 1182/71 Art. 3(1)).
    Received,
    /// Data came from elsewhere; its day is not counted.
    Obtained,
    /// The business became aware of a breach.
    Aware {
        /// When, in the country's offset.
        #[serde(serialize_with = "rfc3339")]
        #[cfg_attr(feature = "specta", specta(type = String))]
        at: DateTime<FixedOffset>,
    },
    /// The business became aware of a breach on a day without a time: counted from its first minute, to be safe.
    AwareSinceMidnight,
    /// The day with the same number, that many months later (Art. 3(2)(c)).
    Months {
        /// How many.
        months: u32,
        /// Counted from that day.
        from: NaiveDate,
    },
    /// The month has no day with that number, so its last day ends the period (Art. 3(2)(c)).
    NoSuchDay {
        /// How many months.
        months: u32,
        /// Counted from that day.
        from: NaiveDate,
    },
    /// The days on which proof of identity was waited for are added (GDPR Art. 12(6)).
    Paused {
        /// How many.
        days: u32,
    },
    /// The day is a Saturday (Art. 3(4)).
    Saturday,
    /// The day is a Sunday (Art. 3(4)).
    Sunday,
    /// The day is a public holiday in the country (Art. 3(4)).
    Holiday {
        /// The holiday's key in the country's file.
        name: &'static str,
    },
    /// The period ends with the next working day (Art. 3(4)).
    NextWorkingDay,
    /// The clock was changed in between; hours are counted as they pass.
    ClockChange {
        /// How far the clock went forward; negative when it went back.
        minutes: i32,
    },
    /// That many hours have passed; weekends and holidays do not move it (Art. 3(4), second sentence).
    Elapsed {
        /// How many.
        hours: u32,
        /// The end, in the country's offset.
        #[serde(serialize_with = "rfc3339")]
        #[cfg_attr(feature = "specta", specta(type = String))]
        due: DateTime<FixedOffset>,
    },
}

impl Step {
    /// The step as an English sentence without a full stop.
    #[must_use]
    pub fn text(&self) -> String {
        self.clause(&day(self.date))
    }

    /// The table of sentences. `subject` names the step's day, so that a chain of steps can say "that".
    fn clause(&self, subject: &str) -> String {
        let here = day(self.date);
        match &self.why {
            Why::Received => format!("received on {here}, a day that is not counted"),
            Why::Obtained => format!("obtained on {here}, a day that is not counted"),
            Why::Aware { at } => format!("aware on {here} at {}", at.format("%H:%M")),
            Why::AwareSinceMidnight => format!("aware on {here}, without a time: counted from its first minute"),
            Why::Months { months, from } => format!("{} + {} → {here}", day(*from), count(*months, "month")),
            Why::NoSuchDay { months, from } => {
                format!("{} + {} has no such day → {here}", day(*from), count(*months, "month"))
            }
            Why::Paused { days } => format!("+ {} of waiting for proof of identity → {here}", count(*days, "day")),
            Why::Saturday => format!("{subject} is a Saturday"),
            Why::Sunday => format!("{subject} is a Sunday"),
            Why::Holiday { name } => format!("{subject} is {}", holiday_title(name)),
            Why::NextWorkingDay => format!("→ {} {here}", self.date.format("%A")),
            Why::ClockChange { minutes } => {
                let way = if *minutes < 0 { "back" } else { "forward" };
                format!("on {here} the clock goes {way} by {}", count(minutes.unsigned_abs(), "minute"))
            }
            Why::Elapsed { hours, due } => {
                format!(
                    "{} → {} {here} at {}, not moved",
                    count(*hours, "hour"),
                    self.date.format("%A"),
                    due.format("%H:%M")
                )
            }
        }
    }
}

impl Deadline {
    /// The whole way in one English sentence without a full stop: "received on 31 January, a day that is not counted;
    /// 31 January + 1 month has no such day → 28 February; that is a Saturday → Monday 2 March". The Sunday after a Saturday goes
    /// without saying.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut sentence = String::new();
        let mut before: Option<&Step> = None;
        for step in &self.steps {
            if step.why == Why::Sunday && before.is_some_and(|before| before.why == Why::Saturday) {
                continue;
            }
            let known = before.is_some_and(|before| before.date == step.date);
            sentence.push_str(before.map_or("", |before| joint(&before.why, &step.why)));
            sentence.push_str(&step.clause(&if known { "that".to_owned() } else { day(step.date) }));
            before = Some(step);
        }
        sentence
    }
}

/// What stands between two clauses.
fn joint(before: &Why, after: &Why) -> &'static str {
    let closed = |why: &Why| matches!(why, Why::Saturday | Why::Sunday | Why::Holiday { .. });
    if matches!(after, Why::NextWorkingDay | Why::Paused { .. }) {
        " "
    } else if closed(before) && closed(after) {
        ", "
    } else {
        "; "
    }
}

/// `28 February`; the year stands in the step's date.
fn day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%B"))
}

fn count(number: u32, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
