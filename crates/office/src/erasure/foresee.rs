//! What an erasure would do, and which erasures wait: looked at before anything is destroyed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::carry::{Carry, recipients_of};
use super::known::barring;
use super::order::{Warning, warnings};
use crate::people::{Who, id, listed, resolve};
use crate::problem::Result;
use crate::requests;
use crate::vault::erasure::{self as table, Erasure};
use crate::vault::{Vault, connection, wipe};

/// What erasing somebody would destroy, and what to know before it is ordered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureForeseen")]
pub struct Foreseen {
    /// The contact.
    pub contact: Uuid,
    /// What people call it.
    pub name: String,
    /// Its first e-mail address, by which people of one name are told apart.
    pub email: Option<String>,
    /// How much there is of it and of whoever was merged into it, by what it is.
    pub destroyed: BTreeMap<&'static str, u64>,
    /// How many addresses and numbers go onto the blocked list: not those that somebody else has too.
    pub barred: usize,
    /// The connections that have the data and have to hear of it (Art. 19).
    pub recipients: Vec<Recipient>,
    /// Requests of theirs that ask for it and wait for their answer.
    pub asked: Vec<Asked>,
    /// An erasure that waits already for the end of a hold.
    pub waiting: Option<Uuid>,
    /// The last day of the hold that stands.
    pub held_until: Option<NaiveDate>,
    /// Which duty that is, in words.
    pub hold_reason: Option<String>,
    /// What to know.
    pub warnings: Vec<Warning>,
}

/// Somebody outside who has data of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureRecipient")]
pub struct Recipient {
    /// The connection's key.
    pub key: String,
    /// What the owner calls it.
    pub title: String,
}

/// A request that asks to be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureAsked")]
pub struct Asked {
    /// The request.
    pub id: Uuid,
    /// When it came in, as it was said.
    pub received: String,
    /// Somebody made sure that it was the person who asked.
    pub confirmed: bool,
}

/// Looks at what erasing a contact would do; nothing is written.
///
/// # Errors
/// As `resolve`; faults of the database.
pub fn foresee(vault: &Vault, given: &str, now: DateTime<Utc>) -> Result<Foreseen> {
    let conn = vault.rows();
    let who = resolve(conn, given)?;
    let today = vault.business().today(now);
    let Carry { whom, .. } = Carry::group(conn, who, "order")?;
    let shown = listed(conn, who.no)?;
    let asked = asked(conn, who, today)?;
    // Of one request it is told beside it whether the person is who they say.
    let behind = match &asked[..] {
        [one] => Some(requests::behind(conn, one.id)?),
        _ => None,
    };
    let hold = table::held(conn, who.no)?.filter(|hold| hold.until >= today);
    let (held_until, hold_reason) = hold.map(|hold| (hold.until, hold.reason)).unzip();
    Ok(Foreseen {
        contact: who.id,
        name: shown.name,
        email: shown.email,
        destroyed: wipe::counted(conn, &whom)?,
        barred: barring(conn, &whom)?.len(),
        recipients: titled(conn, recipients_of(conn, who.no)?)?,
        asked,
        waiting: table::of_group(conn, who.no)?.map(|waiting| waiting.id),
        held_until,
        hold_reason,
        warnings: warnings(conn, who, behind, today)?,
    })
}

fn asked(conn: &Connection, who: Who, today: NaiveDate) -> Result<Vec<Asked>> {
    let mut asked = Vec::new();
    for request in requests::of_contact(conn, who.no, today)? {
        let behind = requests::behind(conn, request.id)?;
        if behind.asks {
            asked.push(Asked { id: request.id, received: request.received, confirmed: behind.confirmed });
        }
    }
    Ok(asked)
}

/// These connections with what the owner calls them.
///
/// # Errors
/// Faults of the database.
pub(super) fn titled(conn: &Connection, keys: Vec<String>) -> Result<Vec<Recipient>> {
    keys.into_iter().map(|key| Ok(Recipient { title: connection::title(conn, &key)?, key })).collect()
}

/// An erasure that waits, with whose it is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureWaiting")]
pub struct Waiting {
    /// The erasure.
    pub erasure: Uuid,
    /// Whose data are kept.
    pub contact: Uuid,
    /// What people call them.
    pub name: String,
    /// When it was ordered, RFC 3339 in the business's zone.
    pub ordered: String,
    /// The last day on which the data must be kept.
    pub until: Option<NaiveDate>,
    /// Which duty, in words.
    pub reason: Option<String>,
    /// That day is over: it can be carried out.
    pub due: bool,
}

/// Erasures that wait for the end of a hold: those that can be carried out first, then by their day.
///
/// # Errors
/// Faults of the database.
pub fn waiting(vault: &Vault, now: DateTime<Utc>) -> Result<Vec<Waiting>> {
    let (conn, today) = (vault.rows(), vault.business().today(now));
    let mut all = Vec::new();
    for Erasure { id: erasure, contact_no, ordered_at, .. } in table::waiting(conn)? {
        let Some(no) = contact_no else { continue };
        let who = resolve(conn, &id(conn, no)?.to_string())?;
        let hold = table::held(conn, who.no)?;
        let due = hold.as_ref().is_none_or(|hold| hold.until < today);
        let (until, reason) = hold.map(|hold| (hold.until, hold.reason)).unzip();
        let (name, ordered) = (listed(conn, who.no)?.name, vault.business().said(ordered_at));
        all.push(Waiting { erasure, contact: who.id, name, ordered, until, reason, due });
    }
    all.sort_by_key(|one| (!one.due, one.until));
    Ok(all)
}
