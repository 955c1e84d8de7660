//! The tables of connections: who outside receives data, which fields, for which purposes.

pub(crate) mod tried;

use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::Channel;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Act, Rows};
use crate::problem::{Problem, Result};

/// A connection as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) kind: Kind,
    /// The highest sensitivity that it may receive.
    pub(crate) ceiling: Sensitivity,
    pub(crate) eea: bool,
    /// The channel on which it reaches people, where it is there for that.
    pub(crate) channel: Option<Channel>,
    /// Where an address book is, and who signs in there.
    pub(crate) url: String,
    pub(crate) user: String,
    /// What it receives, in the order in which fields are shown.
    pub(crate) fields: Vec<FieldRow>,
    /// What it is for: rows and keys of purposes.
    pub(crate) purposes: Vec<(i64, String)>,
    pub(crate) ended: bool,
}

/// A field that a connection receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldRow {
    pub(crate) no: i64,
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) own: bool,
    pub(crate) sensitivity: Sensitivity,
}

const COLUMNS: &str =
    "SELECT no, id, key, title, kind, max_sensitivity, eea, channel, url, user, ended_at IS NOT NULL FROM connection";

/// The connection of this key, also one that ended.
pub(crate) fn find(conn: &Connection, key: &str) -> Result<Option<Stored>> {
    let found = conn.prepare_cached(&format!("{COLUMNS} WHERE key = ?"))?.query_row([key], row).optional()?;
    found.map(|stored| with_parts(conn, stored)).transpose()
}

/// The connection of this key that still receives.
///
/// # Errors
/// [`crate::Code::NotFound`], also for one that ended.
pub(crate) fn live(conn: &Connection, key: &str) -> Result<Stored> {
    find(conn, key)?.filter(|stored| !stored.ended).ok_or_else(|| Problem::not_found("connection", key))
}

/// The row and title of a connection, also of one that has ended.
pub(crate) fn row_of(conn: &Connection, key: &str) -> Result<Option<(i64, String)>> {
    let mut query = conn.prepare_cached("SELECT no, title FROM connection WHERE key = ?")?;
    Ok(query.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// What the owner calls a connection, also one that has ended; its key where it is not known.
pub(crate) fn title(conn: &Connection, key: &str) -> Result<String> {
    Ok(row_of(conn, key)?.map_or_else(|| key.to_owned(), |(_, title)| title))
}

/// Every connection that still receives, in the order in which they were added.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Stored>> {
    let mut query = conn.prepare_cached(&format!("{COLUMNS} WHERE ended_at IS NULL ORDER BY no"))?;
    let found = query.query_map([], row)?.collect::<Result<Vec<_>, _>>()?;
    found.into_iter().map(|stored| with_parts(conn, stored)).collect()
}

/// The keys of the connections that a purpose is shared with.
pub(crate) fn shared_with(conn: &Connection, purpose_no: i64) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT key FROM connection_purpose JOIN connection ON no = connection_no
         WHERE purpose_no = ? AND ended_at IS NULL ORDER BY no",
    )?;
    Ok(query.query_map([purpose_no], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let text = |column: usize| row.get::<_, String>(column);
    Ok(Stored {
        no: row.get(0)?,
        id: row.get(1)?,
        key: text(2)?,
        title: text(3)?,
        kind: Kind::parse(&text(4)?).ok_or_else(|| no_code(4))?,
        ceiling: Sensitivity::parse(&text(5)?).ok_or_else(|| no_code(5))?,
        eea: row.get(6)?,
        channel: Channel::parse(&text(7)?),
        url: text(8)?,
        user: text(9)?,
        fields: Vec::new(),
        purposes: Vec::new(),
        ended: row.get(10)?,
    })
}

fn no_code(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, "no such code".into())
}

