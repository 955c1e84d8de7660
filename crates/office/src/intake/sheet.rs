//! Workbooks (`.xlsx`): the rows of the first sheet that is seen and has any, as records. What a cell shows is what comes in: dates
//! in ISO 8601, numbers in full, the values of formulas. Rows stream; only the texts that cells share are held, and bounded.

use std::io::{BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};
use zip::ZipArchive;

use super::fault::{ReadError, RowCode};
use super::table::{CELL_MAX, CELLS_MAX, RECORD_MAX, Record};
use crate::normal::text::trim;
use crate::profile::incoming::{Bytes, Given};

/// How much a workbook may hold in all, unpacked.
const WHOLE_MAX: u64 = 1 << 30;
/// How much its shared texts and everything else but the sheets may be, unpacked.
const PART_MAX: u64 = 256 << 20;
/// How many parts it may have.
const PARTS_MAX: usize = 10_000;
/// How many merged cells are followed.
const MERGED_MAX: usize = 100_000;
const CHUNK: usize = 64 << 10;
const EDGE: usize = 256;

/// A workbook of which everything is known but the rows.
pub(super) struct Book {
    xlsx: Xlsx<BufReader<Bytes>>,
    /// The sheet that is read.
    pub(super) sheet: String,
    /// Those that are not.
    pub(super) others: Vec<String>,
    pub(super) header: Record,
    /// Cells that stand for several rows: first row, last row, column.
    merged: Vec<(u32, u32, u32)>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("sheet", &self.sheet).finish_non_exhaustive()
    }
}

impl Book {
    /// Opens a workbook and finds the sheet to read, the one of that name or the first that is seen and has any rows; refuses one
    /// that has nothing below its first row.
    pub(super) fn open(given: &Given, wanted: Option<&str>) -> Result<Self, ReadError> {
        measure(given)?;
        let mut xlsx = Xlsx::new(BufReader::new(given.open()?)).map_err(fault)?;
        let sheets: Vec<_> = xlsx.sheets_metadata().to_vec();
        let read = |sheet: &&calamine::Sheet| match wanted {
            Some(name) => sheet.name == name,
            None => sheet.visible == SheetVisible::Visible,
        };
        let mut asked = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).filter(read).peekable();
        if wanted.is_some() && asked.peek().is_none() {
            return Err(ReadError::NoSheet);
        }
        let mut found = None;
        for sheet in asked {
            let mut rows = Rows::of(&mut xlsx, &sheet.name)?;
            if let Some(header) = rows.next()? {
                rows.next()?.ok_or(ReadError::NoRows)?;
                found = Some((sheet.name.clone(), header));
                break;
            }
        }
        let (sheet, header) = found.ok_or(ReadError::Empty)?;
        if header.fault.is_some() {
            return Err(ReadError::HeaderTooLarge);
        }
        let merged = xlsx.merge_cells_by_sheet_name(&sheet).map_err(fault)?;
        let mut merged: Vec<(u32, u32, u32)> = merged
            .into_iter()
            .filter(|cells| cells.end.0 > cells.start.0 && u64::from(cells.start.0) >= header.line)
            .map(|cells| (cells.start.0, cells.end.0, cells.start.1))
            .take(MERGED_MAX)
            .collect();
        merged.sort_unstable();
        let others = sheets.into_iter().map(|other| other.name).filter(|name| *name != sheet).collect();
        Ok(Self { xlsx, sheet, others, header, merged })
    }

    /// The rows below the header. `read` goes up to `bytes`, as far as the sheet says how long it is.
    pub(super) fn records<'a>(&'a mut self, bytes: u64, read: &'a AtomicU64) -> Result<Records<'a>, ReadError> {
        let mut rows = Rows::of(&mut self.xlsx, &self.sheet)?;
        rows.next()?;
        Ok(Records { rows, merged: &self.merged, standing: Vec::new(), bytes, read })
    }
}

/// The rows of a sheet below its header.
#[derive(Debug)]
pub(super) struct Records<'a> {
    rows: Rows<'a>,
    /// Merged cells that begin further below.
    merged: &'a [(u32, u32, u32)],
    /// Values that stand for the rows down to this one: last row, column, value.
    standing: Vec<(u32, usize, String)>,
    bytes: u64,
    read: &'a AtomicU64,
}

impl Records<'_> {
    /// The next row that has anything in it.
    pub(super) fn next_record(&mut self) -> Result<Option<Record>, ReadError> {
        let Some(record) = self.rows.next()? else {
            self.read.store(self.bytes, Ordering::Relaxed);
            return Ok(None);
        };
        let through = (record.line * self.bytes).checked_div(self.rows.last).unwrap_or_default();
        self.read.store(through.min(self.bytes), Ordering::Relaxed);
        Ok(Some(self.spread(record)))
    }

    /// Gives each row what a merged cell says for all of them.
    fn spread(&mut self, record: Record) -> Record {
        let row = u32::try_from(record.line - 1).unwrap_or(u32::MAX);
        self.standing.retain(|(last, _, _)| *last >= row);
        let from = self.standing.len();
        while let Some(((first, last, column), rest)) =
            self.merged.split_first().filter(|((first, _, _), _)| *first <= row)
        {
            let column = *column as usize;
            if let (true, Some(value)) = (*first == row, record.get(column)) {
                self.standing.push((*last, column, value.to_owned()));
            }
            self.merged = rest;
        }
        let above = self.standing.get(..from).unwrap_or_default();
        if above.is_empty() {
            return record;
        }
        let mut cells: Vec<&str> = record.iter().collect();
        for (_, column, value) in above {
            if cells.len() <= *column {
                cells.resize(column + 1, "");
            }
            if let Some(cell) = cells.get_mut(*column).filter(|cell| cell.is_empty()) {
                *cell = value;
            }
        }
        let fault = record.fault;
        let mut spread = Record::of(record.line, cells);
        spread.fault = fault;
        spread
    }
}

