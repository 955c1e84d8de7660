//! The audit chain: what an entry's hash covers, so that any later change, insertion, removal or reordering shows.
//!
//! Facts never enter the chain themselves. Each act's facts are salted and hashed into **leaves**; an entry commits to its
//! leaves in order. When a person is erased their facts and salts go, the leaves stay, and the chain still verifies.

use sha2::{Digest, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// What stands before the first entry.
pub const GENESIS: Hash = [0; 32];

/// The leaf of one piece of facts: `SHA-256(salt ‖ facts)`.
#[must_use]
pub fn leaf(salt: &[u8; 16], facts: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(facts).finalize().into()
}

/// The hash over an entry's leaves in order, each with the contact it is about; fed one leaf at a time, so that an import
/// of any size needs no memory.
#[derive(Debug, Clone, Default)]
pub struct Commitment(Sha256);

impl Commitment {
    /// A commitment to no leaves yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next leaf; `contact` is the id of the person it is about, if any.
    pub fn add(&mut self, contact: Option<&[u8; 16]>, leaf: &Hash) {
        match contact {
            Some(id) => self.0.update([&[1_u8][..], id].concat()),
            None => self.0.update([0_u8]),
        }
        self.0.update(leaf);
    }

    /// The finished commitment.
    #[must_use]
    pub fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// One entry of the chain, as its hash sees it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Position, from 1 without gaps.
    pub seq: i64,
    /// When it was recorded, UTC milliseconds. Order comes from `seq`: a clock may jump.
    pub at: i64,
    /// Which door it came through; a code, never a name.
    pub actor: &'a str,
    /// What was done; a code.
    pub act: &'a str,
    /// The id it was done to, if one thing was.
    pub subject: Option<&'a [u8; 16]>,
    /// See [`Commitment`].
    pub commitment: &'a Hash,
    /// The hash of the entry before, [`GENESIS`] for the first.
    pub prev: &'a Hash,
}

impl Entry<'_> {
    /// The entry's hash. Texts are length-prefixed, so that no two different entries hash the same bytes.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut hash = Sha256::new();
        hash.update(b"akkoord.audit.1");
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for text in [self.actor, self.act] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update([u8::from(self.subject.is_some())]);
        hash.update(self.subject.unwrap_or(&[0; 16]));
        hash.update(self.commitment);
        hash.update(self.prev);
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry<'a>(act: &'a str, actor: &'a str, commitment: &'a Hash, prev: &'a Hash) -> Entry<'a> {
        Entry { seq: 1, at: 2, actor, act, subject: None, commitment, prev }
    }

    #[test]
    fn moving_a_letter_between_fields_changes_the_hash() {
        let zero = GENESIS;
        assert_ne!(entry("ab", "c", &zero, &zero).hash(), entry("a", "bc", &zero, &zero).hash());
    }

    #[test]
    fn a_missing_subject_differs_from_a_zero_subject() {
        let zero = GENESIS;
        let without = entry("a", "b", &zero, &zero);
        let with = Entry { subject: Some(&[0; 16]), ..without };
        assert_ne!(without.hash(), with.hash());
    }

    proptest! {
        #[test]
        fn a_commitment_notices_order_number_and_owner(a in any::<[u8; 32]>(), b in any::<[u8; 32]>(), who in any::<[u8; 16]>()) {
            prop_assume!(a != b);
            let of = |leaves: &[(Option<&[u8; 16]>, &Hash)]| {
                let mut commitment = Commitment::new();
                for (contact, leaf) in leaves { commitment.add(*contact, leaf); }
                commitment.finish()
            };
            prop_assert_ne!(of(&[(None, &a), (None, &b)]), of(&[(None, &b), (None, &a)]));
            prop_assert_ne!(of(&[(None, &a)]), of(&[(None, &a), (None, &a)]));
            prop_assert_ne!(of(&[(Some(&who), &a)]), of(&[(None, &a)]));
        }

        #[test]
        fn a_leaf_notices_any_change(salt in any::<[u8; 16]>(), facts in proptest::collection::vec(any::<u8>(), 0..40), at in any::<prop::sample::Index>()) {
            let before = leaf(&salt, &facts);
            let mut changed = facts.clone();
            if changed.is_empty() { changed.push(0) } else { let at = at.index(changed.len()); changed[at] ^= 1; }
            prop_assert_ne!(before, leaf(&salt, &changed));
        }
    }
}
