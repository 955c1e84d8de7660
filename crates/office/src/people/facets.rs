//! By what a list of contacts can be narrowed, and how many each leaves.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde::Serialize;
use uuid::Uuid;

use super::order;
use super::page::open_requests;
use crate::problem::Result;
use crate::vault::Vault;

/// What a list of contacts can be narrowed by.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Facets {
    /// Labels in alphabetical order.
    pub labels: Vec<LabelCount>,
    /// Imports that were not taken back, the latest first.
    pub imports: Vec<Brought>,
    /// How many contacts are on lock.
    pub restricted: usize,
    /// How many have a request that is not closed.
    pub open_requests: usize,
}

/// A label and how many have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LabelCount {
    /// The label.
    pub label: String,
    /// How many contacts.
    pub contacts: i64,
}

/// An import and how many it brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Brought {
    /// The import.
    pub import: Uuid,
    /// The file, without its folder.
    pub file: String,
    /// When, RFC 3339 in the business's zone.
    pub at: String,
    /// How many rows it added or completed.
    pub contacts: i64,
}

/// What the list of contacts can be narrowed by, as things stand now.
///
/// # Errors
/// Faults of the database.
pub fn facets(vault: &Vault) -> Result<Facets> {
    let conn = vault.rows();
    let order = order::of(vault)?;
    let locked: Vec<i64> = conn
        .prepare_cached("SELECT contact_no FROM restriction WHERE lifted_at IS NULL")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let asked = open_requests(conn)?.into_iter().map(|(_, no)| no).collect();
    Ok(Facets {
        labels: labels(conn)?,
        imports: imports(vault)?,
        restricted: order.distinct(locked),
        open_requests: order.distinct(asked),
    })
}

/// Counted by their index; whoever is one with somebody who has the label too is counted once.
fn labels(conn: &Connection) -> Result<Vec<LabelCount>> {
    let mut query = conn.prepare_cached("SELECT label, count(*) FROM contact_label GROUP BY label")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut counts: BTreeMap<String, i64> = rows.collect::<Result<_, _>>()?;
    let mut query = conn.prepare_cached(
        "SELECT l.label FROM contact m JOIN contact_label l ON l.contact_no = m.no
         WHERE m.merged_into IS NOT NULL AND EXISTS (
           SELECT 1 FROM contact o JOIN contact_label p ON p.contact_no = o.no
           WHERE p.label = l.label AND (o.no = m.merged_into OR (o.merged_into = m.merged_into AND o.no < m.no)))",
    )?;
    let mut twice = query.query(params![])?;
    while let Some(row) = twice.next()? {
        let label: String = row.get(0)?;
        counts.entry(label).and_modify(|count| *count -= 1);
    }
    let mut labels: Vec<LabelCount> =
        counts.into_iter().map(|(label, contacts)| LabelCount { label, contacts }).collect();
    labels.sort_by_cached_key(|one| (crate::normal::text::fold(&one.label), one.label.clone()));
    Ok(labels)
}

fn imports(vault: &Vault) -> Result<Vec<Brought>> {
    let mut query = vault
        .rows()
        .prepare_cached("SELECT id, file, at, added + merged FROM import WHERE undone_at IS NULL ORDER BY no DESC")?;
    let rows = query.query_map([], |row| {
        Ok(Brought {
            import: row.get(0)?,
            file: row.get(1)?,
            at: vault.business().said(row.get(2)?),
            contacts: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
