//! Adding one contact by hand.

use std::collections::HashSet;

use akkoord_rules::field::Provenance;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::set::{Change, apply, not_twice, parse_email, parse_phone, says_nothing};
use super::who::Who;
use crate::erasure;
use crate::intake::draft::Draft;
use crate::normal::net;
use crate::problem::{Code, Problem, Result};
use crate::vault::contact::{self, Origin};
use crate::vault::source::{self, Source};
use crate::vault::{Act, Business, Done, Rows, Vault};

/// The longest place, in letters.
const PLACE_MAX: usize = 200;

/// Where the person's data came from, as the one who types it in says.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct NewSource {
    /// In words: "came by the shop".
    pub text: String,
    /// The page on which they left it.
    pub url: String,
    /// The address that they left it from.
    pub ip: String,
    /// The place, if known.
    pub place: String,
}

impl NewSource {
    /// The same, looked over: the page and the network address as they are compared, each of them empty where it is not known.
    ///
    /// # Errors
    /// [`Code::Invalid`], field `url`, `ip` or `place`, why `no_page`, `no_ip`, `one_line` or `too_long`.
    pub(crate) fn checked(&self) -> Result<Self> {
        let known = |field, text: &str, read: fn(&str) -> Option<String>, why| {
            let given = !text.trim().is_empty();
            if given { read(text).ok_or_else(|| Problem::invalid(field, why)) } else { Ok(String::new()) }
        };
        let place = self.place.trim();
        if place.chars().any(char::is_control) {
            return Err(Problem::invalid("place", "one_line"));
        }
        if place.chars().count() > PLACE_MAX {
            return Err(Problem::invalid("place", "too_long").with("max", PLACE_MAX));
        }
        Ok(Self {
            text: self.text.clone(),
            url: known("url", &self.url, net::page, "no_page")?,
            ip: known("ip", &self.ip, net::address, "no_ip")?,
            place: place.to_owned(),
        })
    }
}

/// Somebody's data as typed by hand: names and addresses, each looked over. Addresses that are empty are left out.
///
/// # Errors
/// [`Code::Invalid`] for what is no e-mail address or phone number.
pub fn typed<S: AsRef<str>>(names: [&str; 2], emails: &[S], phones: &[S], business: &Business) -> Result<Draft> {
    let [given, family] = names.map(|name| name.trim().to_owned());
    let given_of = |values: &[S]| -> Vec<String> {
        values.iter().map(|value| value.as_ref().trim().to_owned()).filter(|value| !value.is_empty()).collect()
    };
    let emails = given_of(emails).iter().map(|value| parse_email(value)).collect::<Result<_>>()?;
    let phones = given_of(phones).iter().map(|value| parse_phone(value, business)).collect::<Result<_>>()?;
    Ok(Draft { given, family, emails, phones, ..Draft::default() })
}

/// Adds a contact: a draft, and fields that it has no place for as changes of it. Returns its id.
///
/// # Errors
/// [`Code::Blocked`] for an e-mail or phone of somebody who was erased; [`Code::Duplicate`] with the `contact` that has it already,
/// unless `duplicate` is allowed; [`Code::Invalid`] for a draft that says nothing about anybody, and for where
/// it came from.
pub fn add(
    vault: &mut Vault,
    draft: &Draft,
    changes: &[Change],
    from: &NewSource,
    duplicate: bool,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let by = vault.by().to_owned();
    let business = vault.business().clone();
    let added = vault.record(Act::ContactAdded, None, now, |rows| {
        let who = put(rows, &business, &by, draft, changes, from, duplicate)?;
        rows.about(who.id);
        Ok(who.id)
    });
    erasure::refused_entry(vault, added, now)
}

/// Adds a contact as [`add`] does, inside the running act.
///
/// # Errors
/// As [`add`].
pub(crate) fn put(
    rows: &mut Rows<'_>,
    business: &Business,
    by: &str,
    draft: &Draft,
    changes: &[Change],
    from: &NewSource,
    duplicate: bool,
) -> Result<Who> {
    not_twice(changes)?;
    let from = from.checked()?;
    let draft = &each_once(draft);
    let id = Uuid::now_v7();
    let key = contact::insert(rows, id, draft, Provenance::Provided, rows.at)?;
    let source = Source {
        kind: "direct",
        origin: "self",
        text: &from.text,
        url: &from.url,
        ip: &from.ip,
        place: &from.place,
        at: rows.at,
        by,
        ..Source::default()
    };
    let source_no = source::insert(rows, key.no, &source)?;
    let origin = Origin { provenance: Provenance::Provided, source_no };
    contact::insert_values(rows, key.no, draft, origin)?;
    for change in changes {
        apply(rows, key.no, change, origin, business)?;
    }
    contact::derive(rows, key.no)?;
    let added = contact::read(rows, key.no)?;
    if says_nothing(&added) {
        return Err(Problem::invalid("contact", "empty"));
    }
    erasure::refuse(rows, &added, None)?;
    if !duplicate {
        refuse_known(rows, &added, key.no)?;
    }
    rows.fact(Some(id), &json!({ "fields": added }))?;
    Ok(Who { no: key.no, id })
}

/// A draft with each address once, the first as it was typed.
fn each_once(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let mut seen = HashSet::new();
    draft.emails.retain(|email| seen.insert(email.normalised.clone()));
    draft.phones.retain(|phone| seen.insert(phone.e164.clone()));
    draft
}

fn refuse_known(conn: &Connection, draft: &Draft, new: i64) -> Result<()> {
    let known = |field: &str, sql: &str, value: &str| -> Result<()> {
        let id: Option<Uuid> = conn.prepare_cached(sql)?.query_row(params![value, new], |row| row.get(0)).optional()?;
        match id {
            Some(id) => Err(Problem::new(Code::Duplicate).with("field", field).with("contact", id.to_string())),
            None => Ok(()),
        }
    };
    for email in &draft.emails {
        let sql = "SELECT id FROM contact JOIN contact_email ON contact_no = contact.no WHERE normalised = ?
                   AND contact_no <> ? LIMIT 1";
        known("email", sql, &email.normalised)?;
    }
    for phone in &draft.phones {
        let sql = "SELECT id FROM contact JOIN contact_phone ON contact_no = contact.no WHERE e164 = ?
                   AND contact_no <> ? LIMIT 1";
        known("phone", sql, &phone.e164)?;
    }
    Ok(())
}
