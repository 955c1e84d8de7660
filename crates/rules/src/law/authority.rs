//! Where people complain about how their data is handled (Art. 77), per country and date.

use chrono::NaiveDate;
use serde::Deserialize;

/// A supervisory authority with the day from which it is the one, until the next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The first day; `None` for the oldest kept here.
    pub from: Option<NaiveDate>,
    nl: String,
    fr: String,
    de: String,
    en: String,
    address: String,
    site: String,
    /// Where it says otherwise in other languages.
    #[serde(default)]
    also: Vec<Elsewhere>,
    /// Whether somebody looked it up in its own publications; otherwise it is general knowledge and the reader should check.
    pub verified: bool,
}

/// How an authority is reached in one of its languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    language: String,
    address: String,
    site: String,
}

impl Authority {
    /// Where it is reached by letter, as that language writes it, empty where that depends on the place; and its site, without the
    /// scheme.
    #[must_use]
    pub fn reached(&self, language: &str) -> [&str; 2] {
        match self.also.iter().find(|other| other.language == language) {
            Some(other) => [&other.address, &other.site],
            None => [&self.address, &self.site],
        }
    }

    /// Its name as it stands in a sentence of that language, behind "at" or "to"; English for any other.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        match language {
            "nl" => &self.nl,
            "fr" => &self.fr,
            "de" => &self.de,
            _ => &self.en,
        }
    }
}

/// The last that began on or before that day. The files give the oldest first and the oldest without a date.
pub(super) fn in_force(authorities: &[Authority], on: NaiveDate) -> &Authority {
    let begun = authorities.partition_point(|one| one.from.is_none_or(|from| from <= on));
    &authorities[begun.saturating_sub(1)]
}
