//! A small table that a person sends back: all of its cells, whatever program saved it.

use std::sync::atomic::AtomicU64;

use super::body::Body;
use super::dialect::scan;
use super::fault::ReadError;
use super::gather::clean;
use super::reader::unreadable;
use super::recognise;
use super::table::Record;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;

/// More lines than any form has.
const LINES_MAX: usize = 500;

/// The names of the columns, and the cells below them.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads a table whole: encoding, delimiter and quotes are found as at an import, and its limits hold.
///
/// # Errors
/// [`Code::Unreadable`] with `why` for what is no table; [`Code::TooLarge`] for one with more lines than a form has.
pub(crate) fn cells(given: &Given) -> Result<Cells> {
    let failed = |error: ReadError| unreadable(error, given);
    let mut file = given.open().map_err(|error| failed(error.into()))?;
    let scan = scan(&mut file, None, None).map_err(failed)?;
    let mut body = Body::of(given, &mut file, &scan, None).map_err(failed)?;
    let head = body.header().iter().map(recognise::name).collect();
    let read = AtomicU64::new(0);
    let mut records = body.records(&mut file, &scan, &[], &read).map_err(failed)?;
    let mut rows = Vec::new();
    while let Some(record) = records.next_record().map_err(failed)? {
        if rows.len() >= LINES_MAX {
            return Err(Problem::new(Code::TooLarge)
                .with("file", given.name())
                .with("max", format!("{LINES_MAX} lines")));
        }
        // A line that cannot be read has no cells, which whoever looks at the form notices.
        let cells = Record::iter(&record).map(|cell| clean(cell).to_owned());
        rows.push(if record.fault.is_none() { cells.collect() } else { vec!["?".to_owned()] });
    }
    Ok(Cells { head, rows })
}
