//! One writer at a time, by a lock of the operating system: it goes when the process goes, however it goes.

use std::fs::{File, OpenOptions, TryLockError};
use std::time::{Duration, Instant};

use super::{Profile, atomic, private, write_failed};
use crate::problem::{Code, Problem, Result};

/// How often a waiting process looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The right to write this profile's vault, until it is dropped.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the right to write, for the program `who` ("window", "akkoord-cli"). Waits for at most `wait` if another has it.
    ///
    /// # Errors
    /// `VaultInUse` with the fact `by` (program and process number, or empty if that is not known); `Unwritable` (fact `file`)
    /// if there is no such folder or its file system has no locks; `DiskFull`.
    pub fn acquire(profile: &Profile, who: &str, wait: Option<Duration>) -> Result<Self> {
        let path = profile.lock();
        let file = private(OpenOptions::new().create(true).truncate(false)).open(&path);
        let file = file.map_err(|error| write_failed(&path, error))?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(write_failed(&path, error)),
                Err(TryLockError::WouldBlock) => {}
            }
            let left = wait.unwrap_or_default().saturating_sub(since.elapsed());
            if left.is_zero() {
                return Err(Problem::new(Code::VaultInUse).with("by", holder(profile)));
            }
            std::thread::sleep(left.min(LOOK_AGAIN));
        }
        // A file of its own: on Windows nobody else can read a locked one. Who holds the lock is a courtesy, not a condition.
        let _ = atomic::replace(&profile.holder(), format!("{who} (pid {})", std::process::id()).as_bytes());
        Ok(Self { _file: file })
    }
}

/// Who took the lock last.
fn holder(profile: &Profile) -> String {
    std::fs::read_to_string(profile.holder())
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        let first = WriterLock::acquire(&profile, "window", None).unwrap();
        let problem = WriterLock::acquire(&profile, "akkoord-cli", None).unwrap_err();
        assert_eq!(problem.code, Code::VaultInUse);
        assert_eq!(problem.facts["by"], format!("window (pid {})", std::process::id()));
        assert!(WriterLock::acquire(&profile, "akkoord-cli", Some(Duration::from_millis(120))).is_err());
        drop(first);
        drop(WriterLock::acquire(&profile, "akkoord-cli", None).unwrap());
        assert!(WriterLock::acquire(&profile, "window", None).is_ok());
    }

    #[test]
    fn waits_for_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        let first = WriterLock::acquire(&profile, "window", None).unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| WriterLock::acquire(&profile, "akkoord-cli", Some(Duration::from_secs(60))));
            std::thread::sleep(Duration::from_millis(100));
            drop(first);
            assert!(second.join().unwrap().is_ok());
        });
    }

    /// Takes the lock of the profile that the environment names, if any, and waits to be killed: the next test starts it.
    #[test]
    fn holds_until_killed() {
        let Ok(dir) = std::env::var("AKKOORD_LOCK_DIR") else { return };
        let profile = Profile::at(dir);
        let _lock = WriterLock::acquire(&profile, "other", None).unwrap();
        std::thread::sleep(Duration::from_secs(60));
    }

    #[test]
    fn a_kill_gives_it_back() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        let mut other = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "profile::writer_lock::tests::holds_until_killed"])
            .env("AKKOORD_LOCK_DIR", dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while !profile.holder().exists() {
            assert_eq!(other.try_wait().unwrap(), None, "the other process took the lock");
            std::thread::sleep(Duration::from_millis(5));
        }
        let problem = WriterLock::acquire(&profile, "window", None).unwrap_err();
        assert_eq!(problem.facts["by"], format!("other (pid {})", other.id()));
        other.kill().unwrap();
        other.wait().unwrap();
        assert!(WriterLock::acquire(&profile, "window", None).is_ok());
    }

    #[test]
    fn needs_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        let problem = WriterLock::acquire(&Profile::at(dir.path().join("none")), "window", None).unwrap_err();
        assert_eq!(problem.code, Code::Unwritable);
    }
}
