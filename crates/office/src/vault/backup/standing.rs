//! How things stand with the backups of a vault: when the last one was made, whether that failed since, and whether it is too long
//! ago.

use chrono::{DateTime, Days, Utc};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Made, kept};
use crate::practice;
use crate::problem::{Code, Result};
use crate::profile::{Profile, atomic};
use crate::settings;
use crate::vault::Vault;
use crate::vault::record::head;

/// A change that is in no backup for so many days is told of.
pub const OLD_DAYS: u64 = 3;

/// How things stand with the backups of a vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BackupStanding")]
pub struct Standing {
    /// When the last one was made, wherever to; RFC 3339.
    pub last: Option<String>,
    /// Something changed since.
    pub changed: bool,
    /// What changed is in no backup for more than [`OLD_DAYS`] days.
    pub old: bool,
    /// The last one was to be made, and could not.
    pub failed: Option<Failed>,
    /// The second folder, if there is one.
    pub second: Option<String>,
    /// The last one did not come into the second folder.
    pub second_failed: Option<Failed>,
}

/// Why something could not be made, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BackupFailed")]
pub struct Failed {
    /// Since when, RFC 3339.
    pub since: String,
    /// The code of the problem.
    pub code: String,
}

/// What is remembered of attempts that failed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Trouble {
    vault: Uuid,
    own: Option<Failed>,
    second: Option<Failed>,
}

impl Trouble {
    fn path(profile: &Profile) -> std::path::PathBuf {
        profile.backups().join("trouble.json")
    }

    fn of(vault: &Vault) -> Self {
        let bytes = std::fs::read(Self::path(vault.profile())).unwrap_or_default();
        let read: Option<Self> = serde_json::from_slice(&bytes).ok();
        let empty = Self { vault: vault.id(), ..Self::default() };
        read.filter(|read| read.vault == vault.id()).unwrap_or(empty)
    }
}

/// Remembers how an attempt went. What the owner stopped, or another program was just making, says nothing.
pub(super) fn note(vault: &Vault, made: &Result<Made>, now: DateTime<Utc>) {
    let mut trouble = Trouble::of(vault);
    let said = |before: Option<Failed>, code: &str| {
        let since = || vault.business().said(now.timestamp_millis());
        Some(Failed { since: before.map_or_else(since, |before| before.since), code: code.to_owned() })
    };
    match made {
        Err(problem) if matches!(problem.code, Code::Cancelled | Code::VaultInUse) => return,
        Err(problem) => trouble.own = said(trouble.own.take(), problem.code.as_str()),
        Ok(made) => {
            trouble.own = None;
            trouble.second = match &made.second_problem {
                Some(code) => said(trouble.second.take(), code),
                None => None,
            };
        }
    }
    let path = Trouble::path(vault.profile());
    if trouble.own.is_none() && trouble.second.is_none() {
        // What is not there is as good.
        let _ = std::fs::remove_file(path);
    } else if let Ok(bytes) = serde_json::to_vec(&trouble) {
        // A disk that takes no backup may take no note either; then it is told once it is too long ago.
        let _ = atomic::replace(&path, &bytes);
    }
}

/// How things stand with the backups of a vault. The practice vault needs none.
///
/// # Errors
/// Faults of the database.
pub fn standing(vault: &Vault, now: DateTime<Utc>) -> Result<Standing> {
    if practice::is_practice(vault.profile()) {
        return Ok(Standing::default());
    }
    let (last, trouble) = (kept::last(vault), Trouble::of(vault));
    let entries = last.as_ref().map_or(0, |last| last.entries);
    let next = "SELECT at FROM audit WHERE seq > ? ORDER BY seq LIMIT 1";
    let since: Option<i64> = vault.rows().prepare_cached(next)?.query_row([entries], |row| row.get(0)).optional()?;
    let second = settings::backup_folder(vault).map(|dir| dir.display().to_string());
    Ok(Standing {
        last: last.map(|last| last.made),
        changed: entries < head(vault.rows())?.seq,
        old: since.is_some_and(|at| at < (now - Days::new(OLD_DAYS)).timestamp_millis()),
        failed: trouble.own,
        second_failed: trouble.second.filter(|_| second.is_some()),
        second,
    })
}
