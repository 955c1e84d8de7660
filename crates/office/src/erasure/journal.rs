//! The journal of erasures: a file beside the backups, so that an older backup that is put back does not bring anybody back, also
//! where the vault in which they were erased is lost.
//!
//! One line for each erasure and each unblocking: ids and keyed hashes, after a seal under a key that is derived from the data
//! key. An act is kept first and its line written then; what a kill left out between the two is made up for at the next start,
//! because the vault itself knows all that must stand here.

mod replay;

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::key::{Subkey, bytes_of};
use crate::problem::{Code, Problem, Result};
use crate::profile::settings::Settings;
use crate::profile::{Profile, private, write_failed};
use crate::settings;
use crate::vault::{Act, Vault, backup, hex};

pub use replay::replay;

/// The name of the journal in a folder of backups.
pub const NAME: &str = "erased.log";

/// The label of the key that seals each line.
const LABEL: &str = "erasure-journal";

/// The longest journal that is read.
const LARGEST: u64 = 256 << 20;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    vault: Uuid,
    /// When the act was recorded, UTC milliseconds.
    at: i64,
    /// Its place in the chain.
    entry: i64,
    #[serde(flatten)]
    what: What,
    /// Hashes that came onto the list, or went off it.
    blocked: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Erased {
        id: Uuid,
        on: NaiveDate,
        contacts: Vec<Uuid>,
        /// The request that asked for it: of somebody unknown, nothing else leads to what they said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<Uuid>,
    },
    Unblocked {
        id: Uuid,
    },
}

impl What {
    fn id(&self) -> Uuid {
        match self {
            Self::Erased { id, .. } | Self::Unblocked { id } => *id,
        }
    }
}

/// What bringing a vault to the state of the journals did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Replayed {
    /// Erasures that were done again.
    pub erasures: usize,
    /// Contacts that went by it.
    pub contacts: usize,
    /// Addresses and names that may come in again since.
    pub unblocked: usize,
    /// Lines that the vault knew already.
    pub known: usize,
    /// Lines that cannot be trusted, and were not applied.
    pub faults: Vec<Fault>,
}

impl Replayed {
    /// Whether anything was done again.
    pub(super) fn changed(&self) -> bool {
        self.erasures + self.unblocked > 0
    }
}

/// A line that cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "JournalFault")]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
}

/// The journals that are kept for a vault: one in each folder that its backups go to, or went to and that is there.
#[must_use]
pub fn journals(vault: &Vault) -> Vec<PathBuf> {
    let folders = [Some(vault.profile().backups()), settings::backup_folder(vault)];
    let elsewhere = backup::elsewhere(vault.profile(), vault.id());
    folders.into_iter().flatten().chain(elsewhere).map(|folder| folder.join(NAME)).collect()
}

/// Writes what is missing into the journal of a folder, beside a backup that was just made there.
///
/// # Errors
/// As [`mend`].
pub(crate) fn beside(vault: &Vault, folder: &Path) -> Result<()> {
    let path = folder.join(NAME);
    complete(&path, &read(&path)?, &vault.subkey(LABEL), &lines(vault)?)
}

/// The journals that a backup of this file is held against: the one beside it, and those of a profile on this computer, which may
/// hold the vault that it was made of.
#[must_use]
pub fn journals_of(backup: &Path, profile: &Profile) -> Vec<PathBuf> {
    let second = Settings::load(profile).ok().and_then(|settings| settings.backups).map(PathBuf::from);
    let folders = [backup.parent().map(Path::to_owned), Some(profile.backups()), second];
    let mut journals: Vec<PathBuf> = folders.into_iter().flatten().map(|folder| folder.join(NAME)).collect();
    journals.dedup();
    journals
}

/// Writes into each journal of a vault what is missing there.
///
/// # Errors
/// [`Code::Unwritable`], [`Code::DiskFull`], [`Code::Unreadable`]; faults of the database.
pub(crate) fn mend(vault: &Vault) -> Result<()> {
    let lines = lines(vault)?;
    if lines.is_empty() {
        return Ok(());
    }
    let key = vault.subkey(LABEL);
    // A disk that is not there keeps no line from the others.
    let done: Vec<Result<()>> = journals(vault).iter().map(|path| complete(path, &read(path)?, &key, &lines)).collect();
    done.into_iter().collect()
}

/// Makes up for what a kill left undone: whoever the journals know to be erased and the vault does not, and then the lines that a
/// journal lacks. A vault that was put back and killed before it had caught up does so here. A journal that cannot be read keeps
/// nothing from being done by the others.
///
/// # Errors
/// As [`replay`].
pub(crate) fn catch_up(vault: &mut Vault, now: DateTime<Utc>) -> Result<()> {
    let (mut texts, mut unread) = (Vec::new(), Ok(()));
    for path in journals(vault) {
        match read(&path) {
            Ok(text) => texts.push((path, text)),
            Err(problem) => unread = Err(problem),
        }
    }
    let replayed = replay::replay_texts(vault, &texts, now);
    let written = match &replayed {
        Ok(replayed) if !replayed.changed() => {
            let (key, lines) = (vault.subkey(LABEL), lines(vault)?);
            let done: Vec<Result<()>> = texts.iter().map(|(path, text)| complete(path, text, &key, &lines)).collect();
            done.into_iter().collect()
        }
        // They say more by now than they did.
        Ok(_) | Err(_) => mend(vault),
    };
    replayed.and(written).and(unread)
}

