//! The tables of disclosures: what went to which connection, and whose data is there now.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Act, Business, Rows};
use crate::intake::draft::Email;
use crate::people::Who;
use crate::problem::Result;

/// What went about one person, as their page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "Disclosure")]
pub struct DisclosureShown {
    /// The run in which it went.
    pub disclosure: Uuid,
    /// The connection's key.
    pub connection: String,
    /// The connection's name for people.
    pub title: String,
    /// Whether it is in the European Economic Area.
    pub eea: bool,
    /// When, RFC 3339 in the business's zone.
    pub at: String,
    /// The keys of the fields that went.
    pub fields: Vec<String>,
}

/// A run that is being recorded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    pub(crate) connection_no: i64,
}

/// Begins the record of a run.
pub(crate) fn begin(rows: &mut Rows<'_>, connection_no: i64, format: &str, by: &str) -> Result<Run> {
    let id = Uuid::now_v7();
    rows.about(id);
    rows.execute(
        "INSERT INTO disclosure (id, connection_no, seq, format, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        params![id, connection_no, rows.seq, format, rows.at, by],
    )?;
    Ok(Run { no: rows.last_insert_rowid(), id, connection_no })
}

/// Records that these fields of a person went, and seals it.
pub(crate) fn add(rows: &mut Rows<'_>, run: Run, who: Who, fields: &[&str], connection: &str) -> Result<()> {
    rows.prepare_cached("INSERT INTO disclosed (contact_no, disclosure_no, fields) VALUES (?, ?, ?)")?
        .execute(params![who.no, run.no, fields.join(",")])?;
    rows.fact(Some(who.id), &json!({ "disclosure": { "id": run.id, "connection": connection, "fields": fields } }))
}

