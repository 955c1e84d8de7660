//! The connections there are.

use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;
use rusqlite::Connection;
use serde::Serialize;

use super::again::{self, TriedShown};
use crate::problem::Result;
use crate::vault::connection::{self, Stored, live};
use crate::vault::{Business, Vault, disclosure};

/// A connection as lists and its own page show it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "Connection")]
pub struct Shown {
    /// Its name for programs.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// How data gets there.
    pub kind: Kind,
    /// What it receives, in the order in which fields are shown.
    pub fields: Vec<FieldOf>,
    /// Keys of the purposes that it is for.
    pub purposes: Vec<String>,
    /// The highest sensitivity that it may receive.
    pub max_sensitivity: Sensitivity,
    /// Whether it is in the European Economic Area.
    pub eea: bool,
    /// The channel on which it reaches people, where it is there for that.
    pub channel: Option<Channel>,
    /// The address of an address book; empty for a file.
    pub url: String,
    /// Who signs in there; empty for a file.
    pub user: String,
    /// How many people's data it has.
    pub people_there: i64,
    /// The last time that data went.
    pub last: Option<Last>,
    /// That the last run failed, and none succeeded since; only of an address book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<TriedShown>,
}

/// A field that a connection receives.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionField")]
pub struct FieldOf {
    /// Its key.
    pub key: String,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// Whether it is too sensitive for this connection, and always held back.
    pub held: bool,
}

/// The last time that data went to a connection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionLast")]
pub struct Last {
    /// When, RFC 3339 in the business's zone.
    pub at: String,
    /// How many people went.
    pub people: i64,
}

/// Every connection that still receives, in the order of adding.
///
/// # Errors
/// Faults of the database.
pub fn list(vault: &Vault) -> Result<Vec<Shown>> {
    let all = connection::all(vault.rows())?;
    all.into_iter().map(|stored| shown(vault.rows(), vault.business(), stored)).collect()
}

/// One connection.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub fn show(vault: &Vault, key: &str) -> Result<Shown> {
    shown(vault.rows(), vault.business(), live(vault.rows(), key)?)
}

fn shown(conn: &Connection, business: &Business, stored: Stored) -> Result<Shown> {
    let last = disclosure::last(conn, stored.no)?;
    let people_there = disclosure::people_there(conn, stored.no)?;
    let tried = again::shown(conn, business, &stored)?;
    let ceiling = stored.ceiling;
    let field = |field: connection::FieldRow| FieldOf {
        key: field.key,
        sensitivity: field.sensitivity,
        held: field.sensitivity > ceiling,
    };
    Ok(Shown {
        key: stored.key,
        title: stored.title,
        kind: stored.kind,
        fields: stored.fields.into_iter().map(field).collect(),
        purposes: stored.purposes.into_iter().map(|(_, key)| key).collect(),
        max_sensitivity: stored.ceiling,
        eea: stored.eea,
        channel: stored.channel,
        url: stored.url,
        user: stored.user,
        people_there,
        last: last.map(|(at, people)| Last { at: business.said(at), people }),
        tried,
    })
}
