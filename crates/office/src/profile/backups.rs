//! Backup files in a folder, by their names: the newest first. What is in them is `vault::backup`'s.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use zip::ZipArchive;

use crate::problem::Result;

/// What every backup's name begins with: it says the day and nothing else.
const NAME: &str = "akkoord";
/// The copy of the slot file in a backup.
pub(crate) const SLOTS: &str = "keyslots.json";

/// A file that is named as a backup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    /// The day in its name.
    pub(crate) on: NaiveDate,
    /// The number in its name, where several were made on that day.
    pub(crate) nth: u32,
    /// Where it is.
    pub(crate) path: PathBuf,
}

/// The files of a folder that are named as backups, the newest first. A folder that is not there has none.
pub(crate) fn newest_first(dir: &Path) -> Vec<Named> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut all: Vec<Named> = entries.filter_map(|entry| named(entry.path())).collect();
    all.sort_by(|one, other| other.cmp(one));
    all
}

/// The name of the next backup of a day: its number is higher than that of any other of that day, also where those before it
/// are gone.
pub(crate) fn next(dir: &Path, on: NaiveDate) -> PathBuf {
    let last = newest_first(dir).into_iter().find(|named| named.on == on).map_or(0, |named| named.nth);
    let nth = |n: u32| dir.join(if n == 1 { format!("{NAME}-{on}.zip") } else { format!("{NAME}-{on}-{n}.zip") });
    // Not `exists`: a dangling link is something, too.
    let free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    (last.saturating_add(1)..=u32::MAX).map(nth).find(free).unwrap_or_else(|| nth(u32::MAX))
}

/// `akkoord-2026-03-05.zip`, and `akkoord-2026-03-05-2.zip` for the second of that day.
fn named(path: PathBuf) -> Option<Named> {
    let name = path.file_name()?.to_str()?;
    let rest = name.strip_prefix(NAME)?.strip_prefix('-')?.strip_suffix(".zip")?;
    let (day, nth) = match rest.match_indices('-').nth(2) {
        Some((at, _)) => (rest.get(..at)?, rest.get(at + 1..)?.parse().ok()?),
        None => (rest, 1),
    };
    let on = day.parse().ok()?;
    path.is_file().then_some(Named { on, nth, path })
}

/// The copies of the slot file in the backups of a folder, the newest first; each with the name of its backup.
pub(crate) fn slot_copies(dir: &Path) -> impl Iterator<Item = (String, Vec<u8>)> {
    newest_first(dir).into_iter().filter_map(|named| {
        let name = named.path.file_name()?.to_string_lossy().into_owned();
        Some((name, entry(&named.path, SLOTS, 1 << 20).ok()?))
    })
}

/// The bytes of one file in a ZIP, of which no more than `max` are read.
pub(crate) fn entry(path: &Path, name: &str, max: u64) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut zip = ZipArchive::new(fs::File::open(path)?)?;
    let mut bytes = Vec::new();
    zip.by_name(name)?.take(max).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_what_is_named_otherwise_is_no_backup() {
        let dir = tempfile::tempdir().unwrap();
        let names = [
            "akkoord-2026-03-05.zip",
            "akkoord-2026-03-05-2.zip",
            "akkoord-2026-03-05-10.zip",
            "akkoord-2025-12-31.zip",
            "akkoord-2026-02-30.zip",
            "akkoord-2026-03-06.zip.new",
            "before-schema-9.db",
            "akkoord-2026-03-07-x.zip",
        ];
        for name in names {
            fs::write(dir.path().join(name), b"").unwrap();
        }
        fs::create_dir(dir.path().join("akkoord-2026-03-08.zip")).unwrap();
        let found = newest_first(dir.path());
        let found: Vec<&str> = found.iter().map(|named| named.path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(found, [names[2], names[1], names[0], names[3]]);
        // The first two of that day are thinned out, and the next one is the newest all the same.
        fs::remove_file(dir.path().join(names[0])).unwrap();
        let on = |day: &str| next(dir.path(), day.parse().unwrap());
        assert_eq!(on("2026-03-05"), dir.path().join("akkoord-2026-03-05-11.zip"));
        assert_eq!(on("2026-03-06"), dir.path().join("akkoord-2026-03-06.zip"));
        assert_eq!(on("2026-03-08"), dir.path().join("akkoord-2026-03-08-2.zip"));
        assert!(newest_first(&dir.path().join("none")).is_empty());
        assert_eq!(slot_copies(dir.path()).count(), 0);
    }
}
