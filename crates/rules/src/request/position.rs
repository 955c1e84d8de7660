//! Where a request stands after its events, and which event may come next.

use chrono::{Days, NaiveDate};

use super::{Event, RequestError, State};
use crate::deadline::{Deadline, Received, Rule, compute_paused, extension_reminder};
use crate::law::Country;

/// What is known of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Nobody doubted.
    NotAsked,
    /// Asked for, not come in.
    Waiting {
        /// The day on which it was asked for.
        since: NaiveDate,
    },
    /// Proved.
    Confirmed,
    /// What came in proved nothing; it may be asked again.
    Failed,
}

/// More time, and when the person was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extension {
    /// One or two, beyond the first.
    pub months: u8,
    /// The day on which the person was told.
    pub told: NaiveDate,
}

/// A request after some of its events. Built by [`fold`] alone, so that it is always a lawful one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    country: Country,
    received: Received,
    identity: Identity,
    /// The day of the last fact about the identity, or of receipt.
    identity_on: NaiveDate,
    extension: Option<Extension>,
    paused_days: u32,
    closed: Option<(State, NaiveDate)>,
    /// The latest day in any event.
    latest: NaiveDate,
    first: Deadline,
    deadline: Deadline,
}

/// The position after all events, in the order in which they were recorded.
///
/// # Errors
/// The first event that [`Position::admit`] refuses, or [`RequestError::NotOpened`].
pub fn fold<'e>(country: Country, events: impl IntoIterator<Item = &'e Event>) -> Result<Position, RequestError> {
    let mut events = events.into_iter();
    let Some(Event::Opened { received }) = events.next() else { return Err(RequestError::NotOpened) };
    let mut position = Position::open(country, *received);
    for event in events {
        position.admit(event)?;
        position.apply(event);
    }
    Ok(position)
}

impl Position {
    fn open(country: Country, received: Received) -> Self {
        let on = received.on(country.zone());
        let first = compute_paused(country, received, Rule::OneMonth, 0);
        Self {
            country,
            received,
            identity: Identity::NotAsked,
            identity_on: on,
            extension: None,
            paused_days: 0,
            closed: None,
            latest: on,
            deadline: first.clone(),
            first,
        }
    }

    /// The state as people know it.
    #[must_use]
    pub fn state(&self) -> State {
        match (self.closed, self.identity, self.extension) {
            (Some((state, _)), _, _) => state,
            (None, Identity::Waiting { .. }, _) => State::WaitingIdentity,
            (None, _, Some(_)) => State::Extended,
            (None, _, None) => State::Open,
        }
    }

    /// The deadline that holds, with pause and extension and the steps that explain it.
    #[must_use]
    pub fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    /// The end of the first month with the pause: the last day to tell of an extension or to refuse (Art. 12(3)-(4)).
    #[must_use]
    pub fn first_month(&self) -> &Deadline {
        &self.first
    }

    /// The last day on which the answer is in time. While proof of identity is awaited the days since it was asked for
    /// are not in it yet.
    #[must_use]
    pub fn due(&self) -> NaiveDate {
        self.deadline.due.date()
    }

    /// The day on which the extended deadline ends, if the request was extended.
    #[must_use]
    pub fn extended_due(&self) -> Option<NaiveDate> {
        self.extension.map(|_| self.due())
    }

    /// The earlier day by which an extended request had better be answered, since some count in steps (LAW §1).
    #[must_use]
    pub fn reminder(&self) -> Option<NaiveDate> {
        let extension = self.extension?;
        Some(extension_reminder(self.country, self.received, u32::from(extension.months), self.paused_days))
    }

    /// The business's own target ("without undue delay"): that many days after receipt, with the pause, and never after
    /// the legal date.
    #[must_use]
    pub fn own_target(&self, days: u32) -> NaiveDate {
        let days = u64::from(days) + u64::from(self.paused_days);
        let target = self.received.on(self.country.zone()).checked_add_days(Days::new(days));
        target.map_or(self.due(), |target| target.min(self.due()))
    }

    /// Days added because proof of identity was awaited; without the wait that is going on.
    #[must_use]
    pub fn paused_days(&self) -> u32 {
        self.paused_days
    }

