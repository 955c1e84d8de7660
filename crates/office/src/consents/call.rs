//! A conversation in which somebody answered several questions: all of it is one act, or nothing was recorded.

use std::collections::BTreeSet;

use akkoord_rules::consent::{How, Status};
use akkoord_rules::gate::Reason;
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::may::Gate;
use super::proof::store_all;
use super::record::{Checked, NewAnswer, Recorded, Warning, answer};
use crate::erasure;
use crate::intake::draft::Draft;
use crate::people::{self, Change, NewSource, Who, resolve};
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::purposes::{Stored, answerable};
use crate::vault::{Act, Business, Done, Rows, Vault};

/// A conversation. What was not asked is not in it.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who answered.
    pub caller: Caller,
    /// The way it went.
    pub how: How,
    /// When it was.
    pub happened: DateTime<FixedOffset>,
    /// The language of the texts that were read; else as for one answer.
    pub language: Option<String>,
    /// What was answered, each purpose at most once.
    pub answers: Vec<CallAnswer>,
    /// In words, of the whole conversation.
    pub note: String,
    /// Files that show it, each answer as well as the others.
    pub attach: Vec<Given>,
    /// The page, network address and place that it came from, where they are known.
    pub from: NewSource,
}

/// Who answered.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A contact, by id or e-mail address.
    Known(String),
    /// Somebody new, who becomes a contact in the same act.
    New(Box<NewPerson>),
}

/// Somebody new.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// What is known.
    pub draft: Draft,
    /// What a draft has no place for, or was typed.
    pub changes: Vec<Change>,
    /// Where it came from; without words, from the conversation itself.
    pub from: NewSource,
    /// Also when another contact has the e-mail or phone already.
    pub duplicate: bool,
}

/// One answer of a conversation.
#[derive(Debug, Clone, Default)]
pub struct CallAnswer {
    /// The purpose's key.
    pub purpose: String,
    /// Yes or no.
    pub yes: bool,
    /// The language of its text, where it is not that of the conversation.
    pub language: Option<String>,
    /// The channels it covers; else those of the purpose.
    pub channels: Option<ChannelSet>,
    /// The one channel that the person wants to be reached on.
    pub prefer: Option<Channel>,
    /// The last day on which a yes holds; overrides the purpose's validity.
    pub until: Option<NaiveDate>,
    /// Keys of the connections that the data may be shared with.
    pub share: Vec<String>,
    /// The parent or guardian who gave it for a child; empty for nobody.
    pub guardian: String,
}

/// What was recorded of a conversation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Called {
    /// The contact.
    pub contact: Uuid,
    /// Whether it is new.
    pub added: bool,
    /// The answers, in the order in which they were given.
    pub recorded: Vec<Recorded>,
}

/// Records a conversation: the person, if new, every answer, and the files that show them.
///
/// # Errors
/// As for one answer; [`crate::Code::Invalid`] without any answer or with two about one purpose; those of adding a contact.
pub fn record_call(vault: &mut Vault, call: &Call, now: DateTime<Utc>) -> Result<Done<Called>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let done = vault.record(Act::CallRecorded, None, now, |rows| {
        let (who, called) = put(rows, &business, &by, call, now)?;
        rows.about(who.id);
        Ok(called)
    });
    erasure::refused_entry(vault, done, now)
}

/// What would follow for one purpose.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Foreseen {
    /// The purpose's key.
    pub purpose: String,
    /// Where the person would stand.
    pub status: Status,
    /// The first day on which the yes would no longer hold.
    pub expires: Option<NaiveDate>,
    /// The channels on which the person could be reached for it.
    pub allowed: Vec<Channel>,
    /// Those of the purpose on which not, and why.
    pub refused: Vec<NotOn>,
    /// What to know about it.
    pub warnings: Vec<Warning>,
}

/// A channel on which somebody could not be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NotOn {
    /// The channel.
    pub channel: Channel,
    /// Why not.
    pub reasons: Vec<Reason>,
}

