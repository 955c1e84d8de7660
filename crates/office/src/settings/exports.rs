//! The folders of the owner's choice: where files go that leave the vault, and where backups go as well.

use std::path::{Path, PathBuf};

use crate::problem::{Problem, Result};
use crate::profile::{Leaving, create_private_dir};
use crate::vault::Vault;

/// The folder that the owner chose, if any.
#[must_use]
pub fn exports(vault: &Vault) -> Option<PathBuf> {
    vault.settings().exports.as_deref().map(PathBuf::from)
}

/// Chooses the folder, which is made if need be; none is the usual one again. No act: it says nothing about anybody.
///
/// # Errors
/// [`crate::Code::Invalid`] for a path that does not say from the root where it is, or that is no text;
/// [`crate::Code::InProfile`]; [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; [`crate::Code::VaultReadOnly`].
pub fn exports_set(vault: &mut Vault, folder: Option<&Path>) -> Result<()> {
    let named = folder.map(|path| named(vault, path)).transpose()?;
    vault.keep_settings(|kept| kept.exports = named)
}

/// The second folder that backups go to, if any.
#[must_use]
pub fn backup_folder(vault: &Vault) -> Option<PathBuf> {
    vault.settings().backups.as_deref().map(PathBuf::from)
}

/// Chooses the second folder for backups, which is made if need be; none is no such folder any more. No act, as above.
///
/// # Errors
/// As [`exports_set`].
pub fn backup_folder_set(vault: &mut Vault, folder: Option<&Path>) -> Result<()> {
    let named = folder.map(|path| named(vault, path)).transpose()?;
    vault.keep_settings(|kept| kept.backups = named)
}

/// The folder as the settings name it, once a file could leave to it.
fn named(vault: &Vault, path: &Path) -> Result<String> {
    let no_folder = || Problem::invalid("folder", "no_folder").with("given", path.display().to_string());
    let named = path.to_str().filter(|_| path.is_absolute()).ok_or_else(no_folder)?;
    create_private_dir(path)?;
    // Begun and dropped: whether a file could leave to it, and no file at all.
    Leaving::begin(vault.profile(), &path.join("akkoord"))?;
    Ok(named.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::trial::Trial;

    #[test]
    fn a_folder_is_chosen_where_files_can_go() {
        let mut trial = Trial::new();
        let dir = tempfile::tempdir().unwrap();
        let chosen = dir.path().join("Exports/Akkoord");
        assert_eq!(exports(&trial.vault), None);
        exports_set(&mut trial.vault, Some(&chosen)).unwrap();
        assert!(chosen.is_dir() && std::fs::read_dir(&chosen).unwrap().count() == 0);
        let profile = trial.vault.profile().dir().join("exports");
        let file = dir.path().join("file");
        std::fs::write(&file, b"").unwrap();
        for (folder, code) in
            [(PathBuf::from("Exports"), Code::Invalid), (profile, Code::InProfile), (file, Code::Unwritable)]
        {
            assert_eq!(exports_set(&mut trial.vault, Some(&folder)).unwrap_err().code, code, "{}", folder.display());
            assert_eq!(exports(&trial.vault), Some(chosen.clone()));
        }
        exports_set(&mut trial.vault, None).unwrap();
        assert_eq!(exports(&trial.vault), None);
    }
}
