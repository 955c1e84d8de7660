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

    /// How many years, months, weeks and days it says.
    #[must_use]
    pub const fn counts(self) -> [u32; 4] {
        [self.years, self.months, self.weeks, self.days]
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<&str, SpanError>) {
        assert_eq!(text.parse::<Span>().map(|span| span.to_string()), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn spans_are_read_as_owners_write_them() {
        for text in ["P24M", "P7Y", "P10D", "P2W", "P1Y6M", "P1Y6M2W3D", "P1000Y"] {
            check(text, Ok(text));
        }
        check("P007Y0M", Ok("P7Y"));
        for text in
            ["", "P", "7Y", "p7y", "P7", "PY", "P7S", "PT7H", "P-7Y", "P+7Y", "P7Y ", "P6M1Y", "P7Y7Y", "P7YX", "P٧Y"]
        {
            check(text, Err(SpanError::Malformed));
        }
        for text in ["P0D", "P0Y0M0W0D"] {
            check(text, Err(SpanError::Zero));
        }
        for text in ["P1001Y", "P99999999999999999999D"] {
            check(text, Err(SpanError::TooLong));
        }
    }

    #[test]
    fn a_span_is_counted_months_first_and_held_to_the_last_day() {
        for (span, from, to) in [
            ("P1M", "2026-01-31", "2026-02-28"),
            ("P1M", "2024-01-31", "2024-02-29"),
            ("P1Y", "2024-02-29", "2025-02-28"),
            ("P24M", "2024-02-29", "2026-02-28"),
            ("P1M1D", "2026-01-31", "2026-03-01"),
            ("P2W", "2026-12-25", "2027-01-08"),
            ("P1Y2M1W3D", "2026-01-01", "2027-03-11"),
        ] {
            let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
            assert_eq!(span.parse::<Span>().expect("a span").after(date(from)), Some(date(to)), "{span} after {from}");
        }
    }

    #[test]
    fn serialised_a_span_is_its_text() {
        let span: Span = serde_json::from_str(r#""P24M""#).expect("a span");
        assert_eq!(serde_json::to_string(&span).expect("text"), r#""P24M""#);
        assert!(serde_json::from_str::<Span>(r#""P0M""#).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            if let Ok(span) = text.parse::<Span>() {
                prop_assert_eq!(span.to_string().parse(), Ok(span));
            }
        }

        #[test]
        fn what_is_written_is_read_again(years in 0..=MOST, months in 0..=MOST, weeks in 0..=MOST, days in 0..=MOST) {
            let span = Span { years, months, weeks, days };
            let again = span.to_string().parse();
            prop_assert_eq!(again, if years + months + weeks + days == 0 { Err(SpanError::Malformed) } else { Ok(span) });
        }

        #[test]
        fn a_span_leads_forward_and_never_fails(text in "P[0-9]{1,4}[YMWD]", from in any::<i32>()) {
            let near = NaiveDate::from_num_days_from_ce_opt(693_961 + from.rem_euclid(110_000)).expect("1900 to 2200");
            if let Ok(span) = text.parse::<Span>() {
                prop_assert!(span.after(near).expect("within the calendar") > near);
                let anywhere = NaiveDate::from_num_days_from_ce_opt(from);
                for date in [Some(NaiveDate::MAX), Some(NaiveDate::MIN), anywhere].into_iter().flatten() {
                    prop_assert!(span.after(date).is_none_or(|later| later > date));
                }
            }
        }
    }
}
