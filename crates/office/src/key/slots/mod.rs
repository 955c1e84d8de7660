//! The key slots of a vault: the same data key, wrapped once for each way in.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::hex::Hex;
use super::keychain;
use super::passphrase::{Cost, MIN_PASSPHRASE};
use super::recovery::RecoveryCode;
use super::secret::{DataKey, Passphrase, hmac, random};
use super::wrap::{self, WRAPPED, Wrapped};
use crate::problem::{Code, Problem, Result};

/// A way into the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// A random key in the system's keychain.
    Keychain,
    /// A passphrase that a person knows.
    Passphrase,
    /// The recovery code on paper.
    Recovery,
}

impl SlotKind {
    /// The kind as other programs and the slot file see it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keychain => "keychain",
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
        }
    }
}

/// The data key wrapped for one way in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    kind: SlotKind,
    created: DateTime<FixedOffset>,
    /// Passphrase slots only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    argon2id: Option<Cost>,
    salt: Hex<16>,
    check: Hex<8>,
    nonce: Hex<24>,
    wrapped: Hex<WRAPPED>,
}

impl Slot {
    fn identity(vault: Uuid, kind: SlotKind, cost: Option<Cost>, salt: &[u8; 16]) -> Vec<u8> {
        let cost = cost.map(Cost::bytes).unwrap_or_default();
        [b"akkoord slot 1\0".as_slice(), vault.as_bytes(), kind.as_str().as_bytes(), b"\0", &cost, salt].concat()
    }

    /// Whether the parameters are complete and bounded. Nothing else in a slot can do harm.
    pub(super) fn is_sane(&self) -> bool {
        match self.kind {
            SlotKind::Passphrase => self.argon2id.is_some_and(Cost::is_sane),
            SlotKind::Keychain | SlotKind::Recovery => self.argon2id.is_none(),
        }
    }

    pub(super) fn kind(&self) -> SlotKind {
        self.kind
    }

    /// Unwraps the data key: `wrong` if `under` is not this slot's key, `SlotsLost` if it is but the slot was altered.
    fn open(&self, vault: Uuid, under: &[u8; 32], wrong: Code) -> Result<DataKey> {
        let identity = Self::identity(vault, self.kind, self.argon2id, &self.salt.0);
        let wrapped = Wrapped { nonce: self.nonce.0, sealed: self.wrapped.0 };
        wrap::open(under, &identity, &wrapped).ok_or_else(|| {
            let ours = wrap::check_value(under) == self.check.0;
            Problem::new(if ours { Code::SlotsLost } else { wrong }).with("slot", self.kind.as_str())
        })
    }
}

/// The key slots of one vault, at most one of each kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Slots {
    pub(super) vault: Uuid,
    pub(super) slots: Vec<Slot>,
}

impl std::fmt::Debug for Slots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slots").field("vault", &self.vault).field("kinds", &self.kinds()).finish_non_exhaustive()
    }
}

impl Slots {
    /// No slots yet, for the vault with this id.
    #[must_use]
    pub fn new(vault: Uuid) -> Self {
        Self { vault, slots: Vec::new() }
    }

    /// The id of the vault that these slots open.
    #[must_use]
    pub fn vault(&self) -> Uuid {
        self.vault
    }

    /// The ways in that there are, in the order they were first made.
    #[must_use]
    pub fn kinds(&self) -> Vec<SlotKind> {
        self.slots.iter().map(Slot::kind).collect()
    }

    /// When the slot of this kind was made.
    #[must_use]
    pub fn created(&self, kind: SlotKind) -> Option<DateTime<FixedOffset>> {
        self.slots.iter().find(|slot| slot.kind == kind).map(|slot| slot.created)
    }

    /// Adds or replaces the passphrase. Nothing is on disk before [`Slots::save`].
    ///
    /// # Errors
    /// `WeakPassphrase` (fact `min`) below [`MIN_PASSPHRASE`] characters; `System`.
    pub fn add_passphrase(&mut self, key: &DataKey, passphrase: &Passphrase, now: DateTime<FixedOffset>) -> Result<()> {
        self.put_passphrase(key, passphrase, now, Cost::NEW)
    }

    pub(super) fn put_passphrase(
        &mut self,
        key: &DataKey,
        passphrase: &Passphrase,
        now: DateTime<FixedOffset>,
        cost: Cost,
    ) -> Result<()> {
        if passphrase.chars() < MIN_PASSPHRASE {
            return Err(Problem::new(Code::WeakPassphrase).with("min", MIN_PASSPHRASE));
        }
        self.put(SlotKind::Passphrase, Some(cost), now, key, |salt| cost.derive(passphrase, salt))
    }

