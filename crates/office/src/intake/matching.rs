//! Which contact a row is about (SPEC §4): by e-mail, then by phone and family name or organisation, then, where it has
//! neither, by name, organisation and postcode.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, Params};

use super::draft::Draft;
use super::plan::Merge;
use crate::people;
use crate::problem::Result;
use crate::vault::Rows;
use crate::vault::contact::{self, Key};
use crate::vault::known_by;

/// By what a row was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Email,
    Phone,
    Name,
}

/// The contact that a row was matched to.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) by: By,
    /// The row of the contact that has the address; what the file brings goes there, so that a merge can be taken back.
    pub(super) member: i64,
    /// The contact that stands for it.
    pub(super) head: Key,
    /// What is known about it and whoever it was merged with.
    pub(super) known: Draft,
}

/// The contact that a row is about, if there is one. Of several who share an address it is the one of that name, else the
/// oldest: what the row says otherwise of that one is a conflict.
pub(super) fn find(rows: &Rows<'_>, draft: &Draft) -> Result<Option<Match>> {
    let found = match by_email(rows, draft)? {
        Some(member) => Some((By::Email, member)),
        None => by_phone(rows, draft)?.map(|member| (By::Phone, member)),
    };
    let found = match known_by::match_key(draft).filter(|_| found.is_none()) {
        Some(key) => by_name(rows, &key)?.map(|member| (By::Name, member)),
        None => found,
    };
    found.map(|(by, member)| matched(rows, by, member)).transpose()
}

/// The parts of its name in which a row differs from the contact it was matched to: at a shared address it may be somebody else's.
pub(super) fn other_name(merge: &Merge) -> Vec<Cow<'static, str>> {
    merge.conflicts.iter().filter(|field| *field == "given").cloned().collect()
}

fn by_email(rows: &Rows<'_>, draft: &Draft) -> Result<Option<i64>> {
    let name = known_by::email_key(draft);
    for email in &draft.emails {
        let named =
            "SELECT contact_no FROM contact_email WHERE normalised = ? AND name_key = ? ORDER BY contact_no LIMIT 1";
        if let Some(member) = first(rows, named, [&email.normalised, &name])? {
            return Ok(Some(member));
        }
    }
    for email in &draft.emails {
        let oldest = "SELECT contact_no FROM contact_email WHERE normalised = ? ORDER BY contact_no LIMIT 1";
        if let Some(member) = first(rows, oldest, [&email.normalised])? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

fn by_phone(rows: &Rows<'_>, draft: &Draft) -> Result<Option<i64>> {
    let (name, owner) = (known_by::phone_key(draft), known_by::phone_owner(draft));
    for phone in &draft.phones {
        let named = "SELECT contact_no FROM contact_phone WHERE e164 = ? AND name_key = ? ORDER BY contact_no LIMIT 1";
        if let Some(member) = first(rows, named, [&phone.e164, &name])? {
            return Ok(Some(member));
        }
    }
    for phone in &draft.phones {
        let oldest = "SELECT contact_no FROM contact_phone WHERE e164 = ?1
                      AND name_key >= ?2 || char(31) AND name_key < ?2 || char(32) ORDER BY contact_no LIMIT 1";
        if let Some(member) = first(rows, oldest, [&phone.e164, &owner])? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

fn by_name(rows: &Rows<'_>, key: &str) -> Result<Option<i64>> {
    first(rows, "SELECT no FROM contact WHERE match_key = ? ORDER BY no LIMIT 1", [key])
}

fn first(rows: &Rows<'_>, sql: &str, given: impl Params) -> Result<Option<i64>> {
    Ok(rows.prepare_cached(sql)?.query_row(given, |row| row.get(0)).optional()?)
}

fn matched(rows: &Rows<'_>, by: By, member: i64) -> Result<Match> {
    let sql = "SELECT no, id FROM contact WHERE no = (SELECT coalesce(merged_into, no) FROM contact WHERE no = ?)";
    let head = rows.prepare_cached(sql)?.query_row([member], |row| Ok(Key { no: row.get(0)?, id: row.get(1)? }))?;
    let mut known = contact::read(rows, head.no)?;
    for other in people::group(rows, head.no)?.into_iter().filter(|no| *no != head.no) {
        known.take_in(contact::read(rows, other)?);
    }
    Ok(Match { by, member, head, known })
}
