//! Backups: one file each, made while the vault is in use, and looked at before it counts.
//!
//! A backup holds the encrypted copy and the key slots of its day, so it opens with the codes of its day. It is no act: it
//! changes nothing, and its sums and the chain's head in it say what it is.

mod check;
mod kept;
mod pack;
mod restore;
mod standing;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::backup::{Backup as Copying, StepResult};
use serde::Serialize;
use tempfile::TempDir;

use super::record::head;
use super::{SCHEMA, Vault, file, hex};
use crate::erasure::journal;
use crate::intake::reader::Progress;
use crate::problem::{Code, Problem, Result};
use crate::profile::{Leaving, Profile, backups, create_private, create_private_dir, private, write_failed};

pub(crate) use kept::elsewhere;
pub use kept::{Found, Kept, Place, find, found, kept, seen};
pub(super) use kept::{last, newest_is_bad};
pub use pack::{Backup, Flaw, Manifest, Packed};
pub use restore::{Restored, replace, restore};
pub use standing::{Failed, OLD_DAYS, Standing, standing};

/// Pages that are copied at a time; between two of them whoever writes is not held up.
const PAGES: i32 = 2_000;
/// What is left free on the disk beside what a backup needs.
const SPARE: u64 = 4 << 20;

/// What came of making a backup.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Made {
    /// The file; where nothing changed since, the one that is there already.
    pub file: String,
    /// Nothing changed since that one: none was made.
    pub skipped: bool,
    /// When it was made, RFC 3339 in the business's zone.
    pub made: String,
    /// Its size.
    pub bytes: u64,
    /// How many entries its audit chain has.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: String,
    /// The file in the second folder, if there is such a folder.
    pub second: Option<String>,
    /// Why there is none in the second folder, as a code.
    pub second_problem: Option<String>,
    /// How many older backups went.
    pub removed: usize,
}

impl Made {
    fn of(path: &Path, manifest: &Manifest, bytes: u64, skipped: bool) -> Self {
        Self {
            file: path.display().to_string(),
            skipped,
            made: manifest.made.clone(),
            bytes,
            entries: manifest.entries,
            head: manifest.head.clone(),
            second: None,
            second_problem: None,
            removed: 0,
        }
    }
}

/// Makes a backup in the profile, and a copy of it in the second folder if one is set; older ones go as [`kept`] says. Where
/// nothing changed since the newest one, that one serves. Another program may write the vault meanwhile.
///
/// # Errors
/// [`Code::DiskFull`] before anything is written where there is no room; [`Code::Unwritable`]; [`Code::VaultInUse`] while
/// another backup of this profile is made; [`Code::BackupDamaged`] where the copy does not hold what it should: then the vault
/// itself has to be looked at; [`Code::Cancelled`]. Whatever fails, no file is left that passes for a backup, and it is remembered
/// that it failed.
pub fn create(vault: &Vault, progress: &Arc<Progress>, now: DateTime<Utc>) -> Result<Made> {
    let made = made(vault, progress, now);
    standing::note(vault, &made, now);
    made
}

fn made(vault: &Vault, progress: &Arc<Progress>, now: DateTime<Utc>) -> Result<Made> {
    let dir = vault.profile().backups();
    let work = Work::begin(vault.profile())?;
    let vault = vault.beside()?;
    let mut made = match kept::unchanged(&vault, &dir)? {
        Some(made) => made,
        None => {
            let new = work.dir.path().join("backup.zip");
            let out = create_private(&new)?;
            let (manifest, bytes) = work.write(&vault, &out, &dir, progress, now)?;
            drop(out);
            let path = backups::next(&dir, vault.business().today(now));
            fs::rename(&new, &path).and_then(|()| sync(&dir)).map_err(|error| write_failed(&path, error))?;
            Made::of(&path, &manifest, bytes, false)
        }
    };
    made.removed = kept::thin(&dir, &vault)?;
    restore::thin_aside(vault.profile(), vault.id(), vault.business().today(now));
    if let Some(folder) = &vault.settings().backups {
        match kept::second(&vault, Path::new(&made.file), Path::new(folder), now) {
            Ok(path) => made.second = Some(path.display().to_string()),
            Err(problem) => made.second_problem = Some(problem.code.as_str().to_owned()),
        }
    }
    Ok(made)
}

/// Makes a backup under a name of the owner's choice, outside the profile. One that is there already and holds the same state
/// serves; any other file is replaced only where `replace` says so.
///
/// # Errors
/// As [`create`]; [`Code::InProfile`]; [`Code::NotConfirmed`] with `why` `file_exists`.
pub fn create_at(vault: &Vault, to: &Path, replace: bool, now: DateTime<Utc>) -> Result<Made> {
    let leaving = Leaving::begin(vault.profile(), to)?;
    let vault = vault.beside()?;
    if fs::symlink_metadata(to).is_ok() {
        if let Some(made) = kept::holds(&vault, to)? {
            return Ok(made);
        }
        if !replace {
            let there = Problem::new(Code::NotConfirmed).with("file", to.display().to_string());
            return Err(there.with("why", "file_exists"));
        }
    }
    let work = Work::begin(vault.profile())?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (manifest, bytes) = work.write(&vault, leaving.file(), folder, &Arc::default(), now)?;
    leaving.put()?;
    journal::beside(&vault, folder)?;
    kept::note(vault.profile(), &manifest, folder)?;
    Ok(Made::of(to, &manifest, bytes, false))
}

