//! Letters that were made about a request: a copy stays with it.

use rusqlite::{Connection, params};
use serde_json::Value;
use uuid::Uuid;

use super::standing::{Standing, attach_all};
use crate::consents::ProofShown;
use crate::problem::Result;
use crate::profile::incoming::Given;
use crate::vault::{Act, Rows};

/// Keeps a letter with its request, inside the act that makes it and seals the file's id.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub(crate) fn keep_letter(rows: &Rows<'_>, request: Uuid, letter: &Given) -> Result<Vec<ProofShown>> {
    let standing = Standing::find(rows, request)?;
    attach_all(rows, standing.no, std::slice::from_ref(letter))
}

/// A letter about a request, as it was sealed.
pub(super) struct Sealed {
    pub(super) file: Uuid,
    /// UTC milliseconds.
    pub(super) at: i64,
    pub(super) sha256: String,
}

/// The letters about this request that were kept with it, in order.
pub(super) fn sealed_letters(conn: &Connection, request: Uuid) -> Result<Vec<Sealed>> {
    let mut query = conn.prepare_cached(
        "SELECT f.facts, a.at FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?) AND f.facts ->> '$.letter.request' = ? ORDER BY a.seq",
    )?;
    let rows = query
        .query_map(params![Act::LetterMade.code(), Act::MailQueued.code(), request.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
    let mut letters = Vec::new();
    for row in rows {
        let (facts, at) = row?;
        let facts: Value = serde_json::from_str(&facts).unwrap_or_default();
        let files = facts.get("files").and_then(Value::as_array).into_iter().flatten();
        let sha256 = facts.pointer("/letter/sha256").and_then(Value::as_str).unwrap_or_default();
        let sealed = |file| Sealed { file, at, sha256: sha256.to_owned() };
        letters.extend(files.filter_map(|id| id.as_str()?.parse().ok()).map(sealed));
    }
    Ok(letters)
}
