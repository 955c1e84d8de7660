//! The profile folder: one vault and what belongs to it.
//!
//! Nothing in it can be read by other users of the machine, and nothing personal stands in any of its files but the vault.

pub mod atomic;
pub(crate) mod backups;
pub mod incoming;
mod outside;
pub mod place;
pub mod reminders;
pub mod settings;
mod writer_lock;

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::problem::{Code, Problem, Result};

pub(crate) use outside::{Leaving, LeavingFolder};
pub use writer_lock::WriterLock;

/// A profile folder, by its path. The folder need not be there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    dir: PathBuf,
}

/// Proof that a profile holds no vault and no remains of one: only then may a data key be made.
#[derive(Debug)]
pub struct Vacant(());

impl Profile {
    /// The profile in this folder. Touches nothing.
    #[must_use]
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The profile in this folder, which is made with its subfolders if need be: for its owner alone (mode 0700 on Unix). A
    /// folder that is there already keeps its mode.
    ///
    /// # Errors
    /// `Unwritable` (fact `file`), `DiskFull`.
    pub fn create(dir: impl Into<PathBuf>) -> Result<Self> {
        let profile = Self::at(dir);
        create_private_dir(&profile.dir)?;
        create_private_dir(&profile.backups())?;
        create_private_dir(&profile.logs())?;
        Ok(profile)
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// `vault.db`: the encrypted database.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.dir.join("vault.db")
    }

    /// `keyslots.json`: the wrapped data key.
    #[must_use]
    pub fn slots(&self) -> PathBuf {
        self.dir.join("keyslots.json")
    }

    /// `keyslots.bak`: its twin.
    #[must_use]
    pub fn slots_twin(&self) -> PathBuf {
        self.dir.join("keyslots.bak")
    }

    /// `keyslots.aside`: a slot file that was damaged or another vault's when it had to be replaced.
    #[must_use]
    pub fn slots_aside(&self) -> PathBuf {
        self.dir.join("keyslots.aside")
    }

    /// `settings.toml`: what must be known before the vault is open; nothing personal.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.dir.join("settings.toml")
    }

    /// `reminders.json`: when to remind while the vault is locked; nothing personal.
    #[must_use]
    pub fn reminders(&self) -> PathBuf {
        self.dir.join("reminders.json")
    }

    /// `reminded.json`: until when that was said.
    #[must_use]
    pub fn reminded(&self) -> PathBuf {
        self.dir.join("reminded.json")
    }

    /// `vault.lock`: locked by the process that writes.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.dir.join("vault.lock")
    }

    /// `vault.holder`: the name and number of the process that locked `vault.lock` last.
    #[must_use]
    pub fn holder(&self) -> PathBuf {
        self.dir.join("vault.holder")
    }

    /// `backups/`
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.dir.join("backups")
    }

    /// `logs/`
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.dir.join("logs")
    }

    /// `incoming/`: where files wait that the window sends; encrypted, and swept at each start.
    #[must_use]
    pub fn incoming(&self) -> PathBuf {
        self.dir.join("incoming")
    }

    /// `opened/`: proof files that somebody looks at, until the vault is locked; swept at each start.
    #[must_use]
    pub fn opened(&self) -> PathBuf {
        self.dir.join("opened")
    }

    /// Takes away what nothing is kept of from one opening to the next: files on their way in, and proof files that were looked
    /// at. At every start, and when the vault is locked; under the writer lock, as they may be those of a program that has the
    /// vault open.
    ///
    /// # Errors
    /// `VaultInUse`: they are that program's, and stay. `Unwritable` (fact `file`), as where another program has such a file
    /// open: it goes the next time.
    pub fn sweep(&self) -> Result<()> {
        if [self.incoming(), self.opened()].iter().any(|dir| dir.exists()) {
            let lock = WriterLock::acquire(self, "window", None)?;
            self.sweep_under(&lock)?;
        }
        Ok(())
    }

    /// The same for whoever holds the writer lock.
    pub(crate) fn sweep_under(&self, _lock: &WriterLock) -> Result<()> {
        let there = [self.incoming(), self.opened()];
        let gone = there.iter().map(|dir| match std::fs::remove_dir_all(dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(write_failed(dir, error)),
            Ok(()) | Err(_) => Ok(()),
        });
        // Each of them, also where one cannot go.
        gone.collect::<Vec<_>>().into_iter().collect()
    }

    /// Checks that there is no vault here, nor what is left of one. To be asked under the writer lock.
    ///
    /// # Errors
    /// `VaultExists` with the fact `file`, the remains that were found; `Unreadable` if the folder cannot be looked into.
    pub fn vacant(&self) -> Result<Vacant> {
        let beside = |end: &str| self.dir.join(format!("vault.db{end}"));
        let remains = [self.vault(), beside("-wal"), beside("-journal"), self.slots(), self.slots_twin()];
        for path in remains {
            // Not `exists`: a dangling link or a file that may not be looked at is something, too.
            match std::fs::symlink_metadata(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(about(Code::Unreadable, &path).because(error)),
                Ok(_) => return Err(about(Code::VaultExists, &path)),
            }
        }
        Ok(Vacant(()))
    }
}

