//! The texts about a breach: for the authority all that Art. 33(3) asks for, with what is not known yet said to be so; for the
//! people what Art. 34(2) asks for, in plain words.

use std::path::Path;

use akkoord_rules::breach::Risk;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::letter::Shell;
use super::readme::{Language, fill, language, one_line};
use crate::problem::Result;
use crate::profile::Leaving;
use crate::registers::{BreachShown, breach_show};
use crate::settings::{Reach, reach};
use crate::vault::{Act, Business, Done, Vault};

/// Which text about a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum BreachText {
    /// That for the authority.
    Authority,
    /// That for the people.
    Persons,
}

/// Writes a text about a breach into a file.
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the
/// database.
pub fn breach_file(
    vault: &mut Vault,
    breach: Uuid,
    which: BreachText,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<()>> {
    let text = match which {
        BreachText::Authority => breach_show(vault, breach, now)?.text,
        BreachText::Persons => breach_letter(vault, breach, now)?,
    };
    // With the line ends that any editor shows as such.
    let text = text.replace('\n', "\r\n");
    let leaving = Leaving::whole(vault.profile(), to, text.as_bytes())?;
    let done = vault.record(Act::RegisterWritten, Some(breach), now, |rows| {
        rows.fact(None, &json!({ "register": "breach", "format": "txt", "breach": breach }))
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// What tells the people of a breach, in the language of the business (Art. 34(2)): what happened, what may come of it, what was
/// done, and whom they can ask.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub fn breach_letter(vault: &Vault, breach: Uuid, now: DateTime<Utc>) -> Result<String> {
    let shown = breach_show(vault, breach, now)?;
    let shell = Shell::of(vault, "", now)?;
    let template = match shell.language.code {
        "nl" => include_str!("letters/nl/breach_persons.txt"),
        "fr" => include_str!("letters/fr/breach_persons.txt"),
        "de" => include_str!("letters/de/breach_persons.txt"),
        _ => include_str!("letters/en/breach_persons.txt"),
    };
    let [unknown, ..] = words(shell.language);
    let known = |text: &str| if text.is_empty() { unknown.to_owned() } else { text.to_owned() };
    Ok(fill(template, |place| match place {
        "business" => vault.business().name.clone(),
        "contact" => shell.contact(vault),
        "aware" => told(shell.language, &shown.aware),
        "nature" => shown.nature.clone(),
        "data" => known(&shown.data),
        "consequences" => known(&shown.consequences),
        "measures" => known(&shown.measures),
        _ => String::new(),
    }))
}

/// Words beside the template of a language: not known yet, readable, unreadable, the three risks, and whoever was not told yet.
const WORDS: [(&str, [&str; 7]); 4] = [
    ("nl", ["nog niet bekend", "nee", "ja", "onwaarschijnlijk", "er is een risico", "hoog", "nog niet verteld"]),
    ("fr", ["pas encore connu", "non", "oui", "improbable", "il y a un risque", "élevé", "pas encore informé"]),
    (
        "de",
        [
            "noch nicht bekannt",
            "nein",
            "ja",
            "unwahrscheinlich",
            "ein Risiko besteht",
            "hoch",
            "noch nicht benachrichtigt",
        ],
    ),
    ("en", ["not known yet", "no", "yes", "unlikely", "there is a risk", "high", "not told yet"]),
];

pub(super) fn words(language: &Language) -> [&'static str; 7] {
    WORDS.iter().find(|(code, _)| *code == language.code).map_or(WORDS[3].1, |(_, words)| *words)
}

/// An instant or a day, as a letter says it.
pub(super) fn told(language: &Language, at: &str) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(at) => language.moment(at.naive_local()),
        Err(_) => at.parse().map_or_else(|_| at.to_owned(), |day| language.date(day)),
    }
}

/// The text for the authority, in the language of the business.
///
/// # Errors
/// Faults of the database.
pub(crate) fn text(vault: &Vault, breach: &BreachShown) -> Result<String> {
    let business = vault.business();
    let language = language(&[&business.language]);
    let template = match language.code {
        "nl" => include_str!("letters/nl/breach.txt"),
        "fr" => include_str!("letters/fr/breach.txt"),
        "de" => include_str!("letters/de/breach.txt"),
        _ => include_str!("letters/en/breach.txt"),
    };
    let [unknown, readable, unreadable, unlikely, some, high, pending] = words(language);
    let known = |text: &str| if text.is_empty() { unknown.to_owned() } else { text.to_owned() };
    let number = |number: Option<i64>| number.map_or_else(|| unknown.to_owned(), |number| language.number(number));
    let told = |at: &str| told(language, at);
    let contact = contact(business, &reach(vault)?);
    Ok(fill(template, |place| match place {
        "business" => business.name.clone(),
        "country" => business.country.clone(),
        "contact" => contact.clone(),
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
            (_, _) => pending.to_owned(),
        },
        "late" => breach.authority.reason.clone().unwrap_or_else(|| "-".to_owned()),
        _ => String::new(),
    }))
}

/// Whom the authority can ask, and how (Art. 33(3)(b)): the data protection officer, where there is one.
fn contact(business: &Business, reach: &Reach) -> String {
    let who = if reach.officer.is_empty() { &business.name } else { &reach.officer };
    let ways = [who, &reach.address(), &reach.email, &reach.phone].map(|way| one_line(way));
    ways.into_iter().filter(|way| !way.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use akkoord_rules::breach::Risk;

    use super::*;
    use crate::registers::{NewBreach, breach_open};
    use crate::settings;
    use crate::trial::Trial;

    #[test]
    fn the_people_are_told_what_happened_what_may_come_of_it_and_whom_to_ask() {
        let mut trial = Trial::new();
        let new = NewBreach {
            aware: "2026-03-01T10:00".to_owned(),
            nature: "{business} verloor een laptop".to_owned(),
            data: String::new(),
            people: None,
            records: None,
            affected: Vec::new(),
            encrypted: false,
            risk: Risk::High,
            consequences: "ongewenste mails".to_owned(),
            measures: "alles gewist op afstand".to_owned(),
        };
        let breach = breach_open(&mut trial.vault, &new, trial.now).unwrap().output.breach;
        for (language, unknown, aware) in [
            ("nl", "nog niet bekend", "1 maart 2026 om 10.00 uur"),
            ("fr", "pas encore connu", "1er mars 2026 à 10\u{a0}h\u{a0}00"),
            ("de", "noch nicht", "1. März 2026, 10:00\u{a0}Uhr"),
            ("en", "not known", "1 March 2026 at 10:00"),
        ] {
            settings::business_set(&mut trial.vault, "Garage Claes", language, trial.now).unwrap();
            let letter = breach_letter(&trial.vault, breach, trial.now).unwrap();
            for said in [&new.nature, &new.consequences, &new.measures, "Garage Claes", aware, unknown] {
                assert!(letter.contains(said), "{language}: {said}\n{letter}");
            }
            assert_eq!(letter.matches('{').count(), 1, "{language}: {letter}");
        }
    }
}
