//! Whether the keychain is there and open, asked without disturbing anybody.

use crate::problem::Result;

/// What the keychain says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(windows, target_os = "macos"), expect(dead_code, reason = "these systems only answer when used"))]
pub(super) enum State {
    /// Its default collection is unlocked, or this system only tells when it is used.
    Open,
    /// Its default collection is locked.
    Locked,
    /// It runs, but has no collection to keep anything in.
    NoCollection,
}

/// Asks the Secret Service about its default collection. `NoKeychain` if there is no session bus or no such service.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn ask() -> Result<State> {
    use crate::problem::{Code, Problem};
    use secret_service::{EncryptionType, Error, blocking::SecretService};

    let none = |error: Error| Problem::new(Code::NoKeychain).because(error);
    let service = SecretService::connect(EncryptionType::Plain).map_err(none)?;
    match service.get_default_collection() {
        Ok(collection) => match collection.is_locked().map_err(none)? {
            true => Ok(State::Locked),
            false => Ok(State::Open),
        },
        Err(Error::NoResult) => Ok(State::NoCollection),
        Err(error) => Err(none(error)),
    }
}

/// Opens a new session with the Secret Service for the keyring crate, which keeps the first one even when the service that it
/// was opened with is gone. Whether that worked.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn reconnect() -> bool {
    zbus_secret_service_keyring_store::Store::new().map(|store| keyring_core::set_default_store(store)).is_ok()
}

/// These systems keep no sessions.
#[cfg(any(windows, target_os = "macos"))]
pub(super) fn reconnect() -> bool {
    false
}

/// These systems unlock with the login.
#[cfg(any(windows, target_os = "macos"))]
pub(super) fn ask() -> Result<State> {
    Ok(State::Open)
}
