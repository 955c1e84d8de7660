//! The audit log as people look at it: stretch by stretch, the latest first, narrowed to what they ask about.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::people::{self, listed};
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Area, Vault};

/// What entries are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LogArea {
    /// What people agreed to, and purposes.
    Consent,
    /// Requests, letters, erasures.
    Requests,
    /// What left: files, mails, what went to connections.
    Outside,
    /// Contacts, imports, lists.
    Changes,
    /// The vault itself: keys, settings, backups.
    Vault,
}

/// Acts by which something left the vault.
const OUTSIDE: &[Act] = &[
    Act::ConnectionFed,
    Act::ConnectionCleared,
    Act::ConnectionTried,
    Act::SuppressionWritten,
    Act::ProofExported,
    Act::ContactExported,
    Act::EverythingExported,
    Act::DossierMade,
    Act::ListExported,
    Act::RegisterWritten,
    Act::MailQueued,
    Act::MailMoved,
    Act::MailSent,
];

/// Acts that belong to a request, whatever they touch.
const RIGHTS: &[Act] = &[
    Act::LetterMade,
    Act::ErasureOrdered,
    Act::HoldSet,
    Act::Erased,
    Act::Unblocked,
    Act::ReentryRefused,
    Act::BreachOpened,
    Act::BreachAnswered,
];

impl LogArea {
    /// What an act is about.
    #[must_use]
    pub fn of(act: Act) -> Self {
        if OUTSIDE.contains(&act) {
            return Self::Outside;
        }
        if RIGHTS.contains(&act) {
            return Self::Requests;
        }
        match act.touched().first() {
            Some(Area::Consent) => Self::Consent,
            Some(Area::Requests) => Self::Requests,
            Some(Area::Contacts | Area::Imports | Area::Connections) => Self::Changes,
            Some(Area::Mails) => Self::Outside,
            Some(Area::Registers | Area::Settings | Area::Backups) | None => Self::Vault,
        }
    }
}

/// Which entries to show.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LogQuestion {
    /// Part of a name, an address or a number; digits alone are an entry's own number.
    pub query: String,
    /// Only what is about this.
    pub area: Option<LogArea>,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A stretch of the log.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LogPage {
    /// How many entries the question finds.
    pub total: i64,
    /// How many there are in all.
    pub entries: i64,
    /// The latest first.
    pub rows: Vec<Line>,
}

/// An entry of the log, with the names of those it is about as far as they are known here.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LogLine")]
pub struct Line {
    /// Its place in the chain, as text: what a list knows a row by.
    pub id: String,
    /// Its place in the chain.
    pub seq: i64,
    /// When it was recorded, RFC 3339 in the business's zone.
    pub at: String,
    /// The door it came through.
    pub actor: String,
    /// What was done; a code.
    pub act: String,
    /// Who it is about.
    pub about: About,
}

/// Who an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LogAbout", tag = "who", rename_all = "snake_case")]
pub enum About {
    /// Nobody.
    Nobody,
    /// One person, who is here.
    One {
        /// The contact.
        contact: Uuid,
        /// What people call it.
        name: String,
    },
    /// One person, who was erased or went with what brought them.
    Gone,
    /// Several.
    Many {
        /// How many.
        people: i64,
    },
}

/// A stretch of the audit log, the latest entry first.
///
/// # Errors
/// Faults of the database.
pub fn log(vault: &Vault, question: &LogQuestion) -> Result<LogPage> {
    let conn = vault.rows();
    let entries = conn.prepare_cached("SELECT coalesce(max(seq), 0) FROM audit")?.query_row([], |row| row.get(0))?;
    let acts: Vec<&str> = Act::ALL
        .iter()
        .filter(|act| question.area.is_none_or(|area| LogArea::of(**act) == area))
        .map(|act| act.code())
        .collect();
    let acts = if question.area.is_some() { Some(as_json(&acts)?) } else { None };
    let (number, people) = meant(vault, question.query.trim())?;
    let people = people.map(|people| as_json(&people)).transpose()?;
    let which = "(?1 IS NULL OR act IN (SELECT value FROM json_each(?1)))
        AND (?2 IS NULL OR seq = ?2)
        AND (?3 IS NULL OR seq IN (SELECT l.seq FROM audit_leaf l JOIN contact c ON c.id = l.contact_id
             WHERE c.no IN (SELECT value FROM json_each(?3) UNION ALL
                            SELECT m.no FROM contact m JOIN json_each(?3) ON m.merged_into = value)))";
    let total = conn
        .prepare_cached(&format!("SELECT count(*) FROM audit WHERE {which}"))?
        .query_row(params![acts, number, people], |row| row.get(0))?;
    let sql = format!("SELECT seq, at, actor, act FROM audit WHERE {which} ORDER BY seq DESC LIMIT ?4 OFFSET ?5");
    let mut query = conn.prepare_cached(&sql)?;
    let given = params![acts, number, people, question.limit, question.offset];
    let found = query.query_map(given, |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
    })?;
    let mut rows = Vec::new();
    for one in found {
        let (seq, at, actor, act) = one?;
        rows.push(Line {
            id: seq.to_string(),
            seq,
            at: vault.business().said(at),
            actor,
            act,
            about: about(conn, seq)?,
        });
    }
    Ok(LogPage { total, entries, rows })
}

/// What was typed: an entry's number, or the rows of all whom it finds; nothing where nothing was.
fn meant(vault: &Vault, query: &str) -> Result<(Option<i64>, Option<HashSet<i64>>)> {
    if query.is_empty() {
        return Ok((None, None));
    }
    // A phone number begins with a zero or a plus.
    let bare: String = query.chars().filter(|c| !matches!(c, '.' | ' ' | ',')).collect();
    if let (false, Ok(number)) = (bare.starts_with(['0', '+', '-']), bare.parse::<i64>()) {
        return Ok((Some(number), None));
    }
    Ok((None, Some(people::found(vault, query)?)))
}

fn as_json(all: &impl Serialize) -> Result<String> {
    serde_json::to_string(&json!(all)).map_err(|error| Problem::new(Code::System).because(error))
}

/// Whom an entry names.
fn about(conn: &Connection, seq: i64) -> Result<About> {
    let sql =
        "SELECT count(DISTINCT contact_id), min(contact_id) FROM audit_leaf WHERE seq = ? AND contact_id IS NOT NULL";
    let (people, one): (i64, Option<Uuid>) =
        conn.prepare_cached(sql)?.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some(contact) = one else { return Ok(About::Nobody) };
    if people > 1 {
        return Ok(About::Many { people });
    }
    let sql = "SELECT coalesce(merged_into, no) FROM contact WHERE id = ?";
    let mut query = conn.prepare_cached(sql)?;
    let mut found = query.query([contact])?;
    let Some(row) = found.next()? else { return Ok(About::Gone) };
    let shown = listed(conn, row.get(0)?)?;
    Ok(About::One { contact: shown.id, name: shown.name })
}

#[cfg(test)]
mod tests;
