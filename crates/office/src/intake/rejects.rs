//! Rows that did not come in, saved as they stood in the file, to be mended and imported again.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use encoding_rs::{Encoding, UTF_8};
use uuid::Uuid;

use super::body::Body;
use super::dialect::{self, Kind};
use super::fault::ReadError;
use super::table::Record;
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::profile::{Leaving, Profile, write_failed};
use crate::vault::{Vault, import as table};

/// The file of rejected rows; it appears under its name only when the import took place.
pub(super) struct Rejects {
    to: PathBuf,
    csv: csv::Writer<BufWriter<Leaving>>,
}

impl Rejects {
    /// Begins the file beside where it shall stand, with the header of the original: UTF-8, which every spreadsheet reads
    /// because of the byte order mark.
    ///
    /// # Errors
    /// `Invalid` for a target that is the file being read; those of [`Leaving::begin`].
    pub(super) fn create(
        profile: &Profile,
        to: &Path,
        source: &Given,
        header: &Record,
        delimiter: char,
    ) -> Result<Self> {
        if let Some(source) = source.path()
            && let (Ok(to), Ok(source)) = (to.canonicalize(), source.canonicalize())
            && to == source
        {
            return Err(Problem::invalid("rejected-to", "same_file"));
        }
        let mut file = BufWriter::new(Leaving::begin(profile, to)?);
        file.write_all("\u{feff}".as_bytes()).map_err(|error| file.get_ref().failed(error))?;
        let delimiter = u8::try_from(u32::from(delimiter)).unwrap_or(b',');
        let csv = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        let mut rejects = Self { to: to.to_owned(), csv };
        rejects.add(header)?;
        Ok(rejects)
    }

    /// Adds a row as it stood in the file.
    pub(super) fn add(&mut self, row: &Record) -> Result<()> {
        let written = self.csv.write_record(row.iter().map(guarded));
        written.map_err(|error| write_failed(&self.to, error.into()))
    }

    /// Puts the file in its place.
    pub(super) fn keep(self) -> Result<()> {
        let to = self.to;
        let file = self.csv.into_inner().map_err(|error| write_failed(&to, error.into_error()))?;
        let file = file.into_inner().map_err(|error| write_failed(&to, error.into_error()))?;
        file.put()
    }
}

/// Saves the rows of an import that did not come in, from the file that it read: to mend them and import that. Returns how
/// many there are.
///
/// # Errors
/// [`Code::NotFound`] for the import; [`Code::Unreadable`], with `why` `changed_while_reading` for another file than that of
/// the import; [`Code::InProfile`], [`Code::Unwritable`], [`Code::DiskFull`].
pub fn save_rejected(vault: &Vault, import: Uuid, file: &Given, to: &Path) -> Result<u64> {
    let wrong = |error: ReadError| Problem::from(error).with("file", file.name());
    let read = table::read_as(vault.rows(), import)?;
    let read = read.ok_or_else(|| Problem::not_found("import", &import.to_string()))?;
    let encoding = Encoding::for_label(read.encoding.as_bytes()).unwrap_or(UTF_8);
    let mut bytes = file.open().map_err(|error| wrong(error.into()))?;
    let scan = dialect::scan(&mut bytes, Some(encoding), Some(read.delimiter)).map_err(wrong)?;
    if scan.sha256 != read.sha256 {
        return Err(wrong(ReadError::Changed));
    }
    let mut body = Body::of(file, &mut bytes, &scan, Some(read.sheet.as_str()).filter(|sheet| !sheet.is_empty()))
        .map_err(wrong)?;
    let between = char::from(if scan.kind == Kind::Table { scan.delimiter } else { b',' });
    let mut rejects = Rejects::create(vault.profile(), to, file, &body.header(), between)?;
    let lines = table::out(vault.rows(), read.no)?;
    let seen = AtomicU64::new(0);
    let mut rows = body.records(&mut bytes, &scan, &[], &seen).map_err(wrong)?;
    while let Some(row) = rows.next_record().map_err(wrong)? {
        if lines.contains(&row.line) {
            rejects.add(&row)?;
        }
    }
    rejects.keep()?;
    Ok(lines.len() as u64)
}

/// A cell that a spreadsheet would take for a formula gets a leading `'` (OWASP); our reader takes it off again.
pub(crate) fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\0']) { format!("'{cell}") } else { cell.to_owned() }
}
