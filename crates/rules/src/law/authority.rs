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
    /// Where it is reached by letter; empty where that depends on the place.
    pub address: String,
    /// Its site, without the scheme.
    pub site: String,
    /// Whether somebody looked it up in its own publications; otherwise it is general knowledge and the reader should check.
    pub verified: bool,
}

impl Authority {
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
