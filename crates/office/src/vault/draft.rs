//! The table of drafts: text in a dialog that nobody has saved yet.
//!
//! The one thing that is written past the door for acts: a draft is no fact, so it has no place in the audit chain, and it goes
//! with the contact that it is about.

use rusqlite::params;
use uuid::Uuid;

use super::Vault;
use crate::problem::{Code, Problem, Result};

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) kind: String,
    pub(crate) contact: Option<Uuid>,
    pub(crate) body: String,
    /// UTC milliseconds.
    pub(crate) at: i64,
}

impl Vault {
    /// The drafts of this kind and of those below it, the latest first.
    pub(crate) fn drafts(&self, kind: &str) -> Result<Vec<Kept>> {
        let sql = "SELECT kind, (SELECT id FROM contact WHERE no = contact_no), body, at FROM draft
                   WHERE kind = ?1 OR substr(kind, 1, length(?1) + 1) = ?1 || '/' ORDER BY at DESC, kind";
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map([kind], |row| {
            Ok(Kept { kind: row.get(0)?, contact: row.get(1)?, body: row.get(2)?, at: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a draft in the place of the one of its kind.
    pub(crate) fn keep_draft(&self, kind: &str, contact_no: Option<i64>, body: &str, at: i64) -> Result<()> {
        self.may_jot()?;
        let sql = "INSERT INTO draft (kind, contact_no, body, at) VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET
                     contact_no = excluded.contact_no, body = excluded.body, at = excluded.at";
        self.conn.prepare_cached(sql)?.execute(params![kind, contact_no, body, at])?;
        Ok(())
    }

    /// Takes a draft away. True where there was one.
    pub(crate) fn drop_draft(&self, kind: &str) -> Result<bool> {
        self.may_jot()?;
        Ok(self.conn.prepare_cached("DELETE FROM draft WHERE kind = ?")?.execute([kind])? > 0)
    }

    fn may_jot(&self) -> Result<()> {
        if self.writes() { Ok(()) } else { Err(Problem::new(Code::VaultReadOnly)) }
    }
}
