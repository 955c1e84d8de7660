//! What goes to a connection and what stays: the documents of `connection preview` and `connection export`.

use std::fmt::Write;
use std::path::Path;

use akkoord_office::clock;
use akkoord_office::connections::{self, Format, RunOptions, Sent, Tally, Why, Word};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::Vault;
use akkoord_rules::gate::Reason;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::names::Fields;
use crate::output::Outcome;
use crate::text::{counted, plain};

/// Those who do not go, as they come: a list that may be long.
#[derive(Debug, Default)]
struct Told {
    withheld: String,
    to_remove: String,
}

impl Told {
    fn add(&mut self, contact: Uuid, word: Word<'_>) -> Result<()> {
        match word {
            Word::Stays(reasons) => push(&mut self.withheld, &json!({ "contact": contact, "reasons": reasons })),
            Word::ToRemove => push(&mut self.to_remove, &contact),
        }
    }

    /// The document: the numbers of `rest`, and the two lists in the place of their numbers.
    fn document(self, rest: &impl Serialize) -> Result<String> {
        let system = |error: serde_json::Error| Problem::new(Code::System).because(error);
        let mut rest: Map<String, Value> = serde_json::from_value(json!(rest)).map_err(system)?;
        let sent = rest.remove("sent").unwrap_or_default();
        rest.remove("to_remove");
        let rest = serde_json::to_string(&rest).map_err(system)?;
        let rest = rest.trim_start_matches('{');
        let (withheld, to_remove) = (self.withheld, self.to_remove);
        Ok(format!("{{\"sent\":{sent},\"withheld\":[{withheld}],\"to_remove\":[{to_remove}],{rest}"))
    }
}

fn push(list: &mut String, value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|error| Problem::new(Code::System).because(error))?;
    list.push_str(if list.is_empty() { "" } else { "," });
    list.push_str(&text);
    Ok(())
}

/// Shows what a run would do.
pub(super) fn preview(vault: &Vault, key: &str) -> Result<Outcome> {
    let mut told = Told::default();
    let tally = connections::preview(vault, key, clock::now(), |contact, word| told.add(contact, word))?;
    let people = counted(tally.sent.unsigned_abs(), "person would", "people would");
    let stay = counted(tally.stays.unsigned_abs(), "stays", "stay");
    let mut text = format!("{people} go to {key}; {stay} here. Nothing was sent.\n");
    text.push_str(&why(&tally, &Fields::of(vault)?));
    Ok(Outcome::written(told.document(&tally)?, text))
}

/// Writes a file.
pub(super) fn export(vault: &mut Vault, key: &str, format: Format, to: &Path) -> Result<Outcome> {
    let mut told = Told::default();
    let now = clock::now();
    let sent = connections::export(vault, key, format, to, now, |contact, word| told.add(contact, word))?.output;
    let mut text = format!("Written to {}.\n", plain(&to.display().to_string()));
    if format == Format::Suppression {
        let addresses = counted(sent.suppressed.unsigned_abs(), "address", "addresses");
        text.push_str(&format!("It lists {addresses} that {key} has and must leave alone.\n"));
    } else {
        text.push_str(&went(&sent, key, &Fields::of(vault)?));
    }
    if sent.guarded > 0 {
        let cells = counted(sent.guarded.unsigned_abs(), "cell begins", "cells begin");
        text.push_str(&format!("{cells} with an apostrophe, so that no spreadsheet runs it as a formula.\n"));
    }
    Ok(Outcome::written(told.document(&sent)?, text))
}

/// Brings an address book to what people agreed to.
pub(super) fn run(vault: &mut Vault, key: &str, options: &RunOptions) -> Result<Outcome> {
    let ran = connections::run(vault, key, options, clock::now())?.output;
    let cards = |count: usize| counted(count as u64, "card", "cards");
    let mut text = format!(
        "{} written at {key}, {} taken away, {} as they should be.\n",
        cards(ran.written),
        ran.removed,
        ran.unchanged
    );
    for conflict in &ran.conflicts {
        let what = match conflict.why {
            Why::ChangedThere => "changed there",
            Why::GoneThere => "taken away there",
        };
        let _ = writeln!(text, "Left as it is, because somebody has {what}: {}", conflict.contact);
    }
    if !ran.conflicts.is_empty() {
        text.push_str("--overwrite CONTACT writes it all the same.\n");
    }
    text.push_str(&why(&ran.tally, &Fields::of(vault)?));
    Ok(Outcome::new(ran, text))
}

fn went(sent: &Sent, key: &str, fields: &Fields) -> String {
    let people = counted(sent.tally.sent.unsigned_abs(), "person goes", "people go");
    let stay = counted(sent.tally.stays.unsigned_abs(), "stays", "stay");
    let mut text = format!("{people} to {key}; {stay} here. It is on record with each person.\n");
    text.push_str(&why(&sent.tally, fields));
    for (field, people) in &sent.no_room {
        let people = counted(people.unsigned_abs(), "person", "people");
        let _ =
            writeln!(text, "This format has no room for something of {people}: {}", fields.name(field).to_lowercase());
    }
    text
}

/// Why people stay, what is held back, and who has to be taken out there.
fn why(tally: &Tally, fields: &Fields) -> String {
    let mut text = String::new();
    for count in &tally.reasons {
        let _ = writeln!(text, "  {:>6}  {}", count.people, reason(count.reason));
    }
    for (field, people) in &tally.withheld_fields {
        let people = counted(people.unsigned_abs(), "person", "people");
        let _ = writeln!(text, "Held back of {people}: {}", fields.name(field).to_lowercase());
    }
    if tally.to_remove > 0 {
        let people = counted(tally.to_remove.unsigned_abs(), "person", "people");
        let _ = writeln!(text, "Take {people} out there: they went before and may not any more.");
    }
    text
}

/// Why somebody stays.
fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotAsked => "never answered",
        Reason::AwaitingConfirmation => "did not confirm yet",
        Reason::Refused => "said no",
        Reason::Withdrawn => "took the yes back",
        Reason::Expired => "said yes, and that has ended",
        Reason::WordingChanged => "agreed to an older text",
        Reason::Objected => "objected",
        Reason::Restricted => "on lock",
        Reason::WrongChannel => "prefer another channel, or did not allow this one",
        Reason::NoAddress => "have nothing that it could receive",
        Reason::GuardianNeeded => "children, without a parent's yes",
        Reason::BasisMissing => "not among those whom the purpose is for",
        Reason::NoSharingPermission => "gave no permission to share",
        Reason::FieldWithheld => "have nothing but what is too sensitive for it",
        Reason::AllowedConsent
        | Reason::AllowedBasis
        | Reason::Erased
        | Reason::UnknownPurpose
        | Reason::UnknownContact => "may not",
    }
}
