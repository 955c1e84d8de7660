//! The list that a newsletter service keeps beside its own: addresses that it has from us and must leave alone.
//!
//! It holds nobody whom the service does not know already, so nothing new is disclosed; of those it holds every address that would
//! not go there today: of people who took their yes back, and old addresses of people who have another one now.

use akkoord_rules::outflow::{Flow, Verdict};
use rusqlite::Connection;
use serde_json::json;

use super::card;
use super::export::Sent;
use super::flow::{Fate, Flows};
use super::paper::{Paper, is_email};
use crate::intake::draft::{Draft, Email};
use crate::people::{Who, matching};
use crate::problem::Result;
use crate::vault::connection::Stored;
use crate::vault::{Rows, disclosure};

/// Writes the list; each person on it is named in the audit log.
pub(super) fn write(rows: &mut Rows<'_>, flows: &Flows<'_>, stored: &Stored, paper: &mut Paper<'_>) -> Result<Sent> {
    let conn = rows.beside();
    let mut sent = Sent::default();
    flows.each(|fate| {
        sent.tally.to_remove += i64::from(fate.to_remove());
        let mut listed = Vec::new();
        for email in disclosure::emails(conn, stored.no, fate.who.no)? {
            if !goes(conn, stored, &fate, &email)? && !goes_for_another(conn, flows, stored, fate.who, &email)? {
                listed.push(email);
            }
        }
        for email in &listed {
            let draft = Draft { emails: vec![email.clone()], ..Draft::default() };
            paper.add(fate.who.id, false, &draft, vec!["email"])?;
            sent.suppressed += 1;
        }
        if listed.is_empty() {
            return Ok(());
        }
        rows.fact(Some(fate.who.id), &json!({ "suppressed": { "connection": stored.key, "addresses": listed.len() } }))
    })?;
    Ok(sent)
}

/// Whether the address is one that goes to the connection for this person.
fn goes(conn: &Connection, stored: &Stored, fate: &Fate, email: &Email) -> Result<bool> {
    let Verdict::Goes(flows) = &fate.verdict else { return Ok(false) };
    let passes = stored.fields.iter().zip(flows).any(|(field, flow)| is_email(field) && *flow == Flow::Goes);
    let mut known = card::whole(conn, fate.who.no)?.emails.into_iter();
    Ok(passes && known.any(|known| known.normalised == email.normalised))
}

/// Whether somebody else has the address and goes with it.
fn goes_for_another(conn: &Connection, flows: &Flows<'_>, stored: &Stored, who: Who, email: &Email) -> Result<bool> {
    for other in matching(conn, &email.value)?.into_iter().filter(|other| other.no != who.no) {
        if goes(conn, stored, &flows.one(other)?, email)? {
            return Ok(true);
        }
    }
    Ok(false)
}
