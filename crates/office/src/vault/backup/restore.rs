//! A backup becomes a vault again: in a new place, looked at first, and put there only once it is whole.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::params;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::pack::Backup;
use super::{check, room, sync};
use crate::erasure::{self, Replayed};
use crate::key::DataKey;
use crate::mail;
use crate::problem::Result;
use crate::profile::settings::Settings;
use crate::profile::{Profile, WriterLock, create_private_dir, write_failed};
use crate::vault::{Access, Act, Desk, Vault, file};

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
    backup.known()?;
    to.vacant()?;
    let to = Profile::create(to.dir())?;
    let lock = WriterLock::acquire(&to, desk.actor.code(), None)?;
    to.vacant()?;
    let ready = ready(backup, key, (&to, Settings::default()), journals, lock, desk, now)?;
    ready.put(&to)
}

/// The same in the place of a vault that is there, or of what is left of it: once the new one is whole, the files of the one before
/// are moved into a folder of their own in the profile, where they stay for four weeks. How the window looks and where
/// files go stays as it was.
///
/// # Errors
/// As [`restore`], but for a vault that is there; [`Code::VaultInUse`] while anybody has it open. Until the new one is whole nothing
/// is touched.
pub fn replace(
    backup: &Backup,
    key: DataKey,
    at: &Profile,
    journals: &[PathBuf],
    desk: Desk,
    now: DateTime<Utc>,
) -> Result<Restored> {
    backup.known()?;
    let at = Profile::create(at.dir())?;
    let lock = WriterLock::acquire(&at, desk.actor.code(), None)?;
    let kept = Settings { anchor: None, ..Settings::load(&at).unwrap_or_default() };
    let ready = ready(backup, key, (&at, kept), journals, lock, desk, now)?;
    set_aside(&at, ready.on)?;
    ready.put(&at)
}

/// An empty folder in the profile, in which the vault is made ready.
fn stage(to: &Profile) -> Result<Profile> {
    let dir = to.dir().join("restoring");
    match fs::remove_dir_all(&dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(write_failed(&dir, error)),
        Ok(()) | Err(_) => Profile::create(dir),
    }
}

/// A vault that is whole and not in its place yet.
struct Ready {
    stage: Profile,
    restored: Restored,
    /// The day at the business.
    on: NaiveDate,
    _lock: Option<WriterLock>,
}

impl Ready {
    fn put(self, to: &Profile) -> Result<Restored> {
        put(&self.stage, to)?;
        Ok(self.restored)
    }
}

fn ready(
    backup: &Backup,
    key: DataKey,
    (to, settings): (&Profile, Settings),
    journals: &[PathBuf],
    lock: WriterLock,
    desk: Desk,
    now: DateTime<Utc>,
) -> Result<Ready> {
    room(to.dir(), backup.bytes())?;
    let stage = stage(to)?;
    let ready = staged(backup, key, (&stage, settings), journals, lock, desk, now);
    let ready = ready.map(|(restored, on, lock)| Ready {
        restored: Restored { profile: to.dir().display().to_string(), ..restored },
        on,
        stage: stage.clone(),
        _lock: lock,
    });
    if ready.is_err() {
        // What cannot go now goes with the next restore, and is no vault to anybody.
        let _ = fs::remove_dir_all(stage.dir());
    }
    ready
}

fn staged(
    backup: &Backup,
    key: DataKey,
    (stage, settings): (&Profile, Settings),
    journals: &[PathBuf],
    lock: WriterLock,
    desk: Desk,
    now: DateTime<Utc>,
) -> Result<(Restored, NaiveDate, Option<WriterLock>)> {
    let manifest = backup.manifest();
    backup.unpack(&stage.vault())?;
    if let Some(flaw) = check::copy(&stage.vault(), &key, manifest, &Arc::default())? {
        return Err(flaw.refused(backup.path()));
    }
    let slots = backup.slots().clone();
    Settings { vault: Some(manifest.vault), instance: Some(Uuid::new_v4()), ..settings }.save(stage)?;
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
        profile: String::new(),
        made: manifest.made.clone(),
        contacts: vault.rows().query_row(contacts, params![], |row| row.get(0))?,
        replayed,
    };
    let on = vault.business().today(now);
    Ok((restored, on, vault.close()))
}

/// For so many days a vault is kept that a backup came in the place of; as long as backups are.
pub(super) const ASIDE_DAYS: u64 = 28;

const ASIDE: &str = "aside-";

/// Moves the files of a vault into a folder of their own. The slots go first: a kill leaves nothing that could be written, and doing
/// it again goes on.
fn set_aside(profile: &Profile, on: NaiveDate) -> Result<()> {
    let names = [
        "keyslots.json",
        "keyslots.bak",
        "keyslots.aside",
        "vault.db-wal",
        "vault.db-shm",
        "vault.db-journal",
        "vault.db",
        "settings.toml",
    ];
    let there: Vec<&str> =
        names.into_iter().filter(|name| fs::symlink_metadata(profile.dir().join(name)).is_ok()).collect();
    if there.is_empty() {
        return Ok(());
    }
    let nth = |n: u32| profile.dir().join(if n == 1 { format!("{ASIDE}{on}") } else { format!("{ASIDE}{on}-{n}") });
    let dir = (1..).map(nth).find(|dir| fs::symlink_metadata(dir).is_err()).unwrap_or_else(|| nth(0));
    create_private_dir(&dir)?;
    for name in there {
        let from = profile.dir().join(name);
        fs::rename(&from, dir.join(name)).map_err(|error| write_failed(&from, error))?;
    }
    sync(profile.dir()).map_err(|error| write_failed(profile.dir(), error))
}

/// Takes away what was set aside too long ago. What cannot go now goes the next time.
pub(super) fn thin_aside(profile: &Profile, today: NaiveDate) {
    for entry in fs::read_dir(profile.dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let on = name.strip_prefix(ASIDE).and_then(|rest| rest.get(..10)?.parse::<NaiveDate>().ok());
        if on.is_some_and(|on| on + Days::new(ASIDE_DAYS) < today) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
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
