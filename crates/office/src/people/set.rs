//! Changing a contact's data by hand.

use std::collections::HashSet;

use akkoord_rules::field::Provenance;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::json;

use super::nth::{self, Place};
use super::restrict::unlocked;
use super::unset::{Before, seal};
use super::who::{Who, resolve};
use crate::erasure;
use crate::intake::draft::{Address, Draft, Email, Phone, Website};
use crate::normal::{email, phone};
use crate::problem::{Problem, Result};
use crate::settings;
use crate::vault::contact::{self, Origin, provenance_code};
use crate::vault::source::{self, Source};
use crate::vault::{Act, Business, Done, Rows, Vault};

/// What to do with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ChangeHow")]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The field shall have this value alone; an empty one empties it.
    Set,
    /// The value comes beside those that are there; for fields that repeat.
    Add,
    /// The value goes; for fields that repeat.
    Remove,
}

/// One change of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Change {
    /// The field's key; a part of an address is `address.city`. Of several values `email.2` is the second, `address.2.city` the
    /// town of the second address.
    pub field: String,
    /// What to do.
    pub how: How,
    /// The value.
    pub value: String,
}

pub(super) const ADDRESS_PARTS: [&str; 8] =
    ["label", "street", "extended", "po_box", "city", "region", "postal_code", "country"];

/// The contact's row and those of whoever was merged into it: what goes from one goes from all.
pub(super) const GROUP: &str = "contact_no IN (SELECT no FROM contact WHERE no = ?1 OR merged_into = ?1)";

/// Changes a contact; all changes or none. The values before stay in the timeline until the contact is erased. Returns the change's
/// entry in the audit chain, which takes it back.
///
/// # Errors
/// As `resolve`; [`crate::Code::Restricted`]; [`crate::Code::Blocked`] for an address of somebody who was erased; [`crate::Code::NotFound`] for an unknown field; [`crate::Code::Invalid`] for a value that is no e-mail
/// address, phone number or date, for one that is none of the choices (`no_choice`, with `choices`), a way of changing that the field does not have, or nothing left to know anybody by.
pub fn set(vault: &mut Vault, given: &str, changes: &[Change], now: DateTime<Utc>) -> Result<Done<i64>> {
    let who = resolve(vault.rows(), given)?;
    let business = vault.business().clone();
    unlocked(vault.rows(), &business, who)?;
    let by = vault.by().to_owned();
    not_twice(changes)?;
    let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
    let done = vault.record(Act::ContactSet, Some(who.id), now, |rows| {
        let before = Before::of_group(rows, who.no)?;
        let source =
            Source { kind: "direct", origin: "self", text: "edited", at: rows.at, by: &by, ..Source::default() };
        let source_no = source::insert(rows, who.no, &source)?;
        let origin = Origin { provenance: Provenance::Provided, source_no };
        for change in changes {
            apply(rows, who.no, change, origin, &business)?;
        }
        seal(rows, who, before, &json!(fields), None)?;
        Ok(rows.seq)
    });
    erasure::refused_entry(vault, done, now)
}

/// Takes an e-mail address or a number from a contact, also from one on lock: it must not be in the vault.
///
/// # Errors
/// Faults of the database; [`crate::Code::Invalid`] when nothing is left to know anybody by.
pub(crate) fn give_up(vault: &mut Vault, who: Who, field: &str, value: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let (table, column) = if field == "email" { ("contact_email", "normalised") } else { ("contact_phone", "e164") };
    vault.record(Act::ContactSet, Some(who.id), now, |rows| {
        let before = Before::of_group(rows, who.no)?;
        rows.execute(&format!("DELETE FROM {table} WHERE {GROUP} AND {column} = ?2"), params![who.no, value])?;
        seal(rows, who, before, &json!([field]), None)
    })
}

/// Refuses to set one field to two values: one of them would be lost without a word.
pub(super) fn not_twice(changes: &[Change]) -> Result<()> {
    let mut set = HashSet::new();
    let twice = changes.iter().find(|change| change.how == How::Set && !set.insert(change.field.as_str()));
    twice.map_or(Ok(()), |change| Err(Problem::invalid(&change.field, "set_twice")))
}

/// Whether there is nothing by which anybody could be known or reached.
pub(super) fn says_nothing(draft: &Draft) -> bool {
    let names = [&draft.given, &draft.middle, &draft.family, &draft.nickname, &draft.organisation];
    names.iter().all(|name| name.is_empty()) && draft.emails.is_empty() && draft.phones.is_empty()
}

