//! What there is to do today: requests that are due, chores that can wait a little, and how many people stand where.

use std::collections::HashSet;

use akkoord_rules::consent::{CONFIRM_DAYS, Status};
use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::consents::{self, Counted};
use crate::mail;
use crate::people::{self, Marks, Order, by_name};
use crate::problem::Result;
use crate::purposes::{self, Stored};
use crate::requests::{self, Listed};
use crate::settings;
use crate::vault::{Vault, backup};

/// A yes that ends within so many days is told of.
pub const SOON_DAYS: u64 = 30;

/// Answers of so many days are lately.
pub const LATELY_DAYS: u64 = 7;

/// What there is to do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Today {
    /// The day it is where the business is.
    pub date: NaiveDate,
    /// Requests that are not closed, the most urgent first.
    pub requests: Vec<Listed>,
    /// What else there is to do, in the order of urgency. What there is none of is not in it.
    pub tasks: Vec<Task>,
    /// How many people stand where.
    pub rings: Vec<Counted>,
    /// How many people there are.
    pub people: i64,
    /// How many answers came in during the last [`LATELY_DAYS`] days.
    pub answers_lately: i64,
}

/// A chore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Task {
    /// Which.
    pub kind: TaskKind,
    /// How many people it is about; of mails and of what is there once, how many those are.
    pub count: i64,
    /// The first date that matters; each kind says which.
    pub first: Option<NaiveDate>,
    /// Keys of the purposes it is about.
    pub purposes: Vec<String>,
}

/// Which chore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Nobody typed the Emergency Kit back yet.
    KitUnconfirmed,
    /// The backup could not be made, or what changed is in none for too long; `first` is the day of the last one.
    Backup,
    /// Mails that did not go and will not by themselves; `first` is the day on which the oldest was written.
    MailStuck,
    /// People whose data did not come from themselves must be told; `first` is the first day on which one of them is due.
    Inform,
    /// Answers wait for their confirmation; `first` is the day on which the oldest came in.
    AwaitingConfirmation,
    /// A yes ends within [`SOON_DAYS`] days; `first` is the first day on which one of them no longer holds.
    ExpiringSoon,
    /// A yes ended because the wording changed; `first` is the day of the first such change.
    WordingChanged,
    /// People were asked more than 14 days ago and did not answer; `first` is the day on which the first of them was asked.
    WaitingLong,
}

/// What there is to do, as things stand now.
///
/// # Errors
/// Faults of the database.
pub fn today(vault: &Vault, now: DateTime<Utc>) -> Result<Today> {
    let date = vault.business().today(now);
    let order = by_name(vault)?;
    let purposes = purposes::all(vault.rows(), vault.business())?;
    let tasks = [
        kit(vault)?,
        backups(vault, now)?,
        mails(vault)?,
        inform(vault, &order, date)?,
        awaiting(vault, &purposes, date)?,
        expiring(vault, &purposes, date)?,
        reworded(vault, &purposes, date)?,
        silent(vault, &order, &purposes, date)?,
    ];
    let tasks = tasks.into_iter().filter(|task| task.count > 0).map(|task| each_once(vault, &order, task, date));
    Ok(Today {
        date,
        requests: requests::due(vault, date)?,
        tasks: tasks.collect::<Result<_>>()?,
        rings: consents::dashboard(vault, date, now)?,
        people: consents::persons(vault.rows())?,
        answers_lately: lately(vault, now)?,
    })
}

fn kit(vault: &Vault) -> Result<Task> {
    let count = i64::from(!settings::kit_confirmed(vault)?);
    Ok(Task { kind: TaskKind::KitUnconfirmed, count, first: None, purposes: Vec::new() })
}

fn backups(vault: &Vault, now: DateTime<Utc>) -> Result<Task> {
    let standing = backup::standing(vault, now)?;
    let count = i64::from(standing.old || standing.failed.is_some());
    let last = standing.last.and_then(|last| DateTime::parse_from_rfc3339(&last).ok());
    let first = last.map(|at| at.date_naive());
    Ok(Task { kind: TaskKind::Backup, count, first, purposes: Vec::new() })
}

fn mails(vault: &Vault) -> Result<Task> {
    let (count, oldest) = mail::stuck(vault)?;
    let first = oldest.map(|at| vault.business().local(at).date_naive());
    Ok(Task { kind: TaskKind::MailStuck, count, first, purposes: Vec::new() })
}

