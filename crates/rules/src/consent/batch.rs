//! A yes that many gave at once, as on a pile of signed forms, recorded later: for whom it is recorded, and for whom not (SPEC §5).

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{CONFIRM_DAYS, Event, Purpose, Standing, Status, fold, start_of};
use crate::codes::codes;

codes! {
    /// Why a yes that many gave at once is not recorded for one of them.
    pub enum Hindrance {
        /// On lock: stored, nothing else.
        Restricted = "restricted",
        /// Objected: a yes from before it changes nothing, and one from after it is recorded by itself, with its time.
        Objected = "objected",
        /// A child by then; a parent or guardian answers for each one.
        GuardianNeeded = "guardian_needed",
        /// Said no, or took a yes back, on that day or later.
        LaterNo = "later_no",
        /// Nothing would change: the same yes is recorded already, or a later one is.
        Known = "known",
    }
}

/// What is known of somebody for whom a yes may be recorded.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    /// What was recorded about them and the purpose.
    pub events: &'a [Event],
    /// On lock today.
    pub restricted: bool,
    /// Their objection stands in the way of the purpose.
    pub objected: bool,
    /// A child on the day of the answer, by the law of the country.
    pub minor: bool,
}

/// Where the person would stand by `today` with this yes, or why it is not recorded. Of a day nobody knows the hour, so that
/// whatever else was answered on it counts as later.
///
/// # Errors
/// The first reason why not, in the order in which they weigh.
pub fn sign(
    signer: &Signer<'_>,
    yes: &Event,
    purpose: &Purpose,
    today: NaiveDate,
    zone: Tz,
) -> Result<Standing, Hindrance> {
    let day = super::day_of(yes.happened, zone);
    let first = Event { happened: start_of(day, zone), ..yes.clone() };
    let events: Vec<Event> = signer.events.iter().cloned().chain([first]).collect();
    let last = events.iter().map(|event| super::day_of(event.happened, zone)).max().unwrap_or(today);
    let by = |events: &[Event]| fold(events, purpose, today.max(last), zone, CONFIRM_DAYS);
    let (without, with) = (by(signer.events), by(&events));
    let refusals = [
        (signer.restricted, Hindrance::Restricted),
        (signer.objected, Hindrance::Objected),
        (signer.minor, Hindrance::GuardianNeeded),
        (matches!(with.status, Status::Refused | Status::Withdrawn), Hindrance::LaterNo),
        (same(&without, &with), Hindrance::Known),
    ];
    match refusals.into_iter().find(|(refused, _)| *refused) {
        Some((_, why)) => Err(why),
        None => Ok(with),
    }
}

/// Whether two standings allow the same, whatever shows them.
fn same(one: &Standing, other: &Standing) -> bool {
    Standing { evidence: Vec::new(), ..one.clone() } == Standing { evidence: Vec::new(), ..other.clone() }
}

#[cfg(test)]
mod tests;
