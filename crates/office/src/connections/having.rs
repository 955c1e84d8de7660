//! In which fields people have something: of everybody at once, as tables are read for the gate.

use rusqlite::{Connection, Statement};

use super::card;
use crate::consents::Cursor;
use crate::intake::draft::Draft;
use crate::problem::Result;
use crate::vault::connection::FieldRow;

/// Where the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A column of the contact: its place in [`Draft::SINGLE`].
    Single(usize),
    /// A table of their own: its place in [`REPEATED`].
    Repeated(usize),
    /// The row of a field that the owner defined.
    Own(i64),
}

/// Fields that repeat, with their tables.
const REPEATED: [(&str, &str); 5] = [
    ("email", "contact_email"),
    ("phone", "contact_phone"),
    ("address", "contact_address"),
    ("website", "contact_website"),
    ("labels", "contact_label"),
];

impl Place {
    fn of(field: &FieldRow) -> Option<Self> {
        if field.own {
            return Some(Self::Own(field.no));
        }
        let single = Draft::SINGLE.iter().position(|key| *key == field.key).map(Self::Single);
        let repeated = || REPEATED.iter().position(|(key, _)| *key == field.key).map(Self::Repeated);
        single.or_else(repeated)
    }
}

/// Whether people are reached by a field.
pub(super) fn reaches(field: &FieldRow) -> bool {
    !field.own && ["email", "phone", "address"].contains(&field.key.as_str())
}

/// The tables of the fields of a connection.
pub(super) struct Tables<'c> {
    places: Vec<Option<Place>>,
    singles: Statement<'c>,
    repeated: Vec<Option<Statement<'c>>>,
    own: Option<Statement<'c>>,
}

/// The same while they are read.
pub(super) struct Open<'s> {
    places: &'s [Option<Place>],
    singles: Cursor<'s>,
    repeated: Vec<Option<Cursor<'s>>>,
    own: Option<Cursor<'s>>,
}

impl<'c> Tables<'c> {
    pub(super) fn prepare(conn: &'c Connection, fields: &[FieldRow]) -> Result<Self> {
        let places: Vec<Option<Place>> = fields.iter().map(Place::of).collect();
        let columns = Draft::SINGLE.map(|column| format!("{column} <> ''")).join(", ");
        let singles = conn.prepare(&format!("SELECT no, {columns} FROM contact ORDER BY no"))?;
        let mut repeated = Vec::new();
        for (at, (_, table)) in REPEATED.iter().enumerate() {
            let wanted = places.contains(&Some(Place::Repeated(at)));
            let sql = format!("SELECT contact_no FROM {table} ORDER BY contact_no");
            repeated.push(wanted.then(|| conn.prepare(&sql)).transpose()?);
        }
        let wanted = places.iter().any(|place| matches!(place, Some(Place::Own(_))));
        let sql = "SELECT contact_no, field_no FROM custom_value WHERE value <> '' ORDER BY contact_no";
        Ok(Self { places, singles, repeated, own: wanted.then(|| conn.prepare(sql)).transpose()? })
    }

    pub(super) fn open(&mut self) -> Result<Open<'_>> {
        let mut repeated = Vec::new();
        for statement in &mut self.repeated {
            repeated.push(statement.as_mut().map(|one| Cursor::of(one.query([])?)).transpose()?);
        }
        Ok(Open {
            places: &self.places,
            singles: Cursor::of(self.singles.query([])?)?,
            repeated,
            own: self.own.as_mut().map(|one| Cursor::of(one.query([])?)).transpose()?,
        })
    }
}

impl Open<'_> {
    /// In which of the fields this contact, into whom nobody was merged, has something.
    pub(super) fn has(&mut self, no: i64) -> Result<Vec<bool>> {
        let mut singles = [false; Draft::SINGLE.len()];
        self.singles.each(no, |row| {
            for (at, filled) in singles.iter_mut().enumerate() {
                *filled = row.get(at + 1)?;
            }
            Ok(())
        })?;
        let mut repeated = [false; REPEATED.len()];
        for (filled, cursor) in repeated.iter_mut().zip(&mut self.repeated) {
            *filled = cursor.as_mut().map_or(Ok(false), |cursor| cursor.has(no))?;
        }
        let mut own = Vec::new();
        if let Some(cursor) = &mut self.own {
            cursor.each(no, |row| {
                own.push(row.get::<_, i64>(1)?);
                Ok(())
            })?;
        }
        let filled = |place: &Option<Place>| match place {
            Some(Place::Single(at)) => singles.get(*at).copied().unwrap_or_default(),
            Some(Place::Repeated(at)) => repeated.get(*at).copied().unwrap_or_default(),
            Some(Place::Own(field)) => own.contains(field),
            None => false,
        };
        Ok(self.places.iter().map(filled).collect())
    }
}

/// In which of the fields a contact's whole group has something.
pub(super) fn has(conn: &Connection, fields: &[FieldRow], no: i64) -> Result<Vec<bool>> {
    let whole = card::whole(conn, no)?;
    Ok(fields.iter().map(|field| card::holds(&whole, &field.key)).collect())
}