/// Makes one change. The caller derives the contact anew afterwards.
pub(super) fn apply(rows: &Rows<'_>, no: i64, change: &Change, origin: Origin, business: &Business) -> Result<()> {
    let field = change.field.as_str();
    if let Some(place) = Place::of(field) {
        return nth::apply(rows, no, place, change, origin, business);
    }
    if let Some(part) = field.strip_prefix("address.") {
        return set_address_part(rows, no, part, change, origin);
    }
    match field {
        "email" | "phone" | "website" | "address" => repeated(rows, no, change, origin, business),
        "labels" => labels(rows, no, change),
        single if Draft::SINGLE.contains(&single) => set_single(rows, no, change, origin),
        _ => set_own(rows, no, change, origin),
    }
}

fn set_single(rows: &Rows<'_>, no: i64, change: &Change, origin: Origin) -> Result<()> {
    if change.how != How::Set {
        return Err(Problem::invalid(&change.field, "single_value"));
    }
    let value = change.value.trim();
    if change.field == "birthday" && !value.is_empty() && !is_birthday(value) {
        return Err(Problem::invalid("birthday", "no_date"));
    }
    let set = rows
        .prepare_cached(&format!("UPDATE contact SET {0} = ?1 WHERE no = ?2 AND {0} <> ?1", change.field))?
        .execute(params![value, no])?;
    if value.is_empty() {
        // Else that of whoever was merged into it would speak in its place.
        rows.prepare_cached(&format!("UPDATE contact SET {0} = '' WHERE merged_into = ? AND {0} <> ''", change.field))?
            .execute([no])?;
    }
    if set == 0 {
        return Ok(());
    }
    rows.prepare_cached(
        "INSERT INTO field_origin (contact_no, field, provenance, source_no) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET provenance = excluded.provenance, source_no = excluded.source_no",
    )?
    .execute(params![no, change.field, provenance_code(origin.provenance), origin.source_no])?;
    Ok(())
}

/// A date, or a day without a year.
fn is_birthday(value: &str) -> bool {
    value.parse::<chrono::NaiveDate>().is_ok()
        || value.strip_prefix("--").is_some_and(|day| format!("2000-{day}").parse::<chrono::NaiveDate>().is_ok())
}

fn repeated(rows: &Rows<'_>, no: i64, change: &Change, origin: Origin, business: &Business) -> Result<()> {
    if change.how != How::Set && change.value.trim().is_empty() {
        return Err(Problem::invalid(&change.field, "empty"));
    }
    let (table, column, value) = compared(change, business)?;
    if change.how == How::Set {
        // One that is there already keeps where it came from.
        rows.execute(&format!("DELETE FROM {table} WHERE {GROUP} AND {column} <> ?2"), params![no, value])?;
        if change.value.trim().is_empty() {
            return Ok(());
        }
        if matches!(change.field.as_str(), "email" | "phone") {
            rows.execute(&format!("UPDATE {table} SET value = ?2 WHERE {GROUP}"), params![no, change.value.trim()])?;
        }
    }
    if change.how == How::Remove {
        let gone = rows.execute(&format!("DELETE FROM {table} WHERE {GROUP} AND {column} = ?2"), params![no, value])?;
        return if gone == 0 { Err(Problem::not_found(&change.field, &change.value)) } else { Ok(()) };
    }
    let known = rows
        .prepare(&format!("SELECT 1 FROM {table} WHERE contact_no = ? AND {column} = ?"))?
        .exists(params![no, value])?;
    if known { Ok(()) } else { add_value(rows, no, change, origin, business) }
}

/// The table of a repeated field, its column for comparing, and the change's value as compared.
fn compared(change: &Change, business: &Business) -> Result<(&'static str, &'static str, String)> {
    let value = change.value.trim();
    let set_empty = value.is_empty() && change.how == How::Set;
    Ok(match change.field.as_str() {
        "email" if set_empty => ("contact_email", "normalised", String::new()),
        "phone" if set_empty => ("contact_phone", "e164", String::new()),
        "email" => ("contact_email", "normalised", parse_email(value)?.normalised),
        "phone" => ("contact_phone", "e164", parse_phone(value, business)?.e164),
        "website" => ("contact_website", "value", value.to_owned()),
        _ => ("contact_address", "street", value.to_owned()),
    })
}

