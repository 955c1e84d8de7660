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

use super::record::head;
use super::{Access, Act, Desk, Opener, Vault, hex};
use crate::erasure;
use crate::key::{SlotKind, Slots, keychain};
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::{Anchor, Settings};
use crate::profile::{Profile, WriterLock};

/// What stands outside the file about its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchored {
    /// Every anchor that there is names an entry of the chain.
    Holds,
    /// An entry that was anchored is not in the chain.
    RolledBack,
    /// There was one, and none is left.
    Lost,
    /// The settings, where one would stand, cannot be read.
    Damaged,
}

/// Reads the settings and compares the anchors with the chain.
pub(super) fn look(conn: &Connection, profile: &Profile, slots: &Slots) -> Result<(Settings, Anchored)> {
    let (settings, damaged) = match Settings::load(profile) {
        Ok(settings) => (settings, false),
        Err(problem) if problem.code == Code::SettingsDamaged => (Settings::default(), true),
        Err(problem) => return Err(problem),
    };
    let anchors: Vec<Anchor> = [settings.anchor.clone(), in_keychain(&settings, slots)].into_iter().flatten().collect();
    for anchor in &anchors {
        if !holds(conn, anchor)? {
            return Ok((settings, Anchored::RolledBack));
        }
    }
    // Nothing is anchored before the first act, and a kill right after it leaves none.
    let lost = anchors.is_empty() && head(conn)?.seq > 1;
    let anchored = match (damaged, lost) {
        (true, _) => Anchored::Damaged,
        (false, true) => Anchored::Lost,
        (false, false) => Anchored::Holds,
    };
    Ok((settings, anchored))
}

/// The anchor of this copy of the vault, or, where the settings that name the copy are gone, of the copy that was written last.
/// A keychain that does not answer says nothing about the file.
fn in_keychain(settings: &Settings, slots: &Slots) -> Option<Anchor> {
    slots.kinds().contains(&SlotKind::Keychain).then_some(())?;
    let text = keychain::anchor_get(settings.instance.unwrap_or(slots.vault())).ok().flatten()?;
    parse(&text)
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
        if self.slots.kinds().contains(&SlotKind::Keychain) {
            let text = format!("{} {}", anchor.seq, anchor.hash);
            // Under the vault's id as well: that is known without the settings.
            for id in self.settings.instance.into_iter().chain([self.id]) {
                let _ = keychain::anchor_set(id, &text);
            }
        }
        self.settings.anchor = Some(anchor);
        let _ = self.settings.save(&self.profile);
    }

    /// Changes what stands beside the vault and is no act.
    pub(crate) fn keep_settings(&mut self, change: impl FnOnce(&mut Settings)) -> Result<()> {
        if !self.writes() {
            return Err(Problem::new(Code::VaultReadOnly));
        }
        let mut settings = self.settings.clone();
        change(&mut settings);
        settings.save(&self.profile)?;
        self.settings = settings;
        Ok(())
    }

    /// Takes over the business's new name and language. Outside the file it is as good to follow with the next act.
    pub(crate) fn renamed(&mut self, name: &str, language: &str) {
        (self.business.name, self.business.language) = (name.to_owned(), language.to_owned());
        self.settings.business = Some(name.to_owned());
        self.settings.business_language = Some(language.to_owned());
        let _ = self.settings.save(&self.profile);
    }

    /// Opens a vault whose file was put back to an older state, or whose settings cannot be read, on the owner's word that they did so themselves: the chain
    /// goes on from there under a new instance, with an entry that says so, and whoever was erased since is erased again. A vault that was not put back is left as it is.
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
        if matches!(vault.anchored, Anchored::RolledBack | Anchored::Damaged) {
            let lost = vault.settings.anchor.take().map(|anchor| anchor.seq);
            vault.settings.instance = Some(Uuid::new_v4());
            vault.anchored = Anchored::Holds;
            vault.record(Act::RollbackAccepted, None, now, |rows| rows.fact(None, &json!({ "anchored": lost })))?;
            // Whoever was erased since must not come back with the older state.
            let journals = erasure::journal::journals(&vault);
            erasure::replay(&mut vault, &journals, now)?;
        }
        Ok(vault)
    }
}
