//! `akkoord-cli consent history`, `dashboard` and `list`: looking at what was recorded.

use akkoord_office::clock;
use akkoord_office::consents::{self, EventShown};
use akkoord_office::problem::Result;
use akkoord_office::vault::{Business, Vault};
use akkoord_rules::consent::Status;
use serde_json::json;

use crate::names::{self, Purposes};
use crate::output::Outcome;
use crate::text::{date_in_words, plain, size, table, when};

pub(super) fn history(vault: &Vault, contact: &str) -> Result<Outcome> {
    let events = consents::history(vault, contact)?;
    let purposes = Purposes::of(vault)?;
    let text: String = events.iter().map(|event| in_words(event, &purposes, vault.business())).collect();
    let text = if text.is_empty() { "Nothing was recorded yet.".to_owned() } else { text };
    Ok(Outcome::new(json!({ "events": events }), text))
}

fn in_words(event: &EventShown, purposes: &Purposes, business: &Business) -> String {
    let how = if event.how.is_empty() { String::new() } else { format!(" {}", names::way(&event.how)) };
    let mut text = format!(
        "{}  {}: {}{how}, version {}\n    Recorded {} by {}\n    Event {}\n",
        when(&event.happened, business),
        plain(purposes.title(&event.purpose)),
        names::answer(&event.answer),
        event.version,
        when(&event.recorded, business),
        plain(&event.by),
        event.event,
    );
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("    {name}: {}\n", plain(value)));
        }
    };
    line(&format!("Text in {}", names::language(&event.language)), event.text.trim());
    let channels: Vec<&str> = event.channels.iter().map(|channel| names::channel(*channel)).collect();
    line("Channels", &channels.join(", "));
    line("Preferred", event.preferred.as_deref().unwrap_or_default());
    line("No longer holds from", &event.expires.map(date_in_words).unwrap_or_default());
    line("Parent or guardian", &event.guardian);
    line("Page", &event.url);
    line("Network address", &event.ip);
    line("Place", &event.place);
    line("Note", &event.note);
    line("Takes out", &event.corrects.map(|id| id.to_string()).unwrap_or_default());
    line("Taken out by", &event.corrected_by.map(|id| id.to_string()).unwrap_or_default());
    for proof in &event.proofs {
        line("Proof", &format!("{}, {} ({})", proof.name, size(proof.bytes), proof.id));
    }
    text
}

pub(super) fn dashboard(vault: &Vault, on: Option<&str>) -> Result<Outcome> {
    let now = clock::now();
    let on = consents::on_day(on, vault.business(), now)?;
    let purposes = consents::dashboard(vault, on, now)?;
    let rows: Vec<Vec<String>> = purposes
        .iter()
        .map(|purpose| {
            let counts = Status::ALL.iter().map(|status| purpose.counts.of(*status).to_string());
            [plain(&purpose.title)].into_iter().chain(counts).collect()
        })
        .collect();
    let head = ["Purpose", "Not asked", "Asked", "Waiting", "Agree", "Refused", "Withdrawn", "Over"];
    let text = match rows.is_empty() {
        true => "There is no purpose yet. Define one with `akkoord-cli purpose add`.".to_owned(),
        false => table(&head, &rows),
    };
    Ok(Outcome::new(json!({ "purposes": purposes }), text))
}

pub(super) fn list(vault: &Vault, purpose: &str, status: Status, on: Option<&str>, limit: usize) -> Result<Outcome> {
    let now = clock::now();
    let on = consents::on_day(on, vault.business(), now)?;
    let found = consents::list(vault, purpose, status, on, limit, now)?;
    let rows: Vec<Vec<String>> = found
        .contacts
        .iter()
        .map(|one| vec![one.name.clone(), one.email.clone().unwrap_or_default(), one.id.to_string()])
        .collect();
    let mut text = if rows.is_empty() { String::new() } else { table(&["Name", "E-mail", "Id"], &rows) };
    text.push_str(&match found.total {
        0 => "Nobody.\n".to_owned(),
        1 => "1 person.\n".to_owned(),
        many => format!("{many} people.\n"),
    });
    Ok(Outcome::new(found, text))
}
