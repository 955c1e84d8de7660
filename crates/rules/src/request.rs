//! A data subject's request: what may happen to it in which order, and until when it must be answered (LAW §1, §4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::deadline::Received;

mod position;

pub use position::{Extension, Identity, Position, fold};

codes! {
    /// What is asked (Art. 15-22, and 7(3) for a withdrawal), in the order in which people see them.
    #[serde(rename = "RequestKind")]
    pub enum Kind {
        /// Art. 15.
        Access = "access",
        /// Art. 16.
        Rectification = "rectification",
        /// Art. 17.
        Erasure = "erasure",
        /// Art. 18.
        Restriction = "restriction",
        /// Art. 20.
        Portability = "portability",
        /// Art. 21.
        Objection = "objection",
        /// Art. 7(3).
        Withdrawal = "withdrawal",
        /// Art. 22: information about decisions that a machine takes.
        AutomatedDecision = "automated_decision",
    }
}

impl Kind {
    /// Whether it works from the moment it is made, so that the deadline is only that of the answer: a withdrawal
    /// (Art. 7(3)) and an objection to direct `marketing` (Art. 21(3)), which admit no weighing.
    #[must_use]
    pub fn at_once(self, marketing: bool) -> bool {
        match self {
            Self::Withdrawal => true,
            Self::Objection => marketing,
            Self::Access
            | Self::Rectification
            | Self::Erasure
            | Self::Restriction
            | Self::Portability
            | Self::AutomatedDecision => false,
        }
    }
}

codes! {
    /// Where a request stands. Being overdue is no state: it is a comparison with a day.
    #[serde(rename = "RequestState")]
    pub enum State {
        /// The month runs.
        Open = "open",
        /// Proof of identity was asked for; the clock stands still.
        WaitingIdentity = "waiting_identity",
        /// The month was extended and the person was told.
        Extended = "extended",
        /// Done.
        Answered = "answered",
        /// Done, with reasons and where to complain (Art. 12(4)).
        Refused = "refused",
    }
}

impl State {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_closed(self) -> bool {
        match self {
            Self::Answered | Self::Refused => true,
            Self::Open | Self::WaitingIdentity | Self::Extended => false,
        }
    }
}

/// A fact in a request's life; days are local to the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestEvent")]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Event {
    /// It came in, at any official channel, read or not.
    Opened {
        /// When.
        #[cfg_attr(feature = "specta", specta(type = String))]
        received: Received,
    },
    /// There was reasonable doubt who asks, and proof was asked for (Art. 12(6)).
    IdentityAsked {
        /// The day.
        on: NaiveDate,
        /// Why there was doubt.
        reason: String,
    },
    /// The person is who they say; also without having been asked.
    IdentityConfirmed {
        /// The day on which what was asked came in.
        on: NaiveDate,
        /// By what it was seen.
        how: String,
    },
    /// What came in does not prove it.
    IdentityFailed {
        /// The day on which it came in.
        on: NaiveDate,
        /// What was wrong with it.
        how: String,
    },
    /// More time was taken (Art. 12(3), second sentence).
    Extended {
        /// One or two, beyond the first.
        months: u8,
        /// Complexity or number of requests, in words.
        reason: String,
        /// The day on which the person was told.
        told: NaiveDate,
    },
    /// An objection to a use in a legitimate interest was weighed (Art. 21(1)).
    Weighed {
        /// The day.
        on: NaiveDate,
        /// Whether the use stops; else the reason is a compelling one to go on.
        stops: bool,
        /// What weighed.
        reason: String,
    },
    /// The answer went out.
    Answered {
        /// The day.
        on: NaiveDate,
    },
    /// The refusal went out.
    Refused {
        /// The day.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
}

/// Why an event is not lawful or not possible where the request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The first event of a request must be that it was opened.
    #[error("a request begins with its receipt")]
    NotOpened,
    /// It was opened before.
    #[error("the request was opened before")]
    AlreadyOpened,
    /// It was answered or refused; a new question is a new request.
    #[error("the request was closed on {on}")]
    Closed {
        /// The day.
        on: NaiveDate,
    },
    /// The day lies before one on which the request already stood further.
    #[error("{on} lies before {earliest}")]
    TooEarly {
        /// The day given.
        on: NaiveDate,
        /// The first possible day.
        earliest: NaiveDate,
    },
    /// A reason must be recorded, and none was given.
    #[error("a reason is needed")]
    NoReason,
    /// Proof was asked for and has not come in.
    #[error("proof of identity has been awaited since {since}")]
    AlreadyWaiting {
        /// The day on which it was asked for.
        since: NaiveDate,
    },
    /// The person is known; there is no doubt left to ask about.
    #[error("the identity was confirmed before")]
    AlreadyConfirmed,
    /// An extension is by one or two months (Art. 12(3)).
    #[error("a request is extended by one or two months, not by {months}")]
    ExtensionLength {
        /// The months given.
        months: u8,
    },
    /// A request is extended once.
    #[error("the request was extended before")]
    AlreadyExtended,
    /// The person must be told of an extension within the first month (Art. 12(3)).
    #[error("the person had to be told of an extension by {last}")]
    ExtensionTooLate {
        /// The last day on which it was possible.
        last: NaiveDate,
    },
}

#[cfg(test)]
mod tests;
