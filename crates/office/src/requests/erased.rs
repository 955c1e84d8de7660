//! Requests of people who are erased: what was asked and by whom goes, that it was asked and answered in time stays.

use akkoord_rules::request::{Event, Identity, Kind, State};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::standing::{Standing, code_of};
use crate::people::{Who, group};
use crate::problem::Result;
use crate::vault::Rows;
use crate::vault::recipient;
use crate::vault::request::{self, Asked, Logged};

/// What stands in the place of words that somebody said.
const GONE: &str = "—";

/// A request as far as an erasure looks at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behind {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    /// The row of the contact who asked; of somebody unknown none.
    pub(crate) contact_no: Option<i64>,
    /// It asks for erasure, and waits for its answer.
    pub(crate) asks: bool,
    /// The person is who they say.
    pub(crate) confirmed: bool,
}

impl Behind {
    /// Whether a contact, or whoever was merged into it, asked; nothing where somebody unknown did.
    pub(crate) fn is_of(&self, conn: &Connection, who: Who) -> Result<Option<bool>> {
        self.contact_no.map(|no| Ok(group(conn, who.no)?.contains(&no))).transpose()
    }
}

/// The request with that id.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub(crate) fn behind(conn: &Connection, id: Uuid) -> Result<Behind> {
    let Standing { no, asked, position, .. } = Standing::find(conn, id)?;
    Ok(Behind {
        no,
        id,
        contact_no: asked.contact_no,
        asks: asked.kind == Kind::Erasure && !position.state().is_closed(),
        confirmed: position.identity() == Identity::Confirmed,
    })
}

/// The id of the request in this row.
pub(crate) fn id_of(conn: &Connection, no: i64) -> Result<Uuid> {
    Ok(conn.prepare_cached("SELECT id FROM request WHERE no = ?")?.query_row([no], |row| row.get(0))?)
}

/// Where the request in this row stands.
pub(crate) fn state_of(conn: &Connection, no: i64) -> Result<State> {
    Ok(Standing::find(conn, id_of(conn, no)?)?.position.state())
}

/// Answers a request for erasure by having done it, where it may be answered on that day; [`forget`] seals that.
pub(crate) fn fulfil(rows: &Rows<'_>, request: Behind, on: NaiveDate, by: &str) -> Result<()> {
    let standing = Standing::find(rows, request.id)?;
    let event = Event::Answered { on };
    let Ok(position) = standing.after(&event) else { return Ok(()) };
    if !request.asks {
        return Ok(());
    }
    let logged = Logged { on, event, recorded_at: rows.at, by: by.to_owned() };
    request::add_event(rows, standing.no, code_of(&logged.event), &logged)?;
    request::settle(rows, standing.no, position.state(), position.due())
}

/// The rows of the requests of these contacts.
pub(crate) fn rows_of(conn: &Connection, contact_nos: &[i64]) -> Result<Vec<i64>> {
    let mut all = Vec::new();
    for no in contact_nos {
        all.extend(request::all(conn, Some(*no))?.into_iter().map(|(no, _)| no));
    }
    Ok(all)
}

/// Takes out of a request whose it was and what was said, and seals what stays of it.
pub(crate) fn forget(rows: &mut Rows<'_>, no: i64) -> Result<()> {
    for (event_no, event) in request::events_by_row(rows, no)? {
        request::rewrite(rows, event_no, &silent(event))?;
    }
    request::forget(rows, no)?;
    recipient::forget(rows, no)?;
    let standing = Standing::find(rows, id_of(rows, no)?)?;
    let (due, state) = (standing.position.due(), standing.position.state());
    rows.fact(None, &kept(&standing.asked, &standing.log, &json!(due), state))
}

/// An event without what was said.
fn silent(event: Event) -> Event {
    let gone = || GONE.to_owned();
    match event {
        Event::IdentityAsked { on, .. } => Event::IdentityAsked { on, reason: gone() },
        Event::IdentityConfirmed { on, .. } => Event::IdentityConfirmed { on, how: gone() },
        Event::IdentityFailed { on, .. } => Event::IdentityFailed { on, how: gone() },
        Event::Extended { months, told, .. } => Event::Extended { months, reason: gone(), told },
        Event::Weighed { on, stops, .. } => Event::Weighed { on, stops, reason: gone() },
        Event::Refused { on, .. } => Event::Refused { on, reason: gone() },
        Event::Opened { .. } | Event::Answered { .. } => event,
    }
}

/// What an erasure seals of a request that it has let go of.
pub(super) fn kept(asked: &Asked, log: &[Logged], due: &Value, state: State) -> Value {
    let log: Vec<Value> = log
        .iter()
        .map(|logged| {
            json!({ "event": logged.event, "on": logged.on, "recorded_at": logged.recorded_at, "by": logged.by })
        })
        .collect();
    json!({
        "kept": asked.id, "kind": asked.kind, "received": asked.received, "how": asked.how, "country": asked.country,
        "recorded_at": asked.recorded_at, "by": asked.by, "due": due, "state": state, "log": log,
    })
}
