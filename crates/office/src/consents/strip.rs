//! "May I?" for a page and a palette: every channel at once, and what shows the answer.

use akkoord_rules::consent::Status;
use akkoord_rules::gate::{Decision, Reason};
use akkoord_rules::person::Channel;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::history::{EventShown, events_of};
use super::may::{Gate, Question, Target};
use crate::people::{self, List, resolve};
use crate::problem::Result;
use crate::purposes;
use crate::vault::{Vault, connection};

/// May this person be reached for this purpose, on each channel.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Strip {
    /// The contact.
    pub contact: Uuid,
    /// The purpose's key.
    pub purpose: String,
    /// As of the end of this day.
    pub on: NaiveDate,
    /// Where the person stands towards the purpose.
    pub status: Status,
    /// Since when, RFC 3339 in the business's zone; absent where nothing is known.
    pub since: Option<String>,
    /// The first day on which the yes no longer holds, or held; the window says the day before.
    pub expires: Option<NaiveDate>,
    /// The channel that the person prefers.
    pub preferred: Option<Channel>,
    /// The answer for each channel.
    pub channels: Vec<StripCell>,
    /// The answer for each connection that still receives.
    pub connections: Vec<StripConnection>,
    /// The events that show the answers, the first first: who recorded them, how and when, and the files that show them.
    pub events: Vec<EventShown>,
}

/// The answer for a channel.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StripCell {
    /// The channel.
    pub channel: Channel,
    /// The gate's answer.
    pub decision: Decision,
}

/// The answer for a connection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StripConnection {
    /// The connection's key.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// The gate's answer.
    pub decision: Decision,
}

/// Asks about one contact, as of the end of a day, for each channel.
///
/// # Errors
/// Those of finding the contact; faults of the database. That the purpose is unknown is an answer, no error.
pub fn strip(vault: &Vault, contact: &str, purpose: &str, on: NaiveDate) -> Result<Strip> {
    let (conn, business) = (vault.rows(), vault.business());
    let who = resolve(conn, contact)?;
    let question = question(purpose, on);
    let gate = Gate::of(vault, &question)?;
    let (decisions, standing) = gate.decide_each(who)?;
    let receivers = connection::all(conn)?;
    let sharing = gate.decide_sharing(who, &receivers)?;
    let all = || decisions.iter().map(|(_, decision)| decision).chain(&sharing);
    let shows = |event: &EventShown| all().any(|decision| decision.evidence.contains(&event.event));
    let events = events_of(conn, business, who.no)?.into_iter().filter(shows).collect();
    let cell = |(channel, decision)| StripCell { channel, decision };
    let named = |(stored, decision): (connection::Stored, Decision)| StripConnection {
        key: stored.key,
        title: stored.title,
        decision,
    };
    Ok(Strip {
        contact: who.id,
        purpose: purpose.to_owned(),
        on,
        status: standing.status,
        since: standing.since.map(|since| business.said(since.timestamp_millis())),
        expires: standing.expires,
        preferred: standing.prefer,
        events,
        channels: decisions.into_iter().map(cell).collect(),
        connections: receivers.into_iter().zip(sharing).map(named).collect(),
    })
}

/// On which channels somebody may be reached for a purpose now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Ways {
    /// The purpose's key.
    pub purpose: String,
    /// Its name for people.
    pub title: String,
    /// Its name above a column.
    pub short: String,
    /// The channels that are allowed.
    pub channels: Vec<Channel>,
    /// Where none is, why not on the first that the purpose may use.
    pub reason: Option<Reason>,
}

/// Who is found by some words, and how they may be reached.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Reached {
    /// The first of those who are found.
    pub people: List,
    /// For each of them the owner's purposes, each with the channels that are allowed today.
    pub ways: Vec<Vec<Ways>>,
}

/// Looks for people, and asks of each of them how they may be reached today.
///
/// # Errors
/// Those of [`people::list`]; faults of the database.
pub fn reached(vault: &Vault, question: &people::Question, now: DateTime<Utc>) -> Result<Reached> {
    let people = people::list(vault, question)?;
    let ids: Vec<Uuid> = people.contacts.iter().map(|one| one.id).collect();
    Ok(Reached { ways: ways(vault, &ids, now)?, people })
}

/// For each of these contacts, in their order, and each of the owner's purposes the channels on which they may be reached today.
///
/// # Errors
/// Those of finding a contact; faults of the database.
fn ways(vault: &Vault, contacts: &[Uuid], now: DateTime<Utc>) -> Result<Vec<Vec<Ways>>> {
    let on = vault.business().today(now);
    let mut all: Vec<Vec<Ways>> = contacts.iter().map(|_| Vec::new()).collect();
    for purpose in purposes::list(vault)?.into_iter().filter(|purpose| !purpose.builtin) {
        let question = question(&purpose.key, on);
        let gate = Gate::of(vault, &question)?;
        for (contact, ways) in contacts.iter().zip(&mut all) {
            let (decisions, _) = gate.decide_each(resolve(vault.rows(), &contact.to_string())?)?;
            let allowed = decisions.iter().filter(|(_, decision)| decision.allowed).map(|(channel, _)| *channel);
            let channels: Vec<Channel> = allowed.collect();
            let used = decisions.iter().find(|(channel, _)| purpose.channels.contains(channel));
            let reason = used.filter(|_| channels.is_empty()).map(|(_, decision)| decision.reason());
            let (key, title, short) = (purpose.key.clone(), purpose.title.clone(), purpose.short.clone());
            ways.push(Ways { purpose: key, title, short, channels, reason });
        }
    }
    Ok(all)
}

/// The question about a purpose; which channel it names does not matter where each is asked for.
fn question(purpose: &str, on: NaiveDate) -> Question {
    Question { purpose: purpose.to_owned(), target: Target::Channel(Channel::Email), on }
}

#[cfg(test)]
mod tests;
