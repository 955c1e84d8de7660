//! A contact's page and timeline in words.

use akkoord_office::people::{self, Moment, Shown};
use akkoord_office::problem::Result;
use akkoord_office::vault::{Business, Vault};
use serde_json::{Value, json};

use super::{asked, consent};
use crate::names::{self, Fields, Purposes};
use crate::output::Outcome;
use crate::text::{capital, date_in_words, labelled, listed, plain, short_when, table, when};

/// What every contact may have, in the order in which a page shows it before the addresses.
const NAMES: [&str; 8] = ["prefix", "given", "middle", "family", "suffix", "nickname", "organisation", "job_title"];

/// All that is known about a contact.
pub(super) fn page(vault: &Vault, shown: &Shown) -> Result<String> {
    let (fields, purposes) = (Fields::of(vault)?, Purposes::of(vault)?);
    let mut text = format!("{}\n{}, {}\n\n", plain(&shown.name), capital(&shown.kind), shown.id);
    if let Some(lock) = &shown.restriction {
        let since = when(&lock.since, vault.business());
        text.push_str(&format!("ON LOCK since {since}, by {}: {}\n\n", plain(&lock.by), plain(&lock.reason)));
    }
    text.push_str(&labelled(&data(shown, &fields)));
    let sources = shown.sources.iter().map(|source| came_from(source, vault.business())).collect();
    text.push_str(&part("Where the data came from", sources));
    let told = shown.informed.iter().map(|told| (date_in_words(told.on), capital(&names::way(&told.how))));
    text.push_str(&part("When they were told of it", told.collect()));
    let consents = shown.consents.iter().map(|consent| {
        let stands = consent::standing_in_words(consent.status, consent.expires);
        (purposes.title(&consent.purpose).to_owned(), stands)
    });
    text.push_str(&part("What they agreed to", consents.collect()));
    let objections = shown.objections.iter().filter(|objection| objection.lifted.is_none()).map(|objection| {
        let what = objection.purpose.as_deref().map_or("All marketing", |key| purposes.title(key));
        (when(&objection.since, vault.business()), what.to_owned())
    });
    text.push_str(&part("What they object to", objections.collect()));
    text.push_str(&part("How long it is kept", kept(&shown.retention)));
    let requests = shown.requests.iter().flat_map(|request| asked::lines(request, vault.business())).collect();
    text.push_str(&part("What they asked for", requests));
    Ok(text)
}

/// Until when somebody is kept, and what stands against their going.
fn kept(retention: &serde_json::Map<String, Value>) -> Vec<(String, String)> {
    let word = |name: &str| retention.get(name).and_then(Value::as_str);
    let day = |name: &str| word(name).and_then(|day| day.parse().ok()).map(date_in_words);
    let mut lines = Vec::new();
    if let Some(ends) = day("ends") {
        lines.push(("May go from".to_owned(), ends));
    }
    if let (Some(until), Some(reason)) = (day("held_until"), word("hold_reason")) {
        lines.push(("Must be kept until".to_owned(), format!("{until}: {}", plain(reason))));
    }
    if word("erasure").is_some() {
        lines.push(("To be erased".to_owned(), "after that day".to_owned()));
    }
    lines
}

fn part(head: &str, lines: Vec<(String, String)>) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{head}\n{}", labelled(&lines)) }
}

fn data(shown: &Shown, names: &Fields) -> Vec<(String, String)> {
    let fields = &shown.fields;
    let single = |key: &str, value: &Value| {
        let value = value.as_str().unwrap_or_default();
        (names.name(key), if key == "language" { names::language(value) } else { value }.to_owned())
    };
    let mut lines: Vec<(String, String)> =
        NAMES.iter().filter_map(|key| Some(single(key, fields.single.get(*key)?))).collect();
    let mut line = |key: &str, value: &str, label: &str, provenance: &str| {
        lines.push((names.name(key), noted(value, label, provenance)));
    };
    for email in &fields.emails {
        line("email", &email.value, &email.label, &email.provenance);
    }
    for phone in &fields.phones {
        line("phone", &phone.value, &phone.label, &phone.provenance);
    }
    for address in &fields.addresses {
        let parts = &address.parts;
        line("address", &parts.line(), &parts.label, &address.provenance);
    }
    for website in &fields.websites {
        line("website", &website.value, &website.label, &website.provenance);
    }
    if !fields.labels.is_empty() {
        line("labels", &fields.labels.join(", "), "", "");
    }
    lines.extend(fields.single.iter().filter(|(key, _)| !NAMES.contains(&key.as_str())).map(|(k, v)| single(k, v)));
    lines
}

/// A value with what it is for and, where the person did not give it, where it is from.
fn noted(value: &str, label: &str, provenance: &str) -> String {
    let from = match provenance {
        "observed" => "seen by us",
        "derived" => "worked out by us",
        "third_party" => "from somebody else",
        _ => "",
    };
    let notes: Vec<&str> = [label, from].into_iter().filter(|note| !note.is_empty()).collect();
    if notes.is_empty() { value.to_owned() } else { format!("{value} ({})", notes.join(", ")) }
}

fn came_from(source: &people::SourceShown, business: &Business) -> (String, String) {
    let mut what = match (&source.file, source.row) {
        (Some(file), Some(row)) => format!("{file}, line {row}"),
        (Some(file), None) => file.clone(),
        (None, _) => match source.text.as_str() {
            "" => "Typed in".to_owned(),
            "edited" => "Changed by hand".to_owned(),
            text => text.to_owned(),
        },
    };
    for place in [&source.place, &source.url, &source.ip].into_iter().filter(|place| !place.is_empty()) {
        what.push_str(&format!(", {place}"));
    }
    what.push_str(match source.origin.as_str() {
        "other" => "; at first from somebody else",
        "unknown" => "; nobody knows from whom at first",
        _ => "",
    });
    (when(&source.at, business), format!("{what} (recorded by {})", source.by))
}

