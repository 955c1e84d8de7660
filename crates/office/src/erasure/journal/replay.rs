//! Doing again what the journals know and the vault does not.

use std::collections::HashMap;
use std::path::PathBuf;

use akkoord_rules::block::Identifier;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Fault, LABEL, Line, Replayed, What, is_foreign, open, read};
use crate::erasure::carry::{Again, Carry, carry_out, settle};
use crate::erasure::known::take_off;
use crate::people::{self, Who};
use crate::problem::Result;
use crate::vault::blocked::{self, Listed};
use crate::vault::erasure::{self as table, Erasure};
use crate::vault::{Act, Vault};

/// Brings a vault that was put back from an older backup to the state of these journals: whoever was erased since goes again, what
/// was blocked is blocked again, and who came back may come in. Doing it twice changes nothing; a journal that is not there is
/// passed over, and a line whose seal does not hold is told and not applied.
///
/// # Errors
/// [`Code::Unreadable`] for a journal; faults of the database: what was done by then stays, and doing it again goes on.
pub fn replay(vault: &mut Vault, journals: &[PathBuf], now: DateTime<Utc>) -> Result<Replayed> {
    let key = vault.subkey(LABEL);
    let (mut replayed, mut lines, mut holders) = (Replayed::default(), Vec::new(), None);
    for path in journals {
        let mut one = Vec::new();
        for (at, text) in read(path)?.lines().enumerate().filter(|(_, text)| !text.is_empty()) {
            match open(text, &key) {
                Some(line) => one.push(line),
                None if is_foreign(text, vault.id()) => {}
                None => replayed.faults.push(Fault { file: path.display().to_string(), line: at + 1 }),
            }
        }
        merge(&mut lines, one);
    }
    for line in lines {
        apply(vault, line, &mut replayed, &mut holders, now)?;
    }
    if replayed.erasures + replayed.unblocked > 0 {
        settle(vault);
    }
    Ok(replayed)
}

/// Brings the lines of one more journal among those of others. What stands in a journal came after what stands before it there,
/// whatever the clock said: so does a line that only this one has come after the last before it that the others have too.
pub(super) fn merge(lines: &mut Vec<Line>, more: Vec<Line>) {
    let place = |lines: &[Line], id: Uuid| lines.iter().position(|line| line.what.id() == id);
    let apart = more.iter().all(|line| place(lines, line.what.id()).is_none());
    let mut next = if apart { lines.len() } else { 0 };
    for line in more {
        match place(lines, line.what.id()) {
            Some(at) => next = next.max(at + 1),
            None => {
                lines.insert(next, line);
                next += 1;
            }
        }
    }
}

/// Who has which address or number, by its hash: made once, where something has to be erased again.
type Holders = HashMap<[u8; 32], Vec<i64>>;

fn holders(vault: &Vault) -> Result<Holders> {
    let mut all = Holders::new();
    let list = vault.blocked();
    for (sql, identifier) in [
        ("SELECT normalised, contact_no FROM contact_email", Identifier::email as fn(&str) -> Identifier),
        ("SELECT e164, contact_no FROM contact_phone", Identifier::phone),
    ] {
        let mut query = vault.rows().prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let value: String = row.get(0)?;
            let hash = list.hashed(&identifier(&value)).hash;
            all.entry(hash).or_default().push(row.get(1)?);
        }
    }
    Ok(all)
}

fn apply(
    vault: &mut Vault,
    line: Line,
    replayed: &mut Replayed,
    known: &mut Option<Holders>,
    now: DateTime<Utc>,
) -> Result<()> {
    let hashes: Vec<Listed> = line.blocked.iter().filter_map(|name| Listed::parse(name)).collect();
    match line.what {
        What::Erased { id, on, contacts } => {
            let waiting = table::find(vault.rows(), id)?;
            if waiting.as_ref().is_some_and(|one| one.state == "destroyed") {
                replayed.known += 1;
                return Ok(());
            }
            if known.is_none() {
                *known = Some(holders(vault)?);
            }
            let barred = hashes.iter().filter(|listed| listed.kind.refuses());
            let held: Vec<i64> =
                barred.filter_map(|listed| known.as_ref()?.get(&listed.hash)).flatten().copied().collect();
            part(vault, &contacts, now)?;
            let whom = again(vault, &contacts, &held)?;
            replayed.contacts += erase_again(vault, (id, on), whom, waiting, hashes, now)?;
            replayed.erasures += 1;
        }
        What::Unblocked { id } => {
            if blocked::unblockings(vault.rows())?.iter().any(|one| one.id == id) {
                replayed.known += 1;
                return Ok(());
            }
            let by = vault.by().to_owned();
            vault.record(Act::Unblocked, Some(id), now, |rows| take_off(rows, id, &hashes, "", &by))?;
            replayed.unblocked += 1;
        }
    }
    Ok(())
}

