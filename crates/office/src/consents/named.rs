//! Files that name people: a column `contact` (an id or an e-mail address) or `email`, one person a row.

use std::fs::File;
use std::io::Seek;
use std::path::Path;
use std::sync::atomic::AtomicU64;

use crate::intake::dialect::{Decoded, scan};
use crate::intake::fault::ReadError;

use crate::intake::table::{Record, Table};
use crate::normal::text::{name_key, trim};
use crate::problem::{Code, Problem, Result};

/// Somebody whom a row names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    /// The physical line on which the row begins.
    pub(super) line: u64,
    /// An id or an e-mail address, or what stands in their place.
    pub(super) given: &'a str,
}

/// Gives each row's person in the order of the file, which is read in constant memory.
///
/// # Errors
/// [`Code::Unreadable`] with `why`; what `each` refuses with.
pub(super) fn each_named(path: &Path, mut each: impl FnMut(Named<'_>) -> Result<()>) -> Result<()> {
    let unreadable = |error: ReadError| Problem::from(error).with("file", path.display().to_string());
    let mut file = File::open(path).map_err(|error| unreadable(error.into()))?;
    let scan = scan(&file, None, None).map_err(unreadable)?;
    file.rewind().map_err(|error| unreadable(error.into()))?;
    let read = AtomicU64::new(0);
    let mut table = Table::new(Decoded::new(file, scan.encoding, &read), scan.delimiter);
    if scan.directive {
        table.next_record().map_err(unreadable)?;
    }
    let head = table.next_record().map_err(unreadable)?.ok_or_else(|| unreadable(ReadError::Empty))?;
    let columns = columns(&head).ok_or_else(|| {
        Problem::new(Code::Unreadable).with("file", path.display().to_string()).with("why", "no_contact_column")
    })?;
    while let Some(record) = table.next_record().map_err(unreadable)? {
        let cells = columns.iter().filter_map(|column| record.get(*column)).map(trim);
        let given = cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
        each(Named { line: record.line, given })?;
    }
    Ok(())
}

/// The columns that name somebody, the id's before the address's.
fn columns(head: &Record) -> Option<Vec<usize>> {
    let at = |name: &str| head.iter().position(|cell| name_key(cell) == name);
    let found: Vec<usize> = ["contact", "email"].iter().filter_map(|name| at(name)).collect();
    (!found.is_empty()).then_some(found)
}