/// The rows of a sheet, as they stand.
struct Rows<'a> {
    cells: XlsxCellReader<'a, BufReader<Bytes>>,
    ahead: Option<(u32, u32, String)>,
    /// The reader has given its last cell and must not be asked again.
    ended: bool,
    /// The row that the sheet says is its last.
    last: u64,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("last", &self.last).finish_non_exhaustive()
    }
}

impl<'a> Rows<'a> {
    fn of(xlsx: &'a mut Xlsx<BufReader<Bytes>>, sheet: &str) -> Result<Self, ReadError> {
        let cells = xlsx.worksheet_cells_reader(sheet).map_err(fault)?;
        let last = u64::from(cells.dimensions().end.0) + 1;
        Ok(Self { cells, ahead: None, ended: false, last })
    }

    fn next(&mut self) -> Result<Option<Record>, ReadError> {
        let first = match self.ahead.take() {
            Some(cell) => Some(cell),
            None => self.cell()?,
        };
        let Some((row, column, text)) = first else { return Ok(None) };
        let mut draft = Draft::default();
        draft.put(column, text);
        while let Some((next, column, text)) = self.cell()? {
            if next != row {
                self.ahead = Some((next, column, text));
                break;
            }
            draft.put(column, text);
        }
        let mut record = Record::of(u64::from(row) + 1, draft.cells);
        record.fault = draft.fault;
        Ok(Some(record))
    }

    /// The next cell that has anything in it.
    fn cell(&mut self) -> Result<Option<(u32, u32, String)>, ReadError> {
        while !self.ended {
            let Some(cell) = self.cells.next_cell().map_err(fault)? else {
                self.ended = true;
                break;
            };
            let text = shown(cell.get_value());
            if !trim(&text).is_empty() {
                let (row, column) = cell.get_position();
                return Ok(Some((row, column, text)));
            }
        }
        Ok(None)
    }
}

/// A row in the making.
#[derive(Debug, Default)]
struct Draft {
    cells: Vec<String>,
    bytes: usize,
    fault: Option<RowCode>,
}

impl Draft {
    fn put(&mut self, column: u32, text: String) {
        let column = column as usize;
        match () {
            () if column >= CELLS_MAX || self.bytes + text.len() > RECORD_MAX => {
                self.fault = Some(RowCode::RowTooLarge)
            }
            () if text.len() > CELL_MAX => self.fault = Some(RowCode::CellTooLarge),
            () => {
                if self.cells.len() <= column {
                    self.cells.resize(column + 1, String::new());
                }
                self.bytes += text.len();
                if let Some(cell) = self.cells.get_mut(column) {
                    *cell = text;
                }
            }
        }
    }
}

/// What a cell shows.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => in_full(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(time) if time.is_duration() => in_full(time.as_f64()),
        DataRef::DateTime(time) => instant(time),
        DataRef::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number as it was typed: every digit that a workbook keeps, which are fifteen, and no exponent.
fn in_full(number: f64) -> String {
    let kept = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{kept}")
}

/// A date; with its time where it has one; a time alone where it is no day.
fn instant(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match (time.as_f64() < 1.0, clock.as_str()) {
        (true, _) => clock,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02}T{clock}"),
    }
}

/// Unpacks a workbook once without keeping anything: what it holds must fit, whatever it says of itself.
fn measure(given: &Given) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(BufReader::new(given.open()?)).map_err(damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(ReadError::WorkbookTooLarge);
    }
    let mut whole = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        if part.encrypted() {
            return Err(ReadError::Protected);
        }
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let most = if name.contains("worksheets/") { WHOLE_MAX } else { PART_MAX };
            let texts = name.contains("sharedstrings");
            whole += through(part, most, texts)?;
        }
        if whole > WHOLE_MAX {
            return Err(ReadError::WorkbookTooLarge);
        }
    }
    Ok(())
}

/// How much there is in a part; an end where it is too much in all, between two marks, or in what it announces.
fn through(mut part: impl Read, most: u64, texts: bool) -> Result<u64, ReadError> {
    let (mut total, mut run) = (0_u64, 0_usize);
    let mut chunk = vec![0; CHUNK];
    // The end of the piece before and this one, so that nothing hides on the edge.
    let mut seen: Vec<u8> = Vec::new();
    loop {
        let n = part.read(&mut chunk).map_err(damaged)?;
        let bytes = chunk.get(..n).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(total);
        }
        total += n as u64;
        if texts {
            seen.drain(..seen.len().saturating_sub(EDGE));
            seen.extend_from_slice(bytes);
            if announces_too_much(&seen) {
                return Err(ReadError::WorkbookTooLarge);
            }
        }
        run = match bytes.iter().rposition(|b| *b == b'<') {
            Some(last) => n - last,
            None => run + n,
        };
        if total > most || run > 4 * RECORD_MAX {
            return Err(ReadError::WorkbookTooLarge);
        }
    }
}

/// Whether it says that it has more texts than fit; room would be made for them at once.
fn announces_too_much(head: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    head.windows(COUNT.len()).enumerate().filter(|(_, word)| *word == COUNT).any(|(at, _)| {
        let rest = head.get(at + COUNT.len()..).unwrap_or_default();
        let digits = rest.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit()).count();
        digits > 7
    })
}

fn damaged(cause: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged(cause.to_string())
}

fn fault(error: XlsxError) -> ReadError {
    if let XlsxError::Io(error) = error {
        return ReadError::Io(error);
    }
    if matches!(error, XlsxError::Password) { ReadError::Protected } else { damaged(error) }
}

#[cfg(test)]
mod tests;
