//! Changing what a purpose is called, where it may reach people, how long it lasts and whom it applies to. Its basis stays: on
//! another basis it is another purpose.

use akkoord_rules::consent::Basis;
use akkoord_rules::person::ChannelSet;
use akkoord_rules::span::Span;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::add::{Warning, codes, softly};
use super::stored::{Stored, answerable};
use crate::consents::{country, refresh_purpose};
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Vault};

/// The longest short name, in letters: what fits above a column of marks.
pub const SHORT_MAX: usize = 11;

/// What to change; what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PurposeChange {
    /// Its name for people.
    pub title: Option<String>,
    /// Its name above a column; an empty one follows from the title.
    pub short: Option<String>,
    /// The channels it may use; none is every channel.
    #[cfg_attr(feature = "specta", specta(type = Option<Vec<akkoord_rules::person::Channel>>))]
    pub channels: Option<ChannelSet>,
    /// How long data is kept, or a yes lasts (P24M); empty is until further notice.
    pub retention: Option<String>,
    /// Whom it applies to; empty is everybody.
    pub label: Option<String>,
    /// Whether marketing on legitimate interests goes to existing customers by message: the owner says that it is about similar
    /// products, and that they could object when they gave their address.
    pub soft_opt_in: Option<bool>,
    /// Whether it is about special categories of data, so that only an express yes counts.
    pub special: Option<bool>,
}

/// A purpose that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PurposeSet {
    /// Its key.
    pub purpose: String,
    /// What the owner should know.
    pub warnings: Vec<Warning>,
}

/// Changes a purpose.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::BuiltinPurpose`]; [`crate::Code::Invalid`] for a title that is empty, a short name that is too long, what is
/// no length of time, and a longer retention than people agreed to.
pub fn set(vault: &mut Vault, key: &str, change: &PurposeChange, now: DateTime<Utc>) -> Result<Done<PurposeSet>> {
    let business = vault.business().clone();
    let stored = answerable(vault.rows(), &business, key)?;
    let columns = columns(change)?;
    if change.soft_opt_in == Some(true) {
        let lawful = softly(stored.rules.basis, stored.rules.marketing) && country(&business)?.soft_opt_in();
        lawful.then_some(()).ok_or_else(|| Problem::invalid("soft_opt_in", "not_here"))?;
    }
    if change.special == Some(true) && stored.rules.basis != Basis::Consent {
        return Err(Problem::invalid("special", "only_of_consent"));
    }
    if let Some(retention) = &change.retention {
        not_longer(vault.rows(), &stored, span(retention)?, business.today(now))?;
    }
    let boundless = change.label.as_deref().is_some_and(|label| label.trim().is_empty());
    let boundless = boundless && stored.rules.basis != Basis::Consent;
    vault.record(Act::PurposeSet, None, now, |rows| {
        for (column, value) in &columns {
            let sql = format!("UPDATE purpose SET {column} = ? WHERE no = ?");
            match value.as_bool() {
                Some(set) => rows.execute(&sql, params![set, stored.no])?,
                None => rows.execute(&sql, params![value.as_str().unwrap_or_default(), stored.no])?,
            };
        }
        rows.fact(None, &json!({ "purpose": { "key": key, "set": columns } }))?;
        if change.retention.is_some() || change.channels.is_some() {
            refresh_purpose(rows, &business, stored.no, now)?;
        }
        let warnings = if boundless { vec![Warning::AppliesToEverybody] } else { Vec::new() };
        Ok(PurposeSet { purpose: key.to_owned(), warnings })
    })
}

/// The columns that change, with their new values.
fn columns(change: &PurposeChange) -> Result<Map<String, Value>> {
    let mut columns = Map::new();
    if let Some(title) = &change.title {
        if title.trim().is_empty() {
            return Err(Problem::invalid("title", "empty"));
        }
        columns.insert("title".to_owned(), title.trim().into());
    }
    if let Some(short) = &change.short {
        if short.trim().chars().count() > SHORT_MAX {
            return Err(Problem::invalid("short", "too_long").with("max", SHORT_MAX));
        }
        columns.insert("short".to_owned(), short.trim().into());
    }
    if let Some(channels) = change.channels {
        let channels = if channels.is_empty() { ChannelSet::ALL } else { channels };
        columns.insert("channels".to_owned(), codes(channels).into());
    }
    if let Some(retention) = &change.retention {
        let retention = span(retention)?.map(|span| span.to_string()).unwrap_or_default();
        columns.insert("retention".to_owned(), retention.into());
    }
    if let Some(label) = &change.label {
        columns.insert("label".to_owned(), label.trim().into());
    }
    for (column, set) in [("soft_opt_in", change.soft_opt_in), ("special", change.special)] {
        if let Some(set) = set {
            columns.insert(column.to_owned(), set.into());
        }
    }
    Ok(columns)
}

/// A length of time as somebody typed it; nothing for until further notice.
fn span(text: &str) -> Result<Option<Span>> {
    let text = text.trim();
    let span = (!text.is_empty())
        .then(|| text.parse().map_err(|error| Problem::invalid("retention", "no_span").because(error)));
    span.transpose()
}

/// Nobody's yes lasts longer than they were told: what rests on consent is only shortened once somebody said yes.
fn not_longer(conn: &Connection, stored: &Stored, retention: Option<Span>, today: NaiveDate) -> Result<()> {
    let Some(told) = stored.rules.validity else { return Ok(()) };
    let ends = |span: Span| span.after(today).unwrap_or(NaiveDate::MAX);
    let longer = retention.is_none_or(|span| ends(span) > ends(told));
    let mut yes =
        conn.prepare_cached("SELECT 1 FROM consent_event WHERE purpose_no = ? AND answer = 'given' LIMIT 1")?;
    if longer && yes.exists([stored.no])? {
        return Err(Problem::invalid("retention", "longer_than_agreed"));
    }
    Ok(())
}

/// A purpose's name above a column: the owner's, or the first word of its title as far as it fits.
pub(super) fn short(given: &str, title: &str) -> String {
    if !given.is_empty() {
        return given.to_owned();
    }
    let word = title.split_whitespace().next().unwrap_or_default();
    if word.chars().count() <= SHORT_MAX {
        return word.to_owned();
    }
    word.chars().take(SHORT_MAX - 1).chain(['.']).collect()
}

#[cfg(test)]
mod tests;
