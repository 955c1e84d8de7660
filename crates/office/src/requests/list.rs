//! Which requests there are, the most urgent one first.

use akkoord_rules::request::{Kind, State};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::standing::Standing;
use crate::people;
use crate::problem::Result;
use crate::vault::{Vault, request};

/// Which requests to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestFilter", rename_all = "snake_case")]
pub enum Filter {
    /// Those that are not closed.
    Open,
    /// Those that are open after their due date.
    Overdue,
    /// Those that were answered or refused.
    Closed,
    /// All.
    All,
}

/// A list of requests.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestList")]
pub struct List {
    /// The most urgent first, then the closed ones, the latest first.
    pub requests: Vec<Listed>,
}

/// A request in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestListed")]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// Who asked; absent for somebody of whom nothing is held.
    pub contact: Option<Uuid>,
    /// What people call who asked.
    pub name: String,
    /// What is asked.
    pub kind: Kind,
    /// When it came in, as it was said.
    pub received: String,
    /// The last day on which the answer is in time.
    pub due: NaiveDate,
    /// Days until then, negative after it; for a closed request those that were left, and standing still while proof of
    /// identity is awaited.
    pub days_left: i64,
    /// Where it stands.
    pub state: State,
    /// Whether it is open after its due date.
    pub overdue: bool,
}

/// Requests as they stand at the end of that day, today if none is given.
///
/// # Errors
/// Faults of the database.
pub fn list(vault: &Vault, filter: Filter, on: Option<NaiveDate>, now: DateTime<Utc>) -> Result<List> {
    let on = on.unwrap_or_else(|| vault.business().today(now));
    let mut requests = listed(vault.rows(), None, on)?;
    requests.retain(|request| match filter {
        Filter::Open => !request.state.is_closed(),
        Filter::Overdue => request.overdue,
        Filter::Closed => request.state.is_closed(),
        Filter::All => true,
    });
    Ok(List { requests })
}

/// Requests that are not closed, as they stand on that day, the most urgent first.
pub(crate) fn due(vault: &Vault, today: NaiveDate) -> Result<Vec<Listed>> {
    let mut list = Vec::new();
    for found in request::open(vault.rows())? {
        if let Some(standing) = Standing::of(vault.rows(), found, Some(today))? {
            list.push(standing.listed(vault.rows(), today)?);
        }
    }
    sort(&mut list);
    Ok(list)
}

/// The requests of a contact and whoever was merged into it.
pub(crate) fn of_contact(conn: &Connection, no: i64, today: NaiveDate) -> Result<Vec<Listed>> {
    let mut all = Vec::new();
    for no in people::group(conn, no)? {
        all.extend(listed(conn, Some(no), today)?);
    }
    sort(&mut all);
    Ok(all)
}

fn listed(conn: &Connection, contact_no: Option<i64>, on: NaiveDate) -> Result<Vec<Listed>> {
    let mut list = Vec::new();
    for found in request::all(conn, contact_no)? {
        if let Some(standing) = Standing::of(conn, found, Some(on))? {
            list.push(standing.listed(conn, on)?);
        }
    }
    sort(&mut list);
    Ok(list)
}

fn sort(list: &mut [Listed]) {
    list.sort_by_key(|request| {
        let closed = request.state.is_closed();
        (
            closed,
            if closed { 0 } else { request.days_left },
            std::cmp::Reverse(closed.then_some(request.due)),
            request.id,
        )
    });
}

impl Standing {
    pub(super) fn listed(&self, conn: &Connection, on: NaiveDate) -> Result<Listed> {
        let who = self.contact(conn)?;
        Ok(Listed {
            id: self.asked.id,
            contact: who.as_ref().map(|who| who.id),
            name: who.map_or_else(|| self.asked.unknown_name.clone(), |who| who.name),
            kind: self.asked.kind,
            received: self.asked.received.clone(),
            due: self.position.due(),
            days_left: self.position.days_left(on),
            state: self.position.state(),
            overdue: self.position.overdue(on),
        })
    }
}
