//! A table of many people for a mail program or a word processor: who may be reached for a purpose, or is asked for consent.
//! It holds their names and the addresses of one channel, and nothing else.

use std::path::Path;

use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::table;
use crate::consents::{self, Stays, Wordings};
use crate::people::Who;
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::purposes::answerable;
use crate::settings;
use crate::vault::{Act, Done, Vault, hex};

/// A table that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ListSaved {
    /// How many people are in it.
    pub people: usize,
    /// How many stay, by reason.
    pub stays: Vec<Stays>,
    /// How many cells got a leading `'`, so that no spreadsheet takes them for a formula.
    pub guarded: usize,
}

/// Writes those of these people who may be reached for a purpose on a channel.
///
/// # Errors
/// Those of finding each contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::NotAllowed`] when
/// nobody of them may be reached; [`Code::InProfile`], [`Code::Unwritable`], [`Code::DiskFull`].
pub fn list(
    vault: &mut Vault,
    contacts: &[Uuid],
    purpose: &str,
    channel: Channel,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<ListSaved>> {
    let stored = answerable(vault.rows(), vault.business(), purpose)?;
    let (goes, stays) = consents::part(vault, contacts, &stored, channel, now)?;
    let about = json!({ "purpose": purpose, "channel": channel.as_str() });
    written(vault, &goes, None, channel, stays, &about, to, now)
}

/// Writes those who are in prepared letters or mails, each with the question in their language. Whom the gate protects by now
/// stays.
///
/// # Errors
/// As [`list`]; [`Code::NotFound`] for the letters.
pub fn merge_file(vault: &mut Vault, asking: Uuid, to: &Path, now: DateTime<Utc>) -> Result<Done<ListSaved>> {
    let held = consents::held(vault.rows(), vault.business(), asking)?;
    let (goes, stays) = consents::askable_part(vault, &held.people, &held.purpose, held.channel, now)?;
    let wordings = Wordings::of(vault.rows(), vault.business(), &held.purpose, held.version)?;
    let texts = goes.iter().map(|who| wordings.read_by(vault.rows(), *who)).collect::<Result<Vec<_>>>()?;
    let about = json!({ "asking": asking, "purpose": held.purpose.rules.key, "channel": held.channel.as_str() });
    let texts = Texts { column: Column::Text, each: &texts };
    written(vault, &goes, Some(texts), held.channel, stays, &about, to, now)
}

/// A text for each person of a table: its language, and itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'a> {
    /// The column in which it stands.
    pub(super) column: Column,
    /// In the order of the people.
    pub(super) each: &'a [(String, String)],
}

