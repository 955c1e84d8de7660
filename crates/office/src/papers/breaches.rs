//! The register of breaches as a file (Art. 33(5)): of each what happened, what may come of it, what was done, and who was told.

use std::path::Path;

use akkoord_rules::breach::Risk;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::breach::{told, words as known_words};
use super::letter::Shell;
use super::paper::{Block, Press};
use super::readme::Language;
use super::table;
use crate::problem::Result;
use crate::profile::Leaving;
use crate::registers::{BreachShown, Duty, breaches};
use crate::vault::{Act, Done, Vault};

/// The register as it was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BreachesRecorded")]
pub struct BreachesRecorded {
    /// How many breaches are in it.
    pub breaches: usize,
    /// `pdf` or `csv`.
    pub format: &'static str,
}

/// What the register says in one language.
struct Words {
    code: &'static str,
    title: &'static str,
    lead: &'static str,
    none: &'static str,
    /// Found, to be reported before, what happened, which data, people, records, known here by name, unreadable, risk, what may
    /// come of it, what was done, the authority, the people, noted on, noted by.
    columns: [&'static str; 15],
    /// Told, and not told; `{}` is when.
    told: [&'static str; 2],
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        title: "Register van datalekken",
        lead: "Elk datalek dat genoteerd werd, ook wat niet gemeld moest worden (artikel 33, lid 5, AVG).",
        none: "Er is geen datalek genoteerd.",
        columns: [
            "Ontdekt op",
            "Te melden voor",
            "Wat er gebeurde",
            "Welke gegevens",
            "Aantal mensen",
            "Aantal gegevens",
            "Bij naam gekend",
            "Onleesbaar gemaakt",
            "Risico",
            "Gevolgen",
            "Maatregelen",
            "Toezichthouder",
            "De mensen zelf",
            "Genoteerd op",
            "Genoteerd door",
        ],
        told: ["verteld op {}", "niet verteld, beslist op {}"],
    },
    Words {
        code: "fr",
        title: "Registre des violations de données",
        lead: "Chaque violation qui a été notée, y compris celles qui ne devaient pas être notifiées (article 33, paragraphe 5, RGPD).",
        none: "Aucune violation n'a été notée.",
        columns: [
            "Découverte le",
            "À notifier avant le",
            "Ce qui s'est passé",
            "Quelles données",
            "Nombre de personnes",
            "Nombre d'enregistrements",
            "Connues par leur nom",
            "Rendues illisibles",
            "Risque",
            "Conséquences",
            "Mesures",
            "Autorité de contrôle",
            "Les personnes elles-mêmes",
            "Noté le",
            "Noté par",
        ],
        told: ["informée le {}", "non informée, décidé le {}"],
    },
    Words {
        code: "de",
        title: "Verzeichnis der Datenpannen",
        lead: "Jede Datenpanne, die notiert wurde, auch was nicht gemeldet werden musste (Artikel 33 Absatz 5 DSGVO).",
        none: "Es wurde keine Datenpanne notiert.",
        columns: [
            "Entdeckt am",
            "Zu melden bis",
            "Was geschah",
            "Welche Daten",
            "Anzahl Personen",
            "Anzahl Datensätze",
            "Namentlich bekannt",
            "Unlesbar gemacht",
            "Risiko",
            "Folgen",
            "Maßnahmen",
            "Aufsichtsbehörde",
            "Die Personen selbst",
            "Notiert am",
            "Notiert von",
        ],
        told: ["benachrichtigt am {}", "nicht benachrichtigt, beschlossen am {}"],
    },
    Words {
        code: "en",
        title: "Register of breaches",
        lead: "Each breach that was noted, also those that did not have to be reported (Article 33(5) GDPR).",
        none: "No breach was noted.",
        columns: [
            "Found on",
            "To be reported before",
            "What happened",
            "Which data",
            "Number of people",
            "Number of records",
            "Known by name",
            "Made unreadable",
            "Risk",
            "Consequences",
            "Measures",
            "Authority",
            "The people themselves",
            "Noted on",
            "Noted by",
        ],
        told: ["told on {}", "not told, decided on {}"],
    },
];

/// Writes the register of breaches into a file, in the language of the business: as a paper, or as a table for a file that ends in
/// `.csv`.
///
/// # Errors
/// [`crate::Code::Invalid`] for a file that ends in neither `.pdf` nor `.csv`; [`crate::Code::System`] when it cannot be set;
/// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database.
pub fn breach_register(
    vault: &mut Vault,
    press: &dyn Press,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<BreachesRecorded>> {
    let format = table::format_of(to)?;
    let shell = Shell::of(vault, "", now)?;
    let words = WORDS.iter().find(|words| words.code == shell.language.code).unwrap_or(&WORDS[3]);
    let mut all = breaches(vault, now)?;
    all.sort_by_key(|one| one.breach);
    // A table's numbers are for programs, which read no sign between the thousands.
    let number = |number: i64| if format == "csv" { number.to_string() } else { shell.language.number(number) };
    let rows: Vec<Vec<String>> = all.iter().map(|breach| row(breach, words, shell.language, number)).collect();
    let bytes = if format == "csv" {
        table::plain(&words.columns, &rows)?.0
    } else {
        press.pdf(&shell.paper(vault, words.title.to_owned(), Vec::new(), body(words, rows)))?
    };
    let leaving = Leaving::whole(vault.profile(), to, &bytes)?;
    let written = BreachesRecorded { breaches: all.len(), format };
    let done = vault.record(Act::RegisterWritten, None, now, |rows| {
        rows.fact(None, &json!({ "register": "breaches", "format": format, "breaches": written.breaches }))?;
        Ok(written)
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

fn body(words: &Words, rows: Vec<Vec<String>>) -> Vec<Block> {
    let lead = if rows.is_empty() { words.none } else { words.lead };
    let mut body = vec![Block::Text(lead.to_owned())];
    for row in rows {
        body.push(Block::Heading(row.first().cloned().unwrap_or_default()));
        let said = words.columns.iter().zip(row).skip(1);
        body.push(Block::Pairs(said.map(|(name, value)| ((*name).to_owned(), value)).collect()));
    }
    body
}

/// A breach, in the order of [`Words::columns`].
fn row(breach: &BreachShown, words: &Words, language: &Language, number: impl Fn(i64) -> String) -> Vec<String> {
    let [unknown, readable, unreadable, unlikely, some, high, pending] = known_words(language);
    let known = |text: &str| if text.is_empty() { unknown.to_owned() } else { text.to_owned() };
    let roughly = |many: Option<i64>| many.map_or_else(|| unknown.to_owned(), &number);
    let risk = match breach.risk {
        Risk::Unlikely => unlikely,
        Risk::Some => some,
        Risk::High => high,
    };
    let duty = |duty: &Duty| {
        let (Some(was_told), Some(on)) = (duty.told, &duty.on) else { return pending.to_owned() };
        let [yes, no] = words.told;
        let said = if was_told { yes } else { no }.replace("{}", &told(language, on));
        duty.reason.as_ref().map_or_else(|| said.clone(), |reason| format!("{said}: {reason}"))
    };
    vec![
        told(language, &breach.aware),
        told(language, &breach.due),
        breach.nature.clone(),
        known(&breach.data),
        roughly(breach.people),
        roughly(breach.records),
        number(i64::try_from(breach.affected.len()).unwrap_or(i64::MAX)),
        if breach.encrypted { unreadable } else { readable }.to_owned(),
        risk.to_owned(),
        known(&breach.consequences),
        known(&breach.measures),
        duty(&breach.authority),
        duty(&breach.persons),
        told(language, &breach.recorded),
        breach.by.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use akkoord_rules::breach::Told;

    use super::*;
    use crate::papers::Paper;
    use crate::registers::{NewBreach, NewTold, breach_answer, breach_open};
    use crate::settings;
    use crate::trial::Trial;

    /// Prints the paper's text.
    struct Plain;

    impl Press for Plain {
        fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
            Ok(paper.text().into_bytes())
        }
    }

    #[test]
    fn each_breach_is_in_the_register_with_who_was_told_and_nobody_by_name() {
        let mut trial = Trial::new();
        let an = trial.person("An");
        let new = |nature: &str| NewBreach {
            aware: "2026-03-01T10:00".to_owned(),
            nature: nature.to_owned(),
            data: String::new(),
            people: Some(12),
            records: None,
            affected: vec![an.clone()],
            encrypted: false,
            risk: Risk::High,
            consequences: "ongewenste mails".to_owned(),
            measures: "alles gewist op afstand".to_owned(),
        };
        let stolen = breach_open(&mut trial.vault, &new("=Laptop gestolen"), trial.now).unwrap().output.breach;
        trial.later(1);
        breach_open(&mut trial.vault, &new("Mail naar wie ze niet aanging"), trial.now).unwrap();
        let told = NewTold { whom: Told::Authority, told: true, on: None, reason: String::new() };
        breach_answer(&mut trial.vault, stolen, &told, trial.now).unwrap();
        for (language, said) in [
            ("nl", ["verteld op 3 maart 2026 om 10.00 uur", "nog niet bekend"]),
            ("fr", ["informée le 3 mars 2026 à 10\u{a0}h\u{a0}00", "pas encore connu"]),
            ("de", ["benachrichtigt am 3. März 2026, 10:00\u{a0}Uhr", "noch nicht bekannt"]),
            ("en", ["told on 3 March 2026 at 10:00", "not known yet"]),
        ] {
            settings::business_set(&mut trial.vault, "Garage Claes", language, trial.now).unwrap();
            for ending in ["csv", "pdf"] {
                let to = trial.dir().join(format!("{language}.{ending}"));
                let done = breach_register(&mut trial.vault, &Plain, &to, trial.now).unwrap().output;
                assert_eq!((done.breaches, done.format), (2, ending));
                let text = std::fs::read_to_string(&to).unwrap();
                for said in said.iter().chain(&["Laptop gestolen", "Mail naar wie", "ongewenste mails", "12"]) {
                    assert!(text.contains(said), "{language}.{ending}: {said}\n{text}");
                }
                assert!(!text.contains(&an) && !text.contains("an@example.be"), "{text}");
                assert!(text.find("Laptop") < text.find("Mail naar"), "in the order in which they were noted");
            }
        }
        let table = std::fs::read_to_string(trial.dir().join("nl.csv")).unwrap();
        assert!(table.contains("'=Laptop"), "no cell is a formula: {table}");
        let other = trial.dir().join("x.txt");
        let wrong = breach_register(&mut trial.vault, &Plain, &other, trial.now).unwrap_err();
        assert_eq!(wrong.facts["why"], "pdf_or_csv");
        assert_eq!(trial.fault(), None);
    }
}
