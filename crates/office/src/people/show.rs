//! One contact with everything that is known about it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::inform::{self, InformedShown};
use super::restrict::{self, RestrictionShown};
use super::who::{group, resolve};
use crate::consents::{Consent, ObjectionShown, consents_of, objections_of};
use crate::intake::draft::{Draft, Email, Phone, Website};
use crate::problem::Result;
use crate::requests;
use crate::retention;
use crate::vault::contact;
use crate::vault::disclosure;
use crate::vault::source::{self, SourceShown};
use crate::vault::{DisclosureShown, Vault};

/// A contact's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactShown")]
pub struct Shown {
    /// Its id.
    pub id: Uuid,
    /// `person` or `organisation`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Its data.
    pub fields: Fields,
    /// Where that came from.
    pub sources: Vec<SourceShown>,
    /// When it was told that its data is held, where that did not come from itself.
    pub informed: Vec<InformedShown>,
    /// Where it stands towards each purpose that something was recorded for.
    pub consents: Vec<Consent>,
    /// What it objected to, lifted or not.
    pub objections: Vec<ObjectionShown>,
    /// What it asked, the most urgent first.
    pub requests: Vec<requests::Listed>,
    /// What went to which connection, the first first.
    pub disclosures: Vec<DisclosureShown>,
    /// Whether it is on lock.
    pub restricted: bool,
    /// The lock that it is on.
    pub restriction: Option<RestrictionShown>,
    /// Until when it is kept, and why: see [`crate::retention`].
    pub retention: serde_json::Map<String, serde_json::Value>,
}

/// A contact's data; single values that are empty are left out. Of a group the kept contact gives the single values, and all
/// of it the repeated ones.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactFields")]
pub struct Fields {
    /// Single values and own fields by their key.
    #[serde(flatten)]
    pub single: serde_json::Map<String, serde_json::Value>,
    /// E-mail addresses, the preferred one first.
    pub emails: Vec<EmailShown>,
    /// Phone numbers, the preferred one first.
    pub phones: Vec<PhoneShown>,
    /// Postal addresses.
    pub addresses: Vec<AddressShown>,
    /// Web pages.
    pub websites: Vec<WebsiteShown>,
    /// Labels in alphabetical order.
    pub labels: Vec<String>,
}

/// An e-mail address.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct EmailShown {
    /// As typed.
    pub value: String,
    /// As compared.
    pub normalised: String,
    /// What it is for.
    pub label: String,
    /// `provided`, `observed`, `derived` or `third_party`.
    pub provenance: String,
}

/// A phone number.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PhoneShown {
    /// As typed.
    pub value: String,
    /// As compared.
    pub e164: String,
    /// What it is for.
    pub label: String,
    /// `provided`, `observed`, `derived` or `third_party`.
    pub provenance: String,
}

/// A postal address.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AddressShown {
    /// Its parts.
    #[serde(flatten)]
    pub parts: crate::intake::draft::Address,
    /// `provided`, `observed`, `derived` or `third_party`.
    pub provenance: String,
}

/// A web page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WebsiteShown {
    /// As typed.
    pub value: String,
    /// What it is for.
    pub label: String,
    /// `provided`, `observed`, `derived` or `third_party`.
    pub provenance: String,
}

/// Shows the contact that an id or e-mail address names, as things stand now.
///
/// # Errors
/// As `resolve`; faults of the database.
pub fn show(vault: &Vault, given: &str, now: DateTime<Utc>) -> Result<Shown> {
    let conn = vault.rows();
    let who = resolve(conn, given)?;
    let group = group(conn, who.no)?;
    let sources = group.iter().map(|no| source::of(conn, *no, vault.business())).collect::<Result<Vec<_>>>()?;
    let draft = contact::read(conn, who.no)?;
    let kind = match contact::kind_of(&draft) {
        akkoord_rules::person::Kind::Person => "person",
        akkoord_rules::person::Kind::Organisation => "organisation",
    };
    let restriction = restrict::shown(conn, vault.business(), who.no)?;
    Ok(Shown {
        id: who.id,
        kind: kind.to_owned(),
        name: draft.name(),
        sources: sources.into_iter().flatten().collect(),
        fields: fields(conn, &group, draft)?,
        informed: inform::shown(conn, who.no)?,
        consents: consents_of(vault, who, now)?,
        objections: objections_of(conn, vault.business(), who.no)?,
        requests: requests::of_contact(conn, who.no, vault.business().today(now))?,
        disclosures: disclosure::of_contact(conn, vault.business(), who.no)?,
        restricted: restriction.is_some(),
        restriction,
        retention: retention::shown(vault, who, vault.business().today(now))?,
    })
}

/// The data of a contact's own row, which stands first in its group, and the repeated values of everybody in its group, each once.
fn fields(conn: &Connection, group: &[i64], draft: Draft) -> Result<Fields> {
    let mut fields = Fields { single: single(&draft), ..Fields::default() };
    let mut known = HashSet::new();
    let mut own = Some(draft);
    for &no in group {
        let member = own.take().map_or_else(|| contact::read(conn, no), Ok)?;
        let origins = |table: &str| -> Result<Vec<String>> {
            let sql = format!("SELECT provenance FROM {table} WHERE contact_no = ? ORDER BY no");
            let mut query = conn.prepare_cached(&sql)?;
            Ok(query.query_map([no], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let emails = member.emails.into_iter().zip(origins("contact_email")?);
        fields.emails.extend(emails.filter(|(email, _)| known.insert(email.normalised.clone())).map(Into::into));
        let phones = member.phones.into_iter().zip(origins("contact_phone")?);
        fields.phones.extend(phones.filter(|(phone, _)| known.insert(phone.e164.clone())).map(Into::into));
        for (parts, provenance) in member.addresses.into_iter().zip(origins("contact_address")?) {
            if fields.addresses.iter().all(|address| address.parts != parts) {
                fields.addresses.push(AddressShown { parts, provenance });
            }
        }
        let websites = member.websites.into_iter().zip(origins("contact_website")?);
        fields.websites.extend(websites.filter(|(website, _)| known.insert(website.value.clone())).map(Into::into));
        fields.labels.extend(member.labels);
    }
    fields.labels.sort();
    fields.labels.dedup();
    Ok(fields)
}

fn single(draft: &Draft) -> serde_json::Map<String, serde_json::Value> {
    let own = draft.custom.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let all = draft.singles().into_iter().chain(own).filter(|(_, value)| !value.is_empty());
    all.map(|(key, value)| (key.to_owned(), value.into())).collect()
}

impl From<(Email, String)> for EmailShown {
    fn from((email, provenance): (Email, String)) -> Self {
        Self { value: email.value, normalised: email.normalised, label: email.label, provenance }
    }
}

impl From<(Phone, String)> for PhoneShown {
    fn from((phone, provenance): (Phone, String)) -> Self {
        Self { value: phone.value, e164: phone.e164, label: phone.label, provenance }
    }
}

impl From<(Website, String)> for WebsiteShown {
    fn from((website, provenance): (Website, String)) -> Self {
        Self { value: website.value, label: website.label, provenance }
    }
}