    /// What is known of who asks.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.identity
    }

    /// The extension, if any.
    #[must_use]
    pub fn extension(&self) -> Option<Extension> {
        self.extension
    }

    /// The day on which it was answered or refused.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        self.closed.map(|(_, on)| on)
    }

    /// Days from `on` to the due date, negative after it; for a closed request from the day on which it was closed.
    /// While proof of identity is awaited the number stands still.
    #[must_use]
    pub fn days_left(&self, on: NaiveDate) -> i64 {
        self.due().signed_duration_since(self.clock(self.closed_on().unwrap_or(on))).num_days()
    }

    /// Whether it is still open on a day after its due date.
    #[must_use]
    pub fn overdue(&self, on: NaiveDate) -> bool {
        self.closed.is_none() && self.days_left(on) < 0
    }

    /// Whether the event may be the next one.
    ///
    /// # Errors
    /// The rule that stands against it.
    pub fn admit(&self, event: &Event) -> Result<(), RequestError> {
        if let Some(on) = self.closed_on() {
            return Err(RequestError::Closed { on });
        }
        match event {
            Event::Opened { .. } => Err(RequestError::AlreadyOpened),
            Event::IdentityAsked { on, reason } => self.admit_question(*on, reason),
            Event::IdentityConfirmed { on, .. } | Event::IdentityFailed { on, .. } => self.admit_identity(*on),
            Event::Extended { months, reason, told } => self.admit_extension(*months, reason, *told),
            Event::Weighed { on, reason, .. } => {
                given(reason)?;
                not_before(*on, self.received.on(self.country.zone()))
            }
            Event::Answered { on } => not_before(*on, self.latest),
            Event::Refused { on, reason } => given(reason).and_then(|()| not_before(*on, self.latest)),
        }
    }

    fn admit_question(&self, on: NaiveDate, reason: &str) -> Result<(), RequestError> {
        if let Identity::Waiting { since } = self.identity {
            return Err(RequestError::AlreadyWaiting { since });
        }
        given(reason)?;
        self.admit_identity(on)
    }

    fn admit_identity(&self, on: NaiveDate) -> Result<(), RequestError> {
        if self.identity == Identity::Confirmed {
            return Err(RequestError::AlreadyConfirmed);
        }
        not_before(on, self.identity_on)
    }

    fn admit_extension(&self, months: u8, reason: &str, told: NaiveDate) -> Result<(), RequestError> {
        if !(1..=2).contains(&months) {
            return Err(RequestError::ExtensionLength { months });
        }
        if self.extension.is_some() {
            return Err(RequestError::AlreadyExtended);
        }
        given(reason)?;
        not_before(told, self.received.on(self.country.zone()))?;
        let last = self.first.due.date();
        if self.clock(told) > last { Err(RequestError::ExtensionTooLate { last }) } else { Ok(()) }
    }

    /// Takes an admitted event in.
    fn apply(&mut self, event: &Event) {
        let day = match event {
            Event::Opened { .. } => return,
            Event::IdentityAsked { on, .. } => {
                (self.identity, self.identity_on) = (Identity::Waiting { since: *on }, *on);
                *on
            }
            Event::IdentityConfirmed { on, .. } => self.settle(*on, Identity::Confirmed),
            Event::IdentityFailed { on, .. } => self.settle(*on, Identity::Failed),
            Event::Extended { months, told, .. } => {
                self.extension = Some(Extension { months: *months, told: *told });
                self.recount();
                *told
            }
            Event::Weighed { on, .. } => *on,
            Event::Answered { on } => self.closed.insert((State::Answered, *on)).1,
            Event::Refused { on, .. } => self.closed.insert((State::Refused, *on)).1,
        };
        self.latest = self.latest.max(day);
    }

    /// Ends the wait and adds its days, whether or not what came in was enough.
    fn settle(&mut self, on: NaiveDate, identity: Identity) -> NaiveDate {
        if let Some(since) = self.paused_since() {
            // Asked on a free day after the period itself ran out: no day of it was left, so the pause begins at its
            // end. Otherwise the new end could lie before the day on which the proof came in.
            let days = on.signed_duration_since(since.min(self.deadline.unmoved())).num_days();
            self.paused_days = self.paused_days.saturating_add(u32::try_from(days).unwrap_or_default());
        }
        (self.identity, self.identity_on) = (identity, on);
        self.recount();
        on
    }

    /// Since when the clock has been standing still. Asking after the due date stops nothing: nothing runs any more.
    fn paused_since(&self) -> Option<NaiveDate> {
        match self.identity {
            Identity::Waiting { since } if since <= self.due() => Some(since),
            Identity::Waiting { .. } | Identity::NotAsked | Identity::Confirmed | Identity::Failed => None,
        }
    }

    /// The day on which the clock stands when the calendar says `on`.
    fn clock(&self, on: NaiveDate) -> NaiveDate {
        self.paused_since().map_or(on, |since| on.min(since))
    }

    fn recount(&mut self) {
        let count = |rule| compute_paused(self.country, self.received, rule, self.paused_days);
        self.first = count(Rule::OneMonth);
        self.deadline = match self.extension {
            None => self.first.clone(),
            Some(Extension { months: 1, .. }) => count(Rule::TwoMonths),
            Some(Extension { .. }) => count(Rule::ThreeMonths),
        };
    }
}

fn given(reason: &str) -> Result<(), RequestError> {
    if reason.trim().is_empty() { Err(RequestError::NoReason) } else { Ok(()) }
}

fn not_before(on: NaiveDate, earliest: NaiveDate) -> Result<(), RequestError> {
    if on < earliest { Err(RequestError::TooEarly { on, earliest }) } else { Ok(()) }
}
