//! Which contact a row is about (SPEC §4): by e-mail, then by phone and name, then, where it has neither, by name,
//! organisation and postcode.

use rusqlite::{OptionalExtension, params};

use super::draft::Draft;
use crate::normal::text::name_key;
use crate::people;
use crate::problem::Result;
use crate::vault::Rows;
use crate::vault::contact::{self, Key};

/// More contacts than this with one address are nobody's mailbox: a row with it is told apart by name among the first.
const MAILBOX: i64 = 200;

/// The contact that a row was matched to.
#[derive(Debug)]
pub(super) struct Match {
    /// The row of the contact that has the address; what the file brings goes there, so that a merge can be taken back.
    pub(super) member: i64,
    /// The contact that stands for it.
    pub(super) head: Key,
    /// What is known about it and whoever it was merged with.
    pub(super) known: Draft,
}

/// The contact that a row is about, if there is one.
pub(super) fn find(rows: &Rows<'_>, draft: &Draft) -> Result<Option<Match>> {
    if let Some(member) = by_email(rows, draft)? {
        return matched(rows, member).map(Some);
    }
    let phone = "SELECT contact_no FROM contact_phone WHERE e164 = ? AND name_key = ? ORDER BY contact_no LIMIT 1";
    let owner = contact::phone_key(draft);
    for number in &draft.phones {
        let found = rows.prepare_cached(phone)?.query_row(params![number.e164, owner], |row| row.get(0)).optional()?;
        if let Some(member) = found {
            return matched(rows, member).map(Some);
        }
    }
    let Some(key) = contact::match_key(draft) else { return Ok(None) };
    let sql = "SELECT no FROM contact WHERE match_key = ? ORDER BY no LIMIT 1";
    let member = rows.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    member.map(|member| matched(rows, member)).transpose()
}

/// Who of those with one of the addresses: the only one, or among several the one of that name. Several of whom none has
/// the name are a shared mailbox, and the row is about somebody else.
fn by_email(rows: &Rows<'_>, draft: &Draft) -> Result<Option<i64>> {
    let sql = "SELECT contact.no, coalesce(merged_into, contact.no), given, family, organisation FROM contact_email
               JOIN contact ON contact.no = contact_no WHERE normalised = ? ORDER BY contact_no LIMIT ?";
    for email in &draft.emails {
        let mut query = rows.prepare_cached(sql)?;
        let found = query
            .query_map(params![email.normalised, MAILBOX], |row| {
                Ok(Candidate {
                    no: row.get(0)?,
                    head: row.get(1)?,
                    given: row.get(2)?,
                    family: row.get(3)?,
                    organisation: row.get(4)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let Some(first) = found.first() else { continue };
        if found.iter().all(|one| one.head == first.head) {
            return Ok(Some(first.no));
        }
        return Ok(found.iter().find(|one| one.is(draft)).map(|one| one.no));
    }
    Ok(None)
}

struct Candidate {
    no: i64,
    head: i64,
    given: String,
    family: String,
    organisation: String,
}

impl Candidate {
    /// Whether the row names this contact, as far as it names anybody.
    fn is(&self, draft: &Draft) -> bool {
        let same = |ours: &str, theirs: &str| name_key(ours) == name_key(theirs);
        if draft.given.is_empty() && draft.family.is_empty() {
            return draft.organisation.is_empty() || same(&self.organisation, &draft.organisation);
        }
        same(&self.given, &draft.given) && same(&self.family, &draft.family)
    }
}

fn matched(rows: &Rows<'_>, member: i64) -> Result<Match> {
    let sql = "SELECT no, id FROM contact WHERE no = (SELECT coalesce(merged_into, no) FROM contact WHERE no = ?)";
    let head = rows.prepare_cached(sql)?.query_row([member], |row| Ok(Key { no: row.get(0)?, id: row.get(1)? }))?;
    let mut known = contact::read(rows, head.no)?;
    for other in people::group(rows, head.no)?.into_iter().filter(|no| *no != head.no) {
        known.take_in(contact::read(rows, other)?);
    }
    Ok(Match { member, head, known })
}
