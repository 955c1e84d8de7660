//! A backup becomes a vault again: in a new place, looked at first, and put there only once it is whole.

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::pack::Backup;
use super::{check, room, sync};
use crate::erasure::{self, Replayed};
use crate::key::DataKey;
use crate::mail;
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::Settings;
use crate::profile::{Profile, WriterLock, write_failed};
use crate::vault::{Access, Act, Desk, SCHEMA, Vault, file};

/// What was restored.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Restored {
    /// The vault.
    pub vault_id: Uuid,
    /// The new copy of it.
    pub instance: Option<Uuid>,
    /// The folder.
    pub profile: String,
    /// When the backup was made, RFC 3339.
    pub made: String,
    /// How many contacts it holds.
    pub contacts: i64,
    /// What was done again of the erasures since the backup.
    pub replayed: Replayed,
}

/// Makes a vault of a backup, which `key` opens, in a profile that holds none. The vault is looked over first, becomes a copy
/// of its own (a new instance), its audit log says that it was restored, and whoever was erased since, as these journals say, goes
/// again before anybody can open it (SPEC §13). Journals that are not there are passed over.
///
/// # Errors
/// [`Code::VaultExists`] over a vault or what is left of one; [`Code::BackupDamaged`]; [`Code::VaultNewer`];
/// [`Code::DiskFull`], [`Code::Unwritable`]. Nothing is in the profile then that passes for a vault.
pub fn restore(
    backup: &Backup,
    key: DataKey,
    to: &Profile,
    journals: &[PathBuf],
    desk: Desk,
    now: DateTime<Utc>,
) -> Result<Restored> {
    if backup.manifest().schema > SCHEMA {
        return Err(Problem::new(Code::VaultNewer).with("found", backup.manifest().schema).with("known", SCHEMA));
    }
    to.vacant()?;
    let to = Profile::create(to.dir())?;
    let lock = WriterLock::acquire(&to, desk.actor.code(), None)?;
    to.vacant()?;
    room(to.dir(), backup.bytes())?;
    let stage = stage(&to)?;
    let restored = staged(backup, key, (&to, &stage), journals, lock, desk, now);
    if restored.is_err() {
        // What cannot go now goes with the next restore, and is no vault to anybody.
        let _ = fs::remove_dir_all(stage.dir());
    }
    restored
}

/// An empty folder in the profile, in which the vault is made ready.
fn stage(to: &Profile) -> Result<Profile> {
    let dir = to.dir().join("restoring");
    match fs::remove_dir_all(&dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(write_failed(&dir, error)),
        Ok(()) | Err(_) => Profile::create(dir),
    }
}

fn staged(
    backup: &Backup,
    key: DataKey,
    (to, stage): (&Profile, &Profile),
    journals: &[PathBuf],
    lock: WriterLock,
    desk: Desk,
    now: DateTime<Utc>,
) -> Result<Restored> {
    let manifest = backup.manifest();
    backup.unpack(&stage.vault())?;
    if let Some(flaw) = check::copy(&stage.vault(), &key, manifest)? {
        return Err(flaw.refused(backup.path()));
    }
    let slots = backup.slots().clone();
    Settings { vault: Some(manifest.vault), instance: Some(Uuid::new_v4()), ..Settings::default() }.save(stage)?;
    slots.save(stage)?;
    file::open(&stage.vault(), &key, manifest.vault, Access::Write)?.0.pragma_update(None, "journal_mode", "WAL")?;
    let mut vault = Vault::open_with(stage, key, slots, Access::Write, desk, Some(lock))?;
    vault.record(Act::BackupRestored, Some(manifest.vault), now, |rows| {
        let facts = json!({ "made": manifest.made, "entries": manifest.entries, "instance": manifest.instance });
        rows.fact(None, &facts)?;
        mail::doubt_all(rows)
    })?;
    let replayed = erasure::replay(&mut vault, journals, now)?;
    let contacts = "SELECT count(*) FROM contact WHERE merged_into IS NULL";
    let restored = Restored {
        vault_id: vault.id(),
        instance: vault.settings().instance,
        profile: to.dir().display().to_string(),
        made: manifest.made.clone(),
        contacts: vault.rows().query_row(contacts, params![], |row| row.get(0))?,
        replayed,
    };
    let lock = vault.close();
    put(stage, to)?;
    drop(lock);
    Ok(restored)
}

/// Puts what is ready in its place. The slots come last: without them nobody can mistake what a kill left for a vault.
fn put(stage: &Profile, to: &Profile) -> Result<()> {
    let moves = [
        (stage.settings(), to.settings()),
        (stage.vault(), to.vault()),
        (stage.slots_twin(), to.slots_twin()),
        (stage.slots(), to.slots()),
    ];
    for (from, _) in &moves {
        fs::File::open(from).and_then(|file| file.sync_all()).map_err(|error| write_failed(from, error))?;
    }
    for (at, (from, path)) in moves.iter().enumerate() {
        if let Err(error) = fs::rename(from, path) {
            // Back to where nothing was: all of these are ours.
            for (from, path) in moves.iter().take(at) {
                let _ = fs::rename(path, from);
            }
            return Err(write_failed(path, error));
        }
    }
    sync(to.dir()).map_err(|error| write_failed(to.dir(), error))?;
    // Empty folders that nobody reads, should they stay.
    let _ = fs::remove_dir_all(stage.dir());
    Ok(())
}
