//! What a question found, kept until something changes: the next stretch of the same list costs only its own rows.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::filter::{Sieve, open_requests};
use super::{PageFilter, PageQuestion, PageSort};
use crate::people::find::{RANKED, Terms, rank};
use crate::people::order::{Marks, Order};
use crate::problem::Result;
use crate::vault::Vault;

/// Up to this many are sorted by looking each of them up; of more, the list of all dates is walked along.
const LOOKED_UP: usize = 2_000;

/// How many dates are walked along at a time.
const STRIDE: usize = 1_000;

/// The list that was asked for last.
#[derive(Debug, Default)]
pub(crate) struct Found {
    asked: Option<Asked>,
    total: usize,
    /// The list as far as somebody looked.
    list: Vec<i64>,
    rest: Rest,
    agenda: Agenda,
}

/// What a list depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    acts: u64,
    today: NaiveDate,
    query: String,
    filter: PageFilter,
    sort: PageSort,
}

/// What comes behind the list as far as somebody looked.
#[derive(Debug, Default)]
enum Rest {
    #[default]
    Nothing,
    /// Those of them with a date, from here on in the agenda, and then the others by name.
    ByDate { wanted: Marks, from: usize, names: Vec<i64> },
}

impl Found {
    /// Looks for whom the question asks, unless it is the one that was asked before.
    pub(super) fn answer(
        &mut self,
        vault: &Vault,
        order: &Order,
        question: &PageQuestion,
        today: NaiveDate,
    ) -> Result<()> {
        let asked = Asked {
            acts: vault.acts(),
            today,
            query: question.query.clone(),
            filter: question.filter.clone(),
            sort: question.sort,
        };
        if self.asked.as_ref() == Some(&asked) {
            return Ok(());
        }
        self.asked = None;
        let names = by_name(vault, order, question, today)?;
        self.total = names.len();
        (self.list, self.rest) = match question.sort {
            PageSort::Name => (names, Rest::Nothing),
            PageSort::Next if names.len() <= LOOKED_UP => {
                (each_looked_up(vault.rows(), order, names, today)?, Rest::Nothing)
            }
            PageSort::Next => {
                self.agenda.begin(vault, order, today)?;
                (Vec::new(), Rest::ByDate { wanted: Marks::of(&names), from: 0, names })
            }
        };
        self.asked = Some(asked);
        Ok(())
    }

    /// How many were found.
    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// The list, known up to there or to its end.
    pub(super) fn up_to(&mut self, conn: &Connection, order: &Order, to: usize) -> Result<&[i64]> {
        while self.list.len() < to {
            let Rest::ByDate { wanted, from, names } = &mut self.rest else { break };
            let known = self.agenda.list.iter().skip(*from);
            self.list.extend(known.copied().filter(|no| wanted.has(*no)));
            *from = self.agenda.list.len();
            if self.list.len() >= to {
                break;
            }
            if self.agenda.complete {
                let undated = names.iter().copied().filter(|no| !self.agenda.seen.has(*no));
                self.list.extend(undated);
                self.rest = Rest::Nothing;
            } else {
                self.agenda.walk(conn, order, *from + STRIDE)?;
            }
        }
        Ok(&self.list)
    }
}

/// Whom the question finds, by name, or, where they are few, the best first.
fn by_name(vault: &Vault, order: &Order, question: &PageQuestion, today: NaiveDate) -> Result<Vec<i64>> {
    let sieve = Sieve::of(vault, order, &question.filter, today)?;
    let terms = Terms::of(&question.query);
    if terms.is_empty() {
        // Signs alone name nobody.
        let nobody = !question.query.trim().is_empty();
        return Ok(order.everybody().filter(|no| !nobody && (sieve.is_open() || sieve.lets(*no))).collect());
    }
    let mut hits = order.heads(terms.hits(vault.rows())?);
    hits.retain(|no| sieve.lets(*no));
    if question.sort == PageSort::Name && hits.len() <= RANKED {
        return rank(vault.rows(), &terms, &hits, None, hits.len());
    }
    hits.sort_unstable_by_key(|no| order.place(*no));
    Ok(hits)
}

