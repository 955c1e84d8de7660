//! The text that tells the authority of a breach: all that Art. 33(3) asks for, with what is not known yet said to be so.

use akkoord_rules::breach::Risk;
use chrono::DateTime;

use super::readme::{fill, language};
use crate::registers::BreachShown;
use crate::vault::Business;

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
