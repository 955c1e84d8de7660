//! A person's part of the audit log, so that it can be recomputed by who has nothing else: facts, salts, leaves, entries, and
//! the chain from its beginning to its head.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::{Code, Problem, Result};
use crate::vault::{Business, hex};

/// An entry that names the person, with all that it seals.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) seq: i64,
    /// When it was recorded, RFC 3339; the chain has the same in milliseconds.
    pub(super) recorded: String,
    pub(super) act: String,
    pub(super) leaves: Vec<Leaf>,
}

/// One leaf. Of other people the entry seals a leaf as well: of them nothing stands here but an id that only the vault knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Leaf {
    pub(super) contact: Option<Uuid>,
    pub(super) leaf: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) salt: Option<String>,
    /// The facts as they were sealed, byte for byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) facts: Option<String>,
}

/// An entry of the chain, as its hash sees it; each stands on the hash of the one before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) actor: String,
    pub(super) act: String,
    pub(super) subject: Option<Uuid>,
    pub(super) commitment: String,
    pub(super) hash: String,
}

/// The entries that name somebody of a group.
pub(super) fn of(conn: &Connection, business: &Business, group: &[i64]) -> Result<Vec<Sealed>> {
    let ids = ids(conn, group)?;
    let text = serde_json::to_string(group).map_err(|error| Problem::new(Code::System).because(error))?;
    let mut query = conn.prepare(
        "SELECT seq, at, act FROM audit WHERE EXISTS (
           SELECT 1 FROM contact WHERE no IN (SELECT value FROM json_each(?1)) AND (id = subject
             OR EXISTS (SELECT 1 FROM audit_leaf l WHERE l.contact_id = id AND l.seq = audit.seq))) ORDER BY seq",
    )?;
    let mut rows = query.query([text])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let seq = row.get(0)?;
        let leaves = leaves(conn, seq, &ids)?;
        all.push(Sealed { seq, recorded: business.said(row.get(1)?), act: row.get(2)?, leaves });
    }
    Ok(all)
}

fn ids(conn: &Connection, group: &[i64]) -> Result<Vec<Uuid>> {
    let id = |no: &i64| conn.query_row("SELECT id FROM contact WHERE no = ?", [no], |row| row.get(0)).optional();
    Ok(group.iter().map(id).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn leaves(conn: &Connection, seq: i64, ids: &[Uuid]) -> Result<Vec<Leaf>> {
    let mut query = conn.prepare_cached(
        "SELECT l.contact_id, l.leaf, f.salt, f.facts FROM audit_leaf l LEFT JOIN audit_fact f USING (seq, n)
         WHERE l.seq = ? ORDER BY l.n",
    )?;
    let mut rows = query.query(params![seq])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (contact, leaf): (Option<Uuid>, [u8; 32]) = (row.get(0)?, row.get(1)?);
        let ours = contact.is_some_and(|contact| ids.contains(&contact));
        let (salt, facts): (Option<[u8; 16]>, Option<String>) =
            if ours { (row.get(2)?, row.get(3)?) } else { (None, None) };
        all.push(Leaf { contact, leaf: hex(&leaf), salt: salt.map(|salt| hex(&salt)), facts });
    }
    Ok(all)
}

/// The whole chain: ids and codes.
pub(super) fn chain(conn: &Connection) -> Result<Vec<Link>> {
    let mut query = conn.prepare("SELECT seq, at, actor, act, subject, commitment, hash FROM audit ORDER BY seq")?;
    let rows = query.query_map([], |row| {
        Ok(Link {
            seq: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            act: row.get(3)?,
            subject: row.get(4)?,
            commitment: hex(&row.get::<_, [u8; 32]>(5)?),
            hash: hex(&row.get::<_, [u8; 32]>(6)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
