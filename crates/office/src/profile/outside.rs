//! Files that leave the vault: written beside their place under a random name, and put there only once they are whole. None
//! of them may go into the profile folder, where it could take the place of the vault itself.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use super::{Profile, about, write_failed};
use crate::problem::{Code, Problem, Result};

/// A file on its way out. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Leaving {
    /// Where it shall stand, without links.
    to: PathBuf,
    file: NamedTempFile,
}

impl Leaving {
    /// Begins a file in the target's folder, for its owner alone. An ordinary file that is there already stays whole until
    /// the new one takes its place.
    ///
    /// # Errors
    /// [`Code::InProfile`] for a target in the profile folder, by whatever name or link; [`Code::Unwritable`], also for what
    /// is there and no ordinary file; [`Code::DiskFull`].
    pub(crate) fn begin(profile: &Profile, to: &Path) -> Result<Self> {
        let to = real(to).map_err(|error| write_failed(to, error))?;
        if belongs(profile, &to) {
            return Err(about(Code::InProfile, &to));
        }
        let file = tempfile::Builder::new().prefix(".akkoord-").tempfile_in(folder(&to));
        let file = file.map_err(|error| write_failed(&to, error))?;
        Ok(Self { to, file })
    }

    /// A file with all that it shall hold, through to the disk; it still has to be put in its place.
    ///
    /// # Errors
    /// As [`Leaving::begin`].
    pub(crate) fn whole(profile: &Profile, to: &Path, bytes: &[u8]) -> Result<Self> {
        let mut leaving = Self::begin(profile, to)?;
        leaving.write_all(bytes).map_err(|error| leaving.failed(error))?;
        leaving.sync()?;
        Ok(leaving)
    }

    /// The file itself, for what is written in more than one pass.
    pub(crate) fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Where it is written until it is put in its place.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Writes what was added through to the disk.
    pub(crate) fn sync(&self) -> Result<()> {
        self.file.as_file().sync_all().map_err(|error| self.failed(error))
    }

