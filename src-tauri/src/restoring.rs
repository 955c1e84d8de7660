//! The steps between a backup and a vault that is open again.

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::erasure::journal;
use akkoord_office::problem::{Problem, Result};
use akkoord_office::vault::backup::{self, Backup, Found, Place, Restored};
use serde::Serialize;
use specta::Type;

use crate::commands::vault::Key;
use crate::desk::{Desk, Held, clerk};
use crate::state::{self, VaultState};

/// A vault that was made of a backup, and how things stand with it.
#[derive(Debug, Serialize, Type)]
pub(crate) struct PutBack {
    /// What was restored.
    pub(crate) restored: Restored,
    /// The file came from elsewhere without the list of erasures beside it: whoever was erased since it was made is back.
    pub(crate) unlisted: bool,
    /// The vault at hand.
    pub(crate) state: VaultState,
}

/// The file of a backup that the page named: in a folder of the profile, or the one that the person chose from the disk.
pub(crate) fn file(desk: &Desk, held: &Held, place: Place, name: &str) -> Result<PathBuf> {
    match place {
        Place::Own | Place::Second => backup::find(desk.home(), place, name),
        Place::Elsewhere => held.backup.clone().ok_or_else(|| Problem::not_found("backup", name)),
    }
}

/// Remembers a backup that the person chose, once every byte of it was looked at.
pub(crate) fn chosen(held: &mut Held, path: PathBuf) -> Result<Found> {
    let found = backup::seen(&path)?;
    held.backup = Some(path);
    Ok(found)
}

/// Closes what is open and makes the business's vault of a backup, in the place of the one that is there, if any; then it is open.
pub(crate) fn put_back(desk: &Desk, held: &mut Held, place: Place, name: &str, key: Key) -> Result<PutBack> {
    let path = file(desk, held, place, name)?;
    let (backup, opener) = (Backup::open(&path)?, key.opener()?);
    let data_key = opener.key(backup.slots())?;
    desk.shut(held);
    let (home, journals) = (desk.home(), journal::journals_of(&path, desk.home()));
    let (now, unlisted) = (clock::now(), place == Place::Elsewhere && !journals.iter().any(|path| path.exists()));
    let restored = match home.vacant() {
        Ok(_) => backup::restore(&backup, data_key, home, &journals, clerk(), now)?,
        Err(_) => backup::replace(&backup, data_key, home, &journals, clerk(), now)?,
    };
    desk.unlock(held, &opener)?;
    Ok(PutBack { restored, unlisted, state: state::of(desk, held) })
}