/// Writes the table and records it.
#[expect(clippy::too_many_arguments, reason = "the callers hold each of these on its own")]
pub(super) fn written(
    vault: &mut Vault,
    goes: &[Who],
    texts: Option<Texts<'_>>,
    channel: Channel,
    stays: Vec<Stays>,
    about: &serde_json::Value,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<ListSaved>> {
    if goes.is_empty() {
        let reasons: Vec<&str> = stays.iter().map(|one| one.reason.as_str()).collect();
        return Err(Problem::new(Code::NotAllowed).with("reasons", reasons.join(", ")));
    }
    let columns = columns(channel, texts.map(|texts| texts.column));
    let head: Vec<&str> = columns.iter().map(|column| column.title(&vault.business().language)).collect();
    let rows = goes.iter().enumerate().map(|(at, who)| {
        let text = texts.and_then(|texts| texts.each.get(at));
        let person = Person::of(vault.rows(), *who, text)?;
        Ok(columns.iter().map(|column| person.cell(*column)).collect())
    });
    let rows = rows.collect::<Result<Vec<Vec<String>>>>()?;
    let (bytes, guarded) = table::plain(&head, &rows)?;
    let leaving = Leaving::whole(vault.profile(), to, &bytes)?;
    let done = vault.record(Act::ListExported, None, now, |rows| {
        let sha256 = hex(&Sha256::digest(&bytes));
        let high = settings::high_among(rows, |key| columns.iter().any(|column| column.field() == key))?;
        let whole = json!({ "list": about, "people": goes.len(), "stays": stays, "sha256": sha256, "high": high });
        rows.fact(None, &whole)?;
        let one = json!({ "listed": about });
        goes.iter().try_for_each(|who| rows.fact(Some(who.id), &one))?;
        Ok(ListSaved { people: goes.len(), stays, guarded })
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Prefix,
    Given,
    Family,
    Organisation,
    Email,
    Phone,
    Street,
    PostalCode,
    City,
    Country,
    Language,
    /// A question for consent.
    Text,
    /// A whole letter or mail.
    Message,
}

impl Column {
    /// The key of the field that it shows; empty for what is no field.
    const fn field(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Given => "given",
            Self::Family => "family",
            Self::Organisation => "organisation",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Street | Self::PostalCode | Self::City | Self::Country => "address",
            Self::Language => "language",
            Self::Text | Self::Message => "",
        }
    }

    /// Its name in the language of the business: Dutch, French, German, else English. Our own import knows each of them.
    fn title(self, language: &str) -> &'static str {
        let [dutch, french, german, english] = match self {
            Self::Prefix => ["Aanspreking", "Civilité", "Anrede", "Title"],
            Self::Given => ["Voornaam", "Prénom", "Vorname", "First name"],
            Self::Family => ["Achternaam", "Nom", "Nachname", "Last name"],
            Self::Organisation => ["Organisatie", "Organisation", "Organisation", "Organisation"],
            Self::Email => ["E-mail", "E-mail", "E-Mail", "E-mail"],
            Self::Phone => ["Telefoon", "Téléphone", "Telefon", "Phone"],
            Self::Street => ["Straat", "Rue", "Straße", "Street"],
            Self::PostalCode => ["Postcode", "Code postal", "Postleitzahl", "Postal code"],
            Self::City => ["Plaats", "Ville", "Ort", "City"],
            Self::Country => ["Land", "Pays", "Land", "Country"],
            Self::Language => ["Taal", "Langue", "Sprache", "Language"],
            Self::Text => ["Vraag", "Question", "Frage", "Question"],
            Self::Message => ["Bericht", "Message", "Nachricht", "Message"],
        };
        match language {
            "nl" => dutch,
            "fr" => french,
            "de" => german,
            _ => english,
        }
    }
}

/// The columns for a channel: nobody needs more to reach somebody on it.
fn columns(channel: Channel, text: Option<Column>) -> Vec<Column> {
    let mut columns = vec![Column::Prefix, Column::Given, Column::Family, Column::Organisation];
    columns.extend(match channel {
        Channel::Email => &[Column::Email][..],
        Channel::Phone | Channel::Sms | Channel::Messaging => &[Column::Phone],
        Channel::Post => &[Column::Street, Column::PostalCode, Column::City, Column::Country],
        Channel::InPerson => &[],
    });
    columns.push(Column::Language);
    columns.extend(text);
    columns
}

/// What the table says of one person.
#[derive(Debug, Default)]
struct Person {
    names: [String; 4],
    email: String,
    phone: String,
    address: [String; 4],
    language: String,
    text: String,
}

impl Person {
    /// Of a contact and whoever was merged into it: the first address of each kind.
    fn of(conn: &Connection, who: Who, text: Option<&(String, String)>) -> Result<Self> {
        let (names, language) = conn
            .prepare_cached(
                "SELECT prefix, given, trim(middle || ' ' || family), organisation, language FROM contact WHERE no = ?",
            )?
            .query_row([who.no], |row| Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?], row.get(4)?)))?;
        let first = |sql: &str| -> Result<Option<[String; 4]>> {
            let sql = format!(
                "SELECT {sql} AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
                 ORDER BY contact_no <> ?1, no LIMIT 1"
            );
            let mut query = conn.prepare_cached(&sql)?;
            let mut rows = query.query(params![who.no])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
        };
        let one = |found: Option<[String; 4]>| found.map(|[value, ..]| value).unwrap_or_default();
        let street = "trim(street || ' ' || extended || CASE po_box WHEN '' THEN '' ELSE ' ' || po_box END)";
        let reachable = "(street <> '' OR po_box <> '')";
        Ok(Self {
            names,
            email: one(first("value, '', '', '' FROM contact_email WHERE 1")?),
            phone: one(first("value, '', '', '' FROM contact_phone WHERE 1")?),
            address: first(&format!("{street}, postal_code, city, country FROM contact_address WHERE {reachable}"))?
                .unwrap_or_default(),
            language: text.map_or(language, |(language, _)| language.clone()),
            text: text.map(|(_, text)| text.clone()).unwrap_or_default(),
        })
    }

    fn cell(&self, column: Column) -> String {
        let [prefix, given, family, organisation] = &self.names;
        let [street, postal_code, city, country] = &self.address;
        match column {
            Column::Prefix => prefix,
            Column::Given => given,
            Column::Family => family,
            Column::Organisation => organisation,
            Column::Email => &self.email,
            Column::Phone => &self.phone,
            Column::Street => street,
            Column::PostalCode => postal_code,
            Column::City => city,
            Column::Country => country,
            Column::Language => &self.language,
            Column::Text | Column::Message => &self.text,
        }
        .clone()
    }
}

#[cfg(test)]
mod tests;
