//! The tables of imports: what came in, what a merge changed, and taking that back.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::contact::{self, Origin, provenance_code};
use crate::intake::draft::{Address, Email, Phone, Website};
use crate::intake::import::Report;
use crate::problem::{Code, Problem, Result};

/// An import about to begin.
#[derive(Debug)]
pub(crate) struct NewImport<'a> {
    pub(crate) id: Uuid,
    pub(crate) file: &'a str,
    pub(crate) sha256: &'a [u8; 32],
    pub(crate) bytes: u64,
    pub(crate) format: &'a str,
    pub(crate) encoding: &'a str,
    pub(crate) delimiter: &'a str,
    pub(crate) origin: &'a str,
    pub(crate) on_duplicate: &'a str,
    pub(crate) left_out: &'a str,
    pub(crate) sheet: &'a str,
    pub(crate) at: i64,
    pub(crate) by: &'a str,
    pub(crate) seq: i64,
}

/// What a row brings to a contact that is there already; sealed as such, so that what is written can be compared with it.
#[derive(Debug, Serialize)]
pub(crate) struct Fillings<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) singles: Vec<(&'static str, &'a str)>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) emails: &'a [Email],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) phones: &'a [Phone],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) addresses: &'a [Address],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) websites: &'a [Website],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) labels: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) custom: &'a [(String, String)],
}

/// What a merge changed, by rows: enough to take it back. Says which fields, never what is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Changes {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) singles: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) emails: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) phones: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) addresses: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) websites: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) labels: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) custom: Vec<String>,
    #[serde(default)]
    pub(crate) source: i64,
}

/// Makes the import's row; its counts follow when it is through.
pub(crate) fn insert(conn: &Connection, import: &NewImport<'_>) -> Result<i64> {
    conn.execute(
        "INSERT INTO import (id, file, sha256, bytes, format, encoding, delimiter, origin, on_duplicate, left_out, sheet, at,
           by, seq)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            import.id,
            import.file,
            import.sha256,
            import.bytes,
            import.format,
            import.encoding,
            import.delimiter,
            import.origin,
            import.on_duplicate,
            import.left_out,
            import.sheet,
            import.at,
            import.by,
            import.seq
        ],
    )?;
    Ok(conn.last_insert_rowid())
}

/// Sets the import's counts.
pub(crate) fn count(conn: &Connection, import_no: i64, report: &Report) -> Result<()> {
    conn.execute(
        "UPDATE import SET rows = ?, added = ?, merged = ?, unchanged = ?, skipped = ?, blocked = ?, rejected = ? WHERE no = ?",
        params![
            report.rows,
            report.added,
            report.merged,
            report.unchanged,
            report.skipped,
            report.blocked,
            report.rejected,
            import_no
        ],
    )?;
    Ok(())
}

/// How an import's file was read.
pub(crate) struct ReadAs {
    pub(crate) no: i64,
    pub(crate) sha256: [u8; 32],
    pub(crate) encoding: String,
    pub(crate) delimiter: u8,
    pub(crate) sheet: String,
}

/// How the file of this import was read, if there is such an import.
pub(crate) fn read_as(conn: &Connection, import: Uuid) -> Result<Option<ReadAs>> {
    let mut query = conn.prepare_cached("SELECT no, sha256, encoding, delimiter, sheet FROM import WHERE id = ?")?;
    let found = query.query_row([import], |row| {
        let delimiter: String = row.get(3)?;
        let delimiter = delimiter.bytes().next().unwrap_or(b',');
        Ok(ReadAs { no: row.get(0)?, sha256: row.get(1)?, encoding: row.get(2)?, delimiter, sheet: row.get(4)? })
    });
    Ok(found.optional()?)
}

