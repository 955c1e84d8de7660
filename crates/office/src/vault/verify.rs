//! Walking the audit chain: any entry, leaf or fact that was changed, added, removed or cut off shows.

use akkoord_rules::chain::{Commitment, Entry, GENESIS, Hash, leaf};
use rusqlite::{Connection, OptionalExtension, Rows, params};
use serde::Serialize;
use uuid::Uuid;

use super::record::head;
use super::{Act, Vault, breach, hex};
use crate::connections;
use crate::consents;
use crate::erasure;
use crate::mail;
use crate::people;
use crate::problem::{Problem, Result};
use crate::requests;

/// What verifying found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Verified {
    /// How many entries the chain has.
    pub entries: i64,
    /// The hash of the last one, in hex.
    pub head: String,
    /// Whether everything holds.
    pub ok: bool,
    /// The first thing that does not.
    pub first_fault: Option<Fault>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "AuditFault")]
pub struct Fault {
    /// The entry at which it shows.
    pub seq: i64,
    /// What is wrong; a code.
    pub code: &'static str,
}

impl Vault {
    /// Verifies the whole audit chain, its facts, and that each consent event, proof, objection, request and contact is
    /// the one that was sealed. `expected` is a head from a backup, dossier or certificate: an entry with that hash must be in the chain.
    ///
    /// # Errors
    /// [`crate::Code::Invalid`] for an `expected` that is no hash; faults of the database; a fault of the chain is a result.
    pub fn verify(&self, expected: Option<&str>) -> Result<Verified> {
        self.verify_telling(expected, |_| Ok(()))
    }

    /// The same, and tells after each entry of the chain how many were walked.
    ///
    /// # Errors
    /// As [`Vault::verify`]; what `each` refuses with, which stops it.
    pub fn verify_telling(&self, expected: Option<&str>, each: impl FnMut(i64) -> Result<()>) -> Result<Verified> {
        let expected = expected.map(str::trim);
        let is_hash = |head: &str| head.len() == 64 && head.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !expected.is_none_or(is_hash) {
            return Err(Problem::invalid("head", "no_hash"));
        }
        let conn = self.rows();
        let last = head(conn)?;
        let first_fault = match chain(conn, each)? {
            Some(fault) => Some(fault),
            None if self.rolled_back() => Some(Fault { seq: last.seq + 1, code: "rolled_back" }),
            None => rows_changed(conn)?.or(head_missing(conn, expected, last.seq)?),
        };
        Ok(Verified { entries: last.seq, head: hex(&last.hash), ok: first_fault.is_none(), first_fault })
    }
}

/// The first thing that does not hold in a file by itself, whatever is known of it elsewhere.
pub(super) fn sealed(conn: &Connection) -> Result<Option<Fault>> {
    match chain(conn, |_| Ok(()))? {
        Some(fault) => Ok(Some(fault)),
        None => rows_changed(conn),
    }
}

/// The first row that is not as it was sealed.
fn rows_changed(conn: &Connection) -> Result<Option<Fault>> {
    let checks = [
        consents::changed,
        requests::changed,
        people::changed,
        connections::changed,
        mail::changed,
        breach::changed,
        erasure::changed,
    ];
    for check in checks {
        if let Some(fault) = check(conn)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

fn head_missing(conn: &Connection, expected: Option<&str>, last: i64) -> Result<Option<Fault>> {
    let Some(expected) = expected else { return Ok(None) };
    let known = conn.prepare_cached("SELECT 1 FROM audit WHERE lower(hex(hash)) = lower(?)")?.exists([expected])?;
    Ok((!known).then_some(Fault { seq: last + 1, code: "head_missing" }))
}

fn chain(conn: &Connection, mut each: impl FnMut(i64) -> Result<()>) -> Result<Option<Fault>> {
    let mut entries =
        conn.prepare("SELECT seq, at, actor, act, subject, commitment, prev, hash FROM audit ORDER BY seq")?;
    let mut leaves = conn.prepare(
        "SELECT audit_leaf.seq, audit_leaf.n, audit_leaf.contact_id, leaf, salt, facts, audit_fact.contact_id
         FROM audit_leaf LEFT JOIN audit_fact USING (seq, n) ORDER BY audit_leaf.seq, audit_leaf.n",
    )?;
    let mut entries = entries.query([])?;
    let mut leaves = Leaves { rows: leaves.query([])?, next: None };
    leaves.advance()?;
    let mut prev = GENESIS;
    let mut expected = 1;
    while let Some(row) = entries.next()? {
        let seq: i64 = row.get(0)?;
        let fault = |code| Ok(Some(Fault { seq: expected, code }));
        if seq != expected {
            return fault("entry_missing");
        }
        let (actor, act): (String, String) = (row.get(2)?, row.get(3)?);
        let subject: Option<Uuid> = row.get(4)?;
        let (commitment, found_prev, hash): (Hash, Hash, Hash) = (row.get(5)?, row.get(6)?, row.get(7)?);
        let subject = subject.as_ref().map(Uuid::as_bytes);
        let entry =
            Entry { seq, at: row.get(1)?, actor: &actor, act: &act, subject, commitment: &commitment, prev: &prev };
        if found_prev != prev || entry.hash() != hash {
            return fault("entry_changed");
        }
        match leaves.commitment_of(conn, seq)? {
            Ok(found) if found == commitment => {}
            Ok(_) => return fault("leaf_changed"),
            Err(code) => return fault(code),
        }
        prev = hash;
        each(seq)?;
        expected += 1;
    }
    let left: i64 = conn.query_row(
        "SELECT (SELECT count(*) FROM audit_leaf WHERE seq NOT IN (SELECT seq FROM audit))
              + (SELECT count(*) FROM audit_fact WHERE NOT EXISTS (SELECT 1 FROM audit_leaf
                   WHERE audit_leaf.seq = audit_fact.seq AND audit_leaf.n = audit_fact.n))",
        [],
        |row| row.get(0),
    )?;
    if left > 0 {
        return Ok(Some(Fault { seq: expected, code: "leaf_added" }));
    }
    removed_too_many(conn)
}

struct Leaf {
    seq: i64,
    n: i64,
    contact: Option<Uuid>,
    leaf: Hash,
    fact: Option<([u8; 16], String, Option<Uuid>)>,
}

/// The leaves of all entries, in order, one read ahead.
struct Leaves<'a> {
    rows: Rows<'a>,
    next: Option<Leaf>,
}

impl Leaves<'_> {
    fn advance(&mut self) -> Result<()> {
        self.next = match self.rows.next()? {
            None => None,
            Some(row) => {
                let salt: Option<[u8; 16]> = row.get(4)?;
                let facts: Option<String> = row.get(5)?;
                let owner: Option<Uuid> = row.get(6)?;
                let fact = salt.zip(facts).map(|(salt, facts)| (salt, facts, owner));
                Some(Leaf { seq: row.get(0)?, n: row.get(1)?, contact: row.get(2)?, leaf: row.get(3)?, fact })
            }
        };
        Ok(())
    }

    /// The commitment over one entry's leaves, or the code of the first that does not hold.
    fn commitment_of(&mut self, conn: &Connection, seq: i64) -> Result<Result<Hash, &'static str>> {
        let mut commitment = Commitment::new();
        let mut n = 0;
        while let Some(next) = self.next.take_if(|next| next.seq == seq) {
            if next.n != n {
                return Ok(Err("leaf_missing"));
            }
            match &next.fact {
                Some((salt, facts, owner)) if leaf(salt, facts.as_bytes()) != next.leaf || *owner != next.contact => {
                    return Ok(Err("fact_changed"));
                }
                Some(_) => {}
                None if may_be_gone(conn, &next)? => {}
                None => return Ok(Err("fact_missing")),
            }
            commitment.add(next.contact.as_ref().map(Uuid::as_bytes), &next.leaf);
            n += 1;
            self.advance()?;
        }
        Ok(Ok(commitment.finish()))
    }
}