    /// Adds a recovery code, or replaces the one there is: the old code opens nothing any more. Nothing is on disk before
    /// [`Slots::save`].
    ///
    /// # Errors
    /// `System` if the operating system gives no random bytes.
    pub fn add_recovery(&mut self, key: &DataKey, now: DateTime<FixedOffset>) -> Result<RecoveryCode> {
        let code = RecoveryCode::generate()?;
        self.put(SlotKind::Recovery, None, now, key, |salt| Ok(code.derive(salt)))?;
        Ok(code)
    }

    /// Adds or renews the keychain slot. A key that the keychain already holds for this vault is used again, so that a copy of
    /// the profile on the same machine, or a kill before [`Slots::save`], leaves every slot file usable.
    ///
    /// # Errors
    /// `NoKeychain`, `KeychainLocked`, `KeychainOther` (something else than a key is kept there); `System`.
    pub fn add_keychain(&mut self, key: &DataKey, now: DateTime<FixedOffset>) -> Result<()> {
        let kept = keychain::key_or_new(self.vault)?;
        self.put(SlotKind::Keychain, None, now, key, |salt| Ok(derive_keychain(&kept, salt)))
    }

    /// Removes the slot of this kind; whether there was one. The last slot stays: without it the vault is lost.
    pub fn remove(&mut self, kind: SlotKind) -> bool {
        let before = self.slots.len();
        if before > 1 {
            self.slots.retain(|slot| slot.kind != kind);
        }
        self.slots.len() < before
    }

    /// The data key by the passphrase.
    ///
    /// # Errors
    /// `NoSuchSlot`, `WrongPassphrase`; `SlotsLost` if the passphrase is right and the slot was altered.
    pub fn open_with_passphrase(&self, passphrase: &Passphrase) -> Result<DataKey> {
        let slot = self.slot(SlotKind::Passphrase)?;
        let cost = slot.argon2id.filter(|cost| cost.is_sane()).ok_or_else(|| Problem::new(Code::SlotsLost))?;
        slot.open(self.vault, &*cost.derive(passphrase, &slot.salt.0)?, Code::WrongPassphrase)
    }

    /// The data key by the recovery code.
    ///
    /// # Errors
    /// `NoSuchSlot`; `RecoveryCodeOther` for a code of another vault or one that was replaced; `SlotsLost` if the code is right
    /// and the slot was altered.
    pub fn open_with_recovery(&self, code: &RecoveryCode) -> Result<DataKey> {
        let slot = self.slot(SlotKind::Recovery)?;
        slot.open(self.vault, &code.derive(&slot.salt.0), Code::RecoveryCodeOther)
    }

    /// The data key by the system's keychain. May make the system ask the person to unlock it.
    ///
    /// # Errors
    /// `NoSuchSlot`, `NoKeychain`, `KeychainLocked`, `KeychainEmpty`, `KeychainOther`; `SlotsLost` if the keychain's key is
    /// right and the slot was altered.
    pub fn open_with_keychain(&self) -> Result<DataKey> {
        let slot = self.slot(SlotKind::Keychain)?;
        let kept = keychain::key(self.vault)?;
        slot.open(self.vault, &derive_keychain(&kept, &slot.salt.0), Code::KeychainOther)
    }

    fn slot(&self, kind: SlotKind) -> Result<&Slot> {
        let found = self.slots.iter().find(|slot| slot.kind == kind);
        found.ok_or_else(|| Problem::new(Code::NoSuchSlot).with("slot", kind.as_str()))
    }

    /// Wraps `key` under what `derive` makes of a new salt, in place of the slot of this kind.
    fn put(
        &mut self,
        kind: SlotKind,
        argon2id: Option<Cost>,
        created: DateTime<FixedOffset>,
        key: &DataKey,
        derive: impl FnOnce(&[u8; 16]) -> Result<Zeroizing<[u8; 32]>>,
    ) -> Result<()> {
        let salt = random()?;
        let under = derive(&salt)?;
        let Wrapped { nonce, sealed } = wrap::seal(&under, &Slot::identity(self.vault, kind, argon2id, &salt), key)?;
        let check = Hex(wrap::check_value(&under));
        let slot = Slot { kind, created, argon2id, salt: Hex(salt), check, nonce: Hex(nonce), wrapped: Hex(sealed) };
        match self.slots.iter_mut().find(|slot| slot.kind == kind) {
            Some(old) => *old = slot,
            None => self.slots.push(slot),
        }
        Ok(())
    }
}

/// The key that the keychain's key gives with this salt.
fn derive_keychain(kept: &[u8; 32], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hmac(kept, &[b"akkoord keychain 1\0", salt]))
}

#[cfg(test)]
mod tests;
