//! The practice vault: an invented business to look around in. It is made anew each time, in a folder of its own, through the
//! use cases themselves, so everything in it is as in a vault that was in use for years.

mod incidents;
mod past;
mod people;
mod receivers;
mod words;

use akkoord_rules::law::Country;
use chrono::{DateTime, Days, Utc};
use zeroize::Zeroizing;

use crate::key::Passphrase;
use crate::problem::{Code, Problem, Result};
use crate::profile::{Profile, WriterLock, create_private, create_private_dir, write_failed};
use crate::vault::{Desk, Setup, Vault, create, hex};

/// How long ago the business began.
const BEGAN: Days = Days::new(900);

/// Makes the practice vault in this folder, in the place of the one from the time before, and opens it. Nothing opens it again:
/// its passphrase is random and not kept. Dates are told from `now`.
///
/// # Errors
/// [`Code::VaultExists`] for a folder with a vault that is none for practice; those of the disk.
pub fn make(profile: &Profile, language: &str, desk: Desk, now: DateTime<Utc>) -> Result<Vault> {
    leave(profile)?;
    profile.vacant()?;
    create_private_dir(profile.dir())?;
    create_private(&marker(profile))?;
    let setup = Setup {
        name: "Ketting & Co".to_owned(),
        country: Country::Be,
        language: language.to_owned(),
        keychain: false,
        passphrase: Some(passphrase()?),
        ask_code: false,
    };
    let mut vault = create(profile, setup, desk, now - BEGAN)?.vault;
    past::live(&mut vault, now)?;
    Ok(vault)
}

/// Takes the practice vault away, if there is one. It must be closed.
///
/// # Errors
/// [`Code::VaultInUse`] where another program practises in it; [`Code::Unwritable`].
pub fn leave(profile: &Profile) -> Result<()> {
    if !marker(profile).exists() {
        return Ok(());
    }
    let lock = WriterLock::acquire(profile, "window", None)?;
    let failed = |error| write_failed(profile.dir(), error);
    // The marker last: without it, what a kill left here would be taken for a vault that holds people.
    for entry in std::fs::read_dir(profile.dir()).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path != marker(profile) && path != profile.lock() {
            let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            gone.map_err(failed)?;
        }
    }
    // A locked file cannot go on every system; nothing of a vault is left to anybody who comes in between.
    drop(lock);
    std::fs::remove_dir_all(profile.dir()).map_err(failed)
}

/// Whether a folder is that of a practice vault.
pub(crate) fn is_practice(profile: &Profile) -> bool {
    marker(profile).exists()
}

/// What tells a practice vault from one that holds people.
fn marker(profile: &Profile) -> std::path::PathBuf {
    profile.dir().join("practice")
}

fn passphrase() -> Result<Passphrase> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(Passphrase::new(hex(bytes.as_slice())))
}

#[cfg(test)]
mod tests;
