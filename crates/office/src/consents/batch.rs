//! One answer for many people, as when a pile of signed forms was scanned.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::named::{Named, each_named};
use super::proof::store_all;
use super::record::{Checked, NewAnswer, Warning, answer};
use crate::people::resolve;
use crate::problem::{Code, Problem, Result};
use crate::purposes::answerable;
use crate::vault::{Act, Done, Vault, restriction};

/// What became of a file of people.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Batched {
    /// How many events were recorded.
    pub recorded: usize,
    /// The events, in the order of the file.
    pub events: Vec<InBatch>,
    /// The rows for which none was.
    pub problems: Vec<RowProblem>,
}

/// An event of a batch.
#[derive(Debug, Clone, Serialize)]
pub struct InBatch {
    /// The contact.
    pub contact: Uuid,
    /// The event.
    pub event: Uuid,
    /// What to know about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A row for which nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// Its line in the file.
    pub line: u64,
    /// What stands there.
    pub given: String,
    /// `not_found`, `ambiguous`, `restricted`, or `duplicate` for somebody whom an earlier row names.
    pub code: &'static str,
}

/// Records one answer for each person that the file names; all in one act. Each event has all the proof files.
///
/// # Errors
/// As for one answer; [`Code::Unreadable`] for the file. Rows that name nobody, or several, or somebody on
/// lock for whom a yes cannot be recorded, are listed instead.
pub fn batch(vault: &mut Vault, from: &Path, new: &NewAnswer, now: DateTime<Utc>) -> Result<Done<Batched>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let purpose = answerable(vault.rows(), &business, &new.purpose)?;
    let checked = Checked::of(new, vault.rows(), &business, &purpose, now)?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let contents = store_all(rows, &new.attach)?;
        let (mut batched, mut seen) = (Batched::default(), HashSet::new());
        each_named(from, |Named { line, given }| {
            let mut left = |code: Code| {
                batched.problems.push(RowProblem { line, given: given.to_owned(), code: code.as_str() });
                Ok(())
            };
            let who = match resolve(rows, given) {
                Ok(who) => who,
                Err(Problem { code: code @ (Code::NotFound | Code::Ambiguous), .. }) => return left(code),
                Err(problem) => return Err(problem),
            };
            if !seen.insert(who.no) {
                return left(Code::Duplicate);
            }
            if new.yes && restriction::stands(rows, who.no)? {
                return left(Code::Restricted);
            }
            let recorded = answer(rows, &business, who, &purpose, new, &checked, &contents, &by, now)?;
            batched.events.push(InBatch { contact: who.id, event: recorded.event, warnings: recorded.warnings });
            batched.recorded += 1;
            Ok(())
        })?;
        Ok(batched)
    })
}
