//! From events to where a person stands on a day.
//!
//! The choices that SPEC leaves open, each the stricter one:
//!
//! - Events up to the end of the day count, in the order in which they happened; what happened at the same instant, in
//!   the order of recording. The latest answer counts, whatever was answered before.
//! - A correction always counts, also for days before it was recorded: it says that the fact was wrong from the start.
//! - Asking takes nothing away: it shows only where nothing is known yet or where the yes had ended by that day. Asking with
//!   a text that is older than the change that ended the yes is no answer to that change.
//! - A yes that waits for confirmation takes nothing from one that holds: anybody could have sent it. Once confirmed it takes
//!   its place; until then, also should the one that held end meanwhile, it allows nothing.
//! - A confirmation on or after the day on which the yes lapsed, or of nothing, is no answer.
//! - Of two reasons for ending, the earlier is the reason; on the same day it is the wording, which needs a new text.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Answer, Event, Purpose, Status, Terms, day_of};
use crate::codes::codes;
use crate::person::{Channel, ChannelSet};

/// How many days a yes waits for its confirmation unless the owner sets otherwise (SPEC §5).
pub const CONFIRM_DAYS: u32 = 14;

codes! {
    /// Why a yes ends by itself.
    pub enum Ending {
        /// The wording changed in a way that needs a new yes.
        Wording = "wording",
        /// Its duration is over.
        Duration = "duration",
        /// It was never confirmed.
        Unconfirmed = "unconfirmed",
    }
}

/// Where a person stands towards a purpose on a day, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// Since when; `None` where nothing is known.
    pub since: Option<DateTime<Utc>>,
    /// The first day on which the yes no longer holds without anything further happening; past where it has ended.
    pub expires: Option<NaiveDate>,
    /// Why it ends then. Stays set where the person was asked anew after the yes had ended.
    pub ending: Option<Ending>,
    /// The version of the latest event that counts.
    pub version: Option<u32>,
    /// The channels that the yes covers; none where there is no yes that holds or waits.
    pub channels: ChannelSet,
    /// The one channel that the person wants to be reached on.
    pub prefer: Option<Channel>,
    /// The keys of the connections that the data may be shared with.
    pub share: BTreeSet<String>,
    /// A parent or guardian gave it.
    pub guardian: bool,
    /// Given expressly (Art. 9).
    pub explicit: bool,
    /// A yes of this person ended by itself: the status is expired, or asked anew since.
    pub lapsed: bool,
    /// Beside a yes that holds, or held, another one waits to be confirmed: its version, and the first day on which that is
    /// too late.
    #[serde(default)]
    pub waiting: Option<(u32, NaiveDate)>,
    /// The events that show it, oldest first.
    pub evidence: Vec<Uuid>,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            status: Status::NotAsked,
            since: None,
            expires: None,
            ending: None,
            version: None,
            channels: ChannelSet::NONE,
            prefer: None,
            share: BTreeSet::new(),
            guardian: false,
            explicit: false,
            lapsed: false,
            waiting: None,
            evidence: Vec::new(),
        }
    }
}

impl Standing {
    /// Whether the yes ended because the wording changed; such people have a list of their own (SPEC §5).
    #[must_use]
    pub fn wording_changed(&self) -> bool {
        self.lapsed && self.ending == Some(Ending::Wording)
    }

    /// Where the person stands on a later day if nothing further happened: for a stored standing, compared at reading.
    #[must_use]
    pub fn by(mut self, on: NaiveDate, zone: Tz) -> Self {
        let holds = matches!(self.status, Status::Given | Status::AwaitingConfirmation);
        if let Some(end) = self.expires.filter(|end| holds && *end <= on) {
            self.status = Status::Expired;
            self.since = Some(start_of(end, zone));
            self.channels = ChannelSet::NONE;
            self.prefer = None;
            self.share = BTreeSet::new();
            self.lapsed = true;
        }
        self.waiting = self.waiting.filter(|(_, end)| on < *end);
        self
    }
}

/// Folds the events of a contact (or of the contacts merged into one) about one purpose, in any order, into where the
/// person stands at the end of the day `on` where the business is. A yes waits `confirm_days` for its confirmation.
#[must_use]
pub fn fold(events: &[Event], purpose: &Purpose, on: NaiveDate, zone: Tz, confirm_days: u32) -> Standing {
    let void = voided(events);
    let mut facts: Vec<&Event> = events
        .iter()
        .filter(|event| !matches!(event.answer, Answer::Corrected { .. }))
        .filter(|event| !void.contains(&event.id) && day_of(event.happened, zone) <= on)
        .collect();
    facts.sort_by_key(|event| (event.happened, event.seq, strictness(&event.answer), event.id));
    let mut course = Course { purpose, zone, confirm_days, now: Standing::default(), confirmed: None, beside: None };
    for event in facts {
        course.step(event);
    }
    course.now.waiting = course.beside.and_then(|yes| Some((yes.version?, yes.expires.unwrap_or(NaiveDate::MAX))));
    course.now.by(on, zone)
}

