//! The table of mails: each whole, as it goes over the line, and what became of it.

use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::mail::MailState;
use crate::problem::{Problem, Result};

/// A mail that is written down.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub(crate) id: Uuid,
    pub(crate) contact_no: i64,
    pub(crate) request_no: Option<i64>,
    pub(crate) purpose: &'a str,
    pub(crate) about_no: Option<i64>,
    pub(crate) version: u32,
    pub(crate) template: &'a str,
    pub(crate) language: &'a str,
    pub(crate) address: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) message_id: &'a str,
    pub(crate) token: [u8; 16],
    pub(crate) message: &'a [u8],
    pub(crate) sha256: [u8; 32],
    /// The step of the request that it tells of, as JSON; empty for none.
    pub(crate) step: &'a str,
    pub(crate) at: i64,
    pub(crate) by: &'a str,
}

/// A mail without its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    /// The contact it was written to, or the one that this was merged into.
    pub(crate) contact_no: i64,
    pub(crate) contact: Uuid,
    pub(crate) request: Option<Uuid>,
    pub(crate) purpose: String,
    pub(crate) about_no: Option<i64>,
    /// The version of the wording that it asks with.
    pub(crate) version: u32,
    pub(crate) language: String,
    pub(crate) template: String,
    /// The step of the request that it tells of, as JSON; empty for none.
    pub(crate) step: String,
    pub(crate) address: String,
    pub(crate) subject: String,
    pub(crate) message_id: String,
    pub(crate) state: MailState,
    pub(crate) attempts: u32,
    pub(crate) next_at: i64,
    pub(crate) code: String,
    pub(crate) answer: String,
    pub(crate) queued_at: i64,
    pub(crate) settled_at: Option<i64>,
}

/// What becomes of a mail.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fate<'a> {
    pub(crate) code: &'a str,
    pub(crate) answer: &'a str,
    /// When to try again.
    pub(crate) next_at: Option<i64>,
    /// When it was over.
    pub(crate) settled_at: Option<i64>,
    /// It was tried.
    pub(crate) tried: bool,
}

/// Writes a mail down, to wait.
pub(crate) fn insert(conn: &Connection, new: &New<'_>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO mail (id, contact_no, request_no, purpose, about_no, template, language, address, subject, message_id,
           token, message, sha256, state, next_at, queued_at, by, version, step)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'waiting', ?14, ?14, ?15, ?16, ?17)",
    )?
    .execute(params![
        new.id,
        new.contact_no,
        new.request_no,
        new.purpose,
        new.about_no,
        new.template,
        new.language,
        new.address,
        new.subject,
        new.message_id,
        new.token,
        new.message,
        new.sha256,
        new.at,
        new.by,
        new.version,
        new.step,
    ])?;
    Ok(())
}

const COLUMNS: &str =
    "SELECT m.no, m.id, coalesce(c.merged_into, c.no), coalesce(h.id, c.id), r.id, m.purpose, m.about_no, m.template,
       m.address, m.subject, m.message_id, m.state, m.attempts, m.next_at, m.code, m.answer, m.queued_at, m.settled_at,
       m.version, m.language, m.step
     FROM mail m JOIN contact c ON c.no = m.contact_no LEFT JOIN contact h ON h.no = c.merged_into
     LEFT JOIN request r ON r.no = m.request_no";

fn row(row: &Row<'_>) -> rusqlite::Result<Mail> {
    let state: String = row.get(11)?;
    Ok(Mail {
        no: row.get(0)?,
        id: row.get(1)?,
        contact_no: row.get(2)?,
        contact: row.get(3)?,
        request: row.get(4)?,
        purpose: row.get(5)?,
        about_no: row.get(6)?,
        template: row.get(7)?,
        address: row.get(8)?,
        subject: row.get(9)?,
        message_id: row.get(10)?,
        // What nobody can read is never sent by itself.
        state: MailState::parse(&state).unwrap_or(MailState::Doubtful),
        attempts: row.get(12)?,
        next_at: row.get(13)?,
        code: row.get(14)?,
        answer: row.get(15)?,
        queued_at: row.get(16)?,
        settled_at: row.get(17)?,
        version: row.get(18)?,
        language: row.get(19)?,
        step: row.get(20)?,
    })
}

/// The mail of this id.
///
/// # Errors
/// [`crate::Code::NotFound`].
pub(crate) fn find(conn: &Connection, id: Uuid) -> Result<Mail> {
    let found = conn.prepare_cached(&format!("{COLUMNS} WHERE m.id = ?"))?.query_row([id], row).optional()?;
    found.ok_or_else(|| Problem::not_found("mail", &id.to_string()))
}

/// Mails, the newest first; without those that are over unless all are wanted.
pub(crate) fn all(conn: &Connection, also_over: bool) -> Result<Vec<Mail>> {
    listed(conn, "? OR m.state NOT IN ('sent', 'put_away') ORDER BY m.no DESC", [also_over])
}

/// The mails to a contact and whoever was merged into it, in the order in which they were written.
pub(crate) fn to(conn: &Connection, contact_no: i64) -> Result<Vec<Mail>> {
    listed(conn, "coalesce(c.merged_into, c.no) = ? ORDER BY m.no", [contact_no])
}

