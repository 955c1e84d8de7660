//! One row of the list: who it is, since when they stand so, and what shows it.

use akkoord_rules::consent::{CONFIRM_DAYS, Status, day_of, fold};
use chrono::{DateTime, NaiveDate};
use rusqlite::OptionalExtension;
use serde::Serialize;
use uuid::Uuid;

use super::Stand;
use crate::consents::event::history;
use crate::people::listed;
use crate::problem::Result;
use crate::purposes::Stored;
use crate::vault::Vault;

/// A person as the list of a purpose shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Stander {
    /// The contact.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Whether it is on lock today.
    pub restricted: bool,
    /// How it stands.
    pub status: Status,
    /// Since which day.
    pub since: Option<NaiveDate>,
    /// The first day on which a yes no longer holds, or held no longer.
    pub expires: Option<NaiveDate>,
    /// The version of the wording that it is about.
    pub version: Option<u32>,
    /// The way of the event that shows it: `phone`, `email`, `letter`, `web_form` and so on; empty where nothing is known.
    pub how: String,
    /// The person's language; empty where nobody knows.
    pub language: String,
    /// The yes ended because the wording changed.
    pub wording_changed: bool,
}

/// The row of somebody.
pub(super) fn stander(vault: &Vault, purpose: &Stored, stand: Stand, on: NaiveDate) -> Result<Stander> {
    let (conn, zone) = (vault.rows(), vault.business().zone);
    let who = listed(conn, stand.no)?;
    let language: String =
        conn.prepare_cached("SELECT language FROM contact WHERE no = ?")?.query_row([stand.no], |row| row.get(0))?;
    let known = stand.status != Status::NotAsked;
    let (how, spoken) = if known { shown_by(vault, purpose, stand.no, on)? } else { Default::default() };
    let since = stand.since.and_then(DateTime::from_timestamp_millis).map(|since| day_of(since, zone));
    let ended = stand.status == Status::Expired;
    Ok(Stander {
        id: who.id,
        name: who.name,
        restricted: who.restricted,
        status: stand.status,
        since: if ended { stand.expires.or(since) } else { since },
        expires: stand.expires,
        version: known.then_some(stand.version),
        how,
        language: if language.is_empty() { spoken } else { language },
        wording_changed: stand.reworded,
    })
}

/// The way and the language of the latest event that counts on that day.
fn shown_by(vault: &Vault, purpose: &Stored, no: i64, on: NaiveDate) -> Result<(String, String)> {
    let events = history(vault.rows(), no, purpose.no)?;
    let standing = fold(&events, &purpose.rules, on, vault.business().zone, CONFIRM_DAYS);
    let Some(event) = standing.evidence.last() else { return Ok(Default::default()) };
    let found = vault
        .rows()
        .prepare_cached("SELECT how, language FROM consent_event WHERE id = ?")?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}
