//! Carrying an erasure out: all that says something of a person goes in one act, with an account of it in their place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use super::account::{Account, Certificate};
use super::journal;
use super::known::listed_of;
use super::order::Warning;
use crate::people::{Who, group, id};
use crate::problem::{Code, Problem, Result};
use crate::requests::{self, Behind};
use crate::vault::blocked::{self, Listed};
use crate::vault::erasure::{self as table, Erasure};
use crate::vault::{Act, Area, Done, Rows, Vault, forget_copies, wipe};

/// What is to be destroyed, and why.
#[derive(Debug)]
pub(crate) struct Carry {
    pub(super) whom: Vec<Who>,
    /// `request`, `order` or `retention`.
    pub(super) ground: &'static str,
    /// The order that waited for it.
    pub(super) waiting: Option<Erasure>,
    /// The request that asked for it.
    pub(super) request: Option<Behind>,
    /// It was done before, in a vault that was lost or put back since.
    pub(super) again: Option<Again>,
}

/// An erasure as it was done at first.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) id: Uuid,
    pub(super) on: NaiveDate,
    /// Those who went with it and are not here.
    pub(super) gone: Vec<Uuid>,
    /// What it put on the blocked list.
    pub(super) hashes: Vec<Listed>,
}

impl Carry {
    /// These contacts, on this ground.
    pub(crate) fn of(whom: Vec<Who>, ground: &'static str) -> Self {
        Self { whom, ground, waiting: None, request: None, again: None }
    }

    /// The contacts' ids.
    pub(crate) fn ids(&self) -> Vec<Uuid> {
        self.whom.iter().map(|who| who.id).collect()
    }

    /// A contact and whoever was merged into it.
    pub(crate) fn group(conn: &Connection, who: Who, ground: &'static str) -> Result<Self> {
        let all = group(conn, who.no)?.into_iter();
        let whom = all.map(|no| Ok(Who { no, id: id(conn, no)? })).collect::<Result<_>>()?;
        Ok(Self::of(whom, ground))
    }
}

/// Destroys contacts in one act. [`settle`] follows once all that was to be done is.
///
/// # Errors
/// Faults of the database; nothing is changed then.
pub(crate) fn carry_out(vault: &mut Vault, carry: Carry, now: DateTime<Utc>) -> Result<Done<Certificate>> {
    let (by, vault_id, today) = (vault.by().to_owned(), vault.id(), vault.business().today(now));
    let fresh = carry.again.as_ref().map_or_else(Uuid::now_v7, |again| again.id);
    let erasure = carry.waiting.as_ref().map_or(fresh, |waiting| waiting.id);
    let done = vault.record(Act::Erased, Some(erasure), now, |rows| {
        let listed = match &carry.again {
            Some(again) => again.hashes.clone(),
            None => listed_of(rows, &carry.whom)?,
        };
        let request = answer(rows, &carry, today, &by)?;
        let account = account(rows, &carry, (vault_id, erasure, today), request.map(|(_, id)| id), listed.len())?;
        let nos: Vec<i64> = carry.whom.iter().map(|who| who.no).collect();
        let mut requests = requests::rows_of(rows, &nos)?;
        requests.extend(request.map(|(no, _)| no).filter(|no| !requests.contains(no)));
        requests.into_iter().try_for_each(|no| requests::forget(rows, no))?;
        let text = account.text()?;
        let no = match &carry.waiting {
            Some(waiting) => {
                table::done(rows, waiting.no, rows.seq, &text)?;
                waiting.no
            }
            None => table::insert(rows, &finished(rows, erasure, request.map(|(no, _)| no), &by, text))?,
        };
        for hash in &listed {
            blocked::insert(rows, no, hash, rows.at)?;
        }
        let names: Vec<String> = listed.iter().map(ToString::to_string).collect();
        rows.fact(None, &json!({ "erasure": account, "listed": names }))?;
        wipe::wipe(rows, &carry.whom)?;
        carry.again.iter().flat_map(|again| &again.gone).try_for_each(|gone| rows.names(*gone))
    })?;
    let found = table::find(vault.rows(), erasure)?.ok_or_else(|| Problem::new(Code::System))?;
    let certificate = Certificate::of(vault.rows(), &found)?.ok_or_else(|| Problem::new(Code::System))?;
    Ok(Done { output: certificate, touched: done.touched })
}