/// A short list by what happens next: each one's date is read.
fn each_looked_up(conn: &Connection, order: &Order, names: Vec<i64>, today: NaiveDate) -> Result<Vec<i64>> {
    let today = today.to_string();
    let due = dues(conn, order)?;
    let mut query = conn.prepare_cached(
        "SELECT min(expires) FROM consent_status WHERE contact_no = ?1 AND status = 'given' AND expires > ?2",
    )?;
    let mut dated = Vec::with_capacity(names.len());
    for no in names {
        let asked = due.iter().find(|(_, asked)| *asked == no).map(|(due, _)| due.clone());
        let date: Option<String> = match asked {
            Some(due) => Some(due),
            None => query.query_row((no, &today), |row| row.get(0))?,
        };
        dated.push((date.is_none(), date, order.place(no), no));
    }
    dated.sort_unstable();
    Ok(dated.into_iter().map(|(_, _, _, no)| no).collect())
}

/// Contacts with an open request and when the most urgent is due, the earliest first.
fn dues(conn: &Connection, order: &Order) -> Result<Vec<(String, i64)>> {
    let mut seen = order.nobody();
    let mut dues = Vec::new();
    for (due, no) in open_requests(conn)? {
        let head = order.heads(vec![no]).into_iter().next().unwrap_or(no);
        if seen.mark(head) {
            dues.push((due, head));
        }
    }
    dues.sort_by_cached_key(|(due, no)| (due.clone(), order.place(*no)));
    Ok(dues)
}

/// Everybody with whom something happens on a day, in the order of those days, as far as it was walked along.
#[derive(Debug, Default)]
struct Agenda {
    /// Acts and day of its beginning.
    of: Option<(u64, NaiveDate)>,
    list: Vec<i64>,
    seen: Marks,
    /// Open requests that are not in the list yet, the latest first.
    due: Vec<(String, i64)>,
    /// The last day that is in it.
    walked: String,
    complete: bool,
}

impl Agenda {
    fn begin(&mut self, vault: &Vault, order: &Order, today: NaiveDate) -> Result<()> {
        let of = Some((vault.acts(), today));
        if self.of == of {
            return Ok(());
        }
        let mut due = dues(vault.rows(), order)?;
        let mut seen = order.nobody();
        // A request comes before whatever ends: those who asked stand where that is due.
        due.iter().for_each(|(_, no)| {
            seen.mark(*no);
        });
        due.reverse();
        *self = Self { of, list: Vec::new(), seen, due, walked: today.to_string(), complete: false };
        Ok(())
    }

    /// Walks along until so many are in the list, or all are.
    fn walk(&mut self, conn: &Connection, order: &Order, to: usize) -> Result<()> {
        let mut query = conn.prepare_cached(
            "SELECT expires, contact_no FROM consent_status
             WHERE status = 'given' AND expires <> '' AND expires > ? ORDER BY expires",
        )?;
        let from = self.walked.clone();
        let mut rows = query.query([from])?;
        let (mut day, mut ending) = (String::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let expires = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if expires != day {
                self.close(order, &day, &mut ending);
                if self.list.len() >= to {
                    return Ok(());
                }
                expires.clone_into(&mut day);
            }
            let no = row.get(1)?;
            if !self.seen.has(no) {
                ending.push(no);
            }
        }
        self.close(order, &day, &mut ending);
        self.list.extend(self.due.drain(..).rev().map(|(_, no)| no));
        self.complete = true;
        Ok(())
    }

    /// Puts a day's people behind those of the days before.
    fn close(&mut self, order: &Order, day: &str, ending: &mut Vec<i64>) {
        if day.is_empty() {
            return;
        }
        while let Some((due, no)) = self.due.pop_if(|(due, _)| due.as_str() <= day) {
            if due == day { ending.push(no) } else { self.list.push(no) }
        }
        ending.sort_unstable_by_key(|no| order.place(*no));
        ending.dedup();
        ending.iter().for_each(|no| {
            self.seen.mark(*no);
        });
        self.list.append(ending);
        day.clone_into(&mut self.walked);
    }
}

#[cfg(test)]
mod tests;
