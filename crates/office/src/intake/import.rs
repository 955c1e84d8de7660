//! Importing a file: one transaction, rows as they stream in, each ending in exactly one outcome.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::apply::{Applied, Applier, Outcome};
use super::convert::Row;
use super::reader::{Detected, Options, Progress, Source};
use super::rejects::Rejects;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::settings;
use crate::vault::import as table;
use crate::vault::{Act, Cast, Rows, Vault};

/// Rejected rows, left-out values and conflicts are listed up to this many each; the numbers go on.
const LISTED: usize = 250_000;

/// Where the people's data came from at first (SPEC §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From themselves: nobody needs to be told.
    #[serde(rename = "self")]
    Own,
    /// From someone else: they must be told within a month (Art. 14).
    Other,
    /// Not known: told too, to be sure.
    Unknown,
}

impl Origin {
    /// The code in the database and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// What to do with a row that matches a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// Fill what is empty, add further addresses, never overwrite.
    Merge,
    /// Leave the row out.
    Skip,
    /// Add a second contact.
    Create,
}

impl OnDuplicate {
    /// The code in the database and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Skip => "skip",
            Self::Create => "create",
        }
    }
}

/// What to import and how.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The file.
    pub file: Given,
    /// How to read it.
    pub options: Options,
    /// Where the data came from.
    pub origin: Origin,
    /// What to do with duplicates.
    pub on_duplicate: OnDuplicate,
    /// Take rows too that are marked private in the program they come from.
    pub private: bool,
    /// Where to save rejected and blocked rows.
    pub rejected_to: Option<PathBuf>,
    /// Find out everything and write nothing.
    pub dry_run: bool,
}

/// A value or row with something wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Trouble {
    /// The physical line where the row begins; the header is 1.
    pub line: u64,
    /// The column, when it is about one.
    pub column: Option<Arc<str>>,
    /// What is wrong; a code.
    pub code: &'static str,
}

/// A row that says something else than the contact it was matched to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Conflict {
    /// The row's line.
    pub line: u64,
    /// The contact.
    pub contact: Uuid,
    /// The field.
    pub field: Cow<'static, str>,
}

/// What an import did. `rows` is the sum of the six outcomes.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ImportReport")]
pub struct Report {
    /// Its id, with which it can be undone; absent for a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<Uuid>,
    /// Who wrote the file.
    pub format: String,
    /// Its encoding.
    pub encoding: String,
    /// What stands between its cells; empty where nothing does.
    pub delimiter: String,
    /// Rows below the header.
    pub rows: u64,
    /// New contacts.
    pub added: u64,
    /// Contacts that gained something.
    pub merged: u64,
    /// Rows of which everything was known.
    pub unchanged: u64,
    /// Rows left out by choice, or empty.
    pub skipped: u64,
    /// Rows of erased people.
    pub blocked: u64,
    /// Rows that cannot be a contact.
    pub rejected: u64,
    /// Rejected rows and left-out values.
    pub problems: Vec<Trouble>,
    /// How many problems there were, listed or not.
    pub problems_total: u64,
    /// Where rows disagree with contacts.
    pub conflicts: Vec<Conflict>,
    /// How many conflicts there were, listed or not.
    pub conflicts_total: u64,
    /// Columns that were left out.
    pub left_out: Vec<String>,
    /// The sheet that was read, of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Sheets of the workbook that were not read, hidden or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_sheets: Vec<String>,
    #[serde(skip)]
    listing: Listing,
}

/// What is listed so far.
#[derive(Debug, Clone, Default)]
struct Listing {
    rows: usize,
    values: usize,
    /// The names of columns, each once however often it is listed.
    columns: HashSet<Arc<str>>,
}

impl Listing {
    fn column(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.columns.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        self.columns.insert(Arc::clone(&name));
        name
    }
}

/// Imports a file: all of it in one act, or nothing.
///
/// # Errors
/// [`Code::Unreadable`] with `why` when the file cannot be read to its end; [`Code::Cancelled`]; those of the vault.
pub fn import(vault: &mut Vault, ask: &Ask, progress: &Progress, now: DateTime<Utc>) -> Result<Report> {
    if ask.dry_run {
        return rehearse(vault, ask, progress, now, None);
    }
    let mut source = Source::open(&ask.file, &ask.options)?;
    source.minding(settings::own_fields(vault.rows())?);
    let detected = source.detected().clone();
    let create = |to: &PathBuf| {
        Rejects::create(vault.profile(), to, &ask.file, &detected.header, detected.delimiter.unwrap_or(','))
    };
    let mut rejects = ask.rejected_to.as_ref().map(create).transpose()?;
    let by = vault.by().to_owned();
    let tried = vault.record(Act::Imported, None, now, |rows| {
        let id = Uuid::now_v7();
        rows.about(id);
        let mut run = Run { ask, by: &by, progress, rejects: rejects.as_mut(), watch: None, cast: None };
        let report = run.through(rows, id, &mut source)?;
        // Before the commit: where the rejected rows cannot be saved, nothing came in either.
        rejects.take().map_or(Ok(()), Rejects::keep)?;
        Ok(Report { import_id: Some(id), ..report })
    });
    tried.map(|done| done.output).map_err(|problem| about(problem, &ask.file))
}

/// Finds out what an import would do by trying it out beside the vault, which is only read. Every row may be watched.
pub(super) fn rehearse(
    vault: &Vault,
    ask: &Ask,
    progress: &Progress,
    now: DateTime<Utc>,
    watch: Option<Watch<'_>>,
) -> Result<Report> {
    let mut source = Source::open(&ask.file, &ask.options)?;
    source.minding(settings::own_fields(vault.rows())?);
    let by = vault.by().to_owned();
    let tried = vault.try_out(now, |rows, cast| {
        let mut run = Run { ask, by: &by, progress, rejects: None, watch, cast: Some(cast) };
        run.through(rows, Uuid::now_v7(), &mut source)
    });
    tried.map_err(|problem| about(problem, &ask.file))
}

