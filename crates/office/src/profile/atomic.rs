//! Replacing a file so that after a kill or a power cut there is either the old one or the new one, whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{private, write_failed};
use crate::problem::Result;

/// Replaces the file at `path`: a new file beside it, synced, renamed over it, and the folder synced. The file is its owner's
/// alone. Only one process at a time may replace the same file.
///
/// # Errors
/// `Unwritable` (fact `file`), `DiskFull`. The old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = beside(path);
    let replaced = write(&new, bytes).and_then(|()| fs::rename(&new, path)).and_then(|()| sync_dir(path));
    replaced.map_err(|error| {
        // What cannot be removed is overwritten next time.
        let _ = fs::remove_file(&new);
        write_failed(path, error)
    })
}

/// Where the new content waits. The same name each time, so that kills leave one such file at most.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

fn write(new: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = private(OpenOptions::new().create_new(true)).open(new)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the rename last. Windows has no such call: there the rename is in the file system's journal.
fn sync_dir(path: &Path) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;

    #[test]
    fn replaces_whole_files() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        for bytes in [b"one".as_slice(), b"", b"three, longer"] {
            replace(&path, bytes).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        fs::write(beside(&path), b"left by a kill").unwrap();
        replace(&path, b"four").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"four");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("folder");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("kept"), b"").unwrap();
        let problem = replace(&path, b"x").unwrap_err();
        assert_eq!((problem.code, &problem.facts["file"]), (Code::Unwritable, &path.display().to_string().into()));
        assert!(path.join("kept").exists() && !beside(&path).exists());
        assert_eq!(replace(&dir.path().join("no/such/folder"), b"x").unwrap_err().code, Code::Unwritable);
    }
}