/// The lines of the rows that did not come in because something is wrong with them.
pub(crate) fn out(conn: &Connection, import_no: i64) -> Result<HashSet<u64>> {
    let mut query =
        conn.prepare_cached("SELECT line FROM import_row WHERE import_no = ? AND outcome IN ('rejected', 'blocked')")?;
    Ok(query.query_map([import_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Notes a row that did not come in, and why.
pub(crate) fn note(conn: &Connection, import_no: i64, line: u64, outcome: &str, code: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO import_row (import_no, line, outcome, code) VALUES (?, ?, ?, ?)")?
        .execute(params![import_no, line, outcome, code])?;
    Ok(())
}

/// Notes a row about a contact that it did not change: the contact came with this import too.
pub(crate) fn unchanged(conn: &Connection, import_no: i64, line: u64, contact_no: i64) -> Result<()> {
    conn.prepare_cached("INSERT INTO import_row (import_no, line, outcome, contact_no) VALUES (?, ?, 'unchanged', ?)")?
        .execute(params![import_no, line, contact_no])?;
    Ok(())
}

/// Notes a row that was merged into a contact, and what it changed there.
pub(crate) fn merged(conn: &Connection, import_no: i64, line: u64, contact_no: i64, changes: &Changes) -> Result<()> {
    let changes = serde_json::to_string(changes).map_err(|error| Problem::new(Code::System).because(error))?;
    conn.prepare_cached(
        "INSERT INTO import_row (import_no, line, outcome, contact_no, changes) VALUES (?, ?, 'merged', ?, ?)",
    )?
    .execute(params![import_no, line, contact_no, changes])?;
    Ok(())
}

/// Writes what a row brings to a contact, which the caller derives anew afterwards.
pub(crate) fn fill(conn: &Connection, no: i64, fillings: &Fillings<'_>, origin: Origin) -> Result<Changes> {
    let mut changes = Changes { source: origin.source_no, ..Changes::default() };
    for (field, value) in &fillings.singles {
        conn.prepare_cached(&format!("UPDATE contact SET {field} = ? WHERE no = ?"))?.execute(params![value, no])?;
        conn.prepare_cached(
            "INSERT INTO field_origin (contact_no, field, provenance, source_no) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET provenance = excluded.provenance, source_no = excluded.source_no",
        )?
        .execute(params![no, field, provenance_code(origin.provenance), origin.source_no])?;
        changes.singles.push((*field).to_owned());
    }
    for email in fillings.emails {
        changes.emails.push(contact::add_email(conn, no, email, "", origin)?);
    }
    for phone in fillings.phones {
        changes.phones.push(contact::add_phone(conn, no, phone, "", origin)?);
    }
    for address in fillings.addresses {
        changes.addresses.push(contact::add_address(conn, no, address, origin)?);
    }
    for website in fillings.websites {
        changes.websites.push(contact::add_website(conn, no, website, origin)?);
    }
    for label in fillings.labels {
        if contact::add_label(conn, no, label)? {
            changes.labels.push(label.clone());
        }
    }
    for (field, value) in fillings.custom {
        contact::set_custom(conn, no, field, value, origin)?;
        changes.custom.push(field.clone());
    }
    Ok(changes)
}

/// Takes back what a merge changed.
pub(crate) fn unfill(conn: &Connection, no: i64, changes: &Changes) -> Result<()> {
    for field in &changes.singles {
        conn.prepare_cached(&format!("UPDATE contact SET {field} = '' WHERE no = ?"))?.execute([no])?;
        conn.prepare_cached("DELETE FROM field_origin WHERE contact_no = ? AND field = ?")?
            .execute(params![no, field])?;
    }
    let repeated = [
        ("contact_email", &changes.emails),
        ("contact_phone", &changes.phones),
        ("contact_address", &changes.addresses),
        ("contact_website", &changes.websites),
    ];
    for (table, values) in repeated {
        for value in values {
            conn.prepare_cached(&format!("DELETE FROM {table} WHERE no = ? AND contact_no = ?"))?
                .execute(params![value, no])?;
        }
    }
    for label in &changes.labels {
        conn.prepare_cached("DELETE FROM contact_label WHERE contact_no = ? AND label = ?")?
            .execute(params![no, label])?;
    }
    for field in &changes.custom {
        conn.prepare_cached(
            "DELETE FROM custom_value WHERE contact_no = ? AND field_no = (SELECT no FROM field WHERE key = ?)",
        )?
        .execute(params![no, field])?;
    }
    conn.prepare_cached("DELETE FROM source WHERE no = ? AND contact_no = ?")?.execute(params![changes.source, no])?;
    Ok(())
}