fn with_parts(conn: &Connection, mut stored: Stored) -> Result<Stored> {
    let mut query = conn.prepare_cached(&format!(
        "{FIELD} WHERE no IN (SELECT field_no FROM connection_field WHERE connection_no = ?) ORDER BY no"
    ))?;
    stored.fields = query.query_map([stored.no], field_row)?.collect::<Result<_, _>>()?;
    let mut query = conn.prepare_cached(
        "SELECT no, key FROM connection_purpose JOIN purpose ON no = purpose_no WHERE connection_no = ? ORDER BY no",
    )?;
    let purposes = query.query_map([stored.no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    stored.purposes = purposes.collect::<Result<_, _>>()?;
    Ok(stored)
}

const FIELD: &str = "SELECT no, key, title, own, sensitivity FROM field";

/// The field of this key.
pub(crate) fn field(conn: &Connection, key: &str) -> Result<Option<FieldRow>> {
    Ok(conn.prepare_cached(&format!("{FIELD} WHERE key = ?"))?.query_row([key], field_row).optional()?)
}

fn field_row(row: &Row<'_>) -> rusqlite::Result<FieldRow> {
    let sensitivity: String = row.get(4)?;
    let sensitivity = Sensitivity::parse(&sensitivity).ok_or_else(|| no_code(4))?;
    Ok(FieldRow { no: row.get(0)?, key: row.get(1)?, title: row.get(2)?, own: row.get(3)?, sensitivity })
}

/// Makes a connection's row; gives nothing where the key is taken, also by one that ended.
pub(crate) fn insert(rows: &Rows<'_>, new: &Stored) -> Result<Option<i64>> {
    let added = rows.execute(
        "INSERT INTO connection (id, key, title, kind, max_sensitivity, eea, channel, url, user, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        params![
            new.id,
            new.key,
            new.title,
            new.kind.as_str(),
            new.ceiling.as_str(),
            new.eea,
            new.channel.map_or("", Channel::as_str),
            new.url,
            new.user,
            rows.at,
        ],
    )?;
    Ok((added == 1).then(|| rows.last_insert_rowid()))
}

/// Sets all that can be set of a connection, and seals what it is now in the running act.
pub(crate) fn put(rows: &mut Rows<'_>, stored: &Stored) -> Result<()> {
    rows.execute(
        "UPDATE connection SET title = ?, max_sensitivity = ?, eea = ?, channel = ?, url = ?, user = ?, ended_at = ? WHERE no = ?",
        params![
            stored.title,
            stored.ceiling.as_str(),
            stored.eea,
            stored.channel.map_or("", Channel::as_str),
            stored.url,
            stored.user,
            stored.ended.then_some(rows.at),
            stored.no,
        ],
    )?;
    rows.execute("DELETE FROM connection_field WHERE connection_no = ?", [stored.no])?;
    for field in &stored.fields {
        rows.execute("INSERT INTO connection_field (connection_no, field_no) VALUES (?, ?)", [stored.no, field.no])?;
    }
    rows.execute("DELETE FROM connection_purpose WHERE connection_no = ?", [stored.no])?;
    for (purpose, _) in &stored.purposes {
        rows.execute(
            "INSERT INTO connection_purpose (connection_no, purpose_no) VALUES (?, ?)",
            [stored.no, *purpose],
        )?;
    }
    rows.fact(None, &json!({ "connection": sealed(stored) }))
}

/// The facts that seal a connection: all that it is.
fn sealed(stored: &Stored) -> Value {
    let fields: Vec<&str> = stored.fields.iter().map(|field| field.key.as_str()).collect();
    let purposes: Vec<&str> = stored.purposes.iter().map(|(_, key)| key.as_str()).collect();
    json!({
        "id": stored.id, "key": stored.key, "title": stored.title, "kind": stored.kind,
        "max_sensitivity": stored.ceiling, "eea": stored.eea, "channel": stored.channel, "url": stored.url,
        "user": stored.user, "fields": fields, "purposes": purposes, "ended": stored.ended,
    })
}

/// The entry about the first connection that is not as it was sealed last; 0 for one that never was.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let mut query = conn.prepare(
        "SELECT a.seq, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?, ?, ?) AND f.facts ->> '$.connection.id' IS NOT NULL ORDER BY a.seq, f.n",
    )?;
    let acts = [Act::ConnectionAdded, Act::ConnectionSet, Act::ConnectionEnded, Act::PurposeAdded];
    let mut rows = query.query(acts.map(Act::code))?;
    let mut last: std::collections::BTreeMap<String, (i64, Value)> = std::collections::BTreeMap::new();
    while let Some(row) = rows.next()? {
        let facts: Value = serde_json::from_str(&row.get::<_, String>(1)?).unwrap_or_default();
        let key = facts["connection"]["key"].as_str().unwrap_or_default().to_owned();
        last.insert(key, (row.get(0)?, facts["connection"].clone()));
    }
    for (key, (seq, facts)) in &last {
        if find(conn, key)?.is_none_or(|stored| sealed(&stored) != *facts) {
            return Ok(Some(*seq));
        }
    }
    let held: usize = conn.query_row("SELECT count(*) FROM connection", [], |row| row.get(0))?;
    Ok((held != last.len()).then_some(0))
}
