//! From a file to rows: detection first, then records read on one thread and converted on several, in order, in constant memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use encoding_rs::Encoding;
use uuid::Uuid;

use super::body::{Body, Records};
use super::convert::{Converter, Row};
use super::dialect::{Kind, Scan, Through};
use super::fault::ReadError;
use super::header::{Column, Selection};
use super::mapping::Mapping;
use super::outlook::Language;
use super::recognise::{self, Format};
use super::saved::Saved;
use super::table::Record;
use crate::normal::phone::Region;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::{Bytes, Given};
use crate::settings::OwnField;

/// The encodings to offer when the one that was found is not the right one; any other name is understood too.
pub const ENCODINGS: [&str; 7] =
    ["UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "ISO-8859-15", "windows-1250", "macintosh"];
/// What to offer as standing between cells.
pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
const BATCH_ROWS: usize = 512;
const BATCH_BYTES: usize = 1 << 20;
/// Batches that may wait before and behind each worker.
const QUEUE: usize = 2;

/// What the person asked for; everything else is detected.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format, when it is not to be detected.
    pub format: Option<Format>,
    /// The encoding by any of its names ("windows-1252", "latin1", "utf-16le").
    pub encoding: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// The sheet of a workbook; else the first that is seen and has any rows.
    pub sheet: Option<String>,
    /// What the columns mean, for a file of no known program.
    pub mapping: Option<Mapping>,
    /// Mappings that are kept: where none is given, the one whose header this file has is taken.
    pub saved: Vec<Saved>,
    /// What is said of single columns, over all that.
    pub said: Option<Mapping>,
    /// A file whose columns say nothing is read all the same: somebody is about to say what they mean.
    pub lenient: bool,
    /// Which of the columns that are left out by default come in.
    pub selection: Selection,
    /// The business's country, for phone numbers.
    pub home: Region,
}

impl Options {
    /// Detect everything; phone numbers are of this country.
    #[must_use]
    pub fn detect(home: Region) -> Self {
        let (format, encoding, delimiter, sheet, mapping, saved, said, lenient, selection) = Default::default();
        Self { format, encoding, delimiter, sheet, mapping, saved, said, lenient, selection, home }
    }

    /// The same without anything that is said of columns.
    #[must_use]
    pub fn plain(&self) -> Self {
        let (format, encoding, sheet) = (self.format, self.encoding.clone(), self.sheet.clone());
        Self { format, encoding, delimiter: self.delimiter, sheet, ..Self::detect(self.home) }
    }
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// Who wrote it.
    pub format: Format,
    /// Its encoding ("UTF-8", "UTF-16LE", "windows-1252").
    pub encoding: &'static str,
    /// Whether a byte order mark leads.
    pub bom: bool,
    /// What stands between cells, where something does.
    pub delimiter: Option<char>,
    /// The language of the column names, where the format has several.
    pub language: Option<Language>,
    /// The columns, in the order of the file.
    pub columns: Arc<[Column]>,
    /// The sheet that is read, of a workbook.
    pub sheet: Option<String>,
    /// The names of the sheets that are not read.
    pub other_sheets: Vec<String>,
    /// The mapping that was taken of those that are kept: its id and its name.
    pub mapping: Option<(Uuid, String)>,
    /// Its columns say enough to know who somebody is.
    pub suffices: bool,
    /// The header as it stands in the file; of cards the one under which they are saved to be mended.
    pub header: Record,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// Its size in bytes.
    pub bytes: u64,
}

impl Detected {
    /// The names of the columns that stay out; columns without a name are not worth a word.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        let out = self.columns.iter().filter(|column| !column.kept && !column.header.is_empty());
        out.map(|column| column.header.as_str())
    }
}

/// How far reading is; another thread may look, and may ask to stop.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the file read so far, of [`Detected::bytes`].
    pub read: AtomicU64,
    /// Rows dealt with so far.
    pub rows: AtomicU64,
    /// Set to stop.
    pub cancel: AtomicBool,
}

impl Progress {
    /// Goes on, unless somebody wants it to stop.
    ///
    /// # Errors
    /// [`Code::Cancelled`].
    pub fn goes_on(&self) -> Result<()> {
        if self.cancel.load(Ordering::Relaxed) { Err(Problem::new(Code::Cancelled)) } else { Ok(()) }
    }

    /// One more is dealt with; then as [`Progress::goes_on`].
    pub(crate) fn one_more(&self) -> Result<()> {
        self.rows.fetch_add(1, Ordering::Relaxed);
        self.goes_on()
    }
}

