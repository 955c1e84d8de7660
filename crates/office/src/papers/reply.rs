//! A letter about a request, looked at, and sent or saved: by mail it goes through the outbox, and the step that it tells of is
//! taken once a server has it; saved, the step is taken with it.

use std::path::Path;

use akkoord_rules::request::Event;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::letter::{Composed, Letter, Made, Printed, Shell, Wanted, composed};
use super::pack::{For, Packed, packed};
use super::paper::{Paper, Press};
use crate::key::Passphrase;
use crate::mail;
use crate::people::Who;
use crate::problem::{Problem, Result};
use crate::profile::Leaving;
use crate::profile::incoming::Given;
use crate::requests::{self, Step};
use crate::vault::{Act, Done, Rows, Vault};

/// A letter about a request.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The request.
    pub request: Uuid,
    /// The letter.
    pub letter: Letter,
    /// The step that it tells of: it is taken once the letter is out.
    pub step: Option<Step>,
    /// What fills places by the owner's own hand: a place and its words.
    pub said: Vec<(String, String)>,
}

/// A letter about a request before it goes, and how it can.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplyShown {
    /// Its name for programs.
    pub letter: &'static str,
    /// All that it says.
    pub paper: Paper,
    /// The address that a mail would go to, where there is one.
    pub to: Option<String>,
    /// Whether the business has a mail account.
    pub account: bool,
}

impl Reply {
    fn event(&self, vault: &Vault, now: DateTime<Utc>) -> Option<Event> {
        self.step.clone().map(|step| step.event(vault.business().today(now)).0)
    }

    /// What the letter is made from.
    #[must_use]
    pub fn wanted(&self, vault: &Vault, now: DateTime<Utc>) -> Wanted {
        let step = self.event(vault, now);
        Wanted { request: Some(self.request), said: self.said.clone(), step, ..Wanted::default() }
    }
}

