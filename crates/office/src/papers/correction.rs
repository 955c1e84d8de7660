//! A form for corrections that came back (Art. 16): what the person says it should be beside what is held, field by field. Nothing
//! is written but what the owner accepts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::letter::{Annex, Row, Shell, rows};
use super::readme::one_line;
use crate::intake::form::{Cells, cells};
use crate::people::{self, Change, How, Who, resolve};
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::vault::{Done, Vault, disclosure};

/// The longest value of a form, in letters.
const VALUE_MAX: usize = 2_000;
/// What the first column of the form is called, in our four languages and by its key.
const FIELD: [&str; 5] = ["field", "veld", "champ", "feld", "key"];

/// Which differences the owner accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accept {
    /// None: they are only shown.
    Nothing,
    /// Those of these fields: a key as the form has it, or the field that it belongs to.
    Fields(Vec<String>),
    /// All.
    All,
}

/// A field in which the form says something else than what is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Difference {
    /// The field's key; `email.2` is the second address, `address.city` the town.
    pub field: String,
    /// What the owner calls it; empty of a field that every contact has.
    pub title: String,
    /// What is held.
    pub ours: String,
    /// What the person says; empty where it shall go.
    pub theirs: String,
    /// Whether the owner accepted it: it is written then.
    pub accepted: bool,
}

/// What came of a form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Rectified {
    /// Where the form differs from what is held.
    pub differences: Vec<Difference>,
    /// The keys of the connections that got one of these fields and have to hear of it (Art. 19).
    pub recipients_to_tell: Vec<String>,
    /// Lines of the form that are about no field that is known here; nothing is done with them.
    pub unknown: Vec<String>,
}

/// Compares a form that came back with what is held, and writes what the owner accepts; the values before stay in the history.
///
/// # Errors
/// As `resolve`; [`crate::Code::Unreadable`], [`crate::Code::TooLarge`] for the file; [`crate::Code::Invalid`] for one that is no
/// such form, and for an accepted value that its field cannot have; [`crate::Code::NotFound`] for an accepted field that does not
/// differ; [`crate::Code::Restricted`]. Nothing was written then.
pub fn rectify(
    vault: &mut Vault,
    given: &str,
    form: &Given,
    accept: &Accept,
    now: DateTime<Utc>,
) -> Result<Done<Rectified>> {
    let who = resolve(vault.rows(), given)?;
    let held = held(vault, who, now)?;
    let said = said(cells(form)?, &held)?;
    let known = known_fields(vault)?;
    let (said, unknown): (Vec<_>, Vec<_>) = said.into_iter().partition(|(key, _)| known.contains_key(base(key)));
    let mut differences = compared(&held, said, accept, &known)?;
    if let Accept::Fields(fields) = accept {
        let differs = |field: &&String| !differences.iter().any(|one| belongs(&one.field, field));
        if let Some(field) = fields.iter().find(differs) {
            return Err(Problem::not_found("difference", field));
        }
    }
    differences.sort_by_key(|one| held.iter().position(|row| row.key == one.field).unwrap_or(usize::MAX));
    let changes = changes(&differences, &held);
    let touched =
        if changes.is_empty() { &[] } else { people::set(vault, &who.id.to_string(), &changes, now)?.touched };
    let recipients_to_tell = to_tell(vault, who, &differences)?;
    let unknown = unknown.into_iter().map(|(key, _)| one_line(&key)).collect();
    Ok(Done { output: Rectified { differences, recipients_to_tell, unknown }, touched })
}

fn held(vault: &Vault, who: Who, now: DateTime<Utc>) -> Result<Vec<Row>> {
    let shell = Shell::of(vault, "", now)?;
    rows(Annex { vault, who, language: shell.language, words: shell.words, now })
}

/// The fields that a form may be about, and what the owner calls those of their own.
fn known_fields(vault: &Vault) -> Result<HashMap<String, String>> {
    let all = crate::settings::fields(vault)?.into_iter().filter(|field| field.key != "labels");
    Ok(all.map(|field| (field.key, if field.own { field.title } else { String::new() })).collect())
}

