//! The steps between what a person typed and an open vault.

use akkoord_office::key::recovery::RecoveryCode;
use akkoord_office::key::{Passphrase, keychain};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::Profile;
use akkoord_office::vault::{self, Opener, Setup, Vault};
use akkoord_office::{clock, settings};
use akkoord_rules::law::Country;
use zeroize::Zeroizing;

use crate::commands::vault::NewVault;
use crate::desk::{Desk, Held, clerk};
use crate::state::{self, Kit, VaultState};

/// Nothing typed means the keychain.
pub(crate) fn opener(passphrase: Option<String>) -> Opener {
    passphrase.map_or(Opener::Keychain, |typed| Opener::Passphrase(Passphrase::new(typed)))
}

/// Makes the vault in the profile at hand and opens it.
pub(crate) fn create(desk: &Desk, held: &mut Held, new: NewVault) -> Result<Kit> {
    let profile = desk.profile(held);
    let setup = Setup {
        name: new.name,
        country: new.country.parse::<Country>().map_err(|_| Problem::invalid("country", "unknown_country"))?,
        language: new.language,
        keychain: new.keychain,
        passphrase: new.passphrase.map(Passphrase::new),
    };
    let now = clock::now();
    let vault::Created { mut vault, recovery_code } =
        vault::create(&Profile::create(profile.dir())?, setup, clerk(), now)?;
    settings::confirm_kit(&mut vault, false, now)?;
    let kit = state::kit(held, &vault, recovery_code)?;
    held.vault = Some(vault);
    desk.touch();
    Ok(kit)
}

/// Compares what was typed from the paper with the group that was asked for.
pub(crate) fn confirm_kit(held: &mut Held, typed: &str) -> Result<bool> {
    let typed = Zeroizing::new(typed.trim().to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1"));
    let right =
        held.kit.as_ref().is_some_and(|(code, asked)| code.grouped().split('-').nth(*asked) == Some(typed.as_str()));
    if right {
        if let Some(vault) = held.vault.as_mut() {
            settings::confirm_kit(vault, true, clock::now())?;
        }
        held.kit = None;
    }
    Ok(right)
}

/// Opens with the code on the paper, and sets what opens it from now on.
pub(crate) fn recover(desk: &Desk, held: &mut Held, code: String, new: Option<Passphrase>) -> Result<VaultState> {
    let code = Zeroizing::new(code);
    desk.unlock(held, &Opener::Recovery(RecoveryCode::parse(&code)?))?;
    if let (Some(vault), Some(new)) = (held.vault.as_mut(), new) {
        vault.set_passphrase(&new, clock::now())?;
    }
    Ok(state::of(desk, held))
}

/// Goes on with a file that the owner put back.
pub(crate) fn restored(desk: &Desk, held: &mut Held, opener: &Opener) -> Result<VaultState> {
    held.vault = None;
    let profile = desk.profile(held);
    held.vault = Some(Vault::accept_rollback(&profile, opener, clerk(), None, clock::now())?);
    desk.touch();
    Ok(state::of(desk, held))
}

/// A new code for the paper; the one before opens the vault no longer.
pub(crate) fn new_kit(held: &mut Held) -> Result<Kit> {
    let now = clock::now();
    let mut vault = held.vault.take().ok_or_else(|| Problem::new(Code::VaultLocked))?;
    // First: were this to fail after the code was changed, nobody would see the new one.
    let renewed = settings::confirm_kit(&mut vault, false, now).and_then(|_| vault.renew_code(now, Ok));
    let kit = renewed.and_then(|done| state::kit(held, &vault, done.output));
    held.vault = Some(vault);
    kit
}

/// Whether this computer's keychain could open a vault.
pub(crate) fn keychain_ready() -> Result<()> {
    keychain::ready()
}
