//! What a file holds, whatever its kind, as records under a header: a table of text, cards, or a sheet.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::card;
use super::dialect::{Decoded, Kind, Scan};
use super::fault::{ReadError, RowCode};
use super::header::{Column, Meaning};
use super::recognise;
use super::sheet::{self, Book};
use super::table::{CELL_MAX, Record, Table};
use crate::profile::incoming::{Bytes, Given};

/// What a file holds.
#[derive(Debug)]
pub(super) enum Body {
    /// Text with cells.
    Table {
        /// Its first line.
        header: Record,
    },
    /// vCards.
    Cards(card::Layout),
    /// A sheet of a workbook.
    Sheet(Box<Book>),
}

impl Body {
    /// Finds out what the file, or that sheet of it, has for columns; refuses one that has nothing below them.
    pub(super) fn of(given: &Given, file: &mut Bytes, scan: &Scan, sheet: Option<&str>) -> Result<Self, ReadError> {
        match scan.kind {
            Kind::Table => Ok(Self::Table { header: first_records(file, scan)? }),
            Kind::Cards => {
                let read = AtomicU64::new(0);
                Ok(Self::Cards(card::Layout::of(Text::of(file, scan, &read)?, scan.encoding)?))
            }
            Kind::Book => Ok(Self::Sheet(Box::new(Book::open(given, sheet)?))),
        }
    }

    /// The header; of cards the one under which they are saved to be mended.
    pub(super) fn header(&self) -> Record {
        match self {
            Self::Table { header } => header.clone(),
            Self::Cards(layout) => layout.header(),
            Self::Sheet(book) => book.header.clone(),
        }
    }

    /// The names of the columns as people see them.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Table { header } => header.iter().map(recognise::name).collect(),
            Self::Cards(layout) => layout.columns().into_iter().map(|(name, _)| name).collect(),
            Self::Sheet(book) => book.header.iter().map(recognise::name).collect(),
        }
    }

    /// What the columns mean, where that needs no recognising.
    pub(super) fn meanings(&self) -> Option<Vec<Meaning>> {
        match self {
            Self::Table { .. } | Self::Sheet(_) => None,
            Self::Cards(layout) => Some(layout.columns().into_iter().map(|(_, meaning)| meaning).collect()),
        }
    }

    /// The sheet that is read, and the names of those that are not.
    pub(super) fn sheets(&self) -> Option<(&str, &[String])> {
        match self {
            Self::Table { .. } | Self::Cards(_) => None,
            Self::Sheet(book) => Some((&book.sheet, &book.others)),
        }
    }

    /// The records from the first one on; what is read of the file is counted in `read`.
    pub(super) fn records<'a>(
        &'a mut self,
        file: &'a mut Bytes,
        scan: &Scan,
        columns: &[Column],
        read: &'a AtomicU64,
    ) -> Result<Records<'a>, ReadError> {
        match self {
            Self::Table { .. } => Ok(Records::Table(rewound(file, scan, read)?)),
            Self::Cards(layout) => {
                let kept = columns.iter().map(|column| column.kept).collect();
                Ok(Records::Cards(layout.records(Text::of(file, scan, read)?, kept)))
            }
            Self::Sheet(book) => Ok(Records::Sheet(Box::new(book.records(scan.bytes, read)?))),
        }
    }
}

/// The records of a file, one at a time.
#[derive(Debug)]
pub(super) enum Records<'a> {
    Table(Table<Decoded<'a, &'a mut Bytes>>),
    Cards(card::Records<'a, Text<'a>>),
    Sheet(Box<sheet::Records<'a>>),
}

impl Records<'_> {
    /// The next record; `None` at the end.
    pub(super) fn next_record(&mut self) -> Result<Option<Record>, ReadError> {
        match self {
            Self::Table(table) => table.next_record(),
            Self::Cards(cards) => cards.next_record(),
            Self::Sheet(rows) => rows.next_record(),
        }
    }
}

/// The text of a file: as it stands, unless its characters are wider than a byte. Cards say by themselves how each value is
/// stored.
#[derive(Debug)]
pub(super) enum Text<'a> {
    Wide(Decoded<'a, &'a mut Bytes>),
    Plain(&'a mut Bytes, &'a AtomicU64),
}

impl<'a> Text<'a> {
    fn of(file: &'a mut Bytes, scan: &Scan, read: &'a AtomicU64) -> io::Result<Self> {
        let wide = scan.encoding == UTF_16LE || scan.encoding == UTF_16BE;
        let mark = if wide { 0 } else { scan.mark() };
        file.seek(SeekFrom::Start(mark))?;
        read.store(mark, Ordering::Relaxed);
        Ok(if wide { Self::Wide(Decoded::new(file, scan.encoding, read)) } else { Self::Plain(file, read) })
    }
}

impl Read for Text<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Wide(text) => text.read(into),
            Self::Plain(file, read) => {
                let n = file.read(into)?;
                read.fetch_add(n as u64, Ordering::Relaxed);
                Ok(n)
            }
        }
    }
}

/// The header; refuses a file that has nothing below it.
fn first_records(file: &mut Bytes, scan: &Scan) -> Result<Record, ReadError> {
    let read = AtomicU64::new(0);
    file.seek(SeekFrom::Start(0))?;
    let mut table = Table::new(Decoded::new(file, scan.encoding, &read), scan.delimiter);
    if scan.directive {
        table.next_record()?;
    }
    let header = table.next_record()?.ok_or(ReadError::Empty)?;
    match header.fault {
        Some(RowCode::RowTooLarge) if header.bytes() < CELL_MAX => return Err(ReadError::TooManyColumns),
        Some(_) => return Err(ReadError::HeaderTooLarge),
        None if header.bytes() > CELL_MAX => return Err(ReadError::HeaderTooLarge),
        None => {}
    }
    table.next_record()?.ok_or(ReadError::NoRows)?;
    Ok(header)
}

/// The table behind its header.
fn rewound<'a>(
    file: &'a mut Bytes,
    scan: &Scan,
    read: &'a AtomicU64,
) -> Result<Table<Decoded<'a, &'a mut Bytes>>, ReadError> {
    file.seek(SeekFrom::Start(0))?;
    let mut table = Table::new(Decoded::new(file, scan.encoding, read), scan.delimiter);
    for _ in 0..=usize::from(scan.directive) {
        table.next_record()?;
    }
    Ok(table)
}
