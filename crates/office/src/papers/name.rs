//! Where a file goes whose name nobody chose: a name that says nothing of anybody, and takes no other file's place.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::problem::Result;
use crate::profile::create_private_dir;

/// A name in this folder that nothing has yet: what the file is, the day, and a number where there are several. The folder is
/// made if need be.
///
/// # Errors
/// [`crate::Code::Unwritable`], [`crate::Code::DiskFull`].
pub fn free(folder: &Path, what: &str, on: NaiveDate, end: &str) -> Result<PathBuf> {
    create_private_dir(folder)?;
    let nth = |n: u32| {
        let name = if n == 1 { format!("{what}-{on}") } else { format!("{what}-{on}-{n}") };
        folder.join(name).with_extension(end)
    };
    // Not `exists`: a dangling link is something, too.
    let is_free = |path: &PathBuf| std::fs::symlink_metadata(path).is_err();
    Ok((1..).map(nth).find(is_free).unwrap_or_else(|| nth(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("Documents/Akkoord");
        let on = NaiveDate::from_ymd_opt(2026, 2, 24).unwrap();
        let mut names = Vec::new();
        for _ in 0..3 {
            let path = free(&folder, "meenemen", on, "zip").unwrap();
            std::fs::write(&path, b"").unwrap();
            names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
        assert_eq!(names, ["meenemen-2026-02-24.zip", "meenemen-2026-02-24-2.zip", "meenemen-2026-02-24-3.zip"]);
        std::fs::remove_file(folder.join(&names[1])).unwrap();
        assert_eq!(free(&folder, "meenemen", on, "zip").unwrap(), folder.join(&names[1]));
        assert_eq!(free(&folder, "bewijs", on, "").unwrap(), folder.join("bewijs-2026-02-24"));
    }
}
