//! What happened with a contact's consents, and where each stands.

use std::collections::HashMap;

use akkoord_rules::consent::Status;
use akkoord_rules::person::Channel;
use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Utc};
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::event::{COLUMNS, EventRow};
use super::proof::{ProofShown, of_event};
use super::standing::standing;
use crate::people::{Who, resolve};
use crate::problem::Result;
use crate::purposes::{all, channels_of};
use crate::vault::{Business, Vault};

/// One event as people and programs see it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConsentEvent")]
pub struct EventShown {
    /// Its id.
    pub event: Uuid,
    /// The contact it was recorded with; another one than asked about where two were merged.
    pub contact: Uuid,
    /// The purpose's key.
    pub purpose: String,
    /// `asked`, `given`, `refused`, `confirmed`, `withdrawn` or `corrected`.
    pub answer: String,
    /// When it happened, RFC 3339 in the offset in which it was said.
    pub happened: String,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub recorded: String,
    /// The way it came.
    pub how: String,
    /// The version of the text.
    pub version: u32,
    /// The language of the text.
    pub language: String,
    /// The text that was read or shown, as it stood.
    pub text: String,
    /// The channels it covers.
    pub channels: Vec<Channel>,
    /// The one channel that the person wants to be reached on.
    pub preferred: Option<String>,
    /// Keys of the connections that the data may be shared with.
    pub share: Vec<String>,
    /// The first day on which a yes no longer holds because of its duration: the person's own, else the purpose's.
    pub expires: Option<NaiveDate>,
    /// The parent or guardian who gave it.
    pub guardian: String,
    /// Given expressly.
    pub explicit: bool,
    /// Counts once it is confirmed.
    pub unconfirmed: bool,
    /// In words.
    pub note: String,
    /// The page on which it was given.
    pub url: String,
    /// The network address it came from.
    pub ip: String,
    /// The place.
    pub place: String,
    /// The event that this one takes out.
    pub corrects: Option<Uuid>,
    /// The event that took this one out; see whether that one was taken out again.
    pub corrected_by: Option<Uuid>,
    /// Who recorded it.
    pub by: String,
    /// The files that show it.
    pub proofs: Vec<ProofShown>,
}

/// Every event of a contact and whoever was merged into it, in the order in which they happened.
///
/// # Errors
/// Those of finding the contact; faults of the database.
pub fn history(vault: &Vault, contact: &str) -> Result<Vec<EventShown>> {
    let who = resolve(vault.rows(), contact)?;
    events_of(vault.rows(), vault.business(), who.no)
}

pub(super) fn events_of(conn: &Connection, business: &Business, contact_no: i64) -> Result<Vec<EventShown>> {
    let lasting: Vec<_> = all(conn, business)?.into_iter().map(|purpose| purpose.rules).collect();
    let mut query = conn.prepare_cached(&format!(
        "SELECT {COLUMNS}, c.id, p.key FROM consent_event e
         JOIN contact c ON c.no = e.contact_no JOIN purpose p ON p.no = e.purpose_no
         WHERE e.contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
         ORDER BY e.happened_at, e.no"
    ))?;
    let rows = query.query_map([contact_no], |row| Ok((EventRow::read(row)?, row.get(23)?, row.get(24)?)))?;
    let mut shown = Vec::new();
    for row in rows {
        let (event, contact, purpose): (EventRow, Uuid, String) = row?;
        let proofs = of_event(conn, event.no)?;
        let validity = lasting.iter().find(|known| known.key == purpose).and_then(|known| known.validity);
        let ends = validity
            .filter(|_| event.answer == "given")
            .and_then(|validity| validity.after(business.local(event.happened_at).date_naive()));
        shown.push(in_view(business, event, contact, purpose, ends, proofs));
    }
    let corrected: HashMap<Uuid, Uuid> =
        shown.iter().filter_map(|event| Some((event.corrects?, event.event))).collect();
    for event in &mut shown {
        event.corrected_by = corrected.get(&event.event).copied();
    }
    Ok(shown)
}

