//! The table of sources: where a contact's data came from.

use rusqlite::{Connection, params};
use serde::Serialize;

use super::Business;
use crate::problem::Result;

/// A source to be written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Source<'a> {
    pub(crate) kind: &'a str,
    pub(crate) origin: &'a str,
    pub(crate) import_no: Option<i64>,
    pub(crate) row: Option<u64>,
    pub(crate) text: &'a str,
    pub(crate) url: &'a str,
    pub(crate) ip: &'a str,
    pub(crate) place: &'a str,
    pub(crate) at: i64,
    pub(crate) by: &'a str,
}

/// A source as a contact's page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SourceShown {
    /// `direct` or `indirect`.
    pub kind: String,
    /// `self`, `other` or `unknown`.
    pub origin: String,
    /// The file it came in, without its folder.
    pub file: Option<String>,
    /// SHA-256 of that file, in hex.
    pub sha256: Option<String>,
    /// The line in that file, from 1.
    pub row: Option<u64>,
    /// In words.
    pub text: String,
    /// The page on which it was left.
    pub url: String,
    /// The address that it was left from.
    pub ip: String,
    /// The place, if known.
    pub place: String,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub at: String,
    /// Who recorded it.
    pub by: String,
}

/// Adds a source; returns its row.
pub(crate) fn insert(conn: &Connection, contact_no: i64, source: &Source<'_>) -> Result<i64> {
    conn.prepare_cached(
        "INSERT INTO source (contact_no, kind, origin, import_no, row, text, url, ip, place, at, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        contact_no,
        source.kind,
        source.origin,
        source.import_no,
        source.row,
        source.text,
        source.url,
        source.ip,
        source.place,
        source.at,
        source.by,
    ])?;
    Ok(conn.last_insert_rowid())
}

/// A contact's sources, the first first.
pub(crate) fn of(conn: &Connection, contact_no: i64, business: &Business) -> Result<Vec<SourceShown>> {
    let mut query = conn.prepare_cached(
        "SELECT kind, source.origin, file, lower(hex(sha256)), row, text, url, ip, place, source.at, source.by
         FROM source LEFT JOIN import ON import.no = import_no WHERE contact_no = ? ORDER BY source.no",
    )?;
    let rows = query.query_map([contact_no], |row| {
        let file: Option<String> = row.get(2)?;
        Ok(SourceShown {
            kind: row.get(0)?,
            origin: row.get(1)?,
            sha256: if file.is_some() { row.get(3)? } else { None },
            file,
            row: row.get(4)?,
            text: row.get(5)?,
            url: row.get(6)?,
            ip: row.get(7)?,
            place: row.get(8)?,
            at: business.said(row.get(9)?),
            by: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows of a contact's sources, in the order of [`of`].
pub(crate) fn numbers(conn: &Connection, contact_no: i64) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT no FROM source WHERE contact_no = ? ORDER BY no")?;
    Ok(query.query_map([contact_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
