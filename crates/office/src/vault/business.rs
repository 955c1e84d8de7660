//! Whose vault it is, and how that business tells the time.

use akkoord_rules::consent::start_of;
use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use rusqlite::Connection;

use crate::problem::{Code, Problem, Result};

/// The business whose vault this is.
#[derive(Debug, Clone)]
pub struct Business {
    /// Its name.
    pub name: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// The language it works in.
    pub language: String,
    /// Its time zone.
    pub zone: Tz,
}

impl Business {
    /// An instant as people read it: RFC 3339 with seconds, in the business's zone.
    #[must_use]
    pub fn said(&self, at: i64) -> String {
        self.local(at).to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// An instant in the business's zone, with the offset that holds there at that moment.
    #[must_use]
    pub fn local(&self, at: i64) -> DateTime<FixedOffset> {
        let utc = DateTime::from_timestamp_millis(at).unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
        self.zone.from_utc_datetime(&utc.naive_utc()).fixed_offset()
    }

    /// Today's date where the business is.
    #[must_use]
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// The last millisecond of a day where the business is, in UTC.
    pub(crate) fn end_of(&self, day: NaiveDate) -> i64 {
        day.succ_opt().map_or(i64::MAX, |next| start_of(next, self.zone).timestamp_millis() - 1)
    }
}

/// The business of an open file.
pub(super) fn business(conn: &Connection) -> Result<Business> {
    let (name, country, language, zone): (String, String, String, String) =
        conn.query_row("SELECT name, country, language, zone FROM vault", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let zone = zone.parse().map_err(|error: chrono_tz::ParseError| Problem::new(Code::VaultDamaged).because(error))?;
    Ok(Business { name, country, language, zone })
}
