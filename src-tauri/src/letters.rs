//! Letters that leave the window: as files where exports go, or into the outbox.

use akkoord_office::key::Passphrase;
use akkoord_office::papers::{self, Beside, For, Letter, Reply};
use akkoord_office::problem::Result;
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

/// Saves a letter as PDF where exports go, with the files that go along beside it.
pub(crate) fn save(
    vault: &mut Vault,
    given: ReplyIn,
    files: &Spool,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<Done<Saved<ReplySaved>>> {
    let (pack, password) = (given.pack, password.map(Passphrase::new));
    let reply = given.reply(files)?;
    let to = free(vault, word(vault, ["brief", "lettre", "brief", "letter"]), "pdf", now)?;
    let zip = pack.map(|pack| free(vault, word(vault, pack.name()), "zip", now)).transpose()?;
    let beside = pack.zip(zip.as_deref());
    let beside = beside.map(|(pack, to)| Beside { right: pack.of(), to, password: password.as_ref() });
    let done = papers::reply_save(vault, &reply, &Typst, &to, beside, now)?;
    let pack = zip.map(|zip| zip.display().to_string());
    Ok(saved(Done { output: ReplySaved { pack }, touched: done.touched }, &to))
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
