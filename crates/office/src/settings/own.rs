//! The owner's own fields: what each may hold, and of a choice what there is to choose from.

use std::collections::{HashMap, HashSet};

use akkoord_rules::field::{Holds, Sensitivity};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::normal::text::{fold, trim};
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Done, Vault};

/// How many choices a field may have, and how many letters each.
const CHOICES_MAX: usize = 50;
const CHOICE_MAX: usize = 100;

/// An own field to be added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewField {
    /// Its name for programs: small letters, digits and `_`.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// What it holds.
    pub holds: Holds,
    /// Of a choice, what may be chosen, in order. While there is nothing, nothing can be set.
    pub choices: Vec<String>,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
}

/// Something that may be chosen in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Chosen {
    /// The choice.
    pub choice: String,
    /// How many contacts have it; whoever was merged is one with whom they were merged into.
    pub contacts: i64,
}

/// Adds an own field.
///
/// # Errors
/// [`Code::Invalid`] for a key that is not letters, digits and `_`, for a title that says nothing, and for choices as
/// [`set_choices`] says; [`Code::Duplicate`] for a key that is taken.
pub fn add_field(vault: &mut Vault, new: &NewField, now: DateTime<Utc>) -> Result<Done<()>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let key = new.key.as_str();
    if key.is_empty() || key.len() > 40 || !key.chars().all(plain) {
        return Err(Problem::invalid("key", "no_key"));
    }
    if new.title.trim().is_empty() {
        return Err(Problem::invalid("title", "empty"));
    }
    // A contact's page lists its repeated values under these.
    if ["emails", "phones", "addresses", "websites"].contains(&key) {
        return Err(Problem::new(Code::Duplicate).with("field", "key").with("given", key));
    }
    let choices = checked(&new.choices)?;
    if new.holds != Holds::Choice && !choices.is_empty() {
        return Err(Problem::invalid("choices", "only_of_a_choice"));
    }
    vault.record(Act::FieldSet, None, now, |rows| {
        let added = rows.execute(
            "INSERT INTO field (key, title, type, sensitivity, own, choices) VALUES (?, ?, ?, ?, 1, ?)
             ON CONFLICT DO NOTHING",
            params![key, new.title.trim(), new.holds.as_str(), new.sensitivity.as_str(), json!(choices).to_string()],
        )?;
        if added == 0 {
            return Err(Problem::new(Code::Duplicate).with("field", "key").with("given", key));
        }
        let (holds, sensitivity) = (new.holds.as_str(), new.sensitivity.as_str());
        rows.fact(None, &json!({ "field": key, "type": holds, "sensitivity": sensitivity, "choices": choices.len() }))
    })
}

/// What may be chosen in a field, in the owner's order, with how many contacts have it.
///
/// # Errors
/// [`Code::NotFound`] for no own field; faults of the database.
pub fn choices(vault: &Vault, key: &str) -> Result<Vec<Chosen>> {
    let field = own_field(vault.rows(), key)?;
    let having = having(vault.rows(), key)?;
    let count = |choice: String| Chosen { contacts: having.get(&choice).copied().unwrap_or_default(), choice };
    Ok(field.choices.into_iter().map(count).collect())
}

/// Sets what may be chosen in a field, in this order. What somebody has stays until nobody has it, spelled as it is.
///
/// # Errors
/// [`Code::NotFound`] for no own field; [`Code::Invalid`], field `choices`, why `only_of_a_choice`, `no_choices`,
/// `too_many_choices`, `choice_text`, `choice_twice` or `choice_in_use`, which say which one in `given`.
pub fn set_choices(vault: &mut Vault, key: &str, wanted: &[String], now: DateTime<Utc>) -> Result<Done<()>> {
    let wanted = checked(wanted)?;
    vault.record(Act::FieldSet, None, now, |rows| {
        let field = own_field(rows, key)?;
        if field.holds != Holds::Choice {
            return Err(Problem::invalid("choices", "only_of_a_choice"));
        }
        if wanted.is_empty() {
            return Err(Problem::invalid("choices", "no_choices"));
        }
        let having = having(rows, key)?;
        let mut gone = field.choices.iter().filter(|known| !wanted.contains(known));
        if let Some((choice, contacts)) = gone.find_map(|choice| Some((choice, *having.get(choice)?))) {
            let problem = Problem::invalid("choices", "choice_in_use");
            return Err(problem.with("given", choice.as_str()).with("count", contacts));
        }
        rows.execute("UPDATE field SET choices = ? WHERE key = ?", params![json!(wanted).to_string(), key])?;
        rows.fact(None, &json!({ "field": key, "choices": wanted.len() }))
    })
}

/// Gives a choice another text, in its place among the others: whoever has it has the new text from then on, those on lock too, for it
/// is the owner's word that changes and not what somebody chose. Returns how many contacts have it, counted as in [`Chosen`].
///
/// # Errors
/// [`Code::NotFound`] for no own field and for a text that is none of its choices; [`Code::Invalid`] for a new text as
/// [`set_choices`] says.
pub fn rename_choice(vault: &mut Vault, key: &str, from: &str, to: &str, now: DateTime<Utc>) -> Result<Done<i64>> {
    vault.record(Act::FieldSet, None, now, |rows| {
        let field = own_field(rows, key)?;
        if !field.choices.iter().any(|known| known == from) {
            return Err(Problem::not_found("choice", from));
        }
        let renamed = |known: String| if known == from { trim(to).to_owned() } else { known };
        let choices = checked(&field.choices.into_iter().map(renamed).collect::<Vec<_>>())?;
        let contacts = having(rows, key)?.get(from).copied().unwrap_or_default();
        rows.execute("UPDATE field SET choices = ? WHERE key = ?", params![json!(choices).to_string(), key])?;
        rows.fact(None, &json!({ "field": key, "choices": choices.len() }))?;
        for contact in rename_for(rows, key, from, trim(to))? {
            rows.fact(Some(contact), &json!({ "field": key, "renamed": trim(to) }))?;
        }
        Ok(contacts)
    })
}