/// The mails about a request, the newest first.
pub(crate) fn about(conn: &Connection, request: Uuid) -> Result<Vec<Mail>> {
    listed(conn, "r.id = ? ORDER BY m.no DESC", [request])
}

/// Mails whose time has come, the oldest first.
pub(crate) fn due(conn: &Connection, at: i64) -> Result<Vec<Mail>> {
    listed(conn, "m.state = 'waiting' AND m.next_at <= ? ORDER BY m.no", [at])
}

/// Whether there is one of [`due`] or of [`left_in_doubt`].
pub(crate) fn is_any_due(conn: &Connection, at: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM mail WHERE (state = 'waiting' AND next_at <= ?) OR state = 'handing_over' LIMIT 1";
    Ok(conn.prepare_cached(sql)?.exists([at])?)
}

/// Mails that were being handed over when somebody stopped.
pub(crate) fn left_in_doubt(conn: &Connection) -> Result<Vec<Mail>> {
    listed(conn, "m.state = 'handing_over' ORDER BY m.no", [])
}

/// Mails that have not gone, as far as is known.
pub(crate) fn on_their_way(conn: &Connection) -> Result<Vec<Mail>> {
    listed(conn, "m.state IN ('waiting', 'handing_over') ORDER BY m.no", [])
}

/// Lets whatever waits be tried again with the next round.
pub(crate) fn hurry(conn: &Connection, at: i64) -> Result<()> {
    conn.prepare_cached("UPDATE mail SET next_at = min(next_at, ?1) WHERE state = 'waiting'")?.execute([at])?;
    Ok(())
}

/// How many mails only the owner can move, and when the oldest was written.
pub(crate) fn stuck(conn: &Connection) -> Result<(i64, Option<i64>)> {
    let sql = "SELECT count(*), min(queued_at) FROM mail WHERE state IN ('refused', 'stopped', 'doubtful')";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn listed(conn: &Connection, which: &str, given: impl Params) -> Result<Vec<Mail>> {
    let mut query = conn.prepare_cached(&format!("{COLUMNS} WHERE {which}"))?;
    Ok(query.query_map(given, row)?.collect::<Result<_, _>>()?)
}

/// A mail's bytes.
pub(crate) fn bytes(conn: &Connection, no: i64) -> Result<Vec<u8>> {
    Ok(conn.prepare_cached("SELECT message FROM mail WHERE no = ?")?.query_row([no], |row| row.get(0))?)
}

/// Writes down what became of a mail.
pub(crate) fn settle(conn: &Connection, no: i64, state: MailState, fate: &Fate<'_>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE mail SET state = ?2, code = ?3, answer = ?4, next_at = coalesce(?5, next_at), settled_at = ?6,
           attempts = attempts + ?7 WHERE no = ?1",
    )?
    .execute(params![no, state.as_str(), fate.code, fate.answer, fate.next_at, fate.settled_at, fate.tried])?;
    Ok(())
}

/// The first address of a contact's group.
pub(crate) fn first_address(conn: &Connection, contact_no: i64) -> Result<Option<String>> {
    let mut query = conn.prepare_cached(
        "SELECT value FROM contact_email
         WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
         ORDER BY contact_no <> ?1, no LIMIT 1",
    )?;
    Ok(query.query_row([contact_no], |row| row.get(0)).optional()?)
}

/// The entry about the first mail that is not the one that was sealed; 0 where no entry is about it.
pub(crate) fn changed(conn: &Connection) -> Result<Option<i64>> {
    let mut mails = conn.prepare(
        "SELECT m.sha256, m.message, coalesce(q.seq, 0), q.seq IS NOT NULL FROM mail m JOIN contact c ON c.no = m.contact_no
         LEFT JOIN (SELECT a.seq, a.subject, f.facts FROM audit a JOIN audit_fact f USING (seq) WHERE a.act = ?1) q
           ON q.subject = m.id AND q.facts ->> '$.mail.sha256' = lower(hex(m.sha256))
           AND q.facts ->> '$.mail.address' = m.address AND q.facts ->> '$.mail.purpose' = m.purpose
           AND coalesce(q.facts ->> '$.mail.step', '') = m.step",
    )?;
    let mut rows = mails.query([super::Act::MailQueued.code()])?;
    while let Some(row) = rows.next()? {
        let (sealed, message): ([u8; 32], Vec<u8>) = (row.get(0)?, row.get(1)?);
        let (seq, known): (i64, bool) = (row.get(2)?, row.get(3)?);
        if !known || <[u8; 32]>::from(Sha256::digest(&message)) != sealed {
            return Ok(Some(seq));
        }
    }
    unsealed_end(conn)
}

/// A mail that counts as sent, and no entry says so.
fn unsealed_end(conn: &Connection) -> Result<Option<i64>> {
    let mut query = conn.prepare(
        "SELECT coalesce((SELECT max(seq) FROM audit WHERE subject = m.id), 0) FROM mail m WHERE m.state = 'sent'
           AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = m.id AND a.act = ?) LIMIT 1",
    )?;
    Ok(query.query_row([super::Act::MailSent.code()], |row| row.get(0)).optional()?)
}