/// The field that a key is about.
fn base(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn belongs(key: &str, field: &str) -> bool {
    key == field || base(key) == field
}

/// What the form says, by key: our form has a line for each field; a table with a column for each field and one line does, too,
/// but an empty cell says nothing there.
fn said(form: Cells, held: &[Row]) -> Result<Vec<(String, String)>> {
    let head: Vec<String> = form.head.iter().map(|name| name.trim().to_lowercase()).collect();
    let ours = head.first().is_some_and(|first| FIELD.contains(&first.as_str())) && head.len() > 1;
    let all: Vec<(String, String)> = if ours {
        let value = if head.len() > 2 { 2 } else { 1 };
        // A line that lost a cell, or got one too many by a comma, says something else than the person meant.
        let blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        let off = form.rows.iter().position(|row| row.len() != head.len() && !blank(row));
        if let Some(line) = off {
            return Err(Problem::invalid("from", "odd_line").with("line", line + 2));
        }
        let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
        form.rows.iter().map(|row| (cell(row, 0).trim().to_lowercase(), cell(row, value))).collect()
    } else if form.rows.len() == 1
        && head.iter().any(|key| held.iter().any(|row| row.key == *key || base(&row.key) == key))
    {
        let cells = form.rows.into_iter().next().unwrap_or_default();
        head.into_iter().zip(cells).filter(|(_, value)| !value.trim().is_empty()).collect()
    } else {
        return Err(Problem::invalid("from", "no_form"));
    };
    let all: Vec<_> =
        all.into_iter().filter(|(key, _)| !key.is_empty()).map(|(key, value)| (first(key), value)).collect();
    if let Some((key, _)) = all.iter().find(|(_, value)| value.chars().count() > VALUE_MAX) {
        return Err(Problem::invalid(base(key), "too_long").with("max", VALUE_MAX));
    }
    let mut seen = HashSet::new();
    match all.iter().find(|(key, _)| !seen.insert(key.clone())) {
        Some((key, _)) => Err(Problem::invalid(base(key), "set_twice")),
        None => Ok(all),
    }
}

/// `email.1` is `email`, and so on.
fn first(key: String) -> String {
    match key.split_once(".1") {
        Some((field, "")) => field.to_owned(),
        Some((field, rest)) if rest.starts_with('.') => format!("{field}{rest}"),
        _ => key,
    }
}

fn compared(
    held: &[Row],
    said: Vec<(String, String)>,
    accept: &Accept,
    known: &HashMap<String, String>,
) -> Result<Vec<Difference>> {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let difference = |(field, theirs): (String, String)| {
        let ours = held.iter().find(|row| row.key == field).map(|row| row.value.clone()).unwrap_or_default();
        let theirs = plain(&theirs);
        let accepted = match accept {
            Accept::Nothing => false,
            Accept::All => true,
            Accept::Fields(fields) => fields.iter().any(|wanted| belongs(&field, wanted)),
        };
        let title = known.get(&field).cloned().unwrap_or_default();
        (plain(&ours) != theirs).then_some(Difference { field, title, ours, theirs, accepted })
    };
    Ok(said.into_iter().filter_map(difference).collect())
}

/// The accepted differences as changes, in an order in which none moves the place of another: values that repeat go last, and of
/// them the last first.
fn changes(differences: &[Difference], held: &[Row]) -> Vec<Change> {
    let mut sets = Vec::new();
    let mut goes = Vec::new();
    for one in differences.iter().filter(|one| one.accepted) {
        let repeats = matches!(base(&one.field), "email" | "phone" | "website");
        let change = |field: String, how, value: &str| Change { field, how, value: value.to_owned() };
        let there = held.iter().any(|row| row.key == one.field && !row.value.is_empty());
        // By its place, so that a value of whoever was merged into them is found, too.
        let place = match one.field.split_once('.') {
            None => format!("{}.1", one.field),
            Some((field, part)) if part.parse::<usize>().is_err() && !part.contains('.') => format!("{field}.1.{part}"),
            Some(_) => one.field.clone(),
        };
        match (repeats, there, one.theirs.is_empty()) {
            (false, ..) if base(&one.field) == "address" => sets.push(change(place, How::Set, &one.theirs)),
            (false, ..) => sets.push(change(one.field.clone(), How::Set, &one.theirs)),
            (true, true, true) => goes.push(change(place, How::Remove, "")),
            (true, true, false) => sets.push(change(place, How::Set, &one.theirs)),
            (true, false, _) => sets.push(change(base(&one.field).to_owned(), How::Add, &one.theirs)),
        }
    }
    let nth = |change: &Change| change.field.rsplit('.').next().and_then(|nth| nth.parse::<usize>().ok()).unwrap_or(0);
    goes.sort_by_key(|change| std::cmp::Reverse(nth(change)));
    sets.extend(goes);
    sets
}

/// Who holds their data and once got one of the fields that changed; before any is accepted, that would.
fn to_tell(vault: &Vault, who: Who, differences: &[Difference]) -> Result<Vec<String>> {
    let any = differences.iter().any(|one| one.accepted);
    let changed: HashSet<&str> =
        differences.iter().filter(|one| one.accepted || !any).map(|one| base(&one.field)).collect();
    let mut told: Vec<String> = Vec::new();
    for one in disclosure::of_contact(vault.rows(), vault.business(), who.no)? {
        let got = one.fields.iter().any(|field| changed.contains(base(field)));
        if got && !told.contains(&one.connection) {
            told.push(one.connection);
        }
    }
    Ok(told)
}
