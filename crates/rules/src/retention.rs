//! Until when somebody's data may be kept (Art. 5(1)(e); SPEC §10): to the day on which the last reason to keep it ended.
//!
//! Choices that SPEC leaves open:
//!
//! - Whoever nothing was ever recorded for, and whom no purpose covers, has no reason that could have ended: nobody is proposed by
//!   that alone.
//! - A yes that ended, by itself or by the person, is kept with its proof as evidence for as long as the country's claims last. A no
//!   to the first question shows nothing that would have to be proved, and neither does a yes that nobody confirmed.
//! - A question that waits for its answer is a reason to keep.
//! - What a contract, a law or an interest asks for is kept until the purpose's retention after the last dealing; without one, as
//!   long as the purpose covers the person.

use chrono::{Months, NaiveDate};

use crate::codes::codes;
use crate::consent::Status;
use crate::span::Span;

codes! {
    /// Why the last reason to keep somebody ended.
    #[serde(rename = "RetentionWhy")]
    pub enum Why {
        /// They took their yes back, and its evidence is no longer needed.
        Withdrawn = "withdrawn",
        /// Their yes ended by itself, and its evidence is no longer needed.
        Expired = "expired",
        /// They said no.
        Refused = "refused",
        /// They never confirmed their yes.
        Unconfirmed = "unconfirmed",
        /// They objected.
        Objected = "objected",
        /// The purpose's retention after the last dealing is over.
        RetentionOver = "retention_over",
    }
}

codes! {
    /// What stands against destroying somebody whose last reason ended.
    #[serde(rename = "RetentionBar")]
    pub enum Bar {
        /// A request of theirs is not answered yet.
        OpenRequest = "open_request",
        /// They are on lock: stored until the lock is lifted (Art. 18(2)).
        Restricted = "restricted",
        /// A law wants the data kept for some time yet.
        LegalHold = "legal_hold",
        /// Their erasure was ordered, and waits for its own day.
        ErasureOrdered = "erasure_ordered",
    }
}

/// A reason to keep somebody, or one that there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Where they stand towards a purpose that rests on consent.
    Consent {
        /// The status.
        status: Status,
        /// The day since when.
        since: NaiveDate,
        /// The first day on which the yes no longer holds, or did not.
        expires: Option<NaiveDate>,
        /// They said yes at some time, in a way that counted.
        agreed: bool,
        /// Since when an objection stops it.
        objected: Option<NaiveDate>,
    },
    /// A purpose on another basis that covers them.
    Basis {
        /// How long after the last dealing.
        keeps: Option<Span>,
        /// Since when an objection stops it.
        objected: Option<NaiveDate>,
    },
}

/// All that is looked at of one person.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The reasons.
    pub reasons: &'a [Reason],
    /// The day of the last dealing with them.
    pub last: NaiveDate,
    /// For how many years evidence of a yes is kept in the country: [`crate::law::Country::evidence_years`].
    pub evidence_years: u8,
    /// What stands against it, whatever the day.
    pub bar: Option<Bar>,
    /// The last day of a duty to keep.
    pub hold: Option<NaiveDate>,
}

/// How long somebody's data may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A reason stands of which nobody knows the end, or there never was one.
    Stays,
    /// From this day on nothing wants it kept.
    Ends {
        /// The day.
        on: NaiveDate,
        /// What ended last.
        why: Why,
        /// What stands against it all the same.
        bar: Option<Bar>,
    },
}

impl Fate {
    /// Whether the person may go on a day.
    #[must_use]
    pub fn may_go(&self, by: NaiveDate) -> bool {
        match self {
            Self::Stays => false,
            Self::Ends { on, bar, .. } => *on <= by && bar.is_none(),
        }
    }
}

/// Whether no reason stands on a day any more: what is kept beyond it is evidence, or what a law wants. False where there never
/// was a reason.
#[must_use]
pub fn over(facts: &Facts<'_>, on: NaiveDate) -> bool {
    fate(&Facts { evidence_years: 0, bar: None, hold: None, ..*facts }).may_go(on)
}

/// Decides.
#[must_use]
pub fn fate(facts: &Facts<'_>) -> Fate {
    let ends: Option<Vec<(NaiveDate, Why)>> = facts.reasons.iter().map(|reason| end(reason, facts)).collect();
    let Some((on, why)) = ends.and_then(|ends| ends.into_iter().max_by_key(|(on, _)| *on)) else { return Fate::Stays };
    let free = facts.hold.and_then(|last| last.succ_opt());
    match free.filter(|free| *free > on) {
        // It is a bar until then, and the day is known.
        Some(free) => Fate::Ends { on: free, why, bar: facts.bar },
        None => Fate::Ends { on, why, bar: facts.bar },
    }
}

/// When a reason ends, and why; `None` while nobody knows.
fn end(reason: &Reason, facts: &Facts<'_>) -> Option<(NaiveDate, Why)> {
    match *reason {
        Reason::Basis { objected: Some(objected), .. } => Some((objected, Why::Objected)),
        Reason::Basis { keeps, objected: None } => Some((keeps?.after(facts.last)?, Why::RetentionOver)),
        Reason::Consent { status, since, expires, agreed, objected } => {
            let (day, why) = match (status, objected) {
                (Status::NotAsked, _) => return None,
                (Status::Withdrawn, _) => (since, Why::Withdrawn),
                (Status::Refused, _) => (since, Why::Refused),
                (Status::Expired, _) if !agreed => (expires.unwrap_or(since), Why::Unconfirmed),
                (Status::Expired, _) => (expires.unwrap_or(since), Why::Expired),
                (Status::Asked | Status::AwaitingConfirmation | Status::Given, Some(objected)) => {
                    (objected, Why::Objected)
                }
                (Status::Asked, None) => return None,
                (Status::AwaitingConfirmation, None) => (expires?, Why::Unconfirmed),
                (Status::Given, None) => (expires?, Why::Expired),
            };
            let proved = agreed || status == Status::Given;
            Some((if proved { evidence(day, facts.evidence_years) } else { day }, why))
        }
    }
}

/// The first day on which evidence of what ended on a day is no longer kept.
fn evidence(ended: NaiveDate, years: u8) -> NaiveDate {
    ended.checked_add_months(Months::new(u32::from(years) * 12)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests;
