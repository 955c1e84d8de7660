//! A window's list of how people stand towards one purpose: any stretch of it at once, on any day, narrowed and sorted.

mod row;
mod stood;

use akkoord_rules::consent::{CONFIRM_DAYS, Status};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::people::{Choosable, choosable_of, found as by_words};
use crate::problem::Result;
use crate::purposes::{Stored, answerable, latest};
use crate::today::{LATELY_DAYS, SOON_DAYS};
use crate::vault::Vault;

pub use row::Stander;
pub(crate) use stood::Stood;
pub(super) use stood::{Stand, counts_on};

/// What a list of people is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PurposeQuestion {
    /// The purpose's key.
    pub purpose: String,
    /// Those who stand so; empty is everybody.
    pub statuses: Vec<Status>,
    /// As of the end of this day where the business is; absent is today.
    pub on: Option<NaiveDate>,
    /// Words to look for, all of which must be found; empty is everybody.
    pub query: String,
    /// Only those of whom this is so.
    pub narrow: Option<Narrow>,
    /// In which order.
    pub sort: StandSort,
    /// The other way round.
    pub backwards: bool,
    /// How many come before this stretch.
    pub offset: usize,
    /// At most this many.
    pub limit: usize,
}

/// What a list of people can be narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Narrow {
    /// A yes that ends within 30 days.
    ExpiringSoon,
    /// An answer of the last 7 days.
    AnsweredLately,
    /// A yes that waits to be confirmed.
    Unconfirmed,
    /// A yes to an older version of the wording, which still holds.
    OlderWording,
    /// A yes that ended because the wording changed.
    WordingChanged,
    /// Asked more than 14 days ago, and no answer yet.
    WaitingLong,
}

impl Narrow {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::ExpiringSoon,
        Self::AnsweredLately,
        Self::Unconfirmed,
        Self::OlderWording,
        Self::WordingChanged,
        Self::WaitingLong,
    ];
}

/// In which order a list of people stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StandSort {
    /// By family name.
    #[default]
    Name,
    /// By the day since when they stand so, the earliest first; those without one come last.
    Since,
}

/// A stretch of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PurposePage {
    /// How many the question finds.
    pub total: usize,
    /// How many stand so, before narrowing and looking.
    pub everybody: usize,
    /// What the list can be narrowed to, with how many that leaves; what leaves nobody is not in it.
    pub narrows: Vec<Narrowed>,
    /// The stretch that was asked for.
    pub rows: Vec<Stander>,
}

/// How many a narrowing leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Narrowed {
    /// Which.
    pub narrow: Narrow,
    /// How many.
    pub people: usize,
}

/// A stretch of the list of people who stand so towards a purpose: persons, each group once, as the dashboard counts them.
///
/// # Errors
/// [`crate::Code::NotFound`] for the purpose; [`crate::Code::BuiltinPurpose`]; faults of the database.
pub fn people(vault: &Vault, question: &PurposeQuestion, now: DateTime<Utc>) -> Result<PurposePage> {
    let purpose = answerable(vault.rows(), vault.business(), &question.purpose)?;
    let list = List::of(vault, &purpose, question, now)?;
    let stretch = list.found.iter().skip(question.offset).take(question.limit);
    let rows = stretch.map(|stand| row::stander(vault, &purpose, *stand, list.on)).collect::<Result<_>>()?;
    Ok(PurposePage { total: list.found.len(), everybody: list.everybody, narrows: list.narrows, rows })
}

/// All whom a question finds, whatever its stretch, in the order of the list.
///
/// # Errors
/// As [`people`].
pub fn standers(vault: &Vault, question: &PurposeQuestion, now: DateTime<Utc>) -> Result<Vec<Choosable>> {
    let purpose = answerable(vault.rows(), vault.business(), &question.purpose)?;
    let list = List::of(vault, &purpose, question, now)?;
    choosable_of(vault, list.found.iter().map(|stand| stand.no))
}