/// Gives everybody who has this value of a field the other one, and says who they are.
fn rename_for(conn: &Connection, key: &str, from: &str, to: &str) -> Result<Vec<Uuid>> {
    let mut query = conn.prepare_cached(
        "UPDATE custom_value SET value = ?3 WHERE value = ?2 AND field_no = (SELECT no FROM field WHERE key = ?1)
         RETURNING (SELECT id FROM contact WHERE no = contact_no)",
    )?;
    let contacts = query.query_map([key, from, to], |row| row.get(0))?;
    Ok(contacts.collect::<Result<_, _>>()?)
}

/// Choices as they are kept: without space around them, each once whatever its capitals and accents.
fn checked(choices: &[String]) -> Result<Vec<String>> {
    let mut known = HashSet::new();
    let mut kept = Vec::with_capacity(choices.len());
    for choice in choices.iter().map(|choice| trim(choice)) {
        let invalid = |why: &str| Err(Problem::invalid("choices", why).with("given", choice));
        if choice.is_empty() || choice.chars().count() > CHOICE_MAX || choice.chars().any(char::is_control) {
            return invalid("choice_text");
        }
        if !known.insert(fold(choice)) {
            return invalid("choice_twice");
        }
        kept.push(choice.to_owned());
    }
    if kept.len() > CHOICES_MAX {
        return Err(Problem::invalid("choices", "too_many_choices").with("max", CHOICES_MAX));
    }
    Ok(kept)
}

/// How many contacts have each value of a field.
fn having(conn: &Connection, key: &str) -> Result<HashMap<String, i64>> {
    let mut query = conn.prepare_cached(
        "SELECT value, count(DISTINCT coalesce(merged_into, contact.no)) FROM custom_value
         JOIN contact ON contact.no = contact_no JOIN field ON field.no = field_no
         WHERE key = ? AND value <> '' GROUP BY value",
    )?;
    let rows = query.query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The list of choices that a row has in this column.
pub(super) fn listed(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| rusqlite::Error::InvalidQuery)
}

/// An own field, as values are put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnField {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) holds: Holds,
    pub(crate) choices: Vec<String>,
}

/// Why a field cannot hold a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is no date.
    Date,
    /// It is no number.
    Number,
    /// It is none of the choices.
    Choice,
}

impl OwnField {
    /// The value as the field keeps it: of a choice, in the choice's own spelling.
    pub(crate) fn kept(&self, value: &str) -> Result<String, Unfit> {
        let as_typed = |fits: bool, unfit| if fits { Ok(value.to_owned()) } else { Err(unfit) };
        match self.holds {
            Holds::Text => Ok(value.to_owned()),
            Holds::Date => as_typed(value.parse::<NaiveDate>().is_ok(), Unfit::Date),
            Holds::Number => as_typed(value.parse::<f64>().is_ok_and(f64::is_finite), Unfit::Number),
            Holds::Choice => {
                let meant = fold(value);
                let same = self.choices.iter().find(|choice| *choice == value);
                let found = same.or_else(|| self.choices.iter().find(|choice| fold(choice) == meant));
                found.cloned().ok_or(Unfit::Choice)
            }
        }
    }

    /// The refusal of a value that the field cannot hold.
    pub(crate) fn refusal(&self, unfit: Unfit) -> Problem {
        match unfit {
            Unfit::Date => Problem::invalid(&self.key, "no_date"),
            Unfit::Number => Problem::invalid(&self.key, "no_number"),
            Unfit::Choice if self.choices.is_empty() => {
                Problem::invalid(&self.key, "nothing_to_choose").with("title", self.title.as_str())
            }
            Unfit::Choice => {
                let problem = Problem::invalid(&self.key, "no_choice").with("title", self.title.as_str());
                problem.with("choices", self.choices.join(", "))
            }
        }
    }
}

/// All own fields, the oldest first.
pub(crate) fn own_fields(conn: &Connection) -> Result<Vec<OwnField>> {
    let mut query = conn.prepare_cached("SELECT key, title, type, choices FROM field WHERE own = 1 ORDER BY no")?;
    let rows = query.query_map([], |row| {
        let holds: String = row.get(2)?;
        let holds = Holds::parse(&holds).ok_or(rusqlite::Error::InvalidQuery)?;
        Ok(OwnField { key: row.get(0)?, title: row.get(1)?, holds, choices: listed(row, 3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The own field of this key.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) fn own_field(conn: &Connection, key: &str) -> Result<OwnField> {
    own_fields(conn)?.into_iter().find(|field| field.key == key).ok_or_else(|| Problem::not_found("field", key))
}

/// Whether everything that was chosen for a contact may still be chosen: what was is no more where the owner took it away since.
pub(crate) fn all_choosable(conn: &Connection, contact_no: i64) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (
                 SELECT 1 FROM custom_value JOIN field ON field.no = field_no
                 WHERE contact_no = ? AND type = 'choice' AND value <> ''
                   AND value NOT IN (SELECT value FROM json_each(field.choices)))";
    Ok(conn.prepare_cached(sql)?.query_row([contact_no], |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
