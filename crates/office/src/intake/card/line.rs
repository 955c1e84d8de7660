//! The lines of a vCard file: physical lines put together again as they were before they were folded, in bounded memory.

use std::io::{self, Read};

use crate::intake::table::CELL_MAX;

const CHUNK: usize = 64 << 10;
/// The longest line that is kept, in bytes: a value as long as a cell may be, written in three bytes for one.
const LINE_MAX: usize = 3 * CELL_MAX;

/// A line as it was before it was folded.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The physical line where it begins; the first line of the file is 1.
    pub(super) number: u64,
    pub(super) bytes: Vec<u8>,
    /// It was longer than is kept.
    pub(super) cut: bool,
}

/// Reads lines. Those without any character are passed over.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    chunk: Vec<u8>,
    at: usize,
    filled: usize,
    after_cr: bool,
    number: u64,
    ahead: Option<Line>,
}

/// How the next physical line belongs to those before it.
enum Joint {
    /// It does not.
    None,
    /// Without its first character, the mark of a folded line.
    Folded,
    /// vCard 2.1 folds where white space stands, which stays.
    Spaced,
    /// After a soft line break, whose mark goes.
    Soft,
    /// As it stands.
    Whole,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, chunk: vec![0; CHUNK], at: 0, filled: 0, after_cr: false, number: 0, ahead: None }
    }

    /// The next line; `old` says that the card is of version 2.1.
    pub(super) fn next(&mut self, old: bool) -> io::Result<Option<Line>> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some(mut line) = first else { return Ok(None) };
        let coded = Coding::of(&line.bytes);
        let mut next = self.physical()?;
        while let Some(more) = next {
            let part = match joint(&line.bytes, &more.bytes, coded, old) {
                Joint::None => {
                    // An empty line ends what is folded, and is nothing else.
                    if more.bytes.is_empty() {
                        next = self.physical()?;
                        while next.as_ref().is_some_and(|line| line.bytes.is_empty()) {
                            next = self.physical()?;
                        }
                        self.ahead = next;
                    } else {
                        self.ahead = Some(more);
                    }
                    return Ok(Some(line));
                }
                Joint::Folded => more.bytes.get(1..).unwrap_or_default(),
                Joint::Spaced => {
                    line.bytes.push(b' ');
                    more.bytes.trim_ascii_start()
                }
                Joint::Soft => {
                    line.bytes.pop();
                    &more.bytes
                }
                Joint::Whole => &more.bytes,
            };
            let room = LINE_MAX.saturating_sub(line.bytes.len()).min(part.len());
            line.cut |= more.cut || room < part.len();
            line.bytes.extend_from_slice(part.get(..room).unwrap_or_default());
            next = self.physical()?;
        }
        Ok(Some(line))
    }

    /// The next line as it stands in the file, also an empty one.
    fn physical(&mut self) -> io::Result<Option<Line>> {
        self.number += 1;
        let mut line = Line { number: self.number, ..Line::default() };
        let mut touched = false;
        while self.fill()? {
            let rest = self.chunk.get(self.at..self.filled).unwrap_or_default();
            if std::mem::take(&mut self.after_cr) && rest.first() == Some(&b'\n') {
                self.at += 1;
                continue;
            }
            touched = true;
            let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r'));
            let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let room = LINE_MAX.saturating_sub(line.bytes.len()).min(part.len());
            line.cut |= room < part.len();
            line.bytes.extend_from_slice(part.get(..room).unwrap_or_default());
            self.after_cr = end.and_then(|end| rest.get(end)) == Some(&b'\r');
            self.at += part.len() + usize::from(end.is_some());
            if end.is_some() {
                return Ok(Some(line));
            }
        }
        Ok(touched.then_some(line))
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.at == self.filled {
            self.at = 0;
            self.filled = self.input.read(&mut self.chunk)?;
        }
        Ok(self.filled > 0)
    }
}

/// How a line's value is written, which decides where it may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Plain,
    QuotedPrintable,
    Base64,
}

impl Coding {
    fn of(line: &[u8]) -> Self {
        let head = line.iter().position(|b| *b == b':').and_then(|colon| line.get(..colon)).unwrap_or_default();
        let mut words = head.split(|b| matches!(b, b';' | b'=' | b',')).skip(1);
        words
            .find_map(|word| match () {
                () if word.eq_ignore_ascii_case(b"QUOTED-PRINTABLE") => Some(Self::QuotedPrintable),
                () if word.eq_ignore_ascii_case(b"BASE64") || word.eq_ignore_ascii_case(b"B") => Some(Self::Base64),
                () => None,
            })
            .unwrap_or(Self::Plain)
    }
}

fn joint(line: &[u8], next: &[u8], coded: Coding, old: bool) -> Joint {
    // What begins or ends a card is whole, whatever follows.
    let marked = matches!(next.first(), Some(b' ' | b'\t')) && !is_mark(line);
    match coded {
        // A card that ends behind a soft line break ends all the same.
        Coding::QuotedPrintable if line.ends_with(b"=") && !is_mark(next) => Joint::Soft,
        Coding::Base64 if !next.is_empty() && (marked || !next.contains(&b':')) => Joint::Whole,
        Coding::Plain | Coding::QuotedPrintable if marked && old => Joint::Spaced,
        Coding::Plain | Coding::QuotedPrintable if marked => Joint::Folded,
        Coding::Plain | Coding::QuotedPrintable | Coding::Base64 => Joint::None,
    }
}

fn is_mark(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.eq_ignore_ascii_case(b"BEGIN:VCARD") || line.eq_ignore_ascii_case(b"END:VCARD")
}
