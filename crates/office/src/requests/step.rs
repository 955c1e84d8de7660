//! What happens with a request after it came in: proof of identity, more time, the answer, a refusal.

use akkoord_rules::request::{Event, State, fold};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::check::sealed;
use super::deadline::Explained;
use super::standing::{Standing, attach_all, code_of, day_of, refused};
use crate::consents::ProofShown;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::vault::request::{self, Logged};
use crate::vault::{Act, Done, Vault};

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
    /// The refusal went out (Art. 12(4)).
    Refused {
        /// Why.
        reason: String,
    },
}

impl Step {
    /// The fact it makes, and the files that go with it.
    fn event(self, today: NaiveDate) -> (Event, Vec<Given>) {
        let day = |on: Option<NaiveDate>| on.unwrap_or(today);
        let event = match self {
            Self::IdentityAsked { reason, on } => Event::IdentityAsked { on: day(on), reason },
            Self::IdentityConfirmed { how, on } => Event::IdentityConfirmed { on: day(on), how },
            Self::IdentityFailed { how, on } => Event::IdentityFailed { on: day(on), how },
            Self::Extended { months, reason, told } => Event::Extended { months, reason, told },
            Self::Answered { on, attach } => return (Event::Answered { on: day(on) }, attach),
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
    let today = vault.business().today(now);
    let by = vault.by().to_owned();
    let (event, files) = step.event(today);
    vault.record(Act::RequestMoved, Some(id), now, |rows| {
        let standing = Standing::find(rows, id)?;
        let on = day_of(&event, standing.country);
        if on > today {
            return Err(Problem::new(Code::InFuture).with("given", on.to_string()));
        }
        standing.position.admit(&event).map_err(refused)?;
        let all = standing.log.iter().map(|logged| &logged.event).chain([&event]);
        let position = fold(standing.country, all).map_err(refused)?;
        let contact = standing.contact_id(rows)?;
        let attachments = attach_all(rows, standing.no, &files)?;
        let logged = Logged { on, event, recorded_at: rows.at, by };
        rows.fact(contact, &sealed(&standing.asked, &logged, position.due(), &attachments))?;
        request::add_event(rows, standing.no, code_of(&logged.event), &logged)?;
        request::settle(rows, standing.no, position.state(), position.due())?;
        Ok(Moved {
            request: id,
            state: position.state(),
            due: position.due(),
            deadline: Explained::from(position.deadline()),
            attachments,
        })
    })
}
