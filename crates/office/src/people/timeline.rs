//! What happened with a contact, from the audit chain's facts.

use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use super::who::{group, resolve};
use crate::problem::Result;
use crate::vault::Vault;

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Moment {
    /// Its entry in the audit chain.
    pub seq: i64,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub at: String,
    /// What was done; a code.
    pub act: String,
    /// What it was done to.
    pub subject: Option<Uuid>,
    /// What changed.
    pub facts: serde_json::Value,
}

/// Everything recorded about the contact and whoever was merged into it, in order.
///
/// # Errors
/// As `resolve`; faults of the database.
pub fn timeline(vault: &Vault, given: &str) -> Result<Vec<Moment>> {
    let conn = vault.rows();
    let who = resolve(conn, given)?;
    let mut query = conn.prepare_cached(
        "SELECT audit.seq, at, act, subject, facts FROM audit_leaf
         JOIN audit ON audit.seq = audit_leaf.seq
         LEFT JOIN audit_fact ON audit_fact.seq = audit_leaf.seq AND audit_fact.n = audit_leaf.n
         WHERE audit_leaf.contact_id = (SELECT id FROM contact WHERE no = ?) ORDER BY audit_leaf.seq, audit_leaf.n",
    )?;
    let mut moments = Vec::new();
    for no in group(conn, who.no)? {
        let rows = query.query_map(params![no], |row| {
            let facts: Option<String> = row.get(4)?;
            Ok(Moment {
                seq: row.get(0)?,
                at: vault.business().said(row.get(1)?),
                act: row.get(2)?,
                subject: row.get(3)?,
                facts: facts.and_then(|facts| serde_json::from_str(&facts).ok()).unwrap_or_default(),
            })
        })?;
        moments.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    moments.sort_by_key(|moment| moment.seq);
    Ok(moments)
}
