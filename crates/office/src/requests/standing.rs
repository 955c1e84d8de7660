//! A request with all that has happened to it, and where it stands by that.

use akkoord_rules::deadline::Received;
use akkoord_rules::law::Country;
use akkoord_rules::request::{Event, Kind, Position, RequestError, fold};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use uuid::Uuid;

use super::deadline::country;
use crate::consents::{Belongs, ProofShown, attach, of_request, store_all};
use crate::people;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::vault::Rows;
use crate::vault::request::{self, Asked, Logged};

/// A request and its position.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) no: i64,
    pub(super) asked: Asked,
    pub(super) country: Country,
    pub(super) log: Vec<Logged>,
    pub(super) position: Position,
}

impl Standing {
    /// The request as its events up to the end of that day leave it, or all of them; `None` if it came in later.
    pub(super) fn of(conn: &Connection, (no, asked): (i64, Asked), on: Option<NaiveDate>) -> Result<Option<Self>> {
        let country = country(&asked.country)?;
        let mut log = request::events(conn, no)?;
        log.retain(|logged| on.is_none_or(|on| logged.on <= on));
        if log.is_empty() {
            return Ok(None);
        }
        let position = fold(country, log.iter().map(|logged| &logged.event))
            .map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
        Ok(Some(Self { no, asked, country, log, position }))
    }

    /// The request with that id, with all that has happened to it.
    pub(super) fn find(conn: &Connection, id: Uuid) -> Result<Self> {
        let missing = || Problem::not_found("request", &id.to_string());
        let found = request::find(conn, id)?.ok_or_else(missing)?;
        Self::of(conn, found, None)?.ok_or_else(missing)
    }

    /// Where this event would leave it.
    ///
    /// # Errors
    /// A code for the rule that stands against it.
    pub(super) fn after(&self, event: &Event) -> Result<Position> {
        if matches!(event, Event::Weighed { .. }) && self.asked.kind != Kind::Objection {
            return Err(Problem::invalid("kind", "nothing_to_weigh"));
        }
        self.position.admit(event).map_err(refused)?;
        fold(self.country, self.log.iter().map(|logged| &logged.event).chain([event])).map_err(refused)
    }

    /// The id of the contact that asked, also when it was merged into another since.
    pub(super) fn contact_id(&self, conn: &Connection) -> Result<Option<Uuid>> {
        let Some(no) = self.asked.contact_no else { return Ok(None) };
        Ok(conn.prepare_cached("SELECT id FROM contact WHERE no = ?")?.query_row([no], |row| row.get(0))?)
    }

    /// Who asked, as a list shows them; a contact that was merged into another speaks through that one.
    pub(super) fn contact(&self, conn: &Connection) -> Result<Option<people::Listed>> {
        let Some(no) = self.asked.contact_no else { return Ok(None) };
        let head = conn
            .prepare_cached("SELECT coalesce(merged_into, no) FROM contact WHERE no = ?")?
            .query_row([no], |row| row.get(0))?;
        people::listed(conn, head).map(Some)
    }
}

/// Keeps files with a request, as proofs.
pub(super) fn attach_all(rows: &Rows<'_>, request_no: i64, files: &[Given]) -> Result<Vec<ProofShown>> {
    let mut kept = Vec::new();
    for content in store_all(rows, files)? {
        kept.push(attach(rows, &content, Belongs::Request(request_no), rows.at)?);
    }
    let all = of_request(rows, request_no)?.into_iter().map(|(_, proof)| proof);
    Ok(all.filter(|proof| kept.contains(&proof.id)).collect())
}

/// The day on which an event happened, local to the country.
pub(super) fn day_of(event: &Event, country: Country) -> NaiveDate {
    match event {
        Event::Opened { received } => received.on(country.zone()),
        Event::IdentityAsked { on, .. }
        | Event::IdentityConfirmed { on, .. }
        | Event::IdentityFailed { on, .. }
        | Event::Extended { told: on, .. }
        | Event::Weighed { on, .. }
        | Event::Answered { on }
        | Event::Refused { on, .. } => *on,
    }
}

/// The stable name of an event.
pub(super) fn code_of(event: &Event) -> &'static str {
    match event {
        Event::Opened { .. } => "opened",
        Event::IdentityAsked { .. } => "identity_asked",
        Event::IdentityConfirmed { .. } => "identity_confirmed",
        Event::IdentityFailed { .. } => "identity_failed",
        Event::Extended { .. } => "extended",
        Event::Weighed { .. } => "weighed",
        Event::Answered { .. } => "answered",
        Event::Refused { .. } => "refused",
    }
}

/// Refuses a fact that has not happened yet.
pub(super) fn not_in_future(received: Received, today: NaiveDate, now: DateTime<Utc>) -> Result<()> {
    let later = match received {
        Received::Date(on) => on > today,
        Received::Instant(at) => at > now,
    };
    if later { Err(Problem::new(Code::InFuture).with("given", received.to_string())) } else { Ok(()) }
}

/// What a rule of requests refuses, as a problem.
pub(super) fn refused(error: RequestError) -> Problem {
    let date = |day: NaiveDate| day.to_string();
    let problem = match error {
        RequestError::NotOpened | RequestError::AlreadyOpened => Problem::new(Code::System),
        RequestError::Closed { on } => Problem::new(Code::RequestClosed).with("on", date(on)),
        RequestError::TooEarly { on, earliest } => {
            Problem::new(Code::TooEarly).with("on", date(on)).with("earliest", date(earliest))
        }
        RequestError::NoReason => Problem::new(Code::NoReason),
        RequestError::AlreadyWaiting { since } => Problem::new(Code::AlreadyWaiting).with("since", date(since)),
        RequestError::AlreadyConfirmed => Problem::new(Code::AlreadyConfirmed),
        RequestError::ExtensionLength { months } => Problem::new(Code::ExtensionLength).with("months", months),
        RequestError::AlreadyExtended => Problem::new(Code::AlreadyExtended),
        RequestError::ExtensionTooLate { last } => Problem::new(Code::ExtensionTooLate).with("last", date(last)),
    };
    problem.because(error)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn event() -> impl Strategy<Value = (u8, u64)> {
        (0_u8..8, 0_u64..130)
    }

    fn made((kind, after): (u8, u64), opened: NaiveDate) -> Event {
        let on = opened + Days::new(after);
        let text = || "words".to_owned();
        match kind {
            0 => Event::IdentityAsked { on, reason: text() },
            1 => Event::IdentityConfirmed { on, how: text() },
            2 => Event::IdentityFailed { on, how: text() },
            3 | 4 => Event::Extended { months: kind - 2, reason: text(), told: on },
            5 => Event::Answered { on },
            6 => Event::Weighed { on, stops: after % 2 == 0, reason: text() },
            _ => Event::Refused { on, reason: text() },
        }
    }

    proptest! {
        // A list looks back: on any day a lawful request was a lawful one, whatever was recorded later or out of order.
        #[test]
        fn a_request_was_lawful_on_every_day(
            start in 0_u64..800, steps in proptest::collection::vec(event(), 0..12)
        ) {
            let opened = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(start);
            let mut log = vec![Event::Opened { received: Received::Date(opened) }];
            for step in steps {
                let next = made(step, opened);
                if fold(Country::Be, &log).unwrap().admit(&next).is_ok() {
                    log.push(next);
                }
            }
            for after in 0..131 {
                let on = opened + Days::new(after);
                let then = log.iter().filter(|event| day_of(event, Country::Be) <= on);
                prop_assert!(fold(Country::Be, then).is_ok(), "{on}: {log:?}");
            }
        }
    }
}
