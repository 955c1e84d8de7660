//! The one door for every write: the rows, the audit entry and its leaves in one transaction.

use std::time::Duration;

use akkoord_rules::chain::{Commitment, Entry, GENESIS, Hash, leaf};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use uuid::Uuid;

use super::Vault;
use super::act::{Act, Area};
use super::blocked::Blocked;
use crate::problem::{Code, Problem, Result};

/// How long to wait for those who read beside, before the log of changes is left for later.
const PATIENCE: Duration = Duration::from_millis(250);

/// What a recorded act gives back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Done<T> {
    /// The use case's own result.
    pub output: T,
    /// What a window must read again.
    pub touched: &'static [Area],
}

/// The rows of the running act: a transaction that also collects the act's facts.
pub struct Rows<'tx> {
    tx: &'tx Transaction<'tx>,
    /// The act's position in the audit chain.
    pub seq: i64,
    /// When the act is recorded, UTC milliseconds.
    pub at: i64,
    subject: Option<Uuid>,
    leaves: i64,
    commitment: Commitment,
    salts: Salts,
    blocked: Blocked<'tx>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("seq", &self.seq).field("leaves", &self.leaves).finish_non_exhaustive()
    }
}

impl std::ops::Deref for Rows<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.tx
    }
}

impl<'tx> Rows<'tx> {
    /// The rows of an act that is not sealed yet.
    pub(super) fn of(
        tx: &'tx Transaction<'tx>,
        seq: i64,
        at: i64,
        subject: Option<Uuid>,
        blocked: Blocked<'tx>,
    ) -> Self {
        Self { tx, seq, at, subject, leaves: 0, commitment: Commitment::new(), salts: Salts::default(), blocked }
    }
}

impl<'tx> Rows<'tx> {
    /// The transaction's rows, for reading on while facts are added.
    pub(crate) fn beside(&self) -> &'tx Connection {
        self.tx
    }

    /// Who must not come in.
    pub(crate) fn blocked(&self) -> &Blocked<'tx> {
        &self.blocked
    }
}

impl Rows<'_> {
    /// Names the one thing that the act is done to, where it only exists once the act runs.
    pub fn about(&mut self, subject: Uuid) {
        self.subject = Some(subject);
    }

    /// Adds facts of the act, about a contact where they are: they feed the timeline and undo, and go when that contact is erased.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fact(&mut self, contact: Option<Uuid>, facts: &impl Serialize) -> Result<()> {
        let facts = serde_json::to_string(facts).map_err(|error| Problem::new(Code::System).because(error))?;
        self.fact_text(contact, &facts)
    }

    /// As [`Rows::fact`], with facts that are JSON text already.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fact_text(&mut self, contact: Option<Uuid>, facts: &str) -> Result<()> {
        let salt = self.salts.take()?;
        let hash = leaf(&salt, facts.as_bytes());
        self.tx
            .prepare_cached("INSERT INTO audit_fact (seq, n, contact_id, salt, facts) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![self.seq, self.leaves, contact, salt, facts])?;
        self.leaf(contact, &hash)
    }

    /// Adds a leaf without kept facts: the entry names the contact and nothing more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn names(&mut self, contact: Uuid) -> Result<()> {
        let salt = self.salts.take()?;
        self.leaf(Some(contact), &leaf(&salt, b""))
    }

    fn leaf(&mut self, contact: Option<Uuid>, hash: &Hash) -> Result<()> {
        self.tx
            .prepare_cached("INSERT INTO audit_leaf (seq, n, contact_id, leaf) VALUES (?, ?, ?, ?)")?
            .execute(params![self.seq, self.leaves, contact, hash])?;
        self.commitment.add(contact.as_ref().map(Uuid::as_bytes), hash);
        self.leaves += 1;
        Ok(())
    }
}

/// Random salts, drawn from the system in batches: an import takes one a row.
#[derive(Default)]
struct Salts {
    pool: Vec<[u8; 16]>,
}

