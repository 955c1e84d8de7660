//! A window's list of contacts: any stretch of it at once, narrowed and sorted as somebody asks, however many there are.

mod filter;
mod found;
mod row;

use akkoord_rules::consent::Status;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::order;
use crate::problem::Result;
use crate::today::TaskKind;
use crate::vault::Vault;

pub(super) use filter::open_requests;
pub(crate) use found::Found;
pub use row::{Next, PageRow};

/// What a page is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PageQuestion {
    /// Words to look for, all of which must be found; empty is everybody.
    pub query: String,
    /// Whom to leave in the list.
    pub filter: PageFilter,
    /// In which order.
    pub sort: PageSort,
    /// How many come before this page.
    pub offset: usize,
    /// At most this many.
    pub limit: usize,
}

/// Whom to leave in the list: those whom everything that is set here lets through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PageFilter {
    /// The purpose that `statuses` are about; any purpose where none is named.
    pub purpose: Option<String>,
    /// Those who stand so today; empty lets everybody through.
    pub statuses: Vec<Status>,
    /// Those with this label.
    pub label: Option<String>,
    /// Those whom this import brought or completed.
    pub import: Option<Uuid>,
    /// Those on lock.
    pub restricted: bool,
    /// Those with a request that is not closed.
    pub open_request: bool,
    /// Persons alone: the people whom the rings count.
    pub persons: bool,
    /// Those whom this task of Today is about.
    pub task: Option<TaskKind>,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PageSort {
    /// By family name. With words to look for, those that begin with them first, where there are few.
    #[default]
    Name,
    /// What happens next first; those with whom nothing does come last, by name.
    Next,
}

/// A stretch of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactPage")]
pub struct Page {
    /// How many the question finds.
    pub total: usize,
    /// How many contacts there are.
    pub everybody: usize,
    /// Keys of the purposes that `statuses` of each row are about, in that order.
    pub purposes: Vec<String>,
    /// The stretch that was asked for.
    pub rows: Vec<PageRow>,
}

/// A stretch of the list of contacts as it stands today.
///
/// # Errors
/// [`crate::Code::NotFound`] for the purpose or import of the filter; [`crate::Code::BuiltinPurpose`]; faults of the database.
pub fn page(vault: &Vault, question: &PageQuestion, now: DateTime<Utc>) -> Result<Page> {
    let today = vault.business().today(now);
    let order = order::of(vault)?;
    let columns = row::Columns::of(vault, today)?;
    let mut found = vault.found().borrow_mut();
    found.answer(vault, &order, question, today)?;
    let to = question.offset.saturating_add(question.limit);
    let stretch = found.up_to(vault.rows(), &order, to)?.iter().skip(question.offset).take(question.limit);
    let rows = stretch.map(|no| columns.row(vault, *no)).collect::<Result<_>>()?;
    Ok(Page { total: found.total(), everybody: order.len(), purposes: columns.keys(), rows })
}

/// Somebody whom a question finds, to be chosen with all the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Choosable {
    /// The contact.
    pub id: Uuid,
    /// On lock: takes part in nothing.
    pub restricted: bool,
}

/// All whom a question finds, whatever its stretch, in the order of the list.
///
/// # Errors
/// As [`page`].
pub fn choosable(vault: &Vault, question: &PageQuestion, now: DateTime<Utc>) -> Result<Vec<Choosable>> {
    let today = vault.business().today(now);
    let order = order::of(vault)?;
    let mut found = vault.found().borrow_mut();
    found.answer(vault, &order, question, today)?;
    let total = found.total();
    let all = found.up_to(vault.rows(), &order, total)?;
    choosable_of(vault, all.iter().copied())
}

/// These contacts, to be chosen.
pub(crate) fn choosable_of(vault: &Vault, rows: impl Iterator<Item = i64>) -> Result<Vec<Choosable>> {
    let mut query = vault.rows().prepare_cached(
        "SELECT id, EXISTS (SELECT 1 FROM restriction WHERE lifted_at IS NULL AND contact_no IN (
           SELECT contact.no UNION ALL SELECT m.no FROM contact m WHERE m.merged_into = contact.no))
         FROM contact WHERE no = ?",
    )?;
    let mut one = |no: i64| query.query_row([no], |row| Ok(Choosable { id: row.get(0)?, restricted: row.get(1)? }));
    Ok(rows.map(&mut one).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
