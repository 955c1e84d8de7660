//! Leaving with everything, in files that need no program of ours: each table as CSV and as JSON, all cards, all proof files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::readme::{About, everything};
use super::vcard;
use crate::consents::proof_pieces;
use crate::intake::guarded;
use crate::problem::{Code, Problem, Result};
use crate::profile::{LeavingFolder, write_failed};
use crate::vault::{Act, Business, Done, Vault, contact, hex};

/// What was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Left {
    /// The folder.
    pub folder: String,
    /// How many files are in it.
    pub files: usize,
    /// How many contacts.
    pub contacts: usize,
    /// How many proof files.
    pub proofs: usize,
    /// The tables, each with its rows.
    pub tables: Vec<TableLeft>,
}

/// A table that was written, as CSV and as JSON.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TableLeft {
    /// Its name, and that of its two files.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
}

/// What stays: the pieces of proof files, which are written whole; what search makes of contacts; the vault's own keys; and what
/// is only there for the time of one act.
const STAY: [&str; 5] = ["proof_chunk", "contact_text", "vault_key", "erasing", "sqlite_sequence"];

/// Writes everything that the vault holds into a new or empty folder, **not encrypted**. The folder is there wholly or not at
/// all, and its making is on the audit log.
///
/// # Errors
/// [`Code::InProfile`]; [`Code::Unwritable`], also for a folder that holds something; [`Code::DiskFull`];
/// [`Code::VaultDamaged`] where a proof's bytes are no longer those that came in.
pub fn export_all(vault: &mut Vault, to: &Path, now: DateTime<Utc>) -> Result<Done<Left>> {
    let leaving = LeavingFolder::begin(vault.profile(), to)?;
    let mut files = Files { dir: leaving.path(), sums: String::new(), count: 0 };
    let (conn, business) = (vault.rows(), vault.business());
    let mut left = Left { folder: to.display().to_string(), files: 0, contacts: 0, proofs: 0, tables: Vec::new() };
    for name in tables(conn)? {
        let rows = csv(conn, business, &name, &mut files)?;
        json_lines(conn, business, &name, &mut files)?;
        left.tables.push(TableLeft { name, rows });
    }
    left.contacts = cards(conn, &mut files)?;
    left.proofs = proofs(conn, &mut files)?;
    let (name, page) = everything(&business.language, &about(business, now));
    files.add(name, |out| Ok(out.write_all(&page)?))?;
    let sums = std::mem::take(&mut files.sums);
    files.add("SHA256SUMS", |out| Ok(out.write_all(sums.as_bytes())?))?;
    left.files = files.count;
    let done = vault.record(Act::EverythingExported, None, now, |rows| {
        rows.fact(
            None,
            &json!({ "as": "files", "files": left.files, "contacts": left.contacts, "proofs": left.proofs }),
        )?;
        Ok(left)
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

fn about(business: &Business, now: DateTime<Utc>) -> About<'_> {
    let on = business.local(now.timestamp_millis()).date_naive();
    About { business: &business.name, name: "", on, left_out: false }
}

/// A fault of the machine while a file is written, or one of the vault.
enum Fault {
    Disk(io::Error),
    Vault(Problem),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Vault(problem)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Vault(error.into())
    }
}

impl From<csv::Error> for Fault {
    fn from(error: csv::Error) -> Self {
        Self::Disk(io::Error::other(error))
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Disk(error.into())
    }
}

/// The files that were written, with a sum for each.
struct Files<'d> {
    dir: &'d Path,
    sums: String,
    count: usize,
}

impl Files<'_> {
    fn add<T>(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write) -> Result<T, Fault>) -> Result<T> {
        let path = self.dir.join(name);
        let failed = |error: io::Error| write_failed(&path, error);
        let file = crate::profile::create_private(&path)?;
        let mut out = Summed { out: BufWriter::new(file), hash: Sha256::new() };
        let filled = match fill(&mut out) {
            Ok(filled) => filled,
            Err(Fault::Disk(error)) => return Err(failed(error)),
            Err(Fault::Vault(problem)) => return Err(problem),
        };
        let Summed { out, hash } = out;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file: File| file.sync_all())
            .map_err(failed)?;
        self.sums.push_str(&format!("{}  {name}\n", hex(&hash.finalize())));
        self.count += 1;
        Ok(filled)
    }
}

