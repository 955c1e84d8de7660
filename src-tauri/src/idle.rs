//! Locks the vault when nobody has been there for a while.

use std::time::Duration;

use tauri::AppHandle;

use crate::desk::Desk;

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
