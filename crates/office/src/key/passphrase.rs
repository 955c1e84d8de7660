//! From a passphrase to the key that wraps: Argon2id (RFC 9106), with parameters that are stored in the slot.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::secret::Passphrase;
use crate::problem::{Code, Problem, Result};

/// The fewest characters that a new passphrase may have (NIST SP 800-63B).
pub const MIN_PASSPHRASE: usize = 8;

/// What one guess costs. Read from a file that anyone may have written, hence bounded before use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cost {
    /// Memory in KiB.
    memory_kib: u32,
    /// Passes over the memory.
    passes: u32,
    /// Lanes that could be filled at the same time.
    lanes: u32,
}

impl Cost {
    /// For new slots: 64 MiB, three passes, one lane (RFC 9106, second recommended option, with one lane).
    pub(super) const NEW: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The most that a file may ask for: beyond it opening would take minutes or all memory.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 16 };

    /// Whether these are parameters that this program is ready to run.
    pub(super) fn is_sane(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib
            && (1..=Self::MOST.passes).contains(&self.passes)
            && (1..=Self::MOST.lanes).contains(&self.lanes)
            && self.memory_kib >= 8 * self.lanes
    }

    /// The parameters as bytes for the seal over a slot.
    pub(super) fn bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (to, from) in bytes.chunks_exact_mut(4).zip([self.memory_kib, self.passes, self.lanes]) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        bytes
    }

    /// The key that this passphrase gives with this salt.
    pub(super) fn derive(self, passphrase: &Passphrase, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        let failed = |error: argon2::Error| Problem::new(Code::System).because(error);
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(failed)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), salt, key.as_mut())
            .map_err(failed)?;
        Ok(key)
    }
}

#[cfg(test)]
impl Cost {
    /// As cheap as it gets, for tests that open a slot thousands of times.
    pub(super) const CHEAP: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        let cost = |memory_kib, passes, lanes| Cost { memory_kib, passes, lanes };
        assert!(Cost::NEW.is_sane() && Cost::MOST.is_sane() && Cost::CHEAP.is_sane());
        for hostile in [
            cost(0, 1, 1),
            cost(7, 1, 1),
            cost(65_536, 0, 1),
            cost(65_536, 17, 1),
            cost(65_536, u32::MAX, 1),
            cost(1_048_577, 1, 1),
            cost(u32::MAX, 1, 1),
            cost(65_536, 1, 0),
            cost(65_536, 1, 17),
            cost(8, 1, u32::MAX),
        ] {
            assert!(!hostile.is_sane(), "{hostile:?}");
        }
    }

    #[test]
    fn key_depends_on_passphrase_salt_and_cost() {
        let key = |cost: Cost, text: &str, salt: &[u8]| *cost.derive(&Passphrase::new(text.to_owned()), salt).unwrap();
        let cost = Cost { memory_kib: 16, passes: 1, lanes: 1 };
        let first = key(Cost::CHEAP, "een twee drie", &[1; 16]);
        assert_eq!(first, key(Cost::CHEAP, "een twee drie", &[1; 16]));
        assert_ne!(first, key(Cost::CHEAP, "een twee drie ", &[1; 16]));
        assert_ne!(first, key(Cost::CHEAP, "een twee drie", &[2; 16]));
        assert_ne!(first, key(cost, "een twee drie", &[1; 16]));
    }
}