impl Salts {
    fn take(&mut self) -> Result<[u8; 16]> {
        if let Some(salt) = self.pool.pop() {
            return Ok(salt);
        }
        let mut bytes = [0_u8; 16 * 64];
        getrandom::fill(&mut bytes).map_err(|error| Problem::new(Code::System).because(error))?;
        self.pool.extend(bytes.as_chunks().0);
        self.pool.pop().ok_or_else(|| Problem::new(Code::System))
    }
}

impl Vault {
    /// Runs `work` as one act: all of it is kept and sealed in the audit chain, or nothing is.
    ///
    /// # Errors
    /// Whatever `work` refuses with; [`Code::VaultReadOnly`] when the vault was opened for reading; faults of the database.
    pub fn record<T>(
        &mut self,
        act: Act,
        subject: Option<Uuid>,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Rows<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        if !self.writes() {
            return Err(Problem::new(Code::VaultReadOnly));
        }
        let actor = self.desk.actor.code();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut head = head(&tx)?;
        let at = now.timestamp_millis();
        if at < head.at {
            let empty = Commitment::new().finish();
            head = seal(&tx, &head, at, actor, Act::ClockWentBack, None, &empty)?;
        }
        let mut rows = Rows::of(&tx, head.seq + 1, at, subject, Blocked::of(&tx, &self.key));
        let output = work(&mut rows)?;
        let (subject, commitment) = (rows.subject, rows.commitment.finish());
        let head = seal(&tx, &head, at, actor, act, subject, &commitment)?;
        tx.commit()?;
        self.acts.set(self.acts.get() + 1);
        self.anchor(head.seq, &head.hash);
        if self.uncut.get() {
            self.cut_log();
        }
        Ok(Done { output, touched: act.touched() })
    }

    /// Takes away the log of changes, in which pages stand as they were before. Whether that succeeded: whoever reads beside holds
    /// it, and then it is tried again after the next act.
    pub(crate) fn cut_log(&self) -> bool {
        let cut = || -> Result<bool> {
            self.conn.busy_timeout(PATIENCE)?;
            let busy: bool = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            Ok(!busy)
        };
        let done = cut().unwrap_or(false);
        self.uncut.set(!done);
        // A connection that cannot be set is asked again with every statement.
        let _ = self.conn.busy_timeout(super::file::BUSY);
        done
    }

    /// Runs `work` as an act would, to see what comes of it, and takes all of it back.
    ///
    /// # Errors
    /// As [`Vault::record`].
    pub(crate) fn rehearse<T>(
        &mut self,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Rows<'_>) -> Result<T>,
    ) -> Result<T> {
        if !self.writes() {
            return Err(Problem::new(Code::VaultReadOnly));
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = head(&tx)?.seq + 1;
        let blocked = Blocked::of(&tx, &self.key);
        let seen = work(&mut Rows::of(&tx, seq, now.timestamp_millis(), None, blocked));
        tx.rollback()?;
        seen
    }
}

/// The last entry of the chain.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) hash: Hash,
}

/// The chain's head; before the first entry, the genesis.
pub(super) fn head(conn: &Connection) -> Result<Head> {
    let last = conn
        .prepare_cached("SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: row.get(0)?, at: row.get(1)?, hash: row.get(2)? }))
        .optional()?;
    Ok(last.unwrap_or(Head { seq: 0, at: i64::MIN, hash: GENESIS }))
}

fn seal(
    tx: &Transaction<'_>,
    before: &Head,
    at: i64,
    actor: &str,
    act: Act,
    subject: Option<Uuid>,
    commitment: &Hash,
) -> Result<Head> {
    let seq = before.seq + 1;
    let subject_bytes = subject.as_ref().map(Uuid::as_bytes);
    let entry = Entry { seq, at, actor, act: act.code(), subject: subject_bytes, commitment, prev: &before.hash };
    let hash = entry.hash();
    tx.prepare_cached(
        "INSERT INTO audit (seq, at, actor, act, subject, commitment, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![seq, at, actor, act.code(), subject, commitment, before.hash, hash])?;
    Ok(Head { seq, at, hash })
}