/// Whether the backup of this day is still to be made: for whoever holds the vault open, at unlocking and as the day goes on.
///
/// # Errors
/// Faults of the database.
pub fn due(vault: &Vault, now: DateTime<Utc>) -> Result<bool> {
    let today = vault.business().today(now);
    // Whatever a clock that ran ahead once called the newest.
    if backups::newest_first(&vault.profile().backups()).iter().any(|named| named.on == today) {
        return Ok(false);
    }
    let head = head(vault.rows())?.seq;
    Ok(kept::newest(vault).is_none_or(|last| last.entries < head))
}

/// Makes the backup of this day, where it is still to be made and something changed.
///
/// # Errors
/// As [`create`].
pub fn daily(vault: &Vault, progress: &Arc<Progress>, now: DateTime<Utc>) -> Result<Option<Made>> {
    if due(vault, now)? { create(vault, progress, now).map(Some) } else { Ok(None) }
}

/// The making of one backup: a private folder that goes with it, and the lock that keeps others from making one here.
struct Work {
    dir: TempDir,
    _lock: File,
}

impl Work {
    fn begin(profile: &Profile) -> Result<Self> {
        let kept = profile.backups();
        create_private_dir(&kept)?;
        let path = kept.join("making.lock");
        let failed = |error| write_failed(&path, error);
        let lock = private(OpenOptions::new().create(true).truncate(false)).open(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) => return Err(Problem::new(Code::VaultInUse).with("by", "another backup")),
        }
        // What a kill left of earlier ones. What cannot go now goes the next time.
        for entry in fs::read_dir(&kept).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let dir = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(&kept).map_err(failed)?;
        Ok(Self { dir, _lock: lock })
    }

    /// Copies the vault as it stands, looks the copy over, and writes the backup of it into an empty file of `folder`.
    fn write(
        &self,
        vault: &Vault,
        out: &File,
        folder: &Path,
        progress: &Arc<Progress>,
        now: DateTime<Utc>,
    ) -> Result<(Manifest, u64)> {
        let file = vault.profile().vault();
        let length = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
        let size = length(&file) + length(&file.with_extension("db-wal"));
        room(self.dir.path(), size * 2)?;
        room(folder, size)?;
        let copy = self.dir.path().join(pack::VAULT);
        copied(vault, &copy, progress)?;
        let unwritable = |error| write_failed(&copy, error);
        let slots = vault.slots.to_bytes()?;
        let last = head(vault.rows())?;
        let manifest = Manifest {
            format: pack::FORMAT,
            vault: vault.id(),
            instance: vault.settings().instance,
            schema: SCHEMA,
            made: vault.business().said(now.timestamp_millis()),
            entries: last.seq,
            head: hex(&last.hash),
            files: vec![
                pack::measure_bytes(backups::SLOTS, &slots),
                pack::measure(pack::VAULT, &copy).map_err(unwritable)?,
            ],
        };
        pack::write(out, &manifest, &slots, &copy).map_err(unwritable)?;
        // The sum over the whole file vouches that what is on the disk is what was copied; the copy is looked at itself.
        let bytes = pack::sum_holds(out).map_err(unwritable)?.map_err(|flaw| flaw.refused(&copy))?;
        match check::copy(&copy, &vault.key, &manifest, progress)? {
            None => Ok((manifest, bytes)),
            Some(flaw) => Err(flaw.refused(&vault.profile().vault())),
        }
    }
}

/// What a backup is made in has a name that begins so.
const UNFINISHED: &str = ".making-";

/// Copies the vault, as this reader sees it, page by page into a new file under the same key.
fn copied(vault: &Vault, to: &Path, progress: &Progress) -> Result<()> {
    let mut copy = file::scratch(to, &vault.key)?;
    let copying = Copying::new(vault.rows(), &mut copy)?;
    loop {
        progress.goes_on()?;
        let step = copying.step(PAGES)?;
        if step == StepResult::Done {
            return Ok(());
        }
        if step != StepResult::More {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Whether there is room for so much on the disk of a folder.
fn room(folder: &Path, bytes: u64) -> Result<()> {
    let needed = bytes.saturating_add(SPARE);
    match free_bytes(folder) {
        Some(free) if free < needed => {
            Err(Problem::new(Code::DiskFull).with("file", folder.display().to_string()).with("needed", needed))
        }
        // What is not known is seen when it is written.
        Some(_) | None => Ok(()),
    }
}

#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Makes a rename last, where the system has a call for it.
fn sync(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
