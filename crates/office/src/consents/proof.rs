//! Proof files: kept inside the vault in pieces, each content once, never opened by the application itself.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::profile::{Leaving, create_private, create_private_dir, write_failed};
use crate::vault::{Act, Done, Vault, hex};

/// The largest proof file: 100 MB.
pub const PROOF_MAX: u64 = 100 << 20;
/// How much of a file is in memory at a time.
const PIECE: usize = 1 << 20;

/// A proof as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ProofShown {
    /// Its id.
    pub id: Uuid,
    /// The name that the file had, without its folder.
    pub name: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Ends of names of files that are looked at, read or listened to, by which no system runs anything.
const SHOWN: [&str; 32] = [
    "pdf", "png", "jpg", "jpeg", "gif", "tif", "tiff", "heic", "webp", "bmp", "mp3", "m4a", "wav", "ogg", "oga",
    "opus", "aac", "flac", "amr", "mp4", "m4v", "mov", "webm", "mkv", "3gp", "txt", "eml", "docx", "xlsx", "pptx",
    "odt", "ods",
];

impl ProofShown {
    fn of(id: Uuid, name: String, sha256: [u8; 32], bytes: u64) -> Self {
        Self { id, name, sha256: hex(&sha256), bytes }
    }

    /// Whether it is of a kind that a program only shows. Any other is saved, and never opened from here: opening it could run it.
    #[must_use]
    pub fn opens(&self) -> bool {
        SHOWN.contains(&self.ending().as_str())
    }

    /// The end of its name by which systems choose a program, without the dot; empty where it is none.
    #[must_use]
    pub fn ending(&self) -> String {
        let end = Path::new(&self.name).extension().and_then(|end| end.to_str()).unwrap_or_default();
        let usual = (1..=8).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if usual { end.to_ascii_lowercase() } else { String::new() }
    }
}

/// A file's bytes in the vault, and the name that the file has.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    no: i64,
    name: String,
}

/// What a proof belongs to, by its row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Belongs {
    /// A consent event.
    Event(i64),
    /// A request.
    Request(i64),
}

/// Reads files into the vault, piece by piece, inside the running act.
///
/// # Errors
/// [`Code::Unreadable`], with `why` for what is no plain file or empty; [`Code::TooLarge`]; faults of the database.
pub(crate) fn store_all(conn: &Connection, files: &[Given]) -> Result<Vec<Content>> {
    files.iter().map(|file| store(conn, file)).collect()
}

fn store(conn: &Connection, given: &Given) -> Result<Content> {
    let shown = given.path().map_or_else(|| given.name(), |path| path.display().to_string());
    let unreadable = |error: io::Error| Problem::new(Code::Unreadable).with("file", shown.as_str()).because(error);
    let odd = |why: &str| Problem::new(Code::Unreadable).with("file", shown.as_str()).with("why", why);
    let too_large =
        || Problem::new(Code::TooLarge).with("file", shown.as_str()).with("max", format!("{} MB", PROOF_MAX >> 20));
    if let Some(path) = given.path() {
        let meta = fs::symlink_metadata(path).map_err(unreadable)?;
        if !meta.is_file() {
            return Err(odd("no_plain_file"));
        }
        if meta.len() > PROOF_MAX {
            return Err(too_large());
        }
    }
    let mut file = given.open().map_err(unreadable)?;
    let new = next_content(conn)?;
    let mut add = conn.prepare_cached("INSERT INTO proof_chunk (content_no, n, data) VALUES (?, ?, ?)")?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0_u64, Vec::with_capacity(PIECE));
    for n in 0_i64.. {
        piece.clear();
        (&mut file).take(PIECE as u64).read_to_end(&mut piece).map_err(unreadable)?;
        if piece.is_empty() {
            break;
        }
        bytes += piece.len() as u64;
        if bytes > PROOF_MAX {
            return Err(too_large());
        }
        hash.update(&piece);
        add.execute(params![new, n, piece])?;
    }
    if bytes == 0 {
        return Err(odd("empty_proof"));
    }
    Ok(Content { no: keep_once(conn, new, bytes, &hash.finalize())?, name: given.name() })
}

