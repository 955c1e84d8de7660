//! The tables of purposes: their rows as the rules look at them.

use akkoord_rules::consent::{Basis, Builtin, Purpose, Version, day_of};
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::DateTime;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::problem::{Code, Problem, Result};
use crate::vault::Business;

/// A purpose of the owner's: its row, its title and what the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) no: i64,
    pub(crate) title: String,
    /// Its name above a column, as the owner set it; empty where it follows from the title.
    pub(crate) short: String,
    /// As the owner wrote it; how long a yes lasts, where the basis is consent.
    pub(crate) retention: String,
    pub(crate) rules: Purpose,
}

const COLUMNS: &str =
    "SELECT no, key, title, basis, marketing, channels, label, retention, short, soft_opt_in, special FROM purpose";

/// The purpose of this key.
pub(crate) fn find(conn: &Connection, business: &Business, key: &str) -> Result<Option<Stored>> {
    let sql = format!("{COLUMNS} WHERE key = ?");
    let found = conn.prepare_cached(&sql)?.query_row([key], row).optional()?;
    found.map(|stored| with_versions(conn, business, stored)).transpose()
}

/// The purpose of this row.
pub(crate) fn by_no(conn: &Connection, business: &Business, no: i64) -> Result<Stored> {
    let stored = conn.prepare_cached(&format!("{COLUMNS} WHERE no = ?"))?.query_row([no], row)?;
    with_versions(conn, business, stored)
}

/// Every purpose of the owner's, in the order in which they were added.
pub(crate) fn all(conn: &Connection, business: &Business) -> Result<Vec<Stored>> {
    let mut query = conn.prepare_cached(&format!("{COLUMNS} ORDER BY no"))?;
    let found = query.query_map([], row)?.collect::<Result<Vec<_>, _>>()?;
    found.into_iter().map(|stored| with_versions(conn, business, stored)).collect()
}

/// The purpose of this key, for answers and changes: the law's own take neither.
///
/// # Errors
/// [`Code::BuiltinPurpose`], [`Code::NotFound`].
pub(crate) fn answerable(conn: &Connection, business: &Business, key: &str) -> Result<Stored> {
    if Builtin::parse(key).is_some() {
        return Err(Problem::new(Code::BuiltinPurpose).with("purpose", key));
    }
    find(conn, business, key)?.ok_or_else(|| Problem::not_found("purpose", key))
}

fn row(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let text = |column: usize| row.get::<_, String>(column);
    let unreadable =
        |column: usize| move || rusqlite::Error::FromSqlConversionFailure(column, Type::Text, "no such code".into());
    let (basis, channels, label, retention) = (text(3)?, text(5)?, text(6)?, text(7)?);
    let basis = Basis::parse(&basis).ok_or_else(unreadable(3))?;
    let lasts = basis == Basis::Consent && !retention.is_empty();
    let validity = lasts.then(|| retention.parse().map_err(|_| unreadable(7)())).transpose()?;
    let rules = Purpose {
        key: text(1)?,
        basis,
        marketing: row.get(4)?,
        soft_opt_in: row.get(9)?,
        special: row.get(10)?,
        channels: channels_of(&channels).ok_or_else(unreadable(5))?,
        label: (!label.is_empty()).then_some(label),
        versions: Vec::new(),
        validity,
        builtin: None,
    };
    Ok(Stored { no: row.get(0)?, title: text(2)?, short: text(8)?, retention, rules })
}

fn with_versions(conn: &Connection, business: &Business, mut stored: Stored) -> Result<Stored> {
    let mut query = conn
        .prepare_cached("SELECT version, since, material FROM purpose_version WHERE purpose_no = ? ORDER BY version")?;
    let rows = query.query_map([stored.no], |row| {
        let since = DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default();
        Ok(Version { number: row.get(0)?, since: day_of(since, business.zone), material: row.get(2)? })
    })?;
    stored.rules.versions = rows.collect::<Result<_, _>>()?;
    Ok(stored)
}

/// A set of channels as its column holds it: codes parted by commas.
pub(crate) fn channels_of(text: &str) -> Option<ChannelSet> {
    text.split(',').filter(|code| !code.is_empty()).map(Channel::parse).collect()
}

/// The number of the newest version.
pub(crate) fn latest(purpose: &Purpose) -> u32 {
    purpose.versions.iter().map(|version| version.number).max().unwrap_or(1)
}

/// The texts of a version by language.
pub(crate) fn wordings(conn: &Connection, purpose_no: i64, version: u32) -> Result<Vec<(String, String)>> {
    let mut query = conn.prepare_cached(
        "SELECT language, text FROM purpose_wording WHERE purpose_no = ? AND version = ? ORDER BY language",
    )?;
    let rows = query.query_map(params![purpose_no, version], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
