//! The slot file: `keyslots.json`, its twin `keyslots.bak`, and the copies in backups.
//!
//! The file carries a checksum over its own content, so that damage is told from a wrong passphrase and the twin serves in its
//! place. The checksum is no seal against people: that is the wrapping of each slot.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::hex;
use super::slots::{Slot, Slots};
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::Settings;
use crate::profile::{Profile, atomic, backups};

/// The layout of the file that this program writes and the newest it reads.
const FORMAT: u64 = 1;
/// More than any slot file needs.
const MAX_FILE: u64 = 1 << 20;

/// Where slots were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `keyslots.json`, as it should be.
    File,
    /// `keyslots.bak`.
    Twin,
    /// A copy from a backup, by the name it was handed in with.
    Copy(String),
}

/// Why a slot file did not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file.
    Missing,
    /// The system did not let it be read.
    Unreadable,
    /// No bytes.
    Empty,
    /// Not a slot file, or not as it was written.
    Damaged,
    /// The slots of another vault.
    OtherVault,
    /// Written by a newer version: the number is its format.
    Newer(u64),
}

impl Fault {
    /// A stable name for facts and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::Damaged => "damaged",
            Self::OtherVault => "other_vault",
            Self::Newer(_) => "newer",
        }
    }
}

/// Slots that were read, and what was wrong with those tried before.
#[derive(Debug)]
pub struct Loaded {
    /// The slots.
    pub slots: Slots,
    /// Which file served.
    pub from: Origin,
    /// The files tried before it, in order. Empty when all is well.
    pub faults: Vec<(Origin, Fault)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: u64,
    vault: Uuid,
    slots: Vec<Slot>,
}

impl Slots {
    /// Reads the profile's slots, from `keyslots.json`, else `keyslots.bak`, else the copies in its backups, the newest first.
    ///
    /// # Errors
    /// As [`Slots::load_with`].
    pub fn load(profile: &Profile) -> Result<Loaded> {
        Self::load_with(profile, &mut backups::slot_copies(&profile.backups()))
    }

    /// Reads the profile's slots, from `keyslots.json`, else `keyslots.bak`, else the copies: pairs of a name and the bytes of
    /// a slot file, asked for only when they are needed. Where `settings.toml` names the vault, slots of another one are
    /// passed over.
    ///
    /// # Errors
    /// `NoVault` if there is neither a slot file nor a vault; `SlotsLost` if none serves, `VaultMismatch` if the best of them
    /// is another vault's (both with the faults as facts `file` and `twin`); `VaultNewer` (facts `found`, `known`).
    pub fn load_with(profile: &Profile, copies: &mut dyn Iterator<Item = (String, Vec<u8>)>) -> Result<Loaded> {
        let expected = expected(profile);
        let files = [(Origin::File, profile.slots()), (Origin::Twin, profile.slots_twin())];
        let files = files.into_iter().map(|(origin, path)| (origin, read(&path)));
        let copies = copies.map(|(name, bytes)| (Origin::Copy(name), Ok(bytes)));
        let mut faults = Vec::new();
        for (from, bytes) in files.chain(copies) {
            match bytes.and_then(|bytes| parse(&bytes, expected)) {
                Ok(slots) => return Ok(Loaded { slots, from, faults }),
                Err(Fault::Newer(found)) => return Err(newer(found)),
                Err(fault) => faults.push((from, fault)),
            }
        }
        Err(nothing_served(profile, &faults))
    }

    /// What is wrong with the profile's slot file and with its twin, for a check-up: loading stops at the first that serves.
    #[must_use]
    pub fn faults(profile: &Profile) -> Vec<(Origin, Fault)> {
        let expected = expected(profile);
        let files = [(Origin::File, profile.slots()), (Origin::Twin, profile.slots_twin())];
        let check = |path: &Path| read(path).and_then(|bytes| parse(&bytes, expected)).err();
        files.into_iter().filter_map(|(origin, path)| Some((origin, check(&path)?))).collect()
    }

    /// Replaces the profile's slot file. Killed at any moment it leaves a slot file that opens the vault: first the old file
    /// becomes the twin, then the new one takes its place, then the twin follows, so that a replaced passphrase or code does
    /// not live on in it. A file that is not this vault's or is damaged is kept as `keyslots.aside`.
    ///
    /// # Errors
    /// `VaultMismatch` if the profile belongs to another vault; `VaultNewer`; `DiskFull`, `Unwritable` (fact `file`).
    pub fn save(&self, profile: &Profile) -> Result<()> {
        self.writes(profile)?.iter().try_for_each(|(path, bytes)| atomic::replace(path, bytes))
    }