/// How many a question finds, and rows of the first of them.
pub(super) fn first_of(
    vault: &Vault,
    question: &PurposeQuestion,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<(usize, Vec<i64>)> {
    let purpose = answerable(vault.rows(), vault.business(), &question.purpose)?;
    let list = List::of(vault, &purpose, question, now)?;
    Ok((list.found.len(), list.found.iter().take(limit).map(|stand| stand.no).collect()))
}

/// Whom a question finds.
struct List {
    on: NaiveDate,
    found: Vec<Stand>,
    everybody: usize,
    narrows: Vec<Narrowed>,
}

impl List {
    fn of(vault: &Vault, purpose: &Stored, question: &PurposeQuestion, now: DateTime<Utc>) -> Result<Self> {
        let on = question.on.unwrap_or_else(|| vault.business().today(now));
        let stood = stood::of(vault, purpose, on, now)?;
        let so = |stand: &&Stand| question.statuses.is_empty() || question.statuses.contains(&stand.status);
        let mut found: Vec<Stand> = stood.everybody().iter().filter(so).copied().collect();
        let everybody = found.len();
        let yardstick = Yardstick::of(purpose, vault, on);
        let narrows = yardstick.count(&found);
        if let Some(narrow) = question.narrow {
            found.retain(|stand| yardstick.is(stand, narrow));
        }
        if !question.query.trim().is_empty() {
            let hits = by_words(vault, &question.query)?;
            found.retain(|stand| hits.contains(&stand.no));
        }
        // Everybody is in the order of names already.
        if question.sort == StandSort::Since {
            found.sort_by_key(|stand| (stand.since.is_none(), stand.since));
        }
        if question.backwards {
            found.reverse();
        }
        Ok(Self { on, found, everybody, narrows })
    }
}

/// The last instant, in UTC milliseconds, at which somebody who has not answered on this day was asked too long ago.
pub(crate) fn long_ago(vault: &Vault, on: NaiveDate) -> i64 {
    end_before(vault, on, u64::from(CONFIRM_DAYS) + 1)
}

/// The end of the day that lies so many days before.
fn end_before(vault: &Vault, on: NaiveDate, days: u64) -> i64 {
    vault.business().end_of(on.checked_sub_days(Days::new(days)).unwrap_or(on))
}

/// What narrowings are measured with.
struct Yardstick {
    on: NaiveDate,
    /// The last day that is soon.
    soon: NaiveDate,
    /// The first instant that is lately, in UTC milliseconds, and the last that is too long ago.
    lately: i64,
    long_ago: i64,
    /// The version in force on that day.
    version: u32,
}

impl Yardstick {
    fn of(purpose: &Stored, vault: &Vault, on: NaiveDate) -> Self {
        let end = |days: u64| end_before(vault, on, days);
        let begun = purpose.rules.versions.iter().rfind(|version| version.since <= on);
        Self {
            on,
            soon: on.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(on),
            lately: end(LATELY_DAYS),
            long_ago: long_ago(vault, on),
            version: begun.map_or_else(|| latest(&purpose.rules), |version| version.number),
        }
    }

    fn is(&self, stand: &Stand, narrow: Narrow) -> bool {
        let answered = matches!(stand.status, Status::Given | Status::Refused | Status::Withdrawn);
        match narrow {
            Narrow::ExpiringSoon => {
                let ends = |day: NaiveDate| day > self.on && day <= self.soon;
                stand.status == Status::Given && stand.expires.is_some_and(ends)
            }
            Narrow::AnsweredLately => answered && stand.since.is_some_and(|at| at > self.lately),
            Narrow::Unconfirmed => stand.status == Status::AwaitingConfirmation,
            Narrow::OlderWording => stand.status == Status::Given && stand.version < self.version,
            Narrow::WordingChanged => stand.status == Status::Expired && stand.reworded,
            Narrow::WaitingLong => stand.status == Status::Asked && stand.since.is_some_and(|at| at <= self.long_ago),
        }
    }

    fn count(&self, stands: &[Stand]) -> Vec<Narrowed> {
        let narrowed = |narrow: &Narrow| Narrowed {
            narrow: *narrow,
            people: stands.iter().filter(|stand| self.is(stand, *narrow)).count(),
        };
        Narrow::ALL.iter().map(narrowed).filter(|one| one.people > 0).collect()
    }
}

#[cfg(test)]
mod tests;