fn add_value(rows: &Rows<'_>, no: i64, change: &Change, origin: Origin, business: &Business) -> Result<()> {
    let value = change.value.trim();
    match change.field.as_str() {
        "email" => contact::add_email(rows, no, &parse_email(value)?, "", origin)?,
        "phone" => contact::add_phone(rows, no, &parse_phone(value, business)?, "", origin)?,
        "website" => {
            contact::add_website(rows, no, &Website { value: value.to_owned(), ..Website::default() }, origin)?
        }
        _ => contact::add_address(rows, no, &Address { street: value.to_owned(), ..Address::default() }, origin)?,
    };
    Ok(())
}

/// An e-mail address typed by hand.
///
/// # Errors
/// [`crate::Code::Invalid`].
pub fn parse_email(value: &str) -> Result<Email> {
    let normal = email::normalise(value).ok_or_else(|| Problem::invalid("email", "no_email"))?;
    Ok(Email { value: value.to_owned(), normalised: normal.normalised, label: String::new() })
}

/// A phone number typed by hand.
///
/// # Errors
/// [`crate::Code::Invalid`].
pub fn parse_phone(value: &str, business: &Business) -> Result<Phone> {
    let normal = phone::Region::of(&business.country).and_then(|home| phone::normalise(value, home, None));
    let normal = normal.ok_or_else(|| Problem::invalid("phone", "no_phone"))?;
    Ok(Phone { value: value.to_owned(), e164: normal.e164, national: normal.national, label: String::new() })
}

fn set_address_part(rows: &Rows<'_>, no: i64, part: &str, change: &Change, origin: Origin) -> Result<()> {
    if !ADDRESS_PARTS.contains(&part) {
        return Err(Problem::not_found("field", &change.field));
    }
    if change.how != How::Set {
        return Err(Problem::invalid(&change.field, "single_value"));
    }
    let first: Option<i64> = rows
        .prepare_cached("SELECT no FROM contact_address WHERE contact_no = ? ORDER BY no LIMIT 1")?
        .query_row([no], |row| row.get(0))
        .optional()?;
    let address = match first {
        Some(address) => address,
        None => contact::add_address(rows, no, &Address::default(), origin)?,
    };
    set_part(rows, address, part, change.value.trim(), origin)
}

/// A part of an address; one that says this already keeps where it came from.
pub(super) fn set_part(rows: &Rows<'_>, address: i64, part: &str, value: &str, origin: Origin) -> Result<()> {
    rows.prepare_cached(&format!(
        "UPDATE contact_address SET {part} = ?1, provenance = ?2, source_no = ?3 WHERE no = ?4 AND {part} <> ?1"
    ))?
    .execute(params![value, provenance_code(origin.provenance), origin.source_no, address])?;
    Ok(())
}

fn labels(rows: &Rows<'_>, no: i64, change: &Change) -> Result<()> {
    let values = change.value.split(',').map(str::trim).filter(|label| !label.is_empty());
    if change.how == How::Set {
        rows.execute(&format!("DELETE FROM contact_label WHERE {GROUP}"), [no])?;
    }
    for label in values {
        if change.how == How::Remove {
            rows.execute(&format!("DELETE FROM contact_label WHERE {GROUP} AND label = ?2"), params![no, label])?;
        } else {
            contact::add_label(rows, no, label)?;
        }
    }
    Ok(())
}

fn set_own(rows: &Rows<'_>, no: i64, change: &Change, origin: Origin) -> Result<()> {
    if change.how != How::Set {
        return Err(Problem::invalid(&change.field, "single_value"));
    }
    let field = settings::own_field(rows, &change.field)?;
    let value = change.value.trim();
    let value = if value.is_empty() { Ok(String::new()) } else { field.kept(value) };
    let value = value.map_err(|unfit| field.refusal(unfit))?;
    if value.is_empty() {
        rows.prepare_cached(
            "UPDATE custom_value SET value = '' WHERE field_no = (SELECT no FROM field WHERE key = ?2 AND own = 1)
               AND contact_no IN (SELECT no FROM contact WHERE merged_into = ?1)",
        )?
        .execute(params![no, change.field])?;
    }
    contact::set_custom(rows, no, &change.field, &value, origin)
}