    /// Puts the file in its place, after the act that says so was kept: an entry without its file misleads nobody, a file
    /// without its entry would.
    ///
    /// # Errors
    /// [`Code::Unwritable`] with `why` `recorded_only`.
    pub(crate) fn put_recorded(self) -> Result<()> {
        let to = self.to.clone();
        self.place()
            .map_err(|error| -> Problem { about(Code::Unwritable, &to).with("why", "recorded_only").because(error) })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Code::Unwritable`], [`Code::DiskFull`].
    pub(crate) fn put(self) -> Result<()> {
        self.sync()?;
        let to = self.to.clone();
        self.place().map_err(|error| write_failed(&to, error))
    }

    fn place(self) -> io::Result<()> {
        self.file.persist(&self.to).map_err(|error| error.error)?;
        sync_dir(&self.to)
    }

    /// What a failed write into it means.
    pub(crate) fn failed(&self, error: io::Error) -> Problem {
        write_failed(&self.to, error)
    }
}

impl Write for Leaving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A folder on its way out: filled beside its place, and put there once it is whole. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct LeavingFolder {
    to: PathBuf,
    dir: TempDir,
}

impl LeavingFolder {
    /// Begins a folder beside the target, for its owner alone. The target is new, or an empty folder.
    ///
    /// # Errors
    /// As [`Leaving::begin`]; [`Code::Unwritable`] with `why` `not_empty` for a folder that holds something.
    pub(crate) fn begin(profile: &Profile, to: &Path) -> Result<Self> {
        let failed = |error| write_failed(to, error);
        let name = to.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        let real = folder(to).canonicalize().map_err(failed)?.join(name);
        let held = match fs::read_dir(&real) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed(error)),
        };
        if belongs(profile, &real) || is_same(&real, profile.dir()) {
            return Err(about(Code::InProfile, to));
        }
        if held {
            return Err(about(Code::Unwritable, to).with("why", "not_empty"));
        }
        let dir = tempfile::Builder::new().prefix(".akkoord-").tempdir_in(folder(&real)).map_err(failed)?;
        Ok(Self { to: real, dir })
    }

    /// Where it is filled.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Puts the folder in its place, after the act that says so was kept.
    ///
    /// # Errors
    /// [`Code::Unwritable`] with `why` `recorded_only`.
    pub(crate) fn put_recorded(self) -> Result<()> {
        // An empty folder that is there makes way; some systems put none over it.
        let _ = fs::remove_dir(&self.to);
        let put = fs::rename(self.dir.path(), &self.to).and_then(|()| sync_dir(&self.to));
        put.map_err(|error| about(Code::Unwritable, &self.to).with("why", "recorded_only").because(error))?;
        // It is there no more under the name that would be cleared away.
        let _ = self.dir.keep();
        Ok(())
    }
}

/// The target without links and `..`: its folder must be there, and what stands under its name, if anything, is an ordinary
/// file.
fn real(to: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(to) {
        Ok(_) if fs::metadata(to)?.is_file() => to.canonicalize(),
        Ok(meta) => Err(if meta.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput }.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = to.file_name().ok_or(io::ErrorKind::InvalidInput)?;
            Ok(folder(to).canonicalize()?.join(name))
        }
        Err(error) => Err(error),
    }
}

/// Whether a real path lies in the profile folder, or is a file that a link in that folder leads to.
fn belongs(profile: &Profile, to: &Path) -> bool {
    let inside = to.ancestors().skip(1).any(|above| is_same(above, profile.dir()));
    let entries = fs::read_dir(profile.dir()).into_iter().flatten().flatten();
    let linked = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    inside || linked.filter_map(|link| link.path().canonicalize().ok()).any(|led| to.starts_with(led))
}

/// Whether two paths are one folder. Its number tells, too, where two mounts or two spellings lead to it.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| fs::metadata(path).map(|meta| (meta.dev(), meta.ino()));
    matches!((number(one), number(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether two paths are one folder.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the rename last, where the system has a call for it.
fn sync_dir(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder(path))?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_whole_until_the_new_one_is_and_nothing_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path().join("profile")).unwrap();
        let out = dir.path().join("out");
        fs::create_dir(&out).unwrap();
        let to = out.join("an.zip");
        let names = || fs::read_dir(&out).unwrap().count();
        let mut leaving = Leaving::begin(&profile, &to).unwrap();
        leaving.write_all(b"one").unwrap();
        assert!(!to.exists());
        drop(leaving);
        assert_eq!(names(), 0);
        fs::write(&to, b"theirs").unwrap();
        let mut leaving = Leaving::begin(&profile, &to).unwrap();
        leaving.write_all(b"two").unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"theirs");
        leaving.put_recorded().unwrap();
        assert_eq!((fs::read(&to).unwrap(), names()), (b"two".to_vec(), 1));
        // A folder that came there meanwhile stays as well.
        let later = out.join("later.zip");
        let leaving = Leaving::begin(&profile, &later).unwrap();
        fs::create_dir(&later).unwrap();
        let problem = leaving.put_recorded().unwrap_err();
        assert_eq!((problem.code, &problem.facts["why"]), (Code::Unwritable, &"recorded_only".into()));
        assert_eq!((later.is_dir(), names()), (true, 2));
        for no_file in [dir.path(), Path::new("/"), Path::new(".."), Path::new(""), &dir.path().join("no/such.zip")] {
            let problem = Leaving::begin(&profile, no_file).unwrap_err();
            assert_eq!(problem.code, Code::Unwritable, "{}", no_file.display());
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(Leaving::begin(&profile, Path::new("/dev/null")).unwrap_err().code, Code::Unwritable);
        }
    }

    #[test]
    fn nothing_leaves_into_the_profile() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path().join("profile")).unwrap();
        fs::write(profile.vault(), b"the vault").unwrap();
        let code = |to: &Path| Leaving::begin(&profile, to).map(|_| ()).map_err(|problem| problem.code);
        let refused = [
            "profile/vault.db",
            "profile/vault.db-wal",
            "profile/new.zip",
            "profile/backups/an.zip",
            "profile/../profile/logs/../vault.db",
        ];
        for name in refused {
            assert_eq!(code(&dir.path().join(name)), Err(Code::InProfile), "{name}");
        }
        assert_eq!(code(&dir.path().join("profile.zip")), Ok(()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(profile.dir(), dir.path().join("by-folder")).unwrap();
            symlink(profile.vault(), dir.path().join("by-file.zip")).unwrap();
            fs::create_dir(dir.path().join("disk")).unwrap();
            fs::write(dir.path().join("disk/moved.db"), b"").unwrap();
            symlink(dir.path().join("disk/moved.db"), profile.slots()).unwrap();
            for name in ["by-folder/an.zip", "by-folder/backups/an.zip", "by-file.zip", "disk/moved.db"] {
                assert_eq!(code(&dir.path().join(name)), Err(Code::InProfile), "{name}");
            }
            assert_eq!(code(&dir.path().join("disk/an.zip")), Ok(()));
            // A link elsewhere is followed, so that the file it leads to is the one replaced.
            fs::write(dir.path().join("old.zip"), b"old").unwrap();
            symlink(dir.path().join("old.zip"), dir.path().join("link.zip")).unwrap();
            let mut leaving = Leaving::begin(&profile, &dir.path().join("link.zip")).unwrap();
            leaving.write_all(b"new").unwrap();
            leaving.put().unwrap();
            assert_eq!(fs::read(dir.path().join("old.zip")).unwrap(), b"new");
        }
        assert_eq!(fs::read(profile.vault()).unwrap(), b"the vault");
    }
}