/// Records that an e-mail address of a person went.
pub(crate) fn add_email(rows: &Rows<'_>, run: Run, contact_no: i64, normalised: &str, value: &str) -> Result<()> {
    rows.prepare_cached(
        "INSERT INTO held_email (contact_no, connection_no, normalised, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?
    .execute(params![contact_no, run.connection_no, normalised, value])?;
    Ok(())
}

/// The e-mail addresses of a contact, and of whoever was merged into it, that a connection was ever given.
pub(crate) fn emails(conn: &Connection, connection_no: i64, contact_no: i64) -> Result<Vec<Email>> {
    let mut query = conn.prepare_cached(
        "SELECT normalised, min(value) FROM held_email WHERE connection_no = ?1
           AND contact_no IN (SELECT ?2 UNION ALL SELECT no FROM contact WHERE merged_into = ?2)
         GROUP BY normalised ORDER BY normalised",
    )?;
    let rows = query.query_map([connection_no, contact_no], |row| {
        Ok(Email { normalised: row.get(0)?, value: row.get(1)?, label: String::new() })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everybody of a run is there from now on.
pub(crate) fn arrived(rows: &Rows<'_>, run: Run) -> Result<()> {
    rows.execute(
        "INSERT INTO held_there (contact_no, connection_no, since)
           SELECT contact_no, ?2, ?3 FROM disclosed WHERE disclosure_no = ?1
         ON CONFLICT DO UPDATE SET removed_at = NULL",
        params![run.no, run.connection_no, rows.at],
    )?;
    Ok(())
}

/// A card of a contact on a server: where, in which version, and as what it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CardThere {
    pub(crate) contact_no: i64,
    pub(crate) href: String,
    pub(crate) etag: String,
    pub(crate) card: String,
}

/// The cards that a connection has of a contact and of whoever was merged into it.
pub(crate) fn cards(conn: &Connection, connection_no: i64, contact_no: i64) -> Result<Vec<CardThere>> {
    let mut query = conn.prepare_cached(
        "SELECT contact_no, href, etag, card FROM held_there WHERE connection_no = ?1 AND href <> '' AND removed_at IS NULL
           AND contact_no IN (SELECT ?2 UNION ALL SELECT no FROM contact WHERE merged_into = ?2) ORDER BY contact_no",
    )?;
    let rows = query.query_map([connection_no, contact_no], |row| {
        Ok(CardThere { contact_no: row.get(0)?, href: row.get(1)?, etag: row.get(2)?, card: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes where somebody's card is now, and in which version.
pub(crate) fn card_is(rows: &Rows<'_>, connection_no: i64, card: &CardThere) -> Result<()> {
    rows.prepare_cached(
        "UPDATE held_there SET href = ?, etag = ?, card = ? WHERE contact_no = ? AND connection_no = ?",
    )?
    .execute(params![card.href, card.etag, card.card, card.contact_no, connection_no])?;
    Ok(())
}

/// One contact's own card is there no longer.
pub(crate) fn card_gone(rows: &Rows<'_>, connection_no: i64, contact_no: i64) -> Result<()> {
    rows.prepare_cached(
        "UPDATE held_there SET removed_at = ?, href = '', etag = '', card = '' WHERE contact_no = ? AND connection_no = ?",
    )?
    .execute(params![rows.at, contact_no, connection_no])?;
    Ok(())
}

/// A contact's data is there no longer, nor that of whoever was merged into it; whether it was.
pub(crate) fn removed(rows: &Rows<'_>, connection_no: i64, contact_no: i64) -> Result<bool> {
    let gone = rows
        .prepare_cached(
            "UPDATE held_there SET removed_at = ?3, href = '', etag = '', card = ''
             WHERE connection_no = ?1 AND removed_at IS NULL
               AND contact_no IN (SELECT ?2 UNION ALL SELECT no FROM contact WHERE merged_into = ?2)",
        )?
        .execute(params![connection_no, contact_no, rows.at])?;
    Ok(gone > 0)
}

/// Whether a connection has data of a contact, or of whoever was merged into it.
pub(crate) fn is_there(conn: &Connection, connection_no: i64, contact_no: i64) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT 1 FROM held_there WHERE connection_no = ?1 AND removed_at IS NULL
           AND contact_no IN (SELECT ?2 UNION ALL SELECT no FROM contact WHERE merged_into = ?2)",
    )?;
    Ok(query.exists([connection_no, contact_no])?)
}

/// How many people's data a connection has.
pub(crate) fn people_there(conn: &Connection, connection_no: i64) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "SELECT count(DISTINCT coalesce(merged_into, no)) FROM held_there JOIN contact ON no = contact_no
             WHERE connection_no = ? AND removed_at IS NULL",
        )?
        .query_row([connection_no], |row| row.get(0))?)
}

/// The last run of a connection: when, in UTC milliseconds, and of how many people.
pub(crate) fn last(conn: &Connection, connection_no: i64) -> Result<Option<(i64, i64)>> {
    Ok(conn
        .prepare_cached(
            "SELECT at, (SELECT count(*) FROM disclosed WHERE disclosure_no = no) FROM disclosure
             WHERE connection_no = ? ORDER BY no DESC LIMIT 1",
        )?
        .query_row([connection_no], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Every disclosure of a contact and whoever was merged into it, the first first.
pub(crate) fn of_contact(conn: &Connection, business: &Business, contact_no: i64) -> Result<Vec<DisclosureShown>> {
    let mut query = conn.prepare_cached(
        "SELECT d.id, c.key, c.title, c.eea, d.at, o.fields FROM disclosed o JOIN disclosure d ON d.no = o.disclosure_no
         JOIN connection c ON c.no = d.connection_no
         WHERE o.contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY d.no",
    )?;
    let rows = query.query_map([contact_no], |row| {
        let fields: String = row.get(5)?;
        Ok(DisclosureShown {
            disclosure: row.get(0)?,
            connection: row.get(1)?,
            title: row.get(2)?,
            eea: row.get(3)?,
            at: business.said(row.get(4)?),
            fields: fields.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entry about the first disclosure that is not as it was sealed, or is gone.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let checks = [
        // A row that nobody sealed, or sealed otherwise.
        "SELECT d.seq FROM disclosed o JOIN disclosure d ON d.no = o.disclosure_no JOIN contact p ON p.no = o.contact_no
           JOIN connection c ON c.no = d.connection_no LEFT JOIN audit a ON a.seq = d.seq AND a.act = ?1
         WHERE a.seq IS NULL OR NOT EXISTS (SELECT 1 FROM audit_leaf l JOIN audit_fact f USING (seq, n) WHERE l.contact_id = p.id AND l.seq = d.seq
             AND replace(f.facts ->> '$.disclosure.id', '-', '') = lower(hex(d.id))
             AND f.facts ->> '$.disclosure.connection' = c.key
             AND (SELECT coalesce(group_concat(value, ','), '') FROM json_each(f.facts, '$.disclosure.fields')) = o.fields)
         ORDER BY d.seq LIMIT 1",
        // One that was sealed and is there no longer.
        "SELECT a.seq FROM audit a JOIN audit_leaf l USING (seq) JOIN audit_fact f USING (seq, n)
         WHERE a.act = ?1 AND l.contact_id IS NOT NULL AND f.facts ->> '$.disclosure.id' IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM contact p JOIN disclosed o ON o.contact_no = p.no
             JOIN disclosure d ON d.no = o.disclosure_no WHERE p.id = l.contact_id AND d.seq = a.seq)
         ORDER BY a.seq LIMIT 1",
        "SELECT seq FROM disclosure d WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.seq = d.seq AND a.act = ?1
             AND a.subject = d.id AND a.at = d.at) ORDER BY seq LIMIT 1",
    ];
    for check in checks {
        let seq: Option<i64> =
            conn.prepare(check)?.query_row([Act::ConnectionFed.code()], |row| row.get(0)).optional()?;
        if seq.is_some() {
            return Ok(seq);
        }
    }
    Ok(None)
}
