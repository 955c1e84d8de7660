//! The system's keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service elsewhere.
//!
//! It holds a random key that wraps the data key, never the data key itself. That it holds nothing never means a first start:
//! keychains are locked, wiped and changed, and each has its own code here. Every call may take as long as a person who is
//! asked to unlock the keychain, so none belongs on the window's thread.

mod state;

use keyring::{Entry, Error};
use uuid::Uuid;
use zeroize::Zeroizing;

use self::state::State;
use super::hex;
use super::secret::random;
use crate::problem::{Code, Problem, Result};

/// The name of our entries' service.
const SERVICE: &str = "akkoord";

/// The key that the keychain holds for this vault.
pub(super) fn key(vault: Uuid) -> Result<Zeroizing<[u8; 32]>> {
    match read(&vault.to_string())? {
        Some(text) => parse(&text),
        None => Err(Problem::new(Code::KeychainEmpty)),
    }
}

/// The key that the keychain holds for this vault, or a new one that was stored there and read back.
pub(super) fn key_or_new(vault: Uuid) -> Result<Zeroizing<[u8; 32]>> {
    let user = vault.to_string();
    if let Some(text) = read(&user)? {
        return parse(&text);
    }
    let key = Zeroizing::new(random::<32>()?);
    // As text, because KDE's keychain keeps nothing else.
    let mut text = Zeroizing::new(String::with_capacity(64));
    hex::push(&mut text, &*key);
    write(&user, text.as_bytes())?;
    match self::key(vault)? {
        kept if kept == key => Ok(key),
        _ => Err(Problem::new(Code::KeychainOther)),
    }
}

/// Keeps a short text about one copy of a vault, for finding out later that the file was rolled back. Asks nobody anything: a
/// keychain that is not open is left alone.
///
/// # Errors
/// `NoKeychain`, `KeychainLocked`. An anchor is kept as well as can be: these are no reason to fail.
pub fn anchor_set(instance: Uuid, text: &str) -> Result<()> {
    ready()?;
    write(&anchor(instance), text.as_bytes())
}

/// The text that was kept about this copy of a vault, if any. Asks nobody anything.
///
/// # Errors
/// `NoKeychain`, `KeychainLocked`, `KeychainOther` (something else than a text is kept there).
pub fn anchor_get(instance: Uuid) -> Result<Option<String>> {
    ready()?;
    let Some(bytes) = read(&anchor(instance))? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::new(Code::KeychainOther))?;
    Ok(Some(text.to_owned()))
}

/// Keeps the password for an address book or a mail account on this computer.
///
/// # Errors
/// `NoKeychain`, `KeychainLocked`.
pub fn password_set(whose: Uuid, password: &super::Passphrase) -> Result<()> {
    ready()?;
    write(&password_of(whose), password.bytes())
}

/// The password for an address book or a mail account, if it was kept on this computer.
///
/// # Errors
/// `NoKeychain`, `KeychainLocked`, `KeychainOther` (something else than a text is kept there).
pub fn password_get(whose: Uuid) -> Result<Option<super::Passphrase>> {
    let Some(bytes) = read(&password_of(whose))? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::new(Code::KeychainOther))?;
    Ok(Some(super::Passphrase::new(text.to_owned())))
}

fn password_of(whose: Uuid) -> String {
    format!("password {whose}")
}

fn anchor(instance: Uuid) -> String {
    format!("anchor {instance}")
}

/// Whether the keychain is there and open. Asks nobody anything.
///
/// # Errors
/// `NoKeychain`, `KeychainLocked`.
pub fn ready() -> Result<()> {
    match state::ask()? {
        State::Open => Ok(()),
        State::Locked => Err(Problem::new(Code::KeychainLocked)),
        State::NoCollection => Err(Problem::new(Code::NoKeychain).with("why", "no_collection")),
    }
}

fn parse(text: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    hex::parse(text).map(Zeroizing::new).ok_or_else(|| Problem::new(Code::KeychainOther))
}

/// The secret of this user's entry; nothing if the keychain is open and has none.
fn read(user: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
    // Asked first: the keyring crate remembers for good that there was no service, and a retry would be in vain.
    state::ask()?;
    match with_entry(user, Entry::get_secret) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        // A keychain that is locked may well hold an entry that it does not tell of.
        Err(Error::NoEntry) => match state::ask()? {
            State::Locked => Err(Problem::new(Code::KeychainLocked)),
            State::Open | State::NoCollection => Ok(None),
        },
        Err(error) => Err(failed(error)),
    }
}

fn write(user: &str, secret: &[u8]) -> Result<()> {
    with_entry(user, |entry| entry.set_secret(secret)).map_err(|error| match state::ask() {
        // There is no place for a secret, which the crate reports like a locked one.
        Ok(State::NoCollection) => Problem::new(Code::NoKeychain).with("why", "no_collection").because(error),
        Ok(State::Open | State::Locked) | Err(_) => failed(error),
    })
}

/// Does something with this user's entry, once more if the service was started anew since this process first spoke to it.
fn with_entry<T>(user: &str, act: impl Fn(&Entry) -> keyring::Result<T>) -> keyring::Result<T> {
    let once = || act(&Entry::new(SERVICE, user)?);
    match once() {
        Err(Error::PlatformFailure(_)) if state::reconnect() => once(),
        result => result,
    }
}

/// What an error of the keychain means. Two of them carry the secret itself and go no further.
fn failed(error: Error) -> Problem {
    let code = match &error {
        Error::NoEntry => Code::KeychainEmpty,
        Error::NoStorageAccess(_) => Code::KeychainLocked,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            return Problem::new(Code::KeychainOther);
        }
        Error::PlatformFailure(_)
        | Error::BadStoreFormat(_)
        | Error::TooLong(..)
        | Error::Invalid(..)
        | Error::NoDefaultStore
        | Error::NotSupportedByStore(_)
        | _ => Code::NoKeychain,
    };
    Problem::new(code).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_never_carries_the_secret() {
        let problem = failed(Error::BadEncoding(vec![0xc5; 4]));
        assert_eq!((problem.code, format!("{problem:?}").contains("197")), (Code::KeychainOther, false));
    }
}
