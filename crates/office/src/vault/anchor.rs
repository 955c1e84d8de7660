//! An entry of the audit chain that stands outside the file too, so that a file put back to an older state is noticed.
//!
//! It stands in `settings.toml`, and in the keychain where that opens the vault: who puts the whole folder back has not put
//! the keychain back. An anchor may be older than the chain's head, as after a kill between commit and anchor; it must be in
//! the chain.

use std::time::Duration;

use akkoord_rules::chain::Hash;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;
use uuid::Uuid;

use super::{Access, Act, Desk, Opener, Vault, hex};
use crate::key::{SlotKind, Slots, keychain};
use crate::problem::Result;
use crate::profile::settings::{Anchor, Settings};
use crate::profile::{Profile, WriterLock};

/// Whether an entry that was anchored is not in the chain. Nothing is anchored before the first act.
pub(super) fn missing(conn: &Connection, settings: &Settings, slots: &Slots) -> Result<bool> {
    let in_keychain = settings.instance.filter(|_| slots.kinds().contains(&SlotKind::Keychain));
    // A keychain that does not answer says nothing about the file.
    let in_keychain = in_keychain.and_then(|instance| keychain::anchor_get(instance).ok().flatten());
    for anchor in [settings.anchor.clone(), in_keychain.as_deref().and_then(parse)].into_iter().flatten() {
        if !holds(conn, &anchor)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether this entry is in the chain.
fn holds(conn: &Connection, anchor: &Anchor) -> Result<bool> {
    let found: Option<Hash> = conn
        .prepare_cached("SELECT hash FROM audit WHERE seq = ?")?
        .query_row([anchor.seq], |row| row.get(0))
        .optional()?;
    Ok(found.is_some_and(|hash| hex(&hash) == anchor.hash))
}

fn parse(text: &str) -> Option<Anchor> {
    let (seq, hash) = text.split_once(' ')?;
    Some(Anchor { seq: seq.parse().ok()?, hash: hash.to_owned() })
}

impl Vault {
    /// Writes the head of the chain outside the file. An older anchor is as good, so failing to is no failure of the act.
    pub(super) fn anchor(&mut self, seq: i64, hash: &Hash) {
        let anchor = Anchor { seq, hash: hex(hash) };
        if let Some(instance) = self.settings.instance.filter(|_| self.slots.kinds().contains(&SlotKind::Keychain)) {
            let _ = keychain::anchor_set(instance, &format!("{} {}", anchor.seq, anchor.hash));
        }
        self.settings.anchor = Some(anchor);
        let _ = self.settings.save(&self.profile);
    }

    /// Opens a vault whose file was put back to an older state, on the owner's word that they did so themselves: the chain
    /// goes on from there under a new instance, with an entry that says so. A vault that was not put back is left as it is.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn accept_rollback(
        profile: &Profile,
        opener: &Opener,
        desk: Desk,
        wait: Option<Duration>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let lock = WriterLock::acquire(profile, desk.actor.code(), wait)?;
        let slots = Slots::load(profile)?.slots;
        let key = opener.key(&slots)?;
        let mut vault = Self::open_with(profile, key, slots, Access::Write, desk, Some(lock))?;
        if vault.rolled_back {
            let lost = vault.settings.anchor.take().map(|anchor| anchor.seq);
            vault.settings.instance = Some(Uuid::new_v4());
            vault.rolled_back = false;
            vault.record(Act::RollbackAccepted, None, now, |rows| rows.fact(None, &json!({ "anchored": lost })))?;
        }
        Ok(vault)
    }
}
