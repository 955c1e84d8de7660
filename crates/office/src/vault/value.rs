//! Every value of a contact, one by one, each with where it came from.

use akkoord_rules::field::Provenance;
use rusqlite::{Connection, Row, params};

use crate::intake::draft::{Address, Draft, Email, Phone, Website};
use crate::problem::Result;

/// A value and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// The field's key.
    pub(crate) field: String,
    pub(crate) content: Content,
    pub(crate) provenance: Provenance,
    /// The row of its source; absent only where a contact has none.
    pub(crate) source_no: Option<i64>,
}

/// What a value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// The value of a field that every contact has once.
    Single(String),
    Email(Email),
    Phone(Phone),
    Address(Address),
    Website(Website),
    Label(String),
    /// The value of a field that the owner defined.
    Own {
        title: String,
        value: String,
    },
}

/// All values of a contact's row, in a fixed order; empty ones are left out.
pub(crate) fn of(conn: &Connection, no: i64) -> Result<Vec<Value>> {
    let mut values = single(conn, no)?;
    values.extend(repeated(conn, no, "email", "value, normalised, label", "contact_email", |row| {
        Ok(Content::Email(Email { value: row.get(2)?, normalised: row.get(3)?, label: row.get(4)? }))
    })?);
    values.extend(repeated(conn, no, "phone", "value, e164, national, label", "contact_phone", |row| {
        Ok(Content::Phone(Phone { value: row.get(2)?, e164: row.get(3)?, national: row.get(4)?, label: row.get(5)? }))
    })?);
    let parts = "label, street, extended, po_box, city, region, postal_code, country";
    values.extend(repeated(conn, no, "address", parts, "contact_address", |row| {
        Ok(Content::Address(Address {
            label: row.get(2)?,
            street: row.get(3)?,
            extended: row.get(4)?,
            po_box: row.get(5)?,
            city: row.get(6)?,
            region: row.get(7)?,
            postal_code: row.get(8)?,
            country: row.get(9)?,
        }))
    })?);
    values.extend(repeated(conn, no, "website", "value, label", "contact_website", |row| {
        Ok(Content::Website(Website { value: row.get(2)?, label: row.get(3)? }))
    })?);
    values.extend(labels(conn, no)?);
    values.extend(own(conn, no)?);
    Ok(values)
}

/// Values whose origin is the contact's own, except where `field_origin` knows better.
fn single(conn: &Connection, no: i64) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for field in Draft::SINGLE {
        let sql = format!(
            "SELECT coalesce(o.provenance, c.provenance),
               coalesce(o.source_no, (SELECT min(no) FROM source WHERE contact_no = c.no)), c.{field}
             FROM contact c LEFT JOIN field_origin o ON o.contact_no = c.no AND o.field = ?1
             WHERE c.no = ?2 AND c.{field} <> ''"
        );
        let mut query = conn.prepare_cached(&sql)?;
        let rows = query.query_map(params![field, no], |row| value(field, row, Content::Single(row.get(2)?)))?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

fn repeated(
    conn: &Connection,
    no: i64,
    field: &str,
    columns: &str,
    table: &str,
    content: fn(&Row<'_>) -> rusqlite::Result<Content>,
) -> Result<Vec<Value>> {
    let sql = format!("SELECT provenance, source_no, {columns} FROM {table} WHERE contact_no = ? ORDER BY no");
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([no], |row| value(field, row, content(row)?))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Labels have no origin of their own: it is the contact's.
fn labels(conn: &Connection, no: i64) -> Result<Vec<Value>> {
    let mut query = conn.prepare_cached(
        "SELECT c.provenance, (SELECT min(no) FROM source WHERE contact_no = c.no), l.label
         FROM contact_label l JOIN contact c ON c.no = l.contact_no WHERE l.contact_no = ? ORDER BY l.label",
    )?;
    let rows = query.query_map([no], |row| value("labels", row, Content::Label(row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn own(conn: &Connection, no: i64) -> Result<Vec<Value>> {
    let mut query = conn.prepare_cached(
        "SELECT v.provenance, v.source_no, f.key, f.title, v.value
         FROM custom_value v JOIN field f ON f.no = v.field_no WHERE v.contact_no = ? AND v.value <> '' ORDER BY f.no",
    )?;
    let rows = query.query_map([no], |row| {
        let key: String = row.get(2)?;
        value(&key, row, Content::Own { title: row.get(3)?, value: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row that begins with provenance and source.
fn value(field: &str, row: &Row<'_>, content: Content) -> rusqlite::Result<Value> {
    let provenance: String = row.get(0)?;
    let provenance = Provenance::parse(&provenance).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Value { field: field.to_owned(), content, provenance, source_no: row.get(1)? })
}
