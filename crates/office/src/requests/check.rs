//! That requests, their events and files are the ones that were sealed: a date of receipt or answer that was changed behind
//! the application's back shows.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::standing::{Standing, code_of};
use crate::consents::{ProofShown, of_request};
use crate::problem::Result;
use crate::vault::request::{self, Asked, Logged};
use crate::vault::{Act, Fault};

/// What an act about a request seals: nothing that says who somebody unknown is.
pub(super) fn sealed(asked: &Asked, logged: &Logged, due: chrono::NaiveDate, files: &[ProofShown]) -> Value {
    let files: Vec<Value> = files.iter().map(|file| json!({ "id": file.id, "sha256": file.sha256 })).collect();
    let mut facts = json!({
        "request": asked.id, "kind": asked.kind, "step": code_of(&logged.event), "on": logged.on, "due": due,
        "received": asked.received, "how": asked.how, "country": asked.country, "by": logged.by, "files": files,
    });
    if asked.contact_no.is_some() {
        facts["words"] = json!(asked.words);
        facts["event"] = json!(logged.event);
    }
    facts
}

/// The first request that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    let mut facts = facts(conn)?;
    for found in request::all(conn, None)? {
        let id = found.1.id;
        let sealed = facts.remove(&id).unwrap_or_default();
        let seq = sealed.first().map_or(0, |(seq, ..)| *seq);
        let whole = match Standing::of(conn, found, None) {
            Ok(Some(standing)) => standing.is_as(conn, &sealed)?,
            // What cannot be read or is not lawful was not written by us.
            Ok(None) | Err(_) => false,
        };
        if !whole {
            return Ok(Some(Fault { seq, code: "request_changed" }));
        }
    }
    let missing = facts.into_values().filter_map(|sealed| sealed.first().map(|(seq, ..)| *seq)).min();
    Ok(missing.map(|seq| Fault { seq, code: "request_missing" }))
}

/// An entry, whom it is about, and what it sealed.
type Sealed = (i64, Option<Uuid>, Value);

/// What was sealed about each request, in order.
fn facts(conn: &Connection) -> Result<HashMap<Uuid, Vec<Sealed>>> {
    let mut query = conn.prepare(
        "SELECT a.subject, a.seq, f.contact_id, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?) AND f.facts ->> '$.request' IS NOT NULL ORDER BY a.seq",
    )?;
    let mut rows = query.query(params![Act::RequestOpened.code(), Act::RequestMoved.code()])?;
    let mut facts: HashMap<Uuid, Vec<Sealed>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(3)?;
        let sealed = serde_json::from_str(&text).unwrap_or_default();
        facts.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, sealed));
    }
    Ok(facts)
}

impl Standing {
    /// Whether the rows say what was sealed, one entry for each event.
    fn is_as(&self, conn: &Connection, sealed: &[Sealed]) -> Result<bool> {
        let files = of_request(conn, self.no)?;
        let about = self.contact_id(conn)?;
        let stored = conn
            .prepare_cached("SELECT due, state, received_on FROM request WHERE no = ?")?
            .query_row([self.no], |row| Ok([row.get(0)?, row.get(1)?, row.get::<_, String>(2)?]))?;
        let received_on = self.log.first().map_or_else(String::new, |logged| logged.on.to_string());
        let derived = [self.position.due().to_string(), self.position.state().as_str().to_owned(), received_on];
        if stored != derived || sealed.len() != self.log.len() {
            return Ok(false);
        }
        for (n, (logged, (_, contact, found))) in self.log.iter().zip(sealed).enumerate() {
            let added = files.iter().filter(|(at, _)| *at == logged.recorded_at);
            let added: Vec<ProofShown> = added.map(|(_, file)| file.clone()).collect();
            let expected = self::sealed(&self.asked, logged, self.due_after(n)?, &added);
            if expected != *found || *contact != about {
                return Ok(false);
            }
        }
        let known = |at: &i64| self.log.iter().any(|logged| logged.recorded_at == *at);
        Ok(files.iter().all(|(at, _)| known(at)))
    }
}
