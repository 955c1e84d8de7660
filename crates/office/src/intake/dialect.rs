//! How a file is written: its encoding and what stands between its cells; found by reading it through once.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};

use super::fault::ReadError;

const CHUNK: usize = 64 << 10;
/// Header and first rows: what is looked at to find delimiter and kind.
const HEAD: usize = 1 << 20;

/// What a file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text with cells.
    Table,
    /// vCards.
    Cards,
    /// A workbook: bytes that are no text.
    Book,
}

/// What reading the whole file once tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// What it is made of.
    pub kind: Kind,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// How characters are stored.
    pub encoding: &'static Encoding,
    /// Whether a byte order mark says so.
    pub bom: bool,
    /// What stands between cells: one ASCII character.
    pub delimiter: u8,
    /// Whether the first line is Excel's `sep=;` and not yet the header.
    pub directive: bool,
}

impl Scan {
    /// How many bytes its byte order mark has.
    #[must_use]
    pub fn mark(&self) -> u64 {
        match self.bom {
            true if self.encoding == UTF_8 => 3,
            true => 2,
            false => 0,
        }
    }
}

/// Reads a file through once, and says how it is written. What is given here overrides what is found.
///
/// # Errors
/// When the file cannot be read, is empty, or is not text.
pub fn scan(file: impl Read, encoding: Option<&'static Encoding>, delimiter: Option<u8>) -> Result<Scan, ReadError> {
    Through::of(file)?.scan(encoding, delimiter)
}

/// A file that was read through once, in constant memory. How it is written can then be asked as often as need be.
#[derive(Debug)]
pub struct Through {
    seen: Seen,
    sha256: [u8; 32],
}

impl Through {
    /// Reads a file through.
    ///
    /// # Errors
    /// When the file cannot be read, or is empty.
    pub fn of(mut file: impl Read) -> Result<Self, ReadError> {
        let mut seen = Seen::default();
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let n = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e.into()),
            };
            let read = chunk.get(..n).unwrap_or_default();
            hash.update(read);
            seen.take(read);
        }
        if seen.visible { Ok(Self { seen, sha256: hash.finalize().into() }) } else { Err(ReadError::Empty) }
    }

    /// How it is written. What is given here overrides what is found.
    ///
    /// # Errors
    /// When it is not text.
    pub fn scan(&self, encoding: Option<&'static Encoding>, delimiter: Option<u8>) -> Result<Scan, ReadError> {
        let (seen, sha256) = (&self.seen, self.sha256);
        let bytes = seen.bytes;
        if let Some(kind) = known_kind(&seen.head)? {
            return Ok(Scan { kind, bytes, sha256, encoding: UTF_8, bom: false, delimiter: b',', directive: false });
        }
        let bom = Encoding::for_bom(&seen.head).map(|(encoding, _)| encoding);
        let encoding = match encoding {
            Some(asked) => asked,
            None => bom.map_or_else(|| seen.encoding(), Ok)?,
        };
        let wide = encoding == UTF_16LE || encoding == UTF_16BE;
        if !wide && (seen.nul || seen.is_noise()) {
            return Err(ReadError::Binary);
        }
        let (text, _) = encoding.decode_with_bom_removal(&seen.head);
        let cards = text.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"));
        let (found, directive) = sniff(&text);
        Ok(Scan {
            kind: if cards { Kind::Cards } else { Kind::Table },
            bytes,
            sha256,
            encoding,
            bom: bom == Some(encoding),
            delimiter: delimiter.unwrap_or(found),
            directive,
        })
    }
}

#[derive(Debug, Default)]
struct Seen {
    bytes: u64,
    head: Vec<u8>,
    nul: bool,
    visible: bool,
    not_utf8: bool,
    /// The beginning of a character that the next chunk completes.
    carried: Vec<u8>,
}

