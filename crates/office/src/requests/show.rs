//! One request with everything that is known about it.

use akkoord_rules::request::{Event, Identity};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::OWN_TARGET_DAYS;
use super::deadline::Explained;
use super::letter::sealed_letters;
use super::list::Listed;
use super::standing::{Standing, code_of, day_of};
use crate::consents::{ProofShown, of_request};
use crate::problem::Result;
use crate::vault::Vault;
use crate::vault::request::Logged;

/// A request's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestShown")]
pub struct Shown {
    /// What a list shows of it.
    #[serde(flatten)]
    pub listed: Listed,
    /// The way in which it came.
    pub how: String,
    /// What was asked, in the person's own words.
    pub words: String,
    /// Who took it down.
    pub by: String,
    /// When that was, RFC 3339 in the business's zone.
    pub recorded: String,
    /// Why it is due on that day.
    pub deadline: Explained,
    /// The business's own target, before the legal date.
    pub own_target: NaiveDate,
    /// `not_asked`, `waiting`, `confirmed` or `failed`.
    pub identity: &'static str,
    /// Days added because proof of identity was awaited.
    pub paused_days: u32,
    /// The last day to tell of an extension, or to refuse (Art. 12(3)-(4)).
    pub first_month: NaiveDate,
    /// Where an extended request ends.
    pub extended_due: Option<NaiveDate>,
    /// The day by which an extended request had better be answered, as some count in steps.
    pub reminder: Option<NaiveDate>,
    /// The day on which it was answered or refused.
    pub closed_on: Option<NaiveDate>,
    /// The files that came in with it or went out with the answer.
    pub attachments: Vec<Attachment>,
    /// What happened, in the order in which it was recorded.
    pub events: Vec<EventShown>,
}

/// Something that happened with a request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestEventShown")]
pub struct EventShown {
    /// The day on which it happened.
    pub happened: NaiveDate,
    /// What happened, as a code with its data.
    #[serde(flatten)]
    pub event: Event,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub recorded: String,
    /// Who recorded it.
    pub by: String,
}

/// A file of a request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Attachment {
    /// The event that it belongs to: `opened` or `answered`; `letter` for one that was made here.
    pub with: &'static str,
    /// The file.
    #[serde(flatten)]
    pub proof: ProofShown,
}

/// Shows a request as it stands today.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub fn show(vault: &Vault, id: Uuid, now: DateTime<Utc>) -> Result<Shown> {
    show_after(vault, id, None, now)
}

/// Shows a request as it would stand once this happened; nothing is written.
///
/// # Errors
/// As [`show`]; a code for the rule that stands against the event.
pub(crate) fn show_after(vault: &Vault, id: Uuid, event: Option<&Event>, now: DateTime<Utc>) -> Result<Shown> {
    let conn = vault.rows();
    let business = vault.business();
    let mut standing = Standing::find(conn, id)?;
    if let Some(event) = event {
        standing.position = standing.after(event)?;
        let on = day_of(event, standing.country);
        let by = vault.by().to_owned();
        standing.log.push(Logged { on, event: event.clone(), recorded_at: now.timestamp_millis(), by });
    }
    let listed = standing.listed(conn, business.today(now))?;
    let Standing { no, asked, log, position, .. } = standing;
    // A file was recorded in the same act as its event, a letter in one of its own.
    let letters = sealed_letters(conn, id)?;
    let with = |at, proof: &ProofShown| match letters.iter().any(|letter| letter.file == proof.id) {
        true => "letter",
        false => log.iter().rfind(|logged| logged.recorded_at == at).map_or("opened", |logged| code_of(&logged.event)),
    };
    let attachments =
        of_request(conn, no)?.into_iter().map(|(at, proof)| Attachment { with: with(at, &proof), proof }).collect();
    let events = log.into_iter().map(|logged| EventShown {
        happened: logged.on,
        event: logged.event,
        recorded: business.said(logged.recorded_at),
        by: logged.by,
    });
    Ok(Shown {
        listed,
        how: asked.how,
        words: asked.words,
        by: asked.by,
        recorded: business.said(asked.recorded_at),
        deadline: Explained::from(position.deadline()),
        own_target: position.own_target(OWN_TARGET_DAYS),
        identity: identity(position.identity()),
        paused_days: position.paused_days(),
        first_month: position.first_month().due.date(),
        extended_due: position.extended_due(),
        reminder: position.reminder(),
        closed_on: position.closed_on(),
        attachments,
        events: events.collect(),
    })
}

fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::NotAsked => "not_asked",
        Identity::Waiting { .. } => "waiting",
        Identity::Confirmed => "confirmed",
        Identity::Failed => "failed",
    }
}