/// A problem with a file, its path as the fact `file`.
fn about(code: Code, path: &Path) -> Problem {
    Problem::new(code).with("file", path.display().to_string())
}

/// What a failed write means: no room, or a file that cannot be written.
pub(crate) fn write_failed(path: &Path, error: std::io::Error) -> Problem {
    use std::io::ErrorKind as Kind;
    let full = matches!(error.kind(), Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge);
    about(if full { Code::DiskFull } else { Code::Unwritable }, path).because(error)
}

/// Makes a folder, and those above it, for its owner alone. One that is there already is left as it is.
///
/// # Errors
/// `Unwritable` (fact `file`), `DiskFull`.
pub fn create_private_dir(dir: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|error| write_failed(dir, error))
}

/// Makes a new file for its owner alone (mode 0600 on Unix) and opens it for reading and writing.
///
/// # Errors
/// `Unwritable` (fact `file`), also if there is one already; `DiskFull`.
pub fn create_private(path: &Path) -> Result<File> {
    private(OpenOptions::new().create_new(true)).open(path).map_err(|error| write_failed(path, error))
}

/// Options for reading and writing that give a new file to its owner alone.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.read(true).write(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn made_for_the_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path().join("a/b")).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for made in [dir.path().join("a"), profile.dir.clone(), profile.backups(), profile.logs()] {
            assert_eq!(mode(&made), 0o700, "{}", made.display());
        }
        create_private(&profile.vault()).unwrap();
        atomic::replace(&profile.settings(), b"").unwrap();
        assert_eq!(mode(&profile.vault()), 0o600);
        assert_eq!(mode(&profile.settings()), 0o600);
        assert_eq!(create_private(&profile.vault()).unwrap_err().code, Code::Unwritable);
        assert_eq!(Profile::create(profile.dir()).unwrap(), profile);
    }

    #[test]
    fn a_full_disk_has_its_own_name() {
        let code = |kind: std::io::ErrorKind| write_failed(Path::new("x"), kind.into()).code;
        assert_eq!(code(std::io::ErrorKind::StorageFull), Code::DiskFull);
        assert_eq!(code(std::io::ErrorKind::QuotaExceeded), Code::DiskFull);
        assert_eq!(code(std::io::ErrorKind::ReadOnlyFilesystem), Code::Unwritable);
    }

    #[test]
    fn nothing_is_swept_that_belongs_to_whoever_has_the_vault_open() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        let files = [profile.incoming().join("piece"), profile.opened().join("proof.pdf")];
        for file in &files {
            create_private_dir(file.parent().unwrap()).unwrap();
            std::fs::write(file, b"theirs").unwrap();
        }
        let open = WriterLock::acquire(&profile, "window", None).unwrap();
        assert_eq!(profile.sweep().unwrap_err().code, Code::VaultInUse);
        assert!(files.iter().all(|file| file.exists()));
        drop(open);
        profile.sweep().unwrap();
        assert!(!profile.incoming().exists() && !profile.opened().exists());
        // Nothing to sweep needs no lock, and makes no folder.
        Profile::at(dir.path().join("none")).sweep().unwrap();
        assert!(!dir.path().join("none").exists());
    }

    #[test]
    fn vacant_only_without_any_remains() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        assert!(profile.vacant().is_ok());
        for name in ["vault.db", "vault.db-wal", "vault.db-journal", "keyslots.json", "keyslots.bak"] {
            std::fs::write(dir.path().join(name), b"").unwrap();
            assert_eq!(profile.vacant().unwrap_err().code, Code::VaultExists, "{name}");
            std::fs::remove_file(dir.path().join(name)).unwrap();
        }
        assert!(profile.vacant().is_ok());
        assert!(Profile::at(dir.path().join("not there")).vacant().is_ok());
    }
}
