//! What an import would do, before anything is written: the file as it was understood, its first rows as they will be stored,
//! and every number that the import itself will give.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::apply::{Applied, Outcome};
use super::convert::{Row, Verdict};
use super::draft::Draft;
use super::header::{Column, Target};
use super::import::{Ask, Report, Trouble, rehearse};
use super::mapping::name_of;
use super::matching::{By, Match};
use super::plan::Merge;
use super::reader::{Detected, Progress, Source};
use super::saved::own_fields;
use super::table::Record;
use crate::normal::text::trim;
use crate::problem::Result;
use crate::vault::Vault;
use crate::vault::import::Fillings;

/// How many rows are shown as they will be stored.
const FIRST: usize = 10;
/// How many values of a column are shown, and how much of each.
const SAMPLES: usize = 3;
const SAMPLE_MAX: usize = 60;
/// How many duplicates are shown.
const EXAMPLES: usize = 3;
/// How many problems and conflicts are listed.
const LISTED: usize = 500;

/// What an import would do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Preview {
    /// The file's name.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Who wrote it.
    pub format: &'static str,
    /// The language of its columns, where the format has several.
    pub language: Option<&'static str>,
    /// Its encoding.
    pub encoding: &'static str,
    /// Whether a byte order mark leads.
    pub bom: bool,
    /// What stands between its cells; empty where nothing does.
    pub delimiter: String,
    /// Its columns, in their order.
    pub columns: Vec<ColumnShown>,
    /// Its columns say enough to know who somebody is; else somebody must say what they mean.
    pub suffices: bool,
    /// The mapping that was taken of those that are kept.
    pub mapping: Option<MappingTaken>,
    /// Its first rows, as they will be stored.
    pub first: Vec<RowShown>,
    /// Rows with a problem of their own or in a value.
    pub attention: u64,
    /// What matches somebody.
    pub duplicates: Duplicates,
    /// The numbers of the import; of its problems and conflicts the first ones.
    pub report: Report,
}

/// A kept mapping by which a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MappingTaken {
    /// Its id.
    pub mapping: Uuid,
    /// What people call it.
    pub name: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ColumnShown {
    /// Its name as it stands in the file.
    pub header: String,
    /// The field that its cells go into, by its key; absent for a column that says nothing to us.
    pub field: Option<&'static str>,
    /// Which of several of that field; columns with the same number belong together.
    pub slot: u16,
    /// Whether it comes in.
    pub kept: bool,
    /// Why it stays out, or would unless it was ticked; a code. `unticked` where the owner took it out.
    pub why: Option<&'static str>,
    /// Whether the owner can choose.
    pub choice: bool,
    /// How many rows have something in it.
    pub filled: u64,
    /// What it is made into, by the name that a mapping gives it; absent for what only programs write.
    pub said: Option<String>,
    /// What stands in it, of some rows.
    pub samples: Vec<String>,
}

/// A row as it will be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RowShown {
    /// Its line in the file.
    pub line: u64,
    /// What people will call the contact.
    pub name: String,
    /// `added`, `merged`, `unchanged`, `skipped`, `blocked` or `rejected`.
    pub outcome: &'static str,
    /// Why it is skipped, blocked or rejected; a code.
    pub why: Option<&'static str>,
    /// Every value.
    pub values: Vec<ValueShown>,
    /// What was left out of it.
    pub problems: Vec<Trouble>,
}

/// A value as it will be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ValueShown {
    /// The field's key; of an own field its name.
    pub field: String,
    /// What it is called: "Work".
    pub label: String,
    /// As the file has it.
    pub value: String,
    /// As it is compared and dialled; of an e-mail address or phone number only.
    pub normal: Option<String>,
}

/// Rows about somebody who is there already.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Duplicates {
    /// Rows that match a contact by an e-mail address.
    pub email: u64,
    /// Rows that match a contact by a phone number.
    pub phone: u64,
    /// Rows without either that match a contact by name.
    pub name: u64,
    /// Rows that match an earlier row of the same file.
    pub in_file: u64,
    /// Some of those that match a contact, and some that match an earlier row.
    pub examples: Vec<Example>,
}

/// A row about somebody who is there already.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Example {
    /// Its line in the file.
    pub line: u64,
    /// The name in the row.
    pub row: String,
    /// What people call the contact that it matches.
    pub name: String,
    /// That contact comes from an earlier row of the same file.
    pub in_file: bool,
    /// `email`, `phone` or `name`.
    pub by: &'static str,
    /// What merging would add.
    pub fills: Vec<ValueShown>,
    /// Fields in which the row says something else; what is there stays.
    pub differs: Vec<Cow<'static, str>>,
}

/// Finds out what an import would do; nothing is written, whatever `ask` says.
///
/// # Errors
/// As the import itself.
pub fn preview(vault: &Vault, ask: &Ask, progress: &Progress, now: DateTime<Utc>) -> Result<Preview> {
    let detected = Source::open(&ask.file, &ask.options)?.detected().clone();
    let last: i64 = vault.rows().query_row("SELECT coalesce(max(no), 0) FROM contact", [], |row| row.get(0))?;
    let own = own_fields(vault)?;
    let mut seen = Seen { last, columns: vec![SeenColumn::default(); detected.columns.len()], ..Seen::default() };
    let report = rehearse(vault, ask, progress, now, Some(&mut |row, applied| seen.take(row, applied)))?;
    let columns = detected.columns.iter().zip(seen.columns).map(|(column, seen)| ColumnShown::of(column, seen, &own));
    let columns = columns.collect();
    let Detected { format, language, encoding, bom, delimiter, bytes, mapping, suffices, .. } = detected;
    Ok(Preview {
        file: ask.file.name(),
        bytes,
        format: format.as_str(),
        language: language.map(super::outlook::Language::tag),
        encoding,
        bom,
        delimiter: delimiter.map(String::from).unwrap_or_default(),
        columns,
        suffices,
        mapping: mapping.map(|(mapping, name)| MappingTaken { mapping, name }),
        first: seen.first,
        attention: seen.attention,
        duplicates: seen.duplicates,
        report: report.listing(LISTED),
    })
}