struct Summed {
    out: BufWriter<File>,
    hash: Sha256,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The tables that people or programs can make something of: all that the schema has but [`STAY`] and the search index, so that
/// a new table is never forgotten.
fn tables(conn: &Connection) -> Result<Vec<String>> {
    let mut query = conn.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY name",
    )?;
    let names = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(names.into_iter().filter(|name| !STAY.contains(&name.as_str())).collect())
}

/// A cell as both files say it: ids and hashes as text, instants as people write them.
fn said(business: &Business, column: &str, cell: ValueRef<'_>) -> Value {
    let instant = column == "at" || column.ends_with("_at") || column == "since";
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(at) if instant => Value::from(business.said(at)),
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => match Uuid::from_slice(bytes) {
            Ok(id) if column != "salt" => Value::from(id.to_string()),
            Ok(_) | Err(_) => Value::from(hex(bytes)),
        },
    }
}

fn csv(conn: &Connection, business: &Business, table: &str, files: &mut Files<'_>) -> Result<usize> {
    files.add(&format!("{table}.csv"), |out| {
        let mut query = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(&columns)?;
        let mut rows = query.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                cells.push(match said(business, column, row.get_ref(at)?) {
                    Value::Null => String::new(),
                    Value::String(text) => guarded(&text),
                    other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                        other.to_string()
                    }
                });
            }
            writer.write_record(&cells)?;
            count += 1;
        }
        writer.flush()?;
        Ok(count)
    })
}

/// The same as one JSON array, a row a line.
fn json_lines(conn: &Connection, business: &Business, table: &str, files: &mut Files<'_>) -> Result<()> {
    files.add(&format!("{table}.json"), |out| {
        let mut query = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let mut rows = query.query([])?;
        let mut before = "[\n";
        while let Some(row) = rows.next()? {
            let mut object = Map::new();
            for (at, column) in columns.iter().enumerate() {
                object.insert(column.clone(), said(business, column, row.get_ref(at)?));
            }
            out.write_all(before.as_bytes())?;
            serde_json::to_writer(&mut *out, &object)?;
            before = ",\n";
        }
        out.write_all(if before == ",\n" { b"\n]\n" } else { b"[]\n" })?;
        Ok(())
    })
}

/// Everybody's card in one file, as every address book reads it.
fn cards(conn: &Connection, files: &mut Files<'_>) -> Result<usize> {
    files.add("contacts.vcf", |out| {
        let mut query = conn.prepare("SELECT no, id, kind FROM contact ORDER BY no")?;
        let mut rows = query.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let (no, id, kind): (i64, Uuid, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let card = vcard::vcard(id, &contact::read(conn, no)?, kind == "organisation");
            out.write_all(card.as_bytes())?;
            count += 1;
        }
        Ok(count)
    })
}

/// The proof files, each under its id and the end of its name: what somebody called a file is in the table.
fn proofs(conn: &Connection, files: &mut Files<'_>) -> Result<usize> {
    let shown = crate::consents::every_proof(conn)?;
    for (content, proof) in &shown {
        let end = proof.ending();
        let name = format!("proof-{}{}{end}", proof.id, if end.is_empty() { "" } else { "." });
        let mut hash = Sha256::new();
        files.add(&name, |out| {
            Ok(proof_pieces(conn, *content, |piece| {
                hash.update(piece);
                out.write_all(piece).map_err(|error| write_failed(Path::new(&name), error))
            })?)
        })?;
        if hex(&hash.finalize()) != proof.sha256 {
            return Err(Problem::new(Code::VaultDamaged));
        }
    }
    Ok(shown.len())
}