/// A file of which everything is known but its rows.
#[derive(Debug)]
pub struct Source {
    file: Bytes,
    scan: Scan,
    body: Body,
    detected: Detected,
    converter: Converter,
}

impl Source {
    /// Reads the file through once to detect what it is, however many mappings are kept. Nothing of it is kept in memory.
    ///
    /// # Errors
    /// `Unreadable` with `why` (see [`ReadError`]) when it cannot be read as contacts; `Invalid` for an unknown encoding,
    /// a delimiter outside ASCII, a mapping or a ticked column that does not fit the file.
    pub fn open(given: &Given, options: &Options) -> Result<Self> {
        let mut file = given.open().map_err(|e| unreadable(ReadError::Io(e), given))?;
        let through = Through::of(&mut file).map_err(|e| unreadable(e, given))?;
        let plain = Self::open_as(given, &through, options);
        let is_table = plain.as_ref().map_or(true, |source| source.scan.kind == Kind::Table);
        if options.mapping.is_some() || !is_table {
            return plain;
        }
        // A mapping that is kept knows how its files are written, which may be otherwise than this one looks.
        let taken = plain.as_ref().ok().and_then(|source| source.detected.mapping.as_ref().map(|(id, _)| *id));
        for saved in options.saved.iter().filter(|saved| taken.is_none_or(|id| id == saved.id)) {
            let encoding = options.encoding.clone().or_else(|| saved.mapping.encoding.clone());
            let delimiter = options.delimiter.or(saved.mapping.delimiter);
            if (&encoding, delimiter) == (&options.encoding, options.delimiter) {
                continue;
            }
            let written = Options { encoding, delimiter, ..options.clone() };
            if let Ok(source) = Self::open_as(given, &through, &written)
                && source.detected.mapping.as_ref().is_some_and(|(id, _)| *id == saved.id)
            {
                return Ok(source);
            }
        }
        plain
    }

    fn open_as(given: &Given, through: &Through, options: &Options) -> Result<Self> {
        let settings = Settings::of(options)?;
        let scan = through.scan(settings.encoding, settings.delimiter).map_err(|e| unreadable(e, given))?;
        let mut file = given.open().map_err(|e| unreadable(ReadError::Io(e), given))?;
        let wanted = options.format.is_none_or(|format| format.fits(scan.kind));
        let body = if wanted {
            Body::of(given, &mut file, &scan, options.sheet.as_deref())
        } else {
            Err(ReadError::OtherFormat)
        };
        let body = body.map_err(|e| unreadable(e, given))?;
        let recognised = recognise::body(&body, options).map_err(|e| match e {
            recognise::Fault::Read(e) => unreadable(e, given),
            recognise::Fault::Asked(problem) => problem,
        })?;
        let columns: Arc<[Column]> = recognised.columns.into();
        options.selection.check(&columns)?;
        let converter = Converter {
            columns: columns.clone(),
            home: options.home,
            language: recognised.language,
            label_marks: recognised.label_marks,
            own: Arc::default(),
        };
        let detected = Detected {
            format: recognised.format,
            encoding: scan.encoding.name(),
            bom: scan.bom,
            delimiter: (scan.kind == Kind::Table).then_some(char::from(scan.delimiter)),
            language: recognised.language,
            columns,
            sheet: body.sheets().map(|(sheet, _)| sheet.to_owned()),
            other_sheets: body.sheets().map(|(_, others)| others.to_vec()).unwrap_or_default(),
            mapping: recognised.mapping,
            suffices: recognised.suffices,
            header: body.header(),
            sha256: scan.sha256,
            bytes: scan.bytes,
        };
        Ok(Self { file, scan, body, detected, converter })
    }

    /// Leaves out what does not fit into the own field of its name.
    pub(crate) fn minding(&mut self, own: Vec<OwnField>) {
        self.converter.own = own.into();
    }

    /// What was found out.
    #[must_use]
    pub fn detected(&self) -> &Detected {
        &self.detected
    }

