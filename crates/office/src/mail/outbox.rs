//! What waits, what went, and what is stuck and why; and what only the owner can decide about it.

use chrono::{DateTime, FixedOffset, SubsecRound, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::MailState;
use super::post::put;
use crate::people::Who;
use crate::problem::{Code, Problem, Result};
use crate::vault::mail::{self, Fate, Mail};
use crate::vault::{Act, Business, Done, Vault};

/// A mail as the outbox shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MailShown {
    /// Names it.
    pub mail: Uuid,
    /// Whom it is for.
    pub contact: Uuid,
    /// The request that it belongs to.
    pub request: Option<Uuid>,
    /// What it is for.
    pub purpose: String,
    /// What it is: `ask`, `inform`, `message` or `letter`.
    pub template: String,
    /// The address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// By which servers and mail programs know it again.
    pub message_id: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again; nothing where it is not.
    pub next: Option<DateTime<FixedOffset>>,
    /// Why it did not go: the code of a problem or of the gate. Empty where nothing is wrong.
    pub code: String,
    /// What the server said.
    pub answer: String,
    /// When it was written.
    pub written: DateTime<FixedOffset>,
    /// When it was over: sent, refused, stopped, in doubt or put away.
    pub settled: Option<DateTime<FixedOffset>>,
}

impl MailShown {
    fn of(mail: Mail, business: &Business) -> Self {
        let waits = mail.state == MailState::Waiting;
        let local = |at| business.local(at).trunc_subsecs(0);
        Self {
            mail: mail.id,
            contact: mail.contact,
            request: mail.request,
            purpose: mail.purpose,
            template: mail.template,
            to: mail.address,
            subject: mail.subject,
            message_id: mail.message_id,
            state: mail.state,
            attempts: mail.attempts,
            next: waits.then(|| local(mail.next_at)),
            code: mail.code,
            answer: mail.answer,
            written: local(mail.queued_at),
            settled: mail.settled_at.map(local),
        }
    }
}

/// Mails, the newest first; those that were sent or put away only where they are wanted too.
///
/// # Errors
/// Faults of the database.
pub fn outbox(vault: &Vault, also_over: bool) -> Result<Vec<MailShown>> {
    let all = mail::all(vault.rows(), also_over)?;
    Ok(all.into_iter().map(|mail| MailShown::of(mail, vault.business())).collect())
}

/// The mails about a request, the newest first.
///
/// # Errors
/// Faults of the database.
pub fn about(vault: &Vault, request: Uuid) -> Result<Vec<MailShown>> {
    let all = mail::about(vault.rows(), request)?;
    Ok(all.into_iter().map(|mail| MailShown::of(mail, vault.business())).collect())
}

/// The mails to somebody, in the order in which they were written.
///
/// # Errors
/// Faults of the database.
pub(crate) fn to(vault: &Vault, who: Who) -> Result<Vec<MailShown>> {
    let all = mail::to(vault.rows(), who.no)?;
    Ok(all.into_iter().map(|mail| MailShown::of(mail, vault.business())).collect())
}

/// A mail as it went over the line.
///
/// # Errors
/// [`Code::NotFound`]; faults of the database.
pub(crate) fn message(vault: &Vault, id: Uuid) -> Result<Vec<u8>> {
    mail::bytes(vault.rows(), mail::find(vault.rows(), id)?.no)
}

/// How many mails did not go and will not by themselves, and when the oldest of them was written, in UTC milliseconds.
///
/// # Errors
/// Faults of the database.
pub fn stuck(vault: &Vault) -> Result<(i64, Option<i64>)> {
    mail::stuck(vault.rows())
}

/// One mail.
///
/// # Errors
/// [`Code::NotFound`].
pub fn shown(vault: &Vault, id: Uuid) -> Result<MailShown> {
    Ok(MailShown::of(mail::find(vault.rows(), id)?, vault.business()))
}

/// The owner says that a mail in doubt did arrive, as their mail program or the person told.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Invalid`] for a mail that is not in doubt.
pub fn arrived(vault: &mut Vault, id: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    let found = found(vault, id, &[MailState::Doubtful])?;
    super::post::taken(vault, &found, "", now)?;
    Ok(Done { output: (), touched: Act::MailSent.touched() })
}

/// The owner wants a mail tried again, now: one that waits, that the server or the gate refused, or that is in doubt.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Invalid`] for a mail that was sent or put away.
pub fn again(vault: &mut Vault, id: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    let states = [MailState::Waiting, MailState::Doubtful, MailState::Refused, MailState::Stopped];
    let found = found(vault, id, &states)?;
    let fate = Fate { next_at: Some(now.timestamp_millis()), ..Fate::default() };
    vault.record(Act::MailMoved, Some(id), now, |rows| put(rows, &found, MailState::Waiting, &fate))
}

/// Puts a mail away: it is not sent.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Invalid`] for a mail that was sent.
pub fn put_away(vault: &mut Vault, id: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    let states = [MailState::Waiting, MailState::Doubtful, MailState::Refused, MailState::Stopped];
    let found = found(vault, id, &states)?;
    let fate = Fate { settled_at: Some(now.timestamp_millis()), ..Fate::default() };
    vault.record(Act::MailMoved, Some(id), now, |rows| put(rows, &found, MailState::PutAway, &fate))
}

fn found(vault: &Vault, id: Uuid, states: &[MailState]) -> Result<Mail> {
    let found = mail::find(vault.rows(), id)?;
    match states.contains(&found.state) {
        true => Ok(found),
        false => Err(Problem::new(Code::Invalid)
            .with("field", "mail")
            .with("why", "mail_state")
            .with("state", found.state.as_str())),
    }
}