/// What is written down of it, before it is done.
fn account(
    rows: &Rows<'_>,
    carry: &Carry,
    (vault, id, today): (Uuid, Uuid, NaiveDate),
    request: Option<Uuid>,
    listed: usize,
) -> Result<Account> {
    let (mut held_until, mut recipients) = (None, BTreeSet::new());
    for who in &carry.whom {
        held_until = held_until.max(table::held(rows, who.no)?.map(|hold| hold.until));
        recipients.extend(recipients_of(rows, who.no)?);
    }
    let mut destroyed: BTreeMap<String, u64> =
        wipe::counted(rows, &carry.whom)?.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
    let gone = carry.again.as_ref().map_or(0, |again| again.gone.len());
    *destroyed.entry("contacts".to_owned()).or_default() += gone as u64;
    Ok(Account {
        id,
        vault,
        on: carry.again.as_ref().map_or(today, |again| again.on),
        ground: carry.ground.to_owned(),
        request,
        held_until,
        destroyed,
        recipients: recipients.into_iter().collect(),
        blocked: listed as u64,
        replayed: carry.again.is_some(),
    })
}

/// The keys of the connections that have data of a contact and whoever was merged into it.
pub(super) fn recipients_of(conn: &Connection, contact_no: i64) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT DISTINCT c.key FROM held_there h JOIN connection c ON c.no = h.connection_no
         WHERE h.removed_at IS NULL
           AND h.contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY c.key",
    )?;
    Ok(query.query_map([contact_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The request that is behind it. It is answered by this, and so is every other of theirs that asks for it: one may have come
/// while the order waited.
fn answer(rows: &Rows<'_>, carry: &Carry, today: NaiveDate, by: &str) -> Result<Option<(i64, Uuid)>> {
    let behind = |no: i64| requests::id_of(rows, no).and_then(|id| requests::behind(rows, id));
    let waiting = carry.waiting.as_ref().and_then(|waiting| waiting.request_no).map(behind).transpose()?;
    let nos: Vec<i64> = carry.whom.iter().map(|who| who.no).collect();
    let theirs = requests::rows_of(rows, &nos)?.into_iter().map(behind).collect::<Result<Vec<_>>>()?;
    let theirs: Vec<Behind> = theirs.into_iter().filter(|request| request.asks).collect();
    // On no other ground was it done because somebody asked.
    let asked = if carry.ground == "request" { theirs.first().copied() } else { None };
    let request = carry.request.or(waiting).or(asked);
    let others = theirs.iter().filter(|other| request.is_none_or(|request| request.no != other.no));
    for one in request.iter().chain(others) {
        requests::fulfil(rows, *one, today, by)?;
    }
    Ok(request.map(|request| (request.no, request.id)))
}

fn finished(rows: &Rows<'_>, id: Uuid, request_no: Option<i64>, by: &str, account: String) -> Erasure {
    Erasure {
        no: 0,
        id,
        contact_no: None,
        request_no,
        reason: String::new(),
        ordered_at: rows.at,
        by: by.to_owned(),
        state: "destroyed".to_owned(),
        seq: Some(rows.seq),
        account,
    }
}

/// People who went, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Went {
    /// What proves each, in their order.
    pub(crate) certificates: Vec<Certificate>,
    /// All contacts that went, those merged into others among them.
    pub(crate) gone: Vec<Uuid>,
    /// What to know.
    pub(crate) warnings: Vec<Warning>,
    pub(crate) touched: &'static [Area],
}

/// Destroys people and whoever was merged into them, each in an act of its own, on a ground, by the order that waited for it.
///
/// # Errors
/// Faults of the database: who was destroyed by then stays so, and leaves nothing behind.
pub(crate) fn carry_each(
    vault: &mut Vault,
    each: impl IntoIterator<Item = (Who, &'static str, Option<Erasure>)>,
    now: DateTime<Utc>,
) -> Result<Went> {
    let mut went = Went::default();
    let done: Result<()> = each.into_iter().try_for_each(|(who, ground, waiting)| {
        let carry = Carry { waiting, ..Carry::group(vault.rows(), who, ground)? };
        let ids = carry.ids();
        let done = carry_out(vault, carry, now)?;
        went.touched = done.touched;
        went.gone.extend(ids);
        went.certificates.push(done.output);
        Ok(())
    });
    if !went.certificates.is_empty() {
        went.warnings = settle(vault);
    }
    done.map(|()| went)
}

/// Takes away what the act could not: the log of changes, files that were opened, and makes the journal complete. What does not
/// succeed now is made up for later, and said.
pub(crate) fn settle(vault: &Vault) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if journal::mend(vault).is_err() {
        warnings.push(Warning::JournalBehind);
    }
    if !vault.cut_log() {
        warnings.push(Warning::LogInUse);
    }
    // They hold whoever is erased, and nobody thins them out.
    forget_copies(vault.profile());
    // Whoever looks at a proof just now may be looking at one of theirs.
    let _ = std::fs::remove_dir_all(vault.profile().opened());
    warnings
}
