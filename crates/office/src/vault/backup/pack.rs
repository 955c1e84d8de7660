//! The file of a backup: a ZIP in which nothing is compressed, with a manifest, the slot file and the encrypted copy, and a sum
//! over all of it at its very end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::{CompressionMethod, ZipArchive};

use crate::key::Slots;
use crate::problem::{Code, Problem, Result};
use crate::profile::backups::SLOTS;
use crate::profile::{create_private, write_failed};
use crate::sealed::{self, measured};
use crate::vault::hex;

/// The layout that this version writes and the newest it reads.
pub(super) const FORMAT: u32 = 1;
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const VAULT: &str = "vault.db";
/// More than any manifest or slot file needs.
const SMALL: u64 = 1 << 20;
/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout of the file.
    pub format: u32,
    /// The vault that it is of.
    pub vault: Uuid,
    /// The copy of the vault that it was made of.
    pub instance: Option<Uuid>,
    /// The version of its schema.
    pub schema: i64,
    /// When it was made, RFC 3339 in the business's zone.
    pub made: String,
    /// How many entries its audit chain has.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: String,
    /// The other files, in their order.
    pub files: Vec<Packed>,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
}

/// Something in a backup that is not as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BackupFlaw")]
pub struct Flaw {
    /// What is wrong; a code.
    pub code: &'static str,
    /// In which of its files, if in one.
    pub file: Option<&'static str>,
    /// The audit entry at which it shows, if at one.
    pub seq: Option<i64>,
}

impl Flaw {
    pub(super) fn whole(code: &'static str) -> Self {
        Self { code, file: None, seq: None }
    }

    pub(super) fn of(file: &'static str, code: &'static str) -> Self {
        Self { code, file: Some(file), seq: None }
    }

    /// The refusal of a backup that has it.
    pub(super) fn refused(&self, path: &Path) -> Problem {
        Problem::new(Code::BackupDamaged).with("file", path.display().to_string()).with("fault", self.code)
    }
}

/// The size and sum of a file on the disk.
pub(super) fn measure(name: &str, path: &Path) -> io::Result<Packed> {
    let (bytes, sha256) = measured(File::open(path)?, &mut |_| Ok(()))?;
    Ok(Packed { name: name.to_owned(), bytes, sha256 })
}

