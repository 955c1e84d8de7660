//! The backups that are there: which of them are kept, when the last one was made, and the second folder.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pack::{self, MANIFEST, Manifest};
use super::{Made, room};
use crate::key::{SlotKind, Slots};
use crate::problem::{Code, Problem, Result};
use crate::profile::backups::{Named, SLOTS, entry, newest_first, next};
use crate::profile::settings::Settings;
use crate::profile::{Leaving, Profile, atomic, create_private_dir};
use crate::vault::record::head;
use crate::vault::{Vault, hex};

/// Of so many days the newest backup is kept, and of so many weeks.
const DAYS: usize = 7;
const WEEKS: usize = 4;

/// A backup in a folder, by what it says of itself.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BackupKept")]
pub struct Kept {
    /// The file.
    pub file: String,
    /// When it was made, RFC 3339.
    pub made: String,
    /// How many entries its audit chain has.
    pub entries: i64,
    /// Its size.
    pub bytes: u64,
}

/// The backups of a vault in its profile, the newest first. What cannot be read or is another vault's is not among them.
#[must_use]
pub fn kept(vault: &Vault) -> Vec<Kept> {
    let ours = ours(&vault.profile().backups(), vault.id());
    let shown = |(named, manifest): (Named, Manifest)| Kept {
        bytes: fs::metadata(&named.path).map_or(0, |meta| meta.len()),
        file: named.path.display().to_string(),
        made: manifest.made,
        entries: manifest.entries,
    };
    ours.map(shown).collect()
}

fn ours(dir: &Path, vault: Uuid) -> impl Iterator<Item = (Named, Manifest)> + use<> {
    all(dir).filter(move |(_, manifest)| manifest.vault == vault)
}

fn all(dir: &Path) -> impl Iterator<Item = (Named, Manifest)> + use<> {
    let manifest = |named: &Named| -> Option<Manifest> {
        serde_json::from_slice(&entry(&named.path, MANIFEST, 1 << 20).ok()?).ok()
    };
    newest_first(dir).into_iter().filter_map(move |named| manifest(&named).map(|manifest| (named, manifest)))
}

/// Where a backup lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", rename = "BackupPlace")]
pub enum Place {
    /// In the vault's own folder.
    Own,
    /// In the second folder.
    Second,
    /// Where the owner found it.
    Elsewhere,
}

/// A backup that can be looked over and put back, by what it says of itself; nobody has opened it yet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BackupFound")]
pub struct Found {
    /// Where it lies.
    pub place: Place,
    /// The name of its file.
    pub name: String,
    /// The vault that it is of.
    pub vault: Uuid,
    /// When it was made, RFC 3339.
    pub made: String,
    /// How many entries its audit chain has.
    pub entries: i64,
    /// Its size.
    pub bytes: u64,
    /// What opens it: the ways in of its day.
    pub opens: Vec<SlotKind>,
}

impl Found {
    fn of(place: Place, path: &Path, manifest: Manifest, slots: &Slots) -> Self {
        Self {
            place,
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            vault: manifest.vault,
            made: manifest.made,
            entries: manifest.entries,
            bytes: fs::metadata(path).map_or(0, |meta| meta.len()),
            opens: slots.kinds(),
        }
    }
}

/// The folders in which a profile's backups lie.
fn folders(profile: &Profile) -> Vec<(Place, PathBuf)> {
    let second = Settings::load(profile).ok().and_then(|settings| settings.backups);
    let own = (Place::Own, profile.backups());
    [Some(own), second.map(|dir| (Place::Second, dir.into()))].into_iter().flatten().collect()
}

/// The backups that lie in the folders of a profile, the newest first, whether or not its vault can be opened. One that lies in
/// both is named once; what cannot be read is not among them.
#[must_use]
pub fn found(profile: &Profile) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (place, dir) in folders(profile) {
        for (named, manifest) in all(&dir) {
            let slots = entry(&named.path, SLOTS, 1 << 20).ok();
            let slots = slots.and_then(|bytes| Slots::from_bytes(&bytes, Some(manifest.vault)).ok());
            let same =
                |one: &Found| (one.vault, one.entries, &one.made) == (manifest.vault, manifest.entries, &manifest.made);
            if let Some(slots) = slots.filter(|_| !found.iter().any(same)) {
                found.push(Found::of(place, &named.path, manifest, &slots));
            }
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(DateTime::parse_from_rfc3339(&one.made).ok()));
    found
}

