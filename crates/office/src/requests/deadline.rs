//! A deadline with the steps that explain it; needs no vault.

use akkoord_rules::deadline::{Deadline, Due, Received, Rule, Why, compute};
use akkoord_rules::law::Country;
use serde::Serialize;

use crate::problem::{Problem, Result};

/// A date and why it is that one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Explained {
    /// The end.
    pub due: Due,
    /// Whose holidays were counted.
    pub country: Country,
    /// How it was counted.
    pub rule: Rule,
    /// From receipt to the end, in order.
    pub steps: Vec<StepShown>,
    /// The same as one English sentence without a full stop.
    #[serde(skip)]
    pub sentence: String,
}

/// One step of the way from receipt to the end.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepShown {
    /// The day on which the count stands after this step.
    pub date: chrono::NaiveDate,
    /// What brought it there, as an English sentence.
    pub why: String,
    /// The same as a code with its data.
    #[serde(flatten)]
    pub detail: Why,
}

impl From<&Deadline> for Explained {
    fn from(deadline: &Deadline) -> Self {
        let step = |step: &akkoord_rules::deadline::Step| StepShown {
            date: step.date,
            why: step.text(),
            detail: step.why.clone(),
        };
        Self {
            due: deadline.due,
            country: deadline.country,
            rule: deadline.rule,
            steps: deadline.steps.iter().map(step).collect(),
            sentence: deadline.sentence(),
        }
    }
}

/// The deadline of something received in that country. `received` is a date, or an instant that without an offset is in the
/// country's zone.
///
/// # Errors
/// [`crate::Code::Invalid`] for a country whose law is not known here (`unknown_country`) and for what is no date (`no_date`).
pub fn deadline(country: &str, received: &str, rule: Rule) -> Result<Explained> {
    let country = self::country(country)?;
    Ok(Explained::from(&compute(country, parse(received, country)?, rule)))
}

/// The country of that code.
pub(crate) fn country(code: &str) -> Result<Country> {
    code.parse().map_err(|_| Problem::invalid("country", "unknown_country"))
}

/// When something was received, as somebody typed it.
pub(super) fn parse(received: &str, country: Country) -> Result<Received> {
    Received::parse(received.trim(), country.zone())
        .map_err(|error| Problem::invalid("received", "no_date").because(error))
}