/// Says what would follow if the conversation were recorded as it stands, by recording it and taking all of it back: for each
/// answer, in their order. Files are not looked at.
///
/// # Errors
/// Those that [`record_call`] would refuse with.
pub fn foresee(vault: &mut Vault, call: &Call, now: DateTime<Utc>) -> Result<Vec<Foreseen>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let call = Call { attach: Vec::new(), ..call.clone() };
    vault.rehearse(now, |rows| {
        let (who, called) = put(rows, &business, &by, &call, now)?;
        let answers = call.answers.iter().zip(called.recorded);
        answers.map(|(answer, recorded)| foreseen(rows, &business, who, answer, recorded, now)).collect()
    })
}

fn foreseen(
    rows: &Rows<'_>,
    business: &Business,
    who: Who,
    answer: &CallAnswer,
    recorded: Recorded,
    now: DateTime<Utc>,
) -> Result<Foreseen> {
    let purpose = answerable(rows, business, &answer.purpose)?;
    let (mut allowed, mut refused) = (Vec::new(), Vec::new());
    for channel in purpose.rules.channels.iter() {
        let gate = Gate::reaching(rows, business, &purpose, channel, business.today(now))?;
        let (decision, _) = gate.decide(who)?;
        if decision.allowed {
            allowed.push(channel);
        } else {
            refused.push(NotOn { channel, reasons: decision.reasons });
        }
    }
    let Recorded { status, expires, warnings, .. } = recorded;
    Ok(Foreseen { purpose: answer.purpose.clone(), status, expires, allowed, refused, warnings })
}

/// Records a conversation inside the running act.
fn put(rows: &mut Rows<'_>, business: &Business, by: &str, call: &Call, now: DateTime<Utc>) -> Result<(Who, Called)> {
    let answers = looked_over(rows, business, call, now)?;
    let (who, added) = match &call.caller {
        Caller::Known(given) => (resolve(rows, given)?, false),
        Caller::New(person) => (add(rows, business, by, person, call)?, true),
    };
    let contents = store_all(rows, &call.attach)?;
    let mut recorded = Vec::with_capacity(answers.len());
    for (purpose, new, checked) in &answers {
        recorded.push(answer(rows, business, who, purpose, new, checked, &contents, by, now)?);
    }
    Ok((who, Called { contact: who.id, added, recorded }))
}

/// Each answer as one recorded alone would be.
fn looked_over(
    rows: &Rows<'_>,
    business: &Business,
    call: &Call,
    now: DateTime<Utc>,
) -> Result<Vec<(Stored, NewAnswer, Checked)>> {
    if call.answers.is_empty() {
        return Err(Problem::invalid("answers", "empty"));
    }
    let mut seen = BTreeSet::new();
    let each = call.answers.iter().map(|answer| {
        if !seen.insert(answer.purpose.as_str()) {
            return Err(Problem::invalid("answers", "twice").with("purpose", answer.purpose.as_str()));
        }
        let purpose = answerable(rows, business, &answer.purpose)?;
        let new = NewAnswer {
            language: answer.language.clone().or_else(|| call.language.clone()),
            channels: answer.channels,
            prefer: answer.prefer,
            until: answer.until,
            share: answer.share.clone(),
            guardian: answer.guardian.clone(),
            // The question that is read aloud asks for an express yes.
            explicit: purpose.rules.special && answer.yes,
            note: call.note.clone(),
            url: call.from.url.clone(),
            ip: call.from.ip.clone(),
            place: call.from.place.clone(),
            ..NewAnswer::new(&answer.purpose, answer.yes, call.how, call.happened)
        };
        let checked = Checked::of(&new, rows, business, &purpose, now);
        let checked = checked.map_err(|problem| problem.with("purpose", answer.purpose.as_str()))?;
        Ok((purpose, new, checked))
    });
    each.collect()
}

fn add(rows: &mut Rows<'_>, business: &Business, by: &str, person: &NewPerson, call: &Call) -> Result<Who> {
    let mut from = person.from.clone();
    if from.text.trim().is_empty() {
        from = NewSource { text: call.how.as_str().to_owned(), ..call.from.clone() };
    }
    people::put(rows, business, by, &person.draft, &person.changes, &from, person.duplicate)
}