/// The path of a backup of this name in a folder of the profile.
///
/// # Errors
/// [`Code::NotFound`] for a name that none of them has: nothing else on the disk can be named so.
pub fn find(profile: &Profile, place: Place, name: &str) -> Result<PathBuf> {
    let here = folders(profile).into_iter().filter(|(one, _)| *one == place);
    let mut all = here.flat_map(|(_, dir)| newest_first(&dir)).map(|named| named.path);
    let found = all.find(|path| path.file_name().is_some_and(|file| file.to_str() == Some(name)));
    found.ok_or_else(|| Problem::not_found("backup", name))
}

/// A backup that the owner found elsewhere; every byte of it was looked at.
///
/// # Errors
/// As [`super::Backup::open`].
pub fn seen(path: &Path) -> Result<Found> {
    let backup = super::Backup::open(path)?;
    Ok(Found::of(Place::Elsewhere, path, backup.manifest().clone(), backup.slots()))
}

/// The newest backup of a folder, where the vault has not changed since it was made and its bytes are as they were written.
pub(super) fn unchanged(vault: &Vault, dir: &Path) -> Result<Option<Made>> {
    match ours(dir, vault.id()).next() {
        Some((named, _)) => holds(vault, &named.path),
        None => Ok(None),
    }
}

/// A file as the result of making it, where it is a whole backup of just this state.
pub(super) fn holds(vault: &Vault, path: &Path) -> Result<Option<Made>> {
    let Ok(backup) = super::Backup::open(path) else { return Ok(None) };
    let last = head(vault.rows())?;
    let manifest = backup.manifest();
    let same = manifest.vault == vault.id() && manifest.schema == super::SCHEMA;
    let same = same && (manifest.entries, &manifest.head) == (last.seq, &hex(&last.hash));
    Ok(same.then(|| Made::of(path, manifest, backup.bytes(), true)))
}

/// Takes away those backups of this copy of a vault that need not be kept; how many went. Another copy's stay: what it holds
/// need not be in any of ours.
pub(super) fn thin(dir: &Path, vault: &Vault) -> Result<usize> {
    let instance = vault.settings().instance;
    let same = |(named, manifest): (Named, Manifest)| (manifest.instance == instance).then_some(named);
    let all: Vec<Named> = ours(dir, vault.id()).filter_map(same).collect();
    let days: Vec<NaiveDate> = all.iter().map(|named| named.on).collect();
    let stay = stay(&days);
    let gone = all.iter().zip(stay).filter(|(_, stays)| !stays);
    // What cannot go now goes the next time.
    Ok(gone.filter(|(named, _)| fs::remove_file(&named.path).is_ok()).count())
}

/// Which of these stay, the newest first: the newest one of each of the last days and of each of the last weeks that have any.
fn stay(days: &[NaiveDate]) -> Vec<bool> {
    let (mut seen_days, mut seen_weeks) = (HashSet::new(), HashSet::new());
    let stays = |on: &NaiveDate| {
        let day = seen_days.len() < DAYS && seen_days.insert(*on);
        let week = (on.iso_week().year(), on.iso_week().week());
        let week = seen_weeks.len() < WEEKS && seen_weeks.insert(week);
        day || week
    };
    days.iter().map(stays).collect()
}

/// Brings the backup into the second folder, where it is not there yet, and thins that folder out.
pub(super) fn second(vault: &Vault, from: &Path, folder: &Path, now: DateTime<Utc>) -> Result<PathBuf> {
    if let Some(made) = unchanged(vault, folder)? {
        return Ok(PathBuf::from(made.file));
    }
    create_private_dir(folder)?;
    room(folder, fs::metadata(from).map_or(0, |meta| meta.len()))?;
    let to = next(folder, vault.business().today(now));
    let mut leaving = Leaving::begin(vault.profile(), &to)?;
    let copied = File::open(from).and_then(|mut from| io::copy(&mut from, &mut leaving));
    copied.and_then(|_| leaving.flush()).map_err(|error| leaving.failed(error))?;
    let whole = pack::sum_holds(leaving.file()).map_err(|error| leaving.failed(error))?;
    whole.map_err(|flaw| flaw.refused(&to))?;
    leaving.put()?;
    thin(folder, vault)?;
    Ok(to)
}