    /// The first rows, as they would be stored.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn preview(&mut self, rows: usize) -> Result<Vec<Row>> {
        let read = AtomicU64::new(0);
        let mut table = self.body.records(&mut self.file, &self.scan, &self.detected.columns, &read)?;
        let mut out = Vec::new();
        while out.len() < rows {
            let Some(record) = table.next_record()? else { break };
            out.push(self.converter.row(record));
        }
        Ok(out)
    }

    /// Gives every row, in order, in batches, to `each`, which runs on the caller's thread; conversion runs on `workers`
    /// others. The first error ends it, whoever has it. May be called again: it starts over.
    ///
    /// # Errors
    /// `Unreadable` when the file cannot be read to its end, `Cancelled` when asked to stop, and whatever `each` returns.
    pub fn read(
        &mut self,
        workers: usize,
        progress: &Progress,
        mut each: impl FnMut(Vec<Row>) -> Result<()>,
    ) -> Result<()> {
        progress.read.store(0, Ordering::Relaxed);
        let total = self.scan.bytes;
        let columns = &self.detected.columns;
        let mut table = self.body.records(&mut self.file, &self.scan, columns, &progress.read)?;
        let converter = &self.converter;
        std::thread::scope(|scope| {
            let mut ways_in = Vec::new();
            let mut ways_out = Vec::new();
            for _ in 0..workers.max(1) {
                let (way_in, records) = sync_channel::<Vec<Record>>(QUEUE);
                let (rows, way_out) = sync_channel::<Vec<Row>>(QUEUE);
                scope.spawn(move || convert(converter, &records, &rows));
                ways_in.push(way_in);
                ways_out.push(way_out);
            }
            let reading = scope.spawn(move || {
                deal(&mut table, ways_in, progress)?;
                let whole = progress.read.load(Ordering::Relaxed) == total;
                if whole { Ok(()) } else { Err(ReadError::Changed) }
            });
            let given = collect(&ways_out, &mut each);
            drop(ways_out);
            let read = reading.join().map_err(|_| Problem::new(Code::System))?;
            given?;
            Ok(read.map_err(|e| if progress.cancel.load(Ordering::Relaxed) { ReadError::Cancelled } else { e })?)
        })
    }
}

/// Overrides, checked.
struct Settings {
    encoding: Option<&'static Encoding>,
    delimiter: Option<u8>,
}

impl Settings {
    fn of(options: &Options) -> Result<Self> {
        let mapping = options.mapping.as_ref();
        let encoding = options.encoding.as_deref().or(mapping.and_then(|m| m.encoding.as_deref()));
        let encoding = encoding.map(|name| {
            let known = Encoding::for_label(name.as_bytes());
            known.ok_or_else(|| Problem::invalid("encoding", "unknown_encoding").with("given", name))
        });
        let delimiter = options.delimiter.or(mapping.and_then(|m| m.delimiter));
        let delimiter = delimiter.map(|c| {
            let fits = c.is_ascii() && !matches!(c, '"' | '\r' | '\n' | '\0') && !c.is_alphanumeric();
            let byte = u8::try_from(u32::from(c)).ok().filter(|_| fits);
            byte.ok_or_else(|| Problem::invalid("delimiter", "not_a_delimiter").with("given", c.to_string()))
        });
        Ok(Self { encoding: encoding.transpose()?, delimiter: delimiter.transpose()? })
    }
}

pub(super) fn unreadable(error: ReadError, given: &Given) -> Problem {
    Problem::from(error).with("file", given.name())
}

/// Deals batches of records to the workers in turn.
fn deal(table: &mut Records<'_>, ways_in: Vec<SyncSender<Vec<Record>>>, progress: &Progress) -> Result<(), ReadError> {
    for way in ways_in.iter().cycle() {
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        let mut bytes = 0;
        while batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            if progress.cancel.load(Ordering::Relaxed) {
                return Err(ReadError::Cancelled);
            }
            let Some(record) = table.next_record()? else { break };
            bytes += record.bytes();
            batch.push(record);
        }
        // Nobody listens any more when the caller has stopped with an error of its own.
        if batch.is_empty() || way.send(batch).is_err() {
            break;
        }
    }
    Ok(())
}

fn convert(converter: &Converter, records: &Receiver<Vec<Record>>, rows: &SyncSender<Vec<Row>>) {
    for batch in records {
        let converted = batch.into_iter().map(|record| converter.row(record)).collect();
        if rows.send(converted).is_err() {
            break;
        }
    }
}

/// Takes the batches in the order in which they were dealt.
fn collect(ways_out: &[Receiver<Vec<Row>>], each: &mut impl FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
    for way in ways_out.iter().cycle() {
        match way.recv() {
            Ok(rows) => each(rows)?,
            Err(_) => break,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
