//! A length of time on the calendar as an owner writes it: `P24M`, `P7Y`, `P10D`, `P2W`, `P1Y6M` (ISO 8601).

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest number one part may hold; no law or owner asks for more than a millennium.
const MOST: u32 = 1_000;

/// Years, months, weeks and days, at least one of them not zero.
///
/// Hours have no place here: retention and validity are counted in days. `P12M` and `P1Y` are equal in length but
/// not the same text, so they are not equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    years: u32,
    months: u32,
    weeks: u32,
    days: u32,
}

/// Why a text is no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Not `P` followed by numbers with `Y`, `M`, `W`, `D` in that order.
    #[error("a span is written like P24M, P7Y, P10D, P2W or P1Y6M")]
    Malformed,
    /// Every part is zero.
    #[error("a span cannot be zero")]
    Zero,
    /// A part is above 1000.
    #[error("no part of a span can be above {MOST}")]
    TooLong,
}

impl Span {
    /// The day this span after `date`: first years and months, held to the month's last day (31 January and `P1M` give
    /// 28 or 29 February), then weeks and days. `None` when that day lies beyond the calendar (year 262142).
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        date.checked_add_months(Months::new(self.years * 12 + self.months))?
            .checked_add_days(Days::new(u64::from(self.weeks * 7 + self.days)))
    }

    /// The parts with their letters, in the order in which they are written.
    fn parts(&mut self) -> [(char, &mut u32); 4] {
        [('Y', &mut self.years), ('M', &mut self.months), ('W', &mut self.weeks), ('D', &mut self.days)]
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty()).ok_or(SpanError::Malformed)?;
        let mut span = Self { years: 0, months: 0, weeks: 0, days: 0 };
        for (letter, part) in span.parts() {
            let Some((digits, after)) = rest.split_once(letter) else { continue };
            *part = number(digits)?;
            rest = after;
        }
        if !rest.is_empty() {
            return Err(SpanError::Malformed);
        }
        if span.parts().iter().all(|(_, part)| **part == 0) { Err(SpanError::Zero) } else { Ok(span) }
    }
}

/// Digits alone: `u32::from_str` would take a `+` as well.
fn number(digits: &str) -> Result<u32, SpanError> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SpanError::Malformed);
    }
    digits.parse().ok().filter(|value| *value <= MOST).ok_or(SpanError::TooLong)
}

impl TryFrom<String> for Span {
    type Error = SpanError;

    fn try_from(text: String) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut span = *self;
        for (letter, part) in span.parts() {
            if *part > 0 {
                write!(f, "{part}{letter}")?;
            }
        }
        Ok(())
    }
}
