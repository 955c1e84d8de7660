//! The folder of the owner's choice where files go that leave the vault.

use std::path::{Path, PathBuf};

use crate::problem::{Problem, Result};
use crate::profile::{Leaving, create_private_dir};
use crate::vault::Vault;

/// The folder that the owner chose, if any.
#[must_use]
pub fn exports(vault: &Vault) -> Option<PathBuf> {
    vault.settings().exports.as_deref().map(PathBuf::from)
}

/// Chooses the folder, which is made if need be; nothing is the usual one again. No act: it says nothing about anybody.
///
/// # Errors
/// [`crate::Code::Invalid`] for a path that does not say from the root where it is; [`crate::Code::InProfile`];
/// [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; [`crate::Code::VaultReadOnly`].
pub fn exports_set(vault: &mut Vault, folder: &str) -> Result<()> {
    let folder = folder.trim();
    if !folder.is_empty() {
        let path = Path::new(folder);
        if !path.is_absolute() {
            return Err(Problem::invalid("folder", "no_folder").with("given", folder));
        }
        create_private_dir(path)?;
        // Begun and dropped: whether a file could leave to it, and no file at all.
        Leaving::begin(vault.profile(), &path.join("akkoord"))?;
    }
    vault.keep_settings(|kept| kept.exports = (!folder.is_empty()).then(|| folder.to_owned()))
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
        exports_set(&mut trial.vault, &format!(" {} ", chosen.display())).unwrap();
        assert!(chosen.is_dir() && std::fs::read_dir(&chosen).unwrap().count() == 0);
        let profile = trial.vault.profile().dir().join("exports");
        let file = dir.path().join("file");
        std::fs::write(&file, b"").unwrap();
        for (folder, code) in [
            ("Exports".to_owned(), Code::Invalid),
            (profile.display().to_string(), Code::InProfile),
            (file.display().to_string(), Code::Unwritable),
        ] {
            assert_eq!(exports_set(&mut trial.vault, &folder).unwrap_err().code, code, "{folder}");
            assert_eq!(exports(&trial.vault), Some(chosen.clone()));
        }
        exports_set(&mut trial.vault, "").unwrap();
        assert_eq!(exports(&trial.vault), None);
    }
}
