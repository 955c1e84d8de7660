//! For whom a yes on paper is recorded: a table that can be read, and what holds for any history.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::super::props::{any_day, any_history, any_purpose, any_zone};
use super::super::tests::{day, purpose};
use super::super::{Answer, Terms, day_of};
use super::*;

fn yes(on: NaiveDate, zone: Tz) -> Event {
    let happened = start_of(on, zone) + chrono::TimeDelta::hours(12);
    Event { id: Uuid::from_u128(1_000), seq: i64::MAX, happened, version: 1, answer: Answer::Given(Terms::default()) }
}

fn recorded(kind: &str, at: &str, seq: i64) -> Event {
    let happened: DateTime<Utc> = at.parse().unwrap();
    let answer = match kind {
        "yes" => Answer::Given(Terms::default()),
        "no" => Answer::Refused,
        "withdrawn" => Answer::Withdrawn,
        "asked" => Answer::Asked,
        _ => Answer::Corrected { event: Uuid::from_u128(1) },
    };
    Event { id: Uuid::from_u128(seq.unsigned_abs().into()), seq, happened, version: 1, answer }
}

/// What is known, as facts and when they happened, and what comes of the form.
type Case = (&'static str, &'static [(&'static str, &'static str)], Result<Status, Hindrance>);

/// A form signed on 5 March, recorded on 1 April.
#[test]
fn a_form_is_recorded_unless_something_speaks_against_it() {
    let zone = chrono_tz::Europe::Brussels;
    let cases: [Case; 11] = [
        ("nothing is known", &[], Ok(Status::Given)),
        ("asked before", &[("asked", "2026-03-01T10:00:00Z")], Ok(Status::Given)),
        ("said no before", &[("no", "2026-03-04T22:59:00Z")], Ok(Status::Given)),
        ("said no on that day, nobody knows when", &[("no", "2026-03-05T07:00:00Z")], Err(Hindrance::LaterNo)),
        ("said no later", &[("no", "2026-03-20T10:00:00Z")], Err(Hindrance::LaterNo)),
        ("took it back later", &[("withdrawn", "2026-03-20T10:00:00Z")], Err(Hindrance::LaterNo)),
        (
            "said no later, by mistake of whoever wrote it down",
            &[("no", "2026-03-20T10:00:00Z"), ("corrected", "2026-03-21T10:00:00Z")],
            Ok(Status::Given),
        ),
        ("said yes before", &[("yes", "2026-03-01T10:00:00Z")], Ok(Status::Given)),
        ("that very form", &[("yes", "2026-03-05T11:00:00Z")], Err(Hindrance::Known)),
        ("said yes later", &[("yes", "2026-03-20T10:00:00Z")], Err(Hindrance::Known)),
        (
            "said yes later, and took it back",
            &[("yes", "2026-03-10T10:00:00Z"), ("withdrawn", "2026-03-20T10:00:00Z")],
            Err(Hindrance::LaterNo),
        ),
    ];
    for (what, history, expected) in cases {
        let events: Vec<Event> = history.iter().zip(1..).map(|((kind, at), seq)| recorded(kind, at, seq)).collect();
        let signer = Signer { events: &events, restricted: false, objected: false, minor: false };
        let form = yes(day("2026-03-05"), zone);
        let found = sign(&signer, &form, &purpose("plain"), day("2026-04-01"), zone).map(|standing| standing.status);
        assert_eq!(found, expected, "{what}");
    }
    let form = yes(day("2026-03-05"), zone);
    for (signer, why) in [
        (Signer { events: &[], restricted: true, objected: true, minor: true }, Hindrance::Restricted),
        (Signer { events: &[], restricted: false, objected: true, minor: true }, Hindrance::Objected),
        (Signer { events: &[], restricted: false, objected: false, minor: true }, Hindrance::GuardianNeeded),
    ] {
        assert_eq!(sign(&signer, &form, &purpose("plain"), day("2026-04-01"), zone), Err(why));
    }
}

proptest! {
    /// A yes is never recorded over a no of its day or later, and one that is recorded counts.
    #[test]
    fn no_form_speaks_over_a_no(
        history in any_history(), purpose in any_purpose(), on in any_day(), today in any_day(), zone in any_zone(),
    ) {
        let form = yes(on, zone);
        let signer = Signer { events: &history, restricted: false, objected: false, minor: false };
        let last = history.iter().map(|event| day_of(event.happened, zone)).chain([on, today]).max().unwrap();
        let found = sign(&signer, &form, &purpose, today, zone);
        let after: Vec<Event> = history.iter().cloned().chain([form.clone()]).collect();
        let standing = fold(&after, &purpose, last, zone, CONFIRM_DAYS);
        if let Ok(with) = &found {
            prop_assert!(!matches!(standing.status, Status::Refused | Status::Withdrawn), "{standing:?}");
            prop_assert_eq!(&with.status, &standing.status);
            // The same form again changes nothing.
            let again = Signer { events: &after, ..signer };
            let other = Event { id: Uuid::from_u128(1_001), ..form };
            prop_assert_eq!(sign(&again, &other, &purpose, today, zone), Err(Hindrance::Known));
        }
        if matches!(standing.status, Status::Refused | Status::Withdrawn) {
            prop_assert_eq!(found, Err(Hindrance::LaterNo));
        }
    }
}
