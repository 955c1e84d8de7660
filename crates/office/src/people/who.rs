//! Which contact an argument means: an id, or an e-mail address.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::normal::email;
use crate::problem::{Code, Problem, Result};

/// A contact found: its row, and the row of the contact it was merged into, which speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Who {
    /// Row of the contact that stands for the group.
    pub(crate) no: i64,
    /// Id of that contact.
    pub(crate) id: Uuid,
}

/// The one contact that an id or e-mail address names.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Ambiguous`] with the ids in `candidates` for an address of several contacts.
pub(crate) fn resolve(conn: &Connection, given: &str) -> Result<Who> {
    let found = matching(conn, given)?;
    match found.as_slice() {
        [] => Err(Problem::not_found("contact", given)),
        [one] => Ok(*one),
        several => {
            let ids: Vec<String> = several.iter().map(|who| who.id.to_string()).collect();
            Err(Problem::new(Code::Ambiguous).with("given", given).with("candidates", ids))
        }
    }
}

/// Every contact that an id or e-mail address names, each group once.
///
/// # Errors
/// Faults of the database.
pub(crate) fn matching(conn: &Connection, given: &str) -> Result<Vec<Who>> {
    if let Ok(id) = given.trim().parse::<Uuid>() {
        return Ok(by_id(conn, id)?.into_iter().collect());
    }
    let Some(address) = email::normalise(given) else { return Ok(Vec::new()) };
    let mut query = conn.prepare_cached(
        "SELECT DISTINCT coalesce(merged_into, contact.no) FROM contact_email
         JOIN contact ON contact.no = contact_no WHERE normalised = ? ORDER BY 1",
    )?;
    let heads = query.query_map([address.normalised], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    heads.into_iter().map(|no| by_no(conn, no)).collect()
}

fn by_id(conn: &Connection, id: Uuid) -> Result<Option<Who>> {
    let head = conn
        .prepare_cached("SELECT coalesce(merged_into, no) FROM contact WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    head.map(|no| by_no(conn, no)).transpose()
}

pub(super) fn by_no(conn: &Connection, no: i64) -> Result<Who> {
    Ok(Who { no, id: id(conn, no)? })
}

/// The id of the contact in this row.
///
/// # Errors
/// Faults of the database.
pub(crate) fn id(conn: &Connection, no: i64) -> Result<Uuid> {
    Ok(conn.prepare_cached("SELECT id FROM contact WHERE no = ?")?.query_row([no], |row| row.get(0))?)
}

/// Rows of everybody in a contact's group, itself first.
///
/// # Errors
/// Faults of the database.
pub(crate) fn group(conn: &Connection, no: i64) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1")?;
    Ok(query.query_map([no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
