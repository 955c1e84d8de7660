//! What happens with a request after it came in: proof of identity, more time, the answer, a refusal.

use akkoord_rules::request::{Event, Position, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::check::sealed;
use super::deadline::Explained;
use super::standing::{Standing, attach_all, code_of, day_of};
use crate::consents::ProofShown;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::vault::request::{self, Logged};
use crate::vault::{Act, Done, Rows, Vault};

/// A step; days that are left open are today.
#[derive(Debug, Clone)]
pub enum Step {
    /// Proof of identity was asked for, with the reason of the doubt (Art. 12(6)): the clock stands still.
    IdentityAsked {
        /// Why there was doubt.
        reason: String,
        /// The day.
        on: Option<NaiveDate>,
    },
    /// The person is who they say.
    IdentityConfirmed {
        /// By what it was seen.
        how: String,
        /// The day on which it came in.
        on: Option<NaiveDate>,
    },
    /// What came in does not prove it.
    IdentityFailed {
        /// What was wrong with it.
        how: String,
        /// The day on which it came in.
        on: Option<NaiveDate>,
    },
    /// More time was taken (Art. 12(3)).
    Extended {
        /// One or two, beyond the first.
        months: u8,
        /// Why.
        reason: String,
        /// The day on which the person was told.
        told: NaiveDate,
    },
    /// The answer went out.
    Answered {
        /// The day.
        on: Option<NaiveDate>,
        /// What was sent.
        attach: Vec<Given>,
    },
    /// An objection to a use in a legitimate interest was weighed (Art. 21(1)).
    Weighed {
        /// Whether the use stops; else the reason is a compelling one to go on.
        stops: bool,
        /// What weighed.
        reason: String,
    },
    /// The refusal went out (Art. 12(4)).
    Refused {
        /// Why.
        reason: String,
    },
}

impl Step {
    /// The fact it makes, and the files that go with it.
    pub(crate) fn event(self, today: NaiveDate) -> (Event, Vec<Given>) {
        let day = |on: Option<NaiveDate>| on.unwrap_or(today);
        let event = match self {
            Self::IdentityAsked { reason, on } => Event::IdentityAsked { on: day(on), reason },
            Self::IdentityConfirmed { how, on } => Event::IdentityConfirmed { on: day(on), how },
            Self::IdentityFailed { how, on } => Event::IdentityFailed { on: day(on), how },
            Self::Extended { months, reason, told } => Event::Extended { months, reason, told },
            Self::Answered { on, attach } => return (Event::Answered { on: day(on) }, attach),
            Self::Weighed { stops, reason } => Event::Weighed { on: today, stops, reason },
            Self::Refused { reason } => Event::Refused { on: today, reason },
        };
        (event, Vec::new())
    }
}

/// Where a request stands after a step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestMoved")]
pub struct Moved {
    /// Its id.
    pub request: Uuid,
    /// Its state now.
    pub state: State,
    /// The last day on which the answer is in time.
    pub due: NaiveDate,
    /// Why that day.
    pub deadline: Explained,
    /// The files that this step added.
    pub attachments: Vec<ProofShown>,
}

/// Takes one step with a request.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::InFuture`]; a code for each rule that stands against the step.
pub fn step(vault: &mut Vault, id: Uuid, step: Step, now: DateTime<Utc>) -> Result<Done<Moved>> {
    let (today, by) = (vault.business().today(now), vault.by().to_owned());
    vault.record(Act::RequestMoved, Some(id), now, |rows| take(rows, id, step, today, by))
}

/// Takes a step inside the act that it belongs to.
///
/// # Errors
/// As [`step`].
pub(crate) fn take(rows: &mut Rows<'_>, id: Uuid, step: Step, today: NaiveDate, by: String) -> Result<Moved> {
    let (event, files) = step.event(today);
    let standing = Standing::find(rows, id)?;
    let on = day_of(&event, standing.country);
    if on > today {
        return Err(Problem::new(Code::InFuture).with("given", on.to_string()));
    }
    let position = standing.after(&event)?;
    let attachments = attach_all(rows, standing.no, &files)?;
    put(rows, &standing, &position, event, &attachments, by)?;
    Ok(Moved {
        request: id,
        state: position.state(),
        due: position.due(),
        deadline: Explained::from(position.deadline()),
        attachments,
    })
}

/// Writes an event that may be the next one down, and seals it.
fn put(
    rows: &mut Rows<'_>,
    standing: &Standing,
    position: &Position,
    event: Event,
    files: &[ProofShown],
    by: String,
) -> Result<()> {
    let contact = standing.contact_id(rows)?;
    let logged = Logged { on: day_of(&event, standing.country), event, recorded_at: rows.at, by };
    rows.fact(contact, &sealed(&standing.asked, &logged, position.due(), files))?;
    request::add_event(rows, standing.no, code_of(&logged.event), &logged)?;
    request::settle(rows, standing.no, position.state(), position.due())
}

/// Takes the step that a mail told of, inside the act by which a server has it, on that day. What the request has moved past
/// meanwhile is not taken.
///
/// # Errors
/// Faults of the database.
pub(crate) fn told(rows: &mut Rows<'_>, request: Uuid, step: &str, on: NaiveDate, by: &str) -> Result<()> {
    let said: Event = serde_json::from_str(step).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
    let event = dated(said, on);
    let standing = Standing::find(rows, request)?;
    match standing.after(&event) {
        Ok(position) => put(rows, &standing, &position, event, &[], by.to_owned()),
        Err(_) => Ok(()),
    }
}

/// The same event on another day.
fn dated(event: Event, on: NaiveDate) -> Event {
    match event {
        Event::IdentityAsked { reason, .. } => Event::IdentityAsked { on, reason },
        Event::IdentityConfirmed { how, .. } => Event::IdentityConfirmed { on, how },
        Event::IdentityFailed { how, .. } => Event::IdentityFailed { on, how },
        Event::Extended { months, reason, .. } => Event::Extended { months, reason, told: on },
        Event::Weighed { stops, reason, .. } => Event::Weighed { on, stops, reason },
        Event::Answered { .. } => Event::Answered { on },
        Event::Refused { reason, .. } => Event::Refused { on, reason },
        Event::Opened { .. } => event,
    }
}
