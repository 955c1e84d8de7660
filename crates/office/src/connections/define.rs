//! Defining a connection, changing it, ending it.

use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::key::{Passphrase, keychain};
use crate::problem::{Code, Problem, Result};
use crate::purposes::{answerable, is_key};
use crate::vault::connection::{self, FieldRow, Stored, field, live, tried};
use crate::vault::{Act, Business, Done, Vault, disclosure};

/// A connection to be defined.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewConnection {
    /// Its name for programs: small letters, digits, `_` and `-`.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// How data gets there.
    pub kind: Kind,
    /// Keys of the fields that it receives.
    pub fields: Vec<String>,
    /// Keys of the purposes that it is for.
    pub purposes: Vec<String>,
    /// The highest sensitivity that it may receive.
    pub max_sensitivity: Sensitivity,
    /// Whether it is in the European Economic Area.
    pub eea: bool,
    /// The channel on which it reaches people, where it is there for that: then people go only if that channel is allowed, too.
    pub channel: Option<Channel>,
    /// The address of an address book; empty for a file.
    pub url: String,
    /// Who signs in there; empty for a file.
    pub user: String,
}

/// What to change; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct ConnectionChange {
    /// Its name for people.
    pub title: Option<String>,
    /// Keys of the fields that it receives.
    pub fields: Option<Vec<String>>,
    /// Keys of the purposes that it is for; none is no purpose any more.
    pub purposes: Option<Vec<String>>,
    /// The highest sensitivity that it may receive.
    pub max_sensitivity: Option<Sensitivity>,
    /// Whether it is in the European Economic Area.
    pub eea: Option<bool>,
    /// The channel on which it reaches people: its code, or nothing for none.
    pub channel: Option<String>,
    /// The address of an address book.
    pub url: Option<String>,
    /// Who signs in there.
    pub user: Option<String>,
}

/// What the owner should know about a connection that is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionWarning")]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// No purpose is shared with it, so nobody goes.
    NoPurpose,
    /// It asks for a field that is too sensitive for it, which is always held back.
    FieldHeldBack,
    /// It is outside the European Economic Area: passing data there needs a ground of its own (Art. 44 to 49).
    OutsideEea,
}

/// A connection that was defined or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionPut")]
pub struct Put {
    /// Its key.
    pub connection: String,
    /// What the owner should know.
    pub warnings: Vec<Warning>,
}

/// A connection that was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionEnded")]
pub struct Ended {
    /// Its key.
    pub connection: String,
    /// How many people's data it has and nobody took out there.
    pub still_there: i64,
}

/// Defines a connection.
///
/// # Errors
/// [`Code::Invalid`] for a key, title, address that is none, or without fields; [`Code::Taken`], also by one that ended;
/// [`Code::NotFound`] for a field or purpose; [`Code::BuiltinPurpose`].
pub fn add(vault: &mut Vault, new: &NewConnection, now: DateTime<Utc>) -> Result<Done<Put>> {
    added(vault, new, None, now)
}

/// Defines an address book whose password goes into this computer's keychain. That comes first: a keychain that takes no password
/// leaves no connection behind.
///
/// # Errors
/// As [`add`]; those of the keychain.
pub fn add_with_password(
    vault: &mut Vault,
    new: &NewConnection,
    password: &Passphrase,
    now: DateTime<Utc>,
) -> Result<Done<Put>> {
    added(vault, new, Some(password), now)
}

