//! That requests, their events and files are the ones that were sealed: a date of receipt or answer that was changed behind
//! the application's back shows. Rows are compared with what was sealed alone, never with what the law tables say today: those
//! change with releases, and an honest vault stays whole.

use std::collections::HashMap;

use akkoord_rules::request::{Event, State};
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::deadline::country;
use super::erased;
use super::letter::sealed_letters;
use super::standing::{code_of, day_of};
use crate::consents::{ProofShown, of_request};
use crate::problem::Result;
use crate::vault::recipient;
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
    let (mut all, mut kept) = (sealed_steps(conn)?, kept(conn)?);
    for (no, asked) in request::all(conn, None)? {
        let mut steps = all.remove(&asked.id).unwrap_or_default();
        let kept = kept.remove(&asked.id);
        steps.retain(|step| kept.as_ref().is_none_or(|kept| step.seq > kept.seq));
        // What cannot be read was not written by us.
        if !is_as(conn, no, &asked, kept.as_ref(), &steps).unwrap_or(false) {
            let seq = kept.map(|kept| kept.seq).or(steps.first().map(|step| step.seq));
            return Ok(Some(Fault { seq: seq.unwrap_or_default(), code: "request_changed" }));
        }
    }
    let steps = all.into_values().filter_map(|steps| steps.first().map(|step| step.seq));
    let missing = steps.chain(kept.into_values().map(|kept| kept.seq)).min();
    if let Some(seq) = missing {
        return Ok(Some(Fault { seq, code: "request_missing" }));
    }
    Ok(recipient::changed(conn)?.map(|seq| Fault { seq, code: "recipient_changed" }))
}

/// What an erasure sealed of a request when it let go of it: what was sealed before counts no longer.
struct Kept {
    seq: i64,
    facts: Value,
}

/// The latest of each request.
fn kept(conn: &Connection) -> Result<HashMap<Uuid, Kept>> {
    let mut query = conn.prepare(
        "SELECT a.seq, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act = ? AND f.contact_id IS NULL AND f.facts ->> '$.kept' IS NOT NULL ORDER BY a.seq, f.n",
    )?;
    let mut rows = query.query([Act::Erased.code()])?;
    let mut all = HashMap::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        let facts: Value = serde_json::from_str(&text).unwrap_or_default();
        if let Some(id) = facts.get("kept").and_then(Value::as_str).and_then(|id| id.parse().ok()) {
            all.insert(id, Kept { seq: row.get(0)?, facts });
        }
    }
    Ok(all)
}

impl Kept {
    /// Of these events those that it sealed; none where they are not those.
    fn of<'l>(&self, asked: &Asked, log: &'l [Logged]) -> Option<(&'l [Logged], &'l [Logged])> {
        let many = self.facts.get("log").and_then(Value::as_array).map_or(0, Vec::len);
        let (before, after) = log.split_at_checked(many)?;
        let due = self.facts.get("due").cloned().unwrap_or_default();
        let silent = asked.words.is_empty() && asked.unknown_name.is_empty() && asked.contact_no.is_none();
        (silent && erased::kept(asked, before, &due, state_after(before)) == self.facts).then_some((before, after))
    }
}

/// What an entry sealed about a request.
struct Step {
    seq: i64,
    at: i64,
    contact: Option<Uuid>,
    facts: Value,
}

/// What was sealed about each request, in order.
fn sealed_steps(conn: &Connection) -> Result<HashMap<Uuid, Vec<Step>>> {
    let mut query = conn.prepare(
        "SELECT f.facts ->> '$.request', a.seq, a.at, f.contact_id, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.act IN (?, ?, ?, ?) AND f.facts ->> '$.request' IS NOT NULL ORDER BY a.seq",
    )?;
    let acts = [Act::RequestOpened, Act::RequestMoved, Act::MailSent, Act::LetterMade].map(Act::code);
    let mut rows = query.query(acts)?;
    let mut all: HashMap<Uuid, Vec<Step>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(4)?;
        let facts = serde_json::from_str(&text).unwrap_or_default();
        let step = Step { seq: row.get(1)?, at: row.get(2)?, contact: row.get(3)?, facts };
        let request: String = row.get(0)?;
        all.entry(request.parse().unwrap_or_default()).or_default().push(step);
    }
    Ok(all)
}

/// Whether the rows say what was sealed, one entry for each event.
fn is_as(conn: &Connection, no: i64, asked: &Asked, kept: Option<&Kept>, steps: &[Step]) -> Result<bool> {
    let log = request::events(conn, no)?;
    let Some((_, after)) = kept.map_or(Some((&[][..], &log[..])), |kept| kept.of(asked, &log)) else {
        return Ok(false);
    };
    let mut files: HashMap<Uuid, (i64, ProofShown)> =
        of_request(conn, no)?.into_iter().map(|(at, file)| (file.id, (at, file))).collect();
    let sql = "SELECT (SELECT id FROM contact WHERE contact.no = contact_no), due, state, received_on FROM request WHERE no = ?";
    let (about, due, state, received_on): (Option<Uuid>, String, String, String) =
        conn.prepare_cached(sql)?.query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let last = steps.last().map(|step| &step.facts).or(kept.map(|kept| &kept.facts));
    let (Some(first), Some(last)) = (log.first(), last) else { return Ok(false) };
    if after.len() != steps.len()
        || last.get("due").and_then(Value::as_str) != Some(due.as_str())
        || state_after(&log).as_str() != state
        || first.on.to_string() != received_on
        || first.recorded_at != asked.recorded_at
    {
        return Ok(false);
    }
    for (logged, step) in after.iter().zip(steps) {
        if step.contact != about || !step.is_as(asked, logged, &mut files)? {
            return Ok(false);
        }
    }
    // A letter was sealed by the act that made it; one that is gone, or was changed, shows.
    let letters = sealed_letters(conn, asked.id)?;
    let kept = letters.iter().filter(|letter| {
        let file = files.remove(&letter.file);
        file.is_some_and(|(at, file)| at == letter.at && file.sha256 == letter.sha256)
    });
    let kept = kept.count();
    Ok(files.is_empty() && kept == letters.len())
}

