//! Rows that did not come in, saved as they stood in the file, to be mended and imported again.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::convert::Row;
use super::reader::Detected;
use crate::problem::{Code, Problem, Result};

/// The file of rejected rows; it appears under its name only when the import took place.
pub(super) struct Rejects {
    to: PathBuf,
    csv: csv::Writer<BufWriter<NamedTempFile>>,
}

impl Rejects {
    /// Begins the file beside where it shall stand, with the header of the original: UTF-8, which every spreadsheet reads
    /// because of the byte order mark.
    ///
    /// # Errors
    /// `Invalid` for a target that is the file being read; `Unwritable` for one that is a folder or cannot be written.
    pub(super) fn create(to: &Path, source: &Path, detected: &Detected) -> Result<Self> {
        let unwritable = |error| unwritable(to, error);
        if let (Ok(to), Ok(source)) = (to.canonicalize(), source.canonicalize()) {
            if to == source {
                return Err(Problem::invalid("rejected-to", "same_file"));
            }
            if to.is_dir() {
                return Err(unwritable(std::io::ErrorKind::IsADirectory.into()));
            }
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file =
            BufWriter::new(tempfile::Builder::new().prefix(".akkoord-").tempfile_in(folder).map_err(unwritable)?);
        file.write_all("\u{feff}".as_bytes()).map_err(unwritable)?;
        let delimiter = u8::try_from(u32::from(detected.delimiter)).unwrap_or(b',');
        let csv = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        let mut rejects = Self { to: to.to_owned(), csv };
        rejects.write(detected.header.iter())?;
        Ok(rejects)
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row) -> Result<()> {
        self.write(row.raw.iter())
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        self.csv.write_record(cells.map(guarded)).map_err(|error| unwritable(&self.to, std::io::Error::other(error)))
    }

    /// Puts the file in its place.
    pub(super) fn keep(self) -> Result<()> {
        let to = self.to;
        let file = self.csv.into_inner().map_err(|error| unwritable(&to, error.into_error()))?;
        let file = file.into_inner().map_err(|error| unwritable(&to, error.into_error()))?;
        file.as_file().sync_all().map_err(|error| unwritable(&to, error))?;
        file.persist(&to).map_err(|error| unwritable(&to, error.error))?;
        Ok(())
    }
}

/// A cell that a spreadsheet would take for a formula gets a leading `'` (OWASP); our reader takes it off again.
pub(crate) fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\0']) { format!("'{cell}") } else { cell.to_owned() }
}

fn unwritable(to: &Path, error: std::io::Error) -> Problem {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { Code::DiskFull } else { Code::Unwritable };
    Problem::new(code).with("file", to.display().to_string()).because(error)
}