fn added(
    vault: &mut Vault,
    new: &NewConnection,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Put>> {
    if !is_key(&new.key) {
        return Err(Problem::invalid("key", "no_connection_key"));
    }
    let (conn, business) = (vault.rows(), vault.business());
    let stored = checked(Stored {
        no: 0,
        id: Uuid::now_v7(),
        key: new.key.clone(),
        title: new.title.trim().to_owned(),
        kind: new.kind,
        ceiling: new.max_sensitivity,
        eea: new.eea,
        channel: new.channel,
        url: new.url.trim().to_owned(),
        user: new.user.trim().to_owned(),
        fields: fields(conn, &new.fields)?,
        purposes: purposes(conn, business, &new.purposes)?,
        ended: false,
    })?;
    if let (Some(password), Kind::Carddav) = (password, stored.kind) {
        keychain::password_set(stored.id, password)?;
    }
    vault.record(Act::ConnectionAdded, Some(stored.id), now, |rows| {
        let taken = || Problem::new(Code::Taken).with("what", "connection").with("given", new.key.as_str());
        let stored = Stored { no: connection::insert(rows, &stored)?.ok_or_else(taken)?, ..stored };
        connection::put(rows, &stored)?;
        Ok(put(&stored))
    })
}

/// Changes a connection.
///
/// # Errors
/// [`Code::NotFound`] for the connection, a field or purpose; [`Code::Invalid`]; [`Code::BuiltinPurpose`].
pub fn set(vault: &mut Vault, key: &str, change: &ConnectionChange, now: DateTime<Utc>) -> Result<Done<Put>> {
    let (conn, business) = (vault.rows(), vault.business());
    let mut stored = live(conn, key)?;
    let before = (stored.url.clone(), stored.user.clone());
    if let Some(keys) = &change.fields {
        stored.fields = fields(conn, keys)?;
    }
    if let Some(keys) = &change.purposes {
        stored.purposes = purposes(conn, business, keys)?;
    }
    if let Some(code) = change.channel.as_deref().map(str::trim) {
        stored.channel = Channel::parse(code);
        if stored.channel.is_none() && !code.is_empty() {
            return Err(Problem::invalid("channel", "no_code"));
        }
    }
    let texts = [(&mut stored.title, &change.title), (&mut stored.url, &change.url), (&mut stored.user, &change.user)];
    for (place, text) in texts {
        if let Some(text) = text {
            text.trim().clone_into(place);
        }
    }
    stored.ceiling = change.max_sensitivity.unwrap_or(stored.ceiling);
    stored.eea = change.eea.unwrap_or(stored.eea);
    let stored = checked(stored)?;
    vault.record(Act::ConnectionSet, Some(stored.id), now, |rows| {
        connection::put(rows, &stored)?;
        // Nobody started a run of what is somewhere else now.
        if before != (stored.url.clone(), stored.user.clone()) {
            tried::forget(rows, stored.no)?;
        }
        Ok(put(&stored))
    })
}

/// Ends a connection: it receives nothing any more. What went to it stays on record, and its key is not used again.
///
/// # Errors
/// [`Code::NotFound`], also for one that ended.
pub fn end(vault: &mut Vault, key: &str, now: DateTime<Utc>) -> Result<Done<Ended>> {
    let stored = Stored { ended: true, purposes: Vec::new(), ..live(vault.rows(), key)? };
    vault.record(Act::ConnectionEnded, Some(stored.id), now, |rows| {
        connection::put(rows, &stored)?;
        tried::forget(rows, stored.no)?;
        let still_there = disclosure::people_there(rows, stored.no)?;
        Ok(Ended { connection: stored.key.clone(), still_there })
    })
}

/// A connection that can be one.
fn checked(stored: Stored) -> Result<Stored> {
    if stored.title.is_empty() {
        return Err(Problem::invalid("title", "empty"));
    }
    if stored.fields.is_empty() {
        return Err(Problem::invalid("fields", "empty"));
    }
    match stored.kind {
        Kind::File if !stored.url.is_empty() => return Err(Problem::invalid("url", "only_of_an_address_book")),
        Kind::File if !stored.user.is_empty() => return Err(Problem::invalid("user", "only_of_an_address_book")),
        // A password never goes over a line that anybody can read.
        Kind::Carddav if !stored.url.starts_with("https://") => return Err(Problem::invalid("url", "no_https")),
        Kind::Carddav if stored.user.is_empty() => return Err(Problem::invalid("user", "empty")),
        Kind::File | Kind::Carddav => {}
    }
    Ok(stored)
}

fn fields(conn: &Connection, keys: &[String]) -> Result<Vec<FieldRow>> {
    let found = keys.iter().map(|key| field(conn, key)?.ok_or_else(|| Problem::not_found("field", key)));
    let mut found = found.collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|field| field.no);
    found.dedup_by_key(|field| field.no);
    Ok(found)
}

fn purposes(conn: &Connection, business: &Business, keys: &[String]) -> Result<Vec<(i64, String)>> {
    let purpose = |key: &String| Ok((answerable(conn, business, key)?.no, key.clone()));
    let mut found = keys.iter().map(purpose).collect::<Result<Vec<_>>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

fn put(stored: &Stored) -> Put {
    let held = stored.fields.iter().any(|field| field.sensitivity > stored.ceiling);
    let warnings = [
        (stored.purposes.is_empty(), Warning::NoPurpose),
        (held, Warning::FieldHeldBack),
        (!stored.eea, Warning::OutsideEea),
    ];
    let warnings = warnings.into_iter().filter(|(so, _)| *so).map(|(_, warning)| warning).collect();
    Put { connection: stored.key.clone(), warnings }
}