/// What is remembered of a backup that the owner made elsewhere.
#[derive(Debug, Serialize, Deserialize)]
struct Elsewhere {
    vault: Uuid,
    made: String,
    entries: i64,
    head: String,
    /// The folders that backups were made in: erasures since are told there as well.
    #[serde(default)]
    folders: Vec<PathBuf>,
}

/// So many such folders are remembered, the newest first.
const FOLDERS: usize = 8;

fn note_path(profile: &Profile) -> PathBuf {
    profile.backups().join("elsewhere.json")
}

fn noted(profile: &Profile) -> Option<Elsewhere> {
    serde_json::from_slice(&fs::read(note_path(profile)).ok()?).ok()
}

/// The folders elsewhere that hold backups of a vault, as far as they are there now.
pub(crate) fn elsewhere(profile: &Profile, vault: Uuid) -> Vec<PathBuf> {
    let noted = noted(profile).filter(|noted| noted.vault == vault);
    noted.map(|noted| noted.folders).unwrap_or_default().into_iter().filter(|folder| folder.is_dir()).collect()
}

/// Remembers that a backup was made elsewhere.
pub(super) fn note(profile: &Profile, manifest: &Manifest, folder: &Path) -> Result<()> {
    let Manifest { vault, made, entries, head, .. } = manifest.clone();
    let before = noted(profile).filter(|noted| noted.vault == vault).map(|noted| noted.folders).unwrap_or_default();
    let this = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let others = before.into_iter().filter(|other| *other != this);
    let folders: Vec<PathBuf> = std::iter::once(this.clone()).chain(others).take(FOLDERS).collect();
    let bytes = serde_json::to_vec(&Elsewhere { vault, made, entries, head, folders });
    let bytes = bytes.map_err(|error| Problem::new(Code::System).because(error))?;
    atomic::replace(&note_path(profile), &bytes)
}

/// When a vault was last backed up, wherever to, and up to which entry of its audit chain.
pub(in crate::vault) struct Last {
    pub(in crate::vault) made: String,
    pub(in crate::vault) entries: i64,
}

/// The newest backup in the vault's own folder.
pub(super) fn newest(vault: &Vault) -> Option<Last> {
    let kept = ours(&vault.profile().backups(), vault.id()).next();
    kept.map(|(_, manifest)| Last { made: manifest.made, entries: manifest.entries })
}

pub(in crate::vault) fn last(vault: &Vault) -> Option<Last> {
    let noted = noted(vault.profile()).filter(|noted| noted.vault == vault.id());
    let noted = noted.map(|noted| Last { made: noted.made, entries: noted.entries });
    [newest(vault), noted].into_iter().flatten().max_by_key(|last| DateTime::parse_from_rfc3339(&last.made).ok())
}

/// The newest file in the profile that is named as a backup and is none, or not whole.
pub(in crate::vault) fn newest_is_bad(profile: &Profile) -> Option<Problem> {
    let newest = newest_first(&profile.backups()).into_iter().next()?;
    super::Backup::open(&newest.path).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept_of(days: &[&str]) -> Vec<String> {
        let days: Vec<NaiveDate> = days.iter().map(|day| day.parse().unwrap()).collect();
        let stays = stay(&days);
        days.iter().zip(stays).filter(|(_, stays)| *stays).map(|(day, _)| day.to_string()).collect()
    }

    #[test]
    fn seven_days_and_four_weeks_are_kept() {
        let all: Vec<String> = (0..60)
            .map(|back| (NaiveDate::from_ymd_opt(2026, 3, 5).unwrap() - chrono::Days::new(back)).to_string())
            .collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        // Thursday 5 March: the week's newest is that day itself; before it the Sundays.
        assert_eq!(
            kept_of(&all),
            [
                "2026-03-05",
                "2026-03-04",
                "2026-03-03",
                "2026-03-02",
                "2026-03-01",
                "2026-02-28",
                "2026-02-27",
                "2026-02-22",
                "2026-02-15"
            ]
        );
        // Of one day the newest; long pauses take nothing away.
        assert_eq!(kept_of(&["2026-03-05", "2026-03-05", "2025-01-01"]).len(), 2);
        let yearly = ["2026-01-01", "2025-01-01", "2024-01-01", "2023-01-01", "2022-01-01"];
        assert_eq!(kept_of(&yearly).len(), 5);
        assert!(kept_of(&[]).is_empty());
    }
}
