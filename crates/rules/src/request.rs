//! A data subject's request: what may happen to it in which order, and until when it must be answered (LAW §1, §4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::deadline::Received;

mod position;

pub use position::{Extension, Identity, Position, fold};

/// What is asked (Art. 15-22, and 7(3) for a withdrawal).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Art. 15.
    Access,
    /// Art. 16.
    Rectification,
    /// Art. 17.
    Erasure,
    /// Art. 18.
    Restriction,
    /// Art. 20.
    Portability,
    /// Art. 21.
    Objection,
    /// Art. 7(3).
    Withdrawal,
    /// Art. 22: information about decisions that a machine takes.
    AutomatedDecision,
}

impl Kind {
    /// Every kind, in the order of the articles as people see them.
    pub const ALL: [Self; 8] = [
        Self::Access,
        Self::Rectification,
        Self::Erasure,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::Withdrawal,
        Self::AutomatedDecision,
    ];

    /// The stable word for it, as it is serialised.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::Withdrawal => "withdrawal",
            Self::AutomatedDecision => "automated_decision",
        }
    }

    /// The kind with that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

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

/// Where a request stands. Being overdue is no state: it is a comparison with a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The month runs.
    Open,
    /// Proof of identity was asked for; the clock stands still.
    WaitingIdentity,
    /// The month was extended and the person was told.
    Extended,
    /// Done.
    Answered,
    /// Done, with reasons and where to complain (Art. 12(4)).
    Refused,
}

impl State {
    /// The stable word for it, as it is serialised.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::WaitingIdentity => "waiting_identity",
            Self::Extended => "extended",
            Self::Answered => "answered",
            Self::Refused => "refused",
        }
    }

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
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Event {
    /// It came in, at any official channel, read or not.
    Opened {
        /// When.
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