/// What was seen of the rows so far.
#[derive(Debug, Default)]
struct Seen {
    /// The last contact from before the import.
    last: i64,
    columns: Vec<SeenColumn>,
    first: Vec<RowShown>,
    attention: u64,
    duplicates: Duplicates,
}

/// What was seen of a column so far.
#[derive(Debug, Clone, Default)]
struct SeenColumn {
    filled: u64,
    samples: Vec<String>,
}

impl SeenColumn {
    fn take(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES {
            let sample: String = cell.chars().take(SAMPLE_MAX).collect();
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }
}

impl Seen {
    fn take(&mut self, row: &Row, applied: &Applied) -> Result<()> {
        self.fill(&row.raw);
        self.attention += u64::from(!row.problems.is_empty());
        if self.first.len() < FIRST {
            self.first.push(RowShown::of(row, applied.outcome));
        }
        if let Some((found, merge)) = &applied.matched {
            self.match_with(row, found, merge);
        }
        Ok(())
    }

    fn fill(&mut self, record: &Record) {
        self.columns.iter_mut().zip(record.iter()).for_each(|(column, cell)| column.take(trim(cell)));
    }

    fn match_with(&mut self, row: &Row, found: &Match, merge: &Merge) {
        let duplicates = &mut self.duplicates;
        let in_file = found.member > self.last;
        let (count, by) = match found.by {
            By::Email => (&mut duplicates.email, "email"),
            By::Phone => (&mut duplicates.phone, "phone"),
            By::Name => (&mut duplicates.name, "name"),
        };
        *(if in_file { &mut duplicates.in_file } else { count }) += 1;
        if duplicates.examples.iter().filter(|one| one.in_file == in_file).count() < EXAMPLES {
            duplicates.examples.push(Example {
                line: row.line,
                row: row.draft.name(),
                name: found.known.name(),
                in_file,
                by,
                fills: shown(&merge.parts()),
                differs: merge.conflicts.clone(),
            });
        }
    }
}

impl ColumnShown {
    fn of(column: &Column, seen: SeenColumn, own: &BTreeSet<String>) -> Self {
        let meaning = &column.meaning;
        let known = meaning.target != Target::Other;
        Self {
            header: column.header.clone(),
            field: known.then(|| meaning.target.as_str()),
            slot: meaning.slot,
            kept: column.kept,
            why: meaning.why.map(super::header::Why::as_str).or((!column.kept).then_some("unticked")),
            // A column without a name cannot be named; "private" is read whatever is ticked, because it protects.
            choice: !column.header.is_empty() && !meaning.target.protects(),
            filled: seen.filled,
            said: name_of(meaning, own),
            samples: seen.samples,
        }
    }
}

impl RowShown {
    fn of(row: &Row, outcome: Outcome) -> Self {
        let (outcome, why) = match (outcome, row.verdict) {
            (Outcome::Added, _) => ("added", None),
            (Outcome::Merged, _) => ("merged", None),
            (Outcome::Unchanged, _) => ("unchanged", None),
            (Outcome::Private, _) => ("skipped", Some("private_row")),
            (Outcome::Restricted, _) => ("skipped", Some("restricted")),
            (Outcome::Blocked, _) => ("blocked", Some("blocked")),
            (Outcome::Skipped, Verdict::Skipped(code)) => ("skipped", Some(code.as_str())),
            (Outcome::Skipped, _) => ("skipped", Some("known")),
            (Outcome::Rejected, Verdict::Rejected(code)) => ("rejected", Some(code.as_str())),
            (Outcome::Rejected, _) => ("rejected", None),
        };
        let problem = |problem: &super::convert::RowProblem| Trouble {
            line: problem.line,
            column: problem.column.as_deref().map(Into::into),
            code: problem.code.as_str(),
        };
        Self {
            line: row.line,
            name: row.draft.name(),
            outcome,
            why,
            values: shown(&all(&row.draft)),
            problems: row.problems.iter().map(problem).collect(),
        }
    }
}

/// Everything that a draft says.
fn all(draft: &Draft) -> Fillings<'_> {
    Fillings {
        singles: draft.singles().into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        emails: &draft.emails,
        phones: &draft.phones,
        addresses: &draft.addresses,
        websites: &draft.websites,
        labels: &draft.labels,
        custom: &draft.custom,
    }
}

fn shown(values: &Fillings<'_>) -> Vec<ValueShown> {
    let value = |field: &str, label: &str, value: &str, normal: Option<&str>| ValueShown {
        field: field.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        normal: normal.map(str::to_owned),
    };
    let mut all: Vec<ValueShown> = values.singles.iter().map(|(field, text)| value(field, "", text, None)).collect();
    all.extend(values.emails.iter().map(|email| value("email", &email.label, &email.value, Some(&email.normalised))));
    all.extend(values.phones.iter().map(|phone| value("phone", &phone.label, &phone.value, Some(&phone.e164))));
    all.extend(values.addresses.iter().map(|address| value("address", &address.label, &address.line(), None)));
    all.extend(values.websites.iter().map(|site| value("website", &site.label, &site.value, None)));
    all.extend(values.labels.iter().map(|label| value("labels", "", label, None)));
    all.extend(values.custom.iter().map(|(field, text)| value(field, "", text, None)));
    all
}

#[cfg(test)]
mod tests;
