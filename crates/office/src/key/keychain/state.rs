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
///
/// Asked once more if the bus says that something went wrong: at a login two services may start at once, and the one that was
/// asked leaves to the other.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn ask() -> Result<State> {
    use crate::problem::{Code, Problem};
    use secret_service::Error;

    let asked = match service() {
        Err(Error::Zbus(_)) => service(),
        asked => asked,
    };
    asked.map_err(|error| Problem::new(Code::NoKeychain).because(error))
}

/// What the Secret Service that has its name on the bus now says of its default collection.
#[cfg(all(unix, not(target_os = "macos")))]
fn service() -> std::result::Result<State, secret_service::Error> {
    use secret_service::{EncryptionType, Error, blocking::SecretService};

    match SecretService::connect(EncryptionType::Plain)?.get_default_collection() {
        Ok(collection) => Ok(if collection.is_locked()? { State::Locked } else { State::Open }),
        Err(Error::NoResult) => Ok(State::NoCollection),
        Err(error) => Err(error),
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
