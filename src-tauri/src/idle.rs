//! Locks the vault when nobody has been there for a while.

use std::time::Duration;

use akkoord_office::vault::Vault;
use tauri::AppHandle;

use crate::desk::Desk;

/// How often to look.
const EVERY: Duration = Duration::from_secs(5);

/// Looks now and then whether the vault is to be locked, as long as the application runs.
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            // Long work is a sign of life: what the person is waiting for is not taken away.
            if desk.at_rest() && is_due(&desk) {
                desk.lock(&app);
            }
        }
    });
}

fn is_due(desk: &Desk) -> bool {
    let after = desk.held().vault.as_ref().map_or(0, minutes);
    after > 0 && desk.idle() >= Duration::from_secs(60 * u64::from(after))
}

fn minutes(vault: &Vault) -> u16 {
    vault.settings().lock_after_minutes
}