/// What happened with a contact, one line each.
pub(super) fn timeline(vault: &Vault, contact: &str) -> Result<Outcome> {
    let moments = people::timeline(vault, contact)?;
    let (fields, purposes) = (Fields::of(vault)?, Purposes::of(vault)?);
    let say = |moment: &Moment| {
        let of_them = of_erasure(moment).or_else(|| of_right(moment));
        of_them.unwrap_or_else(|| told(moment, &fields, &purposes))
    };
    let row = |moment: &Moment| vec![short_when(&moment.at, vault.business()), capital(&say(moment))];
    let text = table(&["When", "What"], &moments.iter().map(row).collect::<Vec<_>>());
    Ok(Outcome::new(json!({ "timeline": moments }), text))
}

/// What happened, in words.
fn told(moment: &Moment, fields: &Fields, purposes: &Purposes) -> String {
    let facts = &moment.facts;
    let word = |name: &str| facts.pointer(name).and_then(Value::as_str).unwrap_or_default();
    match moment.act.as_str() {
        "contact_added" => "typed in".to_owned(),
        "contact_set" => {
            let all = facts.pointer("/changed").and_then(Value::as_array).into_iter().flatten();
            let mut names: Vec<String> = Vec::new();
            for name in all.filter_map(Value::as_str).map(|key| fields.name(key).to_lowercase()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            format!("changed: {}", listed(&names))
        }
        "imported" if facts.get("fields").is_some() => format!("came in with an import, line {}", facts["line"]),
        "imported" => format!("completed by an import, line {}", facts["line"]),
        "import_undone" => "an import was taken back".to_owned(),
        "contact_merged" => "made one with another contact".to_owned(),
        "contact_unmerged" => "separate again".to_owned(),
        "call_recorded" if facts.get("fields").is_some() => "typed in during a conversation".to_owned(),
        "consent_recorded" | "call_recorded" => {
            let how = names::way(word("/event/how"));
            let said = names::answer(word("/event/answer"));
            format!("“{}”: {said} {how}", purposes.title(word("/event/purpose")))
        }
        "connection_fed" | "connection_cleared" if facts.get("removed_at").is_some() => {
            format!("taken out at {}", word("/removed_at/connection"))
        }
        "connection_fed" => {
            let all = facts.pointer("/disclosure/fields").and_then(Value::as_array).into_iter().flatten();
            let names: Vec<String> = all.filter_map(Value::as_str).map(|key| fields.name(key).to_lowercase()).collect();
            format!("went to {}: {}", word("/disclosure/connection"), listed(&names))
        }
        "suppression_written" => {
            format!("{} was told to leave the address alone", word("/suppressed/connection"))
        }
        "list_exported" if word("/listed/purpose") == "inform" => match word("/listed/channel") {
            "email" => "mail about this data prepared".to_owned(),
            _ => "letter about this data prepared".to_owned(),
        },
        "proof_exported" if facts.get("opened").is_some() => "a proof was opened".to_owned(),
        "proof_exported" => "a proof was saved outside the vault".to_owned(),
        "contact_restricted" => format!("put on lock: {}", word("/restriction/reason")),
        "contact_unrestricted" => format!("lock lifted: {}", word("/restriction/lifted_reason")),
        "contacts_distinct" => "somebody else than one who looks alike".to_owned(),
        "contacts_alike" => "perhaps the same as one who looks alike after all".to_owned(),
        "contacts_labelled" if facts["added"] == true => format!("given the label {}", word("/label")),
        "contacts_labelled" => format!("the label {} was taken away", word("/label")),
        "people_informed" if word("/informed/how") == "knew" => "knew already that their data is held".to_owned(),
        "people_informed" => format!("told {} that their data is held", names::way(word("/informed/how"))),
        "people_uninformed" => "not told that their data is held after all".to_owned(),
        "objection_recorded" => "objected".to_owned(),
        "objection_lifted" => "took an objection back".to_owned(),
        other => names::act(other),
    }
}

/// What came of a request, in words; a letter or mail may take its step, and take data along.
fn of_right(moment: &Moment) -> Option<String> {
    let facts = &moment.facts;
    let word = |name: &str| facts.pointer(name).and_then(Value::as_str).unwrap_or_default();
    let kind = word("/kind").replace('_', " ");
    Some(match moment.act.as_str() {
        "request_opened" => format!("asked for {kind}"),
        "request_moved" => format!("the request for {kind} moved on"),
        "letter_made" | "mail_sent" if facts.get("step").is_some() => format!("the request for {kind} moved on"),
        "contact_exported" | "letter_made" | "mail_queued" if facts.get("for").is_some() => {
            format!("data put into a file for {}", word("/for"))
        }
        _ => return None,
    })
}

/// What was ordered of an erasure, in words.
fn of_erasure(moment: &Moment) -> Option<String> {
    let facts = &moment.facts;
    let word = |name: &str| facts.pointer(name).and_then(Value::as_str).unwrap_or_default();
    Some(match moment.act.as_str() {
        "erasure_ordered" | "hold_set" if facts.get("hold").is_some() => {
            format!("to be kept until {}: {}", word("/hold/until"), word("/hold/reason"))
        }
        "erasure_ordered" if facts.get("restriction").is_some() => "put on lock until it is erased".to_owned(),
        "hold_set" => "a duty noted before no longer counts".to_owned(),
        "erasure_ordered" => "to be erased".to_owned(),
        "contact_unrestricted" if facts.get("taken_back").is_some() => "not to be erased after all".to_owned(),
        _ => return None,
    })
}
