//! What goes of a person: a draft into which nothing comes but the fields that go.

use rusqlite::Connection;

use crate::intake::draft::Draft;
use crate::people;
use crate::problem::Result;
use crate::vault::contact;

/// All that is known of a contact and of whoever was merged into it, each value once.
pub(super) fn whole(conn: &Connection, no: i64) -> Result<Draft> {
    let mut whole = Draft::default();
    for member in people::group(conn, no)? {
        whole.take_in(contact::read(conn, member)?);
    }
    let mut seen = std::collections::HashSet::new();
    whole.emails.retain(|email| seen.insert(email.normalised.clone()));
    whole.phones.retain(|phone| seen.insert(phone.e164.clone()));
    whole.websites.retain(|website| seen.insert(website.value.clone()));
    whole.labels.sort();
    whole.labels.dedup();
    let mut own = std::collections::HashSet::new();
    whole.custom.retain(|(key, _)| own.insert(key.clone()));
    let mut places = Vec::new();
    for address in std::mem::take(&mut whole.addresses) {
        if !places.contains(&address) {
            places.push(address);
        }
    }
    whole.addresses = places;
    Ok(whole)
}

/// Whether there is something in a field.
pub(super) fn holds(draft: &Draft, key: &str) -> bool {
    match key {
        "email" => !draft.emails.is_empty(),
        "phone" => !draft.phones.is_empty(),
        "address" => !draft.addresses.is_empty(),
        "website" => !draft.websites.is_empty(),
        "labels" => !draft.labels.is_empty(),
        _ => {
            let own = || draft.custom.iter().any(|(known, value)| known == key && !value.is_empty());
            draft.singles().iter().any(|(known, value)| *known == key && !value.is_empty()) || own()
        }
    }
}

/// Of a draft the fields with these keys, and nothing else.
pub(super) fn only(mut from: Draft, keys: &[&str]) -> Draft {
    let mut card = Draft::default();
    for key in keys {
        match *key {
            "prefix" => card.prefix = std::mem::take(&mut from.prefix),
            "given" => card.given = std::mem::take(&mut from.given),
            "middle" => card.middle = std::mem::take(&mut from.middle),
            "family" => card.family = std::mem::take(&mut from.family),
            "suffix" => card.suffix = std::mem::take(&mut from.suffix),
            "nickname" => card.nickname = std::mem::take(&mut from.nickname),
            "organisation" => card.organisation = std::mem::take(&mut from.organisation),
            "job_title" => card.job_title = std::mem::take(&mut from.job_title),
            "birthday" => card.birthday = std::mem::take(&mut from.birthday),
            "language" => card.language = std::mem::take(&mut from.language),
            "notes" => card.notes = std::mem::take(&mut from.notes),
            "email" => card.emails = std::mem::take(&mut from.emails),
            "phone" => card.phones = std::mem::take(&mut from.phones),
            "address" => card.addresses = std::mem::take(&mut from.addresses),
            "website" => card.websites = std::mem::take(&mut from.websites),
            "labels" => card.labels = std::mem::take(&mut from.labels),
            own => card.custom.extend(from.custom.iter().find(|(known, _)| known == own).cloned()),
        }
    }
    card
}
