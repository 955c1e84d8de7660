//! The steps between what a person typed and an open vault.

use akkoord_office::key::recovery::RecoveryCode;
use akkoord_office::key::{Passphrase, keychain};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::profile::Profile;
use akkoord_office::vault::{self, Opener, Setup, Vault};
use akkoord_office::{clock, settings};
use akkoord_rules::law::Country;
use zeroize::Zeroizing;

use crate::commands::vault::{Key, NewVault};
use crate::desk::{Desk, Held, clerk, needed};
use crate::state::{self, Kit, Paper, VaultState};

/// Nothing typed means the keychain.
pub(crate) fn opener(passphrase: Option<String>) -> Opener {
    passphrase.map_or(Opener::Keychain, |typed| Opener::Passphrase(Passphrase::new(typed)))
}

impl Key {
    pub(crate) fn opener(self) -> Result<Opener> {
        Ok(match self {
            Self::Keychain => Opener::Keychain,
            Self::Passphrase(typed) => Opener::Passphrase(Passphrase::new(typed)),
            Self::Code(typed) => Opener::Recovery(RecoveryCode::parse(&Zeroizing::new(typed))?),
        })
    }
}

/// Makes the vault in the profile at hand and opens it.
pub(crate) fn create(desk: &Desk, held: &mut Held, new: NewVault) -> Result<Kit> {
    let profile = desk.profile(held);
    let setup = Setup {
        name: new.name,
        passphrase: new.passphrase.map(Passphrase::new),
        country: new.country.parse::<Country>().map_err(|_| Problem::invalid("country", "unknown_country"))?,
        language: new.language,
        keychain: new.keychain,
        // From its first moment on: should nobody get to see the code, the page asks for a new one.
        ask_code: true,
    };
    let vault::Created { vault, recovery_code } =
        vault::create(&Profile::create(profile.dir())?, setup, clerk(), clock::now())?;
    let paper = Paper::of(&vault);
    desk.take(held, vault);
    let kit = paper?.with(&recovery_code);
    held.kit = Some((recovery_code, kit.asked));
    Ok(kit)
}

/// Compares what was typed from the paper with the group that was asked for.
pub(crate) fn confirm_kit(held: &mut Held, typed: &str) -> Result<bool> {
    let right = held.kit.as_ref().is_some_and(|(code, asked)| code.group_is(*asked, typed));
    if right {
        if let Some(vault) = held.vault.as_mut() {
            settings::confirm_kit(vault, true, clock::now())?;
        }
        held.kit = None;
    }
    Ok(right)
}

/// Opens with the code on the paper, and sets what opens it from now on.
pub(crate) fn recover(desk: &Desk, held: &mut Held, code: &str, new: Option<Passphrase>) -> Result<VaultState> {
    desk.unlock(held, &Opener::Recovery(RecoveryCode::parse(code)?))?;
    renewed(held, new)?;
    Ok(state::of(desk, held))
}

/// Goes on with a file that the owner put back, and sets what opens it from now on.
pub(crate) fn restored(desk: &Desk, held: &mut Held, key: Key, new: Option<Passphrase>) -> Result<VaultState> {
    let opener = key.opener()?;
    held.vault = None;
    let profile = desk.profile(held);
    desk.take(held, Vault::accept_rollback(&profile, &opener, clerk(), None, clock::now())?);
    renewed(held, new)?;
    Ok(state::of(desk, held))
}

/// Sets a new passphrase where there is one. Where that fails the vault is not open: the page says that it is not.
fn renewed(held: &mut Held, new: Option<Passphrase>) -> Result<()> {
    let (Some(vault), Some(new)) = (held.vault.as_mut(), new) else { return Ok(()) };
    let set = vault.set_passphrase(&new, clock::now()).map(drop);
    if set.is_err() {
        held.vault = None;
    }
    set
}

/// A new code for the paper; the one before opens the vault no longer.
pub(crate) fn new_kit(held: &mut Held) -> Result<Kit> {
    let now = clock::now();
    let vault = needed(held)?;
    let paper = Paper::of(vault)?;
    // First: were this to fail after the code was changed, nobody would be asked for the new one.
    settings::confirm_kit(vault, false, now)?;
    let (kit, code) = vault.renew_code(now, |code| Ok((paper.with(&code), code)))?.output;
    held.kit = Some((code, kit.asked));
    Ok(kit)
}

/// Whether this computer's keychain could open a vault.
pub(crate) fn keychain_ready() -> Result<()> {
    keychain::ready()
}

#[cfg(test)]
pub(crate) mod tests;
