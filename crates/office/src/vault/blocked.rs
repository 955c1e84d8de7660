//! The table of the blocked list: keyed hashes of what those who were erased were known by.

use std::cell::OnceCell;
use std::fmt;

use akkoord_rules::block::{Identifier, Kind};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Vault, hex};
use crate::key::{DataKey, Subkey};
use crate::problem::Result;

/// The label of the key under which identifiers are hashed.
const LABEL: &str = "blocked-list";

/// The list with the key that it takes to look in it.
pub(crate) struct Blocked<'c> {
    conn: &'c Connection,
    key: Subkey,
    /// Whether anything is on it: most vaults never need to hash anything.
    any: OnceCell<bool>,
}

impl fmt::Debug for Blocked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocked")
    }
}

/// An entry of the list.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    /// Since when, in UTC milliseconds.
    pub(crate) since: i64,
    /// The erasure that it came with.
    pub(crate) erasure: Uuid,
}

/// A hash with what it is of, as the chain and the journal name it: `email:` and 64 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) kind: Kind,
    pub(crate) hash: [u8; 32],
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), hex(&self.hash))
    }
}

impl Listed {
    /// What such a name says; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (kind, digits) = text.split_once(':')?;
        Some(Self { kind: Kind::parse(kind)?, hash: crate::key::bytes_of(digits.as_bytes())? })
    }
}

impl<'c> Blocked<'c> {
    /// The list that this connection sees.
    pub(super) fn of(conn: &'c Connection, key: &DataKey) -> Self {
        Self { conn, key: key.subkey(LABEL), any: OnceCell::new() }
    }

    /// The hash of an identifier.
    pub(crate) fn hashed(&self, identifier: &Identifier) -> Listed {
        Listed { kind: identifier.kind, hash: self.key.mac(&identifier.message()) }
    }

    /// The entry of an identifier, if it is on the list.
    pub(crate) fn find(&self, identifier: &Identifier) -> Result<Option<Entry>> {
        if !self.any()? {
            return Ok(None);
        }
        let found = self
            .conn
            .prepare_cached(
                "SELECT b.kind, b.since, e.id FROM blocked b JOIN erasure e ON e.no = b.erasure_no WHERE b.hash = ?",
            )?
            .query_row([self.hashed(identifier).hash], entry)
            .optional()?;
        Ok(found)
    }

    fn any(&self) -> Result<bool> {
        if let Some(known) = self.any.get() {
            return Ok(*known);
        }
        let found = self.conn.prepare_cached("SELECT 1 FROM blocked LIMIT 1")?.exists([])?;
        Ok(*self.any.get_or_init(|| found))
    }
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    let kind: String = row.get(0)?;
    let kind = Kind::parse(&kind).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Entry { kind, since: row.get(1)?, erasure: row.get(2)? })
}

impl Vault {
    /// The blocked list as it stands.
    pub(crate) fn blocked(&self) -> Blocked<'_> {
        Blocked::of(&self.conn, &self.key)
    }

    /// A key for one purpose, derived from the data key.
    pub(crate) fn subkey(&self, label: &str) -> Subkey {
        self.key.subkey(label)
    }
}

/// Every entry, the latest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Entry>> {
    let mut query = conn.prepare_cached(
        "SELECT b.kind, b.since, e.id FROM blocked b JOIN erasure e ON e.no = b.erasure_no ORDER BY b.no DESC",
    )?;
    Ok(query.query_map([], entry)?.collect::<Result<_, _>>()?)
}

/// Puts a hash on the list; one that is there already stays as it is.
pub(crate) fn insert(conn: &Connection, erasure_no: i64, listed: &Listed, since: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO blocked (kind, hash, erasure_no, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?
    .execute(params![listed.kind.as_str(), listed.hash, erasure_no, since])?;
    Ok(())
}

/// Takes a hash off the list. True where it was on it.
pub(crate) fn remove(conn: &Connection, listed: &Listed) -> Result<bool> {
    Ok(conn.prepare_cached("DELETE FROM blocked WHERE hash = ?")?.execute([listed.hash])? > 0)
}

/// The hashes that came with the same erasure as this one and are of these kinds.
pub(crate) fn beside(conn: &Connection, listed: &Listed, kinds: &[Kind]) -> Result<Vec<Listed>> {
    let mut query = conn.prepare_cached(
        "SELECT kind, hash FROM blocked WHERE erasure_no = (SELECT erasure_no FROM blocked WHERE hash = ?) ORDER BY no",
    )?;
    let all = query.query_map([listed.hash], pair)?.collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|one| kinds.contains(&one.kind)).collect())
}

fn pair(row: &rusqlite::Row<'_>) -> rusqlite::Result<Listed> {
    let kind: String = row.get(0)?;
    Ok(Listed { kind: Kind::parse(&kind).ok_or(rusqlite::Error::InvalidQuery)?, hash: row.get(1)? })
}

/// Somebody who came back by their own wish.
#[derive(Debug, Clone)]
pub(crate) struct Unblocking {
    pub(crate) id: Uuid,
    /// As JSON: what [`Listed`] says of each.
    pub(crate) hashes: String,
    pub(crate) reason: String,
    pub(crate) at: i64,
    pub(crate) by: String,
}

/// Writes an unblocking down.
pub(crate) fn insert_unblocking(conn: &Connection, one: &Unblocking) -> Result<()> {
    conn.prepare_cached("INSERT INTO unblocked (id, hashes, reason, at, by) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![one.id, one.hashes, one.reason, one.at, one.by])?;
    Ok(())
}

/// Every unblocking, in the order in which they were recorded.
pub(crate) fn unblockings(conn: &Connection) -> Result<Vec<Unblocking>> {
    let mut query = conn.prepare_cached("SELECT id, hashes, reason, at, by FROM unblocked ORDER BY no")?;
    let rows = query.query_map([], |row| {
        Ok(Unblocking { id: row.get(0)?, hashes: row.get(1)?, reason: row.get(2)?, at: row.get(3)?, by: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every hash of the list.
pub(crate) fn everything(conn: &Connection) -> Result<Vec<Listed>> {
    let mut query = conn.prepare_cached("SELECT kind, hash FROM blocked ORDER BY no")?;
    Ok(query.query_map([], pair)?.collect::<Result<_, _>>()?)
}
