//! Records of a delimited text file, one at a time, each with the physical line on which it begins.
//!
//! The grammar is RFC 4180, leniently: rows may be ragged, lines may end in LF, CRLF or CR, a quote inside an unquoted cell
//! is text, text after a closing quote belongs to the cell. It is read here and not by the `csv` crate because that crate
//! hides two facts that people need: where a quote was opened that never closes, and physical lines that end in CR.
//! Memory is bounded by [`CELL_MAX`], [`RECORD_MAX`] and [`CELLS_MAX`], whatever the file holds.

use std::io::{self, Read};

use super::fault::{ReadError, RowCode};

/// The longest cell that is kept, in bytes of UTF-8.
pub const CELL_MAX: usize = 1 << 20;
/// The longest record that is kept.
pub const RECORD_MAX: usize = 4 << 20;
/// The most cells that a record may have.
pub const CELLS_MAX: usize = 2_000;
const CHUNK: usize = 64 << 10;

/// One record as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The physical line where it begins; the first line of the file is 1.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
    /// Set when something was too large to keep, or is not to be read as a contact; the cells are then incomplete.
    pub fault: Option<RowCode>,
    /// Set when something of it is left out that no column stands for.
    pub remark: Option<RowCode>,
}

impl Record {
    /// A record of these cells.
    #[must_use]
    pub fn of(line: u64, cells: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut record = Self { line, ..Self::default() };
        for cell in cells {
            record.text.push_str(cell.as_ref());
            record.ends.push(record.text.len());
        }
        record
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at this position, untouched.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start..end)
    }

    /// Every cell in order, untouched.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    AfterQuote,
}

/// Reads records from UTF-8 text.
#[derive(Debug)]
pub struct Table<R> {
    input: R,
    delimiter: u8,
    chunk: Vec<u8>,
    at: usize,
    filled: usize,
    line: u64,
    after_cr: bool,
    text: Vec<u8>,
}

enum Step {
    More,
    Done,
}

/// A record in the making.
struct Draft {
    line: u64,
    state: State,
    opened: u64,
    cell_start: usize,
    ends: Vec<usize>,
    fault: Option<RowCode>,
    touched: bool,
}

impl<R: Read> Table<R> {
    /// Records of `input`, which must be UTF-8, with cells parted by this ASCII character.
    pub fn new(input: R, delimiter: u8) -> Self {
        let chunk = vec![0; CHUNK];
        Self { input, delimiter, chunk, at: 0, filled: 0, line: 1, after_cr: false, text: Vec::new() }
    }