/// The events that count no longer. A correction names only what was recorded before it, so going back from the
/// latest, each correction is known to count or not before its turn comes.
fn voided(events: &[Event]) -> HashSet<Uuid> {
    let mut corrections: Vec<(&Event, Uuid)> = events
        .iter()
        .filter_map(|event| match event.answer {
            Answer::Corrected { event: named } => Some((event, named)),
            Answer::Asked | Answer::Given(_) | Answer::Refused | Answer::Confirmed | Answer::Withdrawn => None,
        })
        .collect();
    if corrections.is_empty() {
        return HashSet::new();
    }
    let recorded: HashMap<Uuid, i64> = events.iter().map(|event| (event.id, event.seq)).collect();
    corrections.sort_by_key(|(event, _)| std::cmp::Reverse((event.seq, event.id)));
    let mut void = HashSet::new();
    for (event, named) in corrections {
        let earlier = recorded.get(&named).is_some_and(|seq| *seq < event.seq);
        if earlier && !void.contains(&event.id) {
            void.insert(named);
        }
    }
    void
}

/// Orders what happened at one instant under one number, which no vault writes: the stricter comes last and counts.
const fn strictness(answer: &Answer) -> u8 {
    match answer {
        Answer::Asked | Answer::Corrected { .. } => 0,
        Answer::Given(_) => 1,
        Answer::Confirmed => 2,
        Answer::Refused => 3,
        Answer::Withdrawn => 4,
    }
}

/// The first day on which a yes no longer holds, and why.
type End = (NaiveDate, Ending);

/// A fold on its way through the facts.
struct Course<'a> {
    purpose: &'a Purpose,
    zone: Tz,
    confirm_days: u32,
    now: Standing,
    /// How the yes that waits will end once it is confirmed.
    confirmed: Option<End>,
    /// The yes that waits beside one that held when it came.
    beside: Option<Standing>,
}

impl Course<'_> {
    fn step(&mut self, event: &Event) {
        let today = day_of(event.happened, self.zone);
        match &event.answer {
            Answer::Asked => self.asked(event, today),
            Answer::Given(terms) => self.given(event, terms, today),
            Answer::Confirmed => self.confirmed(event, today),
            Answer::Refused => self.no(Status::Refused, event),
            Answer::Withdrawn => self.no(Status::Withdrawn, event),
            Answer::Corrected { .. } => {}
        }
    }

    fn no(&mut self, status: Status, event: &Event) {
        self.now = without_yes(status, event);
        self.beside = None;
    }

    fn asked(&mut self, event: &Event, today: NaiveDate) {
        let before = std::mem::take(&mut self.now).by(today, self.zone);
        let reworded = self.purpose.changed_since(event.version).is_some_and(|day| day <= today);
        self.now = match before.status {
            Status::Expired if reworded && before.wording_changed() => before,
            Status::NotAsked | Status::Asked | Status::Expired => {
                Standing { ending: before.ending, lapsed: before.lapsed, ..without_yes(Status::Asked, event) }
            }
            Status::AwaitingConfirmation | Status::Given | Status::Refused | Status::Withdrawn => before,
        };
    }

    fn given(&mut self, event: &Event, terms: &Terms, today: NaiveDate) {
        let wording = self.purpose.changed_since(event.version).map(|day| (day.max(today), Ending::Wording));
        let validity = self.purpose.validity.and_then(|validity| validity.after(today));
        let duration = terms.expires.or(validity).map(|day| (day, Ending::Duration));
        self.confirmed = wording.into_iter().chain(duration).min();
        let mut end = self.confirmed;
        if terms.unconfirmed {
            let lapse = today.checked_add_days(Days::new(self.confirm_days.into()));
            end = end.into_iter().chain(lapse.map(|day| (day, Ending::Unconfirmed))).min();
        }
        let yes = Standing {
            status: if terms.unconfirmed { Status::AwaitingConfirmation } else { Status::Given },
            since: Some(event.happened),
            expires: end.map(|(day, _)| day),
            ending: end.map(|(_, why)| why),
            version: Some(event.version),
            channels: terms.channels.unwrap_or(self.purpose.channels).both(self.purpose.channels),
            prefer: terms.prefer,
            share: terms.share.clone(),
            guardian: terms.guardian,
            explicit: terms.explicit,
            lapsed: false,
            waiting: None,
            evidence: vec![event.id],
        };
        if terms.unconfirmed && self.now.clone().by(today, self.zone).status == Status::Given {
            self.beside = Some(yes);
        } else {
            self.now = yes;
            self.beside = None;
        }
    }

    fn confirmed(&mut self, event: &Event, today: NaiveDate) {
        let in_time = |yes: &mut Standing| yes.expires.is_none_or(|end| today < end);
        if let Some(yes) = self.beside.take_if(in_time) {
            self.now = yes;
        }
        let waits = self.now.status == Status::AwaitingConfirmation;
        if waits && self.now.expires.is_none_or(|end| today < end) {
            self.now.status = Status::Given;
            self.now.since = Some(event.happened);
            self.now.expires = self.confirmed.map(|(day, _)| day);
            self.now.ending = self.confirmed.map(|(_, why)| why);
            self.now.evidence.push(event.id);
        }
    }
}

/// A standing in which no yes holds or waits, shown by this event.
fn without_yes(status: Status, event: &Event) -> Standing {
    Standing {
        status,
        since: Some(event.happened),
        version: Some(event.version),
        evidence: vec![event.id],
        ..Standing::default()
    }
}

/// The first instant of a day where the business is; where the clock skips midnight, the first one after it.
#[must_use]
pub fn start_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=24)
        .filter_map(|hours| zone.from_local_datetime(&midnight.checked_add_signed(TimeDelta::hours(hours))?).earliest())
        .map(|instant| instant.to_utc())
        .next()
        .unwrap_or_else(|| midnight.and_utc())
}
