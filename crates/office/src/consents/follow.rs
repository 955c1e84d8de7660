//! What follows an answer: asking, confirming, taking back, and correcting what was recorded by mistake.

use std::collections::BTreeSet;

use akkoord_rules::consent::{How, Status};
use akkoord_rules::gate::Reason;
use akkoord_rules::person::Channel;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::event::{EventRow, put};
use super::may::Gate;
use super::mistake::Mistake;
use super::record::{Recorded, Warning, Wordings, text};
use super::standing::{refresh, standing};
use crate::people::{Who, resolve, unlocked};
use crate::problem::{Code, Problem, Result};
use crate::purposes::{Stored, all, answerable, latest, wordings};
use crate::vault::{Act, Business, Done, Rows, Vault};

/// Records that the person took the yes back. It counts at once; the history stays.
///
/// # Errors
/// Those of finding the contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::InFuture`].
pub fn withdraw(
    vault: &mut Vault,
    contact: &str,
    purpose: &str,
    how: How,
    happened: DateTime<FixedOffset>,
    now: DateTime<Utc>,
) -> Result<Done<Recorded>> {
    if happened > now {
        return Err(Problem::new(Code::InFuture).with("given", happened.to_rfc3339()));
    }
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let who = resolve(vault.rows(), contact)?;
    let purpose = answerable(vault.rows(), &business, purpose)?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let recorded = withdraw_one(rows, &business, who, &purpose, how.as_str(), happened, &by, now)?;
        rows.about(recorded.event);
        Ok(recorded)
    })
}

/// Records that the person took back several yeses at once: all of them, or none.
///
/// # Errors
/// As [`withdraw`]; [`Code::Invalid`] without any purpose.
pub fn withdraw_many(
    vault: &mut Vault,
    contact: &str,
    purposes: &[String],
    how: How,
    happened: DateTime<FixedOffset>,
    now: DateTime<Utc>,
) -> Result<Done<Vec<Recorded>>> {
    if purposes.is_empty() {
        return Err(Problem::invalid("purposes", "empty"));
    }
    if happened > now {
        return Err(Problem::new(Code::InFuture).with("given", happened.to_rfc3339()));
    }
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let who = resolve(vault.rows(), contact)?;
    let find = |key: &String| answerable(vault.rows(), &business, key);
    let purposes = purposes.iter().map(find).collect::<Result<Vec<_>>>()?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let each = purposes.iter();
        each.map(|purpose| withdraw_one(rows, &business, who, purpose, how.as_str(), happened, &by, now)).collect()
    })
}

#[expect(clippy::too_many_arguments, reason = "the callers hold each of these on its own")]
fn withdraw_one(
    rows: &mut Rows<'_>,
    business: &Business,
    who: Who,
    purpose: &Stored,
    how: &str,
    happened: DateTime<FixedOffset>,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Recorded> {
    let version = standing(rows, business, who.no, purpose, business.today(now))?.version;
    let version = version.unwrap_or_else(|| latest(&purpose.rules));
    let row = EventRow { how: how.to_owned(), ..EventRow::new("withdrawn", version, happened, by) };
    let mut recorded = follow(rows, business, who, who.no, purpose, &row, now)?;
    if matches!(recorded.status, Status::Given | Status::AwaitingConfirmation) {
        recorded.warnings.push(Warning::LaterYes);
    }
    Ok(recorded)
}

/// Takes back every yes that stands or waits, inside the running act: for somebody who asks for that without naming a
/// purpose. Returns the events.
///
/// # Errors
/// Faults of the database.
pub(crate) fn withdraw_all(
    rows: &mut Rows<'_>,
    business: &Business,
    who: Who,
    how: &str,
    happened: DateTime<FixedOffset>,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let mut events = Vec::new();
    for purpose in all(rows, business)? {
        let standing = standing(rows, business, who.no, &purpose, business.today(now))?;
        if matches!(standing.status, Status::Given | Status::AwaitingConfirmation) || standing.waiting.is_some() {
            events.push(withdraw_one(rows, business, who, &purpose, how, happened, by, now)?.event);
        }
    }
    Ok(events)
}

/// Records that the person confirmed, from the address that they named, the yes that waits for it.
///
/// # Errors
/// Those of finding the contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::Restricted`];
/// [`Code::NothingToConfirm`], also when the yes has lapsed.
pub fn confirm(vault: &mut Vault, contact: &str, purpose: &str, now: DateTime<Utc>) -> Result<Done<Recorded>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let who = resolve(vault.rows(), contact)?;
    let purpose = answerable(vault.rows(), &business, purpose)?;
    unlocked(vault.rows(), &business, who)?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let waiting = standing(rows, &business, who.no, &purpose, business.today(now))?;
        let beside = waiting.waiting.map(|(version, _)| version);
        let alone = waiting.version.filter(|_| waiting.status == Status::AwaitingConfirmation);
        let version = beside
            .or(alone)
            .ok_or_else(|| Problem::new(Code::NothingToConfirm).with("purpose", purpose.rules.key.as_str()))?;
        let row = EventRow::new("confirmed", version, business.local(rows.at), &by);
        let recorded = follow(rows, &business, who, who.no, &purpose, &row, now)?;
        rows.about(recorded.event);
        Ok(recorded)
    })
}