/// Shows a letter about a request as it would go; nothing is written.
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::MissingField`] for a place that nothing fills; [`crate::Code::Invalid`] for a place that
/// the letter does not have; a code for the rule that stands against its step.
pub fn reply(vault: &Vault, reply: &Reply, now: DateTime<Utc>) -> Result<ReplyShown> {
    let Composed { paper, who, .. } = composed(vault, reply.letter, &reply.wanted(vault, now), now)?;
    let to = who.map(|who| crate::vault::mail::first_address(vault.rows(), who.no)).transpose()?.flatten();
    Ok(ReplyShown { letter: reply.letter.as_str(), paper, to, account: mail::account(vault)?.is_some() })
}

/// Lays a letter about a request into the outbox, with the files of a right where they are wanted; those open with the password
/// only, where there is one. A copy of the letter stays with the request. The mail itself says nothing of what is in it.
///
/// # Errors
/// As [`reply`]; those of [`mail::write`]; [`crate::Code::Invalid`] where nobody known asked; [`crate::Code::WeakPassphrase`].
pub fn reply_send(
    vault: &mut Vault,
    reply: &Reply,
    right: Option<For<'_>>,
    press: &dyn Press,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let Pressed { mut kept, who, title, within } = pressed(vault, reply, right, press, password, now)?;
    let who = who.ok_or_else(|| Problem::invalid("contact", "nobody_named"))?;
    let words = Shell::of(vault, kept.printed.language, now)?.words;
    let mut attach = Vec::new();
    if !within {
        attach.push(Given::Made { name: words.letter_file.to_owned(), bytes: kept.printed.bytes.clone().into() });
    }
    if let Some(pack) = &mut kept.pack {
        let bytes = std::mem::take(&mut pack.bytes);
        attach.push(Given::Made { name: words.pack_file.to_owned(), bytes: bytes.into() });
    }
    let template = mail::Template::Letter { subject: title, locked: kept.pack.is_some() && password.is_some() };
    let new = mail::NewMail { template, attach, request: Some(reply.request) };
    let step = reply.event(vault, now);
    let more = |rows: &mut Rows<'_>, who: Who| kept.seal(rows, Some(who)).map(drop);
    mail::write_with(vault, &who.id.to_string(), &new, step.as_ref(), more, now)
}

/// The files of a right that are saved beside a letter.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Which right.
    pub right: For<'a>,
    /// The ZIP to write.
    pub to: &'a Path,
    /// It opens with this only, where there is one.
    pub password: Option<&'a Passphrase>,
}

/// Saves a letter about a request as PDF, with the files of a right where they are wanted; a copy of the letter stays with the
/// request, and its step is taken. All of that is one act: where any of it cannot be, none is.
///
/// # Errors
/// As [`reply`]; [`crate::Code::Invalid`] for files of somebody whom nobody knows; a code for each rule that stands against the
/// step; [`crate::Code::WeakPassphrase`]; [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`].
pub fn reply_save(
    vault: &mut Vault,
    reply: &Reply,
    press: &dyn Press,
    to: &Path,
    beside: Option<Beside<'_>>,
    now: DateTime<Utc>,
) -> Result<Done<Made>> {
    let (right, password) = (beside.map(|beside| beside.right), beside.and_then(|beside| beside.password));
    let Pressed { kept, who, .. } = pressed(vault, reply, right, press, password, now)?;
    let mut leaving = vec![Leaving::whole(vault.profile(), to, &kept.printed.bytes)?];
    if let (Some(beside), Some(pack)) = (beside, &kept.pack) {
        leaving.push(Leaving::whole(vault.profile(), beside.to, &pack.bytes)?);
    }
    let (today, by) = (vault.business().today(now), vault.by().to_owned());
    let done = vault.record(Act::LetterMade, who.map(|who| who.id), now, |rows| {
        let made = kept.seal(rows, who)?;
        if let Some(step) = reply.step.clone() {
            requests::take(rows, reply.request, step, today, by)?;
        }
        Ok(made)
    })?;
    // One that cannot be put in its place does not hold back the other.
    let put: Vec<Result<()>> = leaving.into_iter().map(Leaving::put_recorded).collect();
    put.into_iter().collect::<Result<()>>()?;
    Ok(done)
}

/// A letter that was printed, with the files that go along.
struct Pressed {
    kept: Kept,
    who: Option<Who>,
    title: String,
    /// The letter is among those files.
    within: bool,
}

fn pressed(
    vault: &Vault,
    reply: &Reply,
    right: Option<For<'_>>,
    press: &dyn Press,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Pressed> {
    let Composed { paper, who, code } = composed(vault, reply.letter, &reply.wanted(vault, now), now)?;
    let whose = || who.ok_or_else(|| Problem::invalid("contact", "nobody_named"));
    let mut pack = right.map(|right| packed(vault, whose()?, right, password, now)).transpose()?;
    // The letter of a right goes with its files; any other goes beside them.
    let own = pack.as_mut().and_then(|pack| pack.letter.take()).filter(|(which, _)| *which == reply.letter);
    let within = own.is_some();
    let (bytes, code) = match own {
        Some((_, printed)) => (printed, None),
        None => (press.pdf(&paper)?, code),
    };
    let (letter, request) = (reply.letter, Some(reply.request));
    let kept = Kept { printed: Printed { letter, language: paper.language, bytes, code, request }, pack };
    Ok(Pressed { kept, who, title: paper.title, within })
}

/// What is recorded of a letter that leaves, with a copy of it.
struct Kept {
    printed: Printed,
    pack: Option<Packed>,
}

impl Kept {
    fn seal(&self, rows: &mut Rows<'_>, who: Option<Who>) -> Result<Made> {
        let made = self.printed.seal(rows, who, true)?;
        self.pack.as_ref().map_or(Ok(()), |pack| pack.seal(rows))?;
        Ok(made)
    }
}

#[cfg(test)]
mod tests;
