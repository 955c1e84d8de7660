//! Doing again what the journals know and the vault does not.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use akkoord_rules::block::Identifier;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Fault, LABEL, Line, Replayed, What, is_foreign, open, read};
use crate::erasure::carry::{Again, Carry, carry_out, settle};
use crate::erasure::known::take_off;
use crate::intake::draft::Draft;
use crate::people::{self, Who};
use crate::problem::{Code, Result};
use crate::requests::{self, Behind};
use crate::vault::blocked::{self, Listed};
use crate::vault::erasure::{self as table, Erasure};
use crate::vault::known_by::email_key;
use crate::vault::{Act, Vault, contact};

/// Brings a vault that was put back from an older backup to the state of these journals: whoever was erased since goes again, what
/// was blocked is blocked again, and who came back may come in. Doing it twice changes nothing; a journal that is not there is
/// passed over, and a line whose seal does not hold is told and not applied.
///
/// # Errors
/// [`Code::Unreadable`] for a journal; faults of the database: what was done by then stays, and doing it again goes on.
pub fn replay(vault: &mut Vault, journals: &[PathBuf], now: DateTime<Utc>) -> Result<Replayed> {
    let texts = journals.iter().map(|path| Ok((path.clone(), read(path)?))).collect::<Result<Vec<_>>>()?;
    replay_texts(vault, &texts, now)
}

/// The same of journals that were read.
pub(super) fn replay_texts(vault: &mut Vault, journals: &[(PathBuf, String)], now: DateTime<Utc>) -> Result<Replayed> {
    let key = vault.subkey(LABEL);
    let (mut replayed, mut lines, mut holders) = (Replayed::default(), Vec::new(), None);
    for (path, text) in journals {
        let mut one = Vec::new();
        for (at, text) in text.lines().enumerate().filter(|(_, text)| !text.is_empty()) {
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
    if replayed.changed() {
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
type Holders = HashMap<[u8; 32], Vec<Holder>>;

/// A contact that has an address or number.
#[derive(Debug)]
struct Holder {
    contact_no: i64,
    /// The field it is a value of.
    field: &'static str,
    value: String,
}

fn holders(vault: &Vault) -> Result<Holders> {
    let mut all = Holders::new();
    let list = vault.blocked();
    for (field, sql, identifier) in [
        ("email", "SELECT normalised, contact_no FROM contact_email", Identifier::email as fn(&str) -> Identifier),
        ("phone", "SELECT e164, contact_no FROM contact_phone", Identifier::phone),
    ] {
        let mut query = vault.rows().prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let value: String = row.get(0)?;
            let hash = list.hashed(&identifier(&value)).hash;
            all.entry(hash).or_default().push(Holder { contact_no: row.get(1)?, field, value });
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
        What::Erased { id, on, contacts, request } => {
            let waiting = table::find(vault.rows(), id)?;
            if waiting.as_ref().is_some_and(|one| one.state == "destroyed") {
                replayed.known += 1;
                return Ok(());
            }
            if known.is_none() {
                *known = Some(holders(vault)?);
            }
            let barred = hashes.iter().filter(|listed| listed.kind.refuses());
            let held: Vec<&Holder> = barred.filter_map(|listed| known.as_ref()?.get(&listed.hash)).flatten().collect();
            part(vault, &contacts, now)?;
            let Whom { go, gone, keep } = again(vault, &contacts, &held)?;
            let request = request.map(|request| behind(vault, request)).transpose()?.flatten();
            for (who, holder) in keep {
                people::give_up(vault, who, holder.field, &holder.value, now)?;
            }
            replayed.contacts += erase_again(vault, (id, on), (go, gone), (waiting, request), hashes, now)?;
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

/// Whom an erasure that is done again is about.
#[derive(Debug, Default)]
struct Whom<'h> {
    /// Who goes.
    go: Vec<Who>,
    /// Who is not here.
    gone: Vec<Uuid>,
    /// Who stays, and gives up what is barred.
    keep: Vec<(Who, &'h Holder)>,
}

/// Those of these contacts whom the vault holds, and who is gone from it. Whoever has an address or number that is barred with
/// them goes too, with whoever was merged with them: an older state may know the same person under another id, and what is barred
/// does not come in by any way. Where the vault holds the person under their own id, whoever is called otherwise is somebody
/// else, who shared the address and had given it up when the person was erased, as else it would not be barred: they give it up
/// again and stay.
fn again<'h>(vault: &Vault, contacts: &[Uuid], held: &[&'h Holder]) -> Result<Whom<'h>> {
    let (conn, mut whom) = (vault.rows(), Whom::default());
    for contact in contacts {
        match row_of(vault, *contact)? {
            Some(no) => whom.go.push(Who { no, id: *contact }),
            None => whom.gone.push(*contact),
        }
    }
    let mut names = HashSet::new();
    for who in &whom.go {
        names.insert(email_key(&contact::read(conn, who.no)?));
    }
    let head = "SELECT coalesce(merged_into, no) FROM contact WHERE no = ?";
    for holder in held {
        let head: Option<i64> =
            conn.prepare_cached(head)?.query_row([holder.contact_no], |row| row.get(0)).optional()?;
        let group = head.map(|head| people::group(conn, head)).transpose()?.unwrap_or_default();
        let group =
            group.into_iter().map(|no| Ok(Who { no, id: people::id(conn, no)? })).collect::<Result<Vec<_>>>()?;
        match group.first() {
            Some(first) if !whom.go.contains(first) && is_somebody_else(vault, &group, &names)? => {
                whom.keep.push((*first, holder));
            }
            Some(_) | None => {
                let more: Vec<Who> = group.into_iter().filter(|who| !whom.go.contains(who)).collect();
                whom.go.extend(more);
            }
        }
    }
    Ok(whom)
}

/// Whether a contact and those merged into it have a name, and none of theirs is among these.
fn is_somebody_else(vault: &Vault, group: &[Who], names: &HashSet<String>) -> Result<bool> {
    let nameless = email_key(&Draft::default());
    let mut own = Vec::with_capacity(group.len());
    for who in group {
        own.push(email_key(&contact::read(vault.rows(), who.no)?));
    }
    own.retain(|name| *name != nameless);
    let known = names.iter().any(|name| *name != nameless);
    Ok(known && !own.is_empty() && own.iter().all(|name| !names.contains(name)))
}

/// Erases these contacts, as it was done at first; how many there were.
fn erase_again(
    vault: &mut Vault,
    (id, on): (Uuid, NaiveDate),
    (whom, gone): (Vec<Who>, Vec<Uuid>),
    (waiting, request): (Option<Erasure>, Option<Behind>),
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
    carry_out(vault, Carry { waiting, request, again, ..Carry::of(whom, "order") }, now)?;
    Ok(here)
}

/// The request that asked for it, where this state knows it.
fn behind(vault: &Vault, request: Uuid) -> Result<Option<Behind>> {
    match requests::behind(vault.rows(), request) {
        Err(problem) if problem.code == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
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