/// Records that an event was recorded by mistake, so that it counts no longer; correcting a correction brings back what
/// that one took out.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AlreadyCorrected`]; [`Code::Restricted`]; [`Code::Invalid`] without a note.
pub fn correct(vault: &mut Vault, event: Uuid, note: &str, now: DateTime<Utc>) -> Result<Done<Recorded>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let mistake = Mistake::of(vault.rows(), event, note)?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let recorded = mistake.correct(rows, &business, &by, now)?;
        rows.about(recorded.event);
        Ok(recorded)
    })
}

/// Records of several events, as those of one conversation, that they were recorded by mistake: of all or of none.
///
/// # Errors
/// As [`correct`].
pub fn correct_many(vault: &mut Vault, events: &[Uuid], note: &str, now: DateTime<Utc>) -> Result<Done<Vec<Recorded>>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let mistakes = events.iter().map(|event| Mistake::of(vault.rows(), *event, note)).collect::<Result<Vec<_>>>()?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        mistakes.iter().map(|mistake| mistake.correct(rows, &business, &by, now)).collect()
    })
}

/// Writes an event with a contact and puts the projection of `head`, which speaks for it, right.
pub(super) fn follow(
    rows: &mut Rows<'_>,
    business: &Business,
    who: Who,
    head: i64,
    purpose: &Stored,
    row: &EventRow,
    now: DateTime<Utc>,
) -> Result<Recorded> {
    let proofs = put(rows, who, purpose, row, &[])?;
    let standing = refresh(rows, business, head, purpose, now)?.by(business.today(now), business.zone);
    Ok(Recorded { event: row.id, status: standing.status, expires: standing.expires, proofs, warnings: Vec::new() })
}

/// Who was asked, and who may not be.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Asking {
    /// Those for whom an event was recorded.
    pub asked: Vec<Asked>,
    /// Those whom the gate protects.
    pub refused: Vec<Refused>,
}

/// Somebody who was asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Asked {
    /// The contact.
    pub contact: Uuid,
    /// The event.
    pub event: Uuid,
}

/// Somebody who may not be asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Refused {
    /// The contact.
    pub contact: Uuid,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Why, and what would be allowed, in one sentence.
    pub text: String,
}

impl Refused {
    /// Why a gate does not let somebody through; nothing when it does.
    pub(super) fn by(gate: &Gate<'_>, who: Who) -> Result<Option<Self>> {
        let (decision, standing) = gate.decide(who)?;
        let text = gate.sentence(&decision, &standing);
        Ok((!decision.allowed).then_some(Self { contact: who.id, reasons: decision.reasons, text }))
    }
}

/// Records that people were asked for their consent, those whom the law allows to be asked on that way.
///
/// # Errors
/// Those of finding each contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::NoWording`];
/// [`Code::NotAllowed`] when nobody of them may be asked.
pub fn ask(
    vault: &mut Vault,
    contacts: &[impl AsRef<str>],
    purpose: &str,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<Done<Asking>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let purpose = answerable(vault.rows(), &business, purpose)?;
    let version = latest(&purpose.rules);
    if wordings(vault.rows(), purpose.no, version)?.is_empty() {
        let problem = Problem::new(Code::NoWording).with("purpose", purpose.rules.key.as_str());
        return Err(problem.with("version", version).with("language", business.language.as_str()));
    }
    let (whom, refused) = may_be_asked(vault, contacts, &purpose, channel, business.today(now))?;
    if whom.is_empty() {
        return Err(Problem::new(Code::NotAllowed).with("reasons", reasons_of(&refused)));
    }
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let when = (business.local(rows.at), &*by);
        Ok(Asking { asked: asked_on(rows, &business, &whom, &purpose, version, channel, when, now)?, refused })
    })
}

