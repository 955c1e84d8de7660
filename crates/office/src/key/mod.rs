//! The keys of a vault: the data key, the slots that hold it wrapped, and what opens each slot.
//!
//! A random 256-bit [`DataKey`] opens the database. It is never stored in clear: [`Slots`] keeps it wrapped under a
//! passphrase, a printed recovery code and a random key in the system's keychain. Whoever has one of the three has the vault;
//! who lost all three has lost it, and no new key is ever made while a vault is there.

mod file;
mod hex;
pub mod keychain;
mod memory;
mod passphrase;
pub mod recovery;
pub mod secret;
mod slots;
mod wrap;

pub use file::{Fault, Loaded, Origin};
pub(crate) use hex::parse as bytes_of;
pub use memory::never_dumped;
pub use passphrase::MIN_PASSPHRASE;
pub use recovery::RecoveryCode;
pub use secret::{DataKey, Passphrase, Subkey};
pub use slots::{SlotKind, Slots};
