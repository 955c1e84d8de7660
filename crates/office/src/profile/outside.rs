//! Files that leave the vault: written beside their place under a random name, and put there only once the act is kept.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{about, write_failed};
use crate::problem::{Code, Problem, Result};

/// Where a file shall stand outside the vault.
#[derive(Debug, Clone, Copy)]
pub struct Target<'p> {
    /// Its path.
    pub file: &'p Path,
    /// Whether a file that is there already may go.
    pub replace: bool,
}

/// A file on its way out. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Leaving {
    to: PathBuf,
    replace: bool,
    file: NamedTempFile,
}

impl Leaving {
    /// Begins a file in the target's folder, for its owner alone.
    ///
    /// # Errors
    /// [`Code::FileExists`] where one is there that may not go; [`Code::Unwritable`], [`Code::DiskFull`].
    pub(crate) fn begin(target: Target<'_>) -> Result<Self> {
        let to = target.file;
        if to.is_dir() {
            return Err(write_failed(to, io::ErrorKind::IsADirectory.into()));
        }
        // Not `exists`: a link that leads nowhere is something, too.
        if !target.replace && fs::symlink_metadata(to).is_ok() {
            return Err(about(Code::FileExists, to));
        }
        let file = tempfile::Builder::new().prefix(".akkoord-").tempfile_in(folder(to));
        let file = file.map_err(|error| write_failed(to, error))?;
        Ok(Self { to: to.to_owned(), replace: target.replace, file })
    }

    /// Adds bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| write_failed(&self.to, error))
    }

    /// Writes what was added through to the disk.
    pub(crate) fn sync(&self) -> Result<()> {
        self.file.as_file().sync_all().map_err(|error| write_failed(&self.to, error))
    }

    /// Puts the file in its place, after the act that says so was kept: an entry without its file misleads nobody, a file
    /// without its entry would.
    ///
    /// # Errors
    /// [`Code::Unwritable`] with `why` `recorded_only`.
    pub(crate) fn put(self) -> Result<()> {
        let Self { to, replace, file } = self;
        let put = if replace { file.persist(&to) } else { file.persist_noclobber(&to) };
        let put = put.map_err(|error| error.error).and_then(|_| sync_dir(&to));
        put.map_err(|error: io::Error| -> Problem {
            about(Code::Unwritable, &to).with("why", "recorded_only").because(error)
        })
    }
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
    fn nothing_is_replaced_unasked_and_nothing_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("an.zip");
        let target = |replace| Target { file: &to, replace };
        let names = || fs::read_dir(dir.path()).unwrap().count();
        let mut leaving = Leaving::begin(target(false)).unwrap();
        leaving.write(b"one").unwrap();
        assert!(!to.exists());
        drop(leaving);
        assert_eq!(names(), 0);
        // Somebody else's file that came there meanwhile stays as well.
        let leaving = Leaving::begin(target(false)).unwrap();
        fs::write(&to, b"theirs").unwrap();
        let problem = leaving.put().unwrap_err();
        assert_eq!((problem.code, &problem.facts["why"]), (Code::Unwritable, &"recorded_only".into()));
        assert_eq!(Leaving::begin(target(false)).unwrap_err().code, Code::FileExists);
        let mut leaving = Leaving::begin(target(true)).unwrap();
        leaving.write(b"two").unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"theirs");
        leaving.put().unwrap();
        assert_eq!((fs::read(&to).unwrap(), names()), (b"two".to_vec(), 1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(Leaving::begin(Target { file: dir.path(), replace: true }).unwrap_err().code, Code::Unwritable);
    }
}