    /// The next record; `None` at the end. Lines without any character are no records.
    ///
    /// # Errors
    /// When the input cannot be read, holds a NUL, or ends inside a quote.
    pub fn next_record(&mut self) -> Result<Option<Record>, ReadError> {
        self.text.clear();
        let mut draft = Draft {
            line: self.line,
            state: State::CellStart,
            opened: 0,
            cell_start: 0,
            ends: Vec::new(),
            fault: None,
            touched: false,
        };
        while self.fill()? {
            if let Step::Done = self.step(&mut draft)? {
                return Ok(Some(self.finish(draft)));
            }
        }
        match (draft.state, draft.touched) {
            (State::Quoted, _) => Err(ReadError::UnclosedQuote(draft.opened)),
            (_, true) => {
                self.end_cell(&mut draft);
                Ok(Some(self.finish(draft)))
            }
            (_, false) => Ok(None),
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.at == self.filled {
            self.at = 0;
            self.filled = self.input.read(&mut self.chunk)?;
        }
        Ok(self.filled > 0)
    }

    /// Goes through what is in the chunk, up to the end of the record.
    fn step(&mut self, draft: &mut Draft) -> Result<Step, ReadError> {
        while let Some(rest) = self.chunk.get(self.at..self.filled).filter(|rest| !rest.is_empty()) {
            let plain = match draft.state {
                State::Quoted => rest.iter().position(|b| matches!(b, b'"' | b'\n' | b'\r' | 0)),
                State::CellStart | State::Plain | State::AfterQuote => {
                    rest.iter().position(|b| *b == self.delimiter || matches!(b, b'"' | b'\n' | b'\r' | 0))
                }
            };
            let run = plain.unwrap_or(rest.len());
            if run > 0 {
                let kept = keep(&self.text, run, draft);
                self.text.extend_from_slice(rest.get(..kept).unwrap_or_default());
                draft.touched = true;
                if draft.state != State::Quoted {
                    draft.state = State::Plain;
                }
                self.after_cr = false;
                self.at += run;
                continue;
            }
            let byte = rest.first().copied().unwrap_or_default();
            self.at += 1;
            if let Step::Done = self.mark(byte, draft)? {
                return Ok(Step::Done);
            }
        }
        Ok(Step::More)
    }

    /// A character with a meaning: delimiter, quote, end of line, NUL.
    fn mark(&mut self, byte: u8, draft: &mut Draft) -> Result<Step, ReadError> {
        let second_half = byte == b'\n' && std::mem::take(&mut self.after_cr);
        self.after_cr = byte == b'\r';
        let ends_line = matches!(byte, b'\n' | b'\r') && !second_half;
        self.line += u64::from(ends_line);
        match (draft.state, byte) {
            (_, 0) => return Err(ReadError::Binary),
            (State::Quoted, b'"') => draft.state = State::AfterQuote,
            (State::CellStart, b'"') => {
                (draft.state, draft.opened, draft.touched) = (State::Quoted, self.line, true);
            }
            (State::AfterQuote, b'"') => {
                self.push(byte, draft);
                draft.state = State::Quoted;
            }
            (State::Plain, b'"') => self.push(byte, draft),
            (State::Quoted, _) => self.push(byte, draft),
            (_, b'\n' | b'\r') if draft.touched => {
                self.end_cell(draft);
                return Ok(Step::Done);
            }
            // An empty line, or the LF of a CRLF that ended the record before.
            (_, b'\n' | b'\r') => draft.line = self.line,
            (_, _) => {
                draft.touched = true;
                self.end_cell(draft);
                draft.state = State::CellStart;
            }
        }
        Ok(Step::More)
    }

    fn push(&mut self, byte: u8, draft: &mut Draft) {
        if keep(&self.text, 1, draft) == 1 {
            self.text.push(byte);
        }
    }

    fn end_cell(&mut self, draft: &mut Draft) {
        if draft.ends.len() < CELLS_MAX {
            draft.ends.push(self.text.len());
        } else {
            draft.fault = Some(RowCode::RowTooLarge);
            self.text.truncate(draft.cell_start);
        }
        draft.cell_start = self.text.len();
    }

    fn finish(&mut self, draft: Draft) -> Record {
        let text = match std::str::from_utf8(&self.text) {
            Ok(text) => text.to_owned(),
            // Only a cell that was cut can end inside a character, and its record is marked with the fault.
            Err(_) => String::from_utf8_lossy(&self.text).into_owned(),
        };
        let ends = if text.len() == self.text.len() { draft.ends } else { Vec::new() };
        if self.text.capacity() > CELL_MAX {
            self.text = Vec::new();
        }
        Record { line: draft.line, text, ends, fault: draft.fault, remark: None }
    }
}

/// How many of the next `wanted` bytes still fit; sets the fault when not all do.
fn keep(text: &[u8], wanted: usize, draft: &mut Draft) -> usize {
    let cell = CELL_MAX.saturating_sub(text.len() - draft.cell_start);
    let record = RECORD_MAX.saturating_sub(text.len());
    if wanted > record {
        draft.fault = Some(RowCode::RowTooLarge);
    } else if wanted > cell {
        draft.fault.get_or_insert(RowCode::CellTooLarge);
    }
    if draft.fault.is_some() { wanted.min(cell).min(record) } else { wanted }
}

#[cfg(test)]
mod tests;
