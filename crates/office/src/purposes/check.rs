//! That purposes and their texts are the ones that were sealed: what the gate rests on must not be edited unseen.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::problem::Result;
use crate::vault::{Act, Fault, hex};

/// A purpose as far as it is sealed.
#[derive(Debug, Default, PartialEq)]
struct Known {
    /// Its columns by name.
    defined: Map<String, Value>,
    /// By version: from when, and whether it ended every yes before.
    versions: BTreeMap<i64, (i64, bool)>,
    /// By version and language: the text's SHA-256.
    texts: BTreeMap<(i64, String), String>,
}

/// The columns that defining a purpose seals; its id and its short name stand beside them.
const DEFINED: [&str; 6] = ["title", "basis", "marketing", "channels", "label", "retention"];

/// The first purpose that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    let (sealed, held) = (sealed(conn)?, held(conn)?);
    let fault = |seq| Some(Fault { seq, code: "purpose_changed" });
    if let Some((_, (seq, _))) = sealed.iter().find(|(key, (_, known))| held.get(*key) != Some(known)) {
        return Ok(fault(*seq));
    }
    Ok(if held.len() == sealed.len() { None } else { fault(0) })
}

/// Purposes by key, as the audit chain's facts tell them, each with the entry that last changed it.
fn sealed(conn: &Connection) -> Result<BTreeMap<String, (i64, Known)>> {
    let mut query = conn.prepare(
        "SELECT a.seq, a.at, f.facts, lower(hex(a.subject)) FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?, ?) ORDER BY a.seq, f.n",
    )?;
    let acts = [Act::PurposeAdded, Act::PurposeWorded, Act::PurposeSet];
    let mut rows = query.query(acts.map(Act::code))?;
    let mut purposes: BTreeMap<String, (i64, Known)> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (seq, at, facts, id): (i64, i64, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let facts: Value = serde_json::from_str(&facts).unwrap_or_default();
        // Beside a purpose an entry may seal the connections that it is shared with.
        let Some(facts) = facts.get("purpose") else { continue };
        let key = facts["key"].as_str().unwrap_or_default().to_owned();
        let version = facts["version"].as_i64().unwrap_or_default();
        let (last, known) = purposes.entry(key).or_default();
        *last = seq;
        if facts["basis"].is_string() {
            known.defined = DEFINED.iter().map(|column| ((*column).to_owned(), facts[*column].clone())).collect();
            known.defined.insert("id".to_owned(), id.into());
            known.defined.insert("short".to_owned(), "".into());
            // Entries of before these columns: as their migration filled them.
            let softly = facts["basis"] == "legitimate_interests" && facts["marketing"] == true;
            known.defined.insert("soft_opt_in".to_owned(), facts["soft_opt_in"].as_bool().unwrap_or(softly).into());
            known.defined.insert("special".to_owned(), (facts["special"] == true).into());
        }
        if let Some(set) = facts["set"].as_object() {
            known.defined.extend(set.clone());
        }
        // An entry that only words a version begins none.
        if facts["basis"].is_string() || facts["material"].is_boolean() {
            known.versions.insert(version, (at, facts["material"] == true));
        }
        if let (Some(language), Some(sha256)) =
            (facts["wording"]["language"].as_str(), facts["wording"]["sha256"].as_str())
        {
            known.texts.insert((version, language.to_owned()), sha256.to_owned());
        }
    }
    Ok(purposes)
}

/// Purposes by key, as their tables hold them.
fn held(conn: &Connection) -> Result<BTreeMap<String, Known>> {
    let mut purposes: BTreeMap<String, Known> = BTreeMap::new();
    let mut query = conn.prepare(
        "SELECT key, lower(hex(id)), title, basis, channels, label, retention, short, marketing, soft_opt_in, special
         FROM purpose",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get::<_, String>(column);
        let columns = ["id", "title", "basis", "channels", "label", "retention", "short"];
        let mut defined = Map::new();
        for (at, column) in (8..).zip(["marketing", "soft_opt_in", "special"]) {
            defined.insert(column.to_owned(), row.get::<_, bool>(at)?.into());
        }
        for (at, column) in (1..).zip(columns) {
            defined.insert(column.to_owned(), text(at)?.into());
        }
        purposes.insert(text(0)?, Known { defined, ..Known::default() });
    }
    let mut query = conn.prepare(
        "SELECT coalesce(key, ''), version, since, material FROM purpose_version LEFT JOIN purpose ON no = purpose_no",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let known = purposes.entry(row.get(0)?).or_default();
        known.versions.insert(row.get(1)?, (row.get(2)?, row.get(3)?));
    }
    let mut query = conn.prepare(
        "SELECT coalesce(key, ''), version, language, text, lower(hex(sha256)) FROM purpose_wording
         LEFT JOIN purpose ON no = purpose_no",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (text, kept): (String, String) = (row.get(3)?, row.get(4)?);
        let sha256 = hex(&Sha256::digest(text.as_bytes()));
        let sha256 = if sha256 == kept { sha256 } else { String::new() };
        purposes.entry(row.get(0)?).or_default().texts.insert((row.get(1)?, row.get(2)?), sha256);
    }
    Ok(purposes)
}