    /// The files to replace, in order, for a save that may be cut off between any two.
    fn writes(&self, profile: &Profile) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let expected = expected(profile);
        let mismatch = || Problem::new(Code::VaultMismatch);
        if expected.is_some_and(|vault| vault != self.vault) {
            return Err(mismatch());
        }
        let previous = read(&profile.slots());
        let mut writes = match previous.as_deref().map_err(|fault| *fault).and_then(|old| parse(old, Some(self.vault)))
        {
            Ok(_) => vec![(profile.slots_twin(), previous.unwrap_or_default())],
            Err(Fault::Newer(found)) => return Err(newer(found)),
            Err(Fault::OtherVault) if expected.is_none() => return Err(mismatch()),
            Err(Fault::OtherVault | Fault::Damaged) => vec![(profile.slots_aside(), previous.unwrap_or_default())],
            Err(Fault::Missing | Fault::Unreadable | Fault::Empty) => Vec::new(),
        };
        let new = self.to_bytes()?;
        writes.extend([(profile.slots(), new.clone()), (profile.slots_twin(), new)]);
        Ok(writes)
    }

    /// The slot file's bytes, for the copy in a backup.
    ///
    /// # Errors
    /// `System` if it cannot be serialised, which no content is known to cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let system = |error| Problem::new(Code::System).because(error);
        let body = Body { format: FORMAT, vault: self.vault, slots: self.slots.clone() };
        let mut value = serde_json::to_value(body).map_err(system)?;
        if let Value::Object(object) = &mut value {
            let sum = sum(object);
            object.insert("sum".to_owned(), sum.into());
        }
        let mut bytes = serde_json::to_vec_pretty(&value).map_err(system)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The slots in the copy of a slot file, say from a backup; of `vault` only, if that is known.
    ///
    /// # Errors
    /// What is wrong with the copy.
    pub fn from_bytes(bytes: &[u8], vault: Option<Uuid>) -> Result<Self, Fault> {
        parse(bytes, vault)
    }
}

/// The vault that the settings say this profile is of. Damaged settings say nothing.
fn expected(profile: &Profile) -> Option<Uuid> {
    Settings::load(profile).ok().and_then(|settings| settings.vault)
}

fn newer(found: u64) -> Problem {
    Problem::new(Code::VaultNewer).with("found", found).with("known", FORMAT)
}

fn nothing_served(profile: &Profile, faults: &[(Origin, Fault)]) -> Problem {
    let code = if faults.iter().all(|(_, fault)| *fault == Fault::Missing) && !profile.vault().exists() {
        Code::NoVault
    } else if faults.iter().any(|(_, fault)| *fault == Fault::OtherVault) {
        Code::VaultMismatch
    } else {
        Code::SlotsLost
    };
    let facts = ["file", "twin"].into_iter().zip(faults);
    facts.fold(Problem::new(code), |problem, (name, (_, fault))| problem.with(name, fault.as_str()))
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let fault = |error: std::io::Error| match error.kind() == ErrorKind::NotFound {
        true => Fault::Missing,
        false => Fault::Unreadable,
    };
    let mut bytes = Vec::new();
    File::open(path).map_err(fault)?.take(MAX_FILE).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// SHA-256 over the compact form of everything but the sum itself. Every format keeps this rule, so that an older program can
/// tell a newer file from a damaged one.
fn sum(object: &Map<String, Value>) -> String {
    let mut text = String::new();
    hex::push(&mut text, &Sha256::digest(Value::Object(object.clone()).to_string()));
    text
}

fn parse(bytes: &[u8], expected: Option<Uuid>) -> Result<Slots, Fault> {
    if bytes.iter().all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n')) {
        return Err(Fault::Empty);
    }
    let damaged = |_| Fault::Damaged;
    let mut object: Map<String, Value> = serde_json::from_slice(bytes).map_err(damaged)?;
    if object.shift_remove("sum").as_ref().and_then(Value::as_str) != Some(&sum(&object)) {
        return Err(Fault::Damaged);
    }
    match object.get("format").and_then(Value::as_u64) {
        Some(FORMAT) => {}
        Some(found) if found > FORMAT => return Err(Fault::Newer(found)),
        Some(_) | None => return Err(Fault::Damaged),
    }
    let Body { vault, slots, .. } = serde_json::from_value(Value::Object(object)).map_err(damaged)?;
    let twice = |(i, slot): (usize, &Slot)| slots.iter().take(i).any(|other| other.kind() == slot.kind());
    if slots.is_empty() || !slots.iter().all(Slot::is_sane) || slots.iter().enumerate().any(twice) {
        return Err(Fault::Damaged);
    }
    match expected {
        Some(expected) if expected != vault => Err(Fault::OtherVault),
        Some(_) | None => Ok(Slots { vault, slots }),
    }
}

#[cfg(test)]
mod tests;