/// Facts may be missing only for a contact that was erased, or that an undoing removed, of an import or of a conversation; then
/// only those of such acts: nobody else had touched it. An undoing names whom it removed without facts; whom it restored has some,
/// and stays.
fn may_be_gone(conn: &Connection, leaf: &Leaf) -> Result<bool> {
    let Some(contact) = leaf.contact else { return Ok(false) };
    let erased = conn
        .prepare_cached(
            "SELECT 1 FROM audit_leaf gone JOIN audit erased ON erased.seq = gone.seq
             WHERE gone.contact_id = ?1 AND gone.seq >= ?2 AND erased.act = ?3
               AND NOT EXISTS (SELECT 1 FROM audit_fact f WHERE f.seq = gone.seq AND f.n = gone.n)
               AND NOT EXISTS (SELECT 1 FROM contact WHERE id = ?1)",
        )?
        .exists(params![contact, leaf.seq, Act::Erased.code()])?;
    if erased {
        return Ok(true);
    }
    for (undone, done) in [(Act::ImportUndone, Act::Imported), (Act::CallUndone, Act::CallRecorded)] {
        let gone = conn
            .prepare_cached(
                "SELECT 1 FROM audit_leaf gone JOIN audit undo ON undo.seq = gone.seq JOIN audit entry ON entry.seq = ?2
                 WHERE gone.contact_id = ?1 AND gone.seq >= ?2 AND undo.act = ?3 AND entry.act IN (?3, ?4)
                   AND NOT EXISTS (SELECT 1 FROM audit_fact f WHERE f.seq = gone.seq AND f.n = gone.n)
                   AND NOT EXISTS (SELECT 1 FROM contact WHERE id = ?1)",
            )?
            .exists(params![contact, leaf.seq, undone.code(), done.code()])?;
        if gone {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An undoing or erasure that names more contacts without facts than it said it removed: facts about whom it restored were taken
/// away. Whom it restored may have been erased since.
fn removed_too_many(conn: &Connection) -> Result<Option<Fault>> {
    let seq: Option<i64> = conn
        .prepare_cached(
            "SELECT a.seq FROM audit a JOIN audit_fact said ON said.seq = a.seq AND said.contact_id IS NULL
             WHERE a.act IN (?1, ?2)
               AND coalesce(said.facts ->> '$.removed', said.facts ->> '$.erasure.destroyed.contacts') <> (
               SELECT count(*) FROM audit_leaf l WHERE l.seq = a.seq
                 AND NOT EXISTS (SELECT 1 FROM audit_fact f WHERE f.seq = l.seq AND f.n = l.n)
                 AND NOT EXISTS (SELECT 1 FROM audit_leaf gone JOIN audit erased ON erased.seq = gone.seq
                   WHERE gone.contact_id = l.contact_id AND gone.seq > l.seq AND erased.act = ?2))
             ORDER BY a.seq LIMIT 1",
        )?
        .query_row([Act::ImportUndone.code(), Act::Erased.code()], |row| row.get(0))
        .optional()?;
    Ok(seq.map(|seq| Fault { seq, code: "fact_missing" }))
}