/// Why nobody may be asked, each reason once.
pub(super) fn reasons_of(refused: &[Refused]) -> String {
    let reasons: BTreeSet<&str> = refused.iter().flat_map(|one| &one.reasons).map(|one| one.as_str()).collect();
    reasons.into_iter().collect::<Vec<_>>().join(", ")
}

/// Writes that each of these was asked with that version, inside the running act; when, and by whom, stands last.
#[expect(clippy::too_many_arguments, reason = "the two callers hold each of these on its own")]
pub(super) fn asked_on(
    rows: &mut Rows<'_>,
    business: &Business,
    whom: &[Who],
    purpose: &Stored,
    version: u32,
    channel: Channel,
    (happened, by): (DateTime<FixedOffset>, &str),
    now: DateTime<Utc>,
) -> Result<Vec<Asked>> {
    let mut asked = Vec::with_capacity(whom.len());
    let texts = Wordings::of(rows, business, purpose, version)?;
    for who in whom {
        let (language, text) = texts.read_by(rows, *who)?;
        let how = way(channel).to_owned();
        let row = EventRow { how, language, text, ..EventRow::new("asked", version, happened, by) };
        follow(rows, business, *who, who.no, purpose, &row, now)?;
        asked.push(Asked { contact: who.id, event: row.id });
    }
    Ok(asked)
}

/// Writes that somebody was asked by a mail of their own, inside the running act.
pub(crate) fn asked_by_mail(
    rows: &mut Rows<'_>,
    business: &Business,
    who: Who,
    purpose: &Stored,
    (version, language): (u32, &str),
    (happened, by): (DateTime<FixedOffset>, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    // The text that went, whatever the wording or the person's language is by now.
    let (language, text) = text(rows, business, who, purpose, version, Some(language))?;
    let how = way(Channel::Email).to_owned();
    let row = EventRow { how, language, text, ..EventRow::new("asked", version, happened, by) };
    follow(rows, business, who, who.no, purpose, &row, now).map(|_| ())
}

/// The way of an answer that belongs to a channel.
fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Post => How::Letter.as_str(),
        Channel::Email | Channel::Phone | Channel::Sms | Channel::Messaging | Channel::InPerson => channel.as_str(),
    }
}

/// Who may be asked on a way, and who not.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Askable {
    /// Those for whom [`ask`] would record it.
    pub may: Vec<Uuid>,
    /// Those whom the gate protects.
    pub refused: Vec<Refused>,
}

/// Says who of these may be asked for their consent on that way; nothing is written.
///
/// # Errors
/// Those of finding each contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`].
pub fn askable(
    vault: &Vault,
    contacts: &[impl AsRef<str>],
    purpose: &str,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<Askable> {
    let purpose = answerable(vault.rows(), vault.business(), purpose)?;
    let (whom, refused) = may_be_asked(vault, contacts, &purpose, channel, vault.business().today(now))?;
    Ok(Askable { may: whom.into_iter().map(|who| who.id).collect(), refused })
}

/// Those of these who may be asked on a way on that day, each group once, and the others.
pub(super) fn may_be_asked(
    vault: &Vault,
    contacts: &[impl AsRef<str>],
    purpose: &Stored,
    channel: Channel,
    on: NaiveDate,
) -> Result<(Vec<Who>, Vec<Refused>)> {
    let gate = Gate::asking(vault, purpose, channel, on)?;
    let (mut whom, mut refused, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for contact in contacts {
        let who = resolve(vault.rows(), contact.as_ref())?;
        if !seen.insert(who.no) {
            continue;
        }
        match Refused::by(&gate, who)? {
            None => whom.push(who),
            Some(one) => refused.push(one),
        }
    }
    Ok((whom, refused))
}
