//! The text that people read or hear, per version and language. What somebody saw is never changed.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::stored::{answerable, latest};
use crate::consents::refresh_purpose;
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Done, Rows, Vault, hex};

/// The longest wording, in bytes: far more than anybody reads before saying yes.
pub const WORDING_MAX: u64 = 64 << 10;

/// A text in a language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Wording {
    /// Two or three letters (ISO 639).
    pub language: String,
    /// The text, plain or Markdown.
    pub text: String,
}

impl Wording {
    /// A text in a language.
    ///
    /// # Errors
    /// [`Code::Invalid`] for a language that is no code, or a text without any visible character.
    pub fn new(language: &str, text: String) -> Result<Self> {
        let language = language.trim().to_ascii_lowercase();
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Problem::invalid("language", "no_language"));
        }
        if crate::normal::text::trim(&text).is_empty() {
            return Err(Problem::invalid("wording", "empty"));
        }
        Ok(Self { language, text })
    }
}

/// Reads the file of a wording: text in UTF-8, a byte order mark left off, all else as it stands.
///
/// # Errors
/// [`Code::Unreadable`], with `why` where it is not text; [`Code::TooLarge`].
pub fn read_wording(path: &Path, language: &str) -> Result<Wording> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| Problem::new(Code::Unreadable).with("file", name.as_str()).because(error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(WORDING_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > WORDING_MAX {
        let max = format!("{} KB", WORDING_MAX >> 10);
        return Err(Problem::new(Code::TooLarge).with("file", name.as_str()).with("max", max));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(odd) => Wording::new(language, text.to_owned()),
        Ok(_) | Err(_) => Err(Problem::new(Code::Unreadable).with("file", name).with("why", "not_utf8")),
    }
}

/// Gives a version its texts, in each language once, or others as long as nobody saw them. Returns the version.
///
/// # Errors
/// [`Code::NotFound`] for the purpose or version; [`Code::BuiltinPurpose`]; [`Code::WordingInUse`]; [`Code::Invalid`] without
/// any text or with two in one language.
pub fn word(
    vault: &mut Vault,
    key: &str,
    wordings: &[Wording],
    version: Option<u32>,
    now: DateTime<Utc>,
) -> Result<Done<u32>> {
    let stored = answerable(vault.rows(), vault.business(), key)?;
    let version = version.unwrap_or_else(|| latest(&stored.rules));
    if !stored.rules.versions.iter().any(|known| known.number == version) {
        return Err(Problem::not_found("version", &version.to_string()));
    }
    vault.record(Act::PurposeWorded, None, now, |rows| {
        any(wordings)?;
        put_all(rows, (stored.no, key), version, wordings)?;
        Ok(version)
    })
}

/// Starts a new version, from today on, with its texts, in each language once. A material change ends every yes to an older
/// version. Returns the version.
///
/// # Errors
/// [`Code::NotFound`], [`Code::BuiltinPurpose`]; [`Code::Invalid`] without any text or with two in one language.
pub fn revise(
    vault: &mut Vault,
    key: &str,
    wordings: &[Wording],
    material: bool,
    now: DateTime<Utc>,
) -> Result<Done<u32>> {
    let business = vault.business().clone();
    let stored = answerable(vault.rows(), &business, key)?;
    let version = latest(&stored.rules) + 1;
    vault.record(Act::PurposeWorded, None, now, |rows| {
        rows.execute(
            "INSERT INTO purpose_version (purpose_no, version, since, material) VALUES (?, ?, ?, ?)",
            params![stored.no, version, rows.at, material],
        )?;
        rows.fact(None, &json!({ "purpose": { "key": key, "version": version, "material": material } }))?;
        any(wordings)?;
        put_all(rows, (stored.no, key), version, wordings)?;
        if material {
            refresh_purpose(rows, &business, stored.no, now)?;
        }
        Ok(version)
    })
}

fn any(wordings: &[Wording]) -> Result<()> {
    if wordings.is_empty() { Err(Problem::invalid("wording", "empty")) } else { Ok(()) }
}

/// Writes the texts of a version of a purpose, its row and its key, inside the running act: all of them, or none.
pub(super) fn put_all(rows: &mut Rows<'_>, (no, key): (i64, &str), version: u32, wordings: &[Wording]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for wording in wordings {
        let facts = put(rows, no, version, wording).map_err(|problem| problem.with("purpose", key))?;
        if !seen.insert(facts["language"].to_string()) {
            return Err(Problem::invalid("language", "twice").with("given", wording.language.as_str()));
        }
        rows.fact(None, &json!({ "purpose": { "key": key, "version": version, "wording": facts } }))?;
    }
    Ok(())
}

/// Writes a text, unless people saw another one in its place; returns its facts.
fn put(rows: &Rows<'_>, purpose_no: i64, version: u32, wording: &Wording) -> Result<Value> {
    // What came in from outside was not made by `new`, and is looked over here, where every text passes.
    let wording = &Wording::new(&wording.language, wording.text.clone())?;
    let place = params![purpose_no, version, wording.language];
    let before: Option<String> = rows
        .prepare_cached("SELECT text FROM purpose_wording WHERE purpose_no = ? AND version = ? AND language = ?")?
        .query_row(place, |row| row.get(0))
        .optional()?;
    let seen = rows
        .prepare_cached(
            "SELECT 1 FROM consent_event WHERE purpose_no = ? AND version = ? AND language = ? AND text <> '' LIMIT 1",
        )?
        .exists(place)?;
    if seen && before.is_some_and(|before| before != wording.text) {
        let problem = Problem::new(Code::WordingInUse).with("version", version);
        return Err(problem.with("language", wording.language.as_str()));
    }
    let sha256 = Sha256::digest(wording.text.as_bytes());
    rows.prepare_cached(
        "INSERT INTO purpose_wording (purpose_no, version, language, text, sha256) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET text = excluded.text, sha256 = excluded.sha256",
    )?
    .execute(params![purpose_no, version, wording.language, wording.text, sha256.as_slice()])?;
    Ok(json!({ "language": wording.language, "sha256": hex(&sha256) }))
}