/// The number that the next content will have; numbers are never used again.
fn next_content(conn: &Connection) -> Result<i64> {
    let last: Option<i64> = conn
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'proof_content'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}

/// Makes the pieces a content, or lets them go when the same bytes are there already.
fn keep_once(conn: &Connection, new: i64, bytes: u64, sha256: &[u8]) -> Result<i64> {
    let known: Option<i64> = conn
        .prepare_cached("SELECT no FROM proof_content WHERE sha256 = ?")?
        .query_row([sha256], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        conn.execute("DELETE FROM proof_chunk WHERE content_no = ?", [new])?;
        return Ok(known);
    }
    conn.execute("INSERT INTO proof_content (no, bytes, sha256) VALUES (?, ?, ?)", params![new, bytes, sha256])?;
    Ok(new)
}

/// Makes a content the proof of something.
pub(crate) fn attach(conn: &Connection, content: &Content, belongs: Belongs, at: i64) -> Result<Uuid> {
    let (event, request) = match belongs {
        Belongs::Event(no) => (Some(no), None),
        Belongs::Request(no) => (None, Some(no)),
    };
    let id = Uuid::now_v7();
    conn.prepare_cached(
        "INSERT INTO proof (id, event_no, request_no, name, content_no, at) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![id, event, request, content.name, content.no, at])?;
    Ok(id)
}

/// The proofs of a consent event, in the order of attaching.
pub(crate) fn of_event(conn: &Connection, event_no: i64) -> Result<Vec<ProofShown>> {
    let mut query = conn.prepare_cached(
        "SELECT id, name, sha256, bytes FROM proof JOIN proof_content c ON c.no = content_no
         WHERE event_no = ? ORDER BY proof.no",
    )?;
    let rows =
        query.query_map([event_no], |row| Ok(ProofShown::of(row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The files of a request, each with the moment in which it was attached, UTC milliseconds.
pub(crate) fn of_request(conn: &Connection, request_no: i64) -> Result<Vec<(i64, ProofShown)>> {
    let mut query = conn.prepare_cached(
        "SELECT at, id, name, sha256, bytes FROM proof JOIN proof_content c ON c.no = content_no
         WHERE request_no = ? ORDER BY proof.no",
    )?;
    let rows = query.query_map([request_no], |row| {
        Ok((row.get(0)?, ProofShown::of(row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every proof, each with the number of its content.
pub(crate) fn every(conn: &Connection) -> Result<Vec<(i64, ProofShown)>> {
    let mut query = conn.prepare_cached(
        "SELECT c.no, id, name, sha256, bytes FROM proof JOIN proof_content c ON c.no = content_no ORDER BY proof.no",
    )?;
    let rows = query
        .query_map([], |row| Ok((row.get(0)?, ProofShown::of(row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The proofs of the answers and requests of these contacts, each with the number of its content; a content once.
pub(crate) fn of_person(conn: &Connection, contact_nos: &[i64]) -> Result<Vec<(i64, ProofShown)>> {
    let mut query = conn.prepare_cached(
        "SELECT c.no, proof.id, proof.name, c.sha256, c.bytes FROM proof JOIN proof_content c ON c.no = proof.content_no
         WHERE event_no IN (SELECT no FROM consent_event WHERE contact_no = ?1)
           OR request_no IN (SELECT no FROM request WHERE contact_no = ?1) ORDER BY proof.no",
    )?;
    let mut all: Vec<(i64, ProofShown)> = Vec::new();
    for no in contact_nos {
        let rows = query.query_map([no], |row| {
            Ok((row.get(0)?, ProofShown::of(row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        })?;
        for found in rows {
            let found: (i64, ProofShown) = found?;
            if all.iter().all(|(known, _)| *known != found.0) {
                all.push(found);
            }
        }
    }
    Ok(all)
}

/// Gives the pieces of a content one after the other.
pub(crate) fn pieces(conn: &Connection, content_no: i64, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut query = conn.prepare_cached("SELECT data FROM proof_chunk WHERE content_no = ? ORDER BY n")?;
    let mut rows = query.query([content_no])?;
    while let Some(row) = rows.next()? {
        each(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}

/// Saves a proof outside the vault, whole and as it came in or not at all. That somebody took it out is an act of its own.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::InProfile`], [`Code::Unwritable`]; [`Code::VaultDamaged`] when the bytes are no longer those that came in.
pub fn export(vault: &mut Vault, proof: Uuid, to: &Path, now: DateTime<Utc>) -> Result<Done<ProofShown>> {
    let (content, contact, shown) = named(vault.rows(), proof)?;
    let mut leaving = Leaving::begin(vault.profile(), to)?;
    let mut hash = Sha256::new();
    pieces(vault.rows(), content, |piece| {
        hash.update(piece);
        leaving.write_all(piece).map_err(|error| leaving.failed(error))
    })?;
    if hex(&hash.finalize()) != shown.sha256 {
        return Err(Problem::new(Code::VaultDamaged));
    }
    leaving.sync()?;
    let done = vault.record(Act::ProofExported, Some(proof), now, |rows| {
        if let Some(contact) = contact {
            rows.fact(Some(contact), &json!({ "proof": proof, "sha256": shown.sha256 }))?;
        }
        Ok(shown)
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

/// Puts a proof where other programs can open it until the vault is locked: a private folder of the profile, under a name that
/// says what kind of file it is and nothing more. That somebody looked is an act of its own. Returns the file.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Invalid`] for a kind that is only saved; [`Code::Unwritable`], [`Code::DiskFull`];
/// [`Code::VaultDamaged`] when the bytes are no longer those that came in.
pub fn proof_open(vault: &mut Vault, proof: Uuid, now: DateTime<Utc>) -> Result<Done<PathBuf>> {
    let (content, contact, shown) = named(vault.rows(), proof)?;
    if !shown.opens() {
        return Err(Problem::invalid("proof", "saved_only").with("file", shown.name));
    }
    let dir = vault.profile().opened().join(Uuid::new_v4().to_string());
    let path = dir.join("proof").with_extension(shown.ending());
    create_private_dir(&dir)?;
    let done = copied(vault.rows(), content, &shown, &path).and_then(|()| {
        vault.record(Act::ProofExported, Some(proof), now, |rows| {
            if let Some(contact) = contact {
                rows.fact(Some(contact), &json!({ "proof": proof, "sha256": shown.sha256, "opened": true }))?;
            }
            Ok(path)
        })
    });
    if done.is_err() {
        // What cannot be removed now goes when the vault is locked.
        let _ = fs::remove_dir_all(&dir);
    }
    done
}

fn copied(conn: &Connection, content: i64, shown: &ProofShown, path: &Path) -> Result<()> {
    let mut file = create_private(path)?;
    let mut hash = Sha256::new();
    pieces(conn, content, |piece| {
        hash.update(piece);
        file.write_all(piece).map_err(|error| write_failed(path, error))
    })?;
    if hex(&hash.finalize()) == shown.sha256 { Ok(()) } else { Err(Problem::new(Code::VaultDamaged)) }
}

/// A proof as lists show it.
///
/// # Errors
/// [`Code::NotFound`]; faults of the database.
pub fn proof(vault: &Vault, proof: Uuid) -> Result<ProofShown> {
    Ok(named(vault.rows(), proof)?.2)
}

/// The number of a proof's content.
pub(crate) fn content(conn: &Connection, proof: Uuid) -> Result<i64> {
    Ok(named(conn, proof)?.0)
}

/// A proof's content, whom it is about, and how it is shown.
fn named(conn: &Connection, proof: Uuid) -> Result<(i64, Option<Uuid>, ProofShown)> {
    conn.prepare_cached(
        "SELECT c.no, contact.id, proof.name, c.sha256, c.bytes FROM proof JOIN proof_content c ON c.no = proof.content_no
         LEFT JOIN consent_event e ON e.no = proof.event_no LEFT JOIN request r ON r.no = proof.request_no
         LEFT JOIN contact ON contact.no = coalesce(e.contact_no, r.contact_no) WHERE proof.id = ?",
    )?
    .query_row([proof], |row| {
        Ok((row.get(0)?, row.get(1)?, ProofShown::of(proof, row.get(2)?, row.get(3)?, row.get(4)?)))
    })
    .optional()?
    .ok_or_else(|| Problem::not_found("proof", &proof.to_string()))
}
