//! Papers that the owner keeps or shows to somebody who asks: certificates, registers, dossiers.

use std::path::Path;

use akkoord_office::erasure::{self, Erased, Ground, NewHold, Outcome};
use akkoord_office::papers::{self, BreachText, BreachesRecorded, Dossier, Letter, Logged, Recorded, Wanted};
use akkoord_office::problem::Result;
use akkoord_office::vault::{Done, Vault};
use akkoord_press::Typst;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

use crate::outgoing::{Saved, free, saved, word};

/// What became of an order to erase somebody, with the letter that was made for them before.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct ErasedShown {
    /// What became of it.
    pub(crate) erased: Erased,
    /// The path of the letter, where one was wanted.
    pub(crate) letter: Option<String>,
}

/// What is wanted of an erasure.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct ErasureIn {
    ground: Ground,
    /// A duty to keep that comes first.
    hold: Option<NewHold>,
    /// With a letter to them.
    letter: bool,
    /// What the person at the window saw would become of it.
    expected: Outcome,
}

/// Erases somebody, as it was seen. The letter that tells them so is made first: afterwards nothing says any more to whom it
/// would go.
pub(crate) fn erase(
    vault: &mut Vault,
    contact: Uuid,
    wanted: &ErasureIn,
    now: DateTime<Utc>,
) -> Result<Done<ErasedShown>> {
    let (contact, hold) = (contact.to_string(), wanted.hold.as_ref());
    erasure::expect(vault, &contact, hold, wanted.expected, now)?;
    let letter = wanted.letter.then(|| farewell(vault, &contact, &wanted.ground, now)).transpose()?;
    let done = erasure::erase(vault, &contact, &wanted.ground, hold, now);
    let went = done.as_ref().is_ok_and(|done| done.output.certificate.is_some());
    let letter = match letter {
        Some(path) if !went => {
            // It says what did not happen.
            let _ = std::fs::remove_file(path);
            None
        }
        letter => letter,
    };
    let Done { output: erased, touched } = done?;
    Ok(Done { output: ErasedShown { erased, letter }, touched })
}

fn farewell(vault: &mut Vault, contact: &str, ground: &Ground, now: DateTime<Utc>) -> Result<String> {
    let to = free(vault, word(vault, ["gewist", "efface", "geloescht", "erased"]), "pdf", now)?;
    let request = match ground {
        Ground::Request(request) => Some(*request),
        Ground::Reason(_) => None,
    };
    let wanted = Wanted { contact: Some(contact.to_owned()), request, ..Wanted::default() };
    papers::make(vault, Letter::Erased, &wanted, &Typst, (&to, false), now)?;
    Ok(to.display().to_string())
}

/// The certificate of an erasure.
pub(crate) fn certificate(vault: &mut Vault, erasure: Uuid, now: DateTime<Utc>) -> Result<Done<Saved<()>>> {
    let to = free(vault, word(vault, ["attest", "attestation", "bescheinigung", "certificate"]), "pdf", now)?;
    let done = papers::certificate(vault, &Typst, erasure, &to, now)?;
    Ok(saved(done, &to))
}

/// The record of processing, as a paper or as a table.
pub(crate) fn register(vault: &mut Vault, table: bool, now: DateTime<Utc>) -> Result<Done<Saved<Recorded>>> {
    let what = word(vault, ["verwerkingen", "traitements", "verarbeitungen", "processing"]);
    let to = free(vault, what, if table { "csv" } else { "pdf" }, now)?;
    let done = papers::register(vault, &Typst, &to, now)?;
    Ok(saved(done, &to))
}

/// The register of breaches, as a paper or as a table.
pub(crate) fn breaches(vault: &mut Vault, table: bool, now: DateTime<Utc>) -> Result<Done<Saved<BreachesRecorded>>> {
    let what = word(vault, ["datalekken", "violations", "datenpannen", "breaches"]);
    let to = free(vault, what, if table { "csv" } else { "pdf" }, now)?;
    let done = papers::breach_register(vault, &Typst, &to, now)?;
    Ok(saved(done, &to))
}

/// The audit log as a table.
pub(crate) fn logbook(vault: &mut Vault, now: DateTime<Utc>) -> Result<Done<Saved<Logged>>> {
    let to = free(vault, word(vault, ["logboek", "journal", "protokoll", "log"]), "csv", now)?;
    let done = papers::logbook(vault, &to, now)?;
    Ok(saved(done, &to))
}

/// A text about a breach.
pub(crate) fn breach(
    vault: &mut Vault,
    breach: Uuid,
    which: BreachText,
    now: DateTime<Utc>,
) -> Result<Done<Saved<()>>> {
    let what = match which {
        BreachText::Authority => ["melding", "notification", "meldung", "notification"],
        BreachText::Persons => ["bericht", "message", "nachricht", "message"],
    };
    let to = free(vault, word(vault, what), "txt", now)?;
    let done = papers::breach_file(vault, breach, which, &to, now)?;
    Ok(saved(done, &to))
}

/// The proof dossier of a person.
pub(crate) fn dossier(vault: &mut Vault, contact: Uuid, now: DateTime<Utc>) -> Result<Done<Saved<Dossier>>> {
    let to = free(vault, word(vault, ["bewijsdossier", "dossier-de-preuve", "nachweise", "dossier"]), "zip", now)?;
    let done = papers::dossier(vault, &contact.to_string(), &Typst, Path::new(&to), now)?;
    Ok(saved(done, &to))
}
