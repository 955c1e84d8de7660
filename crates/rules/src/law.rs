//! The law that differs per country and changes over time, as dated data: `law/*.toml`, one file per country.
//!
//! A rule that can change has no place in the code; it is a line in a file with the date from which it holds.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};

mod authority;
mod holidays;
mod marketing;

pub use authority::Authority;
pub use holidays::{easter, holiday_title};
pub use marketing::{PhoneException, PhoneMarketing, PhoneRule};

use holidays::Holiday;

/// A country whose law is known here (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "UPPERCASE")]
pub enum Country {
    /// Austria.
    At,
    /// Belgium.
    Be,
    /// Germany.
    De,
    /// Spain.
    Es,
    /// France.
    Fr,
    /// Ireland.
    Ie,
    /// Italy.
    It,
    /// Luxembourg.
    Lu,
    /// The Netherlands.
    Nl,
}

/// A text that names no country whose law is known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the law of “{0}” is not known here; known are AT, BE, DE, ES, FR, IE, IT, LU and NL")]
pub struct UnknownCountry(pub String);

/// One country's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Law {
    name: String,
    #[serde(deserialize_with = "zone")]
    zone: Tz,
    calling_code: u16,
    languages: Vec<String>,
    child_age: u8,
    evidence_years: u8,
    books_years: u8,
    soft_opt_in: bool,
    phone_marketing: Vec<PhoneRule>,
    authorities: Vec<Authority>,
    holidays: Vec<Holiday>,
}

/// The countries with their files, in the order of the enum.
const FILES: [(Country, &str); 9] = [
    (Country::At, include_str!("law/at.toml")),
    (Country::Be, include_str!("law/be.toml")),
    (Country::De, include_str!("law/de.toml")),
    (Country::Es, include_str!("law/es.toml")),
    (Country::Fr, include_str!("law/fr.toml")),
    (Country::Ie, include_str!("law/ie.toml")),
    (Country::It, include_str!("law/it.toml")),
    (Country::Lu, include_str!("law/lu.toml")),
    (Country::Nl, include_str!("law/nl.toml")),
];

/// An IANA zone by its name.
fn zone<'de, D: Deserializer<'de>>(source: D) -> Result<Tz, D::Error> {
    String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
}

impl Country {
    /// Every country whose law is known, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        FILES.into_iter().map(|(country, _)| country)
    }

    /// The two letters of ISO 3166-1, in capitals.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::At => "AT",
            Self::Be => "BE",
            Self::De => "DE",
            Self::Es => "ES",
            Self::Fr => "FR",
            Self::Ie => "IE",
            Self::It => "IT",
            Self::Lu => "LU",
            Self::Nl => "NL",
        }
    }

    /// The country's English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.law().name
    }

    /// The zone in which the country's offices live (the mainland's, where there are several).
    #[must_use]
    pub fn zone(self) -> Tz {
        self.law().zone
    }

    /// The region in which a phone number without a country code is read: the code, as phone libraries name it.
    #[must_use]
    pub fn calling_region(self) -> &'static str {
        self.code()
    }

    /// The number behind the `+`: 32 for Belgium.
    #[must_use]
    pub fn calling_code(self) -> u16 {
        self.law().calling_code
    }

    /// Official languages that people there are written to in (ISO 639-1), the commonest first.
    pub fn languages(self) -> impl Iterator<Item = &'static str> {
        self.law().languages.iter().map(String::as_str)
    }

    /// The age below which a parent or guardian consents for an online service (Art. 8(1), LAW §3).
    #[must_use]
    pub fn child_age(self) -> u8 {
        self.law().child_age
    }

    /// How many years evidence of consent is kept after the consent ended.
    #[must_use]
    pub fn evidence_years(self) -> u8 {
        self.law().evidence_years
    }

    /// For how many years invoices must be kept, counted from the end of their year: a duty that postpones erasure (Art. 17(3)(b)).
    /// Each country's file names the law and says how far its text was read; where several laws ask for it, the longest counts.
    #[must_use]
    pub fn books_years(self) -> u8 {
        self.law().books_years
    }

    /// Whether existing customers may be mailed about similar products as a basis of its own (LAW §3).
    #[must_use]
    pub fn soft_opt_in(self) -> bool {
        self.law().soft_opt_in
    }

    /// The rule for marketing calls to consumers on that day.
    #[must_use]
    pub fn phone_marketing(self, on: NaiveDate) -> &'static PhoneRule {
        marketing::in_force(&self.law().phone_marketing, on)
    }

    /// Where people complain about how their data was handled, on that day (Art. 77).
    #[must_use]
    pub fn authority(self, on: NaiveDate) -> &'static Authority {
        authority::in_force(&self.law().authorities, on)
    }

    /// The key of the public holiday on that day (`easter_monday`), if it is one in the whole country (LAW §2).
    #[must_use]
    pub fn holiday(self, date: NaiveDate) -> Option<&'static str> {
        self.law().holidays.iter().find(|holiday| holiday.is_on(date)).map(Holiday::key)
    }

    /// The keys of the country's public holidays, in the order of the year; each has a title and a translation.
    pub fn holiday_keys(self) -> impl Iterator<Item = &'static str> {
        self.law().holidays.iter().map(Holiday::key)
    }

    fn law(self) -> &'static Law {
        static LAWS: OnceLock<Vec<Law>> = OnceLock::new();
        let laws = LAWS.get_or_init(|| FILES.into_iter().map(|(_, file)| read(file)).collect());
        &laws[self as usize]
    }
}

#[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each of them")]
fn read(file: &'static str) -> Law {
    toml::from_str(file).expect("an embedded country file is well formed")
}

impl FromStr for Country {
    type Err = UnknownCountry;

    /// Two letters, capital or not.
    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        Self::all()
            .find(|country| country.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownCountry(text.to_owned()))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests;
