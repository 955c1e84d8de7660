//! Tables as other programs read them: which columns, and what of a person has no place in them.

mod google;
mod outlook;
mod plain;

use std::borrow::Cow;

use rusqlite::Connection;

use crate::intake::draft::{Draft, Phone};
use crate::problem::Result;
use crate::vault::connection::FieldRow;

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row<'d> {
    pub(super) cells: Vec<Cow<'d, str>>,
    /// What had no place.
    pub(super) lost: Vec<Lost<'d>>,
}

/// Something of a person that a table has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost<'d> {
    /// The field's key.
    pub(super) field: &'d str,
    /// Nothing of the field is in the row.
    pub(super) wholly: bool,
}

impl<'d> Row<'d> {
    fn put(&mut self, cell: &'d str) {
        self.cells.push(Cow::Borrowed(cell));
    }

    fn lose(&mut self, field: &'d str, wholly: bool) {
        match self.lost.iter_mut().find(|lost| lost.field == field) {
            Some(lost) => lost.wholly &= wholly,
            None => self.lost.push(Lost { field, wholly }),
        }
    }
}

/// A table.
#[derive(Debug)]
pub(super) enum Layout {
    /// As Google Contacts has read and written it since 2024.
    Google(google::Widths),
    /// As Outlook for the desktop reads and writes it in English.
    Outlook,
    /// One column a field, one line a person, one e-mail address each: as newsletter services read it.
    Plain(Vec<FieldRow>),
}

impl Layout {
    pub(super) fn google(conn: &Connection, fields: &[FieldRow]) -> Result<Self> {
        Ok(Self::Google(google::Widths::of(conn, fields)?))
    }

    pub(super) fn head(&self) -> Vec<String> {
        match self {
            Self::Google(widths) => google::head(widths),
            Self::Outlook => outlook::head(),
            Self::Plain(fields) => plain::head(fields),
        }
    }

    /// The row of somebody. Own fields are known by their key.
    pub(super) fn row<'d>(&self, draft: &'d Draft) -> Row<'d> {
        match self {
            Self::Google(widths) => google::row(widths, draft),
            Self::Outlook => outlook::row(draft),
            Self::Plain(fields) => plain::row(fields, draft),
        }
    }
}

/// A phone number in a table: a spreadsheet would take a `+` for a sum (LAW §5), and everybody dials `00`.
fn dialled(phone: &Phone) -> Cow<'_, str> {
    match phone.value.strip_prefix('+') {
        Some(rest) => Cow::Owned(format!("00{}", rest.trim_start())),
        None => Cow::Borrowed(&phone.value),
    }
}

/// Labels in one cell, parted by `by`; one that holds what parts them has no place.
fn labels<'d>(row: &mut Row<'d>, draft: &'d Draft, by: &str) {
    let whole = |label: &&String| !label.contains(';') && !label.contains(":::");
    let fit: Vec<&str> = draft.labels.iter().filter(whole).map(String::as_str).collect();
    if fit.len() < draft.labels.len() {
        row.lose("labels", fit.is_empty());
    }
    row.cells.push(Cow::Owned(fit.join(by)));
}
