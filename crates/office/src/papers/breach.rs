//! The text that tells the authority of a breach: all that Art. 33(3) asks for, with what is not known yet said to be so.

use std::io::Write;
use std::path::Path;

use akkoord_rules::breach::Risk;
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::readme::{fill, language};
use crate::problem::Result;
use crate::profile::Leaving;
use crate::registers::{BreachShown, breach_show};
use crate::vault::{Act, Business, Done, Vault};

/// Writes the text for the authority into a file.
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the
/// database.
pub fn breach_file(vault: &mut Vault, breach: Uuid, to: &Path, now: DateTime<Utc>) -> Result<Done<()>> {
    let shown = breach_show(vault, breach, now)?;
    let mut leaving = Leaving::begin(vault.profile(), to)?;
    // With the line ends that any editor shows as such.
    let text = shown.text.replace('\n', "\r\n");
    leaving.write_all(text.as_bytes()).map_err(|error| leaving.failed(error))?;
    leaving.sync()?;
    let done = vault.record(Act::RegisterWritten, Some(breach), now, |rows| {
        rows.fact(None, &json!({ "register": "breach", "format": "txt", "breach": breach }))
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// Words beside the template of a language: not known yet, readable, unreadable, and the three risks.
const WORDS: [(&str, [&str; 6]); 4] = [
    ("nl", ["nog niet bekend", "nee", "ja", "onwaarschijnlijk", "er is een risico", "hoog"]),
    ("fr", ["pas encore connu", "non", "oui", "improbable", "il y a un risque", "élevé"]),
    ("de", ["noch nicht bekannt", "nein", "ja", "unwahrscheinlich", "ein Risiko besteht", "hoch"]),
    ("en", ["not known yet", "no", "yes", "unlikely", "there is a risk", "high"]),
];

/// The text for the authority, in the language of the business.
pub(crate) fn text(business: &Business, breach: &BreachShown) -> String {
    let language = language(&[&business.language]);
    let template = match language.code {
        "nl" => include_str!("letters/nl/breach.txt"),
        "fr" => include_str!("letters/fr/breach.txt"),
        "de" => include_str!("letters/de/breach.txt"),
        _ => include_str!("letters/en/breach.txt"),
    };
    let [unknown, readable, unreadable, unlikely, some, high] =
        WORDS.iter().find(|(code, _)| *code == language.code).map_or(WORDS[3].1, |(_, words)| *words);
    let known = |text: &str| if text.is_empty() { unknown.to_owned() } else { text.to_owned() };
    let number = |number: Option<i64>| number.map_or_else(|| unknown.to_owned(), |number| number.to_string());
    let told = |at: &str| match DateTime::parse_from_rfc3339(at) {
        Ok(at) => format!("{} {}", language.date(at.date_naive()), at.format("%H:%M")),
        Err(_) => at.parse().map_or_else(|_| at.to_owned(), |day| language.date(day)),
    };
    fill(template, |place| match place {
        "business" => business.name.clone(),
        "country" => business.country.clone(),
        "aware" => told(&breach.aware),
        "due" => told(&breach.due),
        "nature" => breach.nature.clone(),
        "data" => known(&breach.data),
        "people" => number(breach.people),
        "records" => number(breach.records),
        "encrypted" => if breach.encrypted { unreadable } else { readable }.to_owned(),
        "risk" => match breach.risk {
            Risk::Unlikely => unlikely,
            Risk::Some => some,
            Risk::High => high,
        }
        .to_owned(),
        "consequences" => known(&breach.consequences),
        "measures" => known(&breach.measures),
        "persons" => match (breach.persons.told, &breach.persons.on) {
            (Some(true), Some(on)) => told(on),
            (Some(false), _) => breach.persons.reason.clone().unwrap_or_else(|| unknown.to_owned()),
            (_, _) => unknown.to_owned(),
        },
        "late" => breach.authority.reason.clone().unwrap_or_else(|| "-".to_owned()),
        _ => String::new(),
    })
}