/// Those of these contacts whom the vault holds, and who is gone from it. Whoever has an address or number that is barred with
/// them goes too, with whoever was merged with them: an older state may know the same person under another id, and what is barred
/// does not come in by any way.
fn again(vault: &Vault, contacts: &[Uuid], held: &[i64]) -> Result<(Vec<Who>, Vec<Uuid>)> {
    let (conn, mut whom, mut gone) = (vault.rows(), Vec::new(), Vec::new());
    for contact in contacts {
        match row_of(vault, *contact)? {
            Some(no) => whom.push(Who { no, id: *contact }),
            None => gone.push(*contact),
        }
    }
    let head = "SELECT coalesce(merged_into, no) FROM contact WHERE no = ?";
    for no in held {
        let head: Option<i64> = conn.prepare_cached(head)?.query_row([no], |row| row.get(0)).optional()?;
        for no in head.map(|head| people::group(conn, head)).transpose()?.into_iter().flatten() {
            let who = Who { no, id: people::id(conn, no)? };
            if !whom.contains(&who) {
                whom.push(who);
            }
        }
    }
    Ok((whom, gone))
}

/// Erases these contacts, as it was done at first; how many there were.
fn erase_again(
    vault: &mut Vault,
    (id, on): (Uuid, NaiveDate),
    (whom, gone): (Vec<Who>, Vec<Uuid>),
    waiting: Option<Erasure>,
    hashes: Vec<Listed>,
    now: DateTime<Utc>,
) -> Result<usize> {
    // Whom the chain names already went by an act of this vault, which is not to be counted twice.
    let named = "SELECT 1 FROM audit_leaf WHERE contact_id = ? LIMIT 1";
    let mut unknown = Vec::with_capacity(gone.len());
    for contact in gone {
        if !vault.rows().prepare_cached(named)?.exists([contact])? {
            unknown.push(contact);
        }
    }
    let (here, gone) = (whom.len(), unknown);
    let again = Some(Again { id, on, gone, hashes });
    carry_out(vault, Carry { waiting, again, ..Carry::of(whom, "order") }, now)?;
    Ok(here)
}

fn row_of(vault: &Vault, contact: Uuid) -> Result<Option<i64>> {
    let sql = "SELECT no FROM contact WHERE id = ?";
    Ok(vault.rows().prepare_cached(sql)?.query_row([contact], |row| row.get(0)).optional()?)
}

/// Takes merges back by which somebody else would go too, or would be left pointing at somebody who is gone.
fn part(vault: &mut Vault, contacts: &[Uuid], now: DateTime<Utc>) -> Result<()> {
    let sql = "SELECT member.id FROM contact member JOIN contact kept ON kept.no = member.merged_into
               WHERE member.id = ?1 OR kept.id = ?1";
    for contact in contacts {
        loop {
            let pointing: Vec<Uuid> =
                vault.rows().prepare_cached(sql)?.query_map([contact], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let Some(member) = pointing.into_iter().find(|member| is_mixed(vault, *member, contacts).unwrap_or(false))
            else {
                break;
            };
            people::unmerge(vault, merge_of(vault, member)?, now)?;
        }
    }
    Ok(())
}

/// Whether somebody and the one they were merged into are not both among these.
fn is_mixed(vault: &Vault, member: Uuid, contacts: &[Uuid]) -> Result<bool> {
    let sql =
        "SELECT kept.id FROM contact member JOIN contact kept ON kept.no = member.merged_into WHERE member.id = ?";
    let kept: Uuid = vault.rows().prepare_cached(sql)?.query_row([member], |row| row.get(0))?;
    Ok(contacts.contains(&member) != contacts.contains(&kept))
}

/// The merge by which somebody points where they do.
fn merge_of(vault: &Vault, member: Uuid) -> Result<Uuid> {
    let sql = "SELECT a.subject FROM audit a JOIN audit_fact f USING (seq) WHERE a.act = ?1 AND f.contact_id = ?2
                 AND f.facts ->> 'was_under' IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM audit undo WHERE undo.act = ?3 AND undo.subject = a.subject)
               ORDER BY a.seq DESC LIMIT 1";
    let given = params![Act::ContactMerged.code(), member, Act::ContactUnmerged.code()];
    Ok(vault.rows().prepare_cached(sql)?.query_row(given, |row| row.get(0))?)
}
