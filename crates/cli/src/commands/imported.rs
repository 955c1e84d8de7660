//! What an import did, in words.

use std::path::Path;

use akkoord_office::intake::import::{Conflict, Report, Trouble};
use akkoord_office::intake::{self, Listed, Undone};
use akkoord_office::problem::Result;
use akkoord_office::vault::{Business, Vault};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::output::Outcome;
use crate::sentences;
use crate::text::{counted, listed, when};

/// Lines that are named of each kind of problem.
const NAMED: usize = 5;

/// A report as JSON: its problems with their sentences. The lists are written as they stand: each may be long.
#[derive(Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    rest: Value,
    problems: Problems,
    conflicts: Vec<Conflict>,
    seconds: f64,
}

impl Shown {
    pub(super) fn of(mut report: Report, seconds: f64) -> Self {
        let problems = Problems(std::mem::take(&mut report.problems));
        let conflicts = std::mem::take(&mut report.conflicts);
        let mut rest = serde_json::to_value(report).unwrap_or_default();
        if let Some(rest) = rest.as_object_mut() {
            rest.retain(|key, _| key != "problems" && key != "conflicts");
        }
        Self { rest, problems, conflicts, seconds }
    }
}

struct Problems(Vec<Trouble>);

#[derive(Serialize)]
struct Said<'a> {
    #[serde(flatten)]
    trouble: &'a Trouble,
    message: &'static str,
}

impl Serialize for Problems {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|trouble| Said { trouble, message: sentences::row_sentence(trouble.code) }))
    }
}

/// What came of a file; `rejected_to` is where its rejected rows went.
pub(super) fn summary(report: &Report, dry_run: bool, rejected_to: Option<&Path>) -> String {
    let mut text = read_as(report);
    let counts = [
        (report.added, "added"),
        (report.merged, "merged into somebody who was there"),
        (report.unchanged, "known already, nothing new"),
        (report.skipped, "skipped"),
        (report.blocked, "blocked: erased before"),
        (report.rejected, "rejected"),
    ];
    for (count, what) in counts.iter().filter(|(count, _)| *count > 0) {
        text.push_str(&format!("{count:>9}  {what}\n"));
    }
    if !report.problems.is_empty() {
        text.push_str(&format!("\nProblems\n{}", problems(report)));
    }
    if report.rejected + report.blocked > 0 {
        text.push_str(&match rejected_to {
            Some(file) if !dry_run => {
                format!("  The rows that did not go in are in {}: mend and import that file.\n", file.display())
            }
            _ => "  To mend rejected rows: import with --rejected-to FILE.csv, mend and import that file.\n".to_owned(),
        });
    }
    if report.conflicts_total > 0 {
        let differ = counted(report.conflicts_total, "value differs", "values differ");
        text.push_str(&format!("\n{differ} from what was there; what was there stays.\n"));
    }
    if !report.left_out.is_empty() {
        let columns = counted(report.left_out.len(), "column", "columns");
        let names = report.left_out.join("; ");
        // A comma parts the names of --with.
        let one = report.left_out.iter().find(|name| !name.contains(',')).map_or("all", String::as_str);
        text.push_str(&format!(
            "\nLeft out, to keep no more than you need: {columns}\n  {names}\n  To take one in: --with \"{one}\"; or --with all.\n"
        ));
    }
    match report.import_id {
        Some(id) => text.push_str(&format!("\nTo take it all back: akkoord-cli import undo {id}\n")),
        None if dry_run => text.push_str("\nThis was a dry run: nothing was written.\n"),
        None => {}
    }
    text
}

fn read_as(report: &Report) -> String {
    let kind = match report.format.as_str() {
        "google" => "a Google Contacts file",
        "outlook" => "an Outlook file",
        "vcard" => "a vCard file",
        "xlsx" => "an Excel workbook",
        _ => "a CSV file",
    };
    let between = match report.delimiter.as_str() {
        "," => "commas".to_owned(),
        ";" => "semicolons".to_owned(),
        "\t" => "tabs".to_owned(),
        "" => return read_from(report, kind),
        other => format!("“{other}”"),
    };
    let rows = counted(report.rows, "row", "rows");
    format!("{rows}, read as {kind} ({}, with {between} between the cells).\n\n", report.encoding)
}