fn inform(vault: &Vault, order: &Order, date: NaiveDate) -> Result<Task> {
    let (people, first) = people::first_due(vault, order, date)?;
    Ok(Task { kind: TaskKind::Inform, count: counted(people), first, purposes: Vec::new() })
}

/// Of each purpose, how many people stand so and hold until after `from`, at most until `to`; and the first day on which one
/// of them no longer does.
fn ending(
    vault: &Vault,
    purpose: &Stored,
    status: Status,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<(i64, Option<NaiveDate>)> {
    // Behind every date.
    let to = to.map_or_else(|| "~".to_owned(), |day| day.to_string());
    let sql = "SELECT coalesce(sum(people), 0), min(expires) FROM consent_count
               WHERE purpose_no = ? AND status = ? AND expires > ? AND expires <= ? AND people > 0";
    let given = params![purpose.no, status.as_str(), from.to_string(), to];
    Ok(vault.rows().prepare_cached(sql)?.query_row(given, |row| {
        let first: Option<String> = row.get(1)?;
        Ok((row.get(0)?, first.and_then(|day| day.parse().ok())))
    })?)
}

/// One chore about all purposes.
fn summed(
    kind: TaskKind,
    purposes: &[Stored],
    count: impl Fn(&Stored) -> Result<(i64, Option<NaiveDate>)>,
) -> Result<Task> {
    let mut task = Task { kind, count: 0, first: None, purposes: Vec::new() };
    for purpose in purposes {
        let (people, first) = count(purpose)?;
        if people > 0 {
            task.count += people;
            task.first = task.first.into_iter().chain(first).min();
            task.purposes.push(purpose.rules.key.clone());
        }
    }
    Ok(task)
}

fn awaiting(vault: &Vault, purposes: &[Stored], date: NaiveDate) -> Result<Task> {
    let mut task = summed(TaskKind::AwaitingConfirmation, purposes, |purpose| {
        ending(vault, purpose, Status::AwaitingConfirmation, date, None)
    })?;
    // It waits for so long, unless the yes itself ends before.
    task.first = task.first.and_then(|lapses| lapses.checked_sub_days(Days::new(CONFIRM_DAYS.into())));
    Ok(task)
}

fn expiring(vault: &Vault, purposes: &[Stored], date: NaiveDate) -> Result<Task> {
    let soon = date + Days::new(SOON_DAYS);
    summed(TaskKind::ExpiringSoon, purposes, |purpose| ending(vault, purpose, Status::Given, date, Some(soon)))
}

fn reworded(vault: &Vault, purposes: &[Stored], date: NaiveDate) -> Result<Task> {
    summed(TaskKind::WordingChanged, purposes, |purpose| {
        let mut found = (0, None);
        for day in changes(purpose, date) {
            let before = day.pred_opt().unwrap_or(day);
            for status in ENDED {
                let (people, first) = ending(vault, purpose, status, before, Some(day))?;
                found = (found.0 + people, found.1.or(first));
            }
        }
        Ok(found)
    })
}

/// As what the projection may hold a yes that has ended.
const ENDED: [Status; 3] = [Status::Given, Status::AwaitingConfirmation, Status::Expired];

/// Whoever was asked for several purposes is counted once.
fn silent(vault: &Vault, order: &Order, purposes: &[Stored], date: NaiveDate) -> Result<Task> {
    let organisations = Marks::of(&people::organisations(vault.rows())?);
    let mut known = order.nobody();
    let mut task = Task { kind: TaskKind::WaitingLong, count: 0, first: None, purposes: Vec::new() };
    let mut first = None;
    for purpose in purposes {
        let mut any = false;
        each_silent(vault, purpose, date, |no, since| {
            if !organisations.has(no) {
                any = true;
                task.count += i64::from(known.mark(no));
                first = Some(first.map_or(since, |first: i64| first.min(since)));
            }
        })?;
        if any {
            task.purposes.push(purpose.rules.key.clone());
        }
    }
    task.first = first.map(|at| vault.business().local(at).date_naive());
    Ok(task)
}

/// Gives each contact who was asked too long ago, and when.
fn each_silent(vault: &Vault, purpose: &Stored, date: NaiveDate, mut give: impl FnMut(i64, i64)) -> Result<()> {
    let mut query = vault.rows().prepare_cached(
        "SELECT contact_no, since FROM consent_status INDEXED BY consent_status_by_purpose
         WHERE purpose_no = ? AND status = 'asked' AND since <= ?",
    )?;
    let mut rows = query.query(params![purpose.no, consents::long_ago(vault, date)])?;
    while let Some(row) = rows.next()? {
        give(row.get(0)?, row.get(1)?);
    }
    Ok(())
}

/// The days up to this one on which the wording changed in a way that needs a new yes: whoever's yes ended on one of them ended
/// by that.
fn changes(purpose: &Stored, date: NaiveDate) -> Vec<NaiveDate> {
    let material = purpose.rules.versions.iter().filter(|version| version.material && version.since <= date);
    let mut days: Vec<NaiveDate> = material.map(|version| version.since).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Answers that came in lately. Events are numbered as they are recorded, so the first of them is found from the end.
fn lately(vault: &Vault, now: DateTime<Utc>) -> Result<i64> {
    let since = (now - Days::new(LATELY_DAYS)).timestamp_millis();
    let sql = "SELECT count(*) FROM consent_event WHERE answer IN ('given', 'refused', 'withdrawn') AND no > coalesce(
                 (SELECT no FROM consent_event WHERE recorded_at < ? ORDER BY no DESC LIMIT 1), 0)";
    Ok(vault.rows().prepare_cached(sql)?.query_row([since], |row| row.get(0))?)
}

/// Whoever a chore is about for several purposes is one to call, and stands once in the list behind it.
fn each_once(vault: &Vault, order: &Order, task: Task, date: NaiveDate) -> Result<Task> {
    if task.purposes.len() < 2 || task.kind == TaskKind::WaitingLong {
        return Ok(task);
    }
    let mut found: HashSet<i64> = people_of(vault, order, task.kind, date)?.into_iter().collect();
    for no in people::organisations(vault.rows())? {
        found.remove(&no);
    }
    Ok(Task { count: counted(found.len()), ..task })
}

fn counted(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Rows of the contacts whom a chore is about.
pub(crate) fn people_of(vault: &Vault, order: &Order, task: TaskKind, date: NaiveDate) -> Result<Vec<i64>> {
    let rows = |sql: &str, given: &[&dyn rusqlite::ToSql]| -> Result<Vec<i64>> {
        let mut query = vault.rows().prepare_cached(sql)?;
        Ok(query.query_map(given, |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let day = date.to_string();
    match task {
        TaskKind::KitUnconfirmed | TaskKind::Backup | TaskKind::MailStuck => Ok(Vec::new()),
        TaskKind::Inform => Ok(people::to_tell(vault.rows(), vault.business(), order, i64::MAX)?
            .into_iter()
            .map(|(no, _)| no)
            .collect()),
        TaskKind::AwaitingConfirmation => {
            let sql = "SELECT contact_no FROM consent_status WHERE purpose_no = ? AND status = 'awaiting_confirmation'
                         AND expires > ?";
            let mut found = Vec::new();
            for purpose in purposes::all(vault.rows(), vault.business())? {
                found.extend(rows(sql, &[&purpose.no, &day])?);
            }
            Ok(found)
        }
        TaskKind::ExpiringSoon => {
            let sql = "SELECT contact_no FROM consent_status WHERE status = 'given' AND expires <> '' AND expires > ?
                         AND expires <= ?";
            rows(sql, &[&day, &(date + Days::new(SOON_DAYS)).to_string()])
        }
        TaskKind::WaitingLong => {
            let mut found = Vec::new();
            for purpose in purposes::all(vault.rows(), vault.business())? {
                each_silent(vault, &purpose, date, |no, _| found.push(no))?;
            }
            Ok(found)
        }
        TaskKind::WordingChanged => {
            let sql = "SELECT contact_no FROM consent_status WHERE purpose_no = ? AND status = ? AND expires = ?";
            let mut found = Vec::new();
            for purpose in purposes::all(vault.rows(), vault.business())? {
                for change in changes(&purpose, date) {
                    for status in ENDED {
                        found.extend(rows(sql, &[&purpose.no, &status.as_str(), &change.to_string()])?);
                    }
                }
            }
            Ok(found)
        }
    }
}

#[cfg(test)]
mod tests;