/// Sees each row and what became of it.
pub(super) type Watch<'a> = &'a mut dyn FnMut(&Row, &Applied) -> Result<()>;

/// A file going through, row by row.
struct Run<'a, 'w> {
    ask: &'a Ask,
    by: &'a str,
    progress: &'a Progress,
    rejects: Option<&'a mut Rejects>,
    watch: Option<Watch<'w>>,
    /// Of a trial: whom the rows could be about.
    cast: Option<&'a Cast<'a>>,
}

impl Run<'_, '_> {
    fn through(&mut self, rows: &mut Rows<'_>, id: Uuid, source: &mut Source) -> Result<Report> {
        let detected = source.detected().clone();
        let mut report = Report::of(&detected);
        let import_no = begin(rows, id, self.ask, &detected, self.by)?;
        let mut applier = Applier::new(rows, id, import_no, self.ask, self.by, self.watch.is_some(), self.cast);
        let workers = std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).clamp(1, 4));
        self.progress.rows.store(0, Ordering::Relaxed);
        source.read(workers, self.progress, |batch| {
            batch.iter().try_for_each(|row| self.take(&mut applier, row, &mut report))?;
            self.progress.rows.store(report.rows, Ordering::Relaxed);
            Ok(())
        })?;
        finish(rows, import_no, &report)?;
        Ok(report)
    }

    fn take(&mut self, applier: &mut Applier<'_, '_>, row: &Row, report: &mut Report) -> Result<()> {
        let applied = applier.apply(row)?;
        report.count(row, &applied);
        if let (Outcome::Rejected | Outcome::Blocked, Some(rejects)) = (applied.outcome, self.rejects.as_mut()) {
            rejects.add(&row.raw)?;
        }
        self.watch.as_mut().map_or(Ok(()), |watch| watch(row, &applied))
    }
}

fn begin(rows: &Rows<'_>, id: Uuid, ask: &Ask, detected: &Detected, by: &str) -> Result<i64> {
    let import = table::NewImport {
        id,
        file: &ask.file.name(),
        sha256: &detected.sha256,
        bytes: detected.bytes,
        format: detected.format.as_str(),
        encoding: detected.encoding,
        delimiter: &between(detected),
        origin: ask.origin.as_str(),
        on_duplicate: ask.on_duplicate.as_str(),
        left_out: &json!(detected.left_out().collect::<Vec<_>>()).to_string(),
        sheet: detected.sheet.as_deref().unwrap_or_default(),
        at: rows.at,
        by,
        seq: rows.seq,
    };
    table::insert(rows, &import)
}

fn finish(rows: &mut Rows<'_>, import_no: i64, report: &Report) -> Result<()> {
    table::count(rows, import_no, report)?;
    rows.fact(
        None,
        &json!({ "rows": report.rows, "added": report.added, "merged": report.merged, "unchanged": report.unchanged,
            "skipped": report.skipped, "blocked": report.blocked, "rejected": report.rejected }),
    )
}

impl Report {
    fn of(detected: &Detected) -> Self {
        Self {
            format: detected.format.as_str().to_owned(),
            encoding: detected.encoding.to_owned(),
            delimiter: between(detected),
            left_out: detected.left_out().map(str::to_owned).collect(),
            sheet: detected.sheet.clone(),
            other_sheets: detected.other_sheets.clone(),
            ..Self::default()
        }
    }

    /// The same with at most so many problems and conflicts listed; the numbers stay.
    #[must_use]
    pub fn listing(mut self, most: usize) -> Self {
        self.problems.truncate(most);
        self.conflicts.truncate(most);
        self
    }

    fn count(&mut self, row: &Row, applied: &Applied) {
        self.rows += 1;
        for problem in &row.problems {
            self.trouble(row.line, problem.column.as_deref(), problem.code.as_str());
        }
        for field in &applied.conflicts {
            self.conflicts_total += 1;
            if let (Some(contact), true) = (applied.contact, self.conflicts.len() < LISTED) {
                self.conflicts.push(Conflict { line: row.line, contact, field: field.clone() });
            }
        }
        match applied.outcome {
            Outcome::Added => self.added += 1,
            Outcome::Merged => self.merged += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Private => {
                self.skipped += 1;
                self.trouble(row.line, None, "private_row");
            }
            Outcome::Skipped | Outcome::Restricted => self.skipped += 1,
            Outcome::Blocked => {
                self.blocked += 1;
                self.trouble(row.line, None, "blocked");
            }
            Outcome::Rejected => self.rejected += 1,
        }
        if applied.resembles {
            self.trouble(row.line, None, "resembles_erased");
        }
    }

    fn trouble(&mut self, line: u64, column: Option<&str>, code: &'static str) {
        self.problems_total += 1;
        // However many values were left out, the rows that did not come in are named.
        let kind = if column.is_some() { &mut self.listing.values } else { &mut self.listing.rows };
        if *kind < LISTED {
            *kind += 1;
            let column = column.map(|name| self.listing.column(name));
            self.problems.push(Trouble { line, column, code });
        }
    }
}

/// What stands between the cells of a file; empty where nothing does.
fn between(detected: &Detected) -> String {
    detected.delimiter.map(String::from).unwrap_or_default()
}

/// Names the file in what is wrong with it, where reading rows did not know it.
fn about(problem: Problem, file: &Given) -> Problem {
    if problem.code == Code::Unreadable && !problem.facts.contains_key("file") {
        problem.with("file", file.name())
    } else {
        problem
    }
}
