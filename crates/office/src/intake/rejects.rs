//! Rows that did not come in, saved as they stood in the file, to be mended and imported again.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::convert::Row;
use super::reader::Detected;
use crate::problem::{Problem, Result};
use crate::profile::{Leaving, Profile, write_failed};

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
    pub(super) fn create(profile: &Profile, to: &Path, source: &Path, detected: &Detected) -> Result<Self> {
        if let (Ok(to), Ok(source)) = (to.canonicalize(), source.canonicalize())
            && to == source
        {
            return Err(Problem::invalid("rejected-to", "same_file"));
        }
        let mut file = BufWriter::new(Leaving::begin(profile, to)?);
        file.write_all("\u{feff}".as_bytes()).map_err(|error| file.get_ref().failed(error))?;
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
        let written = self.csv.write_record(cells.map(guarded));
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

/// A cell that a spreadsheet would take for a formula gets a leading `'` (OWASP); our reader takes it off again.
pub(crate) fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\0']) { format!("'{cell}") } else { cell.to_owned() }
}
