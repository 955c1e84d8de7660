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
use crate::key::{DataKey, Slots};
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
/// is touched; where it cannot be put in its place then, the one before is back in it.
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
    exchange(ready, &at)
}

/// Puts what is ready in the place of what is there.
fn exchange(ready: Ready, at: &Profile) -> Result<Restored> {
    let aside = set_aside(at, ready.on)?;
    ready.put(at).inspect_err(|_| aside.back(at))
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
        let put = put(&self.stage, to);
        // What cannot go now goes with the next restore, and is no vault to anybody.
        let _ = fs::remove_dir_all(self.stage.dir());
        put.map(|()| self.restored)
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

/// Files of a vault that were moved into a folder of their own.
#[derive(Debug, Default)]
struct Aside {
    dir: PathBuf,
    moved: Vec<&'static str>,
}

impl Aside {
    /// Moves them back to where they were, the slots last. What cannot be moved stays in the folder.
    fn back(self, profile: &Profile) {
        for name in self.moved.iter().rev() {
            let _ = fs::rename(self.dir.join(name), profile.dir().join(name));
        }
        // Only an empty folder goes.
        let _ = fs::remove_dir(&self.dir);
        let _ = sync(profile.dir());
    }
}

/// Moves the files of a vault into a folder of their own. The slots go first: a kill leaves nothing that could be written, and doing
/// it again goes on. Where one of them cannot be moved, all are where they were.
fn set_aside(profile: &Profile, on: NaiveDate) -> Result<Aside> {
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
        return Ok(Aside::default());
    }
    let nth = |n: u32| profile.dir().join(if n == 1 { format!("{ASIDE}{on}") } else { format!("{ASIDE}{on}-{n}") });
    let dir = (1..).map(nth).find(|dir| fs::symlink_metadata(dir).is_err()).unwrap_or_else(|| nth(0));
    create_private_dir(&dir)?;
    let mut aside = Aside { dir, moved: Vec::with_capacity(there.len()) };
    for name in there {
        let from = profile.dir().join(name);
        if let Err(error) = fs::rename(&from, aside.dir.join(name)) {
            aside.back(profile);
            return Err(write_failed(&from, error));
        }
        aside.moved.push(name);
    }
    match sync(profile.dir()) {
        Ok(()) => Ok(aside),
        Err(error) => {
            aside.back(profile);
            Err(write_failed(profile.dir(), error))
        }
    }
}

/// Takes away what was set aside too long ago, of this vault: another one may have been made here by somebody whose own was only
/// set aside. What cannot go now goes the next time.
pub(super) fn thin_aside(profile: &Profile, vault: Uuid, today: NaiveDate) {
    for entry in fs::read_dir(profile.dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let on = name.strip_prefix(ASIDE).and_then(|rest| rest.get(..10)?.parse::<NaiveDate>().ok());
        if on.is_some_and(|on| on + Days::new(ASIDE_DAYS) < today) && whose(entry.path()) == Some(vault) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Which vault was set aside in a folder, as its settings say, or its slots.
fn whose(dir: PathBuf) -> Option<Uuid> {
    let aside = Profile::at(dir);
    let said = Settings::load(&aside).ok().and_then(|settings| settings.vault);
    said.or_else(|| Some(Slots::load(&aside).ok()?.slots.vault()))
}

/// Puts what is ready in its place. The slots come last: without them nobody can mistake what a kill left for a vault. Where that
/// does not succeed, nothing of it is there.
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
    // Back to where nothing was: all of these are ours. The slots go first.
    let back = |moved: usize| {
        for (from, path) in moves.iter().take(moved).rev() {
            let _ = fs::rename(path, from);
        }
    };
    for (at, (from, path)) in moves.iter().enumerate() {
        if let Err(error) = fs::rename(from, path) {
            back(at);
            return Err(write_failed(path, error));
        }
    }
    sync(to.dir()).map_err(|error| {
        back(moves.len());
        write_failed(to.dir(), error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Passphrase;
    use crate::trial::{Trial, vault_in};
    use crate::vault::backup::create_at;
    use crate::vault::{Actor, Opener};

    fn desk() -> Desk {
        Desk { actor: Actor::Cli, by: "An".to_owned() }
    }

    /// A closed vault of two people, and ready beside it what a backup holds of one of them.
    fn two() -> (Trial, Profile, Ready) {
        let mut trial = Trial::new();
        trial.person("An");
        let path = trial.dir().join("backup.zip");
        create_at(&trial.vault, &path, true, trial.now).unwrap();
        trial.person("Bo");
        let (key, at) = (trial.vault.key.again(), trial.vault.profile().clone());
        trial.vault = vault_in(&trial.dir().join("other"), trial.now);
        let lock = WriterLock::acquire(&at, "cli", None).unwrap();
        let backup = Backup::open(&path).unwrap();
        let ready = ready(&backup, key, (&at, Settings::default()), &[], lock, desk(), trial.now).unwrap();
        (trial, at, ready)
    }

    /// The vault of two is in its place, and nothing lies about.
    fn stands(at: &Profile, now: DateTime<Utc>) {
        let opener = Opener::Passphrase(Passphrase::new("drie koeien in de wei".to_owned()));
        let vault = Vault::open(at, &opener, Access::Write, desk(), None, now).unwrap();
        let people: i64 = vault.rows().query_row("SELECT count(*) FROM contact", [], |row| row.get(0)).unwrap();
        assert_eq!(people, 2);
        let mut left = fs::read_dir(at.dir()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(left.all(|name| !name.starts_with(ASIDE) && name != "restoring"));
    }

    #[test]
    fn where_the_new_one_cannot_be_put_the_one_before_is_back() {
        for file in ["keyslots.json", "keyslots.bak", "vault.db", "settings.toml"] {
            let (trial, at, ready) = two();
            fs::remove_file(ready.stage.dir().join(file)).unwrap();
            assert!(exchange(ready, &at).is_err(), "{file}");
            stands(&at, trial.now);
        }
    }

    #[test]
    fn what_was_set_aside_of_another_vault_stays() {
        let (trial, at, ready) = two();
        let on = ready.on;
        drop(ready);
        let aside = set_aside(&at, on).unwrap().dir;
        let long = on + Days::new(10 * ASIDE_DAYS);
        // Killed there, somebody may have made a new vault.
        thin_aside(&at, trial.vault.id(), long);
        assert!(aside.join("vault.db").exists());
        let own = whose(aside.clone()).unwrap();
        thin_aside(&at, own, on + Days::new(ASIDE_DAYS));
        assert!(aside.exists());
        thin_aside(&at, own, long);
        assert!(!aside.exists());
    }

    #[test]
    fn whichever_file_stops_it_nothing_of_the_new_one_stays() {
        for file in ["keyslots.json", "keyslots.bak", "vault.db", "settings.toml"] {
            let (_trial, at, ready) = two();
            let aside = set_aside(&at, ready.on).unwrap();
            let obstacle = at.dir().join(file);
            fs::create_dir_all(obstacle.join("full")).unwrap();
            assert!(put(&ready.stage, &at).is_err(), "{file}");
            fs::remove_dir_all(&obstacle).unwrap();
            assert!(at.vacant().is_ok(), "{file}");
            // All of it is ready as before.
            put(&ready.stage, &at).unwrap();
            drop((aside, ready));
        }
    }
}