/// The size and sum of bytes in memory.
pub(super) fn measure_bytes(name: &str, bytes: &[u8]) -> Packed {
    Packed { name: name.to_owned(), bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
}

/// Writes a backup into an empty file. It is on the disk when this returns.
pub(super) fn write(out: &File, manifest: &Manifest, slots: &[u8], copy: &Path) -> io::Result<()> {
    let mut zip = sealed::begin(out)?;
    zip.start_file(MANIFEST, sealed::stored(0))?;
    zip.write_all(&serde_json::to_vec_pretty(manifest)?)?;
    zip.start_file(SLOTS, sealed::stored(0))?;
    zip.write_all(slots)?;
    let from = File::open(copy)?;
    zip.start_file(VAULT, sealed::stored(from.metadata()?.len()))?;
    measured(from, &mut |piece| zip.write_all(piece))?;
    sealed::end(zip)
}

/// A backup whose bytes are those that were written: its sum holds, and it is laid out as this version writes it.
#[derive(Debug)]
pub struct Backup {
    path: PathBuf,
    bytes: u64,
    manifest: Manifest,
    slots: Slots,
}

impl Backup {
    /// Opens a backup, once every byte of it was looked at. Needs no key.
    ///
    /// # Errors
    /// [`Code::BackupDamaged`] (facts `file`, `fault`) for one that is cut or changed, and for what is none;
    /// [`Code::VaultNewer`]; [`Code::Unreadable`] (fact `file`).
    pub fn open(path: &Path) -> Result<Self> {
        let unreadable =
            |error: io::Error| Problem::new(Code::Unreadable).with("file", path.display().to_string()).because(error);
        let file = File::open(path).map_err(unreadable)?;
        if !file.metadata().map_err(unreadable)?.is_file() {
            return Err(unreadable(io::ErrorKind::InvalidInput.into()));
        }
        let bytes = sum_holds(&file).map_err(unreadable)?.map_err(|flaw| flaw.refused(path))?;
        // Whatever cannot be read now was never written so by this program.
        let laid_out = laid_out(file).map_err(|error| Flaw::whole("changed").refused(path).because(error))?;
        let (manifest, slots) = laid_out;
        if manifest.format > FORMAT {
            return Err(Problem::new(Code::VaultNewer).with("found", manifest.format).with("known", FORMAT));
        }
        let slots = Slots::from_bytes(&slots, Some(manifest.vault));
        let slots = slots.map_err(|fault| Flaw::of(SLOTS, fault.as_str()).refused(path))?;
        Ok(Self { path: path.to_owned(), bytes, manifest, slots })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The ways in of its day.
    #[must_use]
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Writes the encrypted copy out of it into a new file, and through to the disk.
    ///
    /// # Errors
    /// [`Code::BackupDamaged`] where it was changed since it was opened; [`Code::DiskFull`], [`Code::Unwritable`].
    pub(super) fn unpack(&self, to: &Path) -> Result<()> {
        let changed = || Flaw::of(VAULT, "changed").refused(&self.path);
        let expected = self.manifest.files.last().ok_or_else(changed)?;
        let mut zip = File::open(&self.path)
            .map_err(zip::result::ZipError::from)
            .and_then(ZipArchive::new)
            .map_err(|error| changed().because(error))?;
        let from = zip.by_name(VAULT).map_err(|error| changed().because(error))?;
        let mut out = create_private(to)?;
        let mut failed = None;
        let found = measured(from.take(expected.bytes.saturating_add(1)), &mut |piece| {
            out.write_all(piece).inspect_err(|error| failed = Some(error.kind()))
        });
        if let Some(kind) = failed {
            return Err(write_failed(to, kind.into()));
        }
        let (bytes, sha256) = found.map_err(|error| changed().because(error))?;
        if bytes != expected.bytes || sha256 != expected.sha256 {
            return Err(changed());
        }
        out.sync_all().map_err(|error| write_failed(to, error))
    }
}

/// Whether a file ends with the sum of all that stands before it, and how long it is.
pub(super) fn sum_holds(mut file: &File) -> io::Result<Result<u64, Flaw>> {
    if let Some(length) = sealed::holds(file)? {
        return Ok(Ok(length));
    }
    let mut head = [0; 30 + MANIFEST.len()];
    file.seek(SeekFrom::Start(0))?;
    let begun = file.read_exact(&mut head).is_ok() && head.starts_with(b"PK") && head.ends_with(MANIFEST.as_bytes());
    // What begins as one was one, before it was cut or changed.
    Ok(Err(Flaw::whole(if begun { "changed" } else { "no_backup" })))
}

/// The manifest, and the slot file, of a ZIP that holds exactly the three files, stored, in their order, with the sizes and
/// sums that the manifest names. The sum of the copy is looked at when it is unpacked.
fn laid_out(file: File) -> Result<(Manifest, Vec<u8>), Box<dyn std::error::Error + Send + Sync>> {
    let mut zip = ZipArchive::new(file)?;
    if zip.len() != 3 || zip.has_duplicate_names() {
        return Err("not three files".into());
    }
    let mut small = |at: usize, name: &str| -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        let entry = zip.by_index(at)?;
        if entry.name()? != name || entry.compression() != CompressionMethod::Stored {
            return Err("another file".into());
        }
        let mut bytes = Vec::new();
        let max = if name == VAULT { 0 } else { SMALL };
        entry.take(max).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let manifest: Manifest = serde_json::from_slice(&small(0, MANIFEST)?)?;
    let slots = small(1, SLOTS)?;
    small(2, VAULT)?;
    let named: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    if manifest.format <= FORMAT
        && (named != [SLOTS, VAULT] || manifest.files.first() != Some(&measure_bytes(SLOTS, &slots)))
    {
        return Err("another manifest".into());
    }
    Ok((manifest, slots))
}
