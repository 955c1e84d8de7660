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
use crate::problem::{Code, Problem, Result};
use crate::profile::backups::{Named, entry, newest_first, next};
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
    ours.into_iter().map(shown).collect()
}

fn ours(dir: &Path, vault: Uuid) -> Vec<(Named, Manifest)> {
    let manifest = |named: &Named| -> Option<Manifest> {
        serde_json::from_slice(&entry(&named.path, MANIFEST, 1 << 20).ok()?).ok()
    };
    let all = newest_first(dir).into_iter().filter_map(|named| manifest(&named).map(|manifest| (named, manifest)));
    all.filter(|(_, manifest)| manifest.vault == vault).collect()
}

/// The newest backup of a folder, where the vault has not changed since it was made and its bytes are as they were written.
pub(super) fn unchanged(vault: &Vault, dir: &Path) -> Result<Option<Made>> {
    match ours(dir, vault.id()).first() {
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
    let all: Vec<Named> = ours(dir, vault.id()).into_iter().filter_map(same).collect();
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
}

fn note_path(profile: &Profile) -> PathBuf {
    profile.backups().join("elsewhere.json")
}

/// Remembers that a backup was made elsewhere.
pub(super) fn note(profile: &Profile, manifest: &Manifest) -> Result<()> {
    let Manifest { vault, made, entries, head, .. } = manifest.clone();
    let bytes = serde_json::to_vec(&Elsewhere { vault, made, entries, head });
    let bytes = bytes.map_err(|error| Problem::new(Code::System).because(error))?;
    atomic::replace(&note_path(profile), &bytes)
}

/// When a vault was last backed up, wherever to, and up to which entry of its audit chain.
pub(in crate::vault) struct Last {
    pub(in crate::vault) made: String,
    pub(in crate::vault) entries: i64,
}

pub(in crate::vault) fn last(vault: &Vault) -> Option<Last> {
    let kept = ours(&vault.profile().backups(), vault.id()).into_iter().next();
    let kept = kept.map(|(_, manifest)| Last { made: manifest.made, entries: manifest.entries });
    let noted = fs::read(note_path(vault.profile())).ok();
    let noted: Option<Elsewhere> = noted.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let noted = noted.filter(|noted| noted.vault == vault.id());
    let noted = noted.map(|noted| Last { made: noted.made, entries: noted.entries });
    [kept, noted].into_iter().flatten().max_by_key(|last| DateTime::parse_from_rfc3339(&last.made).ok())
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
