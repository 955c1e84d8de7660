//! The alphabetical order of everybody, kept in memory until something changes.
//!
//! Of many hits, the first page cannot be had from the file in the time between two keys: it means to read every hit's name,
//! or to walk through the index of all names.

use std::cell::Ref;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::problem::Result;
use crate::vault::Vault;

/// Everybody by name.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// How many acts this connection had recorded when it was read; absent before.
    acts: Option<u64>,
    /// Rows of all contacts, also of those that were merged into another: a page may follow on them.
    all: Vec<i64>,
    /// By contacts that were merged into another, the one that stands for them.
    merged: HashMap<i64, i64>,
    /// By row, the place in `all`.
    places: Vec<u32>,
}

/// The order as it is now.
///
/// # Errors
/// Faults of the database.
pub(crate) fn of(vault: &Vault) -> Result<Ref<'_, Order>> {
    let conn = vault.rows();
    let acts = Some(vault.acts());
    if vault.order().borrow().acts != acts {
        *vault.order().borrow_mut() = Order { acts, ..Order::read(conn)? };
    }
    Ok(vault.order().borrow())
}

impl Order {
    fn read(conn: &Connection) -> Result<Self> {
        let mut all = conn.prepare_cached("SELECT no FROM contact ORDER BY sort_key, no")?;
        let mut merged = conn.prepare_cached("SELECT no, merged_into FROM contact WHERE merged_into IS NOT NULL")?;
        let all: Vec<i64> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut places = vec![0; all.iter().max().map_or(0, |no| slot(*no) + 1)];
        for (place, no) in (0..).zip(&all) {
            if let Some(slot) = places.get_mut(slot(*no)) {
                *slot = place;
            }
        }
        Ok(Self {
            acts: None,
            all,
            places,
            merged: merged.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?,
        })
    }

    /// How many there are, each group counted once.
    pub(super) fn len(&self) -> usize {
        self.all.len() - self.merged.len()
    }

    /// Everybody, each group once.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = i64> {
        self.all.iter().copied().filter(|no| !self.merged.contains_key(no))
    }

    /// Where a row stands among all names.
    pub(super) fn place(&self, no: i64) -> u32 {
        self.places.get(slot(no)).copied().unwrap_or(u32::MAX)
    }

    /// Nobody marked yet.
    pub(crate) fn nobody(&self) -> Marks {
        Marks(vec![false; self.places.len()])
    }

    /// Nothing by any row yet.
    pub(crate) fn nothing<T: Copy>(&self) -> ByRow<T> {
        ByRow(vec![None; self.places.len()])
    }

    /// Up to `limit` of those that are wanted and stand for themselves, from behind the contact in row `after` on.
    pub(super) fn page(&self, wanted: impl Fn(i64) -> bool, after: Option<i64>, limit: usize) -> Vec<i64> {
        let from = after.and_then(|after| self.all.iter().position(|no| *no == after)).map_or(0, |at| at + 1);
        let rest = self.all.iter().copied().skip(from);
        rest.filter(|no| wanted(*no) && !self.merged.contains_key(no)).take(limit).collect()
    }

    /// How many they are, each group once.
    pub(super) fn distinct(&self, rows: Vec<i64>) -> usize {
        let mut seen = self.nobody();
        rows.into_iter().filter(|no| seen.mark(self.head(*no))).count()
    }

    /// Of each group the least value, with the contact that stands for it.
    pub(super) fn first_of_each(&self, values: HashMap<i64, i64>) -> Vec<(i64, i64)> {
        if self.merged.is_empty() {
            return values.into_iter().collect();
        }
        let mut first: HashMap<i64, i64> = HashMap::with_capacity(values.len());
        for (no, value) in values {
            first.entry(self.head(no)).and_modify(|known| *known = value.min(*known)).or_insert(value);
        }
        first.into_iter().collect()
    }

    /// The contact that stands for one's group.
    pub(super) fn head(&self, no: i64) -> i64 {
        self.merged.get(&no).copied().unwrap_or(no)
    }

    /// Puts the contact that stands for a group in the place of its members.
    pub(super) fn heads(&self, found: Vec<i64>) -> Vec<i64> {
        if self.merged.is_empty() {
            return found;
        }
        let mut seen = HashSet::with_capacity(found.len());
        found.into_iter().map(|no| self.head(no)).filter(|head| seen.insert(*head)).collect()
    }
}

/// Something by rows, to be asked for one after the other of very many.
#[derive(Debug)]
pub(crate) struct ByRow<T>(Vec<Option<T>>);

impl<T: Copy> ByRow<T> {
    /// Keeps it for a row.
    pub(crate) fn put(&mut self, no: i64, what: T) {
        if let Some(place) = self.0.get_mut(slot(no)) {
            *place = Some(what);
        }
    }

    /// What is kept for a row.
    pub(crate) fn get(&self, no: i64) -> Option<T> {
        self.0.get(slot(no)).copied().flatten()
    }
}

/// Rows that are marked, to be asked for one after the other of very many.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks(Vec<bool>);

impl Marks {
    pub(crate) fn of(rows: &[i64]) -> Self {
        let mut marks = Self(vec![false; rows.iter().max().map_or(0, |no| slot(*no) + 1)]);
        for no in rows {
            marks.mark(*no);
        }
        marks
    }

    /// Marks a row. True where it was not marked.
    pub(crate) fn mark(&mut self, no: i64) -> bool {
        self.0.get_mut(slot(no)).is_some_and(|mark| !std::mem::replace(mark, true))
    }

    pub(crate) fn has(&self, no: i64) -> bool {
        self.0.get(slot(no)).copied().unwrap_or_default()
    }
}

/// The contacts that are organisations.
///
/// # Errors
/// Faults of the database.
pub(crate) fn organisations(conn: &Connection) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT no FROM contact WHERE kind = 'organisation'")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A row as an index.
fn slot(no: i64) -> usize {
    usize::try_from(no).unwrap_or_default()
}