/// Adds to a journal, of which this is the text, the lines that it lacks.
fn complete(path: &Path, text: &str, key: &Subkey, lines: &[Line]) -> Result<()> {
    let known: HashSet<Uuid> = whole(text).filter_map(|text| open(text, key)).map(|line| line.what.id()).collect();
    let missing: Vec<&Line> = lines.iter().filter(|line| !known.contains(&line.what.id())).collect();
    append(path, key, &missing)
}

/// All that must stand in a journal, in order.
fn lines(vault: &Vault) -> Result<Vec<Line>> {
    let conn = vault.rows();
    // Most vaults have none, and are spared the look through the chain at every start.
    let any = "SELECT 1 FROM erasure WHERE state = 'destroyed' UNION ALL SELECT 1 FROM unblocked LIMIT 1";
    if !conn.prepare_cached(any)?.exists([])? {
        return Ok(Vec::new());
    }
    let mut query = conn.prepare_cached(
        "SELECT a.seq, a.at, a.subject, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?) AND f.contact_id IS NULL
           AND (f.facts ->> '$.erasure' IS NOT NULL OR f.facts ->> '$.unblocked' IS NOT NULL) ORDER BY a.seq",
    )?;
    let rows = query.query_map(params![Act::Erased.code(), Act::Unblocked.code()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Uuid>(2)?, row.get::<_, String>(3)?))
    })?;
    let damaged = |error| Problem::new(Code::VaultDamaged).because(error);
    let mut lines = Vec::new();
    for row in rows {
        let (entry, at, id, text) = row?;
        let facts: Sealed = serde_json::from_str(&text).map_err(damaged)?;
        let what = match facts.erasure {
            Some(Done { on, request }) => What::Erased { id, on, contacts: named(vault, entry)?, request },
            None => What::Unblocked { id },
        };
        let blocked = [facts.listed, facts.hashes].concat();
        lines.push(Line { vault: vault.id(), at, entry, what, blocked });
    }
    Ok(lines)
}

/// What the acts seal that stand in a journal, as far as it goes there.
#[derive(Debug, Deserialize)]
struct Sealed {
    erasure: Option<Done>,
    #[serde(default)]
    listed: Vec<String>,
    #[serde(default)]
    hashes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Done {
    on: NaiveDate,
    #[serde(default)]
    request: Option<Uuid>,
}

/// Whom an entry names.
fn named(vault: &Vault, entry: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT contact_id FROM audit_leaf WHERE seq = ? AND contact_id IS NOT NULL ORDER BY n";
    let mut query = vault.rows().prepare_cached(sql)?;
    Ok(query.query_map([entry], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The text of a journal; one that is not there has none.
fn read(path: &Path) -> Result<String> {
    let unreadable =
        |error: std::io::Error| Problem::new(Code::Unreadable).with("file", path.display().to_string()).because(error);
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        file => file.map_err(unreadable)?,
    };
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The lines that were written to their end.
fn whole(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'))
}

/// A line as it is written: its seal, a space, what it says.
fn seal(line: &Line, key: &Subkey) -> Result<String> {
    let says = serde_json::to_string(line).map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(format!("{} {says}\n", hex(&key.mac(says.as_bytes()))))
}

/// What a line says, if its seal holds.
fn open(text: &str, key: &Subkey) -> Option<Line> {
    let (seal, says) = text.split_once(' ')?;
    let sealed = bytes_of::<32>(seal.as_bytes())? == key.mac(says.as_bytes());
    if sealed { serde_json::from_str(says).ok() } else { None }
}

/// Whether a line says that it is another vault's.
fn is_foreign(text: &str, vault: Uuid) -> bool {
    let line = text.split_once(' ').and_then(|(_, says)| serde_json::from_str::<Line>(says).ok());
    line.is_some_and(|line| line.vault != vault)
}

/// Adds lines, and waits until the disk has them. What a kill left of a line goes first.
fn append(path: &Path, key: &Subkey, lines: &[&Line]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let text = lines.iter().map(|line| seal(line, key)).collect::<Result<String>>()?;
    let failed = |error| write_failed(path, error);
    let new = !path.exists();
    let mut file = private(OpenOptions::new().create(true)).open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(failed)?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at as u64 + 1);
    file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end))).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    match path.parent() {
        Some(dir) if new && cfg!(unix) => File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
