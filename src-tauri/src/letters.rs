//! Letters that leave the window: as files where exports go, or into the outbox.

use akkoord_office::key::Passphrase;
use akkoord_office::papers::{self, For, Letter, Reply};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::profile::incoming::Spool;
use akkoord_office::requests::{self, Calendar};
use akkoord_office::vault::{Done, Vault};
use akkoord_press::Typst;
use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use crate::commands::replies::{PackIn, ReplyIn};
use crate::outgoing::{Saved, free, saved, word};

/// A letter that was saved.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct ReplySaved {
    /// The path of the files that go along, where they were wanted.
    pub(crate) pack: Option<String>,
}

impl PackIn {
    fn of(self) -> For<'static> {
        match self {
            Self::Access => For::Access(&Typst),
            Self::Rectification => For::Rectification(&Typst),
            Self::Portability => For::Portability,
        }
    }

    fn name(self) -> [&'static str; 4] {
        match self {
            Self::Access => ["inkijken", "acces", "auskunft", "access"],
            Self::Rectification => ["verbeteren", "rectifier", "berichtigen", "rectification"],
            Self::Portability => ["meenemen", "emporter", "mitnehmen", "portability"],
        }
    }
}

impl ReplyIn {
    pub(crate) fn reply(self, files: &Spool) -> Result<Reply> {
        let letter = Letter::named(&self.letter)?;
        let step = self.step.map(|step| step.step(files)).transpose()?;
        Ok(Reply { request: self.request, letter, step, said: self.said })
    }
}

/// Saves a letter as PDF, a copy of it with the request, and beside it the files that go along; then the step is taken.
pub(crate) fn save(
    vault: &mut Vault,
    given: ReplyIn,
    files: &Spool,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<Done<Saved<ReplySaved>>> {
    let pack = given.pack;
    let reply = given.reply(files)?;
    let wanted = reply.wanted(vault, now);
    let to = free(vault, word(vault, ["brief", "lettre", "brief", "letter"]), "pdf", now)?;
    let done = papers::make(vault, reply.letter, &wanted, &Typst, (&to, true), now)?;
    let mut beside = None;
    if let Some(pack) = pack {
        let contact = requests::show(vault, reply.request, now)?.listed.contact;
        let contact = contact.ok_or_else(|| Problem::invalid("contact", "nobody_named"))?.to_string();
        let zip = free(vault, word(vault, pack.name()), "zip", now)?;
        papers::export(vault, &contact, pack.of(), &zip, password.map(Passphrase::new).as_ref(), now)?;
        beside = Some(zip.display().to_string());
    }
    if let Some(step) = reply.step {
        requests::step(vault, reply.request, step, now)?;
    }
    Ok(saved(Done { output: ReplySaved { pack: beside }, touched: done.touched }, &to))
}

/// Lays a letter about a request into the outbox.
pub(crate) fn send(
    vault: &mut Vault,
    given: ReplyIn,
    files: &Spool,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let pack = given.pack.map(PackIn::of);
    let reply = given.reply(files)?;
    papers::reply_send(vault, &reply, pack, &Typst, password.map(Passphrase::new).as_ref(), now)
}

/// Saves the deadlines of open requests as a calendar file.
pub(crate) fn calendar(vault: &mut Vault, names: bool, now: DateTime<Utc>) -> Result<Done<Saved<Calendar>>> {
    let to = free(vault, word(vault, ["termijnen", "echeances", "fristen", "deadlines"]), "ics", now)?;
    let done = requests::calendar(vault, names, &to, now)?;
    Ok(saved(done, &to))
}