impl Step {
    /// Whether this sealed that event. Takes the files that it sealed.
    fn is_as(&self, asked: &Asked, logged: &Logged, files: &mut HashMap<Uuid, (i64, ProofShown)>) -> Result<bool> {
        let due = self.facts.get("due").and_then(Value::as_str).and_then(|due| due.parse().ok());
        let named = self.facts.get("files").and_then(Value::as_array).into_iter().flatten();
        let ids = named.filter_map(|file| file.get("id")?.as_str()?.parse().ok());
        let added: Vec<(i64, ProofShown)> = ids.filter_map(|id: Uuid| files.remove(&id)).collect();
        let at_once = added.iter().all(|(at, _)| *at == self.at) && logged.recorded_at == self.at;
        let added: Vec<ProofShown> = added.into_iter().map(|(_, file)| file).collect();
        let said = !matches!(&logged.event, Event::Opened { received } if received.to_string() != asked.received);
        let on = day_of(&logged.event, country(&asked.country)?) == logged.on;
        Ok(at_once && said && on && due.is_some_and(|due| sealed(asked, logged, due, &added) == self.facts))
    }
}

/// Where the events leave a request, whatever the law says of their days.
fn state_after(log: &[Logged]) -> State {
    let (mut waiting, mut running) = (false, State::Open);
    for logged in log {
        match logged.event {
            Event::Opened { .. } | Event::Weighed { .. } => {}
            Event::IdentityAsked { .. } => waiting = true,
            Event::IdentityConfirmed { .. } | Event::IdentityFailed { .. } => waiting = false,
            Event::Extended { .. } => running = State::Extended,
            Event::Answered { .. } => return State::Answered,
            Event::Refused { .. } => return State::Refused,
        }
    }
    if waiting { State::WaitingIdentity } else { running }
}

#[cfg(test)]
mod tests {
    use akkoord_rules::consent::How;
    use akkoord_rules::deadline::Received;
    use akkoord_rules::request::Kind;

    use super::*;
    use crate::profile::incoming::Given;
    use crate::requests::{self, Asker, NewRequest};
    use crate::trial::vault_in;
    use crate::vault::Vault;

    fn vault() -> (tempfile::TempDir, Vault) {
        let dir = tempfile::tempdir().unwrap();
        let vault = vault_in(dir.path(), "2026-03-02T10:00:00Z".parse().unwrap());
        (dir, vault)
    }

    /// A release with other holidays would have sealed another day: that is no tampering.
    #[test]
    fn a_day_that_other_law_tables_gave_is_whole() {
        let (_dir, mut vault) = vault();
        let (on, due) = ("2026-03-01".parse().unwrap(), "2026-04-09".parse().unwrap());
        let done = vault.record(Act::RequestOpened, None, "2026-03-02T10:00:00Z".parse().unwrap(), |rows| {
            let asked = Asked {
                id: Uuid::now_v7(),
                contact_no: None,
                unknown_name: "Els".to_owned(),
                kind: Kind::Access,
                received: "2026-03-01".to_owned(),
                how: "phone".to_owned(),
                words: String::new(),
                country: "BE".to_owned(),
                recorded_at: rows.at,
                by: "An".to_owned(),
            };
            rows.about(asked.id);
            let no = request::insert(rows, &asked, on, due)?;
            let event = Event::Opened { received: Received::Date(on) };
            let logged = Logged { on, event, recorded_at: rows.at, by: "An".to_owned() };
            request::add_event(rows, no, "opened", &logged)?;
            rows.fact(None, &sealed(&asked, &logged, due, &[]))
        });
        done.unwrap();
        assert_eq!(vault.verify(None).unwrap().first_fault, None);
        vault.rows().execute("UPDATE request SET due = '2026-04-01'", []).unwrap();
        assert_eq!(vault.verify(None).unwrap().first_fault, Some(Fault { seq: 2, code: "request_changed" }));
    }

    /// Two steps in one millisecond each keep their own files.
    #[test]
    fn files_belong_to_the_step_that_sealed_them() {
        let (dir, mut vault) = vault();
        let now = "2026-03-02T10:00:00Z".parse().unwrap();
        let file = |name: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, name).unwrap();
            Given::Path(path)
        };
        let new = NewRequest {
            asker: Asker::Unknown("Els".to_owned()),
            kind: Kind::Access,
            received: "2026-03-01".to_owned(),
            how: How::Email,
            words: String::new(),
            attach: vec![file("asked.txt"), file("with.txt")],
        };
        let id = requests::open(&mut vault, &new, now).unwrap().output.request;
        let answer = requests::Step::Answered { on: None, attach: vec![file("answer.txt")] };
        requests::step(&mut vault, id, answer, now).unwrap();
        assert_eq!(vault.verify(None).unwrap().first_fault, None);
        vault.rows().execute("DELETE FROM proof WHERE name = 'with.txt'", []).unwrap();
        assert_eq!(vault.verify(None).unwrap().first_fault.map(|fault| fault.code), Some("request_changed"));
    }
}
