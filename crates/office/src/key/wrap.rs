//! Sealing the data key under another key: XChaCha20-Poly1305 with the slot's identity as associated data.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::secret::{DataKey, hmac, random};
use crate::problem::{Code, Problem, Result};

/// Bytes of a wrapped data key: the key and its tag.
pub(super) const WRAPPED: usize = 32 + 16;

/// A data key under another key.
#[derive(Clone, Copy)]
pub(super) struct Wrapped {
    pub(super) nonce: [u8; 24],
    pub(super) sealed: [u8; WRAPPED],
}

/// Wraps `key` under `under`, tied to `identity`.
pub(super) fn seal(under: &[u8; 32], identity: &[u8], key: &DataKey) -> Result<Wrapped> {
    let failed = || Problem::new(Code::System);
    let nonce = random()?;
    let payload = Payload { msg: key.bytes(), aad: identity };
    let sealed = XChaCha20Poly1305::new(under.into()).encrypt(&XNonce::from(nonce), payload).map_err(|_| failed())?;
    Ok(Wrapped { nonce, sealed: sealed.try_into().map_err(|_| failed())? })
}

/// The data key, if `under` and `identity` are the ones it was wrapped with and no byte was changed.
pub(super) fn open(under: &[u8; 32], identity: &[u8], wrapped: &Wrapped) -> Option<DataKey> {
    let payload = Payload { msg: &wrapped.sealed, aad: identity };
    let key =
        XChaCha20Poly1305::new(under.into()).decrypt(&XNonce::from(wrapped.nonce), payload).ok().map(Zeroizing::new)?;
    key.as_slice().try_into().ok().map(DataKey::from_bytes)
}

/// A value that tells a wrong key from a damaged slot. Eight bytes of a keyed hash: they say nothing about the key.
pub(super) fn check_value(under: &[u8; 32]) -> [u8; 8] {
    let mut value = [0; 8];
    value.iter_mut().zip(hmac(under, &[b"akkoord key check 1"])).for_each(|(to, from)| *to = from);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_the_same_key_and_identity() {
        let key = DataKey::from_bytes(&[7; 32]);
        let wrapped = seal(&[1; 32], b"slot", &key).unwrap();
        assert_eq!(open(&[1; 32], b"slot", &wrapped).unwrap().bytes(), key.bytes());
        assert!(open(&[2; 32], b"slot", &wrapped).is_none());
        assert!(open(&[1; 32], b"other", &wrapped).is_none());
        for at in 0..WRAPPED {
            let mut changed = wrapped;
            changed.sealed[at] ^= 1;
            assert!(open(&[1; 32], b"slot", &changed).is_none());
        }
    }

    #[test]
    fn never_twice_the_same_nonce() {
        let key = DataKey::from_bytes(&[7; 32]);
        let nonces: std::collections::HashSet<_> = (0..100).map(|_| seal(&[1; 32], b"", &key).unwrap().nonce).collect();
        assert_eq!(nonces.len(), 100);
    }
}