/// Cards and workbooks have nothing between cells.
fn read_from(report: &Report, kind: &str) -> String {
    let rows = counted(report.rows, "row", "rows");
    let Some(sheet) = &report.sheet else { return format!("{rows}, read as {kind} ({}).\n\n", report.encoding) };
    let mut text = format!("{rows}, read as {kind}, from the sheet “{}”.\n", crate::text::plain(sheet));
    if !report.other_sheets.is_empty() {
        let others: Vec<String> =
            report.other_sheets.iter().map(|name| format!("“{}”", crate::text::plain(name))).collect();
        text.push_str(&format!("Not read: {}.\n", listed(&others)));
    }
    text.push('\n');
    text
}

/// Each kind of problem once: how many there are, and the first lines.
fn problems(report: &Report) -> String {
    let mut kinds: Vec<(&str, Vec<&Trouble>)> = Vec::new();
    for trouble in &report.problems {
        match kinds.iter_mut().find(|(code, _)| *code == trouble.code) {
            Some((_, all)) => all.push(trouble),
            None => kinds.push((trouble.code, vec![trouble])),
        }
    }
    let mut text: String = kinds.iter().map(|(code, all)| problem(code, all)).collect();
    let untold = report.problems_total.saturating_sub(report.problems.len() as u64);
    if untold > 0 {
        text.push_str(&format!("  … and {untold} more\n"));
    }
    text
}

fn problem(code: &str, all: &[&Trouble]) -> String {
    let what = sentences::rows_sentence(code, all.len());
    if let ([only], Some(column)) = (all, all.first().and_then(|trouble| trouble.column.as_deref())) {
        return format!("  {what}: line {} ({column})\n", only.line);
    }
    let mut lines: Vec<String> = all.iter().map(|trouble| trouble.line.to_string()).collect();
    lines.dedup();
    let (word, more) = (if lines.len() == 1 { "line" } else { "lines" }, lines.len().saturating_sub(NAMED));
    lines.truncate(NAMED);
    match more {
        0 => format!("  {what}: {word} {}\n", listed(&lines)),
        _ => format!("  {what}: {word} {} and {more} more\n", lines.join(", ")),
    }
}

/// What taking an import back did.
pub(super) fn undone(undone: &Undone) -> String {
    let people = counted(undone.removed, "contact removed", "contacts removed");
    let mut text = format!("{people}, {} put back as before.\n", undone.restored);
    let kept = undone.kept.len();
    if kept > 0 {
        text.push_str(if kept == 1 { "1 stays:\n".to_owned() } else { format!("{kept} stay:\n") }.as_str());
        for kept in undone.kept.iter().take(20) {
            let why = match kept.why {
                "also_in_import" => "a later import brought them too",
                _ => "something happened with them since",
            };
            text.push_str(&format!("  {} ({}): {why}\n", crate::text::plain(&kept.name), kept.contact));
        }
        if kept > 20 {
            text.push_str(&format!("  … and {} more; --json lists them all\n", kept - 20));
        }
    }
    text
}

/// All imports.
pub(super) fn list(vault: &Vault) -> Result<Outcome> {
    let imports = intake::imports(vault)?;
    let text: String = imports.iter().map(|import| line(import, vault.business())).collect();
    let text = if text.is_empty() { "Nothing was imported yet.".to_owned() } else { text };
    Ok(Outcome::new(json!({ "imports": imports }), text))
}

fn line(import: &Listed, business: &Business) -> String {
    let counts = [
        (import.added, "added"),
        (import.merged, "merged"),
        (import.unchanged, "known already"),
        (import.skipped, "skipped"),
        (import.blocked, "blocked"),
        (import.rejected, "rejected"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let state = if import.undone { "  (taken back)" } else { "" };
    let rows = counted(import.rows, "row", "rows");
    let file = crate::text::plain(&import.file);
    let at = when(&import.at, business);
    format!("{at}  {file}{state}\n  {rows}: {}\n  Id {}\n", listed(&told), import.import_id)
}
