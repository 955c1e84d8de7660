//! What must hold for any history: of any length, in any order of storing, on any day from 1900 to 2200.

use chrono::{Days, TimeDelta};
use chrono_tz::{Asia, Europe, Pacific};
use proptest::prelude::*;

use super::tests::{day, purpose};
use super::*;

/// The zones looked at: on both sides of Greenwich and of the date line.
pub(crate) const ZONES: [Tz; 4] = [Europe::Brussels, Europe::Dublin, Asia::Kathmandu, Pacific::Apia];

/// A day from 1900 to 2200; mostly in the year in which the wordings change, so that things meet.
pub(crate) fn any_day() -> impl Strategy<Value = NaiveDate> {
    let from = |start: &'static str, days: u64| (0..days).prop_map(move |n| day(start) + Days::new(n));
    prop_oneof![4 => from("2026-05-01", 60), 1 => from("1900-01-01", 109_938)]
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let channels = prop_oneof![2 => Just(None), 1 => (0..=63_u8).prop_map(|bits| Some(ChannelSet::from_bits(bits)))];
    let prefer = prop_oneof![3 => Just(None), 1 => proptest::sample::select(Channel::ALL).prop_map(Some)];
    let expires = prop_oneof![2 => Just(None), 1 => any_day().prop_map(Some)];
    (channels, prefer, expires, any::<[bool; 4]>()).prop_map(|(channels, prefer, expires, flags)| Terms {
        channels,
        prefer,
        expires,
        share: flags[0].then(|| "mailer".to_owned()).into_iter().collect(),
        guardian: flags[1],
        explicit: flags[2],
        unconfirmed: flags[3],
    })
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        2 => Just(Answer::Asked),
        5 => any_terms().prop_map(Answer::Given),
        1 => Just(Answer::Refused),
        3 => Just(Answer::Confirmed),
        1 => Just(Answer::Withdrawn),
        2 => (0..10_u128).prop_map(|n| Answer::Corrected { event: Uuid::from_u128(n) }),
    ]
}

/// Up to nine facts, numbered in the order of recording, that happened at any time.
pub(crate) fn any_history() -> impl Strategy<Value = Vec<Event>> {
    let fact = (any_day(), 0..1440_i64, 1..=3_u32, any_answer());
    proptest::collection::vec(fact, 0..9).prop_map(|facts| {
        let numbered = (1_u32..).zip(facts);
        let event = |(n, (date, minute, version, answer)): (u32, (NaiveDate, i64, u32, Answer))| Event {
            id: Uuid::from_u128(n.into()),
            seq: n.into(),
            happened: date.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute),
            version,
            answer,
        };
        numbered.map(event).collect()
    })
}

/// One of the purposes of the histories.
pub(crate) fn any_purpose() -> impl Strategy<Value = Purpose> {
    proptest::sample::select(vec!["plain", "year", "edited", "changed", "twice"]).prop_map(purpose)
}

pub(crate) fn any_zone() -> impl Strategy<Value = Tz> {
    proptest::sample::select(ZONES.to_vec())
}

/// Whether a fact counts: no later correction that itself counts names it.
fn counts(event: &Event, history: &[Event]) -> bool {
    let names = |other: &&Event| matches!(other.answer, Answer::Corrected { event: named } if named == event.id);
    !history.iter().filter(names).any(|other| other.seq > event.seq && counts(other, history))
}

/// The yes that holds at the end of a day, if there is one, by the definition: the latest answer is a yes, no day that
/// ends it has come, and if it had to be confirmed it was, in time. One that was not takes nothing from a yes that held then.
pub(crate) fn yes_that_holds<'a>(
    history: &'a [Event],
    purpose: &Purpose,
    on: NaiveDate,
    zone: Tz,
) -> Option<(&'a Event, &'a Terms)> {
    let mut facts: Vec<&Event> =
        history.iter().filter(|event| counts(event, history) && day_of(event.happened, zone) <= on).collect();
    facts.sort_by_key(|event| (event.happened, event.seq));
    holding(&facts, purpose, on, zone)
}