impl Seen {
    fn take(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
        let room = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..room).unwrap_or_default());
        self.nul |= chunk.contains(&0);
        self.visible |=
            chunk.iter().any(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf | 0xfe | 0xff));
        if !self.not_utf8 {
            self.check_utf8(chunk);
        }
    }

    fn check_utf8(&mut self, chunk: &[u8]) {
        let mut rest = chunk;
        while !self.carried.is_empty() {
            let Some((next, after)) = rest.split_first() else { return };
            self.carried.push(*next);
            rest = after;
            match std::str::from_utf8(&self.carried) {
                Ok(_) => self.carried.clear(),
                Err(e) if e.error_len().is_some() => {
                    self.not_utf8 = true;
                    return;
                }
                Err(_) => {}
            }
        }
        if let Err(e) = std::str::from_utf8(rest) {
            self.not_utf8 = e.error_len().is_some();
            self.carried.extend_from_slice(rest.get(e.valid_up_to()..).unwrap_or_default());
        }
    }

    /// Without a byte order mark: the pattern of NULs that Western text in UTF-16 has, strict UTF-8, else Windows-1252.
    fn encoding(&self) -> Result<&'static Encoding, ReadError> {
        if self.nul {
            let zeros = |from: usize| self.head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
            let (high, low, half) = (zeros(0), zeros(1), self.head.len() / 2);
            return match () {
                () if low * 10 > half * 4 && high * 10 < half => Ok(UTF_16LE),
                () if high * 10 > half * 4 && low * 10 < half => Ok(UTF_16BE),
                () => Err(ReadError::Binary),
            };
        }
        let cut = self.not_utf8 || !self.carried.is_empty();
        Ok(if cut { WINDOWS_1252 } else { UTF_8 })
    }

    /// Control characters that no text has, more than a stray few.
    fn is_noise(&self) -> bool {
        let controls = self.head.iter().filter(|b| matches!(b, 1..=8 | 14..=31)).count();
        controls > 16 && controls * 20 > self.head.len()
    }
}

/// A workbook, by its first bytes; refuses what is surely another kind of file.
fn known_kind(head: &[u8]) -> Result<Option<Kind>, ReadError> {
    const BINARY: [&[u8]; 7] = [b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"];
    let holds = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if head.starts_with(b"PK\x03\x04") {
        return match () {
            () if holds(b"xl/workbook.bin") => Err(ReadError::Unsupported("xlsb")),
            () if holds(b"xl/") => Ok(Some(Kind::Book)),
            () if holds(b"opendocument.spreadsheet") => Err(ReadError::Unsupported("ods")),
            () if holds(b"Index/Document.iwa") => Err(ReadError::Unsupported("numbers")),
            () => Err(ReadError::Binary),
        };
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        let wide = |name: &str| name.bytes().flat_map(|letter| [letter, 0]).collect::<Vec<u8>>();
        return match () {
            () if holds(&wide("EncryptedPackage")) => Err(ReadError::Protected),
            () if holds(&wide("Workbook")) || holds(&wide("Book")) => Err(ReadError::Unsupported("xls")),
            () => Err(ReadError::Binary),
        };
    }
    let binary = BINARY.iter().any(|magic| head.starts_with(magic)) || head.starts_with(b"SQLite format 3");
    if binary { Err(ReadError::Binary) } else { Ok(None) }
}

/// The delimiter that the first line of cells has most of, outside quotes; and whether `sep=` says it.
fn sniff(text: &str) -> (u8, bool) {
    let text = text.trim_start_matches(['\r', '\n']);
    if let Some(&[delimiter, b'\r' | b'\n']) = text.get(..6).and_then(|s| s.strip_prefix("sep=")).map(str::as_bytes) {
        return (delimiter, delimiter.is_ascii());
    }
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => counts.iter_mut().filter(|(d, _)| *d == other).for_each(|(_, n)| *n += 1),
        }
    }
    // The first of equals: a comma is the rule.
    let best = counts.iter().rev().max_by_key(|(_, n)| *n);
    (best.map_or(b',', |(delimiter, _)| *delimiter), false)
}

/// The file as UTF-8, without its byte order mark, decoded as it is read.
pub(crate) struct Decoded<'a, R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    /// The decoder has given its last character and must not be asked again.
    finished: bool,
    /// How many bytes of the file have been read; others may watch it.
    read: &'a AtomicU64,
}

impl<R> std::fmt::Debug for Decoded<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoded").field("encoding", &self.decoder.encoding().name()).finish_non_exhaustive()
    }
}

impl<'a, R: Read> Decoded<'a, R> {
    /// Decodes `input`, counting what is read.
    pub(crate) fn new(input: R, encoding: &'static Encoding, read: &'a AtomicU64) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { input, decoder, raw: vec![0; CHUNK], at: 0, filled: 0, ended: false, finished: false, read }
    }
}

impl<R: Read> Read for Decoded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            if self.at == self.filled && !self.ended {
                self.at = 0;
                self.filled = self.input.read(&mut self.raw)?;
                self.ended = self.filled == 0;
                self.read.fetch_add(self.filled as u64, Ordering::Relaxed);
            }
            let raw = self.raw.get(self.at..self.filled).unwrap_or_default();
            let (outcome, taken, written, _) = self.decoder.decode_to_utf8(raw, into, self.ended);
            self.at += taken;
            self.finished = self.ended && outcome == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests;
