//! A backup's copy of the vault, looked at as a whole: every page's seal, the database's own check, the audit chain with what
//! it seals, the proofs' sums, and that it is what the manifest says.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tempfile::TempDir;

use super::pack::{Backup, Flaw, Manifest, VAULT};
use crate::intake::reader::Progress;
use crate::key::DataKey;
use crate::problem::{Code, Problem, Result};
use crate::vault::file::{self, Access};
use crate::vault::migrate::{self, SCHEMA, Standing};
use crate::vault::record::head;
use crate::vault::{Vault, hex, verify};

/// After so many steps of a statement it is looked whether somebody wants to stop.
const STEPS: i32 = 100_000;

/// What is wrong with an encrypted copy. One of an older version is brought up to date first, so it is nobody's only one.
///
/// # Errors
/// [`Code::VaultNewer`]; [`Code::Cancelled`]; faults of the machine.
pub(super) fn copy(path: &Path, key: &DataKey, manifest: &Manifest, progress: &Arc<Progress>) -> Result<Option<Flaw>> {
    let inside = |code: &'static str| Ok(Some(Flaw::of(VAULT, code)));
    let (mut conn, standing) = match file::open(path, key, manifest.vault, Access::Write) {
        Err(problem) if matches!(problem.code, Code::VaultDamaged | Code::VaultTruncated | Code::VaultMismatch) => {
            return inside(problem.code.as_str());
        }
        opened => opened?,
    };
    let stopped = Arc::clone(progress);
    conn.progress_handler(STEPS, Some(move || stopped.cancel.load(Ordering::Relaxed)))?;
    let whole = match file::sound(&conn).map_err(Problem::from) {
        Err(problem) if problem.code == Code::VaultDamaged => false,
        sound => sound?,
    };
    if !whole {
        return inside(Code::VaultDamaged.as_str());
    }
    let last = head(&conn)?;
    let said = (manifest.schema, manifest.entries, manifest.head.as_str());
    if said != (migrate::version(&conn)?, last.seq, hex(&last.hash).as_str()) {
        return inside("other_than_said");
    }
    if standing == Standing::Older {
        migrate::migrate(&mut conn)?;
    }
    Ok(verify::sealed(&conn)?.map(|fault| Flaw { seq: Some(fault.seq), ..Flaw::of(VAULT, fault.code) }))
}

impl Backup {
    /// What is wrong with the vault in it, which `key` opens. Nothing but a copy in a temporary folder is written.
    ///
    /// # Errors
    /// [`Code::BackupDamaged`] where it was changed since it was opened; [`Code::VaultNewer`]; [`Code::DiskFull`] and other
    /// faults of the machine; [`Code::Cancelled`].
    pub fn check(&self, key: &DataKey, progress: &Arc<Progress>) -> Result<Option<Flaw>> {
        self.known()?;
        let dir = TempDir::with_prefix("akkoord-").map_err(|error| Problem::new(Code::Unwritable).because(error))?;
        super::room(dir.path(), self.bytes())?;
        let path = dir.path().join(VAULT);
        self.unpack(&path)?;
        copy(&path, key, self.manifest(), progress)
    }

    /// Whether this application knows what a vault of its time looks like.
    ///
    /// # Errors
    /// [`Code::VaultNewer`].
    pub(super) fn known(&self) -> Result<()> {
        let found = self.manifest().schema;
        if found > SCHEMA {
            return Err(Problem::new(Code::VaultNewer).with("found", found).with("known", SCHEMA));
        }
        Ok(())
    }

    /// The same for the vault that is open, if the backup is one of it.
    ///
    /// # Errors
    /// As [`Backup::check`]; [`Code::VaultMismatch`] for a backup of another vault.
    pub fn check_for(&self, vault: &Vault, progress: &Arc<Progress>) -> Result<Option<Flaw>> {
        if self.manifest().vault != vault.id() {
            return Err(Problem::new(Code::VaultMismatch).with("why", "backup_of_another"));
        }
        self.check(&vault.key, progress)
    }
}
