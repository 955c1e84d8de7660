//! The ways into the vault that a person changes: passphrase, keychain, the code on paper.

use chrono::{DateTime, Utc};

use super::{Done, Vault};
use crate::key::{Passphrase, RecoveryCode, SlotKind};
use crate::problem::{Code, Problem, Result};

impl Vault {
    /// Sets or replaces the passphrase.
    ///
    /// # Errors
    /// [`Code::WeakPassphrase`]; as [`Vault::change_slots`].
    pub fn set_passphrase(&mut self, new: &Passphrase, now: DateTime<Utc>) -> Result<Done<()>> {
        let said = self.business().local(now.timestamp_millis());
        self.change_slots(now, |slots, key| slots.add_passphrase(key, new, said))
    }

    /// Lets this computer's keychain open the vault.
    ///
    /// # Errors
    /// Those of the keychain; as [`Vault::change_slots`].
    pub fn set_keychain(&mut self, now: DateTime<Utc>) -> Result<Done<()>> {
        let said = self.business().local(now.timestamp_millis());
        self.change_slots(now, |slots, key| slots.add_keychain(key, said))
    }

    /// A new recovery code; the one before opens the vault no longer. `show` gets it before that: when it fails, the old one
    /// goes on opening the vault.
    ///
    /// # Errors
    /// What `show` refuses with; as [`Vault::change_slots`].
    pub fn renew_code<T>(
        &mut self,
        now: DateTime<Utc>,
        show: impl FnOnce(RecoveryCode) -> Result<T>,
    ) -> Result<Done<T>> {
        let said = self.business().local(now.timestamp_millis());
        self.change_slots(now, |slots, key| show(slots.add_recovery(key, said)?))
    }

    /// Takes a way in away; the last one stays.
    ///
    /// # Errors
    /// [`Code::NoSuchSlot`]; as [`Vault::change_slots`].
    pub fn remove_way(&mut self, kind: SlotKind, now: DateTime<Utc>) -> Result<Done<()>> {
        self.change_slots(now, |slots, _| match slots.remove(kind) {
            true => Ok(()),
            false => Err(Problem::new(Code::NoSuchSlot).with("slot", kind.as_str())),
        })
    }
}
