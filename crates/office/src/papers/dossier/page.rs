//! The page of a dossier that any editor opens: whom it is about, what was answered and when, what each file is, and how to verify it.

use chrono::{DateTime, FixedOffset, Utc};

use crate::consents::EventShown;
use crate::papers::readme::{Language, fill, language, one_line, typed};
use crate::papers::vcard::formatted_name;
use crate::problem::Result;
use crate::vault::{Vault, contact};

/// A readable page.
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The answers in words: asked, given, refused, confirmed, withdrawn, corrected.
const ANSWERS: [(&str, [&str; 6]); 4] = [
    ("nl", ["gevraagd", "ja", "nee", "bevestigd", "ingetrokken", "rechtgezet"]),
    ("fr", ["demandé", "oui", "non", "confirmé", "retiré", "corrigé"]),
    ("de", ["gefragt", "ja", "nein", "bestätigt", "widerrufen", "berichtigt"]),
    ("en", ["asked", "yes", "no", "confirmed", "taken back", "corrected"]),
];
const CODES: [&str; 6] = ["asked", "given", "refused", "confirmed", "withdrawn", "corrected"];

/// The page in the person's language, or that of the business.
pub(super) fn page(vault: &Vault, no: i64, events: &[EventShown], now: DateTime<Utc>) -> Result<Page> {
    let held = contact::read(vault.rows(), no)?;
    let language = language(&[&held.language, &vault.business().language]);
    let template = match language.code {
        "nl" => include_str!("../letters/nl/dossier.txt"),
        "fr" => include_str!("../letters/fr/dossier.txt"),
        "de" => include_str!("../letters/de/dossier.txt"),
        _ => include_str!("../letters/en/dossier.txt"),
    };
    let fingerprint = vault.fingerprint()?;
    let on = vault.business().local(now.timestamp_millis()).date_naive();
    let text = fill(template, |place| match place {
        "business" => one_line(&vault.business().name),
        "name" => one_line(&formatted_name(&held)),
        "date" => language.date(on),
        "fingerprint" => fingerprint.clone(),
        _ => lines(language, events),
    });
    Ok(Page { name: language.file, bytes: typed(&text) })
}

/// A line for each event: when it happened, beside when it was recorded.
fn lines(language: &Language, events: &[EventShown]) -> String {
    let line = |event: &EventShown| {
        let (happened, recorded) = (told(language, &event.happened), told(language, &event.recorded));
        let answer = answer(language, event);
        format!("  {happened:<28} {recorded:<28} {} {}: {answer}\n", event.purpose, event.version)
    };
    if events.is_empty() { "  -\n".to_owned() } else { events.iter().map(line).collect() }
}

/// What was answered, in words.
pub(super) fn answer<'a>(language: &Language, event: &'a EventShown) -> &'a str {
    let words = ANSWERS.iter().find(|(code, _)| *code == language.code).map_or(ANSWERS[3].1, |(_, words)| *words);
    let at = CODES.iter().position(|code| *code == event.answer);
    at.and_then(|at| words.get(at)).copied().unwrap_or(event.answer.as_str())
}

pub(super) fn told(language: &Language, at: &str) -> String {
    let at = DateTime::parse_from_rfc3339(at);
    at.map_or_else(
        |_| String::new(),
        |at: DateTime<FixedOffset>| format!("{} {}", language.date(at.date_naive()), at.format("%H:%M")),
    )
}