/// An event for people; `ends` is the day on which the purpose's own duration ends it.
fn in_view(
    business: &Business,
    row: EventRow,
    contact: Uuid,
    purpose: String,
    ends: Option<NaiveDate>,
    proofs: Vec<ProofShown>,
) -> EventShown {
    let some = |text: String| (!text.is_empty()).then_some(text);
    EventShown {
        event: row.id,
        contact,
        purpose,
        answer: row.answer,
        happened: said(row.happened_at, row.happened_offset),
        recorded: business.said(row.recorded_at),
        how: row.how,
        version: row.version,
        language: row.language,
        text: row.text,
        channels: row.channels.as_deref().and_then(channels_of).unwrap_or_default().iter().collect(),
        preferred: some(row.prefer),
        share: row.share.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        expires: if row.expires.is_empty() { ends } else { row.expires.parse().ok() },
        guardian: row.guardian,
        explicit: row.explicit,
        unconfirmed: row.unconfirmed,
        note: row.note,
        url: row.url,
        ip: row.ip,
        place: row.place,
        corrects: row.corrects,
        corrected_by: None,
        by: row.by,
        proofs,
    }
}

/// An instant in the offset, in minutes, in which it was said.
fn said(at: i64, offset: i32) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
    let offset = FixedOffset::east_opt(offset.saturating_mul(60)).unwrap_or(chrono::Offset::fix(&Utc));
    offset.from_utc_datetime(&utc.naive_utc()).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Where a contact stands towards one purpose, as the contact's page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Consent {
    /// The purpose's key.
    pub purpose: String,
    /// The status today.
    pub status: Status,
    /// Since when, RFC 3339 in the business's zone.
    pub since: Option<String>,
    /// The first day on which the yes no longer holds, or held.
    pub expires: Option<NaiveDate>,
    /// The version that they answered.
    pub version: Option<u32>,
    /// The channels that the yes covers.
    pub channels: Vec<Channel>,
    /// The one channel that the person wants to be reached on.
    pub preferred: Option<Channel>,
    /// Keys of the connections that the data may be shared with.
    pub share: Vec<String>,
    /// The files that show what happened.
    pub proofs: Vec<ProofShown>,
    /// The way in which the answer came that holds; empty where there is none.
    pub how: String,
    /// The page on which it was given.
    pub url: String,
    /// The network address it came from.
    pub ip: String,
    /// The place.
    pub place: String,
}

/// The answer that a contact's standing towards a purpose rests on: the last that nobody took out.
fn answer_of<'e>(events: &'e [EventShown], purpose: &str, status: Status) -> Option<&'e EventShown> {
    let answer = match status {
        Status::NotAsked => return None,
        Status::Asked => "asked",
        Status::AwaitingConfirmation | Status::Given | Status::Expired => "given",
        Status::Refused => "refused",
        Status::Withdrawn => "withdrawn",
    };
    events.iter().rfind(|event| event.purpose == purpose && event.answer == answer && event.corrected_by.is_none())
}

/// Where a contact stands towards each purpose that anything was recorded for.
///
/// # Errors
/// Faults of the database.
pub(crate) fn consents_of(vault: &Vault, who: Who, now: DateTime<Utc>) -> Result<Vec<Consent>> {
    let (conn, business) = (vault.rows(), vault.business());
    let events = events_of(conn, business, who.no)?;
    let mut consents = Vec::new();
    for purpose in all(conn, business)? {
        let key = purpose.rules.key.as_str();
        if !events.iter().any(|event| event.purpose == key) {
            continue;
        }
        let standing = standing(conn, business, who.no, &purpose, business.today(now))?;
        let proofs = events.iter().filter(|event| event.purpose == key).flat_map(|event| event.proofs.clone());
        let answer = answer_of(&events, key, standing.status);
        let said = |what: fn(&EventShown) -> &String| answer.map(what).cloned().unwrap_or_default();
        consents.push(Consent {
            proofs: proofs.collect(),
            how: said(|event| &event.how),
            url: said(|event| &event.url),
            ip: said(|event| &event.ip),
            place: said(|event| &event.place),
            purpose: key.to_owned(),
            status: standing.status,
            since: standing.since.map(|since| business.said(since.timestamp_millis())),
            expires: standing.expires,
            version: standing.version,
            channels: standing.channels.iter().collect(),
            preferred: standing.prefer,
            share: standing.share.into_iter().collect(),
        });
    }
    Ok(consents)
}
