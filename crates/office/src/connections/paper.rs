//! A file that goes to a connection, written person by person.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use rusqlite::Connection;
use uuid::Uuid;

use super::layout::Layout;
use crate::intake::draft::Draft;
use crate::intake::guarded;
use crate::papers::vcard;
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::vault::connection::{FieldRow, Stored};

/// What a file for a connection is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
#[serde(rename = "ConnectionFormat")]
pub enum Format {
    /// CSV as Google Contacts reads it.
    Google,
    /// CSV as Outlook reads it.
    Outlook,
    /// CSV with a column for each field, as newsletter services read it.
    Csv,
    /// vCard 4.0, one card after the other.
    Vcard,
    /// The e-mail addresses that went and may not be mailed any more, for a service to keep to.
    Suppression,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Google, Self::Outlook, Self::Csv, Self::Vcard, Self::Suppression];

    /// The name as the command line and the audit log have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Outlook => "outlook",
            Self::Csv => "csv",
            Self::Vcard => "vcard",
            Self::Suppression => "suppression",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// How the names of its files end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        if self == Self::Vcard { "vcf" } else { "csv" }
    }
}

/// The file while it is written.
pub(super) struct Paper<'f> {
    body: Body<'f>,
    fields: &'f [FieldRow],
    /// Cells that a spreadsheet would have taken for a formula.
    pub(super) guarded: i64,
    /// Of how many people something of a field had no place.
    pub(super) no_room: BTreeMap<String, i64>,
}

enum Body<'f> {
    Table(Box<(Layout, csv::Writer<&'f mut Leaving>)>),
    Cards(std::io::BufWriter<&'f mut Leaving>),
}

impl<'f> Paper<'f> {
    /// Begins the file with its heading.
    pub(super) fn begin(conn: &Connection, stored: &'f Stored, format: Format, to: &'f mut Leaving) -> Result<Self> {
        let layout = match format {
            Format::Google => Some(Layout::google(conn, &stored.fields)?),
            Format::Outlook => Some(Layout::Outlook),
            Format::Csv => Some(Layout::Plain(stored.fields.clone())),
            Format::Vcard => None,
            Format::Suppression => {
                Some(Layout::Plain(stored.fields.iter().filter(|field| is_email(field)).cloned().collect()))
            }
        };
        let body = match layout {
            None => Body::Cards(std::io::BufWriter::new(to)),
            Some(layout) => Body::Table(Box::new((layout, table(to)?))),
        };
        let mut paper = Self { body, fields: &stored.fields, guarded: 0, no_room: BTreeMap::new() };
        if let Body::Table(table) = &paper.body {
            let head = table.0.head();
            paper.write(head.iter().map(|name| Cow::Borrowed(name.as_str())).collect())?;
        }
        Ok(paper)
    }

    /// Adds somebody; gives back which of the fields found a place.
    pub(super) fn add<'k>(
        &mut self,
        id: Uuid,
        organisation: bool,
        draft: &Draft,
        keys: Vec<&'k str>,
    ) -> Result<Vec<&'k str>> {
        match &mut self.body {
            Body::Cards(out) => {
                let titled = titled(self.fields, draft);
                let card = vcard::vcard(id, &titled, organisation);
                out.write_all(card.as_bytes()).map_err(unwritten)?;
                Ok(keys)
            }
            Body::Table(table) => {
                let row = table.0.row(draft);
                let kept =
                    keys.into_iter().filter(|key| !row.lost.iter().any(|lost| lost.wholly && lost.field == *key));
                let kept = kept.collect();
                for lost in &row.lost {
                    *self.no_room.entry(lost.field.to_owned()).or_default() += 1;
                }
                self.write(row.cells)?;
                Ok(kept)
            }
        }
    }

    fn write(&mut self, cells: Vec<Cow<'_, str>>) -> Result<()> {
        let Body::Table(table) = &mut self.body else { return Ok(()) };
        let out = &mut table.1;
        for cell in cells {
            let safe = guarded(&cell);
            self.guarded += i64::from(safe.len() > cell.len());
            out.write_field(safe).map_err(|error| unwritten(error.into()))?;
        }
        out.write_record(None::<&[u8]>).map_err(|error| unwritten(error.into()))
    }

    /// Hands the last of it to the system.
    pub(super) fn finish(self) -> Result<(i64, BTreeMap<String, i64>)> {
        match self.body {
            Body::Table(mut table) => table.1.flush().map_err(unwritten)?,
            Body::Cards(mut out) => out.flush().map_err(unwritten)?,
        }
        Ok((self.guarded, self.no_room))
    }
}

/// CSV for spreadsheets: with a byte order mark, without which they guess the encoding, and CRLF (RFC 4180).
fn table(to: &mut Leaving) -> Result<csv::Writer<&mut Leaving>> {
    to.write_all("\u{feff}".as_bytes()).map_err(unwritten)?;
    Ok(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to))
}

/// Own fields by their title, as people know them.
pub(super) fn titled(fields: &[FieldRow], draft: &Draft) -> Draft {
    let title = |key: &String| fields.iter().find(|field| field.key == *key).map_or(key, |field| &field.title).clone();
    let custom = draft.custom.iter().map(|(key, value)| (title(key), value.clone())).collect();
    Draft { custom, ..draft.clone() }
}

/// Whether it is the field of e-mail addresses.
pub(super) fn is_email(field: &FieldRow) -> bool {
    !field.own && field.key == "email"
}

/// A write that failed; the caller knows into which file.
fn unwritten(error: std::io::Error) -> Problem {
    let full = error.kind() == std::io::ErrorKind::StorageFull;
    Problem::new(if full { Code::DiskFull } else { Code::Unwritable }).because(error)
}
