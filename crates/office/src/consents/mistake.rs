//! An event that was recorded by mistake: a later one says so, and it counts no longer.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::event::EventRow;
use super::follow::follow;
use super::record::Recorded;
use crate::people::{Who, unlocked};
use crate::problem::{Code, Problem, Result};
use crate::purposes::by_no;
use crate::vault::{Business, Rows};

/// An event that was recorded by mistake.
pub(super) struct Mistake<'a> {
    event: Uuid,
    /// The contact that it stands with.
    who: Who,
    /// The contact that speaks for that one.
    head: i64,
    purpose_no: i64,
    version: u32,
    note: &'a str,
}

impl<'a> Mistake<'a> {
    pub(super) fn of(conn: &Connection, event: Uuid, note: &'a str) -> Result<Self> {
        let note = note.trim();
        if note.is_empty() {
            return Err(Problem::invalid("note", "empty"));
        }
        conn.prepare_cached(
            "SELECT c.no, c.id, coalesce(c.merged_into, c.no), e.purpose_no, e.version FROM consent_event e
             JOIN contact c ON c.no = e.contact_no WHERE e.id = ?",
        )?
        .query_row([event], |row| {
            let who = Who { no: row.get(0)?, id: row.get(1)? };
            Ok(Self { event, who, head: row.get(2)?, purpose_no: row.get(3)?, version: row.get(4)?, note })
        })
        .optional()?
        .ok_or_else(|| Problem::not_found("event", &event.to_string()))
    }

    pub(super) fn correct(
        &self,
        rows: &mut Rows<'_>,
        business: &Business,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Recorded> {
        unlocked(rows, business, Who { no: self.head, id: self.who.id })?;
        if is_void(rows, self.event)? {
            return Err(Problem::new(Code::AlreadyCorrected).with("event", self.event.to_string()));
        }
        let purpose = by_no(rows, business, self.purpose_no)?;
        let row = EventRow {
            note: self.note.to_owned(),
            corrects: Some(self.event),
            ..EventRow::new("corrected", self.version, business.local(rows.at), by)
        };
        follow(rows, business, self.who, self.head, &purpose, &row, now)
    }
}

/// Whether a correction that itself counts names the event.
fn is_void(conn: &Connection, event: Uuid) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT id FROM consent_event WHERE corrects = ?1
           AND contact_no = (SELECT contact_no FROM consent_event WHERE id = ?1)",
    )?;
    let corrections: Vec<Uuid> = query.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for correction in corrections {
        if !is_void(conn, correction)? {
            return Ok(true);
        }
    }
    Ok(false)
}
