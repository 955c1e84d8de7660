//! Locks the vault when nobody has been there for a while.

use std::time::Duration;

use akkoord_office::vault::Vault;
use tauri::AppHandle;

use crate::desk::{Desk, Held};

/// How often to look.
const EVERY: Duration = Duration::from_secs(5);

/// Looks now and then whether the vault is to be locked, as long as the application runs.
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            desk.lock_unattended(&app);
        }
    });
}

impl Held {
    /// How long nobody may have been there before all that is open locks: the shortest that a vault says, since the business's
    /// own may lie under the practice vault. Nothing where none locks by itself.
    pub(crate) fn locks_after(&self) -> Option<Duration> {
        let minutes = [&self.vault, &self.aside].into_iter().flatten().map(lock_after).filter(|minutes| *minutes > 0);
        minutes.min().map(|minutes| Duration::from_secs(60 * u64::from(minutes)))
    }
}

/// Minutes without use after which a vault locks; 0 for never.
fn lock_after(vault: &Vault) -> u16 {
    vault.settings().lock_after_minutes
}
