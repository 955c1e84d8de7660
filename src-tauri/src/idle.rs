//! Locks the vault when nobody has been there for a while.

use std::time::Duration;

use tauri::AppHandle;

use crate::desk::{Desk, lock_after};

/// How often to look.
const EVERY: Duration = Duration::from_secs(5);

/// Looks now and then whether the vault is to be locked, as long as the application runs.
pub(crate) fn watch(app: AppHandle, desk: Desk) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            // Long work is a sign of life: what the person is waiting for is not taken away.
            if is_due(&desk) {
                desk.lock(&app);
            }
        }
    });
}

fn is_due(desk: &Desk) -> bool {
    let after = desk.held_at_rest().and_then(|held| held.vault.as_ref().map(lock_after)).unwrap_or_default();
    after > 0 && desk.idle() >= Duration::from_secs(60 * u64::from(after))
}