/// The same of facts in their order that all count.
fn holding<'a>(facts: &[&'a Event], purpose: &Purpose, on: NaiveDate, zone: Tz) -> Option<(&'a Event, &'a Terms)> {
    let is_answer = |event: &&Event| matches!(event.answer, Answer::Given(_) | Answer::Refused | Answer::Withdrawn);
    let last = facts.iter().rposition(is_answer)?;
    let Answer::Given(terms) = &facts[last].answer else { return None };
    let given = day_of(facts[last].happened, zone);
    let over_by = |date: NaiveDate| {
        let own = terms.expires.or_else(|| purpose.validity.and_then(|validity| validity.after(given)));
        let reworded = |v: &Version| v.material && v.number > facts[last].version && v.since <= date;
        own.is_some_and(|end| end <= date) || purpose.versions.iter().any(reworded)
    };
    let in_time = |event: &&Event| {
        let today = day_of(event.happened, zone);
        event.answer == Answer::Confirmed && today < given + Days::new(14) && !over_by(today)
    };
    let confirmed = !terms.unconfirmed || facts[last..].iter().any(in_time);
    if !confirmed && holding(&facts[..last], purpose, given, zone).is_some() {
        return holding(&facts[..last], purpose, on, zone);
    }
    (confirmed && !over_by(on)).then_some((facts[last], terms))
}

proptest! {
    #[test]
    fn a_yes_stands_exactly_when_one_holds(
        history in any_history(), purpose in any_purpose(), on in any_day(), zone in any_zone(),
    ) {
        let standing = fold(&history, &purpose, on, zone, CONFIRM_DAYS);
        let yes = yes_that_holds(&history, &purpose, on, zone);
        prop_assert_eq!(standing.status == Status::Given, yes.is_some(), "{:?}", standing);
        if let Some((event, terms)) = yes {
            prop_assert_eq!(standing.evidence.first(), Some(&event.id));
            prop_assert_eq!(standing.prefer, terms.prefer);
            prop_assert_eq!(&standing.share, &terms.share);
            prop_assert!(standing.expires.is_none_or(|end| end > on));
        } else {
            prop_assert!(standing.share.is_empty() || standing.status == Status::AwaitingConfirmation);
        }
    }

    #[test]
    fn the_order_of_storing_changes_nothing(
        (history, shuffled) in any_history().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        purpose in any_purpose(), on in any_day(), zone in any_zone(),
    ) {
        let stand = |events: &[Event]| fold(events, &purpose, on, zone, CONFIRM_DAYS);
        prop_assert_eq!(stand(&history), stand(&shuffled));
    }

    #[test]
    fn a_stored_standing_read_later_is_the_standing_of_that_day(
        history in any_history(), purpose in any_purpose(), on in any_day(), later in any_day(), zone in any_zone(),
    ) {
        let (on, later) = (on.min(later), on.max(later));
        let known: Vec<Event> = history.into_iter().filter(|event| day_of(event.happened, zone) <= on).collect();
        let stored = fold(&known, &purpose, on, zone, CONFIRM_DAYS);
        prop_assert_eq!(stored.by(later, zone), fold(&known, &purpose, later, zone, CONFIRM_DAYS));
    }

    #[test]
    fn a_no_that_comes_last_stands(
        history in any_history(), purpose in any_purpose(), on in any_day(), zone in any_zone(), refused in any::<bool>(),
    ) {
        let last = history.iter().map(|event| event.happened).max().unwrap_or_default();
        let answer = if refused { Answer::Refused } else { Answer::Withdrawn };
        let mut history = history;
        history.push(Event { id: Uuid::from_u128(99), seq: 99, happened: last, version: 1, answer });
        let standing = fold(&history, &purpose, on.max(day_of(last, zone)), zone, CONFIRM_DAYS);
        prop_assert_eq!(standing.status, if refused { Status::Refused } else { Status::Withdrawn });
        prop_assert_eq!(standing.evidence, [Uuid::from_u128(99)]);
    }

    #[test]
    fn no_instant_is_too_far(millis in any::<i64>(), seconds in -9_000_000_000_000_i64..9_000_000_000_000, zone in any_zone()) {
        for instant in [DateTime::from_timestamp_millis(millis), DateTime::from_timestamp(seconds, 0)].into_iter().flatten() {
            let mut history = super::tests::events("given 2026-03-01; given 2026-03-02 unconfirmed; asked 2026-03-03");
            for event in &mut history {
                event.happened = instant;
            }
            let standing = fold(&history, &purpose("year"), NaiveDate::MAX, zone, u32::MAX);
            prop_assert_ne!(standing.status, Status::NotAsked);
        }
    }
}
